/* compare: two resolutions paragraph by paragraph, offline. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/place.h"
#include "compare_page.h"
#include "exit.h"
#include "input.h"
#include "print.h"
#include "reader/compare.h"

static int compare_read(const struct reader *reader, const char *file, const struct reader_given *given, struct reading **ret,
    struct error *error)
{
	struct buf text;
	int code;

	buf_init(&text, READER_MAX);
	code = input_read(file, &text, error);
	if (code == 0 && (code = reader_read_given(reader, buf_slice(&text), given, ret, error)) != 0)
		error_prefix(error, "%s", strcmp(file, "-") == 0 ? "standard input" : file);
	buf_release(&text);
	return code;
}

/* Words that went and came, in colour or in [-brackets-]{+like these+}. */
static void compare_runs(struct page *page, const struct compare_pair *pair)
{
	static const char *const marks[][2] = {{"", ""}, {"[-", "-]"}, {"{+", "+}"}};
	static const enum tone tones[] = {TONE_PLAIN, TONE_BAD, TONE_GOOD};
	struct mark *shown = xcalloc(pair->run_count + 1, sizeof *shown);
	size_t count = 0;
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	for (size_t i = 0; i < pair->run_count; i++) {
		const struct compare_run *run = &pair->runs[i];
		size_t start;

		if (i > 0)
			buf_append_byte(&text, ' ');
		start = text.len;
		buf_printf(&text, "%s%.*s%s", page->colour ? "" : marks[run->mark][0], SLICE_ARG(run->text),
		    page->colour ? "" : marks[run->mark][1]);
		if (run->mark != COMPARE_KEPT)
			shown[count++] = (struct mark){start, text.len, tones[run->mark]};
	}
	page_wrap_marked(page, 4, buf_slice(&text), shown, count);
	buf_release(&text);
	free(shown);
}

void compare_change_text(const struct compare_change *change, struct buf *out)
{
	if (change->to.len == 0 && strcmp(change->what, "request") == 0)
		buf_printf(out, "no longer asked: %.*s", SLICE_ARG(change->from));
	else if (change->from.len == 0 && strcmp(change->what, "request") == 0)
		buf_printf(out, "newly asked: %.*s", SLICE_ARG(change->to));
	else
		buf_printf(out, "%.*s, %s: %.*s → %.*s", SLICE_ARG(change->verb), change->what,
		    SLICE_ARG(change->from.len > 0 ? change->from : SLICE("none")),
		    SLICE_ARG(change->to.len > 0 ? change->to : SLICE("none")));
}

static void compare_changes(struct page *page, const struct compare_pair *pair)
{
	for (size_t i = 0; i < pair->change_count; i++) {
		struct buf line;

		buf_init(&line, BUF_MAX_BODY);
		buf_append_text(&line, "→ ");
		compare_change_text(&pair->changes[i], &line);
		page_wrap(page, 6, buf_text(&line));
		buf_release(&line);
	}
}

static const char *compare_part(const struct paragraph *paragraph)
{
	return paragraph->part == PART_PREAMBULAR ? "preamble" : "paragraph";
}

void compare_pair_name(const struct compare_pair *pair, struct buf *out)
{
	const struct paragraph *paragraph = pair->to != NULL ? pair->to : pair->from;

	buf_printf(out, "%s%s%.*s", compare_part(paragraph), paragraph->label.len > 0 ? " " : "", SLICE_ARG(paragraph->label));
	if (pair->from != NULL && pair->to != NULL && !slice_equal(pair->from->label, pair->to->label))
		buf_printf(out, " (was %.*s)", SLICE_ARG(pair->from->label.len > 0 ? pair->from->label : SLICE("without a number")));
	buf_printf(out, ": %s%s", pair->verdict == COMPARE_SAME ? "word for word" : compare_verdict_name(pair->verdict),
	    pair->moved ? ", moved" : "");
}

