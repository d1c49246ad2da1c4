/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tracer/seal.c - memory that a traced program can read and never change, for judged
 * bytes
 */
#include "tracer/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "arch/arch.h"
#include "arch/sysnr.h"
#include "base/xalloc.h"
#include "tracer/seal_memory.h"

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010 /* <linux/fcntl.h>, Linux 5.1 */
#endif

/* mseal(2) of nothing: ENOSYS before Linux 6.10. */
static int probe_mseal(void)
{
	return syscall(sysnr_nr(arch_native_abi(), SYS_ID_MSEAL), 0L, 0L, 0L) < 0 ? -errno
										  : 0;
}

static int open_memory(struct seal *seal)
{
	cleanup_fd int fd = memfd_create("netjail", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	char path[48];
	struct stat stat;

	if (fd < 0 || ftruncate(fd, (off_t)SEAL_SIZE) < 0 || fstat(fd, &stat) < 0)
		return -errno;
	seal->bytes = mmap(NULL, SEAL_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (seal->bytes == MAP_FAILED) {
		seal->bytes = NULL;
		return -errno;
	}
	if (fcntl(fd, F_ADD_SEALS,
		  F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) < 0)
		return -errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	seal->fd = open(path, O_RDONLY | O_CLOEXEC);
	seal->dev = stat.st_dev;
	seal->ino = stat.st_ino;
	return seal->fd < 0 ? -errno : 0;
}

struct seal *seal_new(bool guarded, int *ret_error)
{
	struct seal *seal = xcalloc(1, sizeof(*seal));
	int failed = guarded ? 0 : probe_mseal();

	seal->fd = -1;
	if (!failed)
		failed = open_memory(seal);
	if (!failed)
		return seal;
	*ret_error = failed;
	seal_free(seal);
	return NULL;
}

void seal_free(struct seal *seal)
{
	if (!seal)
		return;
	if (seal->bytes)
		munmap(seal->bytes, SEAL_SIZE);
	if (seal->fd >= 0)
		close(seal->fd);
	free(seal);
}

int seal_take_slot(struct seal *seal)
{
	for (int i = 0; i < SLOTS; i++) {
		int slot = (seal->next + i) % SLOTS;

		if (!seal->taken[slot]) {
			seal->taken[slot] = true;
			seal->next = slot;
			return slot;
		}
	}
	return -1;
}

void seal_free_slot(struct seal *seal, int slot)
{
	seal->taken[slot] = false;
	seal->next = slot;
}

uint8_t *seal_slot(struct seal *seal, int slot)
{
	return seal->bytes + (size_t)slot * SEAL_SLOT_SIZE;
}
