/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page.h - what the attacks on the sealed page share
 *
 * netjail maps its memory, "memfd:netjail", at the first AF_UNIX call and has the kernel
 * read names from there. An attack tries to open that memory up, then a second thread
 * writes DENIED over the name in it while the first connects to ALLOWED. Natively a
 * stand-in of the same size, not sealed, takes its place.
 */
#ifndef NETJAIL_TEST_PAGE_H
#define NETJAIL_TEST_PAGE_H

#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "door.h"

#define PAGE_SIZE_ALL (4UL << 20)
#define PAGE_SLOT     2048UL /* of tracer/seal.h */
#define PAGE_NAME     64UL   /* of tracer/sealed.c: where the name stands in a slot */
#define CLOSED_TRIES  500
#define PAGE_SLOTS    8UL /* as many as a few threads get */

struct page {
	uint8_t *at;
	bool standin;
	int fd; /* the stand-in's, or what was stolen; else -1 */
	const char *allowed;
};

struct technique {
	/* Opens the page up: 0, or -1 with errno. May go on in a child. */
	int (*open_up)(struct page *page);
	/* Writes into the opened page; NULL: it is plain memory now. */
	void (*poke)(const struct page *page, size_t at, const void *bytes, size_t len);
	int prot;  /* of the stand-in; 0: PROT_READ */
	int flags; /* of the stand-in; 0: MAP_SHARED */
};

static struct page page;
static struct sockaddr_un page_names[2]; /* allowed, denied */
static struct sockaddr_un page_own;      /* what the program itself passes */
static volatile bool page_stop, page_open;

static inline struct sockaddr_un unix_name(const char *path)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};

	snprintf(name.sun_path, sizeof(name.sun_path), "%s", path);
	return name;
}

/* Where netjail's memory is in this process: NULL when it is not. */
static inline uint8_t *page_find(void)
{
	unsigned long start = 0;
	char line[512];
	FILE *maps = fopen("/proc/self/maps", "re");

	while (!start && maps && fgets(line, sizeof(line), maps))
		if (strstr(line, "memfd:netjail"))
			sscanf(line, "%lx-", &start);
	if (maps)
		fclose(maps);
	return (uint8_t *)start;
}

static inline int page_connect(const struct sockaddr_un *name)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int failed = connect(fd, (const struct sockaddr *)name, sizeof(*name));
	int error = errno;

	close(fd);
	errno = error;
	return failed;
}

static inline void page_make_standin(const struct technique *technique)
{
	int fd = memfd_create("netjail", MFD_CLOEXEC);

	page.standin = true;
	page.fd = fd;
	if (ftruncate(fd, PAGE_SIZE_ALL) < 0 ||
	    pwrite(fd, &page_names[0], sizeof(page_names[0]), PAGE_NAME) < 0)
		die("memfd");
	page.at = mmap(NULL, PAGE_SIZE_ALL, technique->prot ? technique->prot : PROT_READ,
		       technique->flags ? technique->flags : MAP_SHARED, fd, 0);
	if (page.at == MAP_FAILED)
		die("mmap");
}

/* Makes netjail map its memory; exits 77 where the kernel gives it none. */
static inline void page_provoke(const struct technique *technique)
{
	page.fd = -1;
	if (!tracer_pid()) {
		page_make_standin(technique);
		return;
	}
	if (page_connect(&page_names[0]) < 0)
		die(page.allowed);
	page.at = page_find();
	if (!page.at)
		skip("no sealed page (mseal is Linux 6.10)");
}

static inline void page_poke(const struct technique *technique,
			     const struct sockaddr_un *name)
{
	for (size_t i = 0; i < (page.standin ? 1 : PAGE_SLOTS); i++) {
		if (technique->poke)
			technique->poke(&page, i * PAGE_SLOT + PAGE_NAME, name,
					sizeof(*name));
		else
			memcpy(page.at + i * PAGE_SLOT + PAGE_NAME, name, sizeof(*name));
	}
}

