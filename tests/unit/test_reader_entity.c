/* The table of entities: names in any case, and the longest one that a text begins with. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "reader/entity.h"

static struct entities *entities;

static int open_table(void **state)
{
	char path[] = "/tmp/mandate-entities-XXXXXX";
	struct error error = ERROR_NONE;
	int fd = mkstemp(path);

	(void)state;
	if (fd < 0 || close(fd) != 0 ||
	    file_write(path, slice_of("code,name,aliases\n"
	                              "LAMP,Board of Lamps and Wicks,Lamp Board\n"
	                              "OIL,Board of Lamps and Wicks of the Oil Union,\n"
	                              "\"SALT\",\"Salt, Sugar and Bread Fund\",the Fund\n"), &error) != 0)
		return 1;
	entities = entities_open(path, &error);
	unlink(path);
	return entities == NULL;
}

static int close_table(void **state)
{
	(void)state;
	entities_close(entities);
	return 0;
}

static void expect_compound(const char *text, const char *name)
{
	size_t len = entities_compound(entities, slice_of(text));

	if (len != strlen(name) || strncasecmp(text, name, len) != 0)
		fail_msg("\"%s\" begins with %zu bytes, wanted \"%s\"", text, len, name);
}

static void a_name_is_found_in_any_case_and_with_its_article(void **state)
{
	(void)state;
	assert_true(slice_is(entities_find(entities, SLICE("the lamp board"))->code, "LAMP"));
	assert_true(slice_is(entities_find(entities, SLICE("Fund"))->code, "SALT"));
	assert_true(slice_is(entities_find(entities, SLICE("oil"))->name, "Board of Lamps and Wicks of the Oil Union"));
	assert_null(entities_find(entities, SLICE("Board")));
}

static void the_longest_name_that_a_text_begins_with_is_the_compound(void **state)
{
	(void)state;
	expect_compound("Salt, Sugar and Bread Fund to act", "Salt, Sugar and Bread Fund");
	expect_compound("Board of Lamps and Wicks of the Oil Union to act", "Board of Lamps and Wicks of the Oil Union");
	expect_compound("Board of Lamps and Wicks to act", "Board of Lamps and Wicks");
	expect_compound("Board of Lamps and Wicks of the Salt Union", "Board of Lamps and Wicks");
	expect_compound("Board of Lamps", "");
	expect_compound("Lamp Board to act", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_found_in_any_case_and_with_its_article),
		cmocka_unit_test(the_longest_name_that_a_text_begins_with_is_the_compound),
	};

	return cmocka_run_group_tests(tests, open_table, close_table);
}
