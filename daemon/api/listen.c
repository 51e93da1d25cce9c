/* The listening sockets: the Unix one, the TCP one with or without TLS, those handed over. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <event2/listener.h>
#include <openssl/err.h>

#include "base/alloc.h"
#include "server.h"

#define LISTEN_BACKLOG 512

int listen_tls(const struct api_options *options, SSL_CTX **ret, struct error *error)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

	if (tls != NULL && SSL_CTX_set_min_proto_version(tls, TLS1_2_VERSION) == 1 &&
	    SSL_CTX_use_certificate_chain_file(tls, options->tls_certificate) == 1 &&
	    SSL_CTX_use_PrivateKey_file(tls, options->tls_key, SSL_FILETYPE_PEM) == 1 &&
	    SSL_CTX_check_private_key(tls) == 1) {
		*ret = tls;
		return 0;
	}
	SSL_CTX_free(tls);
	return error_set(error, E_SYSTEM, "tls", "cannot use %s with %s: %s", options->tls_certificate,
	    options->tls_key, ERR_reason_error_string(ERR_get_error()));
}

/* A body somewhat too big is refused by us, as a problem document; far past the limit by libevent. */
#define LISTEN_BODY_ROOM 4

void listen_limit(struct api_listener *listener)
{
	const struct api_options *options = &listener->api->options;

	evhttp_set_max_body_size(listener->http, (ev_ssize_t)(options->max_body * LISTEN_BODY_ROOM));
	evhttp_set_max_headers_size(listener->http, (ev_ssize_t)options->max_headers);
	evhttp_set_timeout(listener->http, options->request_seconds);
}

static void listen_http(struct api *api, struct api_listener *listener, bool local)
{
	if (listener->http != NULL)
		return;
	listener->api = api;
	listener->local = local;
	listener->http = evhttp_new(api->base);
	evhttp_set_allowed_methods(listener->http,
	    EVHTTP_REQ_GET | EVHTTP_REQ_HEAD | EVHTTP_REQ_POST | EVHTTP_REQ_PUT | EVHTTP_REQ_PATCH | EVHTTP_REQ_DELETE);
	listen_limit(listener);
	/* A body that is too big is read to its end, else the client sees a reset and not the 413. */
	evhttp_set_flags(listener->http, EVHTTP_SERVER_LINGERING_CLOSE);
	evhttp_set_gencb(listener->http, request_arrived, listener);
	evhttp_set_bevcb(listener->http, connection_accepted, listener);
}

static int listen_bind(struct api_listener *listener, int fd, struct error *error)
{
	struct evhttp_bound_socket *bound;

	evutil_make_socket_nonblocking(fd);
	evutil_make_socket_closeonexec(fd);
	bound = evhttp_accept_socket_with_handle(listener->http, fd);
	if (bound == NULL || listener->bound_count == 8) {
		close(fd);
		return error_set(error, E_SYSTEM, "system", "cannot accept on a listening socket");
	}
	listener->bound[listener->bound_count++] = bound;
	return 0;
}

/* A file that nobody answers on is the rest of a daemon that was killed. */
static int listen_clear(const struct sockaddr_un *address, struct error *error)
{
	int fd;
	bool answered;
	struct stat status;

	if (lstat(address->sun_path, &status) != 0)
		return 0;
	if (!S_ISSOCK(status.st_mode))
		return error_set(error, E_CONFLICT, "in_use", "%s: there is a file that is no socket", address->sun_path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	answered = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN;
	close(fd);
	if (answered)
		return error_set(error, E_CONFLICT, "in_use", "%s: another mandated serves there", address->sun_path);
	if (unlink(address->sun_path) != 0 && errno != ENOENT)
		return error_set(error, E_SYSTEM, "system", "%s: %s", address->sun_path, strerror(errno));
	return 0;
}

static int listen_unix(struct api *api, struct error *error)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	const char *path = api->options.socket;
	int fd, code, bound;
	mode_t before;

	if (strlen(path) >= sizeof address.sun_path)
		return error_set(error, E_INPUT, "bad_config", "%s: a socket's path has at most %zu bytes", path,
		    sizeof address.sun_path - 1);
	memcpy(address.sun_path, path, strlen(path) + 1);
	code = listen_clear(&address, error);
	if (code != 0)
		return code;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	before = umask(0177); /* nobody gets in before the mode is right */
	bound = bind(fd, (const struct sockaddr *)&address, sizeof address);
	umask(before);
	if (bound != 0 ||
	    chmod(path, api->options.mode) != 0 ||
	    (api->options.group != (gid_t)-1 && chown(path, (uid_t)-1, api->options.group) != 0) ||
	    listen(fd, LISTEN_BACKLOG) != 0) {
		code = error_set(error, E_SYSTEM, "system", "%s: %s", path, strerror(errno));
		close(fd);
		return code;
	}
	api->owns_socket = true;
	listen_http(api, &api->unix_side, true);
	return listen_bind(&api->unix_side, fd, error);
}

