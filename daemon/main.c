/*
 * mandated: starts the rooms in a fixed order, passes signals on, and stops in
 * the opposite order. What each room does is its own affair.
 */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <event2/event.h>
#include <libpq-fe.h>
#include <systemd/sd-daemon.h>

#include "api/api.h"
#include "base/alloc.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/place.h"
#include "config.h"
#include "log.h"
#include "metrics.h"
#include "options.h"
#include "reader/reader.h"
#include "remind/remind.h"
#include "report/report.h"
#include "store/cluster.h"
#include "store/migrate.h"
#include "store/store.h"

struct daemon {
	const char *config_file; /* NULL: none, the defaults */
	struct settings settings;
	char *state, *socket, *data;
	char *owner_database, *service_database;
	struct event_base *base;
	struct event *signals[4], *second, *watchdog;
	struct reader *reader;
	struct cluster *cluster;
	struct store *store;
	struct remind *remind;
	char *smtp_password, *webhook_secret;
	const char **functions; /* of api and remind */
	struct api *api;
	int schema;
	bool announced; /* the service manager was told that we are ready */
	bool stopping;
	int exit_code;
};

static const char *daemon_set(const char *value)
{
	return *value != '\0' ? value : NULL;
}

/* The part of a directory's path that is missing, made with ordinary permissions. */
static int daemon_make_directory(const char *path, struct error *error)
{
	char *copy = xstrdup(path);

	for (char *at = copy + 1;; at++) {
		char was = *at;

		if (was != '/' && was != '\0')
			continue;
		*at = '\0';
		if (mkdir(copy, 0755) != 0 && errno != EEXIST) {
			int code = error_set(error, E_SYSTEM, "system", "%s: cannot make the directory: %s", copy,
			    strerror(errno));

			free(copy);
			return code;
		}
		if (was == '\0')
			break;
		*at = was;
	}
	free(copy);
	return 0;
}

static void daemon_checks(void *arg, struct json_writer *checks)
{
	const struct daemon *d = arg;

	json_write_object(checks);
	json_write_key(checks, "name");
	json_write_text(checks, "daemon");
	json_write_key(checks, "ok");
	json_write_boolean(checks, true);
	json_write_key(checks, "message");
	json_write_text(checks, d->cluster ? "mandated " MANDATE_VERSION " runs with its private PostgreSQL"
	                                   : "mandated " MANDATE_VERSION " runs with the configured database");
	json_write_end(checks);
	json_write_object(checks);
	json_write_key(checks, "name");
	json_write_text(checks, "clock");
	json_write_key(checks, "ok");
	json_write_boolean(checks, clock_offset() == 0);
	json_write_key(checks, "message");
	json_write_text(checks, clock_offset() == 0 ? "the clock is the machine's"
	                                            : "the clock is moved for an exercise");
	json_write_end(checks);
	remind_checks(d->remind, checks);
}

static void daemon_health(void *arg, struct json_writer *health)
{
	const struct daemon *d = arg;

	remind_health(d->remind, health);
}

static void daemon_metrics(void *arg, struct buf *out)
{
	const struct daemon *d = arg;
	struct metrics source = {d->api, d->store, d->remind, d->settings.connections};

	metrics_write(&source, out);
}

static void daemon_api_options(const struct daemon *d, const struct settings *s, struct api_options *options)
{
	struct group *group = *s->socket_group != '\0' ? getgrnam(s->socket_group) : NULL;

	*options = (struct api_options){
	    .socket = d->socket,
	    .mode = (mode_t)settings_mode(s),
	    .group = group ? group->gr_gid : (gid_t)-1,
	    .listen = daemon_set(s->listen),
	    .tls_certificate = daemon_set(s->tls_certificate),
	    .tls_key = daemon_set(s->tls_key),
	    .max_body = (size_t)s->max_body,
	    .request_seconds = s->request_seconds,
	    .max_requests = s->max_calls,
	    .version = MANDATE_VERSION,
	    .reader = d->reader,
	    .log = log_line,
	    .checks = daemon_checks,
	    .health = daemon_health,
	    .metrics = daemon_metrics,
	    .checks_arg = (void *)(uintptr_t)d,
	};
}

