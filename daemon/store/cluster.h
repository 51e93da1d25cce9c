#ifndef MANDATE_STORE_CLUSTER_H
#define MANDATE_STORE_CLUSTER_H

#include <stdbool.h>

#include "store.h"

/*
 * The private PostgreSQL: made at the first start, reached only over a socket in a
 * directory that nobody else can enter, stopped with the daemon. A postmaster that
 * outlived a killed daemon is taken over; one that dies is started again.
 */
struct cluster_options {
	const char *directory;  /* of the state; the cluster is in postgresql/ below it */
	const char *programs;   /* directory of initdb and postgres, or NULL: the newest installed */
	const char *user;       /* whom to run it as when we are root */
	store_log_fn *log;
	void *log_arg;
};

struct cluster;

/* Makes the cluster where there is none and starts it; waits until it answers. NULL with the reason. */
struct cluster *cluster_start(const struct cluster_options *options, struct error *error);
/* Connection strings, valid until cluster_stop. */
const char *cluster_owner_database(const struct cluster *cluster);
const char *cluster_service_database(const struct cluster *cluster);
/* Call after SIGCHLD and once a second: starts the server again if it is gone. Never waits. */
void cluster_watch(struct cluster *cluster);
/* Stops the server cleanly and waits for it; frees. */
void cluster_stop(struct cluster *cluster);

#endif
