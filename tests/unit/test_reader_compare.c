/* Two texts beside each other: every verdict, and what is asked otherwise. */
#include "reader_case.h"

#include <stdlib.h>

#include "reader/compare.h"

#define OLD                                                                                                \
	"The General Assembly,\n\nRecalling its resolution 58/1 of 1 October 2003,\n\n"                    \
	"1. Welcomes the report of the Office on the trade in salt;\n\n"                                  \
	"2. Requests the Secretary-General to report on the trade in salt at its sixtieth session;\n\n"   \
	"3. Urges all States to lower the price of salt in their markets without delay;\n\n"              \
	"4. Invites the Fund to lend money to farmers who dig wells in dry places.\n"
#define NEW                                                                                                \
	"The General Assembly,\n\nRecalling its resolution 59/1 of 1 October 2004,\n\n"                    \
	"1. Encourages all States to lower the price of salt in their markets without delay;\n\n"         \
	"2. Welcomes the report of the Office on the trade in salt;\n\n"                                  \
	"3. Requests the Secretary-General to report on the trade in salt at its sixty-first session;\n\n" \
	"4. Decides to convene a conference of bakers in Geneva.\n"

struct both {
	struct reading *from, *to;
	struct comparison *comparison;
};

static struct both both_of(const char *from, const char *to)
{
	struct both both = {.from = reader_case_read(from), .to = reader_case_read(to)};

	both.comparison = comparison_new(both.from, both.to);
	return both;
}

static void both_free(struct both *both)
{
	comparison_free(both->comparison);
	reading_free(both->from);
	reading_free(both->to);
}

/* "verdict old-label new-label" of the operative pairs, "m" behind those that moved. */
static void expect_pairs(const char *from, const char *to, const char *wanted)
{
	struct both both = both_of(from, to);
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	for (size_t i = 0; i < both.comparison->pair_count; i++) {
		const struct compare_pair *pair = &both.comparison->pairs[i];

		if ((pair->to != NULL ? pair->to : pair->from)->part != PART_OPERATIVE)
			continue;
		buf_printf(&out, "%s%s %.*s %.*s%s", out.len > 0 ? "; " : "", compare_verdict_name(pair->verdict),
		    SLICE_ARG(pair->from != NULL ? pair->from->label : SLICE("-")),
		    SLICE_ARG(pair->to != NULL ? pair->to->label : SLICE("-")), pair->moved ? " m" : "");
	}
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
	both_free(&both);
}

static void paragraphs_are_renewed_changed_new_or_dropped(void **state)
{
	(void)state;
	expect_pairs(OLD, NEW, "changed 3 1 m; same 1 2; changed 2 3; new - 4; dropped 4 -");
}

static void a_text_is_its_own_renewal(void **state)
{
	(void)state;
	expect_pairs(OLD, OLD, "same 1 1; same 2 2; same 3 3; same 4 4");
}

static const struct compare_pair *pair_of(const struct both *both, const char *label)
{
	for (size_t i = 0; i < both->comparison->pair_count; i++) {
		const struct compare_pair *pair = &both->comparison->pairs[i];

		if (pair->to != NULL && pair->to->part == PART_OPERATIVE && slice_is(pair->to->label, label))
			return pair;
	}
	fail_msg("no pair %s", label);
	return NULL;
}

static void what_is_asked_otherwise_is_said(void **state)
{
	struct both both = both_of(OLD, NEW);
	const struct compare_pair *pair = pair_of(&both, "3");

	(void)state;
	assert_int_equal(pair->change_count, 1);
	assert_string_equal(pair->changes[0].what, "deadline");
	assert_true(slice_is(pair->changes[0].from, "GA 60"));
	assert_true(slice_is(pair->changes[0].to, "GA 61"));
	pair = pair_of(&both, "1");
	assert_int_equal(pair->change_count, 1);
	assert_string_equal(pair->changes[0].what, "force");
	assert_true(slice_is(pair->changes[0].from, "urging"));
	assert_true(slice_is(pair->changes[0].to, "encouragement"));
	both_free(&both);
}

static void requests_that_came_and_went_are_said(void **state)
{
	struct both both = both_of("The General Assembly,\n\n1. Welcomes the plan for salt and requests the Council to publish it;\n",
	    "The General Assembly,\n\n1. Welcomes the plan for salt and urges all States to publish it, and invites the Fund to pay;\n");
	const struct compare_pair *pair = pair_of(&both, "1");
	size_t requests = 0;

	(void)state;
	for (size_t i = 0; i < pair->change_count; i++)
		requests += strcmp(pair->changes[i].what, "request") == 0 && pair->changes[i].from.len == 0;
	assert_int_equal(requests, 1);
	both_free(&both);
}