static int daemon_listen(struct daemon *d, struct error *error)
{
	int activated[16], count = sd_listen_fds(1);
	struct api_options options;

	if (*d->settings.socket_group != '\0' && getgrnam(d->settings.socket_group) == NULL)
		return error_set(error, E_INPUT, "bad_config", "socket_group: there is no group \"%s\"",
		    d->settings.socket_group);
	daemon_api_options(d, &d->settings, &options);
	if (count > 16)
		count = 16;
	for (int i = 0; i < count; i++)
		activated[i] = SD_LISTEN_FDS_START + i;
	options.activated = activated;
	options.activated_count = count > 0 ? count : 0;
	d->api = api_open(d->base, &options, error);
	return d->api != NULL ? 0 : error->code;
}

static void daemon_stop(struct daemon *d, int exit_code)
{
	d->exit_code = exit_code;
	event_base_loopbreak(d->base);
}

/* The service and the reminders finish what is under way, one after the other. */
static void daemon_idle(void *arg)
{
	daemon_stop(arg, EXIT_SUCCESS);
}

static void daemon_answered(void *arg)
{
	struct daemon *d = arg;

	if (d->remind != NULL)
		remind_stop(d->remind, daemon_idle, d);
	else
		daemon_idle(d);
}

static int daemon_migrate(struct daemon *d, struct error *error)
{
	struct passwd *who = getpwuid(geteuid());
	char *sql = xasprintf("%s/sql", d->data), *tables = xasprintf("%s/data", d->data);
	struct migrate_options options = {
	    .database = d->owner_database,
	    .sql = sql,
	    .data = tables,
	    .uid = geteuid(),
	    .rules = d->settings.reminders,
	    .login = who ? who->pw_name : "administrator",
	    .name = who ? who->pw_name : "Administrator",
	    .log = log_line,
	};
	int code = migrate_run(&options, &d->schema, error);

	free(tables);
	free(sql);
	return code;
}

/* What is prepared on each connection of the pool: the routes' functions and the reminders'. */
static const char *const *daemon_functions(struct daemon *d)
{
	const char *const *lists[] = {api_functions(), remind_functions()};
	size_t count = 0;

	for (size_t i = 0; i < 2; i++) {
		for (const char *const *function = lists[i]; *function != NULL; function++) {
			d->functions = xreallocarray(d->functions, count + 2, sizeof *d->functions);
			d->functions[count++] = *function;
		}
	}
	d->functions[count] = NULL;
	return d->functions;
}

static void daemon_remind(struct daemon *d)
{
	const struct settings *s = &d->settings;
	struct remind_options options = {
	    .database = d->service_database,
	    .smtp_url = s->smtp_url,
	    .smtp_user = s->smtp_user,
	    .smtp_password = d->smtp_password,
	    .smtp_from = s->smtp_from,
	    .smtp_starttls = s->smtp_starttls,
	    .smtp_ca_file = s->smtp_ca_file,
	    .connections = s->mail_connections,
	    .seconds = s->delivery_seconds,
	    .webhook_secret = d->webhook_secret,
	    .exercise = clock_offset() != 0,
	    .log = log_line,
	};

	d->remind = remind_open(d->base, d->store, &options);
}

static void daemon_serve(struct daemon *d)
{
	struct store_options options = {
	    .database = d->service_database,
	    .connections = d->settings.connections,
	    .max_calls = d->settings.max_calls,
	    .call_seconds = d->settings.request_seconds,
	    .log = log_line,
	    .functions = daemon_functions(d),
	};

	d->store = store_open(d->base, &options);
	api_set_schema(d->api, d->schema);
	api_set_store(d->api, d->store);
	daemon_remind(d);
}

