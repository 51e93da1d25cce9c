/* Over TCP a bearer token says who asks; the store sees its SHA-256 only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <event2/event.h>
#include <event2/http.h>

#include "api/server.h"

static char *caller_of(const char *name, const char *value)
{
	static struct api_listener listener = {.local = false};
	struct evhttp_request *http = evhttp_request_new(NULL, NULL);
	char *caller;

	evhttp_add_header(evhttp_request_get_input_headers(http), name, value);
	caller = identity_caller(&listener, http);
	evhttp_request_free(http);
	return caller;
}

static void a_bearer_token_becomes_its_hash(void **state)
{
	char *caller = caller_of("Authorization", "Bearer abc");

	(void)state;
	assert_string_equal(caller,
	    "{\"token\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}");
	free(caller);
}

static void anything_else_is_nobody(void **state)
{
	char *basic = caller_of("Authorization", "Basic YWJj"), *none = caller_of("X-Other", "Bearer abc");

	(void)state;
	assert_string_equal(basic, "");
	assert_string_equal(none, "");
	free(basic);
	free(none);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bearer_token_becomes_its_hash),
		cmocka_unit_test(anything_else_is_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
