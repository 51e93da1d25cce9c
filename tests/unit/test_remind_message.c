#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "remind/header.h"
#include "remind/message.h"
#include "remind/mime.h"
#include "remind/webhook.h"

#define PERSON "\"person\":{\"name\":\"Anna Officer\",\"login\":\"anna\",\"role\":\"officer\"},\"on\":\"2005-07-01\""

/* An item of the founding document; more members come first. */
#define ITEM(reference, milestone, due, days, more) \
	"{" more "\"reference\":\"" reference "\",\"milestone\":\"" milestone "\",\"due_on\":\"" due "\",\"days\":" #days \
	",\"thread\":\"<" reference "@mandate>\",\"kind\":\"reporting\",\"to\":\"General Assembly\",\"deadline\":\"at its sixtieth session\"," \
	"\"what\":\"to report on the implementation of the present resolution\",\"asked\":\"the Secretary-General\",\"part\":\"owner\"," \
	"\"because\":\"10 weeks before the item is taken up\",\"paragraph\":\"9\",\"version\":3," \
	"\"resolution\":{\"symbol\":\"A/RES/59/157\",\"title\":\"International cooperation\"}," \
	"\"last_update\":{\"effective_on\":\"2005-06-20\",\"note\":\"draft with the editors\",\"status\":\"in_progress\",\"officer\":{\"name\":\"Boris\"}}}"

struct rendered {
	json_t *content;
	struct message message;
	struct buf text, html, calendar;
};

static void render(struct rendered *ret, const char *content, bool exercise)
{
	struct error error = ERROR_NONE;

	if (json_read(slice_of(content), &ret->content, &error) != 0)
		fail_msg("%s", error.message);
	message_open(&ret->message, ret->content, exercise);
	buf_init(&ret->text, BUF_MAX_BODY);
	buf_init(&ret->html, BUF_MAX_BODY);
	buf_init(&ret->calendar, BUF_MAX_BODY);
	message_text(&ret->message, &ret->text);
	message_html(&ret->message, &ret->html);
	message_calendar(&ret->message, "2005-07-01T09:30:00.000000Z", &ret->calendar);
}

static void release(struct rendered *rendered)
{
	message_close(&rendered->message);
	buf_release(&rendered->text);
	buf_release(&rendered->html);
	buf_release(&rendered->calendar);
	json_decref(rendered->content);
}

static void has(const struct buf *text, const char *part)
{
	if (strstr(buf_text(text), part) == NULL)
		fail_msg("\"%s\" is not in:\n%s", part, buf_text(text));
}

static void subject_is(const char *content, bool exercise, const char *subject)
{
	struct rendered r;

	render(&r, content, exercise);
	assert_string_equal(r.message.subject, subject);
	release(&r);
}

static void the_subject_says_what_is_due_when(void **state)
{
	static const struct {
		const char *item, *subject;
	} cases[] = {
	    {ITEM("A/RES/59/157:9", "deadline", "2005-09-09", 70, ""), "Due in 10 weeks: report to the General Assembly at its sixtieth session (A/RES/59/157, para. 9)"},
	    {ITEM("A/RES/59/157:9", "slot", "2005-07-02", 1, ""), "Submission due tomorrow: report to the General Assembly at its sixtieth session (A/RES/59/157, para. 9)"},
	    {ITEM("A/RES/59/157:9", "slot", "2005-07-01", 0, ""), "Submission due today: report to the General Assembly at its sixtieth session (A/RES/59/157, para. 9)"},
	    {ITEM("A/RES/59/157:9", "issuance", "2005-06-24", -7, ""), "Issuance overdue by 1 week: report to the General Assembly at its sixtieth session (A/RES/59/157, para. 9)"},
	    {ITEM("A/RES/59/157:9", "some_step", "2005-02-01", -150, ""), "Some step overdue by 5 months: report to the General Assembly at its sixtieth session (A/RES/59/157, para. 9)"},
	};
	char content[4096];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		(void)snprintf(content, sizeof content, "{" PERSON ",\"items\":[%s],\"alarms\":[]}", cases[i].item);
		subject_is(content, false, cases[i].subject);
	}
}

