#ifndef MANDATE_METRICS_H
#define MANDATE_METRICS_H

#include "base/buf.h"

/*
 * GET /metrics: one table of figures, each with its sentence, in the Prometheus text format. All are counts
 * and ages, without names. mandated(8) has the same table.
 */
struct api;
struct remind;
struct store;

struct metrics {
	const struct api *api;
	const struct store *store;   /* NULL: not there yet */
	const struct remind *remind; /* NULL: not there yet */
	int connections;             /* that the store keeps */
};

void metrics_write(const struct metrics *metrics, struct buf *out);

#endif
