#include "smtp.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/dns.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/util.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/alloc.h"
#include "base/buf.h"

#define KEEP_SECONDS 30 /* a connection idle for longer may be gone at the other side */
#define PORT 25
#define PORT_TLS 465

struct smtp {
	struct event_base *base;
	struct evdns_base *names;
	struct smtp_options options;
	SSL_CTX *tls;
	char *host, name[256]; /* the server's, ours */
	int port;
	bool tls_first;
	struct smtp_line *lines;
};

/* What the server is to answer next. */
enum line_state {
	LINE_CONNECTING, LINE_GREETING, LINE_EHLO, LINE_STARTTLS, LINE_HANDSHAKE, LINE_AUTH, LINE_AUTH_USER, LINE_AUTH_PASSWORD,
	LINE_IDLE, LINE_MAIL, LINE_RCPT, LINE_DATA, LINE_TEXT, LINE_RSET,
};

struct smtp_line {
	struct smtp *smtp;
	struct bufferevent *stream;
	struct event *timer; /* how long the letter may still take; how long an idle line is kept */
	enum line_state state;
	struct smtp_letter *letter; /* NULL: idle */
	bool encrypted, kept;       /* kept: has carried a letter before */
	bool starttls, pipelining, plain, login, utf8; /* what the server offers */
	bool *gone;                 /* set where the line is freed while its answers are read */
	int status;                 /* of the first command of the letter that was refused; 0: none */
	char answer[512];           /* what was said to it */
	struct smtp_line *next;
};

static void line_read(struct bufferevent *stream, void *arg);
static void line_event(struct bufferevent *stream, short what, void *arg);
static void line_late(evutil_socket_t fd, short what, void *arg);
static void line_new(struct smtp *smtp, struct smtp_letter *letter);

static void line_free(struct smtp_line *line)
{
	struct smtp_line **at = &line->smtp->lines;

	while (*at != line)
		at = &(*at)->next;
	*at = line->next;
	if (line->stream != NULL)
		bufferevent_free(line->stream);
	event_free(line->timer);
	if (line->gone != NULL)
		*line->gone = true;
	free(line);
}

