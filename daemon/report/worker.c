#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>

#include "base/alloc.h"

#define WORKERS_MOST 4
#define WORKER_SECONDS 600
#define WORKER_HELD ((size_t)256 << 10) /* bytes read ahead of the reader */

struct worker {
	pid_t pid;
	struct bufferevent *stream; /* its standard input and output */
	struct event *exited;
	int pidfd, words; /* words: its standard error */
	const struct worker_events *events;
	void *arg;
	bool feeding; /* fed, and not taken yet */
	bool held, closed;
	bool drained; /* its output has ended, and all of it was given */
	bool dead;    /* and it */
	bool dropped;
	int status;
};

static int workers_running;

static void worker_free(struct worker *worker)
{
	if (worker->stream != NULL)
		bufferevent_free(worker->stream);
	if (worker->exited != NULL)
		event_free(worker->exited);
	if (worker->pidfd >= 0)
		close(worker->pidfd);
	if (worker->words >= 0)
		close(worker->words);
	free(worker);
}

/* What it said last on its standard error. */
static void worker_fault(struct worker *worker, struct error *error)
{
	char said[600];
	ssize_t n = read(worker->words, said, sizeof said - 1);
	struct slice words = slice_trim((struct slice){said, n > 0 ? (size_t)n : 0});

	if (WIFSIGNALED(worker->status))
		(void)error_set(error, E_SYSTEM, "our_fault", "the process that renders the report was killed by signal %d: too big, or too slow", WTERMSIG(worker->status));
	else
		(void)error_set(error, E_SYSTEM, "our_fault", "the report cannot be rendered: %.*s", SLICE_ARG(words));
}

/* Both its output and itself have ended, in whichever order. */
static void worker_over(struct worker *worker)
{
	const struct worker_events *events = worker->events;
	struct error error = ERROR_NONE;
	bool good = WIFEXITED(worker->status) && WEXITSTATUS(worker->status) == 0;
	void *arg = worker->arg;
	bool dropped = worker->dropped;

	if (!worker->dead || !worker->drained)
		return;
	if (!good && !dropped)
		worker_fault(worker, &error);
	worker_free(worker);
	if (!dropped)
		events->ended(arg, good ? NULL : &error);
}

static void worker_exited(evutil_socket_t fd, short what, void *arg)
{
	struct worker *worker = arg;

	(void)fd;
	if (what & EV_TIMEOUT) {
		kill(worker->pid, SIGKILL);
		event_add(worker->exited, NULL);
		return;
	}
	if (waitpid(worker->pid, &worker->status, WNOHANG) != worker->pid)
		return;
	workers_running--;
	worker->dead = true;
	event_del(worker->exited);
	worker_over(worker);
}

static void worker_written(struct bufferevent *stream, void *arg)
{
	struct worker *worker = arg;

	/* libevent calls once before there was anything to write. */
	if (!worker->feeding || worker->dropped || evbuffer_get_length(bufferevent_get_output(stream)) > 0)
		return;
	worker->feeding = false;
	worker->events->fed(worker->arg);
}

/* A piece, or the end when all was given. Whoever is given a piece may drop the worker. */
static void worker_read(struct bufferevent *stream, void *arg)
{
	struct worker *worker = arg;
	char bytes[32768];
	int n;

	if (worker->held || worker->dropped)
		return;
	n = evbuffer_remove(bufferevent_get_input(stream), bytes, sizeof bytes);
	if (n > 0) {
		worker->events->gave(worker->arg, (struct slice){bytes, (size_t)n});
	} else if (worker->closed) {
		worker->drained = true;
		worker_over(worker);
	}
}

/* The end of its output, or of its patience while we fed. */
static void worker_closed(struct bufferevent *stream, short what, void *arg)
{
	struct worker *worker = arg;

	if (!(what & BEV_EVENT_READING)) {
		bufferevent_disable(stream, EV_WRITE);
		return;
	}
	worker->closed = true;
	bufferevent_disable(stream, EV_READ | EV_WRITE);
	worker_read(stream, worker);
}

