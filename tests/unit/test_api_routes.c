#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "api/api.h"
#include "api/routes.h"

static void found(enum evhttp_cmd_type method, const char *path, const char *template)
{
	struct route_match match = {0};

	assert_int_equal(route_find(method, slice_of(path), &match), ROUTE_FOUND);
	assert_string_equal(match.route->path, template);
}

static void a_path_finds_its_row(void **state)
{
	(void)state;
	found(EVHTTP_REQ_GET, "/healthz", "/healthz");
	found(EVHTTP_REQ_GET, "/v1/resolutions", "/v1/resolutions");
	found(EVHTTP_REQ_POST, "/v1/resolutions/E%2FRES%2F2004%2F23/confirm",
	    "/v1/resolutions/{symbol}/confirm");
	found(EVHTTP_REQ_PUT, "/v1/sessions/GA/60", "/v1/sessions/{body}/{number}");
}

static void the_parts_of_a_path_stay_encoded(void **state)
{
	struct route_match match = {0};

	(void)state;
	assert_int_equal(route_find(EVHTTP_REQ_GET, SLICE("/v1/obligations/A%2FRES%2F59%2F157:9/updates"),
	                     &match), ROUTE_FOUND);
	assert_true(slice_is(match.path[0], "A%2FRES%2F59%2F157:9"));
}

static void another_method_is_told_which_there_are(void **state)
{
	struct route_match match = {0};

	(void)state;
	assert_int_equal(route_find(EVHTTP_REQ_DELETE, SLICE("/v1/resolutions"), &match), ROUTE_NO_METHOD);
	assert_string_equal(match.allow, "GET, POST");
}

static void a_path_that_is_nowhere_is_not_found(void **state)
{
	static const char *const nowhere[] = {"", "/", "/v1", "/v1/nothing", "/v1/obligations/",
	    "/v1/obligations/a/b", "/v1/resolutions/E/RES/2004/23", "v1/me", "/v1/me/x", "//v1/me"};
	struct route_match match = {0};

	(void)state;
	for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++)
		if (route_find(EVHTTP_REQ_GET, slice_of(nowhere[i]), &match) != ROUTE_NO_PATH)
			fail_msg("%s was found", nowhere[i]);
}

static void every_row_is_complete(void **state)
{
	(void)state;
	for (const struct route *route = route_table(); route->path != NULL; route++) {
		size_t shapes = 0, in_path = 0, braces = 0;

		for (const struct shape *shape = route->shapes; shape->name != NULL; shape++, shapes++)
			in_path += shape->place == SHAPE_PATH;
		for (const char *at = route->path; *at != '\0'; at++)
			braces += *at == '{';
		if (in_path != braces || braces > ROUTE_PARAMETERS || shapes > SHAPE_MAX)
			fail_msg("%s: its shapes do not fit its path", route->path);
		if (route->function == NULL && route->handler == NULL)
			fail_msg("%s: nobody serves it", route->path);
		if (route->sentence[strlen(route->sentence) - 1] != '.')
			fail_msg("%s: its help is no sentence", route->path);
	}
}

static void the_functions_to_prepare_are_each_there_once(void **state)
{
	const char *const *functions = api_functions();

	(void)state;
	assert_non_null(functions[0]);
	for (size_t i = 0; functions[i] != NULL; i++) {
		assert_int_equal(strncmp(functions[i], "api.", 4), 0);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(functions[i], functions[j]);
	}
}

static void help_lists_every_row(void **state)
{
	struct json_writer writer;
	struct error error = ERROR_NONE;
	json_t *help = NULL;
	struct buf out;
	size_t rows = 0;

	(void)state;
	buf_init(&out, BUF_MAX_BODY);
	json_write_init(&writer, &out);
	route_write_help(&writer);
	assert_int_equal(json_read(buf_slice(&out), &help, &error), 0);
	for (const struct route *route = route_table(); route->path != NULL; route++)
		rows++;
	assert_int_equal(json_array_size(json_member(help, "routes")), rows);
	json_decref(help);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_finds_its_row),
		cmocka_unit_test(the_parts_of_a_path_stay_encoded),
		cmocka_unit_test(another_method_is_told_which_there_are),
		cmocka_unit_test(a_path_that_is_nowhere_is_not_found),
		cmocka_unit_test(every_row_is_complete),
		cmocka_unit_test(the_functions_to_prepare_are_each_there_once),
		cmocka_unit_test(help_lists_every_row),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
