/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/image.c - what a task executes: read from /proc at the exec, before any of it
 * runs
 *
 * The path of an executable is believed only when the file that lies there for us is the
 * one that runs: in a mount namespace of its own a program can have any file anywhere.
 */
#include "tracer/image.h"

#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fdio.h"
#include "base/xalloc.h"
#include "tracer/mem.h"
#include "tracer/proc.h"

#define ARGS_MAX                                                                         \
	((size_t)8 << 20) /* the kernel allows 6 MiB: fs/exec.c, bprm_stack_limits */
#define PAGE 4096

static bool same_file(const char *path, const struct stat *file)
{
	struct stat there;

	return stat(path, &there) == 0 && there.st_dev == file->st_dev &&
	       there.st_ino == file->st_ino;
}

static bool is_deleted(const char *path)
{
	static const char mark[] = " (deleted)";
	size_t len = strlen(path), end = sizeof(mark) - 1;

	return len > end && strcmp(path + len - end, mark) == 0;
}

static char *read_exe(pid_t tid, struct stat *ret_stat)
{
	char link[48];
	char *path;

	snprintf(link, sizeof(link), "/proc/%d/exe", (int)tid);
	path = proc_link(tid, "exe");
	if (path && stat(link, ret_stat) == 0 &&
	    (is_deleted(path) || same_file(path, ret_stat)))
		return path;
	free(path);
	return NULL;
}

/* ---- scripts ---- */

/* getauxval(3) AT_EXECFN of the task: where the name that was executed stands, 0. */
static uint64_t execfn_at(pid_t tid)
{
	char path[48];
	uint64_t words[128] = {0};
	int got;

	snprintf(path, sizeof(path), "/proc/%d/auxv", (int)tid);
	got = fdio_read_small(path, (char *)words, sizeof(words));
	for (int i = 0; i + 1 < got / 8; i += 2) {
		if (words[i] == AT_EXECFN)
			return words[i + 1];
	}
	/* a 32-bit program has words of that size */
	for (int i = 0; i < got / 8; i++) {
		if ((words[i] & UINT32_MAX) == AT_EXECFN)
			return words[i] >> 32;
	}
	return 0;
}

/* The string there, page by page, as it may end before unmapped memory. */
static bool read_string(pid_t tid, uint64_t at, char ret_text[static PATH_MAX])
{
	size_t len = 0;

	while (len < PATH_MAX) {
		size_t piece = PAGE - (size_t)(at + len) % PAGE;

		if (piece > PATH_MAX - len)
			piece = PATH_MAX - len;
		if (mem_read(tid, (struct remote){at + len}, ret_text + len, piece) != 0)
			return false;
		if (memchr(ret_text + len, '\0', piece))
			return true;
		len += piece;
	}
	return false;
}

/* The regular file that a name means for the task, by its path for us; NULL. */
static char *file_of(pid_t tid, const char *name, struct stat *ret_stat)
{
	char path[PATH_MAX + 48], link[48];
	cleanup_fd int fd = -1;

	snprintf(path, sizeof(path), "/proc/%d/%s%s", (int)tid,
		 name[0] == '/' ? "root" : "cwd/", name);
	fd = open(path, O_PATH | O_CLOEXEC);
	if (fd < 0 || fstat(fd, ret_stat) < 0 || !S_ISREG(ret_stat->st_mode))
		return NULL;
	snprintf(link, sizeof(link), "fd/%d", fd);
	return proc_link(getpid(), link);
}

/* What holds the program's text, or names a module, on the command line of those that run
 * scripts: one of these letters in an option. */
static const struct interpreter {
	const char *name;
	const char *inline_letters;
} interpreters[] = {
	{"sh", "c"},   {"bash", "c"},  {"dash", "c"},    {"zsh", "c"},
	{"ksh", "c"},  {"fish", "c"},  {"python", "cm"}, {"perl", "eE"},
	{"ruby", "e"}, {"node", "ep"}, {"nodejs", "ep"}, {"php", "r"},
	{"lua", "e"},  {"tclsh", ""},  {"Rscript", "e"}, {"busybox", "c"},
};

/* "python3.11" is python: what follows the word is a version. */
static const struct interpreter *find_interpreter(const char *exe)
{
	const char *slash = exe ? strrchr(exe, '/') : NULL,
		   *base = slash ? slash + 1 : exe;

	for (size_t i = 0; base && i < ARRAY_LEN(interpreters); i++) {
		size_t len = strlen(interpreters[i].name);

		if (strncmp(base, interpreters[i].name, len) == 0 &&
		    strspn(base + len, "0123456789.-") == strlen(base + len))
			return &interpreters[i];
	}
	return NULL;
}

