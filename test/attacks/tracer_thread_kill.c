/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/tracer_thread_kill.c - SIGKILL to a thread of netjail's, whose number does
 * for the process
 *
 * attack:   calls that are told fill netjail's output, until a thread waits for its reader;
 *           then kill, F_SETOWN and prlimit of that thread, and a connection
 * expect:   silent control=none
 * event:    -
 * output:   fifo
 * source:   kill(2): kill_pid_info takes any thread's number
 * root:     no
 */
#include <dirent.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "door.h"

/* A thread of the process other than its first one; 0: none. */
static pid_t second_thread(pid_t pid)
{
	char path[64];
	struct dirent *entry;
	pid_t found = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir)))
		if (atoi(entry->d_name) && atoi(entry->d_name) != pid)
			found = atoi(entry->d_name);
	if (dir)
		closedir(dir);
	return found;
}

static void strike(pid_t tid)
{
	struct rlimit none = {0};
	int pipe_[2];

	saw("kill", kill(tid, SIGKILL));
	saw("prlimit", prlimit(tid, RLIMIT_CPU, &none, NULL));
	if (pipe(pipe_) == 0) {
		saw("F_SETSIG", fcntl(pipe_[0], F_SETSIG, SIGKILL));
		saw("F_SETOWN", fcntl(pipe_[0], F_SETOWN, tid));
		saw("O_ASYNC", fcntl(pipe_[0], F_SETFL, O_ASYNC));
		saw("write", write(pipe_[1], "x", 1));
	}
	usleep(100000);
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	pid_t tracer = tracer_pid(), tid = 0;

	for (int i = 0; tracer && !tid && i < 20000; i++) {
		int fd = socket(ep.sa.sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);

		(void)!connect(fd, &ep.sa, ep.len);
		close(fd);
		tid = second_thread(tracer);
	}
	if (tid)
		strike(tid);
	knock(&ep);
	return 0;
}