static void compare_head(struct page *page, const struct compare_pair *pair)
{
	static const enum tone tones[] = {TONE_PLAIN, TONE_WARN, TONE_GOOD, TONE_BAD};
	struct buf line;

	buf_init(&line, BUF_MAX_LINE);
	compare_pair_name(pair, &line);
	buf_append_byte(&page->out, '\n');
	page_text(page, tones[pair->verdict], buf_text(&line));
	buf_append_byte(&page->out, '\n');
	buf_release(&line);
}

bool compare_shows(const struct compare_sides *sides, const struct compare_pair *pair)
{
	return sides->all || pair->verdict != COMPARE_SAME || pair->moved || pair->change_count > 0;
}

static void compare_pair(struct page *page, const struct compare_pair *pair)
{
	const struct paragraph *paragraph = pair->to != NULL ? pair->to : pair->from;
	char *text;

	compare_head(page, pair);
	if (pair->verdict == COMPARE_CHANGED) {
		compare_runs(page, pair);
	} else {
		text = xstrndup(paragraph->text.at, paragraph->text.len);
		page_wrap(page, 4, text);
		free(text);
	}
	compare_changes(page, pair);
}

static void compare_name(struct page *page, const char *file, const struct reading *reading)
{
	char date[DATE_TEXT] = "";

	if (reading->has_adopted_on)
		date_format(reading->adopted_on, date);
	if (reading->symbol.len > 0)
		page_slice(page, TONE_STRONG, reading->symbol);
	else
		page_text(page, TONE_STRONG, file);
	buf_printf(&page->out, "%s%s%s%.*s\n", date[0] != '\0' ? ", " : "", date, reading->title.len > 0 ? ": " : "",
	    SLICE_ARG(reading->title));
}

void compare_warnings(const struct compare_sides *sides, struct buf *out)
{
	const struct reading *from = sides->reading[0], *to = sides->reading[1];

	if (strcmp(from->body, to->body) != 0)
		buf_printf(out, "Two bodies: %s and %s.\n", from->body[0] ? from->body : "unknown", to->body[0] ? to->body : "unknown");
	if (strcmp(from->language, to->language) != 0)
		buf_printf(out, "Two languages: %s and %s; nothing can be renewed word for word.\n", from->language, to->language);
}

void compare_counts(const struct comparison *comparison, struct buf *out)
{
	buf_printf(out, "%zu renewed word for word, %zu changed, %zu new, %zu dropped", comparison->counts[COMPARE_SAME],
	    comparison->counts[COMPARE_CHANGED], comparison->counts[COMPARE_NEW], comparison->counts[COMPARE_DROPPED]);
	if (comparison->moved > 0)
		buf_printf(out, "; %zu of them moved", comparison->moved);
	buf_append_text(out, ".\n");
}

static void compare_page(struct page *page, const struct compare_sides *sides)
{
	for (int side = 0; side < 2; side++)
		compare_name(page, sides->file[side], sides->reading[side]);
	compare_warnings(sides, &page->out);
	compare_counts(sides->comparison, &page->out);
	for (size_t i = 0; i < sides->comparison->pair_count; i++)
		if (compare_shows(sides, &sides->comparison->pairs[i]))
			compare_pair(page, &sides->comparison->pairs[i]);
}

static void json_member_slice(struct json_writer *writer, const char *key, struct slice text)
{
	json_write_key(writer, key);
	json_write_slice(writer, text);
}

static void compare_json_paragraph(struct json_writer *writer, const char *key, const struct paragraph *paragraph)
{
	json_write_key(writer, key);
	if (paragraph == NULL) {
		json_write_null(writer);
		return;
	}
	json_write_object(writer);
	json_member_slice(writer, "part", slice_of(part_name(paragraph->part)));
	json_member_slice(writer, "label", paragraph->label);
	json_member_slice(writer, "text", paragraph->text);
	json_write_key(writer, "start");
	json_write_integer(writer, (int64_t)paragraph->where.start);
	json_write_key(writer, "end");
	json_write_integer(writer, (int64_t)paragraph->where.end);
	json_write_end(writer);
}

