/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test/victims/cases/signals.c - connects that signals, stops and time limits end or interrupt
 */
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cases.h"

static void interrupted(void)
{
	int sock = tcp();

	alarms_start(100, 0, 0);
	TELL("first", connect_to(sock, SILENT, 80));
	say(" alarms=%d", alarms);
	tell_state(sock);
	alarms_start(100, 0, 0);
	TELL("second", connect_to(sock, SILENT, 80));
	say(" alarms=%d", alarms);
	set_nonblocking(sock);
	TELL("nonblocking", connect_to(sock, SILENT, 80));
	tell_state(sock);
}

static void interrupted_then_made(void)
{
	int sock = tcp();

	alarms_start(30, 0, 0);
	TELL("first", connect_to(sock, FAR, ECHO));
	say(" alarms=%d", alarms);
	TELL("second", connect_to(sock, FAR, ECHO));
	tell_state(sock);
	TELL("third", connect_to(sock, FAR, ECHO));
	tell_echo(sock);
}

static void restarted(int port)
{
	int sock = tcp();

	alarms_start(20, 20, SA_RESTART);
	TELL("connect", connect_to(sock, FAR, port));
	alarms_stop();
	say(" several=%d", alarms >= 3);
	tell_state(sock);
	if (port == ECHO)
		tell_echo(sock);
}

static void restarted_made(void)
{
	restarted(ECHO);
}

static void restarted_refused(void)
{
	restarted(CLOSED);
}

static volatile int handled;

/* A handler that connects, in the middle of a connect. */
static void connect_in_handler(int sig)
{
	int before = errno, sock = tcp();

	(void)sig;
	handled += connect_to(sock, HERE, ECHO) == 0 ? 1 : 100;
	close(sock);
	errno = before;
}

static void nested(void)
{
	struct sigaction action = {.sa_handler = connect_in_handler,
				   .sa_flags = SA_RESTART};
	struct itimerval timer = {{0, 0}, {0, 30000}};
	int sock = tcp();

	sigaction(SIGALRM, &action, NULL);
	setitimer(ITIMER_REAL, &timer, NULL);
	TELL("connect", connect_to(sock, FAR, ECHO));
	say(" handled=%d", handled);
	tell_state(sock);
	tell_echo(sock);
}

static void dies_by(int sig)
{
	int status = 0;
	pid_t pid = fork();

	if (!pid) {
		signal(sig, SIG_DFL);
		connect_to(tcp(), SILENT, 80);
		_exit(3);
	}
	usleep(150000);
	kill(pid, sig);
	waitpid(pid, &status, 0);
	say(" signaled=%d by=%d", WIFSIGNALED(status), WTERMSIG(status));
}

static void sigint(void)
{
	dies_by(SIGINT);
}

static void sigkill(void)
{
	dies_by(SIGKILL);
}

static void stopped_and_continued(void)
{
	int status = 0, error = -1, ends[2];
	pid_t pid;

	if (pipe(ends) < 0)
		return;
	pid = fork();
	if (!pid) {
		error = connect_to(tcp(), FAR, ECHO) ? errno : 0;
		_exit(write(ends[1], &error, sizeof(error)) < 0);
	}
	while_connecting();
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	say(" stopped=%d", WIFSTOPPED(status));
	usleep(200000);
	kill(pid, SIGCONT);
	TELL("read", read(ends[0], &error, sizeof(error)));
	waitpid(pid, &status, 0);
	say(" connect=%s status=%d", errno_name(error), WEXITSTATUS(status));
}

static void send_limit(void)
{
	int sock = tcp();

	set_send_limit(sock, 200);
	TELL("first", connect_to(sock, SILENT, 80));
	tell_state(sock);
	TELL("second", connect_to(sock, SILENT, 80));
	tell_state(sock);
}

static void send_limit_interrupted(void)
{
	int sock = tcp();

	set_send_limit(sock, 500);
	alarms_start(100, 0, SA_RESTART);
	TELL("connect", connect_to(sock, SILENT, 80));
	say(" alarms=%d", alarms);
	tell_state(sock);
}

static void send_limit_kept(void)
{
	int sock = tcp();

	set_send_limit(sock, 1000);
	TELL("connect", connect_to(sock, FAR, ECHO));
	tell_state(sock);
}

static const struct test_case cases[] = {
	{"interrupted", interrupted, true},
	{"interrupted_then_made", interrupted_then_made, true},
	{"restarted_made", restarted_made, true},
	{"restarted_refused", restarted_refused, true},
	{"nested", nested, true},
	{"sigint", sigint, true},
	{"sigkill", sigkill, true},
	{"stopped_and_continued", stopped_and_continued, true},
	{"send_limit", send_limit, true},
	{"send_limit_interrupted", send_limit_interrupted, true},
	{"send_limit_kept", send_limit_kept, true},
};
CASE_LIST(cases_signals, cases);
