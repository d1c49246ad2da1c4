/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/unwind.c - the call stack of a stopped task
 *
 * Theory of operation
 *   Problem:    libunwind-ptrace reads memory word by word with PTRACE_PEEKDATA and the
 *               maps again for every module: 270 us a stack.
 *   Mechanism:  libunwind walks with accessors of ours: pages of the task's memory are
 *               copied once a stack (process_vm_readv), the maps are kept for a process
 *               until an address is in none of them, and the table of unwind
 *               information (.eh_frame_hdr) is found from the ELF headers in memory.
 *               Where it knows no further, frame pointers are followed from there.
 *   Invariants: MUST end: at most STACK_FRAMES_MAX frames, each with a higher stack
 *               pointer. Nothing rests on a stack: the program can fake it.
 */
#include "tracer/unwind.h"

#include <elf.h>
#include <errno.h>
#include <libunwind-ptrace.h>
#include <string.h>

#include "arch/arch.h"
#include "base/hash.h"
#include "base/xalloc.h"
#include "tracer/maps.h"
#include "tracer/mem.h"
#include "tracer/symbols.h"

#define PAGE          4096u
#define PAGES         32u
#define PROCESSES_MAX 64
#define STACKS_MAX    50000
#define SEGMENTS_MAX  64

/* Exported by libunwind, in no header of its. */
extern int UNW_OBJ(dwarf_search_unwind_table)(unw_addr_space_t space, unw_word_t ip,
					      unw_dyn_info_t *table,
					      unw_proc_info_t *ret_info, int need_info,
					      void *context);

struct process {
	pid_t pid;
	struct maps maps;
	unw_addr_space_t space; /* with libunwind's cache of this process */
	UT_hash_handle hh;
};

struct told {
	uint64_t id;
	UT_hash_handle hh;
};

struct unwinder {
	struct process *processes;
	struct symbols *files;
	struct told *told;
	struct stack stack;
	/* of the stack being walked */
	struct process *process;
	pid_t tid;
	void *registers; /* libunwind-ptrace's */
	struct {
		uint64_t at; /* page number + 1; 0 = none */
		uint8_t bytes[PAGE];
	} pages[PAGES];
	bool maps_fresh;
};

static bool read_memory(struct unwinder *unwinder, uint64_t from, void *to, size_t len)
{
	uint8_t *out = to;

	while (len) {
		uint64_t number = from / PAGE, offset = from % PAGE;
		size_t piece = PAGE - offset < len ? PAGE - offset : len;
		unsigned slot = (unsigned)(number % PAGES);

		if (unwinder->pages[slot].at != number + 1) {
			unwinder->pages[slot].at = 0;
			if (mem_read(unwinder->tid, (struct remote){number * PAGE},
				     unwinder->pages[slot].bytes, PAGE) != 0)
				return false;
			unwinder->pages[slot].at = number + 1;
		}
		memcpy(out, unwinder->pages[slot].bytes + offset, piece);
		out += piece;
		from += piece;
		len -= piece;
	}
	return true;
}

/* An address in none of the maps may be in a library that was loaded since: they are read
 * anew, once a stack. */
static const struct map *find_map(struct unwinder *unwinder, uint64_t address)
{
	const struct map *map = maps_find(&unwinder->process->maps, address);

	if (map || unwinder->maps_fresh)
		return map;
	maps_free(&unwinder->process->maps);
	maps_read(unwinder->process->pid, &unwinder->process->maps);
	unwinder->maps_fresh = true;
	unw_flush_cache(unwinder->process->space, 0, 0);
	for (unsigned i = 0; i < unwinder->stack.count;
	     i++) { /* they named the old ones */
		struct stack_frame *frame = &unwinder->stack.frames[i];

		map = maps_find(&unwinder->process->maps, frame->address - (i > 0));
		frame->module = map ? map->path : NULL;
	}
	return maps_find(&unwinder->process->maps, address);
}

/* What an ELF file in memory says of itself. */
struct module {
	uint64_t bias;             /* what is added to the file's addresses */
	uint64_t table, table_len; /* .eh_frame_hdr, 0 = none */
};

static bool read_module(struct unwinder *unwinder, const struct map *map,
			struct module *ret_module)
{
	const struct map *base = &unwinder->process->maps.list[map->base];
	struct module module = {0};
	bool loads = false;
	Elf64_Ehdr head;
	Elf64_Phdr segment;