static void several_matters_are_counted(void **state)
{
	(void)state;
	subject_is("{" PERSON ",\"items\":[" ITEM("A/RES/59/157:9", "slot", "2005-07-29", 28, "") "," ITEM("A/RES/59/157:6", "review", "2005-06-30", -1, "") ","
	           ITEM("A/RES/59/157:6", "deadline", "2005-07-30", 29, "") "]}", false, "3 matters: 1 overdue, 2 due soon (A/RES/59/157)");
	subject_is("{" PERSON ",\"items\":[" ITEM("A/RES/59/157:9", "slot", "2005-07-29", 28, "") "," ITEM("A/RES/59/157:9", "clearance", "2005-07-15", 14, "") "]}",
	    true, "[Exercise] Submission due in 4 weeks, and 1 more: report to the General Assembly at its sixtieth session (A/RES/59/157, para. 9)");
	subject_is("{" PERSON ",\"items\":[],\"alarms\":[\"x\"]}", false, "Reminders cannot be delivered: an administrator must look");
}

static void two_steps_of_one_day_are_one_matter(void **state)
{
	struct rendered r;

	(void)state;
	render(&r, "{" PERSON ",\"items\":[" ITEM("A/RES/59/157:9", "slot", "2005-07-02", 1, "\"step\":\"1 days before\",") ","
	           ITEM("A/RES/59/157:9", "slot", "2005-07-02", 1, "\"step\":\"0 days before\",") "]}", false);
	assert_int_equal(r.message.count, 1);
	assert_string_equal(r.message.thread, "<A/RES/59/157:9@mandate>");
	release(&r);
}

static void the_text_says_all_in_72_columns(void **state)
{
	struct slice rest, line;
	struct rendered r;

	(void)state;
	render(&r, "{" PERSON ",\"items\":[" ITEM("A/RES/59/157:9", "slot", "2005-07-29", 28, "") "],\"alarms\":[]}", false);
	assert_string_equal(buf_text(&r.text),
	    "1 matter on Friday, 1 July 2005: 1 due soon.\n\n"
	    "Submission due in 4 weeks: report to the General Assembly at its\n  sixtieth session\n\n"
	    "  Due      Friday, 29 July 2005: 10 weeks before the item is taken up\n"
	    "  Asked    the Secretary-General, to report on the implementation of the\n"
	    "           present resolution\n"
	    "  In       A/RES/59/157, para. 9: International cooperation\n"
	    "  Last     20 June 2005, Boris: in progress; draft with the editors\n"
	    "  You are  its owner\n\n"
	    "  When it is done:\n    mandate milestone A/RES/59/157:9 slot --done 2005-07-01\n\n"
	    "________________________________________________________________________\n"
	    "Sent by Mandate to Anna Officer (anna), who alone gets this message.\n"
	    "Seen, no more of this step:\n    mandate remind ack A/RES/59/157:9\n"
	    "Not now:\n    mandate remind snooze A/RES/59/157:9 --until DATE\n"
	    "Never again:\n    mandate remind mute A/RES/59/157:9 --reason TEXT\n"
	    "What is to come, and why:\n    mandate remind plan\n");
	rest = buf_slice(&r.text);
	while (slice_take_until(&rest, '\n', &line))
		assert_true(line.len <= 72);
	release(&r);
}

static void what_was_last_said_is_there_without_words(void **state)
{
	struct rendered r;

	(void)state;
	render(&r, "{" PERSON ",\"items\":[{\"reference\":\"X:1\",\"milestone\":\"slot\",\"last_update\":{\"effective_on\":\"2005-06-20\",\"kind\":\"milestone\","
	           "\"officer\":{\"name\":\"Boris\"},\"change\":{\"milestones\":{\"forecast_confirmed\":{\"done_on\":\"2005-06-20\"}}}}}]}", false);
	has(&r.text, "  Last     20 June 2005, Boris: Forecast confirmation: done\n");
	release(&r);
}

