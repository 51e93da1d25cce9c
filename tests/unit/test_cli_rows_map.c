/* What a file of rows calls things: pairs, words of status, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/rows.h"

static const char *const names[] = {"paragraph", "owner", "status", NULL};
static const char *const statuses[] = {"in_progress", "implemented", NULL};
static const struct rows_columns columns = {names, 0};

/* The rows of a file with this text under a map as JSON, or the message without the file's name. To be freed. */
static char *mapped(const char *text, const char *words)
{
	char path[] = "/tmp/mandate-rows.XXXXXX", *ret;
	struct rows_map map = {.words_column = "status", .words = statuses};
	struct arena *arena = arena_new();
	struct error error = ERROR_NONE;
	int file = mkstemp(path);
	json_t *rows = NULL;

	assert_int_equal(write(file, text, strlen(text)), strlen(text));
	close(file);
	if (rows_map_read(&map, words, names, arena, &error) == 0 && rows_read_mapped(path, &columns, &map, &rows, &error) == 0)
		ret = json_dumps(rows, JSON_COMPACT | JSON_SORT_KEYS);
	else
		ret = strdup(strncmp(error.message, path, strlen(path)) == 0 ? error.message + strlen(path) : error.message);
	json_decref(rows);
	arena_free(arena);
	unlink(path);
	return ret;
}

static void expect(const char *text, const char *words, const char *wanted)
{
	char *got = mapped(text, words);

	assert_string_equal(got, wanted);
	free(got);
}

static void test_columns_have_other_names(void **state)
{
	(void)state;
	expect("Para,Who follows it,STATUS\n9,anna,implemented\n", "para=paragraph, who follows it = Owner",
	    "[{\"line\":2,\"owner\":\"anna\",\"paragraph\":\"9\",\"status\":\"implemented\"}]");
}

static void test_a_column_is_passed_over_and_so_are_several(void **state)
{
	(void)state;
	expect("paragraph,Remarks,Colour\n9,x,red\n", "Remarks=-,Colour=-", "[{\"line\":2,\"paragraph\":\"9\"}]");
}

static void test_words_of_status_are_told_from_columns(void **state)
{
	(void)state;
	expect("paragraph,owner,status\n9,Sent,SENT\n10,,out\n11,,other\n", "sent=In_Progress,Out=implemented",
	    "[{\"line\":2,\"owner\":\"Sent\",\"paragraph\":\"9\",\"status\":\"in_progress\"},"
	    "{\"line\":3,\"paragraph\":\"10\",\"status\":\"implemented\"},{\"line\":4,\"paragraph\":\"11\",\"status\":\"other\"}]");
}

static void test_a_name_may_hold_commas_and_signs(void **state)
{
	(void)state;
	expect("\"No., para\",a=b\n9,anna\n", "\"No., para=paragraph\",a=b=owner",
	    "[{\"line\":2,\"owner\":\"anna\",\"paragraph\":\"9\"}]");
}

static void test_no_map_leaves_names_as_they_are(void **state)
{
	(void)state;
	expect("paragraph\n9\n", "", "[{\"line\":2,\"paragraph\":\"9\"}]");
}

static void test_what_does_not_fit_is_refused(void **state)
{
	(void)state;
	expect("paragraph\n9\n", "Para=paragraf", "--map: there is no \"paragraf\" here; columns are paragraph, owner, status; "
	    "words of status are in_progress, implemented; - leaves a column out");
	expect("paragraph\n9\n", "Para", "--map: \"Para\" is not a pair such as Para=paragraph");
	expect("paragraph\n9\n", "=owner", "--map: \"=owner\" is not a pair such as Para=paragraph");
	expect("paragraph\n9\n", "Para=paragraph", ":1: there is no column \"Para\", which --map names");
	expect("Para,paragraph\n9,9\n", "Para=paragraph", ":1: twice the column \"paragraph\"; the columns are paragraph, owner, status; "
	    "say which one it is with --map \"paragraph=COLUMN\", or leave it out with --map \"paragraph=-\"");
	expect("Para\n9\n", "", ":1: there is no column \"Para\"; the columns are paragraph, owner, status; "
	    "say which one it is with --map \"Para=COLUMN\", or leave it out with --map \"Para=-\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_columns_have_other_names),
	    cmocka_unit_test(test_a_column_is_passed_over_and_so_are_several),
	    cmocka_unit_test(test_words_of_status_are_told_from_columns),
	    cmocka_unit_test(test_a_name_may_hold_commas_and_signs),
	    cmocka_unit_test(test_no_map_leaves_names_as_they_are),
	    cmocka_unit_test(test_what_does_not_fit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
