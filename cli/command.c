#include "command.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "exit.h"

struct option_row {
	const char *name;
	const char *value; /* what it takes, or NULL */
	const char *sentence;
};

#define OPTION_LAST_GLOBAL OPTION_VERSION

static const struct option_row option_rows[OPTION_COUNT] = {
    [OPTION_FORMAT] = {"format", "FORMAT", "text for people, json for programs; some commands have more"},
    [OPTION_SOCKET] = {"socket", "PATH", "the daemon's Unix socket"},
    [OPTION_URL] = {"url", "URL", "a daemon elsewhere, over HTTPS (or HTTP on loopback)"},
    [OPTION_TOKEN_FILE] = {"token-file", "FILE", "the file with the token for --url"},
    [OPTION_KEY] = {"key", "KEY", "the idempotency key; a repeated one changes nothing and answers the same"},
    [OPTION_YES] = {"yes", NULL, "do not ask before changing several obligations"},
    [OPTION_DRY_RUN] = {"dry-run", NULL, "say what would happen and change nothing"},
    [OPTION_NO_COLOR] = {"no-color", NULL, "no colour, as with NO_COLOR or in a pipe"},
    [OPTION_WIDTH] = {"width", "COLUMNS", "lay out for so many columns"},
    [OPTION_QUIET] = {"quiet", NULL, "no messages where all went well"},
    [OPTION_HELP] = {"help", NULL, "explain the command"},
    [OPTION_VERSION] = {"version", NULL, "print the version"},
    [OPTION_SYMBOL] = {"symbol", "SYMBOL", "the symbol, where the text does not say it"},
    [OPTION_CONFIRM] = {"confirm", NULL, "confirm the whole reading at once"},
    [OPTION_REPLACE] = {"replace", NULL, "put this text in the place of the one that is there; the old one is kept"},
    [OPTION_AS] = {"as", "SYMBOL|PART", "the symbol under which it was adopted; or the part in the team: lead, supporting, focal_point, none to leave it"},
    [OPTION_ON] = {"on", "DATE", "the day, YYYY-MM-DD: when it took effect (today unless given), or when it is to be; none takes it back"},
    [OPTION_STATUS] = {"status", "STATUS", "not_started, in_progress, continuing, implemented, closed, overtaken or not_applicable"},
    [OPTION_NOTE] = {"note", "TEXT", "what is to be said about it"},
    [OPTION_EVIDENCE] = {"evidence", "SYMBOL-OR-URL", "a document's symbol or a link; may be given several times"},
    [OPTION_CLEARANCE] = {"clearance", "WORD", "draft, submitted, cleared or returned"},
    [OPTION_SEEN] = {"seen", "VERSION", "the version you saw; refused if there is a newer one"},
    [OPTION_WITHIN] = {"within", "PERIOD", "how far ahead to look: 90d, 12w or 6m"},
    [OPTION_WHY] = {"why", NULL, "explain where the dates and the order come from"},
    [OPTION_AS_OF] = {"as-of", "DATE", "as it was on that date"},
    [OPTION_KNOWN_AT] = {"known-at", "TIME", "from what was recorded by then, for example 2005-06-30T12:00:00Z"},
    [OPTION_OUTPUT] = {"output", "FILE", "write to a file"},
    [OPTION_SORT] = {"sort", "ORDER", "reference, due, urgency or updated; a report also by overdue, a treaty's or a fund's by others that mandate report list names"},
    [OPTION_LIMIT] = {"limit", "NUMBER", "how many at most"},
    [OPTION_KIND] = {"kind", "KIND", "adoption, ratification, contribution, reporting, assistance, cooperation, …"},
    [OPTION_FORCE] = {"force", "FORCE", "binding, request, decision, urging, encouragement or none"},
    [OPTION_ACTION] = {"action", "TEXT", "what is asked, in the words of the text"},
    [OPTION_VEHICLE] = {"vehicle", "TEXT", "the report in which it is answered"},
    [OPTION_DUE] = {"due", "DATE", "the deadline by hand, with --reason; of a pledge, when it is to be paid; none takes it back"},
    [OPTION_REVIEW] = {"review", "DATE", "when to look at it again"},
    [OPTION_REASON] = {"reason", "TEXT", "why"},
    [OPTION_REMIND] = {"remind", "RULES", "the name of the rules by which it is reminded of, from the key reminders of mandated.conf; none takes it back"},
    [OPTION_ALTERNATE] = {"alternate", "LOGIN", "who stands in"},
    [OPTION_UNIT] = {"unit", "UNIT", "the unit's code; mandate unit list shows them"},
    [OPTION_NAME] = {"name", "NAME", "the name, of a person, a unit, a fund or a treaty"},
    [OPTION_ROLE] = {"role", "ROLE", "viewer, officer, clearer or admin"},
    [OPTION_MAIL] = {"mail", "ADDRESS", "where mail reaches the person"},
    [OPTION_UID] = {"uid", "NUMBER", "the user number on this machine"},
    [OPTION_ACTIVE] = {"active", "yes|no", "whether the person works here"},
    [OPTION_LABEL] = {"label", "TEXT", "what the token is for; a token of --feed is called feed unless told"},
    [OPTION_EXPIRES] = {"expires", "DATE", "the last day on which the token works"},
    [OPTION_OPENS] = {"opens", "DATE", "when the session opens"},
    [OPTION_FAULTS] = {"faults", "FILE", "write all rows to a file, the wrong ones with what is wrong, to be mended and given back"},
    [OPTION_DONE] = {"done", "DATE", "the day on which the step was taken; none takes it back"},
    [OPTION_WORDS] = {"words", "NUMBER", "how long the report will be, in words"},
    [OPTION_ANSWERS] = {"answers", "REF", "the obligation that it answers; more may follow"},
    [OPTION_LATE_REASON] = {"late-reason", "TEXT", "why it is late, as its first page says"},
    [OPTION_FROM] = {"from", "DATE", "the first day"},
    [OPTION_UNTIL] = {"until", "DATE", "the last day"},
    [OPTION_MONTH] = {"month", "YYYY-MM", "one month"},
    [OPTION_YEAR] = {"year", "YYYY", "one year alone"},
    [OPTION_FUND] = {"fund", "FUND", "a fund, by code or name; none takes it away"},
    [OPTION_DONOR] = {"donor", "DONOR", "a State by name or alpha-3 code, an organization, or a private donor"},
    [OPTION_AMOUNT] = {"amount", "AMOUNT", "digits and a point, for example 1250.50"},
    [OPTION_CURRENCY] = {"currency", "CURRENCY", "the code of ISO 4217, for example EUR"},
    [OPTION_EARMARK] = {"earmark", "TEXT", "what it is for; without one it is for general purposes"},
    [OPTION_IN_KIND] = {"in-kind", "TEXT", "what is given in place of cash; the amount is its valuation"},
    [OPTION_FOR_YEAR] = {"for-year", "YEAR", "the year that it is for, where that is not the year of the date"},
    [OPTION_AGREEMENT] = {"agreement", "TEXT", "the reference of the agreement with the donor"},
    [OPTION_RATE] = {"rate", "RATE", "units of the currency for one dollar, in place of the rate of the table"},
    [OPTION_RATE_DATE] = {"rate-date", "DATE", "of which day --rate is; the day of the contribution unless given"},
    [OPTION_PLEDGE] = {"pledge", "N", "the pledge that a receipt answers, by its number or its agreement"},
    [OPTION_PRIVATE] = {"private", NULL, "the donor is private: neither a State nor an organization"},
    [OPTION_VOID] = {"void", NULL, "take the entry back"},
    [OPTION_BY] = {"by", "WORD", "donor, fund, year or region"},
    [OPTION_SINCE] = {"since", "DATE|SYMBOL", "only what changed after a day; of contributions, name the donors who are new since a day, or since a resolution was adopted"},
    [OPTION_ALIASES] = {"aliases", "NAME|…", "other names, with bars between them"},
    [OPTION_MANAGER] = {"manager", "CODE", "the entity that manages it"},
    [OPTION_CREATED_BY] = {"created-by", "SYMBOL", "the resolution that created it"},
    [OPTION_PART_OF] = {"part-of", "FUND", "the fund inside which it is kept"},
    [OPTION_TREATY] = {"treaty", "TREATY", "a treaty, by code or name; none takes it away"},
    [OPTION_GROUP] = {"group", "GROUP|WORD", "of States: AFRICA, ASIA-PACIFIC, EASTERN-EUROPE, GRULAC, WEOG, LDC, LLDC, SIDS or MEMBERS; of a report, by what it is grouped: addressee, owner, unit, kind and others, or none"},
    [OPTION_PARTY] = {"party", "PARTY", "a State or an organization, by any of its names"},
    [OPTION_THRESHOLD] = {"threshold", "NUMBER", "how many instruments bring it into force"},
    [OPTION_ADOPTED] = {"adopted", "DATE", "when it was adopted"},
    [OPTION_ADOPTED_BY] = {"adopted-by", "SYMBOL", "the resolution that adopted it"},
    [OPTION_PARENT] = {"parent", "UNIT|TREATY", "the unit above, or the convention that a protocol supplements; none moves a unit to the top"},
    [OPTION_ACCEPT] = {"accept", "CONFIDENCE", "take what was read with this confidence or more without asking, for example 0.9"},
    [OPTION_DAYS] = {"days", "NUMBER", "how many days back to look"},
    [OPTION_TIME_ZONE] = {"time-zone", "ZONE", "where the person works, for example Europe/Vienna"},
    [OPTION_DIGEST] = {"digest", "daily|weekly", "how often the person is told what is due"},
    [OPTION_WORK_FROM] = {"work-from", "HH:MM", "from when on the person may be told, there"},
    [OPTION_WORK_UNTIL] = {"work-until", "HH:MM", "until when"},
    [OPTION_CHANNEL] = {"channel", "mail|webhook|inbox", "how the person is told; inbox: mandate remind inbox alone"},
    [OPTION_WEBHOOK] = {"webhook", "URL", "where the person's messages are posted; none takes it away"},
    [OPTION_SUPERVISOR] = {"supervisor", "LOGIN", "who is told, too, of what is long overdue; none takes it away"},
    [OPTION_DAILY_CAP] = {"daily-cap", "NUMBER", "how many messages a day at the most"},
    [OPTION_TO] = {"to", "LOGIN", "who stands in; of a report, who gets it, several with commas between them"},
    [OPTION_MAP] = {"map", "\"THEIRS=OURS,…\"", "your names of columns (and words of status), each with the one here: reference, or symbol and paragraph; text, verb, force, kind, addressee, action, due_on, owner, alternate, unit, status, status_since, note, evidence; of the resolution title, body, adopted_on; =- leaves a column out"},
    [OPTION_UPDATE] = {"update", NULL, "where an obligation is here already, record what the file says otherwise"},
    [OPTION_ALL] = {"all", NULL, "show also what has not changed"},
    [OPTION_FEED] = {"feed", NULL, "a token for the addresses of feeds alone, /v1/deadlines.ics and /v1/changes.atom"},
    [OPTION_LANG] = {"lang", "LANGUAGE", "the language of a report: en, fr, es, ru, zh or ar"},
    [OPTION_EVERY] = {"every", "weekly|monthly|quarterly", "how often: on the first working day of each week, month or quarter"},
    [OPTION_BODY] = {"body", "BODY", "whose resolution it is, where the text does not say it: GA, ECOSOC, SC or another body's code"},
    [OPTION_TITLE] = {"title", "TITLE", "the title, in place of the one that was read"},
    [OPTION_LANGUAGE] = {"language", "LANGUAGE", "the language of the text, where it is not told rightly: en, fr or es, or another that has a lexicon"},
    [OPTION_CLOSES] = {"closes", "DATE", "when the session closes"},
};