bool image_is_inline(const char *exe, const char *arg)
{
	const struct interpreter *interpreter = find_interpreter(exe);

	return interpreter && arg[0] == '-' && arg[1] != '-' &&
	       strpbrk(arg, interpreter->inline_letters);
}

/* The first argument that is a file, unless the program text itself is an argument. */
static char *script_among(pid_t tid, const struct program *program)
{
	const char *arg = program->args, *end;
	bool options = true;
	struct stat st;

	if (!arg || !find_interpreter(program->exe))
		return xstrndup("", 0);
	end = arg + program->args_len;
	for (arg += strnlen(arg, program->args_len) + 1; arg < end;
	     arg += strnlen(arg, (size_t)(end - arg)) + 1) {
		char *path;

		if (options && image_is_inline(program->exe, arg))
			break;
		path = options && arg[0] == '-' ? NULL : file_of(tid, arg, &st);
		if (path)
			return path;
		options &= strcmp(arg, "--") != 0;
	}
	return xstrndup("", 0);
}

/* The kernel runs the interpreter of a script, but remembers what was executed. */
static char *read_script(pid_t tid, const struct program *program, const struct stat *exe)
{
	uint64_t at = execfn_at(tid);
	char name[PATH_MAX];
	struct stat st;
	char *path;

	if (!at || !read_string(tid, at, name) || strncmp(name, "/dev/fd/", 8) == 0)
		return NULL;
	path = file_of(tid, name, &st);
	if (path && (st.st_dev != exe->st_dev || st.st_ino != exe->st_ino))
		return path;
	free(path);
	return script_among(tid, program);
}

static char *read_args(pid_t tid, size_t *ret_len)
{
	char path[48], *args;

	snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)tid);
	return fdio_read_file(path, ARGS_MAX, &args, ret_len) == 0 ? args : NULL;
}

/* ---- those that led to it ---- */

static void drop_lineage(struct lineage *lineage)
{
	while (lineage && !--lineage->refs) {
		struct lineage *before = lineage->before;

		free(lineage->exe);
		free(lineage);
		lineage = before;
	}
}

static bool has_exe(const struct lineage *lineage, const char *exe)
{
	for (; lineage; lineage = lineage->before) {
		if (exe ? lineage->exe && strcmp(lineage->exe, exe) == 0 : !lineage->exe)
			return true;
	}
	return false;
}

/* That of what `former` executes: its own, and itself unless it is there already. */
static struct lineage *lineage_after(const struct image *former)
{
	struct lineage *before = former ? former->lineage : NULL, *lineage;

	if (before)
		before->refs++;
	if (!former || has_exe(before, former->exe))
		return before;
	lineage = xcalloc(1, sizeof(*lineage));
	lineage->refs = 1;
	lineage->depth = before ? before->depth + 1 : 1;
	lineage->before = before;
	if (former->exe)
		lineage->exe = xstrndup(former->exe, strlen(former->exe));
	lineage->ancestor.exe = lineage->exe;
	lineage->ancestor.next = before ? &before->ancestor : NULL;
	return lineage;
}

struct image *image_read(pid_t tid, pid_t pid, const struct image *former)
{
	struct image *image = xcalloc(1, sizeof(*image));
	struct stat exe = {0};

	image->refs = 1;
	image->pid = pid;
	proc_comm(tid, image->name);
	image->lineage = lineage_after(former);
	image->exe = read_exe(tid, &exe);
	image->program.exe = image->exe;
	image->args = read_args(tid, &image->program.args_len);
	image->program.args = image->args;
	image->script = read_script(tid, &image->program, &exe);
	image->program.script = image->script;
	image->program.ancestors = image->lineage ? &image->lineage->ancestor : NULL;
	return image;
}

struct image *image_share(struct image *image)
{
	image->refs++;
	return image;
}

void image_drop(struct image *image)
{
	if (!image || --image->refs)
		return;
	drop_lineage(image->lineage);
	free(image->exe);
	free(image->script);
	free(image->args);
	free(image);
}

bool image_is_too_deep(const struct image *image)
{
	return image->lineage && image->lineage->depth > LINEAGE_MAX;
}
