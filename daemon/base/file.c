#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"

static int file_fail(const char *path, struct error *error)
{
	bool missing = errno == ENOENT;

	return error_set(error, missing ? E_NOT_FOUND : E_SYSTEM, missing ? "no_file" : "system", "%s: %s",
	    path, strerror(errno));
}

int file_read(const char *path, struct buf *out, struct error *error)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	char chunk[65536];
	ssize_t got;
	int code = 0;

	if (fd < 0)
		return file_fail(path, error);
	while ((got = read(fd, chunk, sizeof chunk)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			code = file_fail(path, error);
			break;
		}
		buf_append(out, chunk, (size_t)got);
		if (buf_failed(out)) {
			code = error_set(error, E_TOO_BIG, "too_big", "%s: larger than the limit of %zu bytes",
			    standard ? "standard input" : path, out->max);
			break;
		}
	}
	if (!standard)
		close(fd);
	return code;
}

static int file_write_all(int fd, struct slice bytes)
{
	while (bytes.len > 0) {
		ssize_t put = write(fd, bytes.at, bytes.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes = slice_from(bytes, (size_t)put);
	}
	return 0;
}

int file_write(const char *path, struct slice bytes, struct error *error)
{
	char *temporary = xasprintf("%s.%ld.tmp", path, (long)getpid());
	int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	int code = 0;

	if (fd < 0 || file_write_all(fd, bytes) != 0 || close(fd) != 0 || rename(temporary, path) != 0) {
		code = file_fail(path, error);
		unlink(temporary);
	}
	free(temporary);
	return code;
}
