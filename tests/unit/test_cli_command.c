#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/command.h"

#define PARSE(invocation, error, ...) \
	command_parse(invocation, (int)(sizeof((char *[]){"mandate", __VA_ARGS__}) / sizeof(char *)), \
	    (char *[]){"mandate", __VA_ARGS__}, error)

static void refused(struct invocation *invocation, const struct error *error, const char *message)
{
	assert_string_equal(error->name, "usage");
	assert_string_equal(error->message, message);
	invocation_release(invocation);
}

static void options_stand_before_or_after_the_command(void **state)
{
	struct error error = ERROR_NONE;
	struct invocation i;

	(void)state;
	assert_int_equal(PARSE(&i, &error, "--format", "json", "resolution", "show", "E/RES/2004/23", "--no-color"), 0);
	assert_string_equal(i.command->name, "resolution show");
	assert_int_equal(i.word_count, 1);
	assert_true(format_is(&i, "json"));
	assert_true(option_given(&i, OPTION_NO_COLOR));
	invocation_release(&i);
}

static void evidence_is_given_several_times(void **state)
{
	struct error error = ERROR_NONE;
	struct invocation i;

	(void)state;
	assert_int_equal(PARSE(&i, &error, "update", "59/157:9", "--evidence", "A/60/131", "--evidence=A/60/132"), 0);
	assert_int_equal(i.evidence_count, 2);
	assert_string_equal(i.evidence[1], "A/60/132");
	invocation_release(&i);
}

static void two_dashes_end_the_options(void **state)
{
	struct error error = ERROR_NONE;
	struct invocation i;

	(void)state;
	assert_int_equal(PARSE(&i, &error, "search", "--", "--format"), 0);
	assert_string_equal(i.words[0], "--format");
	invocation_release(&i);
}

static void a_misspelt_word_gets_a_suggestion(void **state)
{
	struct error error = ERROR_NONE;
	struct invocation i;

	(void)state;
	assert_int_equal(PARSE(&i, &error, "updaet"), E_INPUT);
	refused(&i, &error, "there is no command \"updaet\"; did you mean \"update\"?");
	assert_int_equal(PARSE(&i, &error, "list", "--fromat", "json"), E_INPUT);
	refused(&i, &error, "there is no option --fromat; did you mean --format?");
}

static void what_is_missing_or_too_much_is_named(void **state)
{
	struct error error = ERROR_NONE;
	struct invocation i;

	(void)state;
	assert_int_equal(PARSE(&i, &error, "show"), E_INPUT);
	refused(&i, &error, "something is missing: mandate show REF");
	assert_int_equal(PARSE(&i, &error, "show", "a", "b"), E_INPUT);
	refused(&i, &error, "\"b\" is one word too many: mandate show REF");
	assert_int_equal(PARSE(&i, &error, "list", "--sort"), E_INPUT);
	refused(&i, &error, "--sort needs a value: --sort ORDER");
}

static void an_option_of_another_command_is_refused(void **state)
{
	struct error error = ERROR_NONE;
	struct invocation i;

	(void)state;
	assert_int_equal(PARSE(&i, &error, "log", "59/157:9", "--status", "closed"), E_INPUT);
	refused(&i, &error, "mandate log has no option --status; mandate log --help shows what it has");
}

static void formats_are_completed_by_command(void **state)
{
	struct error error = ERROR_NONE;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_BODY);
	assert_int_equal(command_completion("bash", &out, &error), 0);
	assert_non_null(strstr(buf_text(&out), "\"read \"*) COMPREPLY=($(compgen -W \"text json markdown akn\""));
	buf_release(&out);
}

static void scheduling_is_no_report_of_that_name(void **state)
{
	struct error error = ERROR_NONE;
	struct invocation i;

	(void)state;
	assert_int_equal(PARSE(&i, &error, "report", "schedule", "overdue", "unit:DTA", "--every", "weekly", "--to", "anna,bela", "--format", "xlsx"), 0);
	assert_string_equal(i.command->name, "report schedule");
	assert_int_equal(i.word_count, 2);
	assert_string_equal(i.words[0], "overdue");
	assert_string_equal(option_value(&i, OPTION_EVERY), "weekly");
	assert_string_equal(option_value(&i, OPTION_TO), "anna,bela");
	assert_true(format_is(&i, "xlsx"));
	invocation_release(&i);
	assert_int_equal(PARSE(&i, &error, "report", "schedules"), 0);
	assert_string_equal(i.command->name, "report schedules");
	invocation_release(&i);
	assert_int_equal(PARSE(&i, &error, "report", "unschedule"), E_INPUT);
	invocation_release(&i);
	assert_int_equal(PARSE(&i, &error, "report", "overdue", "--every", "weekly"), E_INPUT);
	refused(&i, &error, "mandate report has no option --every; mandate report --help shows what it has");
}

static void the_help_says_in_one_column_what_each_is_for(void **state)
{
	struct buf out;
	const char *text;

	(void)state;
	buf_init(&out, BUF_MAX_BODY);
	command_help_all(&out);
	text = buf_text(&out);
	assert_non_null(strstr(text, "\n  list [FILTER…]                The obligations"));
	assert_non_null(strstr(text, "\n  read FILE…                    Read resolutions"));
	assert_non_null(strstr(text, "\n  treaty action TREATY PARTY ACTION\n                                Record a signature"));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(options_stand_before_or_after_the_command),
	    cmocka_unit_test(evidence_is_given_several_times),
	    cmocka_unit_test(two_dashes_end_the_options),
	    cmocka_unit_test(a_misspelt_word_gets_a_suggestion),
	    cmocka_unit_test(what_is_missing_or_too_much_is_named),
	    cmocka_unit_test(an_option_of_another_command_is_refused),
	    cmocka_unit_test(formats_are_completed_by_command),
	    cmocka_unit_test(scheduling_is_no_report_of_that_name),
	    cmocka_unit_test(the_help_says_in_one_column_what_each_is_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
