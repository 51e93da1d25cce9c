#include "ask.h"

#include <stdlib.h>
#include <string.h>

#include "exit.h"

int ask(const struct invocation *invocation, const char *method, char *path_take, json_t *body_take,
    ask_print *print)
{
	struct error error = ERROR_NONE;
	struct client *client = client_open(invocation, &error);
	json_t *answer = NULL;
	struct page page;
	int code;

	if (client == NULL) {
		json_decref(body_take);
		free(path_take);
		return exit_fail(&error);
	}
	code = body_take != NULL ? client_write(client, method, path_take, body_take, &answer, &error)
	                         : client_get(client, path_take, &answer, &error);
	free(path_take);
	if (code != 0)
		return client_fail(client, &error);
	page_init(&page, invocation);
	if (format_is(invocation, "json")) {
		page_json(&page, answer);
		/* What says that something is wrong says so to programs, too. */
		code = json_is_false(json_member(answer, "whole")) || json_is_false(json_member(answer, "healthy"))
		    ? EXIT_REFUSED
		    : EXIT_DONE;
	} else {
		code = print(invocation, &page, answer);
	}
	json_decref(answer);
	client_close(client);
	return page_finish(&page, code);
}

int option_date(const struct invocation *invocation, enum option option, struct error *error)
{
	const char *value = option_value(invocation, option);
	struct day day;

	return value == NULL ? 0 : date_parse(slice_of(value), &day, error);
}

int option_seen(const struct invocation *invocation, json_t *body, struct error *error)
{
	const char *seen = option_value(invocation, OPTION_SEEN);
	struct slice rest = slice_of(seen);
	uint64_t version;

	if (seen == NULL)
		return 0;
	if (!slice_take_number(&rest, INT32_MAX, &version) || rest.len > 0)
		return error_set(error, E_INPUT, "usage", "--seen takes the version's number, not \"%s\"", seen);
	json_object_set_new(body, "version", json_integer((json_int_t)version));
	return 0;
}

void option_member(const struct invocation *invocation, enum option option, json_t *body, const char *member)
{
	if (option_given(invocation, option))
		json_object_set_new(body, member, json_string(option_value(invocation, option)));
}

void option_evidence(const struct invocation *invocation, json_t *body)
{
	json_t *evidence = json_array();

	for (size_t i = 0; i < invocation->evidence_count; i++)
		json_array_append_new(evidence, json_string(invocation->evidence[i]));
	json_object_set_new(body, "evidence", evidence);
}

void option_member_none(const struct invocation *invocation, enum option option, json_t *body, const char *member)
{
	const char *value = option_value(invocation, option);

	if (value != NULL)
		json_object_set_new(body, member, strcmp(value, "none") == 0 ? json_null() : json_string(value));
}