static void each_milestone_has_the_command_that_answers_it(void **state)
{
	static const struct {
		const char *item, *command;
	} cases[] = {
	    {ITEM("A/RES/59/157:9", "clearance", "2005-07-29", 28, ""), "mandate milestone A/RES/59/157:9 clearance --done 2005-07-01"},
	    {ITEM("A/RES/59/157:9", "deadline", "2005-07-29", 28, ""), "mandate report-document SYMBOL --answers A/RES/59/157:9"},
	    {ITEM("A/RES/59/157:3 bis", "review", "2005-07-29", 28, ""), "mandate edit 'A/RES/59/157:3 bis' --review NEXT-DATE"},
	    {"{\"reference\":\"A/RES/59/157:6\",\"milestone\":\"deadline\",\"kind\":\"contribution\"}",
	        "mandate update A/RES/59/157:6 --status implemented --evidence SYMBOL"},
	};
	struct rendered r;
	char content[4096];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		(void)snprintf(content, sizeof content, "{" PERSON ",\"items\":[%s]}", cases[i].item);
		render(&r, content, false);
		assert_string_equal(message_command(&r.message, r.message.items[0]), cases[i].command);
		release(&r);
	}
}

static void an_exercise_and_alarms_stand_at_the_top(void **state)
{
	struct rendered r;

	(void)state;
	render(&r, "{" PERSON ",\"items\":[],\"alarms\":[\"Vera <x> has 3 reminders waiting and no address\"]}", true);
	assert_int_equal(strncmp(buf_text(&r.text), "EXERCISE: the clock of this service is moved; for it today is 1 July\n2005.", 74), 0);
	has(&r.text, "THE REMINDERS THEMSELVES NEED YOU\n\n  - Vera <x> has 3 reminders waiting and no address\n");
	has(&r.text, "Nothing is owed to you on Friday, 1 July 2005.");
	has(&r.html, "EXERCISE: the clock");
	has(&r.html, "Vera &lt;x&gt; has 3 reminders");
	release(&r);
}

static void what_people_wrote_cannot_become_html(void **state)
{
	struct rendered r;

	(void)state;
	render(&r, "{\"person\":{\"name\":\"<script>alert(1)</script>\",\"login\":\"a\\\"b\"},\"on\":\"2005-07-01\",\"items\":["
	           "{\"reference\":\"X:1\",\"milestone\":\"<b>\",\"days\":1,\"due_on\":\"2005-07-02\",\"what\":\"<img src=x>\",\"because\":\"a & b\","
	           "\"resolution\":{\"symbol\":\"<i>\",\"title\":\"\\\"q\\\"\"},\"last_update\":{\"effective_on\":\"2005-07-01\",\"note\":\"</td><a>\"}}]}", false);
	assert_null(strstr(buf_text(&r.html), "<script"));
	assert_null(strstr(buf_text(&r.html), "<img"));
	assert_null(strstr(buf_text(&r.html), "<b>"));
	assert_null(strstr(buf_text(&r.html), "<i>"));
	assert_null(strstr(buf_text(&r.html), "</td><a>"));
	has(&r.html, "&lt;script&gt;alert(1)");
	has(&r.html, "a &amp; b");
	release(&r);
}

static void content_of_another_shape_is_survived(void **state)
{
	static const char *const contents[] = {"{}", "{\"items\":[{}],\"alarms\":[1,null]}", "{\"items\":{},\"person\":[]}", "{\"items\":[null,3,\"x\"]}"};
	struct rendered r;

	(void)state;
	for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
		render(&r, contents[i], true);
		release(&r);
	}
}

static void the_calendar_has_an_event_for_each_day(void **state)
{
	struct rendered r;

	(void)state;
	render(&r, "{" PERSON ",\"items\":[" ITEM("A/RES/59/157:9", "slot", "2005-07-29", 28, "") "]}", false);
	has(&r.calendar, "UID:A/RES/59/157:9/slot@mandate\r\n");
	has(&r.calendar, "DTSTAMP:20050701T093000Z\r\n");
	has(&r.calendar, "DTSTART;VALUE=DATE:20050729\r\nDTEND;VALUE=DATE:20050730\r\nSEQUENCE:3\r\n");
	has(&r.calendar, "METHOD:PUBLISH\r\n");
	release(&r);
}

