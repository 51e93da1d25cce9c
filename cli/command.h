#ifndef MANDATE_CLI_COMMAND_H
#define MANDATE_CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * The one table of commands. Parsing, help, the manual's test and completion read it;
 * what is not in it does not exist.
 */
enum option {
	OPTION_FORMAT, OPTION_SOCKET, OPTION_URL, OPTION_TOKEN_FILE, OPTION_KEY, OPTION_YES,
	OPTION_NO_COLOR, OPTION_WIDTH, OPTION_HELP, OPTION_VERSION, /* everywhere */
	OPTION_QUIET,
	OPTION_DRY_RUN, OPTION_SYMBOL, OPTION_CONFIRM, OPTION_REPLACE, OPTION_AS, OPTION_ON, OPTION_STATUS, OPTION_NOTE,
	OPTION_EVIDENCE, OPTION_CLEARANCE, OPTION_SEEN, OPTION_WITHIN, OPTION_WHY, OPTION_AS_OF,
	OPTION_KNOWN_AT, OPTION_OUTPUT, OPTION_SORT, OPTION_LIMIT, OPTION_KIND, OPTION_FORCE, OPTION_ACTION,
	OPTION_VEHICLE, OPTION_DUE, OPTION_REVIEW, OPTION_REASON, OPTION_ALTERNATE, OPTION_UNIT,
	OPTION_NAME, OPTION_ROLE, OPTION_MAIL, OPTION_UID, OPTION_ACTIVE, OPTION_LABEL, OPTION_EXPIRES,
	OPTION_OPENS, OPTION_CLOSES, OPTION_FAULTS,
	OPTION_DONE, OPTION_WORDS, OPTION_ANSWERS, OPTION_LATE_REASON, OPTION_FROM, OPTION_UNTIL, OPTION_MONTH, OPTION_YEAR,
	OPTION_FUND, OPTION_DONOR, OPTION_AMOUNT, OPTION_CURRENCY, OPTION_EARMARK, OPTION_IN_KIND, OPTION_FOR_YEAR,
	OPTION_AGREEMENT, OPTION_RATE, OPTION_RATE_DATE, OPTION_PLEDGE, OPTION_PRIVATE, OPTION_VOID,
	OPTION_BY, OPTION_SINCE, OPTION_ALIASES, OPTION_MANAGER, OPTION_CREATED_BY, OPTION_PART_OF,
	OPTION_ACCEPT, OPTION_TREATY, OPTION_GROUP, OPTION_PARTY, OPTION_THRESHOLD, OPTION_ADOPTED, OPTION_ADOPTED_BY, OPTION_PARENT,
	OPTION_DAYS, OPTION_TIME_ZONE, OPTION_DIGEST, OPTION_WORK_FROM, OPTION_WORK_UNTIL, OPTION_CHANNEL, OPTION_WEBHOOK,
	OPTION_SUPERVISOR, OPTION_DAILY_CAP, OPTION_REMIND,
	OPTION_BODY, OPTION_TITLE, OPTION_LANGUAGE, OPTION_TO, OPTION_MAP, OPTION_UPDATE, OPTION_LANG, OPTION_FEED, OPTION_ALL, OPTION_EVERY,
	OPTION_COUNT
};

#define EVIDENCE_MAX 100

struct command;

/* A command line, taken apart. Texts are those of argv. */
struct invocation {
	const struct command *command;
	const char *options[OPTION_COUNT]; /* "" where an option without a value was given */
	const char *evidence[EVIDENCE_MAX];
	size_t evidence_count;
	char **words; /* the arguments after the command's name */
	size_t word_count;
};

struct command {
	const char *name;      /* "resolution show" */
	const char *arguments; /* "SYMBOL", for the help */
	const char *sentence;
	int least, most;       /* how many arguments; most -1: any number */
	const char *options;   /* names of its own options, separated by blanks */
	const char *example;
	int (*run)(const struct invocation *invocation); /* returns the exit code */
	const char *formats;   /* for --format; text stands first */
};

/* 0; or E_INPUT "usage" with a message that says what would be right. --help and --version
 * leave command NULL or set; the caller looks at the options first. */
MUST_CHECK int command_parse(struct invocation *ret, int argc, char *argv[], struct error *error);
void invocation_release(struct invocation *invocation);

bool option_given(const struct invocation *invocation, enum option option);
const char *option_value(const struct invocation *invocation, enum option option); /* NULL: not given */
bool format_is(const struct invocation *invocation, const char *format);

/* Command i of the table, or NULL past the last. */
const struct command *command_at(size_t i);
const char *option_name(enum option option);

