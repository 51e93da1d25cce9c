/*
 * bench_http SOCKET CONNECTIONS SECONDS update|show REFERENCE…: loads the service over its Unix
 * socket, one request at a time on each of the kept-alive connections, and prints requests per
 * second. Any answer that is not 2xx ends it with that answer.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"

#define BENCH_CONNECTIONS 1000

struct connection {
	int fd;
	struct buf answer;
};

struct bench {
	int epoll;
	bool update;
	char **references;
	size_t reference_count, sent, done;
	uint64_t run; /* random, so that every key is fresh */
	struct buf request;
};

static void bench_end(const char *what)
{
	fprintf(stderr, "bench_http: %s\n", what);
	exit(EXIT_FAILURE);
}

static void bench_encode(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("/:()", *text) != NULL)
			buf_printf(out, "%%%02X", (unsigned char)*text);
		else
			buf_append_byte(out, *text);
	}
}

static void bench_send(struct bench *bench, const struct connection *connection)
{
	const char *reference = bench->references[bench->sent % bench->reference_count];
	char *body;

	buf_clear(&bench->request);
	if (bench->update) {
		body = xasprintf("{\"references\":[\"%s\"],\"status\":\"in_progress\",\"note\":\"one of many\"}", reference);
		buf_printf(&bench->request,
		    "POST /v1/updates HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
		    "Idempotency-Key: %016llx-%zu\r\nContent-Length: %zu\r\n\r\n%s",
		    (unsigned long long)bench->run, bench->sent, strlen(body), body);
		free(body);
	} else {
		buf_append_text(&bench->request, "GET /v1/obligations/");
		bench_encode(&bench->request, reference);
		buf_append_text(&bench->request, " HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}
	bench->sent++;
	if (write(connection->fd, buf_text(&bench->request), bench->request.len) != (ssize_t)bench->request.len)
		bench_end(strerror(errno));
}

/* Whether the answer is all there. */
static bool bench_answered(const struct connection *connection)
{
	struct slice text = buf_slice(&connection->answer), header;
	ptrdiff_t end = slice_find(text, SLICE("\r\n\r\n"));
	ptrdiff_t at;
	uint64_t length;

	if (end < 0)
		return false;
	header = slice_cut(text, 0, (size_t)end);
	at = slice_find_nocase(header, SLICE("\r\nContent-Length: "));
	if (at < 0)
		bench_end("an answer without Content-Length");
	header = slice_from(header, (size_t)at + strlen("\r\nContent-Length: "));
	if (!slice_take_number(&header, BUF_MAX_BODY, &length))
		bench_end("an answer with a strange Content-Length");
	if (text.len < (size_t)end + 4 + length)
		return false;
	if (!slice_starts(text, SLICE("HTTP/1.1 2")))
		bench_end(text.at);
	return true;
}

static void bench_receive(struct bench *bench, struct connection *connection)
{
	char bytes[16384];
	ssize_t len = read(connection->fd, bytes, sizeof bytes);

	if (len <= 0)
		bench_end(len == 0 ? "the service closed a connection" : strerror(errno));
	buf_append(&connection->answer, bytes, (size_t)len);
	if (!bench_answered(connection))
		return;
	buf_clear(&connection->answer);
	bench->done++;
	bench_send(bench, connection);
}

static void bench_connect(struct bench *bench, struct connection *connection, const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};

	if (strlen(path) >= sizeof address.sun_path)
		bench_end("the socket's path is too long");
	memcpy(address.sun_path, path, strlen(path) + 1);
	buf_init(&connection->answer, BUF_MAX_BODY);
	connection->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connection->fd < 0 || connect(connection->fd, (struct sockaddr *)&address, sizeof address) != 0)
		bench_end(strerror(errno));
	if (epoll_ctl(bench->epoll, EPOLL_CTL_ADD, connection->fd, &event) != 0)
		bench_end(strerror(errno));
	bench_send(bench, connection);
}

int main(int argc, char *argv[])
{
	struct bench bench = {0};
	struct connection *connections;
	struct epoll_event events[64];
	uint64_t count, seconds;
	int64_t began, now;
	struct slice number;

	if (argc < 6)
		bench_end("usage: bench_http SOCKET CONNECTIONS SECONDS update|show REFERENCE…");
	number = slice_of(argv[2]);
	if (!slice_take_number(&number, BENCH_CONNECTIONS, &count) || count == 0)
		bench_end("CONNECTIONS is a number from 1 to 1000");
	number = slice_of(argv[3]);
	if (!slice_take_number(&number, 3600, &seconds) || seconds == 0)
		bench_end("SECONDS is a number from 1 to 3600");
	bench.update = strcmp(argv[4], "update") == 0;
	bench.references = argv + 5;
	bench.reference_count = (size_t)argc - 5;
	bench.epoll = epoll_create1(EPOLL_CLOEXEC);
	buf_init(&bench.request, BUF_MAX_LINE);
	if (getrandom(&bench.run, sizeof bench.run, 0) != (ssize_t)sizeof bench.run)
		bench_end("no random bytes");
	connections = xcalloc(count, sizeof *connections);
	began = clock_ticks();
	for (size_t i = 0; i < count; i++)
		bench_connect(&bench, &connections[i], argv[1]);
	while ((now = clock_ticks()) - began < (int64_t)seconds * 1000) {
		int ready = epoll_wait(bench.epoll, events, 64, 1000);

		for (int i = 0; i < ready; i++)
			bench_receive(&bench, events[i].data.ptr);
	}
	printf("%.0f\n", (double)bench.done * 1000 / (double)(now - began));
	for (size_t i = 0; i < count; i++) {
		close(connections[i].fd);
		buf_release(&connections[i].answer);
	}
	free(connections);
	buf_release(&bench.request);
	close(bench.epoll);
	return EXIT_SUCCESS;
}
