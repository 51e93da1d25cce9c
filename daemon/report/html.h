#ifndef MANDATE_REPORT_HTML_H
#define MANDATE_REPORT_HTML_H

extern const char html_style[], html_picture_style[];

#endif
