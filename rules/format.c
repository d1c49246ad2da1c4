/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rules/format.c - a rule written down again: what is read from that is the same rule
 */
#include "rules/format.h"

#include "base/buf.h"
#include "net/sockkind.h"
#include "rules/action.h"
#include "rules/name.h"
#include "rules/proto.h"
#include "rules/rule.h"

/* A dot at the end: a name without one might be a word of the language. */
static void put_name(struct buf *buf, const struct ruleset *set,
		     const struct target *target)
{
	struct span name = nametable_name(&set->index->names, target->name.entry);

	if (target->name.covers == (NAME_SELF | NAME_BELOW))
		buf_putc(buf, '.');
	else if (target->name.covers == NAME_BELOW)
		buf_puts(buf, "*.");
	buf_put(buf, name.text, name.len);
	if (span_find(name, ".") == name.len || span_only(name, "0123456789."))
		buf_putc(buf, '.');
}

static void put_prefix(struct buf *buf, const struct target *target)
{
	bool v6 = target->prefix.addr.family == ADDR_V6;

	if (v6)
		buf_putc(buf, '[');
	if (target->prefix.bits == (v6 ? 128 : 32))
		addr_put(buf, &target->prefix.addr);
	else
		addr_prefix_put(buf, &target->prefix);
	if (v6)
		buf_putc(buf, ']');
}

static void put_family(struct buf *buf, const struct target *target)
{
	const char *name = family_name(target->family);

	buf_printf(buf, "family %s", name ? name : "?");
}

static void put_host(struct buf *buf, const struct ruleset *set,
		     const struct target *target)
{
	switch (target->kind) {
	case TARGET_ANY:
	case TARGET_NUM_:
		buf_putc(buf, '*');
		break;
	case TARGET_PREFIX:
		put_prefix(buf, target);
		break;
	case TARGET_NAME:
		put_name(buf, set, target);
		break;
	case TARGET_SET:
		buf_printf(buf, "@%s", set->sets[target->set].name);
		break;
	case TARGET_SCOPE:
		buf_puts(buf, addr_scope_name(target->scope));
		break;
	case TARGET_RESOLVERS:
		buf_puts(buf, "resolvers");
		break;
	case TARGET_DIRECT:
		buf_puts(buf, "direct");
		break;
	case TARGET_FAMILY:
		put_family(buf, target);
		break;
	case TARGET_RAW:
		buf_puts(buf, "raw");
		break;
	case TARGET_UNIX_PATH:
	case TARGET_UNIX_ABSTRACT:
		buf_puts(buf, target->kind == TARGET_UNIX_PATH ? "unix:" : "unix:@");
		buf_put(buf, target->glob.text, target->glob.len);
		break;
	}
}

static void put_ports(struct buf *buf, const struct ruleset *set,
		      const struct target *target)
{
	for (size_t i = 0; i < target->port_count; i++) {
		const struct port_range *range = &set->ports.ranges[target->port_at + i];

		buf_printf(buf, "%c%u", i ? ',' : ':', range->first);
		if (range->last != range->first)
			buf_printf(buf, "-%u", range->last);
	}
}

void format_target(struct buf *buf, const struct ruleset *set,
		   const struct target *target)
{
	if (target->bind)
		buf_puts(buf, "bind ");
	put_host(buf, set, target);
	put_ports(buf, set, target);
	if (target->protos)
		buf_printf(buf, "/%s", proto_word(target->protos));
}

void format_rule(struct buf *buf, const struct ruleset *set, size_t number)
{
	const struct rule *rule = &set->rules[number];
	const struct action *action = &set->actions[rule->action];

	buf_puts(buf, verdict_verb(action->verdict));
	for (size_t i = 0; i < rule->target_count; i++) {
		buf_putc(buf, ' ');
		format_target(buf, set, &set->targets[rule->target_at + i]);
	}
	action_put(buf, action);
	for (size_t i = 0; i < rule->condition_count; i++) {
		buf_putc(buf, ' ');
		condition_put(buf, &set->conditions[rule->condition_at + i]);
	}
}
