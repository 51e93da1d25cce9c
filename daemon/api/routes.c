/*
 * The table of routes. What stands here is what there is: the check of
 * parameters, the functions prepared on each database connection and the help
 * come from it.
 */
#include "routes.h"

#include <stdio.h>
#include <string.h>

#include "api.h"
#include "request.h"

#define TEXT_SHORT 200
#define TEXT_LONG 65536
#define REFERENCES_MAX 10000
#define EVIDENCE_MAX 100

#define STATUSES \
	"proposed not_started in_progress continuing implemented closed overtaken not_applicable"
#define CLEARANCES "draft submitted cleared returned"
#define KINDS \
	"adoption ratification contribution reporting assistance cooperation dissemination " \
	"resources legislation convening appointment agenda other"
#define FORCES "binding request decision urging encouragement none"
#define ROLES "viewer officer clearer admin"

#define REMINDED \
	IN_BODY_NAME("time_zone", 0), IN_BODY_WORD("digest", 0, "daily weekly"), IN_BODY_NAME("work_from", 0), \
	    IN_BODY_NAME("work_until", 0), IN_BODY_WORD("channel", 0, "mail webhook inbox"), \
	    IN_BODY("webhook_url", SHAPE_TEXT, SHAPE_NULLABLE, 2000), IN_BODY_NAME("supervisor", SHAPE_NULLABLE), \
	    {"daily_cap", SHAPE_BODY, SHAPE_INTEGER, 0, 1, 1000, NULL}
#define IN_PATH(name) {name, SHAPE_PATH, SHAPE_TEXT, SHAPE_REQUIRED, 1, TEXT_SHORT, NULL}
#define IN_QUERY(name, type) {name, SHAPE_QUERY, type, 0, 0, TEXT_LONG, NULL}
#define IN_BODY(name, type, flags, most) {name, SHAPE_BODY, type, flags, 0, most, NULL}
#define IN_BODY_WORD(name, flags, words) {name, SHAPE_BODY, SHAPE_WORD, flags, 0, 0, words}
/* A name or a reference: short, and not empty. */
#define IN_BODY_NAME(name, flags) {name, SHAPE_BODY, SHAPE_TEXT, flags, 1, TEXT_SHORT, NULL}
#define PAGE \
	{"limit", SHAPE_QUERY, SHAPE_INTEGER, 0, 1, 10000, NULL}, IN_QUERY("after", SHAPE_TEXT)
#define AS_OF IN_QUERY("as_of", SHAPE_DATE), IN_QUERY("known_at", SHAPE_TIME)
#define FILTER IN_QUERY("filter", SHAPE_FILTER)
#define VERSION {"version", SHAPE_BODY, SHAPE_INTEGER, 0, 0, INT32_MAX, NULL}
#define REFERENCES \
	{"references", SHAPE_BODY, SHAPE_TEXTS, SHAPE_REQUIRED, 1, REFERENCES_MAX, NULL}
#define ROWS IN_BODY("rows", SHAPE_LIST, SHAPE_REQUIRED, 0), DRY_RUN
/* What a contribution may say of itself; amounts and rates are texts, so that they stay exact. */
#define CONTRIBUTION \
	IN_BODY_NAME("earmark", SHAPE_NULLABLE), IN_BODY("in_kind", SHAPE_TEXT, SHAPE_NULLABLE, TEXT_LONG), \
	    {"for_year", SHAPE_BODY, SHAPE_INTEGER, SHAPE_NULLABLE, 1900, 2199, NULL}, \
	    IN_BODY("due", SHAPE_DATE, SHAPE_NULLABLE, 0), IN_BODY_NAME("agreement", SHAPE_NULLABLE), \
	    IN_BODY_NAME("rate", 0), IN_BODY("rate_date", SHAPE_DATE, 0, 0), \
	    IN_BODY_NAME("pledge", SHAPE_NULLABLE), IN_BODY_WORD("donor_type", 0, "state organization private"), \
	    IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG), IN_BODY("evidence", SHAPE_TEXTS, 0, EVIDENCE_MAX)
#define CONTRIBUTION_SCOPE \
	IN_QUERY("fund", SHAPE_TEXT), IN_QUERY("donor", SHAPE_TEXT), \
	    {"year", SHAPE_QUERY, SHAPE_INTEGER, 0, 1900, 2199, NULL}, AS_OF
#define DRY_RUN IN_BODY("dry_run", SHAPE_BOOLEAN, 0, 0)
/* A session of a body; the Economic and Social Council's are named by their year. */
#define SESSION \
	IN_PATH("body"), {"number", SHAPE_PATH, SHAPE_INTEGER, SHAPE_REQUIRED, 1, 9000, NULL}
#define SHAPES(...) (const struct shape[]){__VA_ARGS__, {.name = NULL}}
#define NOTHING (const struct shape[]){{.name = NULL}}