	if (base->offset || !read_memory(unwinder, base->start, &head, sizeof(head)) ||
	    memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 ||
	    head.e_phentsize != sizeof(segment))
		return false;
	for (unsigned i = 0; i < head.e_phnum && i < SEGMENTS_MAX; i++) {
		if (!read_memory(unwinder,
				 base->start + head.e_phoff + i * sizeof(segment),
				 &segment, sizeof(segment)))
			return false;
		if (segment.p_type == PT_LOAD && !loads) {
			loads = true;
			module.bias = base->start - segment.p_vaddr / PAGE * PAGE;
		}
		if (segment.p_type == PT_GNU_EH_FRAME) {
			module.table = segment.p_vaddr;
			module.table_len = segment.p_memsz;
		}
	}
	if (module.table)
		module.table += module.bias;
	*ret_module = module;
	return loads;
}

/* LSB "Exception Frames", .eh_frame_hdr: version, encodings, pointer, count, table, all
 * as linkers write them: pairs of 32 bits relative to its begin. */
#define HDR_POINTER 0x1b /* pcrel, sdata4 */
#define HDR_COUNT   0x03 /* udata4 */
#define HDR_TABLE   0x3b /* datarel, sdata4 */

static int find_proc_info(unw_addr_space_t space, unw_word_t ip, unw_proc_info_t *info,
			  int need, void *context)
{
	struct unwinder *unwinder = context;
	const struct map *map = find_map(unwinder, ip);
	struct module module;
	unw_dyn_info_t table = {.format = UNW_INFO_FORMAT_REMOTE_TABLE};
	uint8_t head[12];
	uint32_t count;

	if (!map || !read_module(unwinder, map, &module) || !module.table ||
	    !read_memory(unwinder, module.table, head, sizeof(head)) || head[0] != 1 ||
	    head[1] != HDR_POINTER || head[2] != HDR_COUNT || head[3] != HDR_TABLE)
		return -UNW_ENOINFO;
	memcpy(&count, head + 8, sizeof(count));
	if (count > module.table_len / 8)
		return -UNW_ENOINFO;
	table.start_ip = map->start;
	table.end_ip = map->end;
	table.u.rti.segbase = module.table;
	table.u.rti.table_data = module.table + sizeof(head);
	table.u.rti.table_len = (unw_word_t)count * 8 / sizeof(unw_word_t);
	return UNW_OBJ(dwarf_search_unwind_table)(space, ip, &table, info, need, context);
}

static int access_mem(unw_addr_space_t space, unw_word_t address, unw_word_t *value,
		      int write, void *context)
{
	(void)space;
	if (write || !read_memory(context, address, value, sizeof(*value)))
		return -UNW_EINVAL;
	return 0;
}