static void compare_json_pair(struct json_writer *writer, const struct compare_pair *pair)
{
	static const char *const marks[] = {"kept", "gone", "added"};

	json_write_object(writer);
	json_member_slice(writer, "verdict", slice_of(compare_verdict_name(pair->verdict)));
	json_write_key(writer, "moved");
	json_write_boolean(writer, pair->moved);
	compare_json_paragraph(writer, "old", pair->from);
	compare_json_paragraph(writer, "new", pair->to);
	json_write_key(writer, "words");
	json_write_array(writer);
	for (size_t i = 0; i < pair->run_count; i++) {
		json_write_object(writer);
		json_member_slice(writer, "mark", slice_of(marks[pair->runs[i].mark]));
		json_member_slice(writer, "text", pair->runs[i].text);
		json_write_end(writer);
	}
	json_write_end(writer);
	json_write_key(writer, "changes");
	json_write_array(writer);
	for (size_t i = 0; i < pair->change_count; i++) {
		json_write_object(writer);
		json_member_slice(writer, "verb", pair->changes[i].verb);
		json_member_slice(writer, "what", slice_of(pair->changes[i].what));
		json_member_slice(writer, "old", pair->changes[i].from);
		json_member_slice(writer, "new", pair->changes[i].to);
		json_write_end(writer);
	}
	json_write_end(writer);
	json_write_end(writer);
}

static void compare_json(struct buf *out, const struct reading *from, const struct reading *to,
    const struct comparison *comparison)
{
	struct json_writer writer;

	json_write_init(&writer, out);
	json_write_object(&writer);
	json_member_slice(&writer, "old", from->symbol);
	json_member_slice(&writer, "new", to->symbol);
	json_write_key(&writer, "counts");
	json_write_object(&writer);
	for (enum compare_verdict verdict = COMPARE_SAME; verdict <= COMPARE_DROPPED; verdict++) {
		json_write_key(&writer, compare_verdict_name(verdict));
		json_write_integer(&writer, (int64_t)comparison->counts[verdict]);
	}
	json_write_key(&writer, "moved");
	json_write_integer(&writer, (int64_t)comparison->moved);
	json_write_end(&writer);
	json_write_key(&writer, "paragraphs");
	json_write_array(&writer);
	for (size_t i = 0; i < comparison->pair_count; i++)
		compare_json_pair(&writer, &comparison->pairs[i]);
	json_write_end(&writer);
	json_write_end(&writer);
	buf_append_byte(out, '\n');
}

static int compare_files(const struct reader *reader, const struct invocation *invocation, struct page *page)
{
	struct error error = ERROR_NONE;
	const struct reader_given given = {.language = option_value(invocation, OPTION_LANGUAGE)};
	struct reading *from = NULL, *to = NULL;
	struct comparison *comparison;
	struct compare_sides sides;
	int code = compare_read(reader, invocation->words[0], &given, &from, &error);

	if (code == 0)
		code = compare_read(reader, invocation->words[1], &given, &to, &error);
	if (code != 0) {
		reading_free(from);
		return exit_fail(&error);
	}
	comparison = comparison_new(from, to);
	sides = (struct compare_sides){{invocation->words[0], invocation->words[1]}, {from, to}, comparison,
	    invocation->options[OPTION_ALL] != NULL};
	if (format_is(invocation, "json"))
		compare_json(&page->out, from, to, comparison);
	else if (format_is(invocation, "markdown"))
		compare_markdown(&sides, &page->out);
	else
		compare_page(page, &sides);
	comparison_free(comparison);
	reading_free(from);
	reading_free(to);
	return EXIT_DONE;
}

int compare_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	char *data = place_data();
	struct reader *reader = reader_open(data, &error);
	struct page page;
	int code;

	free(data);
	if (reader == NULL)
		return exit_fail(&error);
	input_start();
	page_init(&page, invocation);
	code = compare_files(reader, invocation, &page);
	reader_close(reader);
	return page_finish(&page, code);
}
