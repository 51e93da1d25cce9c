/* What the officer sees during a review: the sure ones in a table, one clause beside its paragraph, the end. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "clause.h"
#include "read.h"
#include "review.h"

bool review_is(const struct review_item *item, const char *member)
{
	return item->correction != NULL && json_object_get(item->correction, member) != NULL;
}

bool review_sure(const struct review *review, const struct review_item *item)
{
	return json_number_value(json_member(item->clause, "confidence")) >= review->sure - 1e-9 &&
	    json_array_size(json_member(item->paragraph, "warnings")) == 0;
}

void review_count(const struct review *review, struct review_counts *ret)
{
	*ret = (struct review_counts){0};
	for (size_t i = 0; i < review->now.count; i++) {
		const struct review_item *item = &review->now.items[i];

		if (!item->decided)
			continue;
		else if (item->correction == NULL)
			ret->accepted++;
		else if (review_is(item, "add"))
			ret->added++;
		else if (review_is(item, "drop"))
			ret->dropped++;
		else if (review_is(item, "merge_into"))
			ret->merged++;
		else if (review_is(item, "split"))
			ret->split++;
		else
			ret->corrected++;
	}
}

void review_page_head(struct review *review)
{
	const json_t *r = review->resolution;
	struct page *page = &review->page;
	struct buf line;

	buf_init(&line, BUF_MAX_BODY);
	page_text(page, TONE_STRONG, json_text_of(r, "symbol"));
	buf_append_byte(&page->out, '\n');
	page_wrap(page, 0, json_text_of(r, "title"));
	if (json_flag_of(r, "confirmed")) {
		buf_printf(&line, "Confirmed by %s on %.10s. Correct an obligation with: mandate edit REF. What the reader missed can still be added.",
		    json_text_of(json_member(r, "confirmed_by"), "name"), json_text_of(r, "confirmed_at"));
		page_wrap(page, 0, buf_text(&line));
	}
	buf_append_byte(&page->out, '\n');
	buf_release(&line);
}

void review_page_sure(struct review *review)
{
	static const char *const titles[] = {"PARAGRAPH", "VERB", "OF WHOM", "KIND", "DUE"};
	struct table table = {.titles = titles, .columns = 5, .flexible = 2, .arena = arena_new()};
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	for (size_t i = 0; i < review->now.count; i++) {
		const json_t *clause = review->now.items[i].clause;
		const char *due = json_text_of(clause, "due_on");

		if (!review_sure(review, &review->now.items[i]))
			continue;
		table_add(&table, json_text_of(review->now.items[i].paragraph, "name"), TONE_STRONG);
		table_add(&table, json_text_of(clause, "verb"), TONE_PLAIN);
		buf_clear(&text);
		clause_value(json_member(clause, "addressees"), &text);
		table_add(&table, buf_text(&text), TONE_PLAIN);
		table_add(&table, json_text_of(clause, "kind"), TONE_PLAIN);
		buf_clear(&text);
		clause_value(json_member(clause, "deadline"), &text);
		table_add(&table, *due != '\0' ? due : buf_text(&text), TONE_PLAIN);
	}
	page_table(&review->page, &table);
	buf_release(&text);
	arena_free(table.arena);
}

/* The paragraph, the clause's own words apart from the rest: by colour, and without it by repeating them. */
static void review_page_text(struct review *review, const json_t *paragraph, const json_t *clause)
{
	struct slice text = slice_of(json_text_of(paragraph, "text")), own = slice_of(json_text_of(clause, "text")), part;
	ptrdiff_t at = own.len > 0 ? slice_find(text, own) : -1, found;
	struct marks marks = {.count = 0};
	const json_t *one;
	size_t i;

	if (at >= 0) {
		own = slice_cut(text, (size_t)at, (size_t)at + own.len);
		part = slice_of(json_text_of(json_member(clause, "deadline"), "text"));
		if (part.len > 0 && (found = slice_find(own, part)) >= 0)
			read_mark(&marks, text, slice_cut(own, (size_t)found, (size_t)found + part.len), TONE_WARN);
		json_array_foreach (json_member(clause, "addressees"), i, one) {
			part = slice_of(json_text_of(one, "text"));
			if (part.len > 0 && (found = slice_find(own, part)) >= 0)
				read_mark(&marks, text, slice_cut(own, (size_t)found, (size_t)found + part.len), TONE_MARK);
		}
		part = slice_of(json_text_of(clause, "verb"));
		if ((found = slice_find(own, part)) >= 0)
			read_mark(&marks, text, slice_cut(own, (size_t)found, (size_t)found + part.len), TONE_STRONG);
		read_mark(&marks, text, slice_cut(text, 0, (size_t)at), TONE_FAINT);
		read_mark(&marks, text, slice_from(text, (size_t)at + own.len), TONE_FAINT);
	}
	page_wrap_marked(&review->page, 4, text, marks.at, marks.count);
	if (!review->page.colour && at >= 0 && own.len < text.len) {
		char *words = xstrndup(own.at, own.len);

		page_field(&review->page, "words", words);
		free(words);
	}
}

