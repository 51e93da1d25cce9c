/* Webhooks: a message's content as JSON, signed, so that the receiver knows who sent it and when. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/hmac.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "channel.h"
#include "webhook.h"

#define WEBHOOK_CONNECT_SECONDS 20L

void webhook_sign(const char *secret, const char *timestamp, const char *body, char out[WEBHOOK_SIGNATURE])
{
	char *text = xasprintf("%s.%s", timestamp, body);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned len = 0;

	HMAC(EVP_sha256(), secret, (int)strlen(secret), (const unsigned char *)text, strlen(text), digest, &len);
	for (unsigned i = 0; i < len && 2 * i + 2 < WEBHOOK_SIGNATURE; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", digest[i]);
	free(text);
}

static bool webhook_ready(const struct remind_options *options)
{
	return *options->webhook_secret != '\0';
}

/* What the receiver says beside its status is of no use here. */
static size_t webhook_ignore(char *bytes, size_t size, size_t count, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * count;
}

static void webhook_header(struct delivery *delivery, const char *name, const char *value)
{
	char *line = xasprintf("%s: %s", name, value);

	delivery->headers = curl_slist_append(delivery->headers, line);
	free(line);
}

static void webhook_open(CURL *easy, const struct remind_options *options)
{
	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, webhook_ignore);
	curl_easy_setopt(easy, CURLOPT_USERAGENT, "mandated/" MANDATE_VERSION);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, WEBHOOK_CONNECT_SECONDS);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)options->seconds);
}

static bool webhook_prepare(struct delivery *delivery, const struct remind_options *options)
{
	json_t *body = json_deep_copy(json_member(delivery->message, "content"));
	const char *url = json_text_of(json_member(body, "person"), "webhook_url");
	char timestamp[24], signature[WEBHOOK_SIGNATURE], *signed_as, *text;
	CURL *easy = curl_easy_init();

	delivery->easy = easy;
	webhook_open(easy, options);
	(void)snprintf(timestamp, sizeof timestamp, "%lld", (long long)(clock_now() / 1000000));
	curl_easy_setopt(easy, CURLOPT_URL, url);
	json_object_set(body, "message_id", json_member(delivery->message, "message_id"));
	json_object_set(body, "created_at", json_member(delivery->message, "created_at"));
	json_object_set_new(body, "exercise", json_boolean(options->exercise));
	if (json_is_array(json_member(delivery->message, "attachments")))
		json_object_set(body, "attachments", json_member(delivery->message, "attachments"));
	text = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS);
	buf_append_text(&delivery->bytes, text);
	free(text);
	json_decref(body);
	webhook_sign(options->webhook_secret, timestamp, buf_text(&delivery->bytes), signature);
	signed_as = xasprintf("sha256=%s", signature);
	webhook_header(delivery, "Content-Type", "application/json");
	webhook_header(delivery, "Expect", "");
	webhook_header(delivery, "X-Mandate-Timestamp", timestamp);
	webhook_header(delivery, "X-Mandate-Signature", signed_as);
	webhook_header(delivery, "X-Mandate-Message-Id", json_text_of(delivery->message, "message_id"));
	free(signed_as);
	curl_easy_setopt(easy, CURLOPT_HTTPHEADER, delivery->headers);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)delivery->bytes.len);
	curl_easy_setopt(easy, CURLOPT_POSTFIELDS, buf_text(&delivery->bytes));
	return true;
}

static const char *webhook_judge(struct delivery *delivery, CURLcode result)
{
	char line[40];
	long status = 0;

	curl_easy_getinfo(delivery->easy, CURLINFO_RESPONSE_CODE, &status);
	if (result != CURLE_OK || status == 0) {
		delivery_answer(delivery, slice_of(curl_easy_strerror(result)));
		return result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL ? "failed" : "retry";
	}
	(void)snprintf(line, sizeof line, "HTTP status %ld", status);
	delivery_answer(delivery, slice_of(line));
	if (status >= 200 && status < 300)
		return "sent";
	return status >= 400 && status < 500 && status != 408 && status != 429 ? "failed" : "retry";
}

static void webhook_ended(void *arg, CURLcode result)
{
	struct delivery *delivery = arg;

	delivery_ended(delivery, webhook_judge(delivery, result));
}

static void webhook_start(struct delivery *delivery)
{
	courier_send(delivery_courier(delivery), delivery->easy, webhook_ended, delivery);
}

static void webhook_give_up(struct delivery *delivery)
{
	courier_give_up(delivery_courier(delivery), delivery->easy);
}

const struct channel channel_webhook = {"webhook", webhook_ready, webhook_prepare, webhook_start, webhook_give_up};
