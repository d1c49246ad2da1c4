/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * audit/who.h - which process did it, and what it executes, as plain copied data
 *
 * Ownership: whoever made it (tracer/who) owns everything in it and keeps it until the
 *            process is gone; a sink copies what it wants to keep.
 */
#ifndef NETJAIL_AUDIT_WHO_H
#define NETJAIL_AUDIT_WHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

#include "base/digest.h"
#include "base/elf.h"

/* What an exec brought: the same for all that were forked since. */
struct who_image {
	unsigned refs;
	char *executable; /* path of the file, "" = unknown */
	char **args;
	size_t arg_count;
	bool args_cut; /* there are more than were kept */
	char **env;    /* "NAME=value" of those that bend libraries and proxies */
	size_t env_count;
	char *directory; /* at the exec, "" = unknown */
	char *script;    /* what an interpreter runs, by its arguments; "" = none */
	char *text;      /* "-c import os": what it runs is no file; "" = none */
	uint64_t size;
	bool hashed;
	uint8_t sha256[DIGEST_LEN];
	struct elf_facts elf;
};

#define WHO_ENTITY_MAX 64

/* A process. */
struct who {
	pid_t pid;
	char entity[WHO_ENTITY_MAX]; /* this process and no other, in every run */
	struct timespec start;
	uid_t uid;
	pid_t parent_pid;
	char parent_entity[WHO_ENTITY_MAX]; /* "" = a process that is not watched */
	char *parent_executable;            /* "" = unknown */
	struct who_image *image;            /* never NULL */
};

#endif