#define PLAIN "text json"
#define REPORT_FORMATS "text markdown csv json jsonl html xlsx pdf docx ics todo"

static const struct command commands[] = {
    {"read", "FILE…", "Read resolutions and show who is asked to do what by when; needs no daemon.", 1, -1, "language",
        "mandate read E-RES-2004-23.txt", read_run, "text json markdown akn"},
    {"compare", "OLD NEW", "Lay two resolutions side by side: renewed, changed, new and dropped paragraphs, and what is asked otherwise.", 2, 2, "all language",
        "mandate compare last-year.txt this-year.txt", compare_run, "text json markdown"},
    {"import", "FILE", "Hand a resolution to the daemon, which reads and keeps it; what is said of it here stands over what its text says.", 1, 1,
        "dry-run symbol adopted body title language confirm replace",
        "mandate import E-RES-2004-23.txt --confirm", import_run, PLAIN},
    {"resolution list", "", "The resolutions that are here.", 0, 0, "", "mandate resolution list", resolution_list_run, PLAIN},
    {"resolution show", "SYMBOL", "A resolution with its reading and its lineage; as Akoma Ntoso, with the status of its obligations on a day.", 1, 1,
        "as-of known-at output quiet", "mandate resolution show E/RES/2004/23", resolution_show_run, "text json akn"},
    {"resolution confirm", "SYMBOL", "Confirm a reading: its requests become obligations.", 1, 1, "",
        "mandate resolution confirm E/RES/2004/23", resolution_confirm_run, PLAIN},
    {"resolution adopt", "SYMBOL", "Record that the draft in a resolution was adopted; its obligations move to the new symbol.",
        1, 1, "as on note", "mandate resolution adopt E/RES/2004/23 --as A/RES/59/157 --on 2004-12-20", resolution_adopt_run, PLAIN},
    {"review", "SYMBOL", "Go through a reading before it is confirmed: accept what is sure, correct, split, merge, drop or add the rest.",
        1, 1, "accept", "mandate review E/RES/2004/23", review_run, "text"},
    {"list", "[FILTER…]", "The obligations that a filter finds.", 0, -1, "as-of known-at sort",
        "mandate list kind:reporting status:open due:<2005-12-31 addressee:SG \"legislative guides\"", list_run, "text json csv refs"},
    {"next", "[FILTER…]", "What to do first, by an urgency that explains itself.", 0, -1, "why limit", "mandate next --why", next_run, PLAIN},
    {"search", "WORDS…", "The obligations whose text has these words.", 1, -1, "", "mandate search legislative guides", search_run, "text json csv refs"},
    {"show", "REF", "One obligation: its words, whom it asks, why it is due when it is, what was last said.", 1, 1,
        "as-of known-at why", "mandate show 2004/23:9 --why", show_run, PLAIN},
    {"edit", "REF", "Correct what was read, set a deadline by hand, a date to look again, or by which rules to be reminded.", 1, 1,
        "kind force action vehicle fund treaty due review remind reason seen", "mandate edit 59/157:4 --review 2005-03-01", edit_run, PLAIN},
    {"assign", "REF|FILTER… LOGIN", "Give obligations to an officer, as owner or as a part of the team; none takes the owner away.", 2, -1,
        "dry-run as alternate unit note", "mandate assign 59/157:9 anna", assign_run, PLAIN},
    {"handover", "FROM TO [FILTER…]", "Give all that a person follows, as owner, alternate or in the team, to another.", 2, -1,
        "dry-run note", "mandate handover anna bela --note \"anna moves to Geneva\"", handover_run, PLAIN},
    {"obligation import", "FILE", "Bring obligations in from a spreadsheet saved as CSV.", 1, 1, "dry-run map update faults",
        "mandate obligation import tracker.csv --map \"Para=paragraph,Responsible=owner,Remarks=-,Sent=implemented\"", obligation_import_run, PLAIN},
    {"due", "[FILTER…]", "What is overdue and what falls due soon.", 0, -1, "within as-of", "mandate due --within 90d", due_run, "text json csv refs"},
    {"calendar", "[FILTER…]", "What falls due, month by month: deadlines, milestones and reviews; a year from this month unless told.", 0, -1,
        "month year from until as-of output", "mandate calendar --year 2005", calendar_run, "text html ics json"},
    {"milestone", "REF [NAME]", "The steps towards a report, or that one was taken: forecast, forecast_confirmed, clearance, slot, issuance, consideration.", 1, 2,
        "done on reason words note evidence seen", "mandate milestone 59/157:9 slot --done 2005-07-29", milestone_run, PLAIN},
    {"report-document", "SYMBOL [REF…]", "A report was issued: all that it answers is implemented by it. Without REF: what it answered.", 1, -1,
        "answers on late-reason note dry-run", "mandate report-document A/60/131 --answers 59/157:9 --on 2005-08-26", report_document_run, PLAIN},
    {"forecast", "[FILTER…]", "What the forecast of documents asks for, for each report that is taken up between two days; a year from today unless told.", 0, -1,
        "from until", "mandate forecast --from 2005-07-10 --until 2006-01-08 --format csv", forecast_run, "text csv json"},
    {"remind plan", "[FILTER…]", "What will be sent to whom when, and why; ninety days unless told.", 0, -1, "until",
        "mandate remind plan --until 2005-12-31", remind_plan_run, PLAIN},
    {"remind explain", "REF", "Reminders of one obligation: what was told, what is to come, by which rule.", 1, 1, "", "mandate remind explain 59/157:9", remind_explain_run, PLAIN},
    {"remind inbox", "", "What you were told, newest first.", 0, 0, "days", "mandate remind inbox", remind_inbox_run, PLAIN},
    {"remind ack", "REF", "Seen: no more reminders of the steps that you were told of.", 1, 1, "reason", "mandate remind ack 59/157:9", remind_ack_run, PLAIN},
    {"remind snooze", "REF", "Not now: no reminders to you until a day.", 1, 1, "until reason", "mandate remind snooze 59/157:9 --until 2005-08-01", remind_snooze_run, PLAIN},
    {"remind mute", "REF", "Never: no more reminders to you of this obligation.", 1, 1, "reason", "mandate remind mute 59/157:9 --reason \"followed elsewhere\"", remind_mute_run, PLAIN},
    {"remind wake", "REF", "Again: takes a snooze or a mute back.", 1, 1, "reason", "mandate remind wake 59/157:9", remind_wake_run, PLAIN},
    {"holiday list", "", "The days on which nobody is reminded.", 0, 0, "", "mandate holiday list", holiday_list_run, PLAIN},
    {"holiday add", "DATE NAME", "Add a day on which nobody is reminded.", 2, 2, "", "mandate holiday add 2005-12-26 \"Christmas\"", holiday_add_run, PLAIN},
    {"holiday remove", "DATE", "Take a holiday away.", 1, 1, "", "mandate holiday remove 2005-12-26", holiday_remove_run, PLAIN},
    {"update", "REF|FILTER…|-", "Record progress. With - the references come from standard input.", 1, -1,
        "dry-run status note evidence on clearance seen",
        "mandate update 59/157:9 --status implemented --evidence A/60/131 --on 2005-10-07", update_run, PLAIN},
    {"log", "REF", "An obligation's record, oldest first: what, when, who, on what evidence.", 1, 1, "", "mandate log 59/157:9", log_run, PLAIN},
    {"report list", "", "The reports there are, and by what each can be grouped.", 0, 0, "", "mandate report list", report_list_run, PLAIN},
    {"report schedules", "", "The reports that are sent by themselves: what, how often, to whom, and when next.", 0, 0, "", "mandate report schedules", report_schedules_run, PLAIN},
    {"report schedule", "NAME [SUBJECT] [FILTER…]", "Have a report sent as a file, each time as of the day before; as PDF unless --format says otherwise.", 1, -1,
        "every to group lang", "mandate report schedule overdue unit:DTA --every monthly --to anna,bela --format xlsx", report_schedule_run, REPORT_FORMATS},
    {"report unschedule", "ID", "End a scheduled report; who only gets it is taken off its list.", 1, 1, "", "mandate report unschedule 3", report_unschedule_run, PLAIN},
    {"report", "[NAME] [SUBJECT] [FILTER…]", "A report, as of any date; the status report unless named. SUBJECT is a treaty, a fund or a reference, where the report is of one.", 0, -1,
        "as-of known-at since group sort lang output quiet", "mandate report overdue unit:DTA --group owner --format html --output overdue.html", report_run, REPORT_FORMATS},
    {"diff", "DATE1 DATE2 [FILTER…]", "What is otherwise on the second day than on the first.", 2, -1,
        "known-at lang output quiet", "mandate diff 2005-06-30 2005-12-31 addressee:SG", diff_run, REPORT_FORMATS},
    {"audit verify", "", "Recompute every record's chain of hashes and name what was altered.", 0, 0, "", "mandate audit verify", audit_verify_run, PLAIN},
    {"doctor", "", "Is everything as it should be, and what to do where it is not.", 0, 0, "", "mandate doctor", doctor_run, PLAIN},
    {"officer list", "", "The officers.", 0, 0, "", "mandate officer list", officer_list_run, PLAIN},
    {"officer add", "LOGIN", "Add an officer.", 1, 1, "name role mail uid unit time-zone digest work-from work-until channel webhook supervisor daily-cap",
        "mandate officer add anna --name \"Anna Officer\" --role officer --uid 1001", officer_add_run, PLAIN},
    {"officer edit", "LOGIN", "Change an officer.", 1, 1, "name role mail uid unit active time-zone digest work-from work-until channel webhook supervisor daily-cap", "mandate officer edit anna --mail anna@example.org", officer_edit_run, PLAIN},
    {"officer away", "LOGIN", "Say that an officer is away, and who stands in; a later word about the same days stands.", 1, 1,
        "from until to note", "mandate officer away anna --from 2026-08-03 --until 2026-08-21 --to bela", officer_away_run, PLAIN},
    {"officer back", "LOGIN", "Say that an officer is back, today or from a day on.", 1, 1, "on note", "mandate officer back anna", officer_back_run, PLAIN},
    {"unit list", "", "The units as a tree, with their officers and open obligations.", 0, 0, "", "mandate unit list", unit_list_run, PLAIN},
    {"unit add", "CODE", "Add a unit.", 1, 1, "name parent", "mandate unit add OCB --name \"Organized Crime Branch\" --parent DTA", unit_add_run, PLAIN},
    {"unit edit", "CODE", "Rename a unit, move it with all below it, or say by which rules it is reminded.", 1, 1, "name parent remind", "mandate unit edit OCB --parent none", unit_edit_run, PLAIN},
    {"token list", "", "The tokens for access over the network.", 0, 0, "", "mandate token list", token_list_run, PLAIN},
    {"token add", "LOGIN", "Make a token; its secret is shown once.", 1, 1, "label expires feed", "mandate token add anna --label laptop", token_add_run, PLAIN},
    {"token revoke", "ID", "End a token.", 1, 1, "", "mandate token revoke 3", token_revoke_run, PLAIN},
    {"alias list", "", "The names for entities that officers have added here.", 0, 0, "", "mandate alias list", alias_list_run, PLAIN},
    {"alias add", "NAME CODE", "Keep a name for an entity, to be known in what is imported from now on.", 2, 2, "",
        "mandate alias add \"the Vienna Office\" UNODC", alias_add_run, PLAIN},
    {"session list", "[BODY]", "When bodies meet, and what that rests on: of one body all sessions, else those that are near.", 0, 1, "", "mandate session list GA", session_list_run, PLAIN},
    {"session show", "BODY NUMBER", "One session: its days, whether they are known, computed (by which rule) or set here, and what hangs on it.", 2, 2, "",
        "mandate session show GA 60", session_show_run, PLAIN},
    {"session set", "BODY NUMBER", "Set a session's days; deadlines that hang on it move.", 2, 2, "opens closes reason",
        "mandate session set GA 82 --opens 2027-09-07 --reason \"A/INF/82/1\"", session_set_run, PLAIN},
    {"session unset", "BODY NUMBER", "Take back what was set; what the table or the rule says holds again.", 2, 2, "reason",
        "mandate session unset GA 82 --reason \"set by mistake\"", session_unset_run, PLAIN},
    {"event list", "", "The events that deadlines wait for, with the date where one is known.", 0, 0, "", "mandate event list", event_list_run, PLAIN},
    {"event set", "NAME", "Date an event (--on none: it has no date any more); the deadlines that hang on it move.", 1, 1, "on reason",
        "mandate event set \"the Eleventh Congress\" --on 2005-04-18 --reason \"A/RES/56/119\"", event_set_run, PLAIN},
    {"state list", "", "The Member States, or those of a group.", 0, 0, "group as-of", "mandate state list --group GRULAC", state_list_run, PLAIN},
    {"state show", "NAME", "A State by any of its names: six languages, codes, groups, member since.", 1, 1, "", "mandate state show Pérou", state_show_run, PLAIN},
    {"treaty list", "", "The treaties, with how many have joined and since when each is in force.", 0, 0, "", "mandate treaty list", treaty_list_run, PLAIN},
    {"treaty add", "CODE", "Add a treaty.", 1, 1, "name aliases threshold adopted adopted-by parent",
        "mandate treaty add ATT --name \"Arms Trade Treaty\" --threshold 50 --adopted 2013-04-02", treaty_add_run, PLAIN},
    {"treaty status", "TREATY", "Who has signed and joined as of a day, since when it is in force for whom, and who has not joined.", 1, 1,
        "as-of known-at group", "mandate treaty status FIREARMS --as-of 2005-07-03", treaty_status_run, "text json csv"},
    {"treaty action", "TREATY PARTY ACTION", "Record a signature, ratification, acceptance, approval, accession, succession, confirmation or withdrawal.", 3, 3,
        "on note evidence", "mandate treaty action FIREARMS Peru ratification --on 2003-09-23 --evidence C.N.1003.2003", treaty_action_run, PLAIN},
    {"treaty correct", "TREATY N", "Put a new entry in the place of an old one, which is kept; or take it back.", 2, 2,
        "party action on void note evidence", "mandate treaty correct FIREARMS 3 --on 2003-09-24 --note \"date of deposit\"", treaty_correct_run, PLAIN},
    {"treaty import", "[TREATY] FILE", "Treaty actions from a CSV file (participant, action, date), all or none; what is there already is recognized.", 1, 2,
        "dry-run faults", "mandate treaty import UNTOC actions.csv", treaty_import_run, PLAIN},
    {"treaty log", "TREATY [PARTY]", "A treaty's book as it was written: also what was corrected since.", 1, 2, "", "mandate treaty log UNTOC Peru", treaty_log_run, PLAIN},
    {"fund list", "", "The funds that contributions go to.", 0, 0, "", "mandate fund list", fund_list_run, PLAIN},
    {"fund add", "CODE", "Add a fund.", 1, 1, "name aliases manager created-by part-of",
        "mandate fund add UNVTF --name \"United Nations Voluntary Fund for Victims\" --manager UNODC", fund_add_run, PLAIN},
    {"rate list", "[CURRENCY]", "The United Nations operational rates of exchange, also those that were corrected.", 0, 1, "",
        "mandate rate list EUR", rate_list_run, PLAIN},
    {"rate set", "CURRENCY DATE RATE", "Set what one dollar is worth from a day on; another rate of the same day needs --reason.", 3, 3,
        "reason evidence", "mandate rate set EUR 2005-01-01 0.734", rate_set_run, PLAIN},
    {"rate import", "FILE", "Rates from a CSV file: currency, from, rate; all or none.", 1, 1, "dry-run faults",
        "mandate rate import rates.csv", rate_import_run, PLAIN},
    {"contribution pledge", "FUND DONOR AMOUNT CURRENCY", "Record a pledge, in cash or in kind.", 4, 4,
        "on earmark in-kind for-year due agreement rate rate-date private note evidence",
        "mandate contribution pledge UNCPCJF France 100000 EUR --on 2005-03-01 --due 2005-12-31 --agreement FRA/2005/1",
        contribution_pledge_run, PLAIN},
    {"contribution receive", "FUND DONOR AMOUNT CURRENCY", "Record what was received, for a pledge or without one.", 4, 4,
        "on pledge earmark in-kind for-year agreement rate rate-date private note evidence",
        "mandate contribution receive UNCPCJF France 40000 EUR --on 2005-06-01 --pledge FRA/2005/1", contribution_receive_run, PLAIN},
    {"contribution correct", "FUND N", "Put a new entry in the place of an old one, which is kept; or take it back; an option with the value none takes what it names away.", 2, 2,
        "void donor private amount currency on pledge earmark in-kind for-year due agreement rate rate-date note evidence",
        "mandate contribution correct UNCPCJF 3 --amount 110000 --note \"the agreement says 110,000\"", contribution_correct_run, PLAIN},
    {"contribution log", "FUND [DONOR]", "A fund's book as it was written: also what was corrected since.", 1, 2, "",
        "mandate contribution log UNCPCJF France", contribution_log_run, PLAIN},
    {"contribution list", "[FUND]", "Each pledge with what was received for it, and each receipt without a pledge.", 0, 1,
        "fund donor year as-of known-at", "mandate contribution list UNCPCJF --as-of 2005-12-31 --format csv",
        contribution_list_run, "text json csv"},
    {"contribution status", "[FUND]", "What was pledged, received and is outstanding, in dollars and in each currency.", 0, 1,
        "fund donor year by since as-of known-at", "mandate contribution status UNCPCJF --by region --since 59/157",
        contribution_status_run, "text json csv"},
    {"contribution import", "FILE", "Pledges and receipts from a CSV file, all or none; what is there already is recognized.", 1, 1,
        "dry-run faults", "mandate contribution import 2005.csv", contribution_import_run, PLAIN},
    {"version", "", "The command's version and the daemon's.", 0, 0, "", "mandate version", version_run, PLAIN},
    {"completion", "bash|zsh|fish", "A completion script for a shell.", 1, 1, "", "mandate completion bash", completion_run, PLAIN},
    {"help", "[COMMAND]", "This help, or a command's.", 0, 2, "", "mandate help update", help_run, PLAIN},
};

