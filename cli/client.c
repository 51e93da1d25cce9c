#include "client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/place.h"
#include "exit.h"
#include "terminal.h"

#define CLIENT_TRIES 4

struct client {
	CURL *curl;
	char *socket; /* NULL: over the network */
	char *base;   /* "http://localhost" or the URL */
	char *token;
	char key[129];
	struct buf answer;
	FILE *stream; /* where a good answer goes as it comes, or NULL */
	size_t streamed;
	struct terminal terminal; /* what of the stream is held back, where it goes to one */
	json_t *problem;
	long status;
	long retry_after;
};

static void client_make_key(struct client *client)
{
	unsigned char random[16];

	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		abort();
	for (size_t i = 0; i < sizeof random; i++)
		(void)snprintf(client->key + 2 * i, 3, "%02x", random[i]);
}

static int client_place(struct client *client, const struct invocation *invocation, struct error *error)
{
	const char *url = option_value(invocation, OPTION_URL);
	const char *file = option_value(invocation, OPTION_TOKEN_FILE);
	const char *socket = option_value(invocation, OPTION_SOCKET);
	struct buf token;
	int code = 0;

	if (url == NULL) {
		client->base = xstrdup("http://localhost");
		client->socket = socket ? xstrdup(socket) : place_socket();
		if (socket == NULL && access(client->socket, F_OK) != 0 && access(place_system_socket(), F_OK) == 0) {
			free(client->socket);
			client->socket = xstrdup(place_system_socket());
		}
		return 0;
	}
	client->base = xstrndup(url, strlen(url) - (*url != '\0' && url[strlen(url) - 1] == '/'));
	if (file == NULL)
		return error_set(error, E_INPUT, "usage", "--url needs --token-file FILE, with a token from: mandate token add LOGIN");
	buf_init(&token, BUF_MAX_LINE);
	code = file_read(file, &token, error);
	if (code == 0) {
		struct slice text = slice_trim(buf_slice(&token));

		client->token = xstrndup(text.at, text.len);
	}
	buf_release(&token);
	return code;
}

struct client *client_open(const struct invocation *invocation, struct error *error)
{
	struct client *client = xcalloc(1, sizeof *client);
	const char *key = option_value(invocation, OPTION_KEY);

	buf_init(&client->answer, BUF_MAX_DOCUMENT);
	if (key != NULL && (*key == '\0' || strlen(key) >= sizeof client->key)) {
		(void)error_set(error, E_INPUT, "usage", "--key takes 1 to 128 characters");
	} else if (client_place(client, invocation, error) == 0) {
		if (key != NULL)
			memcpy(client->key, key, strlen(key) + 1);
		else
			client_make_key(client);
		/* TLS is set up only where it is used: starting it costs more than the whole request. */
		curl_global_init(client->socket != NULL ? CURL_GLOBAL_NOTHING : CURL_GLOBAL_DEFAULT);
		client->curl = curl_easy_init();
		return client;
	}
	client_close(client);
	return NULL;
}

void client_close(struct client *client)
{
	if (client == NULL)
		return;
	if (client->curl != NULL)
		curl_easy_cleanup(client->curl);
	json_decref(client->problem);
	buf_release(&client->answer);
	free(client->socket);
	free(client->base);
	free(client->token);
	free(client);
}

/* What differs, where a refusal says so: the paragraph as it is there and as it was sent. */
static void client_difference(const json_t *problem)
{
	const json_t *one;
	size_t i;

	json_array_foreach (json_member(problem, "difference"), i, one) {
		const char *was = json_text_of(one, "was"), *now = json_text_of(one, "now");

		fprintf(stderr, "  paragraph %s\n", json_text_of(one, "label"));
		if (*was != '\0')
			fprintf(stderr, "    - %s\n", was);
		if (*now != '\0')
			fprintf(stderr, "    + %s\n", now);
	}
}

int client_fail(struct client *client, const struct error *error)
{
	int code = exit_code_of(error->name, client != NULL ? (int)client->status : 0);

	if (client != NULL)
		client_difference(client->problem);
	fprintf(stderr, "mandate: %s\n", error->message);
	client_close(client);
	return code;
}

const json_t *client_problem(const struct client *client)
{
	return client->problem;
}

static bool client_pass_on(struct client *client, struct slice bytes)
{
	struct buf shown;
	bool written;

	if (!isatty(fileno(client->stream)))
		return fwrite(bytes.at, 1, bytes.len, client->stream) == bytes.len;
	buf_init(&shown, BUF_MAX_DOCUMENT);
	terminal_show(&client->terminal, bytes, &shown);
	written = fwrite(shown.at, 1, shown.len, client->stream) == shown.len;
	buf_release(&shown);
	return written;
}

static size_t client_received(char *bytes, size_t size, size_t count, void *arg)
{
	struct client *client = arg;
	long status = 0;

	curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
	if (client->stream != NULL && status == 200) {
		client->streamed += size * count;
		return client_pass_on(client, (struct slice){bytes, size * count}) ? size * count : 0;
	}
	buf_append(&client->answer, bytes, size * count);
	return buf_failed(&client->answer) ? 0 : size * count;
}

static struct curl_slist *client_headers(const struct client *client, bool write)
{
	struct curl_slist *headers = NULL;
	struct buf line;

	buf_init(&line, BUF_MAX_LINE);
	if (client->token != NULL) {
		buf_printf(&line, "Authorization: Bearer %s", client->token);
		headers = curl_slist_append(headers, buf_text(&line));
		buf_clear(&line);
	}
	if (write) {
		buf_printf(&line, "Idempotency-Key: %s", client->key);
		headers = curl_slist_append(headers, buf_text(&line));
		headers = curl_slist_append(headers, "Content-Type: application/json");
		headers = curl_slist_append(headers, "Expect:");
	}
	buf_release(&line);
	return headers;
}

