/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/listener_continue.c - a seccomp listener of the program's own says CONTINUE
 *
 * attack:   USER_NOTIF outranks RET_TRACE: its listener lets connect(2) run
 * expect:   silent control=none
 * event:    seccomp-listener
 * source:   seccomp(2), seccomp_unotify(2); engine.md "Run mode"
 * root:     no
 */
#include <pthread.h>
#include <sys/ioctl.h>

#include "ownfilter.h"

static int listener;

static void *answer(void *unused)
{
	struct seccomp_notif question = {0};
	struct seccomp_notif_resp reply = {.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE};

	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &question) == 0) {
		reply.id = question.id;
		saw("continue", ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &reply));
	}
	return unused;
}

int main(int argc, char **argv)
{
	struct endpoint ep = door_target(argc, argv);
	pthread_t thread;

	listener = own_filter(SYS_connect, SECCOMP_RET_USER_NOTIF,
			      SECCOMP_FILTER_FLAG_NEW_LISTENER);
	saw("listener", listener);
	if (listener >= 0)
		pthread_create(&thread, NULL, answer, NULL);
	knock(&ep);
	return 0;
}
