/* The languages of reports: each speaks at any time in one process, whatever the environment says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/phrase.h"

static struct arena *arena;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *const languages[] = {"en", "fr", "es", "ru", "zh", "ar"};

static void all_six_languages_are_spoken_and_no_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_true(report_speaks(languages[i]));
	assert_false(report_speaks("pt"));
	assert_false(report_speaks(""));
	assert_string_equal(report_languages(), "en, ar, es, fr, ru, zh");
}

static void a_language_is_asked_for_call_by_call(void **state)
{
	static const char *const expected[] = {"in progress", "en cours", "en curso", "в процессе выполнения", "进行中", "قيد التنفيذ"};

	(void)state;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; i < 6; i++)
			assert_string_equal(phrase_word(arena, languages[i], "in_progress"), expected[i]);
}

static void what_is_not_translated_stays_english(void **state)
{
	(void)state;
	assert_string_equal(report_say("fr", "No catalogue has this sentence."), "No catalogue has this sentence.");
	assert_string_equal(report_say("fr", ""), "");
	assert_string_equal(report_say(NULL, "Status"), "Status");
	assert_string_equal(report_say("pt", "Status"), "Status");
	assert_string_equal(phrase_word(arena, "fr", "a_word_of_tomorrow"), "a word of tomorrow");
}

static void a_date_is_written_as_the_language_writes_it(void **state)
{
	static const struct {
		const char *language, *date, *expected;
	} cases[] = {
	    {"en", "2005-06-30", "30 June 2005"},
	    {"fr", "2005-06-30", "30 juin 2005"},
	    {"fr", "2005-07-01", "1er juillet 2005"},
	    {"es", "2005-06-30", "30 de junio de 2005"},
	    {"ru", "2005-06-30", "30 июня 2005 года"},
	    {"zh", "2005-06-30", "2005年6月30日"},
	    {"ar", "2005-06-30", "30 حزيران/يونيه 2005"},
	    {"fr", "2005-02-30", "2005-02-30"},
	    {"fr", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(phrase_date(arena, cases[i].language, cases[i].date), cases[i].expected);
}

static void a_month_alone_is_in_the_nominative(void **state)
{
	(void)state;
	assert_string_equal(phrase_month(arena, "en", "2005-05"), "May 2005");
	assert_string_equal(phrase_month(arena, "ru", "2005-05"), "Май 2005 года");
	assert_string_equal(phrase_month(arena, "es", "2005-05"), "Mayo de 2005");
	assert_string_equal(phrase_month(arena, "zh", "2005-05"), "2005年5月");
	assert_string_equal(phrase_month(arena, "fr", "2005"), "2005");
}

static void a_time_keeps_its_seconds(void **state)
{
	(void)state;
	assert_string_equal(phrase_time(arena, "en", "2005-07-01T09:30:05.000000Z"), "1 July 2005, 09:30:05 UTC");
	assert_string_equal(phrase_time(arena, "fr", "2005-07-01T09:30:05.000000Z"), "1er juillet 2005, 09:30:05 UTC");
	assert_string_equal(phrase_time(arena, "fr", "now"), "now");
}

static void a_number_has_the_separators_of_the_language(void **state)
{
	(void)state;
	assert_string_equal(phrase_number(arena, "en", 999), "999");
	assert_string_equal(phrase_number(arena, "en", 1234567), "1,234,567");
	assert_string_equal(phrase_number(arena, "fr", 1234567), "1\u202f234\u202f567");
	assert_string_equal(phrase_number(arena, "ru", -1000), "\u22121\u00a0000");
	assert_string_equal(phrase_decimal(arena, "en", "12345678901234567890.10"), "12,345,678,901,234,567,890.10");
	assert_string_equal(phrase_decimal(arena, "es", "1234.50"), "1\u00a0234,50");
	assert_string_equal(phrase_decimal(arena, "es", "many"), "many");
	assert_string_equal(phrase_decimal(arena, "es", ""), "");
}

static void a_share_names_its_denominator(void **state)
{
	(void)state;
	assert_string_equal(phrase_share(arena, "en", 1, 4), "1 of 4 (25 per cent)");
	assert_string_equal(phrase_share(arena, "zh", 1, 4), "4项中的1项（25%）");
	assert_string_equal(phrase_share(arena, "fr", 0, 0), "0 sur 0");
}

static void a_count_takes_the_form_of_its_number(void **state)
{
	static const struct {
		const char *language;
		int64_t n;
		const char *expected;
	} cases[] = {
	    {"en", 1, "End of the report: %s row."}, {"en", 0, "End of the report: %s rows."},
	    {"fr", 0, "Fin du rapport : %s ligne."}, {"fr", 2, "Fin du rapport : %s lignes."},
	    {"ru", 1, "Конец отчета: %s строка."}, {"ru", 3, "Конец отчета: %s строки."}, {"ru", 11, "Конец отчета: %s строк."},
	    {"ru", 21, "Конец отчета: %s строка."}, {"zh", 5, "报告结束：共%s行。"},
	    {"ar", 0, "نهاية التقرير: لا صفوف (%s)."}, {"ar", 1, "نهاية التقرير: صف واحد (%s)."}, {"ar", 2, "نهاية التقرير: صفان (%s)."},
	    {"ar", 7, "نهاية التقرير: %s صفوف."}, {"ar", 11, "نهاية التقرير: %s صفا."}, {"ar", 100, "نهاية التقرير: %s صف."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_string_equal(report_say_count(cases[i].language, "End of the report: %s row.", "End of the report: %s rows.", cases[i].n), cases[i].expected);
}

static void arabic_alone_is_written_from_right_to_left(void **state)
{
	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(report_is_leftward(languages[i]), strcmp(languages[i], "ar") == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(all_six_languages_are_spoken_and_no_other, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_language_is_asked_for_call_by_call, setup, teardown),
	    cmocka_unit_test_setup_teardown(what_is_not_translated_stays_english, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_date_is_written_as_the_language_writes_it, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_month_alone_is_in_the_nominative, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_time_keeps_its_seconds, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_number_has_the_separators_of_the_language, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_share_names_its_denominator, setup, teardown),
	    cmocka_unit_test_setup_teardown(a_count_takes_the_form_of_its_number, setup, teardown),
	    cmocka_unit_test_setup_teardown(arabic_alone_is_written_from_right_to_left, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
