/* Feeds: reports at an address of their own, which calendars and feed readers ask for with a token in it. */
#include "report_reply.h"
#include "request.h"
#include "routes.h"

void deadlines_get(struct request *request)
{
	const struct shape_value *kind = shape_find(request_values(request), "kind");

	report_answer(request, "status", kind != NULL && slice_is(kind->text, "todos") ? "todo" : "ics");
}

void changes_get(struct request *request)
{
	report_answer(request, "changes", "atom");
}