/* Until the database is there: answered 503, looked for once a second. */
static void daemon_reach(struct daemon *d)
{
	struct error error = ERROR_NONE;

	if (PQping(d->owner_database) != PQPING_OK) {
		sd_notify(0, "STATUS=waiting for the database\nEXTEND_TIMEOUT_USEC=10000000");
		log_warning("start: the database does not answer yet, asking again in a second");
		return;
	}
	if (daemon_migrate(d, &error) != 0) {
		log_error("start: %s", error.message);
		daemon_stop(d, EXIT_FAILURE);
		return;
	}
	daemon_serve(d);
}

static void daemon_announce(struct daemon *d)
{
	d->announced = true;
	sd_notifyf(0, "READY=1\nSTATUS=serving on %s", d->socket);
	log_notice("start: mandated " MANDATE_VERSION " serves on %s", d->socket);
}

static void daemon_second(evutil_socket_t fd, short what, void *arg)
{
	struct daemon *d = arg;

	(void)fd;
	(void)what;
	if (d->cluster != NULL)
		cluster_watch(d->cluster);
	if (d->stopping)
		return;
	if (d->store == NULL)
		daemon_reach(d);
	else if (!d->announced && store_ready(d->store))
		daemon_announce(d);
}

/* The loop turns. A database that is away is no reason to be restarted: it is answered 503. */
static void daemon_alive(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	sd_notify(0, "WATCHDOG=1");
}

static void daemon_reload(struct daemon *d)
{
	struct buf changed, ignored;
	struct settings fresh;
	struct error error = ERROR_NONE;
	struct api_options options;
	char *later = NULL;

	if (d->config_file == NULL) {
		log_notice("reload: there is no configuration file to read");
		return;
	}
	if (settings_read(&fresh, d->config_file, NULL, &error) != 0) {
		log_error("reload: %s; keeping the old configuration", error.message);
		settings_release(&fresh);
		return;
	}
	daemon_api_options(d, &fresh, &options);
	if (api_reload(d->api, &options, &later, &error) != 0) {
		log_error("reload: %s; keeping the old configuration", error.message);
		settings_release(&fresh);
		return;
	}
	buf_init(&changed, BUF_MAX_LINE);
	buf_init(&ignored, BUF_MAX_LINE);
	settings_reload(&d->settings, &fresh, &changed, &ignored);
	log_set_priority(log_priority_of(d->settings.log_level));
	if (d->store != NULL)
		store_set_seconds(d->store, d->settings.request_seconds);
	log_notice("reload: %s%s", changed.len > 0 ? "took over " : "nothing to take over", buf_text(&changed));
	if (ignored.len > 0)
		log_warning("reload: needs a restart: %s", buf_text(&ignored));
	free(later);
	buf_release(&ignored);
	buf_release(&changed);
	settings_release(&fresh);
}

static void daemon_signal(evutil_socket_t number, short what, void *arg)
{
	struct daemon *d = arg;

	(void)what;
	switch (number) {
	case SIGHUP:
		sd_notify(0, "RELOADING=1");
		daemon_reload(d);
		sd_notify(0, "READY=1");
		break;
	case SIGCHLD:
		if (d->cluster != NULL && !d->stopping)
			cluster_watch(d->cluster);
		break;
	default:
		if (d->stopping)
			break;
		d->stopping = true;
		sd_notify(0, "STOPPING=1");
		log_notice("stop: finishing %zu requests", api_outstanding(d->api));
		api_stop(d->api, daemon_answered, d);
	}
}