/* The column at which `mandate help` begins to say what a command is for. */
#define COMMAND_INDENT 32
#define COMMANDS (sizeof commands / sizeof *commands)

const struct command *command_at(size_t i)
{
	return i < COMMANDS ? &commands[i] : NULL;
}

const char *option_name(enum option option)
{
	return option_rows[option].name;
}

static bool list_has(const char *list, const char *word)
{
	struct slice rest = slice_of(list), name;

	while (slice_take_until(&rest, ' ', &name))
		if (slice_is(name, word))
			return true;
	return false;
}

static bool option_belongs(const struct command *command, enum option option)
{
	/* cppcheck-suppress arrayIndexOutOfBoundsCond ; every caller's option is one of the table's */
	return option <= OPTION_LAST_GLOBAL || list_has(command->options, option_rows[option].name);
}

/* word is the first word, two the first two: either may be what was meant for a command. */
static int command_unknown(const char *word, const char *two, struct error *error)
{
	const char *best = NULL;
	size_t least = 3;

	for (size_t i = 0; i < COMMANDS; i++) {
		const char *meant = strchr(commands[i].name, ' ') ? two : word;
		size_t distance = slice_distance(slice_of(meant), slice_of(commands[i].name));

		if (distance < least) {
			least = distance;
			best = commands[i].name;
		}
	}
	if (best != NULL)
		return error_set(error, E_INPUT, "usage", "there is no command \"%s\"; did you mean \"%s\"?", word, best);
	return error_set(error, E_INPUT, "usage", "there is no command \"%s\"; mandate help lists them", word);
}

