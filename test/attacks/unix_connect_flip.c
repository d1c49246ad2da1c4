/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/attacks/unix_connect_flip.c - a second thread flips the name while AF_UNIX connect(2) runs
 *
 * attack:   the name changes between ALLOWED and DENIED in the program's own memory
 * expect:   silent
 * event:    sockaddr-race
 * form:     unix
 * tries:    20000
 * source:   engine.md "Seal", connect(2)
 * root:     no
 */
#include "page.h"

int main(int argc, char **argv)
{
	static const struct technique technique = {.prot = PROT_READ | PROT_WRITE};

	page_names_from(argc, argv);
	page_provoke(&technique);
	page_open = page.standin;
	page_race(&technique, door_tries(argc, argv, 20000));
	return 0;
}