static void daemon_events(struct daemon *d)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
	struct timeval second = {1, 0}, half;
	uint64_t microseconds = 0;

	signal(SIGPIPE, SIG_IGN);
	for (size_t i = 0; i < 4; i++) {
		d->signals[i] = evsignal_new(d->base, numbers[i], daemon_signal, d);
		event_add(d->signals[i], NULL);
	}
	d->second = event_new(d->base, -1, EV_PERSIST, daemon_second, d);
	event_add(d->second, &second);
	if (sd_watchdog_enabled(0, &microseconds) > 0) {
		half = (struct timeval){(time_t)(microseconds / 2000000), (suseconds_t)(microseconds / 2 % 1000000)};
		d->watchdog = event_new(d->base, -1, EV_PERSIST, daemon_alive, d);
		event_add(d->watchdog, &half);
	}
}

static int daemon_places(struct daemon *d, struct error *error)
{
	char *directory, *slash;
	int code;

	if (d->state == NULL)
		d->state = *d->settings.state_directory ? xstrdup(d->settings.state_directory) : place_state();
	if (d->socket == NULL)
		d->socket = *d->settings.socket ? xstrdup(d->settings.socket) : place_socket();
	d->data = place_data();
	code = daemon_make_directory(d->state, error);
	directory = xstrdup(d->socket);
	slash = strrchr(directory, '/');
	if (code == 0 && slash != NULL && slash != directory) {
		*slash = '\0';
		code = daemon_make_directory(directory, error);
	}
	free(directory);
	return code;
}

/* What every connection of ours is to know: when to give a statement up, a little before the
 * service does, that no statement of ours is long enough to be compiled first, and an exercise's
 * clock. PGOPTIONS fits every form of connection string. */
static void daemon_connection_options(const struct daemon *d)
{
	char *options = xasprintf("-c statement_timeout=%ds -c jit=off -c mandate.clock_offset=%llds",
	    d->settings.request_seconds > 5 ? d->settings.request_seconds - 2 : d->settings.request_seconds,
	    (long long)clock_offset());

	setenv("PGOPTIONS", options, 1);
	free(options);
}

/* The database's two connection strings, from the settings or from the private cluster. */
static int daemon_database(struct daemon *d, struct error *error)
{
	const struct settings *s = &d->settings;
	const char *service = s->database, *owner = *s->database_owner ? s->database_owner : s->database;
	struct cluster_options options = {d->state, daemon_set(s->postgres_directory), s->cluster_user, log_line, NULL};

	if (*s->database == '\0') {
		d->cluster = cluster_start(&options, error);
		if (d->cluster == NULL)
			return error->code;
		service = cluster_service_database(d->cluster);
		owner = cluster_owner_database(d->cluster);
	}
	daemon_connection_options(d);
	d->service_database = xstrdup(service);
	d->owner_database = xstrdup(owner);
	return 0;
}

/* A secret is the text of its file, without the line's end. */
static int daemon_secret(const char *key, const char *path, char **ret, struct error *error)
{
	struct slice text;
	struct buf bytes;
	int code = 0;

	buf_init(&bytes, BUF_MAX_LINE);
	if (*path != '\0')
		code = file_read(path, &bytes, error);
	text = slice_trim(buf_slice(&bytes));
	if (code == 0 && *path != '\0' && text.len == 0)
		code = error_set(error, E_INPUT, "bad_config", "%s is empty", path);
	if (code == 0)
		*ret = xstrndup(text.at, text.len);
	else
		error_prefix(error, "%s", key);
	buf_release(&bytes);
	return code;
}

static int daemon_secrets(struct daemon *d, struct error *error)
{
	int code = daemon_secret("smtp_password_file", d->settings.smtp_password_file, &d->smtp_password, error);

	return code != 0 ? code : daemon_secret("webhook_secret_file", d->settings.webhook_secret_file, &d->webhook_secret, error);
}

/* The order in which the rooms open. The sockets listen before the database is there. */
static int daemon_open(struct daemon *d, struct error *error)
{
	int code = daemon_places(d, error);

	if (code == 0)
		code = daemon_secrets(d, error);
	if (code != 0)
		return code;
	d->reader = reader_open(d->data, error);
	if (d->reader == NULL)
		return error->code;
	d->base = event_base_new();
	daemon_events(d);
	code = daemon_listen(d, error);
	if (code == 0)
		code = daemon_database(d, error);
	if (code != 0)
		return code;
	if (clock_offset() != 0)
		log_warning("start: the clock is moved by %lld seconds for an exercise", (long long)clock_offset());
	daemon_reach(d);
	return 0;
}