static int option_unknown(struct slice name, struct error *error)
{
	char *word = xstrndup(name.at, name.len);
	enum option best = OPTION_COUNT;
	size_t least = 3;

	for (enum option option = 0; option < OPTION_COUNT; option++) {
		size_t distance = slice_distance(name, slice_of(option_rows[option].name));

		if (distance < least) {
			least = distance;
			best = option;
		}
	}
	if (best != OPTION_COUNT)
		(void)error_set(error, E_INPUT, "usage", "there is no option --%s; did you mean --%s?", word, option_rows[best].name);
	else
		(void)error_set(error, E_INPUT, "usage", "there is no option --%s; mandate COMMAND --help shows what there is", word);
	free(word);
	return E_INPUT;
}

/* Finds the command in the first one or two words; *ret_used says how many. */
static int command_find(struct invocation *ret, size_t *ret_used, struct error *error)
{
	char *two = ret->word_count > 1 ? xasprintf("%s %s", ret->words[0], ret->words[1]) : xstrdup(ret->words[0]);
	int code = 0;

	*ret_used = 0;
	for (size_t i = 0; i < COMMANDS && *ret_used == 0; i++) {
		if (strcmp(commands[i].name, two) == 0)
			*ret_used = strchr(two, ' ') ? 2 : 1;
		else if (strcmp(commands[i].name, ret->words[0]) == 0)
			*ret_used = 1;
		if (*ret_used > 0)
			ret->command = &commands[i];
	}
	if (*ret_used == 0)
		code = command_unknown(ret->words[0], two, error);
	free(two);
	return code;
}