static int access_reg(unw_addr_space_t space, unw_regnum_t reg, unw_word_t *value,
		      int write, void *context)
{
	const struct unwinder *unwinder = context;

	if (write)
		return -UNW_EREADONLYREG;
	return _UPT_access_reg(space, reg, value, 0, unwinder->registers);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the type is libunwind's */
static int no_fpreg(unw_addr_space_t space, unw_regnum_t reg, unw_fpreg_t *value,
		    int write, void *context)
{
	(void)space, (void)reg, (void)value, (void)write, (void)context;
	return -UNW_EBADREG;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the type is libunwind's */
static int no_dyn_info(unw_addr_space_t space, unw_word_t *list, void *context)
{
	(void)space, (void)list, (void)context;
	return -UNW_ENOINFO;
}

static void put_unwind_info(unw_addr_space_t space, unw_proc_info_t *info, void *context)
{
	const struct unwinder *unwinder = context;

	_UPT_put_unwind_info(space, info, unwinder->registers);
}

static unw_accessors_t accessors = {
	.find_proc_info = find_proc_info,
	.put_unwind_info = put_unwind_info,
	.get_dyn_info_list_addr = no_dyn_info,
	.access_mem = access_mem,
	.access_reg = access_reg,
	.access_fpreg = no_fpreg,
};

static void add_frame(struct unwinder *unwinder, uint64_t address)
{
	struct stack *stack = &unwinder->stack;
	struct stack_frame *frame;
	struct module module = {0};
	const struct map *map;
	uint64_t in_file;

	if (!address || stack->count == STACK_FRAMES_MAX)
		return;
	frame = &stack->frames[stack->count++];
	*frame = (struct stack_frame){.address = address, .offset = address};
	/* A return address stands behind its call, which may be a function's last. */
	map = find_map(unwinder, address - (stack->count > 1));
	if (!map)
		return;
	frame->module = map->path;
	in_file = address - map->start + map->offset;
	frame->offset = in_file;
	if (!read_module(unwinder, map, &module))
		return;
	in_file = address - module.bias;
	frame->symbol =
		symbols_find(&unwinder->files, unwinder->process->pid, map->path,
			     map->inode, in_file - (stack->count > 1), &frame->offset);
	if (frame->symbol && stack->count > 1)
		frame->offset++;
}

/* Frames that each begin with the caller's frame pointer and the return address: those
 * above the last that was told, which is found by its address or the stack pointer. */
static void follow_frame_pointers(struct unwinder *unwinder, uint64_t fp, uint64_t known,
				  uint64_t last)
{
	uint64_t pair[2], found[STACK_FRAMES_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < STACK_FRAMES_MAX && fp && !(fp & 7); i++) {
		if (!read_memory(unwinder, fp, pair, sizeof(pair)))
			break;
		pair[1] = arch_return_address(unwinder->tid, pair[1]);
		if (!maps_find(&unwinder->process->maps, pair[1]))
			break; /* the register is used otherwise */
		found[count++] = pair[1];
		if (pair[1] == last || fp + 8 < known)
			count = 0;
		last = pair[1] == last ? 0 : last;
		fp = pair[0] > fp ? pair[0] : 0;
	}
	for (unsigned i = 0; i < count; i++)
		add_frame(unwinder, found[i]);
}

static void walk(struct unwinder *unwinder, const struct arch_frame *frame)
{
	unw_word_t ip, sp, known = 0;
	uint64_t last = frame->pc;
	unw_cursor_t cursor;

	add_frame(unwinder, last);
	if (unwinder->process->space &&
	    unw_init_remote(&cursor, unwinder->process->space, unwinder) == 0) {
		while (unwinder->stack.count < STACK_FRAMES_MAX &&
		       unw_step(&cursor) > 0 &&
		       unw_get_reg(&cursor, UNW_REG_IP, &ip) == 0 &&
		       unw_get_reg(&cursor, UNW_REG_SP, &sp) == 0 && sp > known) {
			last = arch_return_address(unwinder->tid, ip);
			add_frame(unwinder, last);
			known = sp;
		}
	}
	follow_frame_pointers(unwinder, frame->fp, known, last);
}

static bool was_told(struct unwinder *unwinder, uint64_t id)
{
	struct told *row;

	HASH_FIND(hh, unwinder->told, &id, sizeof(id), row);
	if (row)
		return true;
	if (HASH_COUNT(unwinder->told) < STACKS_MAX) {
		row = xcalloc(1, sizeof(*row));
		row->id = id;
		HASH_ADD(hh, unwinder->told, id, sizeof(id), row);
	}
	return false;
}

static void drop_process(struct unwinder *unwinder, struct process *process)
{
	HASH_DEL(unwinder->processes, process);
	maps_free(&process->maps);
	if (process->space)
		unw_destroy_addr_space(process->space);
	free(process);
}

static struct process *process_of(struct unwinder *unwinder, pid_t pid)
{
	struct process *process;

	HASH_FIND_INT(unwinder->processes, &pid, process);
	if (process)
		return process;
	if (HASH_COUNT(unwinder->processes) >= PROCESSES_MAX)
		drop_process(unwinder, unwinder->processes);
	process = xcalloc(1, sizeof(*process));
	process->pid = pid;
	process->space = unw_create_addr_space(&accessors, 0);
	if (process->space)
		(void)unw_set_caching_policy(process->space, UNW_CACHE_GLOBAL);
	HASH_ADD_INT(unwinder->processes, pid, process);
	return process;
}

void unwind_forget(struct unwinder *unwinder, pid_t pid)
{
	struct process *process;

	HASH_FIND_INT(unwinder->processes, &pid, process);
	if (process)
		drop_process(unwinder, process);
}

const struct stack *unwind(struct unwinder *unwinder, pid_t pid, pid_t tid)
{
	struct arch_frame frame;

	if (arch_frame_get(tid, &frame) != 0)
		return NULL;
	unwinder->registers = _UPT_create(tid);
	if (!unwinder->registers)
		return NULL;
	unwinder->process = process_of(unwinder, pid);
	unwinder->tid = tid;
	unwinder->stack.count = 0;
	unwinder->maps_fresh = false;
	for (unsigned i = 0; i < PAGES; i++)
		unwinder->pages[i].at = 0;
	walk(unwinder, &frame);
	_UPT_destroy(unwinder->registers);
	unwinder->stack.id = stack_identify(&unwinder->stack);
	unwinder->stack.known = was_told(unwinder, unwinder->stack.id);
	return &unwinder->stack;
}

struct unwinder *unwinder_new(void)
{
	return xcalloc(1, sizeof(struct unwinder));
}
void unwinder_free(struct unwinder *unwinder)
{
	while (unwinder && unwinder->processes)
		drop_process(unwinder, unwinder->processes);
	while (unwinder && unwinder->told) {
		struct told *row = unwinder->told;

		HASH_DEL(unwinder->told, row);
		free(row);
	}
	if (unwinder)
		symbols_free(&unwinder->files);
	free(unwinder);
}