static bool listen_is_loopback(const struct sockaddr *address)
{
	if (address->sa_family == AF_INET)
		return ntohl(((const struct sockaddr_in *)(const void *)address)->sin_addr.s_addr) >> 24 == 127;
	return IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

static int listen_tcp(struct api *api, struct error *error)
{
	struct sockaddr_storage address;
	struct sockaddr *plain = (struct sockaddr *)&address;
	int len = sizeof address, one = 1, fd, code;

	if (evutil_parse_sockaddr_port(api->options.listen, plain, &len) != 0)
		return error_set(error, E_INPUT, "bad_config", "listen: \"%s\" is not an address and port such as 127.0.0.1:8460",
		    api->options.listen);
	if (api->tls == NULL && !listen_is_loopback(plain))
		return error_set(error, E_INPUT, "bad_config",
		    "listen: %s is not a loopback address; set tls_certificate and tls_key, or put a TLS proxy in front",
		    api->options.listen);
	fd = socket(plain->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(fd, plain, (socklen_t)len) != 0 || listen(fd, LISTEN_BACKLOG) != 0) {
		code = error_set(error, E_SYSTEM, "system", "listen: %s: %s", api->options.listen, strerror(errno));
		close(fd);
		return code;
	}
	listen_http(api, &api->tcp_side, false);
	return listen_bind(&api->tcp_side, fd, error);
}

/* Sockets from the service manager, each to its side. */
static int listen_activated(struct api *api, struct error *error)
{
	int code = 0;

	for (int i = 0; code == 0 && i < api->options.activated_count; i++) {
		struct sockaddr_storage address = {0};
		socklen_t len = sizeof address;
		bool local;

		if (getsockname(api->options.activated[i], (struct sockaddr *)&address, &len) != 0)
			return error_set(error, E_SYSTEM, "system", "socket activation: %s", strerror(errno));
		local = address.ss_family == AF_UNIX;
		listen_http(api, local ? &api->unix_side : &api->tcp_side, local);
		code = listen_bind(local ? &api->unix_side : &api->tcp_side, api->options.activated[i], error);
	}
	return code;
}

int listen_open(struct api *api, struct error *error)
{
	int code = 0;

	if (api->options.tls_certificate != NULL)
		code = listen_tls(&api->options, &api->tls, error);
	if (code == 0)
		code = listen_activated(api, error);
	if (code == 0 && api->options.socket != NULL && api->unix_side.bound_count == 0)
		code = listen_unix(api, error);
	if (code == 0 && api->options.listen != NULL && api->tcp_side.bound_count == 0)
		code = listen_tcp(api, error);
	return code;
}

void listen_close(struct api *api)
{
	struct api_listener *sides[] = {&api->unix_side, &api->tcp_side};

	for (size_t s = 0; s < 2; s++)
		while (sides[s]->bound_count > 0)
			evhttp_del_accept_socket(sides[s]->http, sides[s]->bound[--sides[s]->bound_count]);
	if (api->owns_socket)
		unlink(api->options.socket);
	api->owns_socket = false;
}