/* "--name", "--name=value" or "--name value"; advances *i. */
static int command_take_option(struct invocation *ret, int argc, char *argv[], int *i, struct error *error)
{
	struct slice text = slice_from(slice_of(argv[*i]), 2), name;
	bool attached = slice_find_byte(text, '=') >= 0;
	const char *value = "";
	enum option option = 0;

	(void)slice_take_until(&text, '=', &name);
	while (option < OPTION_COUNT && !slice_is(name, option_rows[option].name))
		option++;
	if (option == OPTION_COUNT)
		return option_unknown(name, error);
	if (option_rows[option].value == NULL && attached)
		return error_set(error, E_INPUT, "usage", "--%s takes no value", option_rows[option].name);
	if (option_rows[option].value != NULL) {
		if (!attached && *i + 1 >= argc)
			return error_set(error, E_INPUT, "usage", "--%s needs a value: --%s %s", option_rows[option].name,
			    option_rows[option].name, option_rows[option].value);
		value = attached ? text.at : argv[++*i];
	}
	if (option == OPTION_EVIDENCE) {
		if (ret->evidence_count == EVIDENCE_MAX)
			return error_set(error, E_INPUT, "usage", "at most %d pieces of evidence in one update", EVIDENCE_MAX);
		ret->evidence[ret->evidence_count++] = value;
	} else if (ret->options[option] != NULL && option_rows[option].value != NULL) {
		return error_set(error, E_INPUT, "usage", "--%s was given twice", option_rows[option].name);
	}
	ret->options[option] = value;
	return 0;
}

