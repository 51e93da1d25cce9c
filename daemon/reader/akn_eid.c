/* The eIds of a document, each once: a tree of them, as search.h has it. */
#include <search.h>
#include <string.h>

#include "reader/akn.h"

static int eid_compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void eid_keep(void *eid)
{
	(void)eid; /* the arena has it */
}

bool akn_eid_is_new(void **eids, const char *eid)
{
	return *(const char *const *)tsearch(eid, eids, eid_compare) == eid;
}

void akn_eids_forget(void **eids)
{
	tdestroy(*eids, eid_keep);
	*eids = NULL;
}
