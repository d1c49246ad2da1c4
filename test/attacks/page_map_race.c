/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_map_race.c - a second thread moves the page before it is sealed
 *
 * attack:   many children; in each a thread waits for the mapping and moves it away or covers it
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   tracer/seal.c map_sealed: mmap(2), then mseal(2)
 * root:     no
 */
#include "page.h"

#define CHILDREN 150

static void *mover(void *unused)
{
	void *range =
		mmap(NULL, PAGE_SIZE_ALL, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)unused;
	while (!page_stop) {
		uint8_t *at = page_find();

		if (at && at != range &&
		    mremap(at, PAGE_SIZE_ALL, PAGE_SIZE_ALL,
			   MREMAP_MAYMOVE | MREMAP_FIXED, range) != MAP_FAILED) {
			page.at = range;
			page_open = true;
			return NULL;
		}
	}
	return NULL;
}

static void run_child(const struct technique *technique, int tries)
{
	pthread_t thread;

	alarm(hang_seconds());
	pthread_create(&thread, NULL, mover, NULL);
	usleep(500);
	page_connect(&page_names[0]);
	usleep(200);
	page_stop = true;
	pthread_join(thread, NULL);
	page_stop = false;
	if (page_open) {
		page_connect(&page_names[0]);
		page_open = page_cover(&page) == 0;
		printf("moved before it was sealed; covered: %d\n", page_open);
		page_race(technique, tries);
		_exit(1);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {0};
	int tries = door_tries(argc, argv, 1000), status = 0;

	page_names_from(argc, argv);
	if (!tracer_pid()) {
		page_make_standin(&technique);
		page_open = page_cover(&page) == 0;
		page_race(&technique, tries);
		return 0;
	}
	for (int i = 0; i < CHILDREN && i < tries; i++) {
		pid_t pid = fork();

		if (pid == 0)
			run_child(&technique, tries);
		waitpid(pid, &status, 0);
		if (status)
			break; /* once is enough */
	}
	return 0;
}
