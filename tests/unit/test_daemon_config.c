#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "config.h"

static void refuses(const char *text, const char *expected)
{
	struct error error = ERROR_NONE;
	struct settings settings;
	struct buf faults;

	buf_init(&faults, BUF_MAX_LINE);
	if (settings_parse(&settings, "m.conf", slice_of(text), &faults, &error) != E_INPUT)
		fail_msg("taken: %s", text);
	assert_string_equal(error.name, "bad_config");
	assert_string_equal(buf_text(&faults), expected);
	assert_int_equal(settings.connections, 16);
	settings_release(&settings);
	buf_release(&faults);
}

static void an_empty_file_gives_the_defaults(void **state)
{
	struct settings settings, defaults;
	struct error error = ERROR_NONE;
	struct buf one, two;

	(void)state;
	buf_init(&one, BUF_MAX_LINE);
	buf_init(&two, BUF_MAX_LINE);
	settings_init(&defaults);
	assert_int_equal(settings_parse(&settings, "m.conf", SLICE("# nothing\n"), NULL, &error), 0);
	settings_print(&settings, &one);
	settings_print(&defaults, &two);
	assert_string_equal(buf_text(&one), buf_text(&two));
	assert_string_equal(settings.log_level, "info");
	assert_int_equal(settings_mode(&settings), 0660);
	settings_release(&settings);
	settings_release(&defaults);
	buf_release(&one);
	buf_release(&two);
}

static void what_is_printed_reads_the_same(void **state)
{
	static const char text[] = "socket = \"/tmp/a\\\"b\\\\c\"; connections = 4; log_level = \"debug\";";
	struct settings settings, again;
	struct error error = ERROR_NONE;
	struct buf printed;

	(void)state;
	buf_init(&printed, BUF_MAX_LINE);
	assert_int_equal(settings_parse(&settings, "m.conf", slice_of(text), NULL, &error), 0);
	assert_string_equal(settings.socket, "/tmp/a\"b\\c");
	settings_print(&settings, &printed);
	if (settings_parse(&again, "printed", buf_slice(&printed), NULL, &error) != 0)
		fail_msg("%s", error.message);
	assert_string_equal(again.socket, settings.socket);
	assert_int_equal(again.connections, 4);
	assert_string_equal(again.log_level, "debug");
	settings_release(&settings);
	settings_release(&again);
	buf_release(&printed);
}

static void all_faults_are_reported_at_once(void **state)
{
	(void)state;
	refuses("connections = \"four\";\nmax_body = 5;\nlog_level = \"loud\";\nsocket = 3;\n",
	    "m.conf:1: connections is a whole number from 1 to 200, without quotes\n"
	    "m.conf:2: max_body: 5 is not between 1024 and 67108864\n"
	    "m.conf:3: log_level: \"loud\" is not one of: error warning notice info debug\n"
	    "m.conf:4: socket is a text; write it in double quotes\n");
}

static void a_number_too_large_for_an_int_is_refused(void **state)
{
	(void)state;
	refuses("connections = 4294967300L;", "m.conf:1: connections: 4294967300 is not between 1 and 200\n");
}

static void an_unknown_key_brings_all_keys(void **state)
{
	(void)state;
	refuses("\ncolour = 1;",
	    "m.conf:2: there is no key \"colour\"; there are: socket socket_group socket_mode listen tls_certificate "
	    "tls_key database database_owner connections max_calls max_body request_seconds state_directory "
	    "postgres_directory cluster_user log_level smtp_url smtp_user smtp_password_file smtp_from smtp_starttls "
	    "smtp_ca_file webhook_secret_file mail_connections delivery_seconds reminders\n");
}

static void keys_that_belong_together_are_set_together(void **state)
{
	(void)state;
	refuses("tls_key = \"key.pem\";", "m.conf: tls_certificate and tls_key belong together; set both or neither\n");
	refuses("database_owner = \"dbname=m\";",
	    "m.conf: database_owner without database; the private PostgreSQL needs neither\n");
}

