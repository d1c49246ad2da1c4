/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/ruleset.h - rule text in, decisions out: a policy compiled once and then only
 * read
 *
 * Contract:  deciding is a pure function of (ruleset, request): no clock, no process, no
 *            I/O. Loading reads the rule files and the sets they name, services(5) and
 *            passwd(5), nothing else. Not for two threads at once.
 * Errors:    after a text with an error no rule counts: everything is refused.
 * Ownership: the ruleset owns every string that a decision points to, until ruleset_free.
 */
#ifndef NETJAIL_RULES_RULESET_H
#define NETJAIL_RULES_RULESET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"
#include "base/digest.h"
#include "rules/request.h"
#include "rules/verdict.h"

struct ruleset;

/* An error as compilers give it: "FILE:LINE:COL: what, what was expected", the line, a
 * caret. Program bytes in it are escaped; ends without a newline. */
struct rule_error {
	char text[2048];
};

must_check struct ruleset *ruleset_new(void);
void ruleset_free(struct ruleset *set); /* accepts NULL */

/* From now on refuses files that others than their owner can write: for a netjail with
 * more rights than they. */
void ruleset_strict_files(struct ruleset *set);

/* Adds the rules of `text` after those already there. `name` is what rule ids start with
 * and `line` the number of its first line. 0 or -errno with *ret_error filled. */
must_check int ruleset_add_text(struct ruleset *set, const char *name, unsigned line,
				const char *text, size_t len,
				struct rule_error *ret_error);

/* The same for a file; rule ids carry its base name. Errors also: -errno of reading it,
 * with *ret_error filled ("FILE: Permission denied"). */
must_check int ruleset_add_file(struct ruleset *set, const char *path,
				struct rule_error *ret_error);

/* The files that have been read, those that rules name among them. */
must_check size_t ruleset_file_count(const struct ruleset *set);
const char *ruleset_file(const struct ruleset *set, size_t index);

/* When all texts are added: 0, or -EINVAL when a set is used that none defines, with
 * *ret_error filled. */
must_check int ruleset_finish(struct ruleset *set, struct rule_error *ret_error);

/* The addresses that the scope `resolvers` stands for; copied. */
void ruleset_set_resolvers(struct ruleset *set, const struct addr *addrs, size_t count);

/* The first rule that matches, else a builtin, else the default. Never fails. */
must_check struct decision ruleset_decide(const struct ruleset *set,
					  const struct request *request);

/* The same, and the match is counted: `first` and `after` are about these. */
must_check struct decision ruleset_judge(struct ruleset *set,
					 const struct request *request);

/* True when a bind or listen can be refused: only then is it carried out by netjail. */
must_check bool ruleset_judges_bind(const struct ruleset *set);

/* True when socket(2) of a TCP, UDP, ping, unix or netlink socket can be refused: only
 * then need those calls be looked at. */
must_check bool ruleset_judges_socket(const struct ruleset *set);

/* True when anything at all can be refused: then the ways round the rules are watched,
 * too. */
must_check bool ruleset_refuses(const struct ruleset *set);

/* True when decisions depend on what addresses are called, or on who calls. */
must_check bool ruleset_uses_names(const struct ruleset *set);
must_check bool ruleset_uses_user(const struct ruleset *set);
/* True when a rule or a default asks. */
must_check bool ruleset_asks(const struct ruleset *set);
/* True when a call may reach another address than it names. */
must_check bool ruleset_goes_elsewhere(const struct ruleset *set);

/* The host names of rules that mean one name alone, and no set: puts copies of the first
 * `max` into ret_names, to be freed, and returns how many there are. */
must_check size_t ruleset_exact_names(const struct ruleset *set, char **ret_names,
				      size_t max);

/* The policy's SHA-256: of the one text that was read, or of the SHA-256 of all of them,
 * one behind the other, those that rules name among them. */
void ruleset_digest(const struct ruleset *set, uint8_t ret_digest[static DIGEST_LEN]);

must_check size_t ruleset_count(const struct ruleset *set);
/* What a call that no rule matches gets. */
must_check enum verdict ruleset_default(const struct ruleset *set);

#endif
