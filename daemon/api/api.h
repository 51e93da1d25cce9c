#ifndef MANDATE_API_H
#define MANDATE_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/json.h"

/*
 * The service's HTTP face: one table of routes over two listeners. On the Unix
 * socket the kernel says who asks, on TCP a bearer token does. Everything runs
 * on the loop's thread. A request is answered exactly once, whatever happens to
 * the database, the client or the daemon.
 */
struct event_base;
struct store;
struct reader;
struct api;

/* priority is a syslog priority (LOG_ERR, LOG_NOTICE …); the line has no line break. */
typedef void api_log_fn(void *arg, int priority, const char *line);
/* Writes further checks of `mandate doctor` into an open array, each an object
 * {"name","ok","message","remedy"?,"grave"?}; a grave one that is not ok makes the whole unhealthy. */
typedef void api_checks_fn(void *arg, struct json_writer *checks);

/* Writes figures in the Prometheus text format. */
typedef void api_metrics_fn(void *arg, struct buf *out);

/* Copied, but for reader, the functions and their arguments, which must live as long as the api. */
struct api_options {
	const char *socket;          /* path of the Unix socket, or NULL */
	mode_t mode;                 /* of the socket; 0 is 0660 */
	gid_t group;                 /* of the socket; (gid_t)-1 leaves it */
	const char *listen;          /* "127.0.0.1:8080", "[::1]:8080", or NULL */
	const char *tls_certificate; /* PEM with the chain, or NULL: plain, loopback only */
	const char *tls_key;         /* PEM */
	const int *activated;        /* listening sockets handed over by the service manager; */
	int activated_count;         /* where there is one of a kind, its own is not opened */
	size_t max_body;             /* 0 is 16 MiB */
	size_t max_headers;          /* 0 is 16 KiB */
	int request_seconds;         /* to receive a request, and again to answer it; 0 is 30 */
	int max_requests;            /* under way at once; 0 is 1000 */
	const char *version;
	const struct reader *reader; /* for imports; NULL refuses them with 503 */
	api_log_fn *log;             /* or NULL */
	void *log_arg;
	api_checks_fn *checks;       /* or NULL */
	api_checks_fn *health;       /* writes members of /healthz into an open object; or NULL */
	api_metrics_fn *metrics;     /* or NULL: /metrics says nothing */
	void *checks_arg;            /* of the three */
};

/* Binds and listens; NULL with the reason. A socket file that nobody answers on
 * is replaced, one that is answered is an error (E_CONFLICT). */
struct api *api_open(struct event_base *base, const struct api_options *options,
    struct error *error);
/* NULL: whatever needs the database is answered 503 with Retry-After. */
void api_set_store(struct api *api, struct store *store);
/* The number that /v1/version shows as the schema's. */
void api_set_schema(struct api *api, int schema);
/* Takes over limits, seconds, reader and the certificate's new content. Addresses and the
 * socket stay as they are; on failure everything does. *ret_ignored (may be NULL) becomes a
 * text naming what changed and needs a restart, to be freed, or NULL. */
MUST_CHECK int api_reload(struct api *api, const struct api_options *options, char **ret_ignored,
    struct error *error);
/* Listens no more; idle() is called once, from the loop, when the last request has been
 * answered and its bytes are out (or a bounded time has passed). Then api_close. */
void api_stop(struct api *api, void (*idle)(void *arg), void *arg);
/* Requests that have not been answered yet. */
/* How many requests were answered with statuses from 100·i on, i from 1 to 5. */
uint64_t api_answered(const struct api *api, int hundreds);
size_t api_outstanding(const struct api *api);
/* What is still under way is answered 503. Before the store is closed. */
void api_close(struct api *api);

/* The SQL functions of all routes ("api.…"), each once, NULL-terminated: for preparing. */
const char *const *api_functions(void);

#endif
