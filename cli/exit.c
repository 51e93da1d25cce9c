#include "exit.h"

#include <stdio.h>
#include <string.h>

struct exit_row {
	int code;
	const char *words; /* error words, separated by blanks */
	const char *sentence;
};

static const struct exit_row exit_rows[] = {
    {EXIT_DONE, "", "done"},
    {EXIT_REFUSED, "not_confirmed", "refused by the service, or not confirmed by you"},
    {EXIT_USAGE, "usage bad_value missing_member unknown_member bad_json unknown_field unknown_format unknown_language bad_filter bad_group bad_sort bad_page "
                 "bad_subject no_calendar bad_amount bad_currency bad_rate bad_year bad_donor bad_code bad_fund bad_unit bad_officer bad_team bad_schedule "
                 "empty_update no_symbol no_name bad_config bad_csv bad_rows bad_corrections", "the command line, a file of rows or a correction is wrong"},
    {EXIT_NOT_FOUND, "no_file no_obligation no_resolution no_officer no_token no_entry no_treaty no_fund no_party no_unit no_body no_event no_code no_document no_holiday no_group no_report no_schedule", "not found"},
    {EXIT_CONFLICT, "version_conflict text_differs key_reused", "something newer or different is in the way"},
    {EXIT_DENIED, "unknown_caller bad_token role_too_small", "not permitted"},
    {EXIT_EMPTY, "empty_text", "the text is empty"},
    {EXIT_NOT_TEXT, "not_text no_converter", "not a text: binary, not UTF-8, or in a format that cannot be read here"},
    {EXIT_NO_OPERATIVE, "no_operative_paragraph", "the text has no operative paragraph"},
    {EXIT_BAD_DATE, "bad_date future_date", "a date that does not exist, or lies in the future"},
    {EXIT_STATUS, "status_cannot_follow needs_reason before_record", "a status that cannot follow the present one, or needs a reason"},
    {EXIT_AMBIGUOUS, "ambiguous_reference", "a reference that fits several"},
    {EXIT_TOO_BIG, "too_big", "over the size limit"},
    {EXIT_UNREACHABLE, "unreachable broken_off", "the daemon, or its database, cannot be reached"},
    {EXIT_OUR_FAULT, "", "a fault of our own"},
};

#define EXIT_ROWS (sizeof exit_rows / sizeof *exit_rows)

static bool exit_word_in(const char *words, const char *name)
{
	struct slice rest = slice_of(words), word;

	while (slice_take_until(&rest, ' ', &word))
		if (slice_is(word, name))
			return true;
	return false;
}

int exit_code_of(const char *name, int status)
{
	for (size_t i = 0; name != NULL && i < EXIT_ROWS; i++)
		if (exit_word_in(exit_rows[i].words, name))
			return exit_rows[i].code;
	switch (status) {
	case 400:
		return EXIT_USAGE;
	case 401:
	case 403:
		return EXIT_DENIED;
	case 404:
		return EXIT_NOT_FOUND;
	case 409:
	case 412:
		return EXIT_CONFLICT;
	case 413:
		return EXIT_TOO_BIG;
	case 502:
	case 503:
	case 504:
		return EXIT_UNREACHABLE;
	case 500:
		return EXIT_OUR_FAULT;
	default:
		return EXIT_REFUSED;
	}
}

int exit_fail(const struct error *error)
{
	fprintf(stderr, "mandate: %s\n", error->message);
	return exit_code_of(error->name, 0);
}

void exit_help(struct buf *out)
{
	buf_append_text(out, "Exit codes:\n");
	for (size_t i = 0; i < EXIT_ROWS; i++)
		buf_printf(out, "  %2d  %s\n", exit_rows[i].code, exit_rows[i].sentence);
}

void exit_help_json(struct json_writer *writer)
{
	json_write_array(writer);
	for (size_t i = 0; i < EXIT_ROWS; i++) {
		json_write_object(writer);
		json_write_key(writer, "code");
		json_write_integer(writer, exit_rows[i].code);
		json_write_key(writer, "words");
		json_write_text(writer, exit_rows[i].words);
		json_write_key(writer, "sentence");
		json_write_text(writer, exit_rows[i].sentence);
		json_write_end(writer);
	}
	json_write_end(writer);
}
