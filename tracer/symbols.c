/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/symbols.c - names of functions, read from the symbol table of an ELF file
 */
#include "tracer/symbols.h"

#include <elf.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/hash.h"
#include "base/xalloc.h"

#define FILES_MAX    64
#define SECTIONS_MAX 256
#define TABLE_MAX    (64u << 20) /* bytes of symbols, and of their names */

struct symbol {
	uint64_t start, size;
	uint32_t name;
};

struct symbols {
	uint64_t inode; /* with its path: the key */
	char *path;
	struct symbol *list; /* by address */
	size_t count;
	char *names;
	size_t names_len;
	UT_hash_handle hh;
};

static bool read_at(int fd, uint64_t offset, void *to, size_t len)
{
	return offset <= INT64_MAX && pread(fd, to, len, (off_t)offset) == (ssize_t)len;
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* Keeps the functions of a table that is in memory. */
static void keep_functions(struct symbols *file, const Elf64_Sym *table, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ELF64_ST_TYPE(table[i].st_info) != STT_FUNC || !table[i].st_value ||
		    table[i].st_name >= file->names_len)
			continue;
		file->list[file->count++] = (struct symbol){
			table[i].st_value, table[i].st_size, table[i].st_name};
	}
	qsort(file->list, file->count, sizeof(*file->list), by_address);
}

static void read_table(int fd, const Elf64_Shdr *symbols, const Elf64_Shdr *names,
		       struct symbols *file)
{
	size_t count = symbols->sh_size / sizeof(Elf64_Sym);
	cleanup_free Elf64_Sym *table = NULL;

	if (symbols->sh_size > TABLE_MAX || !names->sh_size || names->sh_size > TABLE_MAX)
		return;
	table = xcalloc(count + 1, sizeof(*table));
	file->names = xcalloc(names->sh_size + 1, 1);
	file->list = xcalloc(count + 1, sizeof(*file->list));
	if (!read_at(fd, symbols->sh_offset, table, count * sizeof(*table)) ||
	    !read_at(fd, names->sh_offset, file->names, names->sh_size))
		return;
	file->names_len = names->sh_size;
	keep_functions(file, table, count);
}

/* .symtab where there is one, else .dynsym. */
static void read_symbols(int fd, struct symbols *file)
{
	cleanup_free Elf64_Shdr *sections = NULL;
	const Elf64_Shdr *best = NULL;
	Elf64_Ehdr head;

	if (!read_at(fd, 0, &head, sizeof(head)) ||
	    memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 ||
	    head.e_ident[EI_CLASS] != ELFCLASS64 || !head.e_shnum ||
	    head.e_shnum > SECTIONS_MAX || head.e_shentsize != sizeof(Elf64_Shdr))
		return;
	sections = xcalloc(head.e_shnum, sizeof(*sections));
	if (!read_at(fd, head.e_shoff, sections, head.e_shnum * sizeof(*sections)))
		return;
	for (unsigned i = 0; i < head.e_shnum; i++)
		if (sections[i].sh_type == SHT_SYMTAB ||
		    (sections[i].sh_type == SHT_DYNSYM && !best))
			best = &sections[i];
	if (best && best->sh_link < head.e_shnum)
		read_table(fd, best, &sections[best->sh_link], file);
}

static void drop(struct symbols **files, struct symbols *file)
{
	HASH_DEL(*files, file);
	free(file->path);
	free(file->list);
	free(file->names);
	free(file);
}

void symbols_free(struct symbols **files)
{
	while (*files)
		drop(files, *files);
}

/* A file that cannot be opened, or is another by now, has no symbols. */
static struct symbols *load(struct symbols **files, pid_t pid, const char *path,
			    uint64_t inode)
{
	char there[4200];
	struct symbols *file;
	cleanup_fd int fd = -1;
	struct stat st;

	if (HASH_COUNT(*files) >= FILES_MAX)
		symbols_free(files);
	file = xcalloc(1, sizeof(*file));
	file->inode = inode;
	file->path = xstrndup(path, strlen(path));
	HASH_ADD_KEYPTR(hh, *files, file->path, strlen(file->path), file);
	snprintf(there, sizeof(there), "/proc/%d/root%s", (int)pid, path);
	/* O_NONBLOCK: it may have become a FIFO. */
	fd = open(there, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_ino == inode)
		read_symbols(fd, file);
	return file;
}

const char *symbols_find(struct symbols **files, pid_t pid, const char *path,
			 uint64_t inode, uint64_t address, uint64_t *ret_offset)
{
	struct symbols *file;
	size_t low = 0, high;
	const struct symbol *symbol;

	HASH_FIND_STR(*files, path, file);
	if (file && file->inode != inode) {
		drop(files, file);
		file = NULL;
	}
	if (!file)
		file = load(files, pid, path, inode);
	for (high = file->count; low < high;) {
		size_t middle = low + (high - low) / 2;

		if (file->list[middle].start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return NULL;
	symbol = &file->list[low - 1];
	if (symbol->size && address - symbol->start >= symbol->size)
		return NULL;
	*ret_offset = address - symbol->start;
	return file->names + symbol->name;
}
