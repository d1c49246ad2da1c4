/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/findings/special.c - destinations that tell what a program is after
 */
#include <stdio.h>
#include <string.h>

#include "audit/finding.h"
#include "audit/record.h"
#include "audit/report.h"

/* Where cloud providers hand out credentials: AWS, GCP and Azure; ECS; Alibaba. */
static const char *const metadata[] = {"169.254.169.254", "169.254.170.2",
				       "fd00:ec2::254", "100.100.100.200"};
static const int64_t tor_ports[] = {9001, 9030, 9050, 9051, 9150};
static const struct {
	int64_t port;
	const char *protocol;
} cleartext[] = {{21, "FTP"},   {23, "Telnet"}, {25, "SMTP"},  {80, "HTTP"},
		 {110, "POP3"}, {143, "IMAP"},  {389, "LDAP"}, {6667, "IRC"}};

static void tell(const struct finding_rule *rule, struct finding_event *event,
		 const char *what)
{
	bool refused = event->record->denied;

	finding_add(rule, event, event->dest->address, "%s: %s port %lld%s%s%s, %s",
		    event->dest->name_count ? event->dest->names[0] : "?",
		    event->dest->address, (long long)event->dest->port, *what ? " (" : "",
		    what, *what ? ")" : "", refused ? "refused" : "let pass");
}

static void see_metadata(const struct finding_rule *rule, struct finding_event *event)
{
	if (!event->dest || !finding_is_call(event->record))
		return;
	for (size_t i = 0; i < ARRAY_LEN(metadata); i++)
		if (strcmp(event->dest->address, metadata[i]) == 0)
			tell(rule, event, "");
}

static void see_tor(const struct finding_rule *rule, struct finding_event *event)
{
	if (!event->dest || !event->dest->is_ip || !finding_is_call(event->record))
		return;
	for (size_t i = 0; i < ARRAY_LEN(tor_ports); i++)
		if (event->dest->port == tor_ports[i])
			tell(rule, event, "");
}

static void see_cleartext(const struct finding_rule *rule, struct finding_event *event)
{
	if (!finding_is_internet(event) ||
	    !text_is(event->record->fields[F_TRANSPORT], "tcp"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(cleartext); i++)
		if (event->dest->port == cleartext[i].port)
			tell(rule, event, cleartext[i].protocol);
}

const struct finding_rule finding_metadata = {
	.id = "metadata-service",
	.title = "asks the cloud's metadata service, which hands out credentials",
	.severity = SEVERITY_HIGH,
	.confidence = "high",
	.technique = "T1552.005",
	.technique_name = "Cloud Instance Metadata API",
	.advice = "Only the cloud's own agents need it: refuse 169.254.169.254.",
	.see = see_metadata,
};

const struct finding_rule finding_tor = {
	.id = "tor-port",
	.title = "a port that Tor uses",
	.severity = SEVERITY_MEDIUM,
	.confidence = "low",
	.technique = "T1090.003",
	.technique_name = "Multi-hop Proxy",
	.advice = "Compare the address with the list of Tor relays.",
	.see = see_tor,
};

const struct finding_rule finding_cleartext = {
	.id = "cleartext",
	.title = "a protocol without encryption to the internet",
	.severity = SEVERITY_LOW,
	.confidence = "medium",
	.technique = "T1040",
	.technique_name = "Network Sniffing",
	.advice = "Whoever carries the packets can read and change them: ask for TLS.",
	.see = see_cleartext,
};