void command_help(const struct command *command, struct buf *out);
void command_help_all(struct buf *out);
/* For programs and tests: the whole table as JSON. */
void command_help_json(struct buf *out);
/* A completion script for "bash", "zsh" or "fish"; E_INPUT for another shell. */
MUST_CHECK int command_completion(const char *shell, struct buf *out, struct error *error);

/* The commands, by group. */
int read_run(const struct invocation *invocation);
int compare_run(const struct invocation *invocation);
int import_run(const struct invocation *invocation);
int resolution_list_run(const struct invocation *invocation);
int resolution_show_run(const struct invocation *invocation);
int resolution_confirm_run(const struct invocation *invocation);
int resolution_adopt_run(const struct invocation *invocation);
int review_run(const struct invocation *invocation);
int alias_list_run(const struct invocation *invocation);
int alias_add_run(const struct invocation *invocation);
int list_run(const struct invocation *invocation);
int next_run(const struct invocation *invocation);
int search_run(const struct invocation *invocation);
int show_run(const struct invocation *invocation);
int edit_run(const struct invocation *invocation);
int assign_run(const struct invocation *invocation);
int due_run(const struct invocation *invocation);
int calendar_run(const struct invocation *invocation);
int milestone_run(const struct invocation *invocation);
int report_document_run(const struct invocation *invocation);
int forecast_run(const struct invocation *invocation);
int remind_plan_run(const struct invocation *invocation);
int remind_explain_run(const struct invocation *invocation);
int remind_inbox_run(const struct invocation *invocation);
int remind_ack_run(const struct invocation *invocation);
int remind_snooze_run(const struct invocation *invocation);
int remind_mute_run(const struct invocation *invocation);
int remind_wake_run(const struct invocation *invocation);
int holiday_list_run(const struct invocation *invocation);
int holiday_add_run(const struct invocation *invocation);
int holiday_remove_run(const struct invocation *invocation);
int update_run(const struct invocation *invocation);
int log_run(const struct invocation *invocation);
int report_run(const struct invocation *invocation);
int report_list_run(const struct invocation *invocation);
int report_schedule_run(const struct invocation *invocation);
int report_schedules_run(const struct invocation *invocation);
int report_unschedule_run(const struct invocation *invocation);
int diff_run(const struct invocation *invocation);
int audit_verify_run(const struct invocation *invocation);
int doctor_run(const struct invocation *invocation);
int officer_list_run(const struct invocation *invocation);
int officer_add_run(const struct invocation *invocation);
int officer_edit_run(const struct invocation *invocation);
int officer_away_run(const struct invocation *invocation);
int officer_back_run(const struct invocation *invocation);
int unit_list_run(const struct invocation *invocation);
int unit_add_run(const struct invocation *invocation);
int unit_edit_run(const struct invocation *invocation);
int handover_run(const struct invocation *invocation);
int obligation_import_run(const struct invocation *invocation);
int token_list_run(const struct invocation *invocation);
int token_add_run(const struct invocation *invocation);
int token_revoke_run(const struct invocation *invocation);
int session_list_run(const struct invocation *invocation);
int session_show_run(const struct invocation *invocation);
int session_set_run(const struct invocation *invocation);
int session_unset_run(const struct invocation *invocation);
int event_list_run(const struct invocation *invocation);
int event_set_run(const struct invocation *invocation);
int state_list_run(const struct invocation *invocation);
int state_show_run(const struct invocation *invocation);
int treaty_list_run(const struct invocation *invocation);
int treaty_add_run(const struct invocation *invocation);
int treaty_status_run(const struct invocation *invocation);
int treaty_action_run(const struct invocation *invocation);
int treaty_correct_run(const struct invocation *invocation);
int treaty_import_run(const struct invocation *invocation);
int treaty_log_run(const struct invocation *invocation);
int fund_list_run(const struct invocation *invocation);
int fund_add_run(const struct invocation *invocation);
int rate_list_run(const struct invocation *invocation);
int rate_set_run(const struct invocation *invocation);
int rate_import_run(const struct invocation *invocation);
int contribution_pledge_run(const struct invocation *invocation);
int contribution_receive_run(const struct invocation *invocation);
int contribution_correct_run(const struct invocation *invocation);
int contribution_log_run(const struct invocation *invocation);
int contribution_list_run(const struct invocation *invocation);
int contribution_status_run(const struct invocation *invocation);
int contribution_import_run(const struct invocation *invocation);
int version_run(const struct invocation *invocation);
int completion_run(const struct invocation *invocation);
int help_run(const struct invocation *invocation);

#endif
