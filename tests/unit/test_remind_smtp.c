#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <netinet/in.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>

#include "base/buf.h"
#include "remind/smtp.h"

#define LETTERS 3

/* A mail server that answers by the book but for one command, on the client's own loop. */
struct post {
	struct event_base *base;
	struct evconnlistener *listener;
	struct bufferevent *streams[4]; /* connections in the order in which they came */
	int count;
	bool in_text;
	struct odd {
		const char *line, *answer;
	} odd[2]; /* lines that are answered otherwise, each once; "!": the server hangs up */
	struct buf said;          /* what the client said, a line each; "=" where a connection begins */
	struct smtp *smtp;
	struct smtp_options options;
	char url[40];
	struct smtp_letter letters[LETTERS];
	enum smtp_end ends[LETTERS];
	char answers[LETTERS][80];
	int sent, ended, wanted; /* letters: sent one after the other's end where sent < wanted */
};

static void post_say(struct bufferevent *stream, const char *line)
{
	evbuffer_add_printf(bufferevent_get_output(stream), "%s\r\n", line);
}

static const char *post_usual(struct post *post, const char *line)
{
	if (post->in_text) {
		post->in_text = strcmp(line, ".") != 0;
		return post->in_text ? NULL : "250 taken";
	}
	if (strncmp(line, "EHLO", 4) == 0)
		return "250-here\r\n250-PIPELINING\r\n250 SMTPUTF8";
	post->in_text = strcmp(line, "DATA") == 0;
	return post->in_text ? "354 go on" : "250 good";
}

/* NULL: as usual. */
static const char *post_odd(struct post *post, const char *line)
{
	for (size_t i = 0; i < sizeof post->odd / sizeof *post->odd; i++)
		if (post->odd[i].line != NULL && strncmp(line, post->odd[i].line, strlen(post->odd[i].line)) == 0) {
			post->odd[i].line = NULL;
			return post->odd[i].answer;
		}
	return NULL;
}

static void post_hang_up(struct bufferevent *stream, void *arg)
{
	struct post *post = arg;

	for (int i = 0; i < post->count; i++)
		if (post->streams[i] == stream)
			post->streams[i] = NULL;
	bufferevent_free(stream);
}

static void post_read(struct bufferevent *stream, void *arg)
{
	struct post *post = arg;
	char *line;

	while ((line = evbuffer_readln(bufferevent_get_input(stream), NULL, EVBUFFER_EOL_CRLF)) != NULL) {
		const char *odd = post->in_text ? NULL : post_odd(post, line), *answer = odd != NULL ? odd : post_usual(post, line);

		buf_printf(&post->said, "%s\n", line);
		free(line);
		if (answer != NULL && strcmp(answer, "!") == 0) {
			post_hang_up(stream, post);
			return;
		}
		if (answer != NULL)
			post_say(stream, answer);
	}
}

static void post_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *peer, int len, void *arg)
{
	struct post *post = arg;
	struct bufferevent *stream = bufferevent_socket_new(post->base, fd, BEV_OPT_CLOSE_ON_FREE);

	(void)listener;
	(void)peer;
	(void)len;
	post->streams[post->count++] = stream;
	post->in_text = false;
	buf_append_text(&post->said, "=\n");
	bufferevent_setcb(stream, post_read, NULL, NULL, post);
	bufferevent_enable(stream, EV_READ | EV_WRITE);
	post_say(stream, "220 here");
}

static void post_send(struct post *post)
{
	smtp_send(post->smtp, &post->letters[post->sent++]);
}

static void post_ended(struct smtp_letter *letter, enum smtp_end end, struct slice answer)
{
	struct post *post = letter->arg;
	ptrdiff_t i = letter - post->letters;

	post->ends[i] = end;
	(void)snprintf(post->answers[i], sizeof post->answers[i], "%.*s", SLICE_ARG(answer));
	post->ended++;
	if (post->sent < post->wanted)
		post_send(post);
	else if (post->ended == post->wanted)
		event_base_loopbreak(post->base);
}