static void daemon_close(struct daemon *d)
{
	if (d->api != NULL)
		api_close(d->api);
	remind_close(d->remind);
	store_close(d->store);
	cluster_stop(d->cluster);
	for (size_t i = 0; i < 4; i++)
		if (d->signals[i] != NULL)
			event_free(d->signals[i]);
	if (d->second != NULL)
		event_free(d->second);
	if (d->watchdog != NULL)
		event_free(d->watchdog);
	if (d->base != NULL)
		event_base_free(d->base);
	reader_close(d->reader);
	settings_release(&d->settings);
	free(d->state);
	free(d->socket);
	free(d->data);
	free(d->owner_database);
	free(d->service_database);
	free(d->smtp_password);
	free(d->webhook_secret);
	free(d->functions);
}

/* -1: go on; else the exit code. */
static int daemon_configure(struct daemon *d, const struct options *options)
{
	struct error error = ERROR_NONE;
	struct buf faults;
	int code = 0;

	buf_init(&faults, BUF_MAX_BODY);
	if (d->config_file == NULL)
		settings_init(&d->settings);
	else
		code = settings_read(&d->settings, d->config_file, &faults, &error);
	if (code != 0) {
		fprintf(stderr, "%s", faults.len > 0 ? buf_text(&faults) : error.message);
		if (faults.len == 0)
			fputc('\n', stderr);
		buf_release(&faults);
		return EXIT_USAGE;
	}
	if (options->print) {
		settings_print(&d->settings, &faults);
		fputs(buf_text(&faults), stdout);
	} else if (options->check) {
		printf("%s: the configuration is right\n", d->config_file ? d->config_file : "no file, the defaults");
	}
	buf_release(&faults);
	return options->print || options->check ? EXIT_SUCCESS : -1;
}

/* What a worker is: no daemon, only a pen. Its time and memory are limited, whatever the report. */
static int daemon_render(const struct options *options)
{
	const struct rlimit seconds = {300, 330};
	const struct report_options plain = {.language = options->language};
	struct error error = ERROR_NONE;

	(void)setrlimit(RLIMIT_CPU, &seconds);
#ifndef __SANITIZE_ADDRESS__ /* which maps terabytes */
	(void)setrlimit(RLIMIT_DATA, &(const struct rlimit){(rlim_t)4 << 30, (rlim_t)4 << 30});
#endif
	if (report_render_pipe(STDIN_FILENO, STDOUT_FILENO, options->render, &plain, &error) == 0)
		return EXIT_SUCCESS;
	fprintf(stderr, "%s\n", error.message);
	return EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
	struct daemon d = {0};
	struct options options = {0};
	struct error error = ERROR_NONE;
	int code = options_parse(&options, argc, argv);

	if (code < 0 && options.render != NULL)
		return daemon_render(&options);
	if (code < 0) {
		d.config_file = options.config_file;
		d.socket = options.socket ? xstrdup(options.socket) : NULL;
		d.state = options.state ? xstrdup(options.state) : NULL;
		code = daemon_configure(&d, &options);
	}
	if (code >= 0) {
		daemon_close(&d);
		return code;
	}
	umask(0022); /* the private PostgreSQL's user must pass through the state directory */
	log_open(log_priority_of(d.settings.log_level));
	if (daemon_open(&d, &error) != 0) {
		log_error("start: %s", error.message);
		d.exit_code = EXIT_FAILURE;
	} else if (d.exit_code == EXIT_SUCCESS) {
		event_base_dispatch(d.base);
		log_notice("stop: mandated stops");
	}
	daemon_close(&d);
	return d.exit_code;
}
