#ifndef MANDATE_API_ROUTES_H
#define MANDATE_API_ROUTES_H

#include <event2/http.h>

#include "base/json.h"
#include "base/slice.h"
#include "shape.h"

/*
 * The one table of what the service answers to. Matching, checking, calling
 * SQL, and help all read it. A row without a handler is served by the generic
 * one: check the shapes, call the function, pass its answer on.
 */
struct request;

typedef void route_handler(struct request *request);

#define ROUTE_OPEN 1u  /* answered whoever asks */
#define ROUTE_FEED 4u  /* who asks may be a token in the query */
#define ROUTE_LOCAL 2u /* can be answered without the database */

struct route {
	enum evhttp_cmd_type method;
	const char *path; /* "/v1/resolutions/{symbol}": names are those of the SHAPE_PATH shapes */
	const char *function;
	route_handler *handler;
	int status; /* of a success */
	unsigned flags;
	const struct shape *shapes;
	const char *sentence;
};

#define ROUTE_PARAMETERS 4

enum route_found {
	ROUTE_FOUND,
	ROUTE_NO_PATH,   /* 404 */
	ROUTE_NO_METHOD, /* 405: *ret_allow has the methods, separated by ", " */
};

struct route_match {
	const struct route *route;
	struct slice path[ROUTE_PARAMETERS]; /* still percent-encoded; points into the path */
	char allow[64];
};

enum route_found route_find(enum evhttp_cmd_type method, struct slice path,
    struct route_match *ret);
/* The table, ended by a row without a path. */
const struct route *route_table(void);
const char *route_method_name(enum evhttp_cmd_type method);
/* GET /v1/help, as a whole. */
void route_write_help(struct json_writer *writer);

#endif