static int command_check(const struct invocation *invocation, struct error *error)
{
	const struct command *command = invocation->command;
	const char *format = option_value(invocation, OPTION_FORMAT);

	for (enum option option = 0; option < OPTION_COUNT; option++)
		if (invocation->options[option] != NULL && !option_belongs(command, option))
			return error_set(error, E_INPUT, "usage", "mandate %s has no option --%s; mandate %s --help shows what it has",
			    command->name, option_rows[option].name, command->name);
	if (format != NULL && !list_has(command->formats, format))
		return error_set(error, E_INPUT, "usage", "mandate %s has no format \"%s\"; it has: %s", command->name, format,
		    command->formats);
	if ((int)invocation->word_count < command->least)
		return error_set(error, E_INPUT, "usage", "something is missing: mandate %s %s", command->name, command->arguments);
	if (command->most >= 0 && (int)invocation->word_count > command->most)
		return error_set(error, E_INPUT, "usage", "\"%s\" is one word too many: mandate %s %s",
		    invocation->words[command->most], command->name, command->arguments);
	return 0;
}

int command_parse(struct invocation *ret, int argc, char *argv[], struct error *error)
{
	bool only_words = false;
	size_t used;
	int code;

	*ret = (struct invocation){.words = xcalloc((size_t)argc + 1, sizeof(char *))};
	for (int i = 1; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = true;
		} else if (!only_words && strncmp(argv[i], "--", 2) == 0) {
			code = command_take_option(ret, argc, argv, &i, error);
			if (code != 0)
				return code;
		} else if (!only_words && strcmp(argv[i], "-h") == 0) {
			ret->options[OPTION_HELP] = "";
		} else if (!only_words && strcmp(argv[i], "-q") == 0) {
			ret->options[OPTION_QUIET] = "";
		} else {
			ret->words[ret->word_count++] = argv[i];
		}
	}
	if (ret->word_count == 0)
		return 0;
	code = command_find(ret, &used, error);
	if (code != 0)
		return code;
	ret->word_count -= used;
	memmove(ret->words, ret->words + used, (ret->word_count + 1) * sizeof(char *));
	return option_given(ret, OPTION_HELP) ? 0 : command_check(ret, error);
}

