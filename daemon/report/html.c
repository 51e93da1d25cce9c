/*
 * One self-contained page, well-formed as XML too: no script, no font, no picture from elsewhere.
 * Status colours are told in words as well, and all text is at 4.5 to 1 or better.
 */
#include <string.h>

#include "model.h"
#include "phrase.h"
#include "picture.h"

static const char html_style[] =
    ":root{--ink:#1b2733;--soft:#4a5a6a;--line:#d5dde5;--blue:#0b5c8f}\n"
    "*{box-sizing:border-box}body{margin:0;background:#f3f6f9;color:var(--ink);font:16px/1.55 \"Source Sans 3\",Roboto,\"Segoe UI\",Arial,sans-serif}\n"
    "main{max-width:54rem;margin:2rem auto;padding:2.5rem 3rem;background:#fff;border-top:6px solid var(--blue)}\n"
    "h1{font-size:2rem;line-height:1.2;margin:0 0 1rem}h2{font-size:1.35rem;line-height:1.3;margin:2.5rem 0 .4rem;color:var(--blue)}\n"
    "h3{font-size:1.05rem;margin:2rem 0 .3rem}h4{font-size:1rem;margin:1.2rem 0 .4rem}p{margin:.4rem 0}.soft{color:var(--soft)}\n"
    "dl{display:grid;grid-template-columns:12rem 1fr;gap:.15rem 1rem;margin:.4rem 0}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
    "blockquote{margin:.4rem 0;padding:.2rem 0 .2rem 1rem;border-left:3px solid var(--line);font-family:Georgia,\"Noto Serif\",serif}\n"
    ".figures{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:start}table{border-collapse:collapse;margin:.8rem 0;flex:1 1 14rem}\n"
    "caption{text-align:left;font-weight:600;padding-bottom:.2rem}th,td{text-align:left;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);font-weight:400}\n"
    "thead th{color:var(--soft)}td{font-variant-numeric:tabular-nums;text-align:right;white-space:nowrap}thead th:last-child{text-align:right}\n"
    "article{border:1px solid var(--line);border-radius:6px;padding:.2rem 1.2rem .9rem;margin:.8rem 0}article h4{display:flex;gap:.8rem;align-items:center;flex-wrap:wrap}\n"
    ".badge{font-size:.8rem;font-weight:600;padding:.1rem .6rem;border-radius:1rem;border:1px solid currentColor}.overdue{color:#a8201a}.done{color:#1d6b3a}.open{color:#0b5c8f}\n"
    "details summary{cursor:pointer;color:var(--soft)}h5{margin:.9rem 0 0;font-size:.8rem;letter-spacing:.05em;text-transform:uppercase;color:var(--soft)}\n"
    "figure{margin:1.2rem 0}svg{width:100%;height:auto;display:block}svg text{font-size:12px;fill:#1b2733}figcaption{font-size:.9rem;color:var(--soft)}\n"
    ".key{margin-right:.8rem;white-space:nowrap}.key i{display:inline-block;width:.8em;height:.8em;margin-right:.3em}\n"
    ".grid{stroke:#d5dde5}.now{stroke:#a8201a;stroke-dasharray:4 3;stroke-width:1.5}\n"
    ".s-implemented{fill:#2f8f5b;background:#2f8f5b}.s-in_progress{fill:#e0a526;background:#e0a526}.s-continuing{fill:#3f8fc4;background:#3f8fc4}\n"
    ".s-not_started{fill:#8795a3;background:#8795a3}.s-proposed{fill:#c3ccd5;background:#c3ccd5}.s-closed{fill:#5b6472;background:#5b6472}\n"
    ".s-overtaken{fill:#8a6fb0;background:#8a6fb0}.s-not_applicable{fill:#d8d2c4;background:#d8d2c4}\n"
    "@media(max-width:40rem){main{padding:1rem;margin:0}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}\n"
    "@media print{body{background:#fff;font-size:10.5pt}main{margin:0;padding:0;max-width:none;border:0}article,figure,tr{break-inside:avoid}h2,h3,h4{break-after:avoid}"
    "*{print-color-adjust:exact;-webkit-print-color-adjust:exact}@page{margin:2cm}}\n";

static void html_element(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "<%s>", name);
	picture_text(out, text);
	buf_printf(out, "</%s>\n", name);
}

static void html_pair(struct buf *out, const char *label, const char *value)
{
	html_element(out, "dt", label);
	html_element(out, "dd", value);
}

