/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/ruleset.c - owns the rules: adds texts and files to them whole or not at all
 */
#include "rules/ruleset.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/fdio.h"
#include "base/xalloc.h"
#include "rules/parse.h"

struct ruleset *ruleset_new(void)
{
	struct ruleset *set = xcalloc(1, sizeof(*set));

	set->end = &set->first;
	return set;
}

void ruleset_free(struct ruleset *set)
{
	if (!set)
		return;
	while (set->first) {
		struct source *next = set->first->next;

		source_free(set->first);
		set->first = next;
	}
	free(set->resolvers);
	free(set);
}

/* Parses and adds a source, or frees it. `id_name` may hold any byte. */
static int add_source(struct ruleset *set, struct source *source, size_t len,
		      struct parse_state *state, struct rule_error *ret_error)
{
	char storage[1024]; /* the 255 bytes of the longest file name, each as \xHH */
	size_t id_len = strlen(state->id_name);
	struct buf id_name;
	int r;

	buf_init(&id_name, storage, sizeof(storage));
	id_len = id_len < 255 ? id_len : 255;
	escape_put(&id_name, state->id_name, id_len);
	state->id_name = storage;
	digest_bytes(source->text, len, source->sha256);
	state->rule_count = set->count;
	state->refuses_bind = set->refuses_bind;
	state->refuses_socket = set->refuses_socket;
	memcpy(state->fallbacks, set->fallbacks, sizeof(set->fallbacks));

	r = parse_text(source, len, state, ret_error);
	if (r < 0) {
		source_free(source);
		return r;
	}
	*set->end = source;
	set->end = &source->next;
	set->count += source->count;
	set->refuses_bind = state->refuses_bind;
	set->refuses_socket = state->refuses_socket;
	memcpy(set->fallbacks, state->fallbacks, sizeof(set->fallbacks));
	return 0;
}

int ruleset_add_text(struct ruleset *set, const char *name, unsigned line,
		     const char *text, size_t len, struct rule_error *ret_error)
{
	struct parse_state state = {.name = name, .id_name = name, .line = line};
	char *copy;

	if (len > TEXT_MAX) {
		diag_file(ret_error, name, "larger than 64 MiB");
		return -EINVAL;
	}
	copy = xreallocarray(NULL, len + 1, 1);
	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	return add_source(set, source_new(copy), len, &state, ret_error);
}

int ruleset_add_file(struct ruleset *set, const char *path, struct rule_error *ret_error)
{
	const char *slash = strrchr(path, '/');
	struct parse_state state = {
		.name = path,
		.id_name = slash ? slash + 1 : path,
		.line = 1,
	};
	char *text;
	size_t len;
	int r;

	r = fdio_read_file(path, TEXT_MAX, &text, &len);
	if (r < 0) {
		diag_file(ret_error, path,
			  r == -EFBIG ? "larger than 64 MiB" : strerror(-r));
		return r;
	}
	return add_source(set, source_new(text), len, &state, ret_error);
}

void ruleset_set_resolvers(struct ruleset *set, const struct addr *addrs, size_t count)
{
	free(set->resolvers);
	set->resolvers = xcalloc(count ? count : 1, sizeof(*set->resolvers));
	set->resolver_count = count;
	for (size_t i = 0; i < count; i++)
		set->resolvers[i] = addr_canonical(addrs[i]);
}

bool ruleset_judges_bind(const struct ruleset *set)
{
	const struct fallback *fallback = &set->fallbacks[FALLBACK_BIND];

	return set->refuses_bind || (fallback->id && fallback->verdict == VERDICT_REFUSE);
}

bool ruleset_judges_socket(const struct ruleset *set)
{
	return set->refuses_socket;
}

bool ruleset_refuses(const struct ruleset *set)
{
	if (ruleset_default(set) == VERDICT_REFUSE || ruleset_judges_bind(set))
		return true;
	for (const struct source *source = set->first; source; source = source->next)
		for (size_t i = 0; i < source->count; i++)
			if (source->rules[i].verdict == VERDICT_REFUSE)
				return true;
	return false;
}

void ruleset_digest(const struct ruleset *set, uint8_t ret_digest[static DIGEST_LEN])
{
	cleanup_free uint8_t *digests = NULL;
	size_t count = 0;

	for (const struct source *source = set->first; source; source = source->next) {
		digests = xreallocarray(digests, count + 1, DIGEST_LEN);
		memcpy(digests + count++ * DIGEST_LEN, source->sha256, DIGEST_LEN);
	}
	if (count == 1)
		memcpy(ret_digest, digests, DIGEST_LEN);
	else
		digest_bytes(digests, count * DIGEST_LEN, ret_digest);
}

size_t ruleset_count(const struct ruleset *set)
{
	return set->count;
}

enum verdict ruleset_default(const struct ruleset *set)
{
	const struct fallback *fallback = &set->fallbacks[FALLBACK_ALL];

	return fallback->id ? fallback->verdict : VERDICT_ALLOW;
}
