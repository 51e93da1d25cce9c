/*
 * Reports, streamed. The database gives a page of records; a few are rendered and sent; when the client has
 * taken them the next few are, and when the page is told the next is asked for, at the same time of
 * knowledge. So the daemon never holds more than a page, and no turn of its loop is long.
 */
#include "report_reply.h"

#include "report/report.h"
#include "report/worker.h"

#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/alloc.h"
#include "request.h"
#include "routes.h"
#include "server.h"

#define REPORT_PIECE ((size_t)32 << 10) /* bytes rendered in one turn, about */
#define REPORT_LINES 64                 /* records in one turn, at most */

struct report_reply {
	struct request *request;
	struct report_options options;
	const struct report_format *format;
	struct report_stream *stream; /* of a format that is rendered here; */
	struct worker *worker;        /* else the process that does it */
	struct buf page;    /* what the database gave, as lines */
	struct slice rest;  /* of it, still to be rendered */
	struct buf cursor;  /* where the next page begins; empty: there is none */
	struct buf piece;   /* rendered, on its way */
	const char *name;   /* of the report, where the request has none */
	bool begun;         /* the head of the answer is out */
	bool ended;         /* the worker has all records */
};

static void report_paged(void *arg, const struct store_answer *answer);
static void report_more(void *arg);

static void report_free(void *arg)
{
	struct report_reply *reply = arg;

	report_stream_free(reply->stream);
	if (reply->worker != NULL)
		worker_drop(reply->worker);
	buf_release(&reply->page);
	buf_release(&reply->cursor);
	buf_release(&reply->piece);
	free(reply);
}

/* Our fault: the database's records are not what they should be. */
static void report_broken(struct report_reply *reply, const struct error *error)
{
	api_log(request_api(reply->request), LOG_ERR, "api: report in format %s: %s", reply->format->name, error->message);
	request_fail_error(reply->request, error, NULL);
}

/* The line {"next": CURSOR} is for us; all others are the report's. */
static bool report_is_next(struct slice line)
{
	return slice_starts(line, SLICE("{\"next\": "));
}

static void report_keep_cursor(struct report_reply *reply, struct slice line)
{
	if (reply->name != NULL)
		buf_printf(&reply->cursor, "\"name\":\"%s\",", reply->name);
	buf_append_text(&reply->cursor, "\"cursor\":");
	buf_append_slice(&reply->cursor, slice_cut(line, 9, line.len - 1));
}

/* To the worker: the lines as they are. How many bytes. */
static size_t report_feed_some(struct report_reply *reply)
{
	size_t fed = 0;
	struct slice line;

	while (fed < REPORT_PIECE && slice_take_until(&reply->rest, '\n', &line)) {
		if (report_is_next(line)) {
			report_keep_cursor(reply, line);
			continue;
		}
		worker_feed(reply->worker, line);
		worker_feed(reply->worker, SLICE("\n"));
		fed += line.len + 1;
		reply->ended = reply->ended || slice_starts(line, SLICE("{\"end\": "));
	}
	return fed;
}

static int report_render_some(struct report_reply *reply, struct error *error)
{
	int code = 0;

	for (int i = 0; code == 0 && i < REPORT_LINES && reply->piece.len < REPORT_PIECE; i++) {
		struct slice line;

		if (!slice_take_until(&reply->rest, '\n', &line))
			break;
		if (report_is_next(line)) {
			report_keep_cursor(reply, line);
		} else if (line.len > 0) {
			code = report_stream_record(reply->stream, line, &reply->piece, error);
		}
	}
	while (code == 0 && report_stream_ended(reply->stream) && report_stream_rest(reply->stream, &reply->piece))
		continue;
	return code;
}

static void report_next_page(struct report_reply *reply)
{
	struct error error = ERROR_NONE;

	buf_clear(&reply->page);
	if (reply->cursor.len == 0) {
		(void)error_set(&error, E_STORE, "bad_report", "the database gave no end and no more");
		report_broken(reply, &error);
		return;
	}
	request_call(reply->request, buf_slice(&reply->cursor), report_paged);
}

/* What was rendered goes out; report_more goes on when it has gone. */
static void report_send(struct report_reply *reply)
{
	struct request *request = reply->request;

	if (!reply->begun)
		request_stream_begin(request, 200, reply->format->type);
	reply->begun = true;
	if (reply->piece.len > 0 || report_stream_ended(reply->stream))
		request_stream_send(request, &reply->piece, report_stream_ended(reply->stream) ? NULL : report_more);
	else
		request_stream_later(request, report_more);
}

/* The worker has taken what it was fed. */
static void report_feed_more(void *arg)
{
	struct report_reply *reply = arg;

	if (reply->ended)
		worker_finish(reply->worker);
	else if (report_feed_some(reply) == 0)
		report_next_page(reply);
}

