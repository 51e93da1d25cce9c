/* Who asks: the peer of the Unix socket as the kernel knows it, or the bearer of a token. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include <event2/bufferevent.h>
#include <openssl/sha.h>

#include "base/alloc.h"
#include "base/slice.h"
#include "server.h"

static char *identity_peer(struct evhttp_request *http)
{
	struct evhttp_connection *connection = evhttp_request_get_connection(http);
	struct bufferevent *stream = connection ? evhttp_connection_get_bufferevent(connection) : NULL;
	socklen_t len = sizeof(struct ucred);
	struct ucred peer;

	if (stream == NULL || getsockopt(bufferevent_getfd(stream), SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0)
		return xstrdup("");
	return xasprintf("{\"uid\":%u}", (unsigned)peer.uid);
}

#define IDENTITY_HEX (2 * SHA256_DIGEST_LENGTH + 1)

static void identity_hash(struct slice secret, char hex[IDENTITY_HEX])
{
	unsigned char digest[SHA256_DIGEST_LENGTH];

	SHA256((const unsigned char *)secret.at, secret.len, digest);
	for (size_t i = 0; i < sizeof digest; i++)
		(void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

static char *identity_bearer(struct evhttp_request *http)
{
	const char *header = evhttp_find_header(evhttp_request_get_input_headers(http), "Authorization");
	struct slice secret = slice_trim(slice_of(header));
	char hex[IDENTITY_HEX];

	if (!slice_starts_nocase(secret, SLICE("Bearer ")))
		return xstrdup("");
	secret = slice_trim(slice_from(secret, strlen("Bearer ")));
	identity_hash(secret, hex);
	return xasprintf("{\"token\":\"%s\"}", hex);
}

char *identity_feed(const char *secret)
{
	char hex[IDENTITY_HEX];

	if (secret == NULL)
		return NULL;
	identity_hash(slice_of(secret), hex);
	return xasprintf("{\"token\":\"%s\",\"feed\":true}", hex);
}

char *identity_caller(const struct api_listener *listener, struct evhttp_request *http)
{
	return listener->local ? identity_peer(http) : identity_bearer(http);
}
