/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/page_map_files_child.c - a child maps the memfd itself by map_files, not sealed
 *
 * attack:   as page_stolen_dontfork, with the descriptor from /proc/self/map_files
 * expect:   silent
 * event:    -
 * form:     unix
 * tries:    4000
 * source:   proc(5) map_files, tracer/seal.c find_mapping
 * root:     yes
 */
#include "page.h"

static int open_up(struct page *p)
{
	char path[96];
	int status, fd;
	pid_t pid;

	snprintf(path, sizeof(path), "/proc/self/map_files/%lx-%lx", (unsigned long)p->at,
		 (unsigned long)p->at + PAGE_SIZE_ALL);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	saw("open", fd);
	if (fd < 0)
		return -1;
	saw("MADV_DONTFORK", madvise(p->at, PAGE_SIZE_ALL, MADV_DONTFORK));
	pid = fork();
	if (pid) {
		waitpid(pid, &status, 0);
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	}
	alarm(hang_seconds());
	p->at = mmap(NULL, PAGE_SIZE_ALL, PROT_READ, MAP_SHARED, fd, 0);
	page_connect(&page_names[0]);
	return page_cover(p);
}

int main(int argc, char **argv)
{
	static const struct technique technique = {.open_up = open_up};

	return page_attack(argc, argv, &technique);
}