static int worker_spawn(struct worker *worker, const struct report_format *format, const struct report_options *options,
    int inside, int words)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	char *name = xstrdup(format->name), *language = xstrdup(options->language ? options->language : "en");
	char *arguments[] = {"mandated", "--render", name, "--lang", language, NULL};
	int code;

	sigemptyset(&none);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, inside, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, inside, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, words, STDERR_FILENO);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attributes, &none);
	sigaddset(&none, SIGPIPE);
	posix_spawnattr_setsigdefault(&attributes, &none);
	code = posix_spawn(&worker->pid, "/proc/self/exe", &actions, &attributes, arguments, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	free(name);
	free(language);
	return code;
}

static int worker_fail(struct worker *worker, int ours, int inside, int words, int why, struct error *error)
{
	if (ours >= 0)
		close(ours);
	if (inside >= 0)
		close(inside);
	if (words >= 0)
		close(words);
	worker_free(worker);
	return error_set(error, E_SYSTEM, "system", "cannot start a process that renders the report: %s", strerror(why));
}

int worker_start(struct event_base *base, const struct report_format *format, const struct report_options *options,
    const struct worker_events *events, void *arg, struct worker **ret, struct error *error)
{
	struct timeval patience = {WORKER_SECONDS, 0};
	int ends[2] = {-1, -1}, says[2] = {-1, -1}, code;
	struct worker *worker;

	if (workers_running >= WORKERS_MOST)
		return error_set(error, E_CONFLICT, "busy", "as many reports as may are being rendered already; ask again in a moment");
	worker = xcalloc(1, sizeof *worker);
	worker->pidfd = worker->words = -1;
	worker->events = events;
	worker->arg = arg;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0 || pipe2(says, O_CLOEXEC | O_NONBLOCK) != 0)
		return worker_fail(worker, ends[0], ends[1], says[1], errno, error);
	worker->words = says[0];
	code = worker_spawn(worker, format, options, ends[1], says[1]);
	if (code != 0)
		return worker_fail(worker, ends[0], ends[1], says[1], code, error);
	close(ends[1]);
	close(says[1]);
	evutil_make_socket_nonblocking(ends[0]);
	workers_running++;
	worker->stream = bufferevent_socket_new(base, ends[0], BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
	bufferevent_setwatermark(worker->stream, EV_READ, 0, WORKER_HELD);
	bufferevent_setcb(worker->stream, worker_read, worker_written, worker_closed, worker);
	bufferevent_enable(worker->stream, EV_READ | EV_WRITE);
	worker->pidfd = pidfd_open(worker->pid, 0);
	fcntl(worker->pidfd, F_SETFD, FD_CLOEXEC);
	worker->exited = event_new(base, worker->pidfd, EV_READ | EV_PERSIST, worker_exited, worker);
	event_add(worker->exited, &patience);
	*ret = worker;
	return 0;
}

void worker_feed(struct worker *worker, struct slice bytes)
{
	worker->feeding = true;
	bufferevent_write(worker->stream, bytes.at, bytes.len);
}

void worker_finish(struct worker *worker)
{
	shutdown(bufferevent_getfd(worker->stream), SHUT_WR);
}

void worker_hold(struct worker *worker, bool held)
{
	worker->held = held;
	if (held) {
		bufferevent_disable(worker->stream, EV_READ);
		return;
	}
	if (!worker->closed)
		bufferevent_enable(worker->stream, EV_READ);
	bufferevent_trigger(worker->stream, EV_READ, BEV_TRIG_DEFER_CALLBACKS);
}

void worker_drop(struct worker *worker)
{
	worker->dropped = true;
	worker->drained = true;
	bufferevent_disable(worker->stream, EV_READ | EV_WRITE);
	bufferevent_setcb(worker->stream, NULL, NULL, NULL, NULL);
	kill(worker->pid, SIGKILL);
	if (worker->dead)
		worker_over(worker);
}