static void mail_needs_a_server_a_sender_and_both_secrets(void **state)
{
	(void)state;
	refuses("smtp_url = \"mail.example.org\"; smtp_from = \"m@example.org\";",
	    "m.conf: smtp_url: \"mail.example.org\" begins with neither smtp:// nor smtps://\n");
	refuses("smtp_url = \"smtp://mail.example.org\";", "m.conf: smtp_url without smtp_from; say whom mail comes from\n");
	refuses("smtp_user = \"mandate\";", "m.conf: smtp_user and smtp_password_file belong together; set both or neither\n");
	refuses("smtp_starttls = \"yes\";", "m.conf:1: smtp_starttls: \"yes\" is not one of: never try always\n");
}

static void rules_are(const char *text, const char *json)
{
	struct error error = ERROR_NONE;
	struct settings settings, again;
	struct buf printed;

	buf_init(&printed, BUF_MAX_BODY);
	if (settings_parse(&settings, "m.conf", slice_of(text), NULL, &error) != 0)
		fail_msg("%s", error.message);
	assert_string_equal(settings.reminders, json);
	settings_print(&settings, &printed);
	if (settings_parse(&again, "printed", buf_slice(&printed), NULL, &error) != 0)
		fail_msg("%s", error.message);
	assert_string_equal(again.reminders, json);
	settings_release(&settings);
	settings_release(&again);
	buf_release(&printed);
}

#define RULE_FOR_ANY \
	"{\"name\":\"\",\"kind\":\"\",\"milestone\":\"\",\"before\":[90,30,7,1,0],\"overdue_every\":7,\"overdue_times\":4,\"overdue_then\":30,\"escalate_after\":14}"

static void rules_of_reminders_become_json(void **state)
{
	(void)state;
	rules_are("reminders = ( );", "[" RULE_FOR_ANY "]");
	rules_are("reminders = ( { kind = \"contribution\"; before = [ 10, 0 ]; overdue_every = 3; } );",
	    "[" RULE_FOR_ANY ",{\"name\":\"\",\"kind\":\"contribution\",\"milestone\":\"\",\"before\":[10,0],\"overdue_every\":3,\"overdue_times\":4,"
	    "\"overdue_then\":30,\"escalate_after\":14}]");
	rules_are("reminders = ( { before = [ ]; escalate_after = 0; } );",
	    "[{\"name\":\"\",\"kind\":\"\",\"milestone\":\"\",\"before\":[],\"overdue_every\":7,\"overdue_times\":4,\"overdue_then\":30,\"escalate_after\":0}]");
}

static void rules_with_a_name_alone_are_beside_the_built_in_ones(void **state)
{
	struct error error = ERROR_NONE;
	struct settings settings, built_in;
	char *wanted;

	(void)state;
	settings_init(&built_in);
	if (settings_parse(&settings, "m.conf", SLICE("reminders = ( { name = \"close\"; before = [ 1 ]; } );"), NULL, &error) != 0)
		fail_msg("%s", error.message);
	wanted = xasprintf("%.*s,{\"name\":\"close\",\"kind\":\"\",\"milestone\":\"\",\"before\":[1],\"overdue_every\":7,"
	                   "\"overdue_times\":4,\"overdue_then\":30,\"escalate_after\":14}]",
	    (int)strlen(built_in.reminders) - 1, built_in.reminders);
	assert_string_equal(settings.reminders, wanted);
	free(wanted);
	settings_release(&built_in);
	settings_release(&settings);
}

