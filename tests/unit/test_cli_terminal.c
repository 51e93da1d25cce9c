/* What others wrote does not command the terminal of who reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cli/terminal.h"

/* In one piece, and byte by byte. */
static void expect(const char *text, const char *shown)
{
	struct terminal whole = {.len = 0}, bits = {.len = 0};
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	terminal_show(&whole, slice_of(text), &out);
	assert_string_equal(buf_text(&out), shown);
	buf_clear(&out);
	for (size_t i = 0; text[i] != '\0'; i++)
		terminal_show(&bits, (struct slice){text + i, 1}, &out);
	assert_string_equal(buf_text(&out), shown);
	buf_release(&out);
}

static void words_and_colours_stay(void **state)
{
	(void)state;
	expect("one\ttwo\nthree", "one\ttwo\nthree");
	expect("\033[1mbold\033[0m and \033[38;5;31mblue\033[0m", "\033[1mbold\033[0m and \033[38;5;31mblue\033[0m");
	expect("\xC2\xA7 5, \xC3\xA9t\xC3\xA9, \xC2\xABx\xC2\xBB, \xE4\xB8\xAD", "\xC2\xA7 5, \xC3\xA9t\xC3\xA9, \xC2\xABx\xC2\xBB, \xE4\xB8\xAD");
}

static void commands_do_not(void **state)
{
	(void)state;
	expect("a\033[2Jb", "a[2Jb");
	expect("a\033]0;title\007b", "a]0;titleb");
	expect("a\033\033[31mb", "a\033[31mb");
	expect("a\033[1;1;1;1;1;1;1;1;1mb", "a[1;1;1;1;1;1;1;1;1mb");
	expect("over\rwritten\b\b\177", "overwritten");
	expect("a\xC2\x9B" "2Jb", "a2Jb");
	expect("a\xC2", "a");
	expect("a\xC2\033[31mb", "a\033[31mb");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_colours_stay),
		cmocka_unit_test(commands_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
