/*
 * bench_mail sink PORT
 *     takes mail and forgets it, as fast as it can
 * bench_mail loop PORT CONNECTIONS COUNT FILE
 *     sends one message COUNT times by a bare loop over libcurl's multi interface; prints messages a second
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"

static uint64_t number(const char *text)
{
	struct slice rest = slice_of(text);
	uint64_t value;

	if (!slice_take_number(&rest, 1000000000, &value) || rest.len > 0) {
		fprintf(stderr, "bench_mail: \"%s\" is no number\n", text);
		exit(2);
	}
	return value;
}

/* The sink. *in_data: the lines of a message are coming. */
static void sink_line(struct bufferevent *stream, const char *line, bool *in_data)
{
	struct evbuffer *out = bufferevent_get_output(stream);

	if (*in_data) {
		*in_data = strcmp(line, ".") != 0;
		if (!*in_data)
			evbuffer_add_printf(out, "250 taken\r\n");
	} else if (strcmp(line, "DATA") == 0) {
		*in_data = true;
		evbuffer_add_printf(out, "354 go on\r\n");
	} else if (strncmp(line, "EHLO", 4) == 0) {
		evbuffer_add_printf(out, "250-sink\r\n250 PIPELINING\r\n"); /* as every mail server does */
	} else {
		evbuffer_add_printf(out, "250 yes\r\n");
	}
}

static void sink_read(struct bufferevent *stream, void *arg)
{
	char *line;

	while ((line = evbuffer_readln(bufferevent_get_input(stream), NULL, EVBUFFER_EOL_CRLF)) != NULL) {
		sink_line(stream, line, arg);
		free(line);
	}
}

static void sink_event(struct bufferevent *stream, short what, void *arg)
{
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
		bufferevent_free(stream);
		free(arg);
	}
}

static void sink_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *address, int len, void *arg)
{
	struct bufferevent *stream = bufferevent_socket_new(arg, fd, BEV_OPT_CLOSE_ON_FREE);

	(void)listener;
	(void)address;
	(void)len;
	bufferevent_setcb(stream, sink_read, NULL, sink_event, xcalloc(1, sizeof(bool)));
	bufferevent_enable(stream, EV_READ | EV_WRITE);
	evbuffer_add_printf(bufferevent_get_output(stream), "220 sink\r\n");
}

static int sink(uint16_t port)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	struct event_base *base = event_base_new();

	if (evconnlistener_new_bind(base, sink_accept, base, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, -1, (struct sockaddr *)&address,
	        sizeof address) == NULL) {
		perror("bench_mail");
		return 1;
	}
	puts("ready");
	fflush(stdout);
	return event_base_dispatch(base);
}

/* The loop. */
struct letter {
	CURL *easy;
	struct slice rest;
};

static size_t letter_read(char *out, size_t size, size_t count, void *arg)
{
	struct letter *letter = arg;
	size_t len = letter->rest.len < size * count ? letter->rest.len : size * count;

	memcpy(out, letter->rest.at, len);
	letter->rest = slice_from(letter->rest, len);
	return len;
}

static void letter_start(CURLM *multi, struct letter *letter, const char *url, struct curl_slist *to, struct slice text)
{
	letter->easy = curl_easy_init();
	letter->rest = text;
	curl_easy_setopt(letter->easy, CURLOPT_URL, url);
	curl_easy_setopt(letter->easy, CURLOPT_MAIL_FROM, "m@example.org");
	curl_easy_setopt(letter->easy, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(letter->easy, CURLOPT_READFUNCTION, letter_read);
	curl_easy_setopt(letter->easy, CURLOPT_READDATA, letter);
	curl_easy_setopt(letter->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(letter->easy, CURLOPT_PRIVATE, letter);
	curl_multi_add_handle(multi, letter->easy);
}

/* Takes out what has been sent; returns how many started anew. False: one failed. */
static bool loop_collect(CURLM *multi, const char *url, struct curl_slist *to, struct slice text, uint64_t count, uint64_t *started,
    uint64_t *ended)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(multi, &left)) != NULL) {
		CURL *easy = message->easy_handle;
		struct letter *letter;

		if (message->data.result != CURLE_OK) {
			fprintf(stderr, "bench_mail: %s\n", curl_easy_strerror(message->data.result));
			return false;
		}
		curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&letter);
		curl_multi_remove_handle(multi, easy);
		curl_easy_cleanup(easy);
		++*ended;
		if (*started < count) {
			letter_start(multi, letter, url, to, text);
			++*started;
		}
	}
	return true;
}

static int loop(uint64_t port, uint64_t connections, uint64_t count, const char *file)
{
	struct letter *letters = xcalloc((size_t)connections, sizeof *letters);
	char *url = xasprintf("smtp://127.0.0.1:%u", (unsigned)port);
	struct curl_slist *to = curl_slist_append(NULL, "<a@example.org>");
	CURLM *multi = curl_multi_init();
	uint64_t started = 0, ended = 0;
	struct error error = ERROR_NONE;
	int64_t began = clock_ticks();
	struct buf text;
	int running;

	buf_init(&text, BUF_MAX_BODY);
	if (file_read(file, &text, &error) != 0) {
		fprintf(stderr, "bench_mail: %s\n", error.message);
		return 1;
	}
	curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)connections);
	for (; started < connections && started < count; started++)
		letter_start(multi, &letters[started], url, to, buf_slice(&text));
	while (ended < count) {
		curl_multi_perform(multi, &running);
		if (!loop_collect(multi, url, to, buf_slice(&text), count, &started, &ended))
			return 1;
		if (ended < count)
			curl_multi_poll(multi, NULL, 0, 100, NULL);
	}
	printf("%.0f\n", (double)count * 1000 / (double)(clock_ticks() - began + 1));
	curl_multi_cleanup(multi);
	curl_slist_free_all(to);
	buf_release(&text);
	free(letters);
	free(url);
	return 0;
}

int main(int argc, char *argv[])
{
	if (argc == 3 && strcmp(argv[1], "sink") == 0)
		return sink((uint16_t)number(argv[2]));
	if (argc == 6 && strcmp(argv[1], "loop") == 0)
		return loop(number(argv[2]), number(argv[3]), number(argv[4]), argv[5]);
	fputs("usage: bench_mail sink PORT | loop PORT CONNECTIONS COUNT FILE\n", stderr);
	return 2;
}