static void faults_of_rules_have_their_line(void **state)
{
	(void)state;
	refuses("reminders = ( { name = \"none\"; } );",
	    "m.conf:1: reminders: name is a word of at most 40 letters, digits, - and _ in double quotes, and not \"none\"\n");
	refuses("reminders = ( { name = \"close\"; }, { name = \"close\"; } );",
	    "m.conf:1: reminders: there are two rules named close for kind \"\" and milestone \"\"\n");
	refuses("reminders = 3;", "m.conf:1: reminders is a list of rules; write it in round brackets\n");
	refuses("reminders = (\n{ kind = \"tax\"; },\n{ milestone = 4;\nbefore = [ -1 ]; },\n{ kind = \"other\"; overdue_every = 0;\n colour = 1; });",
	    "m.conf:2: reminders: kind: \"tax\" is not one of: adoption ratification contribution reporting assistance cooperation "
	    "dissemination resources legislation convening appointment agenda other\n"
	    "m.conf:3: reminders: milestone is a text; write it in double quotes\n"
	    "m.conf:4: reminders: before is a list of at most 20 numbers of days from 0 to 3650, such as [ 30, 7, 0 ]\n"
	    "m.conf:5: reminders: overdue_every is a whole number from 1 to 3650\n"
	    "m.conf:6: reminders: a rule has no \"colour\"; it has: name kind milestone before overdue_every overdue_times overdue_then escalate_after\n");
	refuses("reminders = ( 5 );",
	    "m.conf:1: reminders: a rule stands in braces, such as { kind = \"reporting\"; milestone = \"slot\"; before = [ 28, 7, 0 ]; }\n");
	refuses("reminders = ( { kind = \"reporting\"; }, { kind = \"reporting\"; } );",
	    "m.conf:1: reminders: there are two rules for kind \"reporting\" and milestone \"\"\n");
}

static void a_broken_line_is_named(void **state)
{
	(void)state;
	refuses("connections = 4;\nsocket = = 3;", "m.conf:2: syntax error\n");
}

static void a_nul_byte_is_refused(void **state)
{
	struct error error = ERROR_NONE;
	struct settings settings;

	(void)state;
	assert_int_equal(settings_parse(&settings, "m.conf", SLICE("connections\0= 4;"), NULL, &error), E_INPUT);
	assert_string_equal(error.message, "m.conf: holds a NUL byte; a configuration is text");
	settings_release(&settings);
}

static void a_reload_takes_over_what_it_may(void **state)
{
	struct settings settings, fresh;
	struct error error = ERROR_NONE;
	struct buf changed, ignored;

	(void)state;
	buf_init(&changed, BUF_MAX_LINE);
	buf_init(&ignored, BUF_MAX_LINE);
	settings_init(&settings);
	assert_int_equal(settings_parse(&fresh, "m.conf",
	    SLICE("connections = 4; max_body = 2048; log_level = \"debug\"; listen = \"127.0.0.1:1\";"), NULL, &error), 0);
	settings_reload(&settings, &fresh, &changed, &ignored);
	assert_string_equal(buf_text(&changed), "max_body, log_level");
	assert_string_equal(buf_text(&ignored), "listen, connections");
	assert_int_equal(settings.max_body, 2048);
	assert_string_equal(settings.log_level, "debug");
	assert_int_equal(settings.connections, 16);
	assert_string_equal(settings.listen, "");
	settings_release(&settings);
	settings_release(&fresh);
	buf_release(&changed);
	buf_release(&ignored);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_empty_file_gives_the_defaults),
	    cmocka_unit_test(what_is_printed_reads_the_same),
	    cmocka_unit_test(all_faults_are_reported_at_once),
	    cmocka_unit_test(a_number_too_large_for_an_int_is_refused),
	    cmocka_unit_test(an_unknown_key_brings_all_keys),
	    cmocka_unit_test(keys_that_belong_together_are_set_together),
	    cmocka_unit_test(mail_needs_a_server_a_sender_and_both_secrets),
	    cmocka_unit_test(rules_of_reminders_become_json),
	    cmocka_unit_test(rules_with_a_name_alone_are_beside_the_built_in_ones),
	    cmocka_unit_test(faults_of_rules_have_their_line),
	    cmocka_unit_test(a_broken_line_is_named),
	    cmocka_unit_test(a_nul_byte_is_refused),
	    cmocka_unit_test(a_reload_takes_over_what_it_may),
	};

	return cmocka_run_group_tests_name("daemon/config", tests, NULL, NULL);
}