static void line_say(struct smtp_line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void line_say(struct smtp_line *line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	evbuffer_add_vprintf(bufferevent_get_output(line->stream), format, args);
	evbuffer_add(bufferevent_get_output(line->stream), "\r\n", 2);
	va_end(args);
}

static void line_wait(struct smtp_line *line, int seconds)
{
	struct timeval delay = {seconds, 0};

	evtimer_add(line->timer, &delay);
}

/* The letter goes back to its sender. */
static void line_end_letter(struct smtp_line *line, enum smtp_end end, struct slice answer)
{
	struct smtp_letter *letter = line->letter;

	line->letter = NULL;
	line->kept = true;
	if (letter != NULL) {
		letter->line = NULL;
		letter->ended(letter, end, answer);
	}
}

/* The connection is of no use any more. One that has carried letters before, and was closed before it answered anything
 * to this one, says nothing of it. */
static void line_fail(struct smtp_line *line, const char *why)
{
	struct smtp_letter *letter = line->letter;
	struct smtp *smtp = line->smtp;
	bool stale = line->kept && (line->state == LINE_MAIL || line->state == LINE_RSET) && letter != NULL && !letter->again;
	char said[sizeof line->answer];

	(void)snprintf(said, sizeof said, "%s", why);
	line->letter = NULL;
	line_free(line);
	if (letter == NULL)
		return;
	letter->line = NULL;
	if (stale) {
		letter->again = true;
		line_new(smtp, letter);
	} else {
		letter->ended(letter, SMTP_AGAIN, slice_of(said));
	}
}

static bool smtp_is_ascii(const char *text)
{
	while (*text != '\0' && (unsigned char)*text < 128)
		text++;
	return *text == '\0';
}

/* The commands of a letter, together where the server takes them so. */
static void line_begin_letter(struct smtp_line *line)
{
	const struct smtp_letter *letter = line->letter;
	bool beyond_ascii = !smtp_is_ascii(letter->to) || !smtp_is_ascii(letter->from);

	line->state = LINE_MAIL;
	line->status = 0;
	line_say(line, "MAIL FROM:<%s>%s", letter->from, line->utf8 && beyond_ascii ? " SMTPUTF8" : "");
	if (line->pipelining)
		line_say(line, "RCPT TO:<%s>\r\nDATA", letter->to);
}

static void line_send_text(struct smtp_line *line)
{
	struct evbuffer *out = bufferevent_get_output(line->stream);
	struct slice rest = line->letter->text;

	/* A dot at the beginning of a line is doubled, since one alone is the end. */
	if (slice_starts(rest, SLICE(".")))
		evbuffer_add(out, ".", 1);
	for (;;) {
		const char *dot = rest.len > 0 ? memmem(rest.at, rest.len, "\r\n.", 3) : NULL;
		size_t len = dot != NULL ? (size_t)(dot - rest.at) + 3 : rest.len;

		evbuffer_add(out, rest.at, len);
		if (dot == NULL)
			break;
		evbuffer_add(out, ".", 1);
		rest = slice_from(rest, len);
	}
	line_say(line, ".");
}

static void line_idle(struct smtp_line *line)
{
	line->state = LINE_IDLE;
	line_wait(line, KEEP_SECONDS);
}

/* Ready for the next letter, which may be there already. */
static void line_ready(struct smtp_line *line)
{
	if (line->letter != NULL)
		line_begin_letter(line);
	else
		line_idle(line);
}

/* A refusal is remembered until the server has answered what was sent with it. */
static void line_refused(struct smtp_line *line, int status, struct slice answer)
{
	if (line->status != 0)
		return;
	line->status = status;
	(void)snprintf(line->answer, sizeof line->answer, "%.*s", SLICE_ARG(answer));
}

/* The letter has ended in a refusal: the connection is made ready for the next. */
static void line_end_refused(struct smtp_line *line, bool about_letter)
{
	enum smtp_end end = about_letter && line->status >= 500 ? SMTP_REFUSED : SMTP_AGAIN;
	char answer[sizeof line->answer];

	memcpy(answer, line->answer, sizeof answer);
	line->state = LINE_RSET;
	line_say(line, "RSET");
	line_end_letter(line, end, slice_of(answer));
}

static void line_replied_mail(struct smtp_line *line, int status, struct slice text)
{
	if (status >= 300)
		line_refused(line, status, text);
	if (line->pipelining) {
		line->state = LINE_RCPT;
	} else if (line->status != 0) {
		line_end_refused(line, false);
	} else {
		line->state = LINE_RCPT;
		line_say(line, "RCPT TO:<%s>", line->letter->to);
	}
}

static void line_replied_rcpt(struct smtp_line *line, int status, struct slice text)
{
	bool sender_refused = line->status != 0;

	if (status >= 300)
		line_refused(line, status, text);
	if (line->pipelining) {
		line->state = LINE_DATA;
		/* What was refused before the recipient was looked at is about us. */
		if (sender_refused)
			line->status = line->status >= 500 ? 400 : line->status;
	} else if (line->status != 0) {
		line_end_refused(line, true);
	} else {
		line->state = LINE_DATA;
		line_say(line, "DATA");
	}
}

static void line_replied_data(struct smtp_line *line, int status, struct slice text)
{
	if (status == 354 && line->status != 0) {
		line->state = LINE_TEXT; /* nobody is to get it: an empty text, which the server refuses */
		line_say(line, ".");
	} else if (status == 354) {
		line->state = LINE_TEXT;
		line_send_text(line);
	} else {
		line_refused(line, status, text);
		line_end_refused(line, true);
	}
}

static void line_replied_text(struct smtp_line *line, int status, struct slice text)
{
	if (line->status == 0 && status >= 200 && status < 300) {
		line_idle(line);
		line_end_letter(line, SMTP_TAKEN, text);
	} else {
		line_refused(line, status, text);
		line_end_refused(line, true);
	}
}

/* Logging in. */

static void line_say_base64(struct smtp_line *line, const char *head, const char *bytes, size_t len)
{
	unsigned char *encoded = xmalloc(4 * ((len + 2) / 3) + 1);

	EVP_EncodeBlock(encoded, (const unsigned char *)bytes, (int)len);
	line_say(line, "%s%s", head, encoded);
	free(encoded);
}

static void line_login(struct smtp_line *line)
{
	const struct smtp_options *options = &line->smtp->options;
	struct buf secret;

	if (*options->user == '\0') {
		line_begin_letter(line);
	} else if (line->plain) {
		buf_init(&secret, BUF_MAX_LINE);
		buf_append_byte(&secret, '\0');
		buf_append_text(&secret, options->user);
		buf_append_byte(&secret, '\0');
		buf_append_text(&secret, options->password);
		line->state = LINE_AUTH;
		line_say_base64(line, "AUTH PLAIN ", secret.at, secret.len);
		buf_release(&secret);
	} else if (line->login) {
		line->state = LINE_AUTH_USER;
		line_say(line, "AUTH LOGIN");
	} else {
		line_fail(line, "the mail server offers neither AUTH PLAIN nor AUTH LOGIN, and smtp_user is set");
	}
}

static void line_replied_login(struct smtp_line *line, int status, struct slice text)
{
	const struct smtp_options *options = &line->smtp->options;

	if (line->state == LINE_AUTH_USER && status == 334) {
		line->state = LINE_AUTH_PASSWORD;
		line_say_base64(line, "", options->user, strlen(options->user));
	} else if (line->state == LINE_AUTH_PASSWORD && status == 334) {
		line->state = LINE_AUTH;
		line_say_base64(line, "", options->password, strlen(options->password));
	} else if (line->state == LINE_AUTH && status < 300) {
		line_begin_letter(line);
	} else {
		line_refused(line, status, text);
		line_fail(line, line->answer);
	}
}

/* TLS. */

static SSL *line_tls(const struct smtp_line *line)
{
	SSL *tls = SSL_new(line->smtp->tls);
	const char *host = line->smtp->host;

	if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host) != 1) {
		SSL_set1_host(tls, host);
		SSL_set_tlsext_host_name(tls, host);
	}
	return tls;
}

