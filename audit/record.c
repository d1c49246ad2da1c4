/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/record.c - a line of a log, as readers want it: the fields by number
 */
#include "audit/record.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "rules/verdict.h"

static const char *const paths[] = {
	[F_TIMESTAMP] = "@timestamp",
	[F_KIND] = "event.kind",
	[F_ACTION] = "event.action",
	[F_OUTCOME] = "event.outcome",
	[F_REASON] = "event.reason",
	[F_SEQUENCE] = "event.sequence",
	[F_DURATION] = "event.duration",
	[F_RISK] = "event.risk_score",
	[F_RUN] = "agent.id",
	[F_VERSION] = "agent.version",
	[F_HOST] = "host.hostname",
	[F_PID] = "process.pid",
	[F_TID] = "process.thread.id",
	[F_ENTITY] = "process.entity_id",
	[F_NAME] = "process.name",
	[F_EXECUTABLE] = "process.executable",
	[F_COMMAND_LINE] = "process.command_line",
	[F_PARENT_PID] = "process.parent.pid",
	[F_PARENT_ENTITY] = "process.parent.entity_id",
	[F_DIRECTORY] = "process.working_directory",
	[F_SHA256] = "process.hash.sha256",
	[F_ELF_TYPE] = "process.elf.header.type",
	[F_EXIT_CODE] = "process.exit_code",
	[F_USER] = "process.user.id",
	[F_SIZE] = "netjail.elf.size",
	[F_LINKAGE] = "netjail.elf.linkage",
	[F_INTERPRETER] = "netjail.elf.interpreter",
	[F_GO_BUILD] = "netjail.elf.go_build_id",
	[F_SCRIPT] = "netjail.script",
	[F_INLINE] = "netjail.inline",
	[F_SIGNAL] = "netjail.signal",
	[F_DIRECTION] = "network.direction",
	[F_TRANSPORT] = "network.transport",
	[F_SOURCE_IP] = "source.ip",
	[F_SOURCE_PORT] = "source.port",
	[F_SOURCE_BYTES] = "source.bytes",
	[F_DEST_ADDRESS] = "destination.address",
	[F_DEST_IP] = "destination.ip",
	[F_DEST_PORT] = "destination.port",
	[F_DEST_DOMAIN] = "destination.domain",
	[F_DEST_BYTES] = "destination.bytes",
	[F_SERVER_ADDRESS] = "server.address",
	[F_SERVER_IP] = "server.ip",
	[F_SERVER_PORT] = "server.port",
	[F_RULE] = "rule.id",
	[F_RULE_TEXT] = "rule.name",
	[F_ERROR] = "error.code",
	[F_PHASE] = "netjail.phase",
	[F_VERDICT] = "netjail.verdict",
	[F_WOULD] = "netjail.would",
	[F_COOKIE] = "netjail.socket.cookie",
	[F_RESULT] = "netjail.call.result",
	[F_FAMILY] = "netjail.socket.family",
	[F_SOCKET_TYPE] = "netjail.socket.type",
	[F_PROTOCOL] = "netjail.socket.protocol",
	[F_EVIDENCE] = "netjail.evidence",
	[F_MESSAGE] = "message",
	[F_FATE] = "netjail.outcome",
	[F_TACTIC] = "threat.tactic.name",
	[F_TECHNIQUE] = "threat.technique.id",
	[F_SUBTECHNIQUE] = "threat.technique.subtechnique.id",
	[F_TECHNIQUE_NAME] = "threat.technique.name",
	[F_SUBTECHNIQUE_NAME] = "threat.technique.subtechnique.name",
	[F_STACK_ID] = "netjail.stack_id",
	[F_CHAIN] = "netjail.chain",
	[F_LOST] = "netjail.lost",
	[F_POLICY_SHA256] = "netjail.policy.sha256",
	[F_POLICY_DEFAULT] = "netjail.policy.default",
	[F_POLICY_RULES] = "netjail.policy.rules",
	[F_BYTES_FROM] = "netjail.bytes_from",
	[F_STATE] = "netjail.state",
};
static_assert(ARRAY_LEN(paths) == F_NUM_, "a path for each field");

/* An open-addressed table from paths to fields, filled at the first use. */
#define SLOTS 512u

static uint8_t slots[SLOTS]; /* field + 1; 0 = none */
static uint8_t lengths[F_NUM_];

static unsigned slot_of(const char *path, size_t len)
{
	unsigned hash = (unsigned)len;

	for (size_t i = 0; i < len; i++)
		hash = hash * 31 + (uint8_t)path[i];
	return (hash ^ hash >> 11) % SLOTS;
}

static void fill_slots(void)
{
	static_assert(F_NUM_ < UINT8_MAX && F_NUM_ < SLOTS / 2, "fields fit the slots");
	for (unsigned field = 0; field < F_NUM_; field++) {
		unsigned slot = slot_of(paths[field], strlen(paths[field]));

		while (slots[slot])
			slot = (slot + 1) % SLOTS;
		slots[slot] = (uint8_t)(field + 1);
		lengths[field] = (uint8_t)strlen(paths[field]);
	}
}

