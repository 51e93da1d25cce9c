#ifndef MANDATE_REPORT_MODEL_H
#define MANDATE_REPORT_MODEL_H

#include "base/buf.h"
#include "base/json.h"

/*
 * What every format says in the same words. A model is the JSON of api.report_status;
 * these functions put its members into sentences. Inside the room only.
 */

/* "30 June 2005" from "2005-06-30"; other text as it is. */
void model_date(const char *iso, struct buf *out);
/* "the Secretary-General; Member States" with roles that are not lead in brackets. */
void model_addressees(const json_t *obligation, struct buf *out);
/* "reporting, request" */
void model_kind(const json_t *obligation, struct buf *out);
/* "in_progress" as "in progress". */
void model_word(const char *word, struct buf *out);
/* "due 13 September 2005 (on track until 31 December 2005)", or why it is undated. */
void model_due(const json_t *obligation, struct buf *out);
/* "1 June 2005, Anna Officer: note"; nothing where nothing was said. */
void model_last(const json_t *obligation, struct buf *out);
/* "A/60/131, A/60/132" */
void model_list(const json_t *texts, struct buf *out);
/* "1 of 2 (50%) of what was requested is implemented; …", one sentence a line. */
void model_summary(const json_t *model, struct buf *out);
/* "As of 30 June 2005, from what was recorded by … (chain head …), filter: …" */
void model_basis(const json_t *model, struct buf *out);
/* "A/RES/59/157, adopted on 20 December 2004; proposed in E/RES/2004/23" */
void model_resolution(const json_t *resolution, struct buf *out);

typedef void model_render(const json_t *model, struct buf *out);
model_render report_text, report_markdown, report_csv, report_json, report_html;

#endif
