/* Mail: a message as MIME, by SMTP. What the server will never take has failed, all else is tried again. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "channel.h"
#include "header.h"
#include "message.h"
#include "mime.h"

static void mail_line(struct buf *out)
{
	buf_append_text(out, "\r\n");
}

static void mail_headers(struct buf *out, const json_t *row, const struct message *message, const struct remind_options *options, const char *to)
{
	const char *host;
	struct buf name, address;

	buf_init(&name, BUF_MAX_LINE);
	buf_init(&address, BUF_MAX_LINE);
	header_split(options->smtp_from, &name, &address);
	host = strchr(buf_text(&address), '@');
	header_address(out, "From", buf_text(&name), buf_text(&address));
	mail_line(out);
	header_address(out, "To", message->name, to);
	mail_line(out);
	header_text(out, "Subject", message->subject);
	mail_line(out);
	header_date(out, json_text_of(row, "created_at"));
	mail_line(out);
	header_text(out, "Message-ID", json_text_of(row, "message_id"));
	mail_line(out);
	buf_printf(out, "List-Id: Reminders of Mandate <reminders.%s>\r\n", host != NULL ? host + 1 : "mandate.invalid");
	buf_append_text(out, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n");
	if (message->thread != NULL) {
		header_text(out, "References", message->thread);
		mail_line(out);
		header_text(out, "In-Reply-To", message->thread);
		mail_line(out);
	}
	buf_release(&address);
	buf_release(&name);
}

static void mail_files(struct buf *out, const json_t *row, const char *boundary)
{
	const json_t *file;
	size_t i;

	json_array_foreach (json_member(row, "attachments"), i, file) {
		mime_next(out, boundary);
		mime_file(out, json_text_of(file, "type"), json_text_of(file, "name"), slice_of(json_text_of(file, "base64")));
	}
}

static void mail_body(struct buf *out, const json_t *row, const struct message *message)
{
	/* Of the message's name, so that every try has the same bytes. */
	const char *id = json_text_of(row, "message_id");
	const char *whole = arena_printf(message->arena, "=_whole_%.*s", (int)strcspn(id, "@") - 1, id + 1);
	const char *words = arena_printf(message->arena, "=_words_%.*s", (int)strcspn(id, "@") - 1, id + 1);
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	mime_multipart(out, "mixed", whole);
	mime_next(out, whole);
	mime_multipart(out, "alternative", words);
	mime_next(out, words);
	message_text(message, &text);
	mime_text(out, "text/plain; charset=utf-8", NULL, buf_slice(&text));
	buf_clear(&text);
	mime_next(out, words);
	message_html(message, &text);
	mime_text(out, "text/html; charset=utf-8", NULL, buf_slice(&text));
	mime_last(out, words);
	if (message->count > 0) {
		buf_clear(&text);
		message_calendar(message, json_text_of(row, "created_at"), &text);
		mime_next(out, whole);
		mime_text(out, "text/calendar; charset=utf-8; method=PUBLISH", "deadlines.ics", buf_slice(&text));
	}
	mail_files(out, row, whole);
	mime_last(out, whole);
	buf_release(&text);
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

	if (!header_address_good(to)) {
		delivery_answer(delivery, SLICE("not sent: the person's mail address is none"));
		return false;
	}
	message_open(&message, content, options->exercise);
	mail_headers(&delivery->bytes, delivery->message, &message, options, to);
	mail_body(&delivery->bytes, delivery->message, &message);
	message_close(&message);
	if (buf_failed(&delivery->bytes)) {
		delivery_answer(delivery, SLICE("not sent: the message is too large"));
		return false;
	}
	return true;
}

static void mail_ended(struct smtp_letter *letter, enum smtp_end end, struct slice answer)
{
	static const char *const outcomes[] = {[SMTP_TAKEN] = "sent", [SMTP_REFUSED] = "failed", [SMTP_AGAIN] = "retry"};
	struct delivery *delivery = letter->arg;

	delivery_answer(delivery, answer);
	delivery_ended(delivery, outcomes[end]);
}

static void mail_start(struct delivery *delivery)
{
	delivery->letter = (struct smtp_letter){.from = delivery_sender(delivery), .to = json_text_of(json_member(json_member(delivery->message,
	    "content"), "person"), "mail"), .text = buf_slice(&delivery->bytes), .ended = mail_ended, .arg = delivery};
	smtp_send(delivery_smtp(delivery), &delivery->letter);
}

static void mail_give_up(struct delivery *delivery)
{
	smtp_give_up(&delivery->letter);
}

const struct channel channel_mail = {"mail", mail_ready, mail_prepare, mail_start, mail_give_up};
