#ifndef MANDATE_API_REPORT_REPLY_H
#define MANDATE_API_REPORT_REPLY_H

struct request;

/* Answers a request with a report. name NULL: the request has it; format NULL: the request's, or json. */
void report_answer(struct request *request, const char *name, const char *format);

#endif
