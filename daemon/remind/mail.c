/* Mail: a message as MIME, by SMTP. The verdict is the server's: what it will never take has failed,
 * all else is tried again. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "channel.h"
#include "header.h"
#include "message.h"

#define MAIL_CONNECT_SECONDS 20L
#define MAIL_KEEP_SECONDS 30L /* a connection idle for longer may be gone at the other side */

static void mail_heard(struct delivery *delivery, const char *line, size_t len)
{
	struct slice text = {line, len}, digits = text;
	uint64_t status;

	if (!delivery->quitting && slice_take_number(&digits, 599, &status) && status >= 200) {
		delivery->status = (int)status;
		delivery_answer(delivery, text);
	}
}

/* The verbs alone: what follows AUTH is a secret. */
static void mail_said(struct delivery *delivery, const char *line, size_t len)
{
	static const char *const verbs[] = {"EHLO", "HELO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"};

	/* What follows is farewell, and says nothing of the message. */
	delivery->quitting = delivery->quitting || slice_starts((struct slice){line, len}, SLICE("QUIT"));
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (slice_starts((struct slice){line, len}, slice_of(verbs[i]))) {
			memcpy(delivery->command, verbs[i], 4);
			delivery->status = 0;
		}
	}
}

static int mail_heed(CURL *easy, curl_infotype what, char *line, size_t len, void *arg)
{
	(void)easy;
	if (what == CURLINFO_HEADER_IN)
		mail_heard(arg, line, len);
	else if (what == CURLINFO_HEADER_OUT)
		mail_said(arg, line, len);
	return 0;
}

static void mail_header(struct delivery *delivery, struct buf *line)
{
	delivery->headers = curl_slist_append(delivery->headers, buf_text(line));
	buf_clear(line);
}

static void mail_headers(struct delivery *delivery, const struct message *message, const struct remind_options *options, const char *to)
{
	const char *id = json_text_of(delivery->message, "message_id"), *host;
	struct buf line, name, address;

	buf_init(&line, BUF_MAX_LINE);
	buf_init(&name, BUF_MAX_LINE);
	buf_init(&address, BUF_MAX_LINE);
	header_split(options->smtp_from, &name, &address);
	host = strchr(buf_text(&address), '@');
	header_address(&line, "From", buf_text(&name), buf_text(&address));
	mail_header(delivery, &line);
	header_address(&line, "To", message->name, to);
	mail_header(delivery, &line);
	header_text(&line, "Subject", message->subject);
	mail_header(delivery, &line);
	header_date(&line, json_text_of(delivery->message, "created_at"));
	mail_header(delivery, &line);
	header_text(&line, "Message-ID", id);
	mail_header(delivery, &line);
	buf_printf(&line, "List-Id: Reminders of Mandate <reminders.%s>", host != NULL ? host + 1 : "mandate.invalid");
	mail_header(delivery, &line);
	buf_append_text(&line, "Auto-Submitted: auto-generated");
	mail_header(delivery, &line);
	if (message->thread != NULL) {
		header_text(&line, "References", message->thread);
		mail_header(delivery, &line);
		header_text(&line, "In-Reply-To", message->thread);
		mail_header(delivery, &line);
	}
	buf_release(&address);
	buf_release(&name);
	buf_release(&line);
}

/* Lines of mail end in CR LF; else they would be encoded as bytes within one line. */
static void mail_lines(struct slice text, struct buf *out)
{
	struct slice line;

	while (slice_take_until(&text, '\n', &line)) {
		if (slice_ends(line, SLICE("\r")))
			line.len--;
		buf_append_slice(out, line);
		buf_append_text(out, "\r\n");
	}
}

static void mail_part(curl_mime *mime, const char *type, const char *file, struct buf *bytes)
{
	curl_mimepart *part = curl_mime_addpart(mime);
	struct buf lines;

	buf_init(&lines, BUF_MAX_BODY);
	mail_lines(buf_slice(bytes), &lines);
	curl_mime_data(part, buf_text(&lines), lines.len);
	buf_release(&lines);
	curl_mime_type(part, type);
	curl_mime_encoder(part, "quoted-printable");
	if (file != NULL)
		curl_mime_filename(part, file);
	buf_clear(bytes);
}