static const struct route routes[] = {
	{EVHTTP_REQ_GET, "/healthz", NULL, health_get, 200, ROUTE_OPEN | ROUTE_LOCAL, NOTHING,
	    "Whether the service and its database answer: 200 or 503."},
	{EVHTTP_REQ_GET, "/metrics", NULL, metrics_get, 200, ROUTE_OPEN | ROUTE_LOCAL, NOTHING,
	    "Counts and ages in the Prometheus text format, for monitoring; no names."},
	{EVHTTP_REQ_GET, "/v1/version", NULL, version_get, 200, ROUTE_OPEN | ROUTE_LOCAL, NOTHING,
	    "Which version runs, with which schema, since when."},
	{EVHTTP_REQ_GET, "/v1/help", NULL, help_get, 200, ROUTE_OPEN | ROUTE_LOCAL, NOTHING,
	    "This table of routes."},
	{EVHTTP_REQ_GET, "/v1/help/filter", NULL, help_filter_get, 200, ROUTE_OPEN | ROUTE_LOCAL,
	    NOTHING, "The fields, operators and values of filter words."},
	{EVHTTP_REQ_GET, "/v1/me", "api.me", NULL, 200, 0, NOTHING, "Who is asking."},
	{EVHTTP_REQ_GET, "/v1/doctor", "api.doctor", doctor_get, 200, ROUTE_LOCAL, NOTHING,
	    "Whether everything is as it should be, with a remedy where it is not."},
	{EVHTTP_REQ_GET, "/v1/audit", "api.audit_verify", NULL, 200, 0, NOTHING,
	    "Recomputes every hash chain and names what was altered, is missing or was inserted."},

	{EVHTTP_REQ_GET, "/v1/resolutions", "api.resolution_list", NULL, 200, 0, SHAPES(PAGE),
	    "The resolutions, with how much of each is open."},
	{EVHTTP_REQ_POST, "/v1/resolutions", "api.resolution_import", resolution_post, 201, 0,
	    SHAPES(IN_BODY("text", SHAPE_TEXT, SHAPE_REQUIRED, 0), IN_BODY_NAME("symbol", 0), IN_BODY("adopted_on", SHAPE_DATE, 0, 0),
	        IN_BODY_NAME("body", 0), {"title", SHAPE_BODY, SHAPE_TEXT, 0, 1, TEXT_LONG, NULL}, IN_BODY_NAME("language", 0),
	        IN_BODY("replace", SHAPE_BOOLEAN, 0, 0), IN_BODY("confirm", SHAPE_BOOLEAN, 0, 0),
	        DRY_RUN),
	    "Reads a resolution's text and keeps it with its reading; what is given with it stands over what it says of itself."},
	{EVHTTP_REQ_GET, "/v1/resolutions/{symbol}", "api.resolution_show", NULL, 200, 0,
	    SHAPES(IN_PATH("symbol")), "A resolution, paragraph by paragraph, with its lineage."},
	{EVHTTP_REQ_GET, "/v1/resolutions/{symbol}/akn", "api.resolution_akn", resolution_akn_get, 200, 0,
	    SHAPES(IN_PATH("symbol"), AS_OF), "Its text as Akoma Ntoso, with its obligations and their status as analysis."},
	{EVHTTP_REQ_POST, "/v1/resolutions/{symbol}/confirm", "api.resolution_confirm", NULL, 200, 0,
	    SHAPES(IN_PATH("symbol"), IN_BODY("corrections", SHAPE_LIST, 0, 0), VERSION, DRY_RUN),
	    "Confirms a reading, with corrections: its clauses become obligations."},
	{EVHTTP_REQ_POST, "/v1/resolutions/{symbol}/adopt", "api.resolution_adopt", NULL, 200, 0,
	    SHAPES(IN_PATH("symbol"), IN_BODY_NAME("as", SHAPE_REQUIRED),
	        IN_BODY("on", SHAPE_DATE, SHAPE_REQUIRED, 0), IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG)),
	    "Records that a proposed draft was adopted, under which symbol and when."},

	{EVHTTP_REQ_GET, "/v1/obligations", "api.obligation_list", NULL, 200, 0,
	    SHAPES(FILTER, AS_OF, PAGE,
	        {"sort", SHAPE_QUERY, SHAPE_WORD, 0, 0, 0, "reference due urgency updated"}),
	    "The obligations that a filter finds, as of a date, as known at a time."},
	{EVHTTP_REQ_POST, "/v1/obligations", "api.obligation_import", NULL, 200, 0,
	    SHAPES(IN_BODY("rows", SHAPE_LIST, SHAPE_REQUIRED, 0), IN_BODY_NAME("file", SHAPE_REQUIRED),
	        IN_BODY("update", SHAPE_BOOLEAN, 0, 0), DRY_RUN),
	    "Brings in obligations from the rows of a spreadsheet, all or none."},
	{EVHTTP_REQ_GET, "/v1/obligations/{ref}", "api.obligation_show", NULL, 200, 0,
	    SHAPES(IN_PATH("ref"), AS_OF), "One obligation in full."},
	{EVHTTP_REQ_PATCH, "/v1/obligations/{ref}", "api.obligation_edit", NULL, 200, 0,
	    SHAPES(IN_PATH("ref"), VERSION, IN_BODY_WORD("kind", 0, KINDS),
	        IN_BODY_WORD("force", 0, FORCES), IN_BODY("action", SHAPE_TEXT, 0, TEXT_LONG),
	        IN_BODY("vehicle", SHAPE_TEXT, SHAPE_NULLABLE, TEXT_LONG),
	        IN_BODY_NAME("fund", SHAPE_NULLABLE), IN_BODY_NAME("treaty", SHAPE_NULLABLE),
	        IN_BODY("due_on", SHAPE_DATE, SHAPE_NULLABLE, 0),
	        IN_BODY("review_on", SHAPE_DATE, SHAPE_NULLABLE, 0), IN_BODY_NAME("remind_rule", SHAPE_NULLABLE),
	        IN_BODY("reason", SHAPE_TEXT, 0, TEXT_LONG)),
	    "Corrects what was read, or overrides a date, with the reason."},
	{EVHTTP_REQ_GET, "/v1/obligations/{ref}/updates", "api.update_list", NULL, 200, 0,
	    SHAPES(IN_PATH("ref")), "An obligation's record, oldest first."},
	{EVHTTP_REQ_POST, "/v1/updates", "api.update_write", NULL, 201, 0,
	    SHAPES(REFERENCES, IN_BODY_WORD("status", 0, STATUSES),
	        IN_BODY_WORD("clearance", 0, CLEARANCES), IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG),
	        IN_BODY("evidence", SHAPE_TEXTS, 0, EVIDENCE_MAX), IN_BODY("on", SHAPE_DATE, 0, 0),
	        VERSION, DRY_RUN),
	    "Records one update on each of the obligations named, all or none."},
	{EVHTTP_REQ_POST, "/v1/assignments", "api.assignment_write", NULL, 200, 0,
	    SHAPES(REFERENCES, IN_BODY_NAME("owner", SHAPE_NULLABLE),
	        IN_BODY_NAME("alternate", SHAPE_NULLABLE), IN_BODY_NAME("unit", SHAPE_NULLABLE),
	        IN_BODY_NAME("member", 0), IN_BODY_WORD("as", 0, "lead supporting focal_point none"),
	        IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG), DRY_RUN),
	    "Gives obligations to an officer, or to nobody; or sets a member of their team."},
	{EVHTTP_REQ_POST, "/v1/handovers", "api.handover", NULL, 200, 0,
	    SHAPES(FILTER, IN_BODY_NAME("from", SHAPE_REQUIRED), IN_BODY_NAME("to", SHAPE_REQUIRED),
	        IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG), DRY_RUN),
	    "Gives all that one officer follows to another, or what of it a filter finds."},
	{EVHTTP_REQ_GET, "/v1/next", "api.next_list", NULL, 200, 0,
	    SHAPES(FILTER, {"limit", SHAPE_QUERY, SHAPE_INTEGER, 0, 1, 10000, NULL}),
	    "What to do first, by an urgency that explains itself."},
	{EVHTTP_REQ_GET, "/v1/due", "api.due_list", NULL, 200, 0,
	    SHAPES(FILTER, {"within", SHAPE_QUERY, SHAPE_INTEGER, 0, 0, 36500, NULL},
	        IN_QUERY("as_of", SHAPE_DATE), PAGE),
	    "What is overdue or falls due within so many days."},
	{EVHTTP_REQ_GET, "/v1/states", "api.state_list", NULL, 200, 0,
	    SHAPES(IN_QUERY("group", SHAPE_TEXT), IN_QUERY("as_of", SHAPE_DATE)),
	    "The Member States, or those of a group."},
	{EVHTTP_REQ_GET, "/v1/states/{name}", "api.state_show", NULL, 200, 0, SHAPES(IN_PATH("name")),
	    "A State by any of its names, with its codes and groups."},
	{EVHTTP_REQ_GET, "/v1/treaties", "api.treaty_list", NULL, 200, 0, NOTHING,
	    "The treaties, with how many have joined each."},
	{EVHTTP_REQ_POST, "/v1/treaties", "api.treaty_add", NULL, 201, 0,
	    SHAPES(IN_BODY_NAME("code", SHAPE_REQUIRED), IN_BODY("name", SHAPE_TEXT, SHAPE_REQUIRED, TEXT_LONG),
	        IN_BODY("aliases", SHAPE_TEXT, 0, TEXT_LONG), IN_BODY("adopted_on", SHAPE_DATE, 0, 0), IN_BODY_NAME("adopted_by", 0),
	        IN_BODY("open_from", SHAPE_DATE, 0, 0), IN_BODY("open_until", SHAPE_DATE, 0, 0), IN_BODY_NAME("parent", 0),
	        {"threshold", SHAPE_BODY, SHAPE_INTEGER, SHAPE_REQUIRED, 1, 1000, NULL},
	        {"force_days", SHAPE_BODY, SHAPE_INTEGER, 0, 0, 10000, NULL},
	        {"later_days", SHAPE_BODY, SHAPE_INTEGER, 0, 0, 10000, NULL},
	        {"withdrawal_months", SHAPE_BODY, SHAPE_INTEGER, 0, 0, 1000, NULL},
	        IN_BODY("organizations_count", SHAPE_BOOLEAN, 0, 0)),
	    "Adds a treaty."},
	{EVHTTP_REQ_GET, "/v1/treaties/{treaty}", "api.treaty_status", NULL, 200, 0,
	    SHAPES(IN_PATH("treaty"), AS_OF, IN_QUERY("group", SHAPE_TEXT)),
	    "Who has signed and joined a treaty as of a day, since when it is in force, and who has not joined."},
	{EVHTTP_REQ_GET, "/v1/treaties/{treaty}/entries", "api.treaty_log", NULL, 200, 0,
	    SHAPES(IN_PATH("treaty"), IN_QUERY("party", SHAPE_TEXT)), "A treaty's book as it was written."},
	{EVHTTP_REQ_POST, "/v1/treaties/{treaty}/entries", "api.treaty_action", NULL, 201, 0,
	    SHAPES(IN_PATH("treaty"), IN_BODY_NAME("party", SHAPE_REQUIRED), IN_BODY_NAME("action", SHAPE_REQUIRED),
	        IN_BODY("on", SHAPE_DATE, 0, 0), IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG), IN_BODY("evidence", SHAPE_TEXTS, 0, EVIDENCE_MAX)),
	    "Records that a party signed, joined or withdrew."},
	{EVHTTP_REQ_POST, "/v1/treaties/{treaty}/entries/{n}", "api.treaty_correct", NULL, 200, 0,
	    SHAPES(IN_PATH("treaty"), {"n", SHAPE_PATH, SHAPE_INTEGER, SHAPE_REQUIRED, 1, INT32_MAX, NULL}, IN_BODY_NAME("party", 0),
	        IN_BODY_NAME("action", 0), IN_BODY("on", SHAPE_DATE, 0, 0), IN_BODY("void", SHAPE_BOOLEAN, 0, 0),
	        IN_BODY("note", SHAPE_TEXT, SHAPE_REQUIRED, TEXT_LONG), IN_BODY("evidence", SHAPE_TEXTS, 0, EVIDENCE_MAX)),
	    "Puts a later entry in the place of one that was wrong, or takes it back."},
	{EVHTTP_REQ_POST, "/v1/treaty-actions", "api.treaty_import", NULL, 200, 0,
	    SHAPES(IN_BODY("rows", SHAPE_LIST, SHAPE_REQUIRED, 0), IN_BODY_NAME("treaty", 0), DRY_RUN),
	    "Treaty actions from a file, all or none; what is there already is recognized."},
	{EVHTTP_REQ_GET, "/v1/calendar", "api.calendar", calendar_get, 200, 0,
	    SHAPES(FILTER, IN_QUERY("from", SHAPE_DATE), IN_QUERY("until", SHAPE_DATE),
	        IN_QUERY("as_of", SHAPE_DATE),
	        {"format", SHAPE_QUERY, SHAPE_WORD, SHAPE_OURS, 0, 0, "text html ics json"}),
	    "Deadlines, milestones and reviews between two days."},
	{EVHTTP_REQ_POST, "/v1/obligations/{ref}/milestones", "api.milestone_write", NULL, 200, 0,
	    SHAPES(IN_PATH("ref"), VERSION, IN_BODY_NAME("name", SHAPE_REQUIRED),
	        IN_BODY("on", SHAPE_DATE, SHAPE_NULLABLE, 0),
	        IN_BODY("done_on", SHAPE_DATE, SHAPE_NULLABLE, 0),
	        {"words", SHAPE_BODY, SHAPE_INTEGER, 0, 1, INT32_MAX, NULL},
	        IN_BODY("reason", SHAPE_TEXT, 0, TEXT_LONG), IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG),
	        IN_BODY("evidence", SHAPE_TEXTS, 0, EVIDENCE_MAX)),
	    "Says that a step towards a report was taken, or when it is due."},
	{EVHTTP_REQ_POST, "/v1/documents/{symbol}", "api.document_issue", NULL, 200, 0,
	    SHAPES(IN_PATH("symbol"), REFERENCES, IN_BODY("on", SHAPE_DATE, 0, 0),
	        IN_BODY("late_reason", SHAPE_TEXT, 0, TEXT_LONG), IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG), DRY_RUN),
	    "Records that a report was issued and which obligations it answers."},
	{EVHTTP_REQ_GET, "/v1/documents/{symbol}", "api.document_show", NULL, 200, 0,
	    SHAPES(IN_PATH("symbol")), "The obligations that a document answers."},
	{EVHTTP_REQ_GET, "/v1/forecast", "api.forecast_list", NULL, 200, 0,
	    SHAPES(FILTER, IN_QUERY("from", SHAPE_DATE), IN_QUERY("until", SHAPE_DATE)),
	    "What the forecast of documents asks for, for each report of a season."},
	{EVHTTP_REQ_GET, "/v1/reports", "api.report_list", NULL, 200, 0, NOTHING, "The reports there are."},
	{EVHTTP_REQ_GET, "/v1/reports/{name}", "api.report_page", report_get, 200, 0,
	    SHAPES(IN_PATH("name"), FILTER, AS_OF, IN_QUERY("since", SHAPE_DATE), IN_QUERY("subject", SHAPE_TEXT),
	        IN_QUERY("group", SHAPE_TEXT), IN_QUERY("sort", SHAPE_TEXT),
	        {"format", SHAPE_QUERY, SHAPE_TEXT, SHAPE_OURS, 1, 40, NULL},
	        {"lang", SHAPE_QUERY, SHAPE_TEXT, SHAPE_OURS, 1, 10, NULL},
	        {"width", SHAPE_QUERY, SHAPE_INTEGER, SHAPE_OURS, 40, 1000, NULL},
	        {"colour", SHAPE_QUERY, SHAPE_WORD, SHAPE_OURS, 0, 0, "yes no"}),
	    "A report, in the format asked for, sent as it is made."},
	{EVHTTP_REQ_GET, "/v1/report-schedules", "api.report_schedule_list", NULL, 200, 0, NOTHING,
	    "The reports that are sent by themselves: what, how often, to whom, when next, and what went wrong."},
	{EVHTTP_REQ_POST, "/v1/report-schedules", "api.report_schedule_add", schedule_post, 201, 0,
	    SHAPES(IN_BODY_NAME("name", SHAPE_REQUIRED), IN_BODY_WORD("every", SHAPE_REQUIRED, "weekly monthly quarterly"),
	        {"to", SHAPE_BODY, SHAPE_TEXTS, SHAPE_REQUIRED, 1, 100, NULL}, FILTER, IN_BODY_NAME("subject", 0), IN_BODY_NAME("group", 0),
	        {"format", SHAPE_BODY, SHAPE_TEXT, SHAPE_OURS, 1, 40, NULL}, {"lang", SHAPE_BODY, SHAPE_TEXT, SHAPE_OURS, 1, 10, NULL}),
	    "Has a report sent on the first working day of each week, month or quarter, as of the day before; as PDF unless told."},
	{EVHTTP_REQ_DELETE, "/v1/report-schedules/{id}", "api.report_schedule_remove", NULL, 200, 0,
	    SHAPES({"id", SHAPE_PATH, SHAPE_INTEGER, SHAPE_REQUIRED, 1, INT32_MAX, NULL}),
	    "Ends a report that is sent by itself; who only gets it is taken off."},
	{EVHTTP_REQ_GET, "/v1/deadlines.ics", "api.report_page", deadlines_get, 200, ROUTE_FEED,
	    SHAPES(FILTER, {"kind", SHAPE_QUERY, SHAPE_WORD, SHAPE_OURS, 0, 0, "events todos"},
	        {"lang", SHAPE_QUERY, SHAPE_TEXT, SHAPE_OURS, 1, 10, NULL}, {"token", SHAPE_QUERY, SHAPE_TEXT, SHAPE_OURS, 1, TEXT_SHORT, NULL}),
	    "Deadlines and milestones for a calendar that looks again by itself; token: of the kind made with --feed."},
	{EVHTTP_REQ_GET, "/v1/changes.atom", "api.report_page", changes_get, 200, ROUTE_FEED,
	    SHAPES(FILTER, IN_QUERY("since", SHAPE_DATE), {"lang", SHAPE_QUERY, SHAPE_TEXT, SHAPE_OURS, 1, 10, NULL},
	        {"token", SHAPE_QUERY, SHAPE_TEXT, SHAPE_OURS, 1, TEXT_SHORT, NULL}),
	    "What was entered into the record, of the last month unless told, for a feed reader."},

	{EVHTTP_REQ_GET, "/v1/reminders", "api.remind_plan", NULL, 200, 0, SHAPES(FILTER, IN_QUERY("until", SHAPE_DATE)),
	    "What will be sent to whom when, and why, until a day."},
	{EVHTTP_REQ_GET, "/v1/inbox", "api.remind_inbox", NULL, 200, 0,
	    SHAPES({"days", SHAPE_QUERY, SHAPE_INTEGER, 0, 1, 3650, NULL}), "What was told to the one who asks, newest first."},
	{EVHTTP_REQ_GET, "/v1/obligations/{ref}/reminders", "api.remind_explain", NULL, 200, 0, SHAPES(IN_PATH("ref")),
	    "What was told about an obligation, what is to come, and what people answered."},
	{EVHTTP_REQ_POST, "/v1/obligations/{ref}/reminders", "api.remind_answer", NULL, 200, 0,
	    SHAPES(IN_PATH("ref"), IN_BODY_WORD("answer", SHAPE_REQUIRED, "ack snooze mute wake"), IN_BODY("until", SHAPE_DATE, 0, 0),
	        IN_BODY("reason", SHAPE_TEXT, 0, TEXT_LONG)),
	    "A person's answer to reminders: seen, later, never, or again."},
	{EVHTTP_REQ_GET, "/v1/holidays", "api.holiday_list", NULL, 200, 0, NOTHING, "The days on which nobody is reminded."},
	{EVHTTP_REQ_PUT, "/v1/holidays/{on}", "api.holiday_add", NULL, 200, 0,
	    SHAPES({"on", SHAPE_PATH, SHAPE_DATE, SHAPE_REQUIRED, 0, 0, NULL}, IN_BODY_NAME("name", SHAPE_REQUIRED)), "Adds a holiday, or names it anew."},
	{EVHTTP_REQ_DELETE, "/v1/holidays/{on}", "api.holiday_remove", NULL, 200, 0,
	    SHAPES({"on", SHAPE_PATH, SHAPE_DATE, SHAPE_REQUIRED, 0, 0, NULL}), "Takes a holiday away."},
	{EVHTTP_REQ_GET, "/v1/officers", "api.officer_list", NULL, 200, 0, NOTHING, "The officers."},
	{EVHTTP_REQ_POST, "/v1/officers", "api.officer_add", NULL, 201, 0,
	    SHAPES(IN_BODY_NAME("login", SHAPE_REQUIRED), IN_BODY_NAME("name", SHAPE_REQUIRED),
	        IN_BODY_WORD("role", 0, ROLES), IN_BODY_NAME("mail", SHAPE_NULLABLE),
	        IN_BODY("uid", SHAPE_INTEGER, SHAPE_NULLABLE, UINT32_MAX),
	        IN_BODY_NAME("unit", SHAPE_NULLABLE), IN_BODY("active", SHAPE_BOOLEAN, 0, 0), REMINDED),
	    "Adds an officer."},
	{EVHTTP_REQ_PATCH, "/v1/officers/{login}", "api.officer_edit", NULL, 200, 0,
	    SHAPES(IN_PATH("login"), IN_BODY_NAME("name", 0), IN_BODY_WORD("role", 0, ROLES),
	        IN_BODY_NAME("mail", SHAPE_NULLABLE),
	        IN_BODY("uid", SHAPE_INTEGER, SHAPE_NULLABLE, UINT32_MAX),
	        IN_BODY_NAME("unit", SHAPE_NULLABLE), IN_BODY("active", SHAPE_BOOLEAN, 0, 0), REMINDED),
	    "Changes an officer's name, role, address or unit, or lets one go."},
	{EVHTTP_REQ_POST, "/v1/officers/{login}/away", "api.officer_away", NULL, 200, 0,
	    SHAPES(IN_PATH("login"), IN_BODY("from", SHAPE_DATE, 0, 0), IN_BODY("until", SHAPE_DATE, 0, 0),
	        IN_BODY_NAME("to", 0), IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG)),
	    "Says that an officer is away between two dates, and who stands in."},
	{EVHTTP_REQ_POST, "/v1/officers/{login}/back", "api.officer_back", NULL, 200, 0,
	    SHAPES(IN_PATH("login"), IN_BODY("on", SHAPE_DATE, 0, 0), IN_BODY("note", SHAPE_TEXT, 0, TEXT_LONG)),
	    "Says that an officer is back from a day on."},
	{EVHTTP_REQ_GET, "/v1/units", "api.unit_list", NULL, 200, 0, NOTHING,
	    "The units as a tree, with their officers and open obligations."},
	{EVHTTP_REQ_POST, "/v1/units", "api.unit_add", NULL, 201, 0,
	    SHAPES(IN_BODY_NAME("code", SHAPE_REQUIRED), IN_BODY_NAME("name", SHAPE_REQUIRED),
	        IN_BODY_NAME("parent", SHAPE_NULLABLE)),
	    "Adds a unit."},
	{EVHTTP_REQ_PATCH, "/v1/units/{code}", "api.unit_edit", NULL, 200, 0,
	    SHAPES(IN_PATH("code"), IN_BODY_NAME("name", 0), IN_BODY_NAME("parent", SHAPE_NULLABLE), IN_BODY_NAME("remind_rule", SHAPE_NULLABLE)),
	    "Renames a unit, moves it in the tree, or says by which rules it is reminded."},
	{EVHTTP_REQ_GET, "/v1/tokens", "api.token_list", NULL, 200, 0, NOTHING,
	    "The tokens for access over TCP, without their secrets."},
	{EVHTTP_REQ_POST, "/v1/tokens", "api.token_add", token_post, 201, 0,
	    SHAPES(IN_BODY_NAME("login", SHAPE_REQUIRED), IN_BODY_NAME("label", SHAPE_REQUIRED),
	        IN_BODY("expires_on", SHAPE_DATE, SHAPE_NULLABLE, 0), IN_BODY("feed", SHAPE_BOOLEAN, 0, 0)),
	    "Makes a token; its secret is shown once."},
	{EVHTTP_REQ_DELETE, "/v1/tokens/{id}", "api.token_revoke", NULL, 200, 0,
	    SHAPES({"id", SHAPE_PATH, SHAPE_INTEGER, SHAPE_REQUIRED, 1, INT32_MAX, NULL}),
	    "Revokes a token."},
	{EVHTTP_REQ_GET, "/v1/aliases", "api.alias_list", NULL, 200, 0, NOTHING,
	    "What officers have taught the service that resolutions call whom."},
	{EVHTTP_REQ_POST, "/v1/aliases", "api.alias_add", NULL, 201, 0,
	    SHAPES(IN_BODY_NAME("name", SHAPE_REQUIRED), IN_BODY_NAME("code", SHAPE_REQUIRED)),
	    "Keeps a name for an entity, to be known in what is imported from now on."},
	{EVHTTP_REQ_GET, "/v1/sessions", "api.session_list", NULL, 200, 0,
	    SHAPES(IN_QUERY("body", SHAPE_TEXT)),
	    "A body's sessions, or those of all that are near, with their dates and what these rest on."},
	{EVHTTP_REQ_GET, "/v1/sessions/{body}/{number}", "api.session_show", NULL, 200, 0,
	    SHAPES(SESSION), "One session, and what hangs on it."},
	{EVHTTP_REQ_PUT, "/v1/sessions/{body}/{number}", "api.session_set", NULL, 200, 0,
	    SHAPES(SESSION, IN_BODY("opens_on", SHAPE_DATE, SHAPE_REQUIRED, 0),
	        IN_BODY("closes_on", SHAPE_DATE, SHAPE_NULLABLE, 0),
	        IN_BODY("reason", SHAPE_TEXT, SHAPE_REQUIRED, TEXT_LONG)),
	    "Overrides a session's dates, with the reason."},
	{EVHTTP_REQ_DELETE, "/v1/sessions/{body}/{number}", "api.session_unset", NULL, 200, 0,
	    SHAPES(SESSION, IN_BODY("reason", SHAPE_TEXT, SHAPE_REQUIRED, TEXT_LONG)),
	    "Takes such an override back, with the reason."},
	{EVHTTP_REQ_GET, "/v1/events", "api.event_list", NULL, 200, 0, NOTHING,
	    "The events that deadlines wait for, with the date where one is known."},
	{EVHTTP_REQ_PUT, "/v1/events", "api.event_set", NULL, 200, 0,
	    SHAPES(IN_BODY("name", SHAPE_TEXT, SHAPE_REQUIRED, TEXT_LONG),
	        IN_BODY("on", SHAPE_DATE, SHAPE_REQUIRED | SHAPE_NULLABLE, 0),
	        IN_BODY("reason", SHAPE_TEXT, SHAPE_REQUIRED, TEXT_LONG)),
	    "Dates an event, or takes its date back, with the reason; what waits for it moves."},

	{EVHTTP_REQ_GET, "/v1/funds", "api.fund_list", NULL, 200, 0, NOTHING,
	    "The funds that contributions go to."},
	{EVHTTP_REQ_POST, "/v1/funds", "api.fund_add", NULL, 201, 0,
	    SHAPES(IN_BODY_NAME("code", SHAPE_REQUIRED), IN_BODY_NAME("name", SHAPE_REQUIRED),
	        IN_BODY("aliases", SHAPE_TEXTS, 0, 50), IN_BODY_NAME("manager", 0),
	        IN_BODY_NAME("created_by", 0), IN_BODY_NAME("part_of", 0)),
	    "Adds a fund."},
	{EVHTTP_REQ_GET, "/v1/rates", "api.rate_list", NULL, 200, 0,
	    SHAPES(IN_QUERY("currency", SHAPE_TEXT)),
	    "The operational rates of exchange, also those that were corrected."},
	{EVHTTP_REQ_POST, "/v1/rates", "api.rate_set", NULL, 201, 0,
	    SHAPES(IN_BODY_NAME("currency", SHAPE_REQUIRED),
	        IN_BODY("from", SHAPE_DATE, SHAPE_REQUIRED, 0), IN_BODY_NAME("rate", SHAPE_REQUIRED),
	        IN_BODY("reason", SHAPE_TEXT, 0, TEXT_LONG),
	        IN_BODY("evidence", SHAPE_TEXTS, 0, EVIDENCE_MAX)),
	    "Sets a rate of exchange from a day on; a correction needs its reason."},
	{EVHTTP_REQ_POST, "/v1/rates/import", "api.rate_import", NULL, 200, 0, SHAPES(ROWS),
	    "Sets many rates, all or none."},
	{EVHTTP_REQ_GET, "/v1/contributions", "api.contribution_list", NULL, 200, 0,
	    SHAPES(CONTRIBUTION_SCOPE, PAGE),
	    "Each pledge with what was received for it, and each receipt without a pledge."},
	{EVHTTP_REQ_GET, "/v1/contributions/status", "api.contribution_status", NULL, 200, 0,
	    SHAPES(CONTRIBUTION_SCOPE, {"by", SHAPE_QUERY, SHAPE_WORD, 0, 0, 0, "donor fund year region"},
	        IN_QUERY("since", SHAPE_TEXT)),
	    "What was pledged, received and is outstanding, by donor, fund, year or region."},
	{EVHTTP_REQ_POST, "/v1/contributions/import", "api.contribution_import", NULL, 200, 0,
	    SHAPES(ROWS), "Pledges and receipts of a file, all or none."},
	{EVHTTP_REQ_GET, "/v1/funds/{fund}/entries", "api.contribution_log", NULL, 200, 0,
	    SHAPES(IN_PATH("fund"), IN_QUERY("donor", SHAPE_TEXT)),
	    "A fund's book as it was written, oldest first."},
	{EVHTTP_REQ_POST, "/v1/funds/{fund}/entries", "api.contribution_add", NULL, 201, 0,
	    SHAPES(IN_PATH("fund"), IN_BODY_WORD("action", SHAPE_REQUIRED, "pledge receipt"),
	        IN_BODY_NAME("donor", SHAPE_REQUIRED), IN_BODY_NAME("amount", SHAPE_REQUIRED),
	        IN_BODY_NAME("currency", SHAPE_REQUIRED), IN_BODY("date", SHAPE_DATE, 0, 0), CONTRIBUTION),
	    "Records a pledge or a receipt."},
	{EVHTTP_REQ_POST, "/v1/funds/{fund}/entries/{n}/correction", "api.contribution_correct", NULL, 201, 0,
	    SHAPES(IN_PATH("fund"), {"n", SHAPE_PATH, SHAPE_INTEGER, SHAPE_REQUIRED, 1, INT32_MAX, NULL},
	        IN_BODY("void", SHAPE_BOOLEAN, 0, 0), IN_BODY_NAME("donor", 0), IN_BODY_NAME("amount", 0),
	        IN_BODY_NAME("currency", 0), IN_BODY("date", SHAPE_DATE, 0, 0), CONTRIBUTION),
	    "A new entry in the place of an old one, or the taking back of it, with the reason."},
	{.path = NULL},
};

