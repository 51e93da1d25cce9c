#include "listen.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void listen_interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

void listen_start(struct listener *listener)
{
	struct sigaction action = {.sa_handler = listen_interrupt, .sa_flags = (int)SA_RESETHAND};

	*listener = (struct listener){.end = false};
	buf_init(&listener->buf, BUF_MAX_BODY);
	interrupted = 0;
	sigaction(SIGINT, &action, NULL);
}

void listen_stop(struct listener *listener)
{
	struct sigaction action = {.sa_handler = SIG_DFL};

	sigaction(SIGINT, &action, NULL);
	buf_release(&listener->buf);
}

/* Waits for input with the signal let through only here, so that none slips by between look and wait. */
static enum heard listen_wait(void)
{
	struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
	sigset_t block, before;
	int ready;

	sigemptyset(&block);
	sigaddset(&block, SIGINT);
	sigprocmask(SIG_BLOCK, &block, &before);
	do
		ready = interrupted ? -1 : ppoll(&input, 1, NULL, &before);
	while (ready < 0 && errno == EINTR && !interrupted);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return interrupted ? HEARD_INTERRUPT : ready < 0 ? HEARD_END : HEARD_LINE;
}

/* More bytes, or the end. */
static void listen_more(struct listener *listener)
{
	char bytes[4096];
	ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);

	if (got > 0)
		buf_append(&listener->buf, bytes, (size_t)got);
	listener->end = got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN) || buf_failed(&listener->buf);
}

enum heard listen_line(struct listener *listener, struct slice *ret)
{
	for (;;) {
		struct slice rest = slice_from(buf_slice(&listener->buf), listener->used);
		ptrdiff_t end = slice_find_byte(rest, '\n');
		enum heard heard;

		if (interrupted)
			return HEARD_INTERRUPT;
		if (end >= 0 || (listener->end && rest.len > 0)) {
			*ret = slice_cut(rest, 0, end >= 0 ? (size_t)end : rest.len);
			listener->used += ret->len + (end >= 0);
			return HEARD_LINE;
		}
		if (listener->end)
			return HEARD_END;
		heard = listen_wait();
		if (heard != HEARD_LINE)
			return heard;
		listen_more(listener);
	}
}
