/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cli/commands.h - the subcommands: one file each
 */
#ifndef NETJAIL_CLI_COMMANDS_H
#define NETJAIL_CLI_COMMANDS_H

/* argv[0] is the subcommand; returns the exit status, if at all. */
int command_trace(char *const *argv);
int command_check(char *const *argv);
int command_why(char *const *argv);
int command_import(char *const *argv);
int command_report(char *const *argv);
int command_learn(char *const *argv);

#endif
