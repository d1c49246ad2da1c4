/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * base/elf.h - what an ELF file says of itself
 *
 * Contract:  the file is hostile: sizes, offsets and counts are bounded before they are
 *            used, nothing is mapped (a file that shrinks would be SIGBUS).
 */
#ifndef NETJAIL_BASE_ELF_H
#define NETJAIL_BASE_ELF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct elf_facts {
	unsigned bits;    /* 32 or 64; 0: no ELF file */
	uint16_t type;    /* ET_EXEC, ET_DYN, ... */
	uint16_t machine; /* EM_* */
	bool dynamic;     /* has an interpreter: linked dynamically */
	char interpreter[128];
	char build_id[65];     /* GNU's, hexadecimal; "" = none */
	char go_build_id[128]; /* of the Go linker; "" = none */
};

/* False, and `bits` 0, when it is no ELF file of this machine's byte order. */
bool elf_read(int fd, struct elf_facts *ret_facts);

#endif