/* The clauses that an item would be, from the service's answer; each with its number in turn. */
static void review_page_tried(struct review *review, const struct review_item *item)
{
	const char *name = json_text_of(item->paragraph, "name");
	const json_t *paragraph, *clause;
	int64_t n = json_integer_of(item->clause, "n");
	size_t i, j, nth = 0, seen = 0, part = 0;

	for (const struct review_item *other = review->now.items; other < item; other++)
		nth += review_is(other, "add") && strcmp(json_text_of(other->paragraph, "name"), name) == 0;
	json_array_foreach (json_member(item->paragraph, "clauses"), j, clause)
		nth += strcmp(json_text_of(clause, "origin"), "added") == 0;
	json_array_foreach (json_member(review->tried, "paragraphs"), i, paragraph) {
		if (strcmp(json_text_of(paragraph, "name"), name) != 0)
			continue;
		json_array_foreach (json_member(paragraph, "clauses"), j, clause) {
			bool is_new = strcmp(json_text_of(clause, "origin"), "added") == 0;
			bool mine = item->clause == NULL ? is_new && seen == nth
			    : json_integer_of(clause, "n") == n || json_integer_of(clause, "split_off") == n;

			seen += is_new;
			if (!mine)
				continue;
			if (review_is(item, "split"))
				buf_printf(&review->page.out, "part %zu\n", ++part);
			clause_page(&review->page, clause);
		}
	}
}

void review_page_item(struct review *review)
{
	const struct review_item *item = &review->now.items[review->now.at];
	const char *reason = json_text_of(item->clause, "reason");
	struct page *page = &review->page;
	const json_t *warning;
	struct buf line;
	size_t i;

	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&line, "%zu of %zu", review->now.at + 1, review->now.count);
	buf_append_byte(&page->out, '\n');
	page_text(page, TONE_STRONG, buf_text(&line));
	buf_printf(&page->out, "  paragraph %s, %s\n", json_text_of(item->paragraph, "name"), json_text_of(item->paragraph, "speaker"));
	review_page_text(review, item->paragraph, item->clause);
	buf_clear(&line);
	if (item->correction != NULL)
		review_page_tried(review, item);
	else
		clause_page(page, item->clause);
	if (item->clause != NULL) {
		buf_printf(&line, "%.2f%s%s", json_number_value(json_member(item->clause, "confidence")), *reason != '\0' ? ": " : "", reason);
		page_field(page, "confidence", buf_text(&line));
	}
	json_array_foreach (json_member(item->paragraph, "warnings"), i, warning)
		page_field(page, "warning", json_string_value(warning));
	buf_release(&line);
}

void review_page_help(struct review *review)
{
	buf_append_text(&review->page.out,
	    "  a               accept it as it stands here\n"
	    "  v VERB FORCE    the verb, its force or both: v Urges urging\n"
	    "  w WHOM          who is asked: w the Office = UNODC; States [consulted]\n"
	    "  k KIND          reporting, ratification, contribution, assistance, other …\n"
	    "  d DEADLINE      2005-10-31, session GA 60, within 6 months, every 2 years,\n"
	    "                  until 2005-12-31, event WORDS, soft WORDS, none\n"
	    "  s               split it in two, each with its own action;\n"
	    "                  then 2 k reporting is about the second part\n"
	    "  m               it says the same as the clause before it: merge the two\n"
	    "  x REASON        drop it: it asks nothing that is to be followed\n"
	    "  o LOGIN         who will follow it\n"
	    "  p PARAGRAPH     add a request that the reader missed there\n"
	    "  u               take the last step back\n"
	    "  q               leave; nothing is written\n");
}

static void summary_add(struct buf *out, size_t count, const char *what)
{
	if (count > 0)
		buf_printf(out, "%s%zu %s", out->len > 0 ? ", " : "", count, what);
}

void review_page_summary(struct review *review)
{
	struct review_counts counts;
	struct buf line;

	review_count(review, &counts);
	buf_init(&line, BUF_MAX_LINE);
	summary_add(&line, counts.accepted, "accepted");
	summary_add(&line, counts.corrected, "corrected");
	summary_add(&line, counts.split, "split");
	summary_add(&line, counts.merged, "merged");
	summary_add(&line, counts.dropped, "dropped");
	summary_add(&line, counts.added, "added");
	buf_printf(&review->page.out, "\n%s.\n", line.len > 0 ? buf_text(&line) : "Nothing waits to be looked at");
	buf_release(&line);
}