static void changed_words_are_marked_and_put_the_texts_together_again(void **state)
{
	struct both both = both_of(OLD, NEW);
	const struct compare_pair *pair = pair_of(&both, "3");
	struct buf from, to;

	(void)state;
	buf_init(&from, BUF_MAX_LINE);
	buf_init(&to, BUF_MAX_LINE);
	for (size_t i = 0; i < pair->run_count; i++) {
		const struct compare_run *run = &pair->runs[i];

		if (run->mark != COMPARE_ADDED)
			buf_printf(&from, "%s%.*s", from.len > 0 ? " " : "", SLICE_ARG(run->text));
		if (run->mark != COMPARE_GONE)
			buf_printf(&to, "%s%.*s", to.len > 0 ? " " : "", SLICE_ARG(run->text));
	}
	assert_true(slice_equal(buf_slice(&from), pair->from->text));
	assert_true(slice_equal(buf_slice(&to), pair->to->text));
	buf_release(&from);
	buf_release(&to);
	assert_int_equal(pair->run_count, 4);
	assert_true(slice_is(pair->runs[1].text, "sixtieth"));
	assert_true(slice_is(pair->runs[2].text, "sixty-first"));
	both_free(&both);
}

static void an_empty_side_is_all_new_or_all_dropped(void **state)
{
	(void)state;
	expect_pairs("The General Assembly,\n\n1. Welcomes the report.\n", "The General Assembly,\n\n1. Decides to buy salt and bread for all.\n",
	    "new - 1; dropped 1 -");
}

static void a_paragraph_that_only_moved_is_the_same(void **state)
{
	(void)state;
	expect_pairs("The General Assembly,\n\n1. Welcomes the report of the Office on salt;\n\n2. Urges all States to eat bread;\n\n"
	             "3. Decides to meet in Geneva.\n",
	    "The General Assembly,\n\n1. Urges all States to eat bread;\n\n2. Decides to meet in Geneva;\n\n"
	    "3. Welcomes the report of the Office on salt.\n", "same 2 1; same 3 2; same 1 3 m");
}

static void a_symbol_is_one_word(void **state)
{
	struct both both = both_of("The General Assembly,\n\n1. Recalls its resolution 58/10 on the trade in salt;\n",
	    "The General Assembly,\n\n1. Recalls its resolution 59/10 on the trade in salt;\n");
	const struct compare_pair *pair = pair_of(&both, "1");

	(void)state;
	assert_int_equal(pair->run_count, 4);
	assert_true(slice_is(pair->runs[1].text, "58/10"));
	both_free(&both);
}

/* Many paragraphs in the opposite order: all found again, in time that a test can wait for. */
static void a_long_text_finds_its_reverse(void **state)
{
	struct buf from, to;
	struct both both;

	(void)state;
	buf_init(&from, READER_MAX);
	buf_init(&to, READER_MAX);
	buf_append_text(&from, "The General Assembly,\n\n");
	buf_append_text(&to, "The General Assembly,\n\n");
	for (int i = 1; i <= 900; i++) {
		buf_printf(&from, "%d. Requests station %d to count the sheep of valley %d;\n\n", i, i * 7, i * 13);
		buf_printf(&to, "%d. Requests station %d to count the sheep of valley %d;\n\n", i, (901 - i) * 7, (901 - i) * 13);
	}
	both = both_of(buf_text(&from), buf_text(&to));
	assert_int_equal(both.comparison->counts[COMPARE_SAME], 900);
	assert_int_equal(both.comparison->moved, 899);
	both_free(&both);
	buf_release(&from);
	buf_release(&to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paragraphs_are_renewed_changed_new_or_dropped),
		cmocka_unit_test(a_text_is_its_own_renewal),
		cmocka_unit_test(what_is_asked_otherwise_is_said),
		cmocka_unit_test(requests_that_came_and_went_are_said),
		cmocka_unit_test(changed_words_are_marked_and_put_the_texts_together_again),
		cmocka_unit_test(an_empty_side_is_all_new_or_all_dropped),
		cmocka_unit_test(a_paragraph_that_only_moved_is_the_same),
		cmocka_unit_test(a_symbol_is_one_word),
		cmocka_unit_test(a_long_text_finds_its_reverse),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
