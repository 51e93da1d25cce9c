#include "migrate.h"

#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <libpq-fe.h>
#include <openssl/sha.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"

#define CHECKSUM_TEXT (2 * SHA256_DIGEST_LENGTH + 1)

struct migrate {
	const struct migrate_options *options;
	PGconn *pg;
	struct error *error;
};

static void migrate_log(const struct migrate *m, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void migrate_log(const struct migrate *m, const char *format, ...)
{
	char *line = NULL;
	va_list args;

	va_start(args, format);
	if (m->options->log != NULL && vasprintf(&line, format, args) >= 0)
		m->options->log(m->options->log_arg, LOG_NOTICE, line);
	va_end(args);
	free(line);
}

static void migrate_checksum(struct slice text, char out[CHECKSUM_TEXT])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];

	SHA256((const unsigned char *)text.at, text.len, digest);
	for (size_t i = 0; i < sizeof digest; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static int migrate_fail(const struct migrate *m, const char *what)
{
	struct slice reason = slice_trim(slice_of(PQerrorMessage(m->pg)));

	return error_set(m->error, E_STORE, "migration", "%s: %.*s", what, SLICE_ARG(reason));
}

/* Several statements, as they stand in a file. */
static int migrate_script(const struct migrate *m, const char *what, const char *script)
{
	PGresult *result = PQexec(m->pg, script);
	ExecStatusType status = PQresultStatus(result);

	PQclear(result);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? 0 : migrate_fail(m, what);
}

/* One statement with parameters; *ret_value (may be NULL) becomes its only value or NULL, to be freed. */
static int migrate_query(const struct migrate *m, const char *what, const char *statement, int count,
    const char *const values[], char **ret_value)
{
	PGresult *result = PQexecParams(m->pg, statement, count, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(result);
	int code = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? 0 : migrate_fail(m, what);

	if (ret_value != NULL)
		*ret_value = code == 0 && PQntuples(result) > 0 && !PQgetisnull(result, 0, 0)
		    ? xstrdup(PQgetvalue(result, 0, 0))
		    : NULL;
	PQclear(result);
	return code;
}

/* The checksum under which a migration was applied, or NULL. Before the first there is no table. */
static int migrate_applied(const struct migrate *m, const char *number, char **ret)
{
	char *table = NULL;
	int code = migrate_query(m, "looking for migrations", "select to_regclass('mandate.migration')", 0,
	    NULL, &table);

	*ret = NULL;
	if (code == 0 && table != NULL)
		code = migrate_query(m, "looking for migrations",
		    "select checksum from mandate.migration where number = $1::int", 1, &number, ret);
	free(table);
	return code;
}

static int migrate_apply(const struct migrate *m, const char *path, const char *number, const char *script,
    const char *checksum)
{
	const char *name = strrchr(path, '/') + 1;
	const char *row[] = {number, name, checksum};
	int code = migrate_script(m, path, "begin");

	if (code == 0)
		code = migrate_script(m, path, script);
	if (code == 0)
		code = migrate_query(m, path, "insert into mandate.migration values ($1::int, $2, $3)", 3, row, NULL);
	if (code == 0)
		code = migrate_script(m, path, "reset role; commit");
	if (code != 0)
		(void)migrate_script(m, path, "rollback");
	else
		migrate_log(m, "migrate: applied %s", name);
	return code;
}

static int migrate_one(const struct migrate *m, const char *path, int *ret_number)
{
	char checksum[CHECKSUM_TEXT], number[24], *applied = NULL;
	struct slice name = slice_of(strrchr(path, '/') + 1);
	struct buf script;
	uint64_t n = 0;
	int code;

	buf_init(&script, BUF_MAX_BODY);
	code = file_read(path, &script, m->error);
	if (code != 0)
		goto out;
	if (!slice_take_number(&name, 9999, &n)) {
		code = error_set(m->error, E_SYSTEM, "migration", "%s: a migration's name begins with its number", path);
		goto out;
	}
	migrate_checksum(buf_slice(&script), checksum);
	(void)snprintf(number, sizeof number, "%llu", (unsigned long long)n);
	code = migrate_applied(m, number, &applied);
	if (code != 0)
		goto out;
	if (applied == NULL)
		code = migrate_apply(m, path, number, buf_text(&script), checksum);
	else if (strcmp(applied, checksum) != 0)
		code = error_set(m->error, E_STORE, "migration",
		    "%s was applied and has changed since; a migration is never edited, add a new one", path);
	if (code == 0)
		*ret_number = (int)n;
out:
	free(applied);
	buf_release(&script);
	return code;
}

static int migrate_files(const struct migrate *m, const char *pattern, glob_t *ret)
{
	char *path = xasprintf("%s/%s", m->options->sql, pattern);
	int failed = glob(path, 0, NULL, ret);
	int code = 0;

	if (failed != 0)
		code = error_set(m->error, E_SYSTEM, "migration", "%s: no such files; is the installation whole?", path);
	free(path);
	return code;
}

static int migrate_migrations(const struct migrate *m, int *ret_schema)
{
	glob_t files = {0};
	int code = migrate_files(m, "migrations/*.sql", &files);

	for (size_t i = 0; code == 0 && i < files.gl_pathc; i++)
		code = migrate_one(m, files.gl_pathv[i], ret_schema);
	globfree(&files);
	return code;
}

/* Whether what stands under a name in function_file is of another content. */
static int migrate_changed(const struct migrate *m, const char *name, const char *checksum, bool *ret)
{
	const char *values[] = {name, checksum};
	char *same = NULL;
	int code = migrate_query(m, name,
	    "select 1 from mandate.function_file where name = $1 and checksum = $2", 2, values, &same);

	*ret = same == NULL;
	free(same);
	return code;
}

static int migrate_remember(const struct migrate *m, const char *name, const char *checksum)
{
	const char *values[] = {name, checksum};

	return migrate_query(m, name,
	    "insert into mandate.function_file (name, checksum) values ($1, $2) "
	    "on conflict (name) do update set checksum = excluded.checksum, applied_at = now()",
	    2, values, NULL);
}

/* All function files together, so that they always fit one another. */
static int migrate_functions(const struct migrate *m)
{
	char checksum[CHECKSUM_TEXT];
	glob_t files = {0};
	struct buf all;
	bool changed;
	int code = migrate_files(m, "functions/*.sql", &files);

	buf_init(&all, BUF_MAX_BODY);
	for (size_t i = 0; code == 0 && i < files.gl_pathc; i++) {
		code = file_read(files.gl_pathv[i], &all, m->error);
		buf_append_byte(&all, '\n');
	}
	if (code != 0)
		goto out;
	migrate_checksum(buf_slice(&all), checksum);
	code = migrate_changed(m, "functions", checksum, &changed);
	if (code != 0 || !changed)
		goto out;
	code = migrate_script(m, "functions", "begin");
	if (code == 0)
		code = migrate_script(m, "functions", buf_text(&all));
	if (code == 0)
		code = migrate_remember(m, "functions", checksum);
	if (code == 0)
		code = migrate_script(m, "functions", "reset role; commit");
	if (code != 0)
		(void)migrate_script(m, "functions", "rollback");
	else
		migrate_log(m, "migrate: functions replayed");
out:
	globfree(&files);
	buf_release(&all);
	return code;
}

/* The rows of a CSV file as a JSON array of objects, by the names in its first row. */
static int migrate_csv(const char *path, struct slice text, struct buf *json, struct error *error)
{
	struct arena *arena = arena_new();
	struct json_writer writer;
	struct csv csv;
	struct slice *names;
	size_t columns;
	int code;

	json_write_init(&writer, json);
	json_write_array(&writer);
	csv_init(&csv, text, arena);
	code = csv_next(&csv, error);
	names = csv.fields;
	columns = csv.count;
	while (code == 1 && (code = csv_next(&csv, error)) == 1) {
		json_write_object(&writer);
		for (size_t i = 0; i < columns; i++) {
			json_write_key(&writer, arena_text(arena, names[i]));
			json_write_slice(&writer, csv_field(&csv, (ptrdiff_t)i));
		}
		json_write_end(&writer);
	}
	json_write_end(&writer);
	if (code < 0)
		error_prefix(error, "%s", path);
	arena_free(arena);
	return code;
}

static int migrate_table(const struct migrate *m, const char *name, const char *load)
{
	char *path = xasprintf("%s/%s.csv", m->options->data, name);
	char *statement = xasprintf("select %s($1::jsonb)", load);
	char checksum[CHECKSUM_TEXT];
	struct buf text, json;
	const char *value;
	bool changed;
	int code;

	buf_init(&text, BUF_MAX_BODY);
	buf_init(&json, BUF_MAX_BODY);
	code = file_read(path, &text, m->error);
	if (code != 0)
		goto out;
	migrate_checksum(buf_slice(&text), checksum);
	code = migrate_changed(m, name, checksum, &changed);
	if (code != 0 || !changed)
		goto out;
	code = migrate_csv(path, buf_slice(&text), &json, m->error);
	value = buf_text(&json);
	if (code == 0)
		code = migrate_query(m, path, statement, 1, &value, NULL);
	if (code == 0)
		code = migrate_remember(m, name, checksum);
	if (code == 0)
		migrate_log(m, "migrate: %s loaded", name);
out:
	buf_release(&json);
	buf_release(&text);
	free(statement);
	free(path);
	return code;
}

/* The rules of the configuration, where they are not those that are there. */
static int migrate_rules(const struct migrate *m)
{
	char checksum[CHECKSUM_TEXT];
	bool changed;
	int code;

	migrate_checksum(slice_of(m->options->rules), checksum);
	code = migrate_changed(m, "reminder rules", checksum, &changed);
	if (code != 0 || !changed)
		return code;
	code = migrate_query(m, "reminder rules", "select mandate.load_reminder_rules($1::jsonb)", 1, &m->options->rules, NULL);
	if (code == 0)
		code = migrate_remember(m, "reminder rules", checksum);
	if (code == 0)
		migrate_log(m, "migrate: reminder rules loaded");
	return code;
}

static int migrate_bootstrap(const struct migrate *m)
{
	char uid[16];
	const char *values[] = {uid, m->options->login, m->options->name};

	(void)snprintf(uid, sizeof uid, "%u", m->options->uid);
	return migrate_query(m, "first officer", "select mandate.officer_bootstrap($1::bigint, $2, $3)", 3, values,
	    NULL);
}

static void migrate_quiet(void *arg, const PGresult *notice)
{
	(void)arg;
	(void)notice;
}

/* config/data/NAME.csv, in the order of who needs whom, and the function that takes its rows. */
static const struct {
	const char *name, *load;
} migrate_tables[] = {
	{"entities", "mandate.load_entities"},
	{"states", "mandate.load_states"},
	{"groups", "mandate.load_groups"},
	{"treaties", "mandate.load_treaties"},
	{"sessions", "mandate.load_sessions"},
	{"funds", "mandate.load_funds"},
	{"currencies", "mandate.load_currencies"},
};

/* What fell due again while no daemon ran. */
static int migrate_series(const struct migrate *m)
{
	char *opened = NULL;
	int code = migrate_query(m, "opening what comes again", "select mandate.occurrences_open()", 0, NULL, &opened);

	if (opened != NULL && strcmp(opened, "0") != 0)
		migrate_log(m, "migrate: opened %s occurrences of what comes again", opened);
	free(opened);
	return code;
}

int migrate_run(const struct migrate_options *options, int *ret_schema, struct error *error)
{
	struct migrate m = {options, PQconnectdb(options->database), error};
	int code = 0;

	PQsetNoticeReceiver(m.pg, migrate_quiet, NULL);
	if (PQstatus(m.pg) != CONNECTION_OK)
		code = migrate_fail(&m, "cannot connect to the database");
	if (code == 0)
		code = migrate_script(&m, "waiting for other daemons",
		    "set client_min_messages = warning; set statement_timeout = 0; select pg_advisory_lock(hashtext('mandate migrations'))");
	if (code == 0)
		code = migrate_migrations(&m, ret_schema);
	if (code == 0)
		code = migrate_functions(&m);
	if (code == 0)
		code = migrate_bootstrap(&m);
	for (size_t i = 0; code == 0 && i < sizeof migrate_tables / sizeof *migrate_tables; i++)
		code = migrate_table(&m, migrate_tables[i].name, migrate_tables[i].load);
	if (code == 0)
		code = migrate_rules(&m);
	if (code == 0)
		code = migrate_series(&m);
	PQfinish(m.pg); /* gives the lock back */
	return code;
}