void invocation_release(struct invocation *invocation)
{
	free(invocation->words);
}

bool option_given(const struct invocation *invocation, enum option option)
{
	return invocation->options[option] != NULL;
}

const char *option_value(const struct invocation *invocation, enum option option)
{
	return invocation->options[option];
}

bool format_is(const struct invocation *invocation, const char *format)
{
	const char *given = option_value(invocation, OPTION_FORMAT);

	return strcmp(given ? given : "text", format) == 0;
}

static void command_help_option(enum option option, struct buf *out)
{
	const struct option_row *row = &option_rows[option];
	size_t start = out->len;

	buf_printf(out, "  --%s%s%s", row->name, row->value ? " " : "", row->value ? row->value : "");
	buf_append_repeat(out, ' ', out->len - start < 28 ? 28 - (out->len - start) : 1);
	buf_printf(out, "%s\n", row->sentence);
}

void command_help(const struct command *command, struct buf *out)
{
	buf_printf(out, "usage: mandate %s%s%s [OPTION]…\n\n%s\n", command->name, *command->arguments ? " " : "",
	    command->arguments, command->sentence);
	if (*command->options != '\0') {
		buf_append_text(out, "\nOptions:\n");
		for (enum option option = OPTION_LAST_GLOBAL + 1; option < OPTION_COUNT; option++)
			if (option_belongs(command, option))
				command_help_option(option, out);
	}
	buf_append_text(out, "\nEverywhere:\n");
	for (enum option option = 0; option <= OPTION_LAST_GLOBAL; option++)
		command_help_option(option, out);
	buf_printf(out, "\nFormats: %s\n", command->formats);
	buf_printf(out, "\nExample:\n  %s\n", command->example);
}

void command_help_all(struct buf *out)
{
	buf_append_text(out, "usage: mandate COMMAND [ARGUMENT]… [OPTION]…\n\n"
	                     "Follows what resolutions ask for until it is answered for.\n\n");
	for (size_t i = 0; i < COMMANDS; i++) {
		size_t start = out->len, columns;

		buf_printf(out, "  %s %s", commands[i].name, commands[i].arguments);
		columns = utf8_columns(slice_range(out->at + start, out->at + out->len));
		if (columns >= COMMAND_INDENT)
			buf_append_text(out, "\n");
		buf_append_repeat(out, ' ', columns < COMMAND_INDENT ? COMMAND_INDENT - columns : COMMAND_INDENT);
		buf_printf(out, "%s\n", commands[i].sentence);
	}
	buf_append_text(out, "\nmandate COMMAND --help explains one. A reference is SYMBOL:PARAGRAPH, for example\n"
	                     "E/RES/2004/23:9; a unique ending such as 2004/23:9 is enough. A filter is words:\n"
	                     "kind:reporting status:open due:<+30d owner:me -force:encouragement \"some text\".\n\n");
	exit_help(out);
}

