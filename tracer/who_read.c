/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/who_read.c - reads what /proc and the file say of a process, bounded
 */
#include "tracer/who_read.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/fdio.h"
#include "base/hash.h"
#include "base/xalloc.h"
#include "tracer/image.h"
#include "tracer/proc.h"

/* What a program may make us keep of its arguments and environment. */
#define ARGS_BYTES_MAX (16 << 10)
#define ARGS_MAX       512
#define ENV_BYTES_MAX  (128 << 10)
#define ENV_MAX        32
/* A bigger file is not hashed: the program waits meanwhile. */
#define HASHED_MAX (UINT64_C(1) << 30)
#define HASHES_MAX 4096

struct file_key {
	uint64_t device, inode, size;
	int64_t mtime, mtime_ns, ctime, ctime_ns;
};

struct hashes {
	struct file_key key;
	uint8_t sha256[DIGEST_LEN];
	UT_hash_handle hh;
};

static char *link_or_empty(pid_t pid, const char *name)
{
	char *target = proc_link(pid, name);

	return target ? target : xstrndup("", 0);
}

char *who_read_executable(pid_t pid)
{
	return link_or_empty(pid, "exe");
}

uid_t who_read_uid(pid_t pid)
{
	/* Not the owner of /proc/PID: that is root when the process is not dumpable. */
	struct proc_task task = proc_task(pid);

	return task.state ? task.uid[0] : (uid_t)-1;
}

struct timespec who_time_of(uint64_t ticks)
{
	struct timespec now, boot;
	long per_second = sysconf(_SC_CLK_TCK);
	int64_t ns;

	clock_gettime(CLOCK_REALTIME, &now);
	clock_gettime(CLOCK_BOOTTIME, &boot);
	ns = (now.tv_sec - boot.tv_sec) * INT64_C(1000000000) + now.tv_nsec -
	     boot.tv_nsec;
	ns += (int64_t)(ticks * (UINT64_C(1000000000) / (uint64_t)per_second));
	return (struct timespec){ns / 1000000000, ns % 1000000000};
}

/* ---- lists of strings that end in a NUL ---- */

static void add_word(char ***words, size_t *count, const char *text, size_t len)
{
	*words = xreallocarray(*words, *count + 1, sizeof(**words));
	(*words)[(*count)++] = xstrndup(text, len);
}

static void free_words(char **words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(words[i]);
	free(words);
}

static void take_args(const struct image *known, struct who_image *image)
{
	const char *text = known->program.args;
	size_t len = text ? known->program.args_len : 0;

	for (size_t at = 0; at < len;) {
		size_t word = strnlen(text + at, len - at);

		if (image->arg_count == ARGS_MAX || at + word > ARGS_BYTES_MAX) {
			image->args_cut = true;
			return;
		}
		add_word(&image->args, &image->arg_count, text + at, word);
		at += word + 1;
	}
}

/* Those that change which code runs, and where a connection is sent. */
static bool is_telling(const char *variable)
{
	const char *equals = strchr(variable, '=');

	if (!equals)
		return false;
	return strncmp(variable, "LD_", 3) == 0 ||
	       (equals - variable >= 6 && strncasecmp(equals - 6, "_PROXY", 6) == 0);
}

static void read_env(pid_t pid, struct who_image *image)
{
	cleanup_free char *text = xcalloc(1, ENV_BYTES_MAX);
	char path[48];
	int got;

	snprintf(path, sizeof(path), "/proc/%d/environ", (int)pid);
	got = fdio_read_small(path, text, ENV_BYTES_MAX);
	for (int at = 0; at < got && image->env_count < ENV_MAX;
	     at += (int)strlen(text + at) + 1)
		if (is_telling(text + at))
			add_word(&image->env, &image->env_count, text + at,
				 strlen(text + at));
}

/* ---- the file ---- */

static void make_key(const struct stat *st, struct file_key *ret_key)
{
	memset(ret_key, 0, sizeof(*ret_key)); /* it is hashed with its padding */
	ret_key->device = st->st_dev;
	ret_key->inode = st->st_ino;
	ret_key->size = (uint64_t)st->st_size;
	ret_key->mtime = st->st_mtim.tv_sec;
	ret_key->mtime_ns = st->st_mtim.tv_nsec;
	ret_key->ctime = st->st_ctim.tv_sec;
	ret_key->ctime_ns = st->st_ctim.tv_nsec;
}

static void hash_file(int fd, const struct stat *st, struct hashes **hashes,
		      struct who_image *image)
{
	struct file_key key;
	struct hashes *row;

	make_key(st, &key);
	HASH_FIND(hh, *hashes, &key, sizeof(key), row);
	if (!row) {
		if (HASH_COUNT(*hashes) >= HASHES_MAX)
			who_free_hashes(hashes);
		row = xcalloc(1, sizeof(*row));
		row->key = key;
		if (digest_fd(fd, HASHED_MAX, row->sha256) != 0) {
			free(row);
			return;
		}
		HASH_ADD(hh, *hashes, key, sizeof(row->key), row);
	}
	memcpy(image->sha256, row->sha256, sizeof(image->sha256));
	image->hashed = true;
}

void who_free_hashes(struct hashes **hashes)
{
	struct hashes *row, *next;

	HASH_ITER(hh, *hashes, row, next)
	{
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): uthash's list */
		HASH_DEL(*hashes, row);
		free(row);
	}
}

static void read_file(pid_t pid, struct who_image *image, struct hashes **hashes)
{
	char path[48];
	cleanup_fd int fd = -1;
	struct stat st;

	snprintf(path, sizeof(path), "/proc/%d/exe", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 || fstat(fd, &st) != 0)
		return;
	image->size = (uint64_t)st.st_size;
	elf_read(fd, &image->elf);
	hash_file(fd, &st, hashes, image);
}

#define INLINE_MAX 200

/* The option of an interpreter that holds the program's text or names a module, and what
 * follows it. */
static char *read_inline(const struct who_image *image)
{
	char text[INLINE_MAX] = "";

	for (size_t i = 1; i < image->arg_count && strcmp(image->args[i], "--") != 0;
	     i++) {
		if (!image_is_inline(image->executable, image->args[i]))
			continue;
		snprintf(text, sizeof(text), "%s %s", image->args[i],
			 i + 1 < image->arg_count ? image->args[i + 1] : "");
		break;
	}
	return xstrndup(text, strlen(text));
}

struct who_image *who_read_image(pid_t pid, const struct image *known,
				 struct hashes **hashes)
{
	struct who_image *image = xcalloc(1, sizeof(*image));
	struct image *own = known ? NULL : image_read(pid, pid, NULL);
	const char *script;

	known = known ? known : own;
	script = known->program.script ? known->program.script : "";
	image->refs = 1;
	image->executable = who_read_executable(pid);
	image->directory = link_or_empty(pid, "cwd");
	image->script = xstrndup(script, strlen(script));
	take_args(known, image);
	image->text = *script ? xstrndup("", 0) : read_inline(image);
	read_env(pid, image);
	read_file(pid, image, hashes);
	image_drop(own);
	return image;
}

void who_drop_image(struct who_image *image)
{
	if (!image || --image->refs)
		return;
	free_words(image->args, image->arg_count);
	free_words(image->env, image->env_count);
	free(image->executable);
	free(image->directory);
	free(image->script);
	free(image->text);
	free(image);
}