static void report_more(void *arg)
{
	struct report_reply *reply = arg;
	struct error error = ERROR_NONE;

	if (reply->rest.len == 0) {
		report_next_page(reply);
		return;
	}
	if (report_render_some(reply, &error) != 0)
		report_broken(reply, &error);
	else
		report_send(reply);
}

/* The client has taken a piece of what the worker gave. */
static void report_took(void *arg)
{
	struct report_reply *reply = arg;

	if (reply->worker != NULL)
		worker_hold(reply->worker, false);
	else
		request_stream_send(reply->request, &reply->piece, NULL);
}

static void report_gave(void *arg, struct slice bytes)
{
	struct report_reply *reply = arg;

	if (!reply->begun)
		request_stream_begin(reply->request, 200, reply->format->type);
	reply->begun = true;
	buf_append_slice(&reply->piece, bytes);
	worker_hold(reply->worker, true);
	request_stream_send(reply->request, &reply->piece, report_took);
}

/* The worker's last piece may still be on its way: report_took ends the answer then. */
static void report_worked(void *arg, const struct error *error)
{
	struct report_reply *reply = arg;

	reply->worker = NULL;
	if (error != NULL)
		report_broken(reply, error);
	else if (reply->begun)
		request_stream_later(reply->request, report_took);
	else
		report_broken(reply, &(struct error){E_SYSTEM, "our_fault", "the report came out empty"});
}

static const struct worker_events report_events = {.fed = report_feed_more, .gave = report_gave, .ended = report_worked};

static void report_paged(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	struct report_reply *reply = request_state(request);

	if (!request_answered(request, answer))
		return;
	buf_clear(&reply->cursor);
	buf_append(&reply->page, answer->json, answer->len);
	reply->rest = buf_slice(&reply->page);
	if (reply->worker != NULL)
		report_feed_more(reply);
	else
		report_more(reply);
}

/* Members of the request for the function: the filter as it was typed stands in the report. */
static void report_words(struct request *request, const char *name, struct buf *more)
{
	const struct shape_value *filter = shape_find(request_values(request), "filter");
	struct json_writer writer;

	buf_init(more, BUF_MAX_LINE);
	buf_append_text(more, "\"filter_words\":");
	json_write_init(&writer, more);
	json_write_slice(&writer, filter ? filter->words : SLICE(""));
	if (name != NULL)
		buf_printf(more, ",\"name\":\"%s\"", name);
}

static const char *report_value(struct request *request, const char *name)
{
	const struct shape_value *value = shape_find(request_values(request), name);

	return value ? request_keep(request, value->text) : NULL;
}

/* Of a shape that was checked to be a number. */
static int report_number(const char *text)
{
	struct slice digits = slice_of(text);
	uint64_t number = 0;

	return text != NULL && slice_take_number(&digits, INT32_MAX, &number) ? (int)number : 0;
}

static void report_busy(struct request *request, const struct error *error)
{
	struct problem problem = {.status = error->code == E_CONFLICT ? 503 : 500, .code = error->name, .detail = error->message,
	    .retry_after = error->code == E_CONFLICT ? 2 : 0};

	request_fail(request, &problem);
}

void report_get(struct request *request)
{
	report_answer(request, NULL, report_value(request, "format"));
}

void report_answer(struct request *request, const char *name, const char *format)
{
	const char *width = report_value(request, "width");
	const char *colour = report_value(request, "colour");
	struct report_reply *reply = xcalloc(1, sizeof *reply);
	struct error error = ERROR_NONE;
	struct buf more;

	reply->request = request;
	reply->options = (struct report_options){report_value(request, "lang"), report_number(width),
	    colour != NULL && strcmp(colour, "yes") == 0};
	buf_init(&reply->page, BUF_MAX_DOCUMENT);
	buf_init(&reply->cursor, BUF_MAX_BODY);
	buf_init(&reply->piece, BUF_MAX_DOCUMENT);
	request_set_state(request, reply, report_free);
	if (report_format_choose(format ? format : "json", &reply->options, &reply->format, &error) != 0) {
		request_fail_error(request, &error, "format");
		return;
	}
	if (reply->format->place == REPORT_IN_DAEMON) {
		reply->stream = report_stream_new(reply->format, &reply->options);
	} else if (worker_start(request_api(request)->base, reply->format, &reply->options, &report_events, reply, &reply->worker, &error) != 0) {
		report_busy(request, &error);
		return;
	}
	reply->name = name;
	report_words(request, name, &more);
	request_call(request, buf_slice(&more), report_paged);
	buf_release(&more);
}
