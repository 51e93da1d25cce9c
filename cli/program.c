#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

/* A file in memory with the bytes; -1 on error. */
static int program_input(struct slice bytes)
{
	int fd = memfd_create("mandate-input", MFD_CLOEXEC);

	while (fd >= 0 && bytes.len > 0) {
		ssize_t put = write(fd, bytes.at, bytes.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			close(fd);
			return -1;
		}
		bytes = slice_from(bytes, (size_t)put);
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

/* Starts it in a process group of its own. 0, or an errno. */
static int program_start(const char *const argv[], int input, int output, pid_t *ret)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int code;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, 0);
	code = posix_spawnp(ret, argv[0], &actions, &attributes, (char *const *)argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return code;
}

static int program_take(const char *name, int fd, unsigned seconds, struct buf *out, struct error *error)
{
	int64_t end = clock_ticks() + (int64_t)seconds * 1000;
	char chunk[65536];

	for (;;) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		int64_t left = end - clock_ticks();
		int ready = left > 0 ? poll(&wait, 1, (int)left) : 0;
		ssize_t got;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready == 0)
			return error_set(error, E_INPUT, "program_slow", "%s did not finish within %u seconds", name, seconds);
		got = read(fd, chunk, sizeof chunk);
		if (got < 0 && errno != EINTR)
			return error_set(error, E_SYSTEM, "system", "reading from %s: %s", name, strerror(errno));
		if (got == 0)
			return 0;
		buf_append(out, chunk, got > 0 ? (size_t)got : 0);
		if (buf_failed(out))
			return error_set(error, E_TOO_BIG, "too_big", "%s wrote more than %zu bytes", name, out->max);
	}
}

static int program_end(const char *name, pid_t pid, int code, struct error *error)
{
	int status = 0;

	if (code != 0)
		kill(-pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (code != 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return code;
	if (WIFEXITED(status))
		return error_set(error, E_INPUT, "program_failed", "%s refused it (exit code %d)", name, WEXITSTATUS(status));
	return error_set(error, E_INPUT, "program_failed", "%s was ended by signal %d", name, WTERMSIG(status));
}

int program_run(const char *const argv[], struct slice bytes, unsigned seconds, struct buf *out, struct error *error)
{
	int input = program_input(bytes), output[2], code;
	pid_t pid;

	if (input < 0)
		return error_set(error, E_SYSTEM, "system", "handing the file to %s: %s", argv[0], strerror(errno));
	if (pipe2(output, O_CLOEXEC) != 0) {
		close(input);
		return error_set(error, E_SYSTEM, "system", "a pipe from %s: %s", argv[0], strerror(errno));
	}
	code = program_start(argv, input, output[1], &pid);
	close(input);
	close(output[1]);
	if (code == 0)
		code = program_end(argv[0], pid, program_take(argv[0], output[0], seconds, out, error), error);
	else
		code = error_set(error, code == ENOENT ? E_NOT_FOUND : E_SYSTEM, code == ENOENT ? "no_program" : "system",
		    "%s: %s", argv[0], strerror(code));
	close(output[0]);
	return code;
}
