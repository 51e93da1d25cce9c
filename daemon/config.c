#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <libconfig.h>

#include "base/alloc.h"
#include "base/file.h"
#include "config_rules.h"

enum settings_type { SETTINGS_TEXT, SETTINGS_INTEGER, SETTINGS_RULES };

struct settings_key {
	const char *name;
	enum settings_type type;
	size_t offset;
	const char *text;      /* default of a text */
	int number, low, high; /* default and bounds of an integer */
	const char *words;     /* a text's values, separated by blanks, or NULL for any */
	bool reloadable;
	const char *sentence;
};

#define TEXT_KEY(name, value, words, reloadable, sentence) \
	{#name, SETTINGS_TEXT, offsetof(struct settings, name), value, 0, 0, 0, words, reloadable, sentence}
#define INTEGER_KEY(name, value, low, high, reloadable, sentence) \
	{#name, SETTINGS_INTEGER, offsetof(struct settings, name), NULL, value, low, high, NULL, reloadable, \
	    sentence}

#define RULES_KEY(name, sentence) \
	{#name, SETTINGS_RULES, offsetof(struct settings, name), "", 0, 0, 0, NULL, false, sentence}

static const struct settings_key settings_keys[] = {
    TEXT_KEY(socket, "", NULL, false,
        "The Unix socket; empty: /run/mandate/mandated.sock as root, else in the user's runtime directory."),
    TEXT_KEY(socket_group, "", NULL, false, "The group that may use the socket; empty: the daemon's own."),
    TEXT_KEY(socket_mode, "0660", NULL, false, "The socket's permissions, in octal."),
    TEXT_KEY(listen, "", NULL, false,
        "A TCP address and port, for example 127.0.0.1:8460; empty: none. Without TLS only a loopback address is accepted."),
    TEXT_KEY(tls_certificate, "", NULL, true, "PEM file with the certificate chain for TCP; empty: plain HTTP on loopback."),
    TEXT_KEY(tls_key, "", NULL, true, "PEM file with the certificate's private key."),
    TEXT_KEY(database, "", NULL, false,
        "A libpq connection string for the role mandate_service; empty: a private PostgreSQL in the state directory."),
    TEXT_KEY(database_owner, "", NULL, false,
        "A connection string for migrations, as a superuser or a member of mandate_owner; empty: the same as database."),
    INTEGER_KEY(connections, 16, 1, 200, false, "How many database connections the pool keeps."),
    INTEGER_KEY(max_calls, 2000, 1, 100000, false, "Requests under way in the database; past it new ones are answered 503."),
    INTEGER_KEY(max_body, 16777216, 1024, 67108864, true, "The largest request body in bytes."),
    INTEGER_KEY(request_seconds, 30, 1, 3600, true, "How long a request may take before it is answered 504."),
    TEXT_KEY(state_directory, "", NULL, false,
        "Where the private PostgreSQL lives; empty: /var/lib/mandate as root, else ~/.local/state/mandate."),
    TEXT_KEY(postgres_directory, "", NULL, false,
        "The directory of the programs initdb and postgres; empty: the newest under /usr/lib/postgresql."),
    TEXT_KEY(cluster_user, "postgres", NULL, false, "The user that runs the private PostgreSQL when mandated runs as root."),
    TEXT_KEY(log_level, "info", "error warning notice info debug", true, "The least important line that is logged."),
    TEXT_KEY(smtp_url, "", NULL, false,
        "The mail server, for example smtp://mail.example.org:587, or smtps:// for TLS from the first byte; empty: no mail, and what is due by mail waits."),
    TEXT_KEY(smtp_user, "", NULL, false, "The name to give the mail server; empty: none is asked for."),
    TEXT_KEY(smtp_password_file, "", NULL, false, "A file with the password that belongs to smtp_user."),
    TEXT_KEY(smtp_from, "", NULL, false, "Whom mail comes from, for example Mandate <mandate@example.org>."),
    TEXT_KEY(smtp_starttls, "try", "never try always", false, "Whether mail is encrypted after the greeting: never, try where it is offered, or always."),
    TEXT_KEY(smtp_ca_file, "", NULL, false, "PEM file of the authorities that the mail server's certificate may come from; empty: the system's."),
    TEXT_KEY(webhook_secret_file, "", NULL, false, "A file with the secret that webhooks are signed with; empty: no webhooks, and what is due by them waits."),
    INTEGER_KEY(mail_connections, 8, 1, 100, false, "How many messages are delivered side by side."),
    INTEGER_KEY(delivery_seconds, 60, 1, 600, false, "How long the delivery of a message may take; then it is tried again later."),
    RULES_KEY(reminders, "When to remind of the milestones of a kind; empty words stand for any, and the rule that fits best counts."),
};

#define SETTINGS_KEYS (sizeof settings_keys / sizeof *settings_keys)

const char *settings_key(size_t i, const char **ret_sentence)
{
	if (i >= SETTINGS_KEYS)
		return NULL;
	*ret_sentence = settings_keys[i].sentence;
	return settings_keys[i].name;
}

static char **settings_text_at(const struct settings *settings, const struct settings_key *key)
{
	return (char **)((char *)(uintptr_t)settings + key->offset);
}

static int *settings_integer_at(const struct settings *settings, const struct settings_key *key)
{
	return (int *)((char *)(uintptr_t)settings + key->offset);
}

static void settings_set_text(struct settings *settings, const struct settings_key *key, const char *value)
{
	char **at = settings_text_at(settings, key);

	free(*at);
	*at = xstrdup(value);
}

void settings_init(struct settings *settings)
{
	*settings = (struct settings){0};
	for (size_t i = 0; i < SETTINGS_KEYS; i++) {
		if (settings_keys[i].type == SETTINGS_RULES)
			*settings_text_at(settings, &settings_keys[i]) = rules_default();
		else if (settings_keys[i].type == SETTINGS_TEXT)
			settings_set_text(settings, &settings_keys[i], settings_keys[i].text);
		else
			*settings_integer_at(settings, &settings_keys[i]) = settings_keys[i].number;
	}
}

void settings_release(struct settings *settings)
{
	for (size_t i = 0; i < SETTINGS_KEYS; i++)
		if (settings_keys[i].type != SETTINGS_INTEGER)
			free(*settings_text_at(settings, &settings_keys[i]));
	*settings = (struct settings){0};
}

static bool settings_word_allowed(const char *words, const char *value)
{
	struct slice rest = slice_of(words), word;

	while (slice_take_until(&rest, ' ', &word))
		if (slice_is(word, value))
			return true;
	return false;
}

static void settings_take_text(struct settings *settings, const struct settings_key *key, const char *file,
    const config_setting_t *setting, struct buf *faults)
{
	const char *value = config_setting_get_string(setting);
	int line = (int)config_setting_source_line(setting);

	if (value == NULL)
		buf_printf(faults, "%s:%d: %s is a text; write it in double quotes\n", file, line, key->name);
	else if (key->words != NULL && !settings_word_allowed(key->words, value))
		buf_printf(faults, "%s:%d: %s: \"%s\" is not one of: %s\n", file, line, key->name, value, key->words);
	else
		settings_set_text(settings, key, value);
}

static void settings_take_integer(struct settings *settings, const struct settings_key *key, const char *file,
    const config_setting_t *setting, struct buf *faults)
{
	int line = (int)config_setting_source_line(setting);
	int type = config_setting_type(setting);
	long long value = type == CONFIG_TYPE_INT64 ? config_setting_get_int64(setting)
	                                            : config_setting_get_int(setting);

	if (type != CONFIG_TYPE_INT && type != CONFIG_TYPE_INT64)
		buf_printf(faults, "%s:%d: %s is a whole number from %d to %d, without quotes\n", file, line, key->name,
		    key->low, key->high);
	else if (value < key->low || value > key->high)
		buf_printf(faults, "%s:%d: %s: %lld is not between %d and %d\n", file, line, key->name, value, key->low,
		    key->high);
	else
		*settings_integer_at(settings, key) = (int)value;
}

static void settings_take_rules(struct settings *settings, const struct settings_key *key, const char *file,
    const config_setting_t *setting, struct buf *faults)
{
	char *rules = rules_read(setting, file, faults);

	if (rules != NULL)
		settings_set_text(settings, key, rules);
	free(rules);
}

static const struct settings_key *settings_find(const char *name)
{
	for (size_t i = 0; i < SETTINGS_KEYS; i++)
		if (strcmp(settings_keys[i].name, name) == 0)
			return &settings_keys[i];
	return NULL;
}

static void settings_take(struct settings *settings, const char *file, const config_setting_t *setting,
    struct buf *faults)
{
	const struct settings_key *key = settings_find(config_setting_name(setting));

	if (key == NULL) {
		buf_printf(faults, "%s:%d: there is no key \"%s\"; there are:", file,
		    (int)config_setting_source_line(setting), config_setting_name(setting));
		for (size_t i = 0; i < SETTINGS_KEYS; i++)
			buf_printf(faults, " %s", settings_keys[i].name);
		buf_append_byte(faults, '\n');
	} else if (key->type == SETTINGS_TEXT) {
		settings_take_text(settings, key, file, setting, faults);
	} else if (key->type == SETTINGS_RULES) {
		settings_take_rules(settings, key, file, setting, faults);
	} else {
		settings_take_integer(settings, key, file, setting, faults);
	}
}

int settings_mode(const struct settings *settings)
{
	int mode = 0;

	for (const char *at = settings->socket_mode; *at != '\0'; at++) {
		if (*at < '0' || *at > '7' || mode > 0777)
			return -1;
		mode = mode * 8 + (*at - '0');
	}
	return mode > 0 && mode <= 0777 ? mode : -1;
}

static void settings_check_mail(const struct settings *settings, const char *file, struct buf *faults)
{
	const char *url = settings->smtp_url;

	if (*url != '\0' && strncmp(url, "smtp://", 7) != 0 && strncmp(url, "smtps://", 8) != 0)
		buf_printf(faults, "%s: smtp_url: \"%s\" begins with neither smtp:// nor smtps://\n", file, url);
	if (*url != '\0' && strchr(settings->smtp_from, '@') == NULL)
		buf_printf(faults, "%s: smtp_url without smtp_from; say whom mail comes from\n", file);
	if ((*settings->smtp_user == '\0') != (*settings->smtp_password_file == '\0'))
		buf_printf(faults, "%s: smtp_user and smtp_password_file belong together; set both or neither\n", file);
}

/* What no single key can say. */
static void settings_check(const struct settings *settings, const char *file, struct buf *faults)
{
	if (settings_mode(settings) < 0)
		buf_printf(faults, "%s: socket_mode: \"%s\" is not a mode in octal such as 0660\n", file, settings->socket_mode);
	if ((*settings->tls_certificate == '\0') != (*settings->tls_key == '\0'))
		buf_printf(faults, "%s: tls_certificate and tls_key belong together; set both or neither\n", file);
	if (*settings->database == '\0' && *settings->database_owner != '\0')
		buf_printf(faults, "%s: database_owner without database; the private PostgreSQL needs neither\n", file);
	settings_check_mail(settings, file, faults);
}

int settings_parse(struct settings *settings, const char *file, struct slice text, struct buf *faults,
    struct error *error)
{
	char *copy = xstrndup(text.at, text.len);
	struct buf own;
	config_t parsed;
	int code = 0;

	buf_init(&own, BUF_MAX_BODY);
	if (faults == NULL)
		faults = &own;
	settings_init(settings);
	config_init(&parsed);
	if (strlen(copy) != text.len) {
		buf_printf(faults, "%s: holds a NUL byte; a configuration is text\n", file);
	} else if (config_read_string(&parsed, copy) != CONFIG_TRUE) {
		buf_printf(faults, "%s:%d: %s\n", file, config_error_line(&parsed), config_error_text(&parsed));
	} else {
		const config_setting_t *root = config_root_setting(&parsed);

		for (int i = 0; i < config_setting_length(root); i++)
			settings_take(settings, file, config_setting_get_elem(root, (unsigned)i), faults);
		settings_check(settings, file, faults);
	}
	if (faults->len > 0) {
		settings_release(settings);
		settings_init(settings);
		code = error_set(error, E_INPUT, "bad_config", "%.*s", SLICE_ARG(slice_trim(buf_slice(faults))));
	}
	config_destroy(&parsed);
	free(copy);
	buf_release(&own);
	return code;
}

int settings_read(struct settings *settings, const char *file, struct buf *faults, struct error *error)
{
	struct buf text;
	int code;

	buf_init(&text, BUF_MAX_BODY);
	code = file_read(file, &text, error);
	if (code == 0)
		code = settings_parse(settings, file, buf_slice(&text), faults, error);
	else
		settings_init(settings);
	buf_release(&text);
	return code;
}

void settings_print(const struct settings *settings, struct buf *out)
{
	for (size_t i = 0; i < SETTINGS_KEYS; i++) {
		const struct settings_key *key = &settings_keys[i];

		if (key->type == SETTINGS_INTEGER) {
			buf_printf(out, "%s = %d;\n", key->name, *settings_integer_at(settings, key));
			continue;
		}
		if (key->type == SETTINGS_RULES) {
			buf_printf(out, "%s = ", key->name);
			rules_print(*settings_text_at(settings, key), out);
			continue;
		}
		buf_printf(out, "%s = \"", key->name);
		for (const char *at = *settings_text_at(settings, key); *at != '\0'; at++) {
			if (*at == '"' || *at == '\\')
				buf_append_byte(out, '\\');
			buf_append_byte(out, *at);
		}
		buf_append_text(out, "\";\n");
	}
}

static bool settings_same(const struct settings *a, const struct settings *b, const struct settings_key *key)
{
	if (key->type == SETTINGS_INTEGER)
		return *settings_integer_at(a, key) == *settings_integer_at(b, key);
	return strcmp(*settings_text_at(a, key), *settings_text_at(b, key)) == 0;
}

void settings_reload(struct settings *settings, const struct settings *fresh, struct buf *changed,
    struct buf *ignored)
{
	for (size_t i = 0; i < SETTINGS_KEYS; i++) {
		const struct settings_key *key = &settings_keys[i];
		struct buf *list = key->reloadable ? changed : ignored;

		if (settings_same(settings, fresh, key))
			continue;
		buf_printf(list, "%s%s", list->len > 0 ? ", " : "", key->name);
		if (key->reloadable && key->type == SETTINGS_TEXT)
			settings_set_text(settings, key, *settings_text_at(fresh, key));
		else if (key->reloadable)
			*settings_integer_at(settings, key) = *settings_integer_at(fresh, key);
	}
}