#define ROUTES (sizeof routes / sizeof routes[0] - 1)

const struct route *route_table(void)
{
	return routes;
}

const char *route_method_name(enum evhttp_cmd_type method)
{
	switch (method) {
	case EVHTTP_REQ_GET:
		return "GET";
	case EVHTTP_REQ_POST:
		return "POST";
	case EVHTTP_REQ_PUT:
		return "PUT";
	case EVHTTP_REQ_PATCH:
		return "PATCH";
	case EVHTTP_REQ_DELETE:
		return "DELETE";
	case EVHTTP_REQ_HEAD:
		return "HEAD";
	default:
		return "OTHER";
	}
}

/* Segment by segment; "{name}" takes any that is not empty. */
static bool route_fits(const struct route *route, struct slice path, struct slice *parameters)
{
	struct slice template = slice_from(slice_of(route->path), 1), want, have;
	size_t count = 0;

	if (!slice_take_byte(&path, '/') || slice_ends(path, SLICE("/")))
		return false;
	while (slice_take_until(&template, '/', &want)) {
		if (!slice_take_until(&path, '/', &have))
			return false;
		if (want.at[0] == '{' && have.len > 0)
			parameters[count++] = have;
		else if (!slice_equal(want, have))
			return false;
	}
	return path.len == 0;
}