static void mail_body(struct delivery *delivery, const struct message *message)
{
	curl_mime *alternatives = curl_mime_init(delivery->easy);
	curl_mimepart *part;
	struct buf bytes;

	buf_init(&bytes, BUF_MAX_BODY);
	message_text(message, &bytes);
	mail_part(alternatives, "text/plain; charset=utf-8", NULL, &bytes);
	message_html(message, &bytes);
	mail_part(alternatives, "text/html; charset=utf-8", NULL, &bytes);
	delivery->mime = curl_mime_init(delivery->easy);
	part = curl_mime_addpart(delivery->mime);
	curl_mime_subparts(part, alternatives);
	curl_mime_type(part, "multipart/alternative");
	if (message->count > 0) {
		message_calendar(message, json_text_of(delivery->message, "created_at"), &bytes);
		mail_part(delivery->mime, "text/calendar; charset=utf-8; method=PUBLISH", "deadlines.ics", &bytes);
	}
	buf_release(&bytes);
	curl_easy_setopt(delivery->easy, CURLOPT_MIMEPOST, delivery->mime);
}

static void mail_server(struct delivery *delivery, const struct remind_options *options)
{
	CURL *easy = delivery->easy;

	curl_easy_setopt(easy, CURLOPT_URL, options->smtp_url);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(easy, CURLOPT_USE_SSL,
	    (long)(strcmp(options->smtp_starttls, "always") == 0 ? CURLUSESSL_ALL
	            : strcmp(options->smtp_starttls, "try") == 0 ? CURLUSESSL_TRY
	                                                         : CURLUSESSL_NONE));
	if (*options->smtp_user != '\0') {
		curl_easy_setopt(easy, CURLOPT_USERNAME, options->smtp_user);
		curl_easy_setopt(easy, CURLOPT_PASSWORD, options->smtp_password);
	}
	if (*options->smtp_ca_file != '\0')
		curl_easy_setopt(easy, CURLOPT_CAINFO, options->smtp_ca_file);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, MAIL_CONNECT_SECONDS);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)options->seconds);
	curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)options->seconds);
	curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, MAIL_KEEP_SECONDS);
	curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, mail_heed);
	curl_easy_setopt(easy, CURLOPT_DEBUGDATA, delivery);
}

static bool mail_ready(const struct remind_options *options)
{
	return *options->smtp_url != '\0';
}

static bool mail_prepare(struct delivery *delivery, const struct remind_options *options)
{
	const json_t *content = json_member(delivery->message, "content");
	const char *to = json_text_of(json_member(content, "person"), "mail");
	struct message message;
	struct buf name, sender;
	char *recipient;

	if (!header_address_good(to)) {
		delivery_answer(delivery, SLICE("not sent: the person's mail address is none"));
		return false;
	}
	buf_init(&name, BUF_MAX_LINE);
	buf_init(&sender, BUF_MAX_LINE);
	header_split(options->smtp_from, &name, &sender);
	recipient = xasprintf("<%s>", to);
	mail_server(delivery, options);
	curl_easy_setopt(delivery->easy, CURLOPT_MAIL_FROM, buf_text(&sender));
	delivery->recipients = curl_slist_append(NULL, recipient);
	curl_easy_setopt(delivery->easy, CURLOPT_MAIL_RCPT, delivery->recipients);
	message_open(&message, content, options->exercise);
	mail_headers(delivery, &message, options, to);
	mail_body(delivery, &message);
	message_close(&message);
	curl_easy_setopt(delivery->easy, CURLOPT_HTTPHEADER, delivery->headers);
	free(recipient);
	buf_release(&sender);
	buf_release(&name);
	return true;
}

/* A 5xx is about this message only where the server speaks of the recipient or of the text; before that
 * it is about us, and will be mended. */
static const char *mail_judge(struct delivery *delivery, CURLcode result)
{
	bool about_message = strcmp(delivery->command, "RCPT") == 0 || strcmp(delivery->command, "DATA") == 0;

	if (result == CURLE_OK)
		return "sent";
	if (delivery->status >= 500 && about_message)
		return "failed";
	if (delivery->status < 400)
		delivery_answer(delivery, slice_of(curl_easy_strerror(result)));
	return "retry";
}

const struct channel channel_mail = {"mail", mail_ready, mail_prepare, mail_judge};