static void help_json_option(struct json_writer *writer, enum option option)
{
	json_write_object(writer);
	json_write_key(writer, "name");
	json_write_text(writer, option_rows[option].name);
	json_write_key(writer, "value");
	json_write_text(writer, option_rows[option].value);
	json_write_key(writer, "sentence");
	json_write_text(writer, option_rows[option].sentence);
	json_write_end(writer);
}

static void help_json_command(struct json_writer *writer, const struct command *command)
{
	json_write_object(writer);
	json_write_key(writer, "name");
	json_write_text(writer, command->name);
	json_write_key(writer, "arguments");
	json_write_text(writer, command->arguments);
	json_write_key(writer, "sentence");
	json_write_text(writer, command->sentence);
	json_write_key(writer, "example");
	json_write_text(writer, command->example);
	json_write_key(writer, "formats");
	json_write_text(writer, command->formats);
	json_write_key(writer, "options");
	json_write_array(writer);
	for (enum option option = OPTION_LAST_GLOBAL + 1; option < OPTION_COUNT; option++)
		if (option_belongs(command, option))
			json_write_text(writer, option_rows[option].name);
	json_write_end(writer);
	json_write_end(writer);
}

void command_help_json(struct buf *out)
{
	struct json_writer writer;

	json_write_init(&writer, out);
	json_write_object(&writer);
	json_write_key(&writer, "commands");
	json_write_array(&writer);
	for (size_t i = 0; i < COMMANDS; i++)
		help_json_command(&writer, &commands[i]);
	json_write_end(&writer);
	json_write_key(&writer, "options");
	json_write_array(&writer);
	for (enum option option = 0; option < OPTION_COUNT; option++)
		help_json_option(&writer, option);
	json_write_end(&writer);
	json_write_key(&writer, "exit_codes");
	exit_help_json(&writer);
	json_write_end(&writer);
}

static void completion_words(struct buf *out)
{
	for (size_t i = 0; i < COMMANDS; i++)
		buf_printf(out, "%s%.*s", i > 0 ? " " : "", (int)strcspn(commands[i].name, " "), commands[i].name);
}

static void completion_options(struct buf *out)
{
	for (enum option option = 0; option < OPTION_COUNT; option++)
		buf_printf(out, "%s--%s", option > 0 ? " " : "", option_rows[option].name);
}

/* After --format: what the command in the words before it can give. */
static void completion_formats(struct buf *out)
{
	for (size_t i = 0; i < COMMANDS; i++)
		buf_printf(out, "      \"%s \"*) COMPREPLY=($(compgen -W \"%s\" -- \"$word\")) ;;\n", commands[i].name,
		    commands[i].formats);
}

static void completion_bash(struct buf *out)
{
	buf_append_text(out, "_mandate() {\n  local word=${COMP_WORDS[COMP_CWORD]} first=${COMP_WORDS[1]}\n"
	                     "  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W \"");
	completion_options(out);
	buf_append_text(out, "\" -- \"$word\")); return; fi\n  if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W \"");
	completion_words(out);
	buf_append_text(out, "\" -- \"$word\")); return; fi\n"
	                     "  if [[ ${COMP_WORDS[COMP_CWORD-1]} == --format ]]; then\n    case \"$first ${COMP_WORDS[2]} \" in\n");
	completion_formats(out);
	buf_append_text(out, "    esac\n    return\n  fi\n"
	                     "  case $first in\n"
	                     "    read|compare|import) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
	                     "    show|log|edit|update|assign) COMPREPLY=($(compgen -W \"$(mandate list --format refs 2>/dev/null)\" -- \"$word\")) ;;\n"
	                     "    resolution) COMPREPLY=($(compgen -W \"list show confirm adopt\" -- \"$word\")) ;;\n"
	                     "    officer) COMPREPLY=($(compgen -W \"list add edit away back\" -- \"$word\")) ;;\n"
	                     "    unit) COMPREPLY=($(compgen -W \"list add edit\" -- \"$word\")) ;;\n"
	                     "    obligation) COMPREPLY=($(compgen -W \"import\" -- \"$word\")) ;;\n"
	                     "    report) COMPREPLY=($(compgen -W \"list schedule schedules unschedule\" -- \"$word\")) ;;\n"
	                     "    token) COMPREPLY=($(compgen -W \"list add revoke\" -- \"$word\")) ;;\n"
	                     "    session) COMPREPLY=($(compgen -W \"list show set unset\" -- \"$word\")) ;;\n"
	                     "    event) COMPREPLY=($(compgen -W \"list set\" -- \"$word\")) ;;\n"
	                     "    audit) COMPREPLY=($(compgen -W \"verify\" -- \"$word\")) ;;\n"
	                     "  esac\n}\ncomplete -F _mandate mandate\n");
}

int command_completion(const char *shell, struct buf *out, struct error *error)
{
	if (strcmp(shell, "bash") == 0) {
		completion_bash(out);
	} else if (strcmp(shell, "zsh") == 0) {
		buf_append_text(out, "#compdef mandate\nautoload -U +X bashcompinit && bashcompinit\n");
		completion_bash(out);
	} else if (strcmp(shell, "fish") == 0) {
		buf_append_text(out, "complete -c mandate -n __fish_use_subcommand -f -a \"");
		completion_words(out);
		buf_append_text(out, "\"\n");
		for (enum option option = 0; option < OPTION_COUNT; option++)
			buf_printf(out, "complete -c mandate -l %s%s -d \"%s\"\n", option_rows[option].name,
			    option_rows[option].value ? " -r" : "", option_rows[option].sentence);
	} else {
		return error_set(error, E_INPUT, "usage", "there is no completion for \"%s\"; there is for bash, zsh and fish", shell);
	}
	return 0;
}
