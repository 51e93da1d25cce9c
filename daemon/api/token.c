/* POST /v1/tokens: makes the secret here, keeps its hash there, shows it once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/crypto.h>
#include <openssl/sha.h>

#include "request.h"
#include "routes.h"
#include "server.h"

#define TOKEN_BYTES 32
#define TOKEN_TEXT (2 * TOKEN_BYTES + 1)

static void token_hex(const unsigned char *bytes, size_t count, char *out)
{
	for (size_t i = 0; i < count; i++)
		(void)snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

static void token_added(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	const char *secret = request_note(request);
	struct error error = ERROR_NONE;
	json_t *token = NULL;
	char *text;

	if (!request_answered(request, answer))
		return;
	if (json_read((struct slice){answer->json, answer->len}, &token, &error) != 0) {
		request_fail_error(request, &error, NULL);
		return;
	}
	json_object_set_new(token, "secret", json_string(secret));
	text = json_dumps(token, JSON_COMPACT);
	json_decref(token);
	request_reply_json(request, request_route(request)->status, slice_of(text));
	OPENSSL_cleanse(text, strlen(text));
	free(text);
}

void token_post(struct request *request)
{
	unsigned char random[TOKEN_BYTES], digest[SHA256_DIGEST_LENGTH];
	char secret[TOKEN_TEXT], hash[2 * sizeof digest + 1];
	struct buf more;

	if (getrandom(random, sizeof random, 0) != (ssize_t)sizeof random)
		abort();
	token_hex(random, sizeof random, secret);
	SHA256((const unsigned char *)secret, strlen(secret), digest);
	token_hex(digest, sizeof digest, hash);
	request_set_note(request, request_keep(request, slice_of(secret)));
	OPENSSL_cleanse(secret, sizeof secret);
	buf_init(&more, BUF_MAX_LINE);
	buf_printf(&more, "\"hash\":\"%s\"", hash);
	request_call(request, buf_slice(&more), token_added);
	buf_release(&more);
}
