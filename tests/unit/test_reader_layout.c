/* Lines become blocks, across page breaks and footnotes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "reader/layout.h"

static struct lexicon *lexicon;

/* Blocks as "label|text", notes as "note|text", one a line. */
static void expect(const char *source, const char *wanted)
{
	struct layout layout;
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	layout_read(lexicon, slice_of(source), &layout);
	for (size_t i = 0; i < layout.count; i++) {
		const struct block *block = &layout.blocks[i];

		buf_append_slice(&out, block->note ? SLICE("note") : label_core(&block->label));
		buf_append_byte(&out, '|');
		buf_append_slice(&out, block_text(&layout, block));
		buf_append_byte(&out, '\n');
	}
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
	layout_release(&layout);
}

static void a_footnote_inside_a_paragraph_is_taken_out(void **state)
{
	(void)state;
	expect("1. Welcomes the entry into force of the\n\n\xC2\xB9 E/CN.15/2004/5.\n\nProtocol to Prevent;\n",
	    "1|Welcomes the entry into force of the Protocol to Prevent;\nnote|\xC2\xB9 E/CN.15/2004/5.\n");
}

static void a_paragraph_goes_on_after_a_page_break(void **state)
{
	(void)state;
	expect("2. Requests the Secretary-General to report on the work\n\nA/RES/73/3\n2/5\n\nof the Office.\n",
	    "2|Requests the Secretary-General to report on the work of the Office.\n");
}

static void bullets_and_reopened_quotes_come_off(void **state)
{
	(void)state;
	expect("- \"1. Takes note of the report;\n- \"2. Urges all States;\n",
	    "1|Takes note of the report;\n2|Urges all States;\n");
}

static void hyphens_at_line_ends_go(void **state)
{
	(void)state;
	expect("1. Requests the Secretary-General to seek the autho-\nrization of the Council;\n",
	    "1|Requests the Secretary-General to seek the authorization of the Council;\n");
}

static void a_date_line_is_no_paragraph_fourteen(void **state)
{
	(void)state;
	expect("1. Decides to meet again\n\n14 July 1997\n", "1|Decides to meet again\n|14 July 1997\n");
}

static void a_label_alone_waits_for_its_text(void **state)
{
	(void)state;
	expect("1.\nRequests the Secretary-General to act;\n", "1|Requests the Secretary-General to act;\n");
	expect("1.\n\n2.\n\n3. Decides;\n", "3|Decides;\n");
}

static void a_mark_may_stand_alone_above_its_footnote(void **state)
{
	(void)state;
	expect("1. Accepts the accounts of the past year.\n\n1\n Document A66/34.\n2\nDocument A66/58.\n\n2. Decides;\n",
	    "1|Accepts the accounts of the past year.\nnote|Document A66/34.\nnote|Document A66/58.\n2|Decides;\n");
	/* a page's number */
	expect("1. Accepts the accounts of the past year and of\n\n12\nThe Hague, and\n\n13\nthe reports;\n",
	    "1|Accepts the accounts of the past year and of The Hague, and the reports;\n");
}

static void footnotes_are_numbered_on(void **state)
{
	(void)state;
	expect("1. Decides to set up a group in accordance with the organi-\n\n17 Question of which nobody knew.\n\n"
	       "18 See A/33/1.\n\n19 Two members did not vote.\n\nzation's report;\n",
	    "1|Decides to set up a group in accordance with the organization's report;\n"
	    "note|17 Question of which nobody knew.\nnote|18 See A/33/1.\nnote|19 Two members did not vote.\n");
	expect("1. Decides to invite\n\n17 States and\n\n19 others;\n", "1|Decides to invite\n|17 States and\n|19 others;\n");
}

static void the_last_but_one_of_a_list_ends_in_and(void **state)
{
	(void)state;
	expect("Calls upon them to act; and\n\nPhase two of the plan begins;\n",
	    "|Calls upon them to act; and\n|Phase two of the plan begins;\n");
	expect("Calls upon the Office and\n\nthe Fund to act;\n", "|Calls upon the Office and the Fund to act;\n");
}

static void a_blank_may_follow_the_quotation_mark(void **state)
{
	(void)state;
	expect("\xE2\x80\x9C 1. Notes the report;\n", "1|Notes the report;\n");
}

static void a_page_head_may_have_its_number_far_away(void **state)
{
	(void)state;
	expect("1. Requests the\n\nIX. Resolutions adopted on the reports of the Sixth Committee                          "
	       "                    223\n\nOffice to act;\n\nA. General Assembly\n",
	    "1|Requests the Office to act;\nA|General Assembly\n");
}

static int open_lexicon(void **state)
{
	struct error error = ERROR_NONE;

	(void)state;
	lexicon = lexicon_open(TEST_CONFIG "/lexicon/en.conf", &error);
	return lexicon == NULL;
}

static int close_lexicon(void **state)
{
	(void)state;
	lexicon_close(lexicon);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_footnote_inside_a_paragraph_is_taken_out),
		cmocka_unit_test(a_paragraph_goes_on_after_a_page_break),
		cmocka_unit_test(bullets_and_reopened_quotes_come_off),
		cmocka_unit_test(hyphens_at_line_ends_go),
		cmocka_unit_test(a_date_line_is_no_paragraph_fourteen),
		cmocka_unit_test(a_label_alone_waits_for_its_text),
		cmocka_unit_test(a_mark_may_stand_alone_above_its_footnote),
		cmocka_unit_test(footnotes_are_numbered_on),
		cmocka_unit_test(the_last_but_one_of_a_list_ends_in_and),
		cmocka_unit_test(a_blank_may_follow_the_quotation_mark),
		cmocka_unit_test(a_page_head_may_have_its_number_far_away),
	};

	return cmocka_run_group_tests(tests, open_lexicon, close_lexicon);
}
