/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/elf.c - what an ELF file says of itself
 */
#include "base/elf.h"

#include <elf.h>
#include <string.h>

#include "base/buf.h"

#define SEGMENTS_MAX 64
#define NOTES_MAX    4096 /* bytes of a note segment that are looked at */

/* elf(5), note names; the Go one is in cmd/link of the Go source. */
#define NOTE_GNU_BUILD_ID 3
#define NOTE_GO_BUILD_ID  4

/* A program header of either class. */
struct segment {
	uint32_t type;
	uint64_t offset, size;
};

static bool read_at(int fd, uint64_t offset, void *to, size_t len)
{
	return offset <= INT64_MAX && pread(fd, to, len, (off_t)offset) == (ssize_t)len;
}

static bool segment_at(int fd, const struct elf_facts *facts, uint64_t at,
		       struct segment *ret_segment)
{
	Elf64_Phdr wide;
	Elf32_Phdr narrow;

	if (facts->bits == 64) {
		if (!read_at(fd, at, &wide, sizeof(wide)))
			return false;
		*ret_segment =
			(struct segment){wide.p_type, wide.p_offset, wide.p_filesz};
		return true;
	}
	if (!read_at(fd, at, &narrow, sizeof(narrow)))
		return false;
	*ret_segment = (struct segment){narrow.p_type, narrow.p_offset, narrow.p_filesz};
	return true;
}

static void take_hex(const uint8_t *bytes, size_t len, struct elf_facts *facts)
{
	struct buf buf;

	buf_init(&buf, facts->build_id, sizeof(facts->build_id));
	for (size_t i = 0; i < len; i++)
		buf_printf(&buf, "%02x", bytes[i]);
}

/* Printable bytes only. */
static void take_text(char *to, size_t cap, const uint8_t *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len && i + 1 < cap && bytes[i] > 0x20 && bytes[i] < 0x7f; i++)
		to[i] = (char)bytes[i];
	to[i] = 0;
}

static size_t padded(size_t len)
{
	return (len + 3) & ~(size_t)3;
}

static void read_notes(int fd, const struct segment *segment, struct elf_facts *facts)
{
	uint8_t bytes[NOTES_MAX];
	size_t len =
		segment->size < sizeof(bytes) ? (size_t)segment->size : sizeof(bytes);
	Elf64_Nhdr note; /* the same in both classes */

	if (!read_at(fd, segment->offset, bytes, len))
		return;
	for (size_t at = 0; len - at >= sizeof(note);) {
		const uint8_t *name = bytes + at + sizeof(note), *desc;

		memcpy(&note, bytes + at, sizeof(note));
		at += sizeof(note);
		if (note.n_namesz > NOTES_MAX || note.n_descsz > NOTES_MAX ||
		    padded(note.n_namesz) + padded(note.n_descsz) > len - at)
			return;
		desc = name + padded(note.n_namesz);
		if (note.n_type == NOTE_GNU_BUILD_ID && note.n_namesz == 4 &&
		    memcmp(name, "GNU", 4) == 0)
			take_hex(desc, note.n_descsz, facts);
		if (note.n_type == NOTE_GO_BUILD_ID && note.n_namesz == 4 &&
		    memcmp(name, "Go\0", 4) == 0)
			take_text(facts->go_build_id, sizeof(facts->go_build_id), desc,
				  note.n_descsz);
		at += padded(note.n_namesz) + padded(note.n_descsz);
	}
}

static void read_interpreter(int fd, const struct segment *segment,
			     struct elf_facts *facts)
{
	uint8_t bytes[sizeof(facts->interpreter)];
	size_t len =
		segment->size < sizeof(bytes) ? (size_t)segment->size : sizeof(bytes);

	facts->dynamic = true;
	if (read_at(fd, segment->offset, bytes, len))
		take_text(facts->interpreter, sizeof(facts->interpreter), bytes, len);
}

static void read_segments(int fd, uint64_t at, unsigned count, unsigned stride,
			  struct elf_facts *facts)
{
	struct segment segment;

	for (unsigned i = 0; i < count && i < SEGMENTS_MAX; i++, at += stride) {
		if (!segment_at(fd, facts, at, &segment))
			return;
		if (segment.type == PT_INTERP)
			read_interpreter(fd, &segment, facts);
		if (segment.type == PT_NOTE)
			read_notes(fd, &segment, facts);
	}
}

bool elf_read(int fd, struct elf_facts *ret_facts)
{
	static const uint16_t order = ELFDATA2LSB | ELFDATA2MSB << 8;
	uint8_t native = *(const uint8_t *)&order; /* the first byte tells ours */
	union {
		unsigned char ident[EI_NIDENT];
		Elf64_Ehdr wide;
		Elf32_Ehdr narrow;
	} head;

	*ret_facts = (struct elf_facts){0};
	memset(&head, 0, sizeof(head));
	if (!read_at(fd, 0, &head.narrow, sizeof(head.narrow)) ||
	    memcmp(head.ident, ELFMAG, SELFMAG) != 0 || head.ident[EI_DATA] != native)
		return false;
	ret_facts->type = head.narrow.e_type; /* at the same place in both */
	ret_facts->machine = head.narrow.e_machine;
	if (head.ident[EI_CLASS] == ELFCLASS32) {
		ret_facts->bits = 32;
		read_segments(fd, head.narrow.e_phoff, head.narrow.e_phnum,
			      head.narrow.e_phentsize, ret_facts);
	} else if (head.ident[EI_CLASS] == ELFCLASS64 &&
		   read_at(fd, 0, &head.wide, sizeof(head.wide))) {
		ret_facts->bits = 64;
		read_segments(fd, head.wide.e_phoff, head.wide.e_phnum,
			      head.wide.e_phentsize, ret_facts);
	}
	return ret_facts->bits;
}
