/*
 * Scheduled reports: one at a time is claimed under a lease, made by a process of its own from the pages that the
 * database gives, and handed to the outbox as a file. What is lost on the way is made again, the same.
 */
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <openssl/evp.h>

#include "base/alloc.h"
#include "round.h"

#define DOCUMENT_MOST ((size_t)20 << 20) /* what mail servers take, about */
#define PIECE ((size_t)32 << 10)         /* bytes fed in one turn, about */

static void document_paged(void *arg, const struct store_answer *answer);
static void document_fail(struct document *document, const char *why);

static const char *document_text(const struct document *document, const char *member)
{
	return json_text_of(document->claimed, member);
}

static void document_drop(struct document *document)
{
	if (document->call != NULL)
		store_cancel(document->call);
	if (document->worker != NULL)
		worker_drop(document->worker);
	document->call = NULL;
	document->worker = NULL;
	document->ended = false;
	buf_release(&document->page);
	buf_release(&document->cursor);
	buf_release(&document->bytes);
	document->rest = SLICE("");
	json_decref(document->claimed);
	document->claimed = NULL;
}

static void document_init(struct document *document)
{
	buf_init(&document->page, BUF_MAX_DOCUMENT);
	buf_init(&document->cursor, BUF_MAX_BODY);
	buf_init(&document->bytes, DOCUMENT_MOST);
}

/* Where it could not be recorded, we claim it again under our own name, and it is made again. */
static void document_recorded(void *arg, const struct store_answer *answer)
{
	struct document *document = arg;
	struct remind *remind = document->remind;
	json_t *recorded;

	document->call = NULL;
	if (answer->outcome == STORE_FAILED && strcmp(document->outcome, "failed") != 0) {
		document_fail(document, answer->message);
		return;
	}
	if (remind_read(remind, answer, &recorded)) {
		if (!json_flag_of(recorded, "recorded"))
			remind_log(remind, LOG_WARNING, "remind: report %lld was ended, or made elsewhere", (long long)json_integer_of(document->claimed, "id"));
		else if (json_integer_of(recorded, "messages") > 0)
			remind_log(remind, LOG_INFO, "remind: report %lld is in the outbox, as %lld messages", (long long)json_integer_of(document->claimed, "id"),
			    (long long)json_integer_of(recorded, "messages"));
		json_decref(recorded);
		if (strcmp(document->outcome, "back") != 0)
			remind_schedule(remind, 0);
	}
	document_drop(document);
	remind_look_idle(remind);
}

/* Ends it: made, too_big, failed or back. Takes more, the members that go with the outcome, or NULL. */
static void document_done(struct document *document, const char *outcome, json_t *more_take)
{
	struct remind *remind = document->remind;
	json_t *request = json_pack("{s:O, s:s, s:s}", "id", json_member(document->claimed, "id"), "worker", remind->worker, "outcome", outcome);

	if (document->call != NULL)
		store_cancel(document->call);
	if (document->worker != NULL)
		worker_drop(document->worker);
	document->worker = NULL;
	document->outcome = outcome;
	if (more_take != NULL)
		json_object_update(request, more_take);
	json_decref(more_take);
	document->call = remind_call(remind, "api.report_schedule_done", request, document_recorded, document);
	if (document->call == NULL) {
		document_drop(document);
		remind_look_idle(remind);
	}
}

static void document_fail(struct document *document, const char *why)
{
	remind_log(document->remind, LOG_WARNING, "remind: report %lld cannot be made: %s", (long long)json_integer_of(document->claimed, "id"), why);
	document_done(document, "failed", json_pack("{s:s}", "why", why));
}

static json_t *document_file(const struct document *document)
{
	char *name = xasprintf("%s-%s.%s", document_text(document, "name"), document_text(document, "as_of"), document->format->extension);
	json_t *file = json_pack("{s:s}", "file", name);

	free(name);
	return file;
}

static void document_made(struct document *document)
{
	char *base64 = xmalloc(4 * ((document->bytes.len + 2) / 3) + 1);
	json_t *more = document_file(document);

	EVP_EncodeBlock((unsigned char *)base64, (const unsigned char *)document->bytes.at, (int)document->bytes.len);
	json_object_set_new(more, "type", json_string(document->format->type));
	json_object_set_new(more, "base64", json_string(base64));
	free(base64);
	document_done(document, "made", more);
}