static int find_field(const struct json_value *value)
{
	unsigned slot = slot_of(value->path, value->path_len);

	for (; slots[slot]; slot = (slot + 1) % SLOTS) {
		unsigned field = slots[slot] - 1u;

		if (lengths[field] == value->path_len &&
		    memcmp(paths[field], value->path, value->path_len) == 0)
			return (int)field;
	}
	return -1;
}

static bool path_is(const struct json_value *value, const char *path)
{
	return strlen(path) == value->path_len &&
	       memcmp(path, value->path, value->path_len) == 0;
}

static void add_text(struct text_list *list, struct text text)
{
	if (list->count < RECORD_LIST_MAX)
		list->items[list->count++] = text;
}

static void tell_frame(struct record *record, const struct json_value *value,
		       struct text text)
{
	struct record_frame *frame;

	if (path_is(value, "netjail.stack.address") &&
	    record->frame_count < STACK_FRAMES_MAX)
		record->frames[record->frame_count++] =
			(struct record_frame){.address = text};
	if (!record->frame_count)
		return;
	frame = &record->frames[record->frame_count - 1];
	if (path_is(value, "netjail.stack.symbol"))
		frame->symbol = text;
	else if (path_is(value, "netjail.stack.module"))
		frame->module = text;
	else if (path_is(value, "netjail.stack.offset"))
		frame->offset = text;
}

static void tell(void *context, const struct json_value *value)
{
	struct record *record = context;
	struct text text = {value->text, value->len};
	int field = find_field(value);

	if (field >= 0)
		record->fields[field] = text;
	else if (path_is(value, "event.type"))
		record->denied |= text_is(text, "denied");
	else if (path_is(value, "netjail.cut"))
		record->denied = true;
	else if (path_is(value, "netjail.coverage"))
		add_text(&record->coverage, text);
	else if (path_is(value, "netjail.argv"))
		add_text(&record->argv, text);
	else if (path_is(value, "process.env_vars"))
		add_text(&record->env, text);
	else if (path_is(value, "netjail.policy.path"))
		add_text(&record->policies, text);
	else if (value->path_len > 14 && memcmp(value->path, "netjail.stack.", 14) == 0)
		tell_frame(record, value, text);
}

/* What let it through only because nothing is refused in this run. */
static bool would_deny(const struct record *record)
{
	for (unsigned i = 0; i < VERDICT_NUM_; i++)
		if (text_is(record->fields[F_WOULD], verdict_verb((enum verdict)i)))
			return !record->denied && !verdict_lets_through((enum verdict)i);
	return false;
}

bool record_parse(const char *line, size_t len, char *scratch, struct record *ret_record)
{
	static bool filled;

	if (!filled)
		fill_slots();
	filled = true;
	memset(ret_record->fields, 0, sizeof(ret_record->fields));
	ret_record->coverage.count = ret_record->argv.count = 0;
	ret_record->env.count = ret_record->policies.count = 0;
	ret_record->denied = false;
	ret_record->frame_count = 0;
	if (!json_scan(line, len, scratch, tell, ret_record))
		return false;
	ret_record->would_deny = would_deny(ret_record);
	return ret_record->fields[F_ACTION].len && ret_record->fields[F_RUN].len;
}

bool text_is(struct text text, const char *word)
{
	return strlen(word) == text.len && memcmp(word, text.at, text.len) == 0;
}

int64_t text_number(struct text text)
{
	bool negative = text.len && *text.at == '-';
	int64_t number = 0;

	for (size_t i = negative; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9' || number > INT64_MAX / 10 - 1)
			return 0;
		number = number * 10 + (text.at[i] - '0');
	}
	return negative ? -number : number;
}

const char *text_copy(struct text text, char *storage, size_t cap)
{
	size_t len = text.len < cap - 1 ? text.len : cap - 1;

	if (len)
		memcpy(storage, text.at, len);
	storage[len] = 0;
	return storage;
}

/* "2026-11-24T15:57:23.123456789Z" */
double text_time(struct text text)
{
	struct tm tm = {0};
	const char *digits = text.at;

	if (text.len != 30 || digits[10] != 'T' || digits[19] != '.')
		return 0;
	tm.tm_year = (int)text_number((struct text){digits, 4}) - 1900;
	tm.tm_mon = (int)text_number((struct text){digits + 5, 2}) - 1;
	tm.tm_mday = (int)text_number((struct text){digits + 8, 2});
	tm.tm_hour = (int)text_number((struct text){digits + 11, 2});
	tm.tm_min = (int)text_number((struct text){digits + 14, 2});
	tm.tm_sec = (int)text_number((struct text){digits + 17, 2});
	return (double)timegm(&tm) +
	       (double)text_number((struct text){digits + 20, 9}) / 1e9;
}