static void post_open(struct post *post)
{
	struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof place;
	struct error error = ERROR_NONE;

	*post = (struct post){.base = event_base_new()};
	buf_init(&post->said, BUF_MAX_LINE);
	post->listener = evconnlistener_new_bind(post->base, post_accept, post, LEV_OPT_CLOSE_ON_FREE, -1, (struct sockaddr *)&place, sizeof place);
	assert_non_null(post->listener);
	assert_int_equal(getsockname(evconnlistener_get_fd(post->listener), (struct sockaddr *)&place, &len), 0);
	(void)snprintf(post->url, sizeof post->url, "smtp://127.0.0.1:%d", ntohs(place.sin_port));
	post->options = (struct smtp_options){.url = post->url, .starttls = "never", .user = "", .password = "", .ca_file = "", .seconds = 20};
	post->smtp = smtp_open(post->base, &post->options, &error);
	if (post->smtp == NULL)
		fail_msg("%s", error.message);
}

/* Letters to these people, each sent when the one before has ended. */
static void post_run(struct post *post, int count, const char *const to[])
{
	post->wanted = count;
	for (int i = 0; i < count; i++)
		post->letters[i] = (struct smtp_letter){.from = "m@example.org", .to = to[i], .text = SLICE("Subject: s\r\n\r\nt\r\n"),
		    .ended = post_ended, .arg = post};
	post_send(post);
	assert_int_equal(event_base_dispatch(post->base), 0);
	assert_int_equal(post->ended, count);
}

static void post_close(struct post *post)
{
	smtp_close(post->smtp);
	for (int i = 0; i < post->count; i++)
		if (post->streams[i] != NULL)
			bufferevent_free(post->streams[i]);
	evconnlistener_free(post->listener);
	event_base_free(post->base);
	buf_release(&post->said);
}

static void has(const struct post *post, const char *part)
{
	if (strstr(buf_text(&post->said), part) == NULL)
		fail_msg("\"%s\" is not in:\n%s", part, buf_text(&post->said));
}

static void a_kept_connection_carries_the_next_letter(void **state)
{
	const char *const to[] = {"anna@example.org", "bela@example.org"};
	struct post post;

	(void)state;
	post_open(&post);
	post_run(&post, 2, to);
	assert_int_equal(post.count, 1);
	assert_int_equal(post.ends[0], SMTP_TAKEN);
	assert_int_equal(post.ends[1], SMTP_TAKEN);
	has(&post, "MAIL FROM:<m@example.org>\nRCPT TO:<bela@example.org>\n");
	post_close(&post);
}

static void an_address_beyond_ascii_on_a_kept_connection_is_announced(void **state)
{
	const char *const to[] = {"anna@example.org", "b\u00e9la@example.org", "carl@example.org"};
	struct post post;

	(void)state;
	post_open(&post);
	post_run(&post, 3, to);
	assert_int_equal(post.count, 1);
	has(&post, "MAIL FROM:<m@example.org> SMTPUTF8\nRCPT TO:<b\u00e9la@example.org>\n");
	has(&post, "MAIL FROM:<m@example.org>\nRCPT TO:<carl@example.org>\n");
	post_close(&post);
}

static void a_server_that_hangs_up_after_a_refusal_costs_the_next_letter_nothing(void **state)
{
	const char *const to[] = {"nobody@example.org", "bela@example.org"};
	struct post post;

	(void)state;
	post_open(&post);
	post.odd[0] = (struct odd){"RCPT TO:<nobody@", "550 unknown"};
	post.odd[1] = (struct odd){"RSET", "!"};
	post_run(&post, 2, to);
	assert_int_equal(post.ends[0], SMTP_REFUSED);
	assert_string_equal(post.answers[0], "550 unknown");
	assert_int_equal(post.ends[1], SMTP_TAKEN);
	assert_int_equal(post.count, 2);
	post_close(&post);
}

static void a_server_that_hangs_up_on_a_new_connection_is_asked_again_later(void **state)
{
	const char *const to[] = {"anna@example.org"};
	struct post post;

	(void)state;
	post_open(&post);
	post.odd[0] = (struct odd){"MAIL", "!"};
	post_run(&post, 1, to);
	assert_int_equal(post.ends[0], SMTP_AGAIN);
	assert_int_equal(post.count, 1);
	post_close(&post);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_kept_connection_carries_the_next_letter),
	    cmocka_unit_test(an_address_beyond_ascii_on_a_kept_connection_is_announced),
	    cmocka_unit_test(a_server_that_hangs_up_after_a_refusal_costs_the_next_letter_nothing),
	    cmocka_unit_test(a_server_that_hangs_up_on_a_new_connection_is_asked_again_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