/* One try; what came is in answer and status. */
static CURLcode client_try(struct client *client, const char *method, const char *path, const char *body)
{
	struct curl_slist *headers = client_headers(client, body != NULL);
	char *url = xasprintf("%s%s", client->base, path);
	CURL *curl = client->curl;
	curl_off_t wait = 0;
	CURLcode code;

	buf_clear(&client->answer);
	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (client->stream != NULL) {
		/* However long it is, as long as something comes. */
		curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
		curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 120L);
	} else {
		curl_easy_setopt(curl, CURLOPT_TIMEOUT, 120L);
	}
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, client_received);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, client);
	if (client->socket != NULL)
		curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, client->socket);
	if (body != NULL) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(body));
	}
	code = curl_easy_perform(curl);
	client->status = 0;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &client->status);
	curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
	client->retry_after = (long)wait;
	curl_slist_free_all(headers);
	free(url);
	return code;
}

static int client_unreachable(const struct client *client, CURLcode code, struct error *error)
{
	return error_set(error, E_SYSTEM, "unreachable",
	    "no daemon answers at %s (%s); start it with: systemctl start mandated, or ./try in a checkout",
	    client->socket ? client->socket : client->base, curl_easy_strerror(code));
}

static int client_refused(struct client *client, struct error *error)
{
	const char *detail, *name, *known = NULL;
	struct error ignored = ERROR_NONE;

	if (json_read(buf_slice(&client->answer), &client->problem, &ignored) != 0)
		client->problem = NULL;
	detail = json_text_of(client->problem, "detail");
	name = json_text_of(client->problem, "code");
	if (client->status == 413)
		known = "too_big";
	if (known == NULL)
		known = *name != '\0' ? name : NULL;
	return error_set(error, E_STORE, known, "%s",
	    *detail != '\0' ? detail
	    : client->status == 413
	        ? "larger than the service accepts (max_body in its configuration, 4 MiB unless changed)"
	        : "the service refused without saying why");
}

static int client_perform(struct client *client, const char *method, const char *path, const char *body,
    struct error *error)
{
	CURLcode code;

	json_decref(client->problem);
	client->problem = NULL;
	for (int try = 1;; try++) {
		code = client_try(client, method, path, body);
		if (try == CLIENT_TRIES || client->streamed > 0 || (code == CURLE_OK && client->status != 503))
			break;
		if (code == CURLE_COULDNT_CONNECT || client->retry_after > 5)
			break;
		sleep(client->retry_after > 0 ? (unsigned)client->retry_after : 1);
	}
	if (code != CURLE_OK && client->streamed > 0)
		return error_set(error, E_SYSTEM, "broken_off", code == CURLE_WRITE_ERROR ? "cannot write what came" :
		    "the answer broke off after %zu bytes and is not whole; ask again", client->streamed);
	if (code != CURLE_OK && client->status != 413)
		return client_unreachable(client, code, error);
	if (client->status < 200 || client->status >= 300)
		return client_refused(client, error);
	return 0;
}

int client_fetch(struct client *client, const char *path, struct buf *out, struct error *error)
{
	int code = client_perform(client, "GET", path, NULL, error);

	if (code == 0)
		buf_append_slice(out, buf_slice(&client->answer));
	return code;
}

int client_stream(struct client *client, const char *path, FILE *out, struct error *error)
{
	int code;

	client->stream = out;
	client->streamed = 0;
	client->terminal = (struct terminal){.len = 0};
	code = client_perform(client, "GET", path, NULL, error);
	client->stream = NULL;
	return code;
}

static int client_json(struct client *client, json_t **ret, struct error *error)
{
	return json_read(buf_slice(&client->answer), ret, error);
}

int client_get(struct client *client, const char *path, json_t **ret, struct error *error)
{
	int code = client_perform(client, "GET", path, NULL, error);

	return code == 0 ? client_json(client, ret, error) : code;
}

int client_write(struct client *client, const char *method, const char *path, json_t *body_take,
    json_t **ret, struct error *error)
{
	char *body = json_dumps(body_take, JSON_COMPACT);
	int code = client_perform(client, method, path, body, error);

	free(body);
	json_decref(body_take);
	return code == 0 ? client_json(client, ret, error) : code;
}

static void client_encode(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if ((*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') ||
		    (*text >= '0' && *text <= '9') || strchr("-._~", *text) != NULL)
			buf_append_byte(out, *text);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
	}
}

char *client_path(const char *head, const char *segment, const char *tail)
{
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, head);
	client_encode(&path, segment);
	buf_append_text(&path, tail);
	return buf_take(&path);
}

void client_query(struct buf *path, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buf_printf(path, "%c%s=", strchr(buf_text(path), '?') ? '&' : '?', name);
	client_encode(path, value);
}

int client_list(struct client *client, const char *path, json_t **ret_rows, json_t **ret_whole,
    struct error *error)
{
	json_t *rows = json_array(), *page = NULL;
	struct buf next;
	int code;

	buf_init(&next, BUF_MAX_BODY);
	buf_append_text(&next, path);
	for (;;) {
		json_decref(page);
		page = NULL;
		code = client_get(client, buf_text(&next), &page, error);
		if (code != 0)
			break;
		json_array_extend(rows, json_member(page, "rows"));
		if (!json_is_string(json_member(page, "next")))
			break;
		buf_clear(&next);
		buf_append_text(&next, path);
		client_query(&next, "after", json_text_of(page, "next"));
	}
	buf_release(&next);
	if (code != 0) {
		json_decref(rows);
		json_decref(page);
		return code;
	}
	*ret_rows = rows;
	*ret_whole = page;
	return 0;
}