static void line_listen(struct smtp_line *line)
{
	bufferevent_setcb(line->stream, line_read, NULL, line_event, line);
	bufferevent_enable(line->stream, EV_READ | EV_WRITE);
}

static void line_starttls(struct smtp_line *line)
{
	/* What came behind the answer in the clear could be anybody's. */
	if (evbuffer_get_length(bufferevent_get_input(line->stream)) > 0) {
		line_fail(line, "the mail server said more than its answer to STARTTLS");
		return;
	}
	line->state = LINE_HANDSHAKE;
	line->stream = bufferevent_openssl_filter_new(line->smtp->base, line->stream, line_tls(line), BUFFEREVENT_SSL_CONNECTING,
	    BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
	bufferevent_openssl_set_allow_dirty_shutdown(line->stream, 1);
	line_listen(line);
}

static void line_say_ehlo(struct smtp_line *line)
{
	line->state = LINE_EHLO;
	line->starttls = line->pipelining = line->plain = line->login = line->utf8 = false;
	line_say(line, "EHLO %s", line->smtp->name);
}

static void line_replied_ehlo(struct smtp_line *line)
{
	const char *wish = line->smtp->options.starttls;

	if (!line->encrypted && line->starttls && strcmp(wish, "never") != 0) {
		line->state = LINE_STARTTLS;
		line_say(line, "STARTTLS");
	} else if (!line->encrypted && strcmp(wish, "always") == 0) {
		line_fail(line, "the mail server offers no STARTTLS, and smtp_starttls is \"always\"");
	} else {
		line_login(line);
	}
}

static void line_replied_starttls(struct smtp_line *line, int status)
{
	if (status == 220)
		line_starttls(line);
	else if (strcmp(line->smtp->options.starttls, "always") == 0)
		line_fail(line, "the mail server refused STARTTLS, and smtp_starttls is \"always\"");
	else
		line_login(line);
}

/* One word of the answer to EHLO. */
static void line_offered(struct smtp_line *line, struct slice offer)
{
	struct slice word = offer, rest;
	ptrdiff_t blank = slice_find_byte(offer, ' ');

	rest = blank >= 0 ? slice_from(offer, (size_t)blank) : SLICE("");
	if (blank >= 0)
		word = slice_cut(offer, 0, (size_t)blank);
	if (slice_equal_nocase(word, SLICE("STARTTLS")))
		line->starttls = true;
	else if (slice_equal_nocase(word, SLICE("PIPELINING")))
		line->pipelining = true;
	else if (slice_equal_nocase(word, SLICE("SMTPUTF8")))
		line->utf8 = true;
	else if (slice_equal_nocase(word, SLICE("AUTH")))
		while (slice_skip_blanks(&rest), slice_take_until(&rest, ' ', &word)) {
			line->plain = line->plain || slice_equal_nocase(word, SLICE("PLAIN"));
			line->login = line->login || slice_equal_nocase(word, SLICE("LOGIN"));
		}
}

/* Every answer comes here, its number and the whole. The line may be gone after. */
static void line_replied(struct smtp_line *line, int status, struct slice whole)
{
	switch (line->state) {
	case LINE_GREETING:
	case LINE_EHLO:
		if (status >= 300) {
			line_refused(line, status, whole);
			line_fail(line, line->answer);
		} else if (line->state == LINE_GREETING) {
			line_say_ehlo(line);
		} else {
			line_replied_ehlo(line);
		}
		break;
	case LINE_STARTTLS:
		line_replied_starttls(line, status);
		break;
	case LINE_AUTH:
	case LINE_AUTH_USER:
	case LINE_AUTH_PASSWORD:
		line_replied_login(line, status, whole);
		break;
	case LINE_MAIL:
		line_replied_mail(line, status, whole);
		break;
	case LINE_RCPT:
		line_replied_rcpt(line, status, whole);
		break;
	case LINE_DATA:
		line_replied_data(line, status, whole);
		break;
	case LINE_TEXT:
		line_replied_text(line, status, whole);
		break;
	case LINE_RSET:
		if (status < 300)
			line_ready(line);
		else
			line_fail(line, "");
		break;
	case LINE_IDLE: /* a farewell: the server hangs up */
	case LINE_CONNECTING:
	case LINE_HANDSHAKE:
		line_fail(line, "the mail server spoke out of turn");
		break;
	}
}

/* "250-PIPELINING" or "250 OK". False: it is no answer. */
static bool line_take(struct smtp_line *line, struct slice text)
{
	struct slice rest = text;
	uint64_t status;

	if (!slice_take_number(&rest, 599, &status) || status < 200 || (rest.len > 0 && strchr(" -", *rest.at) == NULL)) {
		line_fail(line, "the mail server does not speak SMTP");
		return false;
	}
	if (line->state == LINE_EHLO && rest.len > 1)
		line_offered(line, slice_from(rest, 1));
	if (rest.len == 0 || *rest.at != '-')
		line_replied(line, (int)status, text);
	return true;
}

static void line_read(struct bufferevent *stream, void *arg)
{
	struct smtp_line *line = arg;
	bool gone = false;
	size_t len;
	char *text;

	line->gone = &gone;
	while (!gone && line->stream == stream && (text = evbuffer_readln(bufferevent_get_input(stream), &len, EVBUFFER_EOL_CRLF)) != NULL) {
		(void)line_take(line, (struct slice){text, len});
		free(text);
	}
	if (gone)
		return;
	line->gone = NULL;
	if (line->stream == stream && evbuffer_get_length(bufferevent_get_input(stream)) > BUF_MAX_LINE)
		line_fail(line, "the mail server's answer has no end");
}

/* Why a connection did not come about, or broke. */
static void line_trouble(struct smtp_line *line, struct bufferevent *stream, char *said, size_t size)
{
	int names = bufferevent_socket_get_dns_error(stream);
	SSL *tls = bufferevent_openssl_get_ssl(stream);
	unsigned long fault = bufferevent_get_openssl_error(stream);
	bool connecting = line->state == LINE_CONNECTING;

	if (names != 0)
		(void)snprintf(said, size, "cannot connect to %s: %s", line->smtp->host, evutil_gai_strerror(names));
	else if (tls != NULL && SSL_get_verify_result(tls) != X509_V_OK)
		(void)snprintf(said, size, "TLS: the mail server's certificate is not accepted: %s", X509_verify_cert_error_string(SSL_get_verify_result(tls)));
	else if (fault != 0)
		(void)snprintf(said, size, "TLS: %s", ERR_reason_error_string(fault) != NULL ? ERR_reason_error_string(fault) : "the connection failed");
	else
		(void)snprintf(said, size, "%s %s: %s", connecting ? "cannot connect to" : "lost the connection to", line->smtp->host,
		    evutil_socket_error_to_string(EVUTIL_SOCKET_ERROR()));
}

static void line_event(struct bufferevent *stream, short what, void *arg)
{
	struct smtp_line *line = arg;
	char said[sizeof line->answer];

	if (what & BEV_EVENT_CONNECTED) {
		line->encrypted = line->encrypted || line->state == LINE_HANDSHAKE || line->smtp->tls_first;
		if (line->state == LINE_HANDSHAKE)
			line_say_ehlo(line);
		else
			line->state = LINE_GREETING;
	} else if (what & BEV_EVENT_EOF) {
		line_fail(line, "the mail server dropped the connection");
	} else if (what & BEV_EVENT_ERROR) {
		line_trouble(line, stream, said, sizeof said);
		line_fail(line, said);
	}
}

static void line_late(evutil_socket_t fd, short what, void *arg)
{
	struct smtp_line *line = arg;

	(void)fd;
	(void)what;
	line_fail(line, "the mail server did not answer in time");
}

static void line_new(struct smtp *smtp, struct smtp_letter *letter)
{
	struct smtp_line *line = xcalloc(1, sizeof *line);
	int options = BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS;

	*line = (struct smtp_line){.smtp = smtp, .letter = letter, .next = smtp->lines};
	smtp->lines = line;
	letter->line = line;
	line->timer = evtimer_new(smtp->base, line_late, line);
	line_wait(line, smtp->options.seconds);
	if (smtp->tls_first)
		line->stream = bufferevent_openssl_socket_new(smtp->base, -1, line_tls(line), BUFFEREVENT_SSL_CONNECTING, options);
	else
		line->stream = bufferevent_socket_new(smtp->base, -1, options);
	line_listen(line);
	/* What goes wrong at once is told by an event as well. */
	(void)bufferevent_socket_connect_hostname(line->stream, smtp->names, AF_UNSPEC, smtp->host, smtp->port);
}

void smtp_send(struct smtp *smtp, struct smtp_letter *letter)
{
	struct smtp_line *line = smtp->lines;

	letter->again = false;
	while (line != NULL && (line->letter != NULL || (line->state != LINE_IDLE && line->state != LINE_RSET)))
		line = line->next;
	if (line == NULL) {
		line_new(smtp, letter);
		return;
	}
	line->letter = letter;
	letter->line = line;
	line_wait(line, smtp->options.seconds);
	if (line->state == LINE_IDLE)
		line_begin_letter(line);
}

void smtp_give_up(struct smtp_letter *letter)
{
	struct smtp_line *line = letter->line;

	if (line == NULL)
		return;
	line->letter = NULL;
	letter->line = NULL;
	line_free(line);
}

/* Opening and closing. */

static int smtp_take_url(struct smtp *smtp, struct error *error)
{
	struct evhttp_uri *uri = evhttp_uri_parse(smtp->options.url);
	const char *host = uri != NULL ? evhttp_uri_get_host(uri) : NULL, *scheme = uri != NULL ? evhttp_uri_get_scheme(uri) : NULL;
	int port = uri != NULL ? evhttp_uri_get_port(uri) : -1;
	struct slice name = slice_of(host);

	if (host == NULL || *host == '\0' || scheme == NULL) {
		if (uri != NULL)
			evhttp_uri_free(uri);
		return error_set(error, E_INPUT, "bad_config", "smtp_url: \"%s\" is no address of a mail server", smtp->options.url);
	}
	if (slice_starts(name, SLICE("[")) && slice_ends(name, SLICE("]")))
		name = slice_cut(name, 1, name.len - 1);
	smtp->host = xstrndup(name.at, name.len);
	smtp->tls_first = strcmp(scheme, "smtps") == 0;
	smtp->port = port > 0 ? port : smtp->tls_first ? PORT_TLS : PORT;
	evhttp_uri_free(uri);
	return 0;
}

static int smtp_take_authorities(struct smtp *smtp, struct error *error)
{
	const char *file = smtp->options.ca_file;

	smtp->tls = SSL_CTX_new(TLS_client_method());
	SSL_CTX_set_min_proto_version(smtp->tls, TLS1_2_VERSION);
	SSL_CTX_set_verify(smtp->tls, SSL_VERIFY_PEER, NULL);
	if ((*file != '\0' ? SSL_CTX_load_verify_locations(smtp->tls, file, NULL) : SSL_CTX_set_default_verify_paths(smtp->tls)) == 1)
		return 0;
	return error_set(error, E_INPUT, "bad_config", "smtp_ca_file: %s: %s", file, ERR_reason_error_string(ERR_get_error()));
}

/* Our name in the greeting: what a host is called, and nothing else. */
static void smtp_take_name(struct smtp *smtp)
{
	if (gethostname(smtp->name, sizeof smtp->name - 1) != 0 || smtp->name[0] == '\0' ||
	    smtp->name[strspn(smtp->name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")] != '\0')
		(void)snprintf(smtp->name, sizeof smtp->name, "localhost");
}

struct smtp *smtp_open(struct event_base *base, const struct smtp_options *options, struct error *error)
{
	struct smtp *smtp = xcalloc(1, sizeof *smtp);

	smtp->base = base;
	smtp->options = *options;
	smtp_take_name(smtp);
	if (smtp_take_url(smtp, error) != 0 || smtp_take_authorities(smtp, error) != 0) {
		smtp_close(smtp);
		return NULL;
	}
	/* NULL: nobody to ask; then the system's resolver is, and waited for. */
	smtp->names = evdns_base_new(base, EVDNS_BASE_INITIALIZE_NAMESERVERS | EVDNS_BASE_DISABLE_WHEN_INACTIVE);
	return smtp;
}

void smtp_close(struct smtp *smtp)
{
	if (smtp == NULL)
		return;
	while (smtp->lines != NULL)
		line_free(smtp->lines);
	if (smtp->names != NULL)
		evdns_base_free(smtp->names, 0);
	SSL_CTX_free(smtp->tls);
	free(smtp->host);
	free(smtp);
}