enum route_found route_find(enum evhttp_cmd_type method, struct slice path,
    struct route_match *ret)
{
	size_t len = 0;

	for (const struct route *route = routes; route->path != NULL; route++) {
		if (!route_fits(route, path, ret->path))
			continue;
		if (route->method == method) {
			ret->route = route;
			return ROUTE_FOUND;
		}
		len += (size_t)snprintf(ret->allow + len, sizeof ret->allow - len, "%s%s",
		    len > 0 ? ", " : "", route_method_name(route->method));
	}
	return len > 0 ? ROUTE_NO_METHOD : ROUTE_NO_PATH;
}

static void route_write_parameter(const struct shape *shape, struct json_writer *writer)
{
	json_write_object(writer);
	json_write_key(writer, "name");
	json_write_text(writer, shape->name);
	json_write_key(writer, "in");
	json_write_text(writer, shape_place_name(shape->place));
	json_write_key(writer, "type");
	json_write_text(writer, shape_type_name(shape->type));
	json_write_key(writer, "required");
	json_write_boolean(writer, (shape->flags & SHAPE_REQUIRED) != 0);
	if (shape->words != NULL) {
		json_write_key(writer, "words");
		json_write_text(writer, shape->words);
	}
	json_write_end(writer);
}

void route_write_help(struct json_writer *writer)
{
	json_write_object(writer);
	json_write_key(writer, "routes");
	json_write_array(writer);
	for (const struct route *route = routes; route->path != NULL; route++) {
		json_write_object(writer);
		json_write_key(writer, "method");
		json_write_text(writer, route_method_name(route->method));
		json_write_key(writer, "path");
		json_write_text(writer, route->path);
		json_write_key(writer, "sentence");
		json_write_text(writer, route->sentence);
		json_write_key(writer, "parameters");
		json_write_array(writer);
		for (const struct shape *shape = route->shapes; shape->name != NULL; shape++)
			route_write_parameter(shape, writer);
		json_write_end(writer);
		json_write_end(writer);
	}
	json_write_end(writer);
	json_write_end(writer);
}

static bool functions_have(const char *const *functions, size_t count, const char *function)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(functions[i], function) == 0)
			return true;
	return false;
}

const char *const *api_functions(void)
{
	static const char *functions[ROUTES + 1];
	size_t count = 0;

	for (const struct route *route = routes; route->path != NULL; route++)
		if (route->function != NULL && !functions_have(functions, count, route->function))
			functions[count++] = route->function;
	functions[count] = NULL;
	return functions;
}