static inline void *page_flip(void *technique)
{
	for (unsigned i = 0; !page_stop; i++) {
		if (page_open)
			page_poke(technique, &page_names[i % 2]);
		memcpy(&page_own, &page_names[i % 2], sizeof(page_own));
	}
	return NULL;
}

/* The tries: the kernel is to see DENIED while netjail sees ALLOWED. */
static inline void page_race(const struct technique *technique, int tries)
{
	struct sockaddr_un *own =
		page.standin ? (void *)(page.at + PAGE_NAME) : &page_own;
	int passed = 0;
	pthread_t thread;

	page_own = page_names[0];
	pthread_create(&thread, NULL, page_flip, (void *)technique);
	for (int i = 0; i < tries; i++) {
		passed += page_connect(own) == 0;
		if (i % 8 == 0)
			sched_yield();
	}
	page_stop = true;
	pthread_join(thread, NULL);
	printf("%d of %d connects passed\n", passed, tries);
}

/* attack ALLOWED DENIED [TRIES] */
static inline void page_names_from(int argc, char **argv)
{
	usage_unless(argc >= 3, "attack ALLOWED DENIED [TRIES]");
	alarm(hang_seconds());
	page.allowed = argv[1];
	page_names[0] = unix_name(argv[1]);
	page_names[1] = unix_name(argv[2]);
}

static inline int page_attack(int argc, char **argv, const struct technique *technique)
{
	int tries = door_tries(argc, argv, 4000), opened;

	page_names_from(argc, argv);
	page_provoke(technique);
	opened = technique->open_up(&page);
	saw("open the page", opened);
	if (opened < 0 && page.standin)
		skip("not even natively");
	page_open = opened == 0;
	if (!page_open && tries > CLOSED_TRIES)
		tries = CLOSED_TRIES; /* no more than unix_connect_flip now */
	page_race(technique, tries);
	return 0;
}

/* A private page over what is there. */
static inline int page_cover(struct page *covered)
{
	void *at = mmap(covered->at, PAGE_SIZE_ALL, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	return at == MAP_FAILED ? -1 : 0;
}

/* A private page where there is room now: nothing is asked to give way. */
static inline int page_settle(struct page *taken, size_t len)
{
	void *at = mmap(taken->at, len, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == taken->at)
		return 0;
	if (at != MAP_FAILED)
		munmap(at, len);
	errno = EEXIST;
	return -1;
}

/* ---- the descriptor, stolen while netjail hands it over ---- */

static volatile int page_stolen = -1;

static inline void *page_thief(void *unused)
{
	struct stat stat;

	(void)unused;
	while (!page_stop && page_stolen < 0)
		for (int fd = 3; fd < 10; fd++)
			if (fstat(fd, &stat) == 0 && stat.st_size == PAGE_SIZE_ALL)
				page_stolen = fcntl(fd, F_DUPFD, 50);
	return NULL;
}

/* Goes on in a child that holds the descriptor in page.fd; the parent exits with its
 * status, or 0 when no child could steal it. */
static inline void page_steal(const struct technique *technique)
{
	for (int i = 0; i < 200; i++) {
		pthread_t thread;
		int status;
		pid_t pid = fork();

		if (pid) {
			waitpid(pid, &status, 0);
			if (!WIFEXITED(status) || WEXITSTATUS(status) != 99)
				exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
			continue;
		}
		alarm(hang_seconds());
		pthread_create(&thread, NULL, page_thief, NULL);
		usleep(1000);
		page_provoke(technique);
		page_stop = true;
		pthread_join(thread, NULL);
		page_stop = false;
		if (page.standin)
			return;
		page.fd = page_stolen;
		if (page.fd < 0)
			_exit(99);
		printf("stolen at try %d\n", i + 1);
		return;
	}
	puts("the descriptor could not be stolen");
	exit(0);
}

#endif
