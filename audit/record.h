/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/record.h - a line of a log, as readers want it: the fields by number
 *
 * Contract:  the line is hostile: it may come from anywhere. Fields that are absent are
 *            empty, numbers that are none 0.
 */
#ifndef NETJAIL_AUDIT_RECORD_H
#define NETJAIL_AUDIT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "audit/stack.h"
#include "base/cleanup.h"

enum record_field {
	F_TIMESTAMP = 0,
	F_KIND,
	F_ACTION,
	F_OUTCOME,
	F_REASON,
	F_SEQUENCE,
	F_DURATION,
	F_RISK,
	F_RUN,
	F_VERSION,
	F_HOST,
	F_PID,
	F_TID,
	F_ENTITY,
	F_NAME,
	F_EXECUTABLE,
	F_COMMAND_LINE,
	F_PARENT_PID,
	F_PARENT_ENTITY,
	F_DIRECTORY,
	F_SHA256,
	F_ELF_TYPE,
	F_EXIT_CODE,
	F_USER,
	F_SIZE,
	F_LINKAGE,
	F_INTERPRETER,
	F_GO_BUILD,
	F_SCRIPT,
	F_INLINE,
	F_SIGNAL,
	F_DIRECTION,
	F_TRANSPORT,
	F_SOURCE_IP,
	F_SOURCE_PORT,
	F_SOURCE_BYTES,
	F_DEST_ADDRESS,
	F_DEST_IP,
	F_DEST_PORT,
	F_DEST_DOMAIN,
	F_DEST_BYTES,
	F_SERVER_ADDRESS,
	F_SERVER_IP,
	F_SERVER_PORT,
	F_RULE,
	F_RULE_TEXT,
	F_ERROR,
	F_PHASE,
	F_VERDICT,
	F_WOULD,
	F_COOKIE,
	F_RESULT,
	F_FAMILY,
	F_SOCKET_TYPE,
	F_PROTOCOL,
	F_EVIDENCE,
	F_MESSAGE,
	F_FATE,
	F_TACTIC,
	F_TECHNIQUE,
	F_SUBTECHNIQUE,
	F_TECHNIQUE_NAME,
	F_SUBTECHNIQUE_NAME,
	F_STACK_ID,
	F_CHAIN,
	F_LOST,
	F_POLICY_SHA256,
	F_POLICY_DEFAULT,
	F_POLICY_RULES,
	F_BYTES_FROM,
	F_STATE,
	F_NUM_
};

struct text {
	const char *at;
	size_t len;
};

#define RECORD_LIST_MAX 32

/* The texts of an array. */
struct text_list {
	struct text items[RECORD_LIST_MAX];
	size_t count;
};

struct record_frame {
	struct text address, symbol, module, offset;
};

struct record {
	struct text fields[F_NUM_];
	struct text_list coverage, argv, env, policies;
	bool denied;     /* event.type has it, or it was cut */
	bool would_deny; /* it went on: a dry run, a socket that was found open */
	struct record_frame frames[STACK_FRAMES_MAX];
	size_t frame_count;
};

/* Fills the record; everything in it points into `line` and `scratch` (as large). False
 * when the line is no JSON object of netjail's. */
must_check bool record_parse(const char *line, size_t len, char *scratch,
			     struct record *ret_record);

must_check bool text_is(struct text text, const char *word);
must_check int64_t text_number(struct text text);
/* A copy in `storage`, cut where it ends. */
const char *text_copy(struct text text, char *storage, size_t cap);
/* Seconds since 1970 of an @timestamp, 0 when it is none. */
must_check double text_time(struct text text);

#endif