static void document_ask(struct document *document)
{
	json_t *request = json_pack("{s:O, s:s}", "id", json_member(document->claimed, "id"), "worker", document->remind->worker), *cursor = NULL;
	struct error error = ERROR_NONE;

	if (document->cursor.len > 0 && json_read(buf_slice(&document->cursor), &cursor, &error) == 0)
		json_object_set_new(request, "cursor", cursor);
	document->call = remind_call(document->remind, "api.report_schedule_page", request, document_paged, document);
	if (document->call == NULL)
		document_done(document, "back", NULL);
}

/* How many bytes. The line {"next": CURSOR} is for us; all others are the report's. */
static size_t document_feed_some(struct document *document)
{
	struct slice line;
	size_t fed = 0;

	while (fed < PIECE && slice_take_until(&document->rest, '\n', &line)) {
		if (slice_starts(line, SLICE("{\"next\": "))) {
			buf_append_slice(&document->cursor, slice_cut(line, 9, line.len - 1));
			continue;
		}
		worker_feed(document->worker, line);
		worker_feed(document->worker, SLICE("\n"));
		fed += line.len + 1;
		document->ended = document->ended || slice_starts(line, SLICE("{\"end\": "));
	}
	return fed;
}

static void document_feed(void *arg)
{
	struct document *document = arg;

	if (document->ended)
		worker_finish(document->worker);
	else if (document_feed_some(document) > 0)
		return;
	else if (document->cursor.len > 0)
		document_ask(document);
	else
		document_fail(document, "the database gave no end and no more");
}

static void document_paged(void *arg, const struct store_answer *answer)
{
	struct document *document = arg;

	document->call = NULL;
	if (answer->outcome == STORE_LOST || answer->outcome == STORE_LATE) {
		remind_log(document->remind, LOG_WARNING, "remind: report %lld: %s; it is made again", (long long)json_integer_of(document->claimed, "id"), answer->message);
		document_done(document, "back", NULL);
	} else if (answer->outcome != STORE_OK) {
		document_fail(document, answer->message);
	} else {
		buf_clear(&document->page);
		buf_clear(&document->cursor);
		buf_append(&document->page, answer->json, answer->len);
		document->rest = buf_slice(&document->page);
		document_feed(document);
	}
}

static void document_gave(void *arg, struct slice bytes)
{
	struct document *document = arg;

	buf_append_slice(&document->bytes, bytes);
	if (buf_failed(&document->bytes))
		document_done(document, "too_big", document_file(document));
}

static void document_worked(void *arg, const struct error *error)
{
	struct document *document = arg;

	document->worker = NULL;
	if (error != NULL)
		document_fail(document, error->message);
	else
		document_made(document);
}

static const struct worker_events document_events = {.fed = document_feed, .gave = document_gave, .ended = document_worked};

/* In a process of its own whatever the format: nobody waits for it, and the loop has other work. */
static void document_begin(struct document *document)
{
	const char *language = document_text(document, "lang");
	struct report_options options = {.language = *language != '\0' ? language : NULL};
	struct error error = ERROR_NONE;

	document_init(document);
	if (document->remind->stopping)
		document_done(document, "back", NULL);
	else if (report_format_choose(document_text(document, "format"), &options, &document->format, &error) != 0)
		document_fail(document, error.message);
	else if (worker_start(document->remind->base, document->format, &options, &document_events, document, &document->worker, &error) == 0)
		document_ask(document);
	else if (error.code == E_CONFLICT) /* the next round tries again */
		document_done(document, "back", NULL);
	else
		document_fail(document, error.message);
}

static void document_claimed(void *arg, const struct store_answer *answer)
{
	struct document *document = arg;
	json_t *claimed;

	document->call = NULL;
	if (remind_read(document->remind, answer, &claimed)) {
		if (json_is_object(json_member(claimed, "schedule")))
			document->claimed = json_incref(json_object_get(claimed, "schedule"));
		json_decref(claimed);
	}
	if (document->claimed != NULL)
		document_begin(document);
	else
		remind_look_idle(document->remind);
}

void document_claim(struct document *document)
{
	struct remind *remind = document->remind;

	if (document->call == NULL && document->claimed == NULL && !remind->stopping)
		document->call = remind_call(remind, "api.report_schedule_claim", json_pack("{s:s}", "worker", remind->worker), document_claimed, document);
}

void document_open(struct document *document, struct remind *remind)
{
	*document = (struct document){.remind = remind};
}

/* One that is being made goes back; one that is made is recorded. */
void document_stop(struct document *document)
{
	if (document->worker != NULL)
		document_done(document, "back", NULL);
}

bool document_is_idle(const struct document *document)
{
	return document->call == NULL && document->claimed == NULL;
}

void document_close(struct document *document)
{
	document_drop(document);
}