static void header_is(void (*write)(struct buf *, const char *, const char *), const char *text, const char *expected)
{
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	write(&out, "Subject", text);
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
}

static void a_header_stays_one_header(void **state)
{
	(void)state;
	header_is(header_text, "plain", "Subject: plain");
	header_is(header_text, "a\r\nBcc: all@example.org", "Subject: a Bcc: all@example.org");
	header_is(header_text, "a\n\n<html>", "Subject: a <html>");
	header_is(header_text, "", "Subject: ");
	header_is(header_text, "=?UTF-8?Q?x?=", "Subject: \r\n =?UTF-8?B?PT9VVEYtOD9RP3g/PQ==?=");
	header_is(header_text, "Müller", "Subject: \r\n =?UTF-8?B?TcO8bGxlcg==?=");
	header_is(header_text, "Due in 10 weeks: report to the General Assembly at its sixtieth session (A/RES/59/157, para. 9)",
	    "Subject: Due in 10 weeks: report to the General Assembly at its sixtieth\r\n session (A/RES/59/157, para. 9)");
}

static void encoded_words_are_cut_between_characters(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	header_text(&out, "Subject", "ääääääääääääääääääääääääääääääaääääääääääääääääääääääää");
	for (const char *at = buf_text(&out), *word; (word = strstr(at, "=?UTF-8?B?")) != NULL; at = word + 10) {
		size_t len = strcspn(word, "\r");

		/* Whole characters: "ä" is two bytes, so a word begins with C3 ("w6") or with the "a" ("Yc"). */
		assert_true(strncmp(word + 10, "w6", 2) == 0 || strncmp(word + 10, "Yc", 2) == 0);
		assert_true(len <= 75);
	}
	buf_release(&out);
}

static void a_name_cannot_add_an_address(void **state)
{
	static const struct {
		const char *name, *header;
	} cases[] = {
	    {"Anna Officer", "To: \"Anna Officer\" <a@example.org>"},
	    {"Anna \"The\" Officer\\", "To: \"Anna \\\"The\\\" Officer\\\\\" <a@example.org>"},
	    {"x>\r\nBcc: <b@example.org", "To: \"x> Bcc: <b@example.org\" <a@example.org>"},
	    {"Müller, A.", "To: =?UTF-8?B?TcO8bGxlciwgQS4=?=\r\n <a@example.org>"},
	    {"", "To: <a@example.org>"},
	};
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		header_address(&out, "To", cases[i].name, "a@example.org");
		assert_string_equal(buf_text(&out), cases[i].header);
	}
	buf_release(&out);
}

