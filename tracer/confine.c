/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/confine.c - what the child gives up before it becomes the program
 */
#include "tracer/confine.h"

#include <linux/capability.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/cleanup.h"

/* <linux/landlock.h> of Linux 6.12; older headers end before `scoped`. */
struct landlock_rules {
	uint64_t handled_access_fs, handled_access_net, scoped;
};

#define LANDLOCK_SCOPE_OF_SIGNALS (UINT64_C(1) << 1)

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self  446
#endif

/* Root's own execve gives back whatever the bounding set holds (capabilities(7)). */
void confine_tracer(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
	uint32_t bit = 1u << CAP_NET_ADMIN;

	(void)prctl(PR_CAPBSET_DROP, CAP_NET_ADMIN, 0, 0, 0);
	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, CAP_NET_ADMIN, 0, 0);
	if (syscall(SYS_capget, &header, data) != 0)
		return;
	data[0].effective &= ~bit;
	data[0].permitted &= ~bit;
	data[0].inheritable &= ~bit;
	(void)syscall(SYS_capset, &header, data);
}

static int new_scope(void)
{
	struct landlock_rules rules = {.scoped = LANDLOCK_SCOPE_OF_SIGNALS};

	return (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof(rules), 0);
}

bool confine_is_known(void)
{
	cleanup_fd int fd = new_scope();

	return fd >= 0;
}

bool confine_child(void)
{
	cleanup_fd int fd = new_scope();

	return fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0;
}
