/* E/RES/2004/23 in the distorted form in which it came reads as it should. */
#include "reader_case.h"

#include "base/file.h"

static struct reading *reading;

static const struct paragraph *operative(const char *label, int nest)
{
	for (size_t i = 0; i < reading->paragraph_count; i++)
		if (reading->paragraphs[i].part == PART_OPERATIVE && reading->paragraphs[i].nest == nest &&
		    slice_is(reading->paragraphs[i].label, label))
			return &reading->paragraphs[i];
	fail_msg("no paragraph %s", label);
	return NULL;
}

static void expect(const char *label, const char *lemma, const char *force, const char *name)
{
	const struct paragraph *paragraph = operative(label, strcmp(label, "0") != 0);

	for (size_t i = 0; i < paragraph->clause_count; i++) {
		const struct clause *clause = &paragraph->clauses[i];

		if (!slice_is(clause->lemma, lemma))
			continue;
		assert_string_equal(clause->force, force);
		assert_true(clause->obligation);
		assert_true(slice_is(clause->addressees[0].name, name));
		return;
	}
	fail_msg("paragraph %s has no clause with the verb %s", label, lemma);
}

static void the_masthead_and_closing_line_are_read(void **state)
{
	char day[DATE_TEXT];

	(void)state;
	assert_true(slice_is(reading->symbol, "E/RES/2004/23"));
	assert_string_equal(reading->body, "ECOSOC");
	assert_string_equal(reading->recommends_to, "GA");
	assert_true(slice_is(reading->meeting, "47th plenary meeting"));
	assert_true(slice_starts(reading->title, SLICE("International cooperation in the fight against")));
	assert_true(reading->has_adopted_on);
	date_format(reading->adopted_on, day);
	assert_string_equal(day, "2004-07-21");
}

static void the_council_asks_the_assembly(void **state)
{
	(void)state;
	assert_string_equal(operative("0", 0)->speaker, "ECOSOC");
	expect("0", "recommend", "encouragement", "General Assembly");
}

static void inside_the_draft_the_assembly_speaks(void **state)
{
	(void)state;
	for (char label[2] = "1"; label[0] <= '9'; label[0]++)
		assert_string_equal(operative(label, 1)->speaker, "GA");
}

static void paragraphs_one_and_two_ask_nothing(void **state)
{
	(void)state;
	assert_int_equal(operative("1", 1)->clause_count, 1);
	assert_false(operative("1", 1)->clauses[0].obligation);
	assert_int_equal(operative("2", 1)->clause_count, 1);
	assert_false(operative("2", 1)->clauses[0].obligation);
}

static void paragraph_two_is_whole_without_its_footnote(void **state)
{
	struct slice text = operative("2", 1)->text;

	(void)state;
	assert_true(slice_find(text, SLICE("Organized Crime, of the Protocol to Prevent")) > 0);
	assert_true(slice_find(text, SLICE("E/CN.15")) < 0);
	assert_true(slice_ends(text, SLICE("Organized Crime;")));
}

static void paragraph_nine_is_whole_across_the_page(void **state)
{
	struct slice text = operative("9", 1)->text;

	(void)state;
	assert_true(slice_find(text, SLICE("in his report on the work of the United Nations Office")) > 0);
	assert_true(slice_ends(text, SLICE("sixtieth session.")));
}

static void each_request_has_its_verb_and_addressee(void **state)
{
	(void)state;
	expect("3", "invite", "encouragement", "United Nations Office on Drugs and Crime");
	expect("4", "urge", "urging", "States");
	expect("5", "urge", "urging", "States");
	expect("6", "encourage", "encouragement", "Member States");
	expect("7", "request", "request", "Secretary-General");
	expect("8", "request", "request", "United Nations Office on Drugs and Crime");
	expect("9", "request", "request", "Secretary-General");
}

static void conditions_and_vehicle_are_kept(void **state)
{
	(void)state;
	assert_true(slice_is(operative("8", 1)->clauses[0].conditions[0], "upon request"));
	assert_true(slice_is(operative("9", 1)->clauses[0].vehicle,
	    "his report on the work of the United Nations Office on Drugs and Crime"));
}

static void spans_point_into_the_source(void **state)
{
	const struct paragraph *paragraph = operative("7", 1);

	(void)state;
	assert_memory_equal(reading->source.at + paragraph->where.start, paragraph->text.at, paragraph->text.len);
	assert_int_equal(paragraph->where.end - paragraph->where.start, paragraph->text.len);
}

static int open_founding(void **state)
{
	struct error error = ERROR_NONE;
	struct buf text;

	if (reader_case_open(state) != 0)
		return 1;
	buf_init(&text, BUF_MAX_BODY);
	if (file_read(TEST_CONFIG "/data/samples/E-RES-2004-23.txt", &text, &error) < 0 ||
	    reader_read(reader, buf_slice(&text), &reading, &error) < 0)
		return 1;
	buf_release(&text);
	return 0;
}

static int close_founding(void **state)
{
	reading_free(reading);
	return reader_case_close(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_masthead_and_closing_line_are_read),
		cmocka_unit_test(the_council_asks_the_assembly),
		cmocka_unit_test(inside_the_draft_the_assembly_speaks),
		cmocka_unit_test(paragraphs_one_and_two_ask_nothing),
		cmocka_unit_test(paragraph_two_is_whole_without_its_footnote),
		cmocka_unit_test(paragraph_nine_is_whole_across_the_page),
		cmocka_unit_test(each_request_has_its_verb_and_addressee),
		cmocka_unit_test(conditions_and_vehicle_are_kept),
		cmocka_unit_test(spans_point_into_the_source),
	};

	return cmocka_run_group_tests(tests, open_founding, close_founding);
}