static void an_address_is_one_or_none(void **state)
{
	static const char *const bad[] = {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", "a@b,c", "a@b;"};

	(void)state;
	assert_true(header_address_good("anna.officer+un@example.org"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (header_address_good(bad[i]))
			fail_msg("%s was taken for an address", bad[i]);
}

static void dates_and_senders(void **state)
{
	struct buf one, two;

	(void)state;
	buf_init(&one, BUF_MAX_LINE);
	buf_init(&two, BUF_MAX_LINE);
	header_date(&one, "2005-07-01T09:30:00.000000Z");
	assert_string_equal(buf_text(&one), "Date: Fri, 01 Jul 2005 09:30:00 +0000");
	buf_clear(&one);
	header_split(" \"Mandate, Vienna\" <m@example.org> ", &one, &two);
	assert_string_equal(buf_text(&one), "Mandate, Vienna");
	assert_string_equal(buf_text(&two), "m@example.org");
	buf_clear(&one);
	buf_clear(&two);
	header_split("m@example.org", &one, &two);
	assert_string_equal(buf_text(&one), "");
	assert_string_equal(buf_text(&two), "m@example.org");
	buf_release(&one);
	buf_release(&two);
}

static void a_webhook_is_signed_with_its_time(void **state)
{
	char signature[WEBHOOK_SIGNATURE];

	(void)state;
	/* printf '1120210200.{}' | openssl dgst -sha256 -hmac s3cret */
	webhook_sign("s3cret", "1120210200", "{}", signature);
	assert_string_equal(signature, "6ef6bb6847d0c906eae5f82a2f7127c206a2df8c58f20d0f5b6abae5141deb74");
}

static void a_letter_has_its_own_words(void **state)
{
	struct rendered r;

	(void)state;
	render(&r, "{" PERSON ",\"items\":[],\"alarms\":[],\"letter\":{\"subject\":\"Status report of July\",\"paragraphs\":[\"It is attached.\",\"a < b\"]}}", true);
	assert_string_equal(r.message.subject, "[Exercise] Status report of July");
	has(&r.text, "\nStatus report of July\n\nIt is attached.\n\na < b\n\n____");
	has(&r.html, ">It is attached.</p>");
	has(&r.html, ">a &lt; b</p>");
	if (strstr(buf_text(&r.text), "remind ack") != NULL)
		fail_msg("a letter says how to answer a reminder");
	release(&r);
}

static void quoted_is(const char *text, const char *wanted)
{
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	mime_quoted(&out, slice_of(text));
	assert_string_equal(buf_text(&out), wanted);
	buf_release(&out);
}

#define TEN "0123456789"
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN

static void quoted_printable_keeps_lines_short_and_bytes_safe(void **state)
{
	(void)state;
	quoted_is("a = b\n", "a =3D b\r\n");
	quoted_is("one\r\ntwo", "one\r\ntwo\r\n");
	quoted_is("blank \ntab\t\n", "blank=20\r\ntab=09\r\n");
	quoted_is("M\xc3\xbcller", "M=C3=BCller\r\n");
	quoted_is(SEVENTY "123456", SEVENTY "123456\r\n");                 /* 76 columns fit */
	quoted_is(SEVENTY "1234567", SEVENTY "12345=\r\n67\r\n");          /* 77 do not */
	quoted_is(SEVENTY "1234=", SEVENTY "1234=\r\n=3D\r\n");            /* an encoded byte is not cut */
	quoted_is(SEVENTY "123=", SEVENTY "123=3D\r\n");
	quoted_is("", "");
}

static void a_file_is_folded_and_named(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	mime_file(&out, "text/csv", "a \"b\".csv", SLICE(SEVENTY "1234567890"));
	assert_string_equal(buf_text(&out), "Content-Type: text/csv\r\nContent-Disposition: attachment; filename*=UTF-8''a%20%22b%22.csv\r\n"
	                                    "Content-Transfer-Encoding: base64\r\n\r\n" SEVENTY "123456\r\n7890\r\n");
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_letter_has_its_own_words),
	    cmocka_unit_test(quoted_printable_keeps_lines_short_and_bytes_safe),
	    cmocka_unit_test(a_file_is_folded_and_named),
	    cmocka_unit_test(the_subject_says_what_is_due_when),
	    cmocka_unit_test(several_matters_are_counted),
	    cmocka_unit_test(two_steps_of_one_day_are_one_matter),
	    cmocka_unit_test(the_text_says_all_in_72_columns),
	    cmocka_unit_test(what_was_last_said_is_there_without_words),
	    cmocka_unit_test(each_milestone_has_the_command_that_answers_it),
	    cmocka_unit_test(an_exercise_and_alarms_stand_at_the_top),
	    cmocka_unit_test(what_people_wrote_cannot_become_html),
	    cmocka_unit_test(content_of_another_shape_is_survived),
	    cmocka_unit_test(the_calendar_has_an_event_for_each_day),
	    cmocka_unit_test(a_header_stays_one_header),
	    cmocka_unit_test(encoded_words_are_cut_between_characters),
	    cmocka_unit_test(a_name_cannot_add_an_address),
	    cmocka_unit_test(an_address_is_one_or_none),
	    cmocka_unit_test(dates_and_senders),
	    cmocka_unit_test(a_webhook_is_signed_with_its_time),
	};

	return cmocka_run_group_tests_name("remind/message", tests, NULL, NULL);
}
