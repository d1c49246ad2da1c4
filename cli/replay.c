/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/replay.c - asks rules again about the calls that logs show
 */
#include "cli/replay.h"

#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/msg.h"
#include "base/xalloc.h"
#include "cli/policy.h"
#include "rules/ruleset.h"

static const struct {
	const char *action;
	enum request_kind kind;
	enum record_field ip, port;
} rows[] = {
	{"connect", REQUEST_CONNECT, F_DEST_IP, F_DEST_PORT},
	{"sendto", REQUEST_SEND, F_DEST_IP, F_DEST_PORT},
	{"sendmsg", REQUEST_SEND, F_DEST_IP, F_DEST_PORT},
	{"sendmmsg", REQUEST_SEND, F_DEST_IP, F_DEST_PORT},
	{"bind", REQUEST_BIND, F_SERVER_IP, F_SERVER_PORT},
};

static int type_of(struct text name)
{
	static const int types[] = {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (text_is(name, socktype_name(types[i])))
			return types[i];
	return 0;
}

static bool read_request(const struct record *record, struct request *ret_request)
{
	const struct text *fields = record->fields;
	struct request request = {0};

	if (!text_is(fields[F_PHASE], "end") || !fields[F_VERDICT].len)
		return false;
	request.sock.domain = family_from_name(fields[F_FAMILY].at, fields[F_FAMILY].len);
	request.sock.type = type_of(fields[F_SOCKET_TYPE]);
	request.sock.protocol = (int)text_number(fields[F_PROTOCOL]);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (!text_is(fields[F_ACTION], rows[i].action) ||
		    !fields[rows[i].ip].len ||
		    !addr_parse(fields[rows[i].ip].at, fields[rows[i].ip].len,
				&request.end.inet.addr))
			continue;
		request.kind = rows[i].kind;
		request.end.family =
			request.end.inet.addr.family == ADDR_V4 ? AF_INET : AF_INET6;
		request.end.inet.port = (uint16_t)text_number(fields[rows[i].port]);
		*ret_request = request;
		return request.sock.domain > 0;
	}
	return false;
}

/* Who made the call, as far as the line tells; and what the address was called. */
struct caller {
	struct program program;
	char executable[4096], name[256];
};

static void read_caller(const struct record *record, struct caller *caller,
			struct request *request)
{
	const struct text *fields = record->fields;

	caller->program = (struct program){.exe = NULL};
	if (fields[F_EXECUTABLE].len)
		caller->program.exe = text_copy(fields[F_EXECUTABLE], caller->executable,
						sizeof(caller->executable));
	request->program = &caller->program;
	request->user = fields[F_USER].len ? text_number(fields[F_USER]) : -1;
	if (fields[F_DEST_DOMAIN].len)
		request->names[request->name_count++] = text_copy(
			fields[F_DEST_DOMAIN], caller->name, sizeof(caller->name));
}

bool replay_decide(const struct ruleset *set, const struct record *record,
		   struct decision *ret_decision)
{
	struct request request;
	struct caller caller;

	if (!read_request(record, &request))
		return false;
	read_caller(record, &caller, &request);
	*ret_decision = ruleset_decide(set, &request);
	return true;
}

static void print_refused(const struct record *record, const struct decision *decision)
{
	const struct text *fields = record->fields;
	bool binds = text_is(fields[F_ACTION], "bind");
	struct text ip = fields[binds ? F_SERVER_IP : F_DEST_IP],
		    port = fields[binds ? F_SERVER_PORT : F_DEST_PORT];

	/* an address that addr_parse has taken, and digits */
	printf("event %" PRId64 ": %.*s %.*s port %" PRId64 " would be refused by %s\n",
	       text_number(fields[F_SEQUENCE]), (int)fields[F_ACTION].len,
	       fields[F_ACTION].at, (int)ip.len, ip.at, text_number(port),
	       decision->rule_id);
}

static void replay_file(const struct ruleset *set, const char *path,
			uint64_t counts[static VERDICT_NUM_])
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	struct record *record = xcalloc(1, sizeof(*record));
	char *line = NULL, *scratch = NULL;
	size_t cap = 0, scratch_cap = 0;
	ssize_t len;

	if (!file)
		msg_die("cannot read the log '%s': %s", path, strerror(errno));
	while ((len = getline(&line, &cap, file)) > 0) {
		struct decision decision;

		if (cap > scratch_cap)
			scratch = xreallocarray(scratch, cap, 1);
		scratch_cap = cap > scratch_cap ? cap : scratch_cap;
		if (!record_parse(line, (size_t)len, scratch, record) ||
		    !replay_decide(set, record, &decision))
			continue;
		counts[decision.verdict]++;
		if (!verdict_lets_through(decision.verdict))
			print_refused(record, &decision);
	}
	if (file != stdin)
		(void)fclose(file);
	free(line);
	free(scratch);
	free(record);
}

int replay_policy(struct policy *policy, char *const *paths)
{
	uint64_t counts[VERDICT_NUM_] = {0}, through = 0, refused = 0;
	struct ruleset *set = policy_load_or_die(policy);

	for (; *paths; paths++)
		replay_file(set, *paths, counts);
	for (unsigned i = 0; i < VERDICT_NUM_; i++) {
		if (verdict_lets_through((enum verdict)i))
			through += counts[i];
		else
			refused += counts[i];
	}
	printf("%" PRIu64 " calls would be allowed, %" PRIu64 " refused\n", through,
	       refused);
	ruleset_free(set);
	policy_done(policy);
	return refused > 0;
}