static void html_tally(const struct report *report, struct buf *out, const char *title, const struct report_tally *tally)
{
	if (tally->count == 0)
		return;
	buf_printf(out, "<table>\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">Obligations</th></tr></thead>\n<tbody>\n",
	    title, title);
	for (size_t i = 0; i < tally->count; i++) {
		buf_append_text(out, "<tr><th scope=\"row\">");
		picture_text(out, phrase_word(report->arena, tally->items[i].name));
		buf_printf(out, "</th><td>%s</td></tr>\n",
		    phrase_share(report->arena, tally->items[i].n, report->summary.obligations));
	}
	buf_append_text(out, "</tbody>\n</table>\n");
}

static void html_summary(const struct report *report, struct buf *out)
{
	struct phrase_line origin[PHRASE_ORIGIN];
	const char *lines[PHRASE_SUMMARY];

	html_element(out, "h1", report->title);
	buf_append_text(out, "<dl>\n");
	phrase_origin(report, origin);
	for (size_t i = 0; i < PHRASE_ORIGIN; i++)
		html_pair(out, origin[i].label, origin[i].text);
	buf_append_text(out, "</dl>\n<h2>Summary</h2>\n");
	phrase_summary(report, lines);
	for (size_t i = 0; i < PHRASE_SUMMARY; i++)
		html_element(out, "p", lines[i]);
	buf_append_text(out, "<div class=\"figures\">\n");
	html_tally(report, out, "Status", &report->summary.status);
	html_tally(report, out, "Timeliness", &report->summary.timeliness);
	html_tally(report, out, "Kind", &report->summary.kind);
	buf_append_text(out, "</div>\n");
	picture_kinds(report, out);
	picture_deadlines(report, out);
}

static void html_group(const struct report *report, struct buf *out, const struct report_obligation *obligation,
    enum field_group group)
{
	bool begun = false;

	for (enum field field = 0; field < FIELD_COUNT; field++) {
		const char *value = obligation->value[field];

		if (field_table[field].group != group || *value == '\0')
			continue;
		if (!begun)
			buf_printf(out, "<h5>%s</h5>\n<dl>\n", field_group_names[group]);
		begun = true;
		html_pair(out, field_table[field].heading, field_prose(report->arena, field, value));
	}
	if (begun)
		buf_append_text(out, "</dl>\n");
}

static void html_obligation(const struct report *report, struct buf *out, const struct report_paragraph *paragraph,
    const struct report_obligation *obligation)
{
	const char *status = obligation->value[FIELD_STATUS], *text = phrase_own_text(paragraph, obligation);

	buf_append_text(out, "<article>\n<h4>");
	picture_text(out, obligation->value[FIELD_REFERENCE]);
	buf_printf(out, " <span class=\"badge %s\">", phrase_status_is_done(status) ? "done" : "open");
	picture_text(out, phrase_word(report->arena, status));
	buf_append_text(out, "</span>");
	if (strcmp(obligation->value[FIELD_TIMELINESS], "overdue") == 0)
		buf_append_text(out, " <span class=\"badge overdue\">overdue</span>");
	buf_append_text(out, "</h4>\n");
	if (*text != '\0')
		html_element(out, "blockquote", text);
	for (enum field_group group = GROUP_ASKED; group < GROUP_COUNT; group++)
		html_group(report, out, obligation, group);
	buf_append_text(out, "</article>\n");
}

static void html_resolution(const struct report *report, struct buf *out, const struct report_resolution *resolution)
{
	html_element(out, "h2", arena_printf(report->arena, "%s: %s", resolution->symbol, resolution->title));
	buf_append_text(out, "<p class=\"soft\">");
	picture_text(out, phrase_resolution(report->arena, resolution));
	buf_append_text(out, "</p>\n");
	for (size_t p = 0; p < resolution->count; p++) {
		const struct report_paragraph *paragraph = &resolution->paragraphs[p];

		html_element(out, "h3", arena_printf(report->arena, "Paragraph %s", paragraph->label));
		html_element(out, "blockquote", paragraph->text);
		if (paragraph->asks_nothing)
			buf_append_text(out, "<p class=\"soft\">Asks nothing.</p>\n");
		for (size_t o = 0; o < paragraph->count; o++)
			html_obligation(report, out, paragraph, &paragraph->obligations[o]);
	}
}

void report_write_html(const struct report *report, const struct report_options *options, struct buf *out)
{
	(void)options;
	buf_append_text(out, "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
	picture_text(out, arena_printf(report->arena, "%s as of %s", report->title, phrase_date(report->arena, report->as_of)));
	buf_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", html_style);
	html_summary(report, out);
	for (size_t i = 0; i < report->count; i++)
		html_resolution(report, out, &report->resolutions[i]);
	if (report->count == 0)
		buf_append_text(out, "<p>No obligation fits.</p>\n");
	buf_append_text(out, "</main>\n</body>\n</html>\n");
}
