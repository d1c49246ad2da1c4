/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/unit/test_elf.c - facts of this program's own file, and files that lie
 */
#include "base/elf.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "test/unit/harness.h"

static uint8_t image[16384];
static size_t image_len;

static void load_self(void)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);

	image_len = (size_t)read(fd, image, sizeof(image));
	close(fd);
	CHECK(image_len == sizeof(image));
}

static bool facts_of(const void *bytes, size_t len, struct elf_facts *ret_facts)
{
	int fd = memfd_create("elf", MFD_CLOEXEC);
	bool is_elf;

	CHECK(write(fd, bytes, len) == (ssize_t)len);
	is_elf = elf_read(fd, ret_facts);
	close(fd);
	return is_elf;
}

TEST(self)
{
	struct elf_facts facts;

	load_self();
	CHECK(facts_of(image, image_len, &facts));
	CHECK(facts.bits == 64 && (facts.type == ET_DYN || facts.type == ET_EXEC));
	CHECK(facts.dynamic && strstr(facts.interpreter, "ld-linux"));
	CHECK(!*facts.go_build_id);
}

TEST(no_elf)
{
	struct elf_facts facts;

	CHECK(!facts_of("", 0, &facts) && !facts.bits);
	CHECK(!facts_of("#!/bin/sh\n", 10, &facts) && !facts.bits);
	load_self();
	CHECK(!facts_of(image, 40, &facts) && !facts.bits);
	image[EI_DATA] = image[EI_DATA] == ELFDATA2LSB ? ELFDATA2MSB : ELFDATA2LSB;
	CHECK(!facts_of(image, image_len, &facts) && !facts.bits);
}

static void put_note(size_t at, uint32_t type, const char *name, const char *desc)
{
	Elf64_Nhdr note = {4, (uint32_t)strlen(desc), type};

	memcpy(image + at, &note, sizeof(note));
	memcpy(image + at + sizeof(note), name, 4);
	memcpy(image + at + sizeof(note) + 4, desc, strlen(desc));
}

/* A static file with one note segment. */
static void make_image(uint64_t offset, uint64_t size)
{
	Elf64_Ehdr head = {.e_type = ET_EXEC,
			   .e_phoff = 64,
			   .e_phnum = 1,
			   .e_phentsize = sizeof(Elf64_Phdr)};
	Elf64_Phdr segment = {.p_type = PT_NOTE, .p_offset = offset, .p_filesz = size};

	load_self();
	memcpy(head.e_ident, image, EI_NIDENT);
	memset(image, 0, sizeof(image));
	memcpy(image, &head, sizeof(head));
	memcpy(image + 64, &segment, sizeof(segment));
	image_len = 4096;
}

TEST(notes)
{
	struct elf_facts facts;

	make_image(1024, 64);
	put_note(1024, 4, "Go\0", "abc/DEF-1");
	put_note(1024 + 28, 3, "GNU", "\x01\xfe");
	CHECK(facts_of(image, image_len, &facts) && facts.bits == 64 && !facts.dynamic);
	CHECK_STR(facts.go_build_id, "abc/DEF-1");
	CHECK_STR(facts.build_id, "01fe");
}

TEST(lies)
{
	struct elf_facts facts;
	static const struct {
		uint64_t offset, size;
	} rows[] = {{UINT64_MAX, 64},   {4000, 4096},    {1024, 0},
		    {1024, UINT64_MAX}, {INT64_MAX, 16}, {1024, 13}};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		make_image(rows[i].offset, rows[i].size);
		put_note(1024, 3, "GNU", "\x01");
		CHECK(facts_of(image, image_len, &facts));
		CHECK(!*facts.build_id || rows[i].size == UINT64_MAX);
	}
	make_image(1024, 64);
	memset(image + 1024, 0xff, 64); /* sizes of 4 GiB */
	CHECK(facts_of(image, image_len, &facts) && !*facts.build_id);
}
