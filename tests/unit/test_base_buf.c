#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static void an_empty_buffer_is_a_text(void **state)
{
	struct buf buf;
	char *taken;

	(void)state;
	buf_init(&buf, 10);
	assert_string_equal(buf_text(&buf), "");
	taken = buf_take(&buf);
	assert_string_equal(taken, "");
	free(taken);
}

static void a_buffer_grows_as_it_is_written(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, BUF_MAX_LINE);
	for (int i = 0; i < 1000; i++)
		buf_printf(&buf, "%03d", i);
	buf_append_repeat(&buf, '-', 500);
	buf_append_byte(&buf, '\0');
	buf_append_slice(&buf, SLICE("end"));
	assert_false(buf_failed(&buf));
	assert_int_equal(buf.len, 3504);
	assert_memory_equal(buf_text(&buf), "000001002", 9);
	assert_string_equal(buf_text(&buf) + 3501, "end");
	buf_release(&buf);
}

static void a_buffer_past_its_maximum_fails_until_cleared(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 4);
	buf_append_text(&buf, "1234");
	assert_false(buf_failed(&buf));
	buf_append_byte(&buf, '5');
	assert_true(buf_failed(&buf));
	assert_string_equal(buf_text(&buf), "1234");
	buf_append_text(&buf, "");
	assert_true(buf_failed(&buf));
	buf_clear(&buf);
	buf_printf(&buf, "%d", 12345);
	assert_true(buf_failed(&buf));
	buf_clear(&buf);
	buf_printf(&buf, "%d", 1234);
	assert_false(buf_failed(&buf));
	assert_string_equal(buf_text(&buf), "1234");
	buf_release(&buf);
}

static void what_is_taken_leaves_an_empty_buffer(void **state)
{
	struct buf buf;
	char *taken;

	(void)state;
	buf_init(&buf, 10);
	buf_append_text(&buf, "mine");
	taken = buf_take(&buf);
	assert_string_equal(taken, "mine");
	assert_int_equal(buf.len, 0);
	buf_append_text(&buf, "next");
	assert_string_equal(buf_text(&buf), "next");
	buf_release(&buf);
	free(taken);
}

static void an_arena_prints_texts_of_any_length(void **state)
{
	struct arena *arena = arena_new();
	char *text = arena_printf(arena, "%s-%0*d", "a", 40000, 7);

	(void)state;
	assert_int_equal(strlen(text), 40002);
	assert_memory_equal(text, "a-000", 5);
	assert_string_equal(text + 40000, "07");
	assert_string_equal(arena_text(arena, SLICE("")), "");
	assert_true(arena_size(arena) >= 40003);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_empty_buffer_is_a_text),
	    cmocka_unit_test(a_buffer_grows_as_it_is_written),
	    cmocka_unit_test(a_buffer_past_its_maximum_fails_until_cleared),
	    cmocka_unit_test(what_is_taken_leaves_an_empty_buffer),
	    cmocka_unit_test(an_arena_prints_texts_of_any_length),
	};

	return cmocka_run_group_tests_name("base/buf", tests, NULL, NULL);
}
