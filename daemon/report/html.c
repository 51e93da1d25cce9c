/* One self-contained file: no script, printable, readable by a screen reader. */
#include <string.h>

#include "model.h"

static void html_text(struct buf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.at[i]) {
		case '&':
			buf_append_text(out, "&amp;");
			break;
		case '<':
			buf_append_text(out, "&lt;");
			break;
		case '>':
			buf_append_text(out, "&gt;");
			break;
		case '"':
			buf_append_text(out, "&quot;");
			break;
		case '\n':
			buf_append_text(out, "<br/>");
			break;
		default:
			buf_append_byte(out, text.at[i]);
		}
	}
}

static void html_rendered(struct buf *out, const json_t *value, void (*render)(const json_t *, struct buf *))
{
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	render(value, &text);
	html_text(out, buf_slice(&text));
	buf_release(&text);
}

static void html_item(struct buf *out, const char *name, struct slice value)
{
	if (value.len == 0)
		return;
	buf_printf(out, "<dt>%s</dt><dd>", name);
	html_text(out, value);
	buf_append_text(out, "</dd>\n");
}

static void html_item_rendered(struct buf *out, const char *name, const json_t *value,
    void (*render)(const json_t *, struct buf *))
{
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	render(value, &text);
	html_item(out, name, buf_slice(&text));
	buf_release(&text);
}

static void html_obligation(const json_t *o, struct buf *out)
{
	const char *timeliness = json_text_of(o, "timeliness");

	buf_printf(out, "<section class=\"o %s\"><h4>", timeliness);
	html_text(out, slice_of(json_text_of(o, "reference")));
	buf_append_text(out, " <span class=\"status\">");
	{
		struct buf word;

		buf_init(&word, BUF_MAX_LINE);
		model_word(json_text_of(o, "status"), &word);
		html_text(out, buf_slice(&word));
		buf_append_text(out, "</span> <span class=\"time\">");
		buf_clear(&word);
		model_word(timeliness, &word);
		html_text(out, buf_slice(&word));
		buf_release(&word);
	}
	buf_append_text(out, "</span></h4>\n<dl>\n");
	html_item_rendered(out, "Asked of", o, model_addressees);
	html_item_rendered(out, "Kind", o, model_kind);
	html_item(out, "To do", slice_of(json_text_of(o, "action")));
	html_item_rendered(out, "Conditions", json_member(o, "conditions"), model_list);
	html_item(out, "In", slice_of(json_text_of(o, "vehicle")));
	html_item(out, "Since", slice_of(json_text_of(o, "status_since")));
	html_item(out, "Clearance", slice_of(json_text_of(o, "clearance")));
	html_item_rendered(out, "Due", o, model_due);
	html_item(out, "Owner", slice_of(json_text_of(json_member(o, "owner"), "name")));
	html_item(out, "Alternate", slice_of(json_text_of(json_member(o, "alternate"), "name")));
	html_item(out, "Unit", slice_of(json_text_of(o, "unit")));
	html_item(out, "Review", slice_of(json_text_of(o, "review_on")));
	html_item_rendered(out, "Last said", o, model_last);
	html_item_rendered(out, "Evidence", json_member(json_member(o, "last_update"), "evidence"), model_list);
	html_item_rendered(out, "Formerly", json_member(o, "former_references"), model_list);
	buf_append_text(out, "</dl></section>\n");
}

/* Bars of the statuses, with the same figures as a table for those who cannot see them. */
static void html_bars(const json_t *summary, struct buf *out)
{
	long long all = json_integer_of(summary, "obligations");
	const char *key;
	json_t *count;

	buf_append_text(out, "<table class=\"bars\"><caption>Obligations by status</caption>"
	                     "<thead><tr><th scope=\"col\">Status</th><th scope=\"col\">Number</th>"
	                     "<th scope=\"col\">Share</th></tr></thead><tbody>\n");
	json_object_foreach (json_member(summary, "by_status"), key, count) {
		long long n = json_integer_value(count), percent = all > 0 ? (200 * n / all + 1) / 2 : 0;

		buf_append_text(out, "<tr><th scope=\"row\">");
		model_word(key, out);
		buf_printf(out, "</th><td>%lld</td><td><span class=\"bar\" style=\"width:%lldpx\"></span> %lld%% of %lld</td></tr>\n",
		    n, percent * 3, percent, all);
	}
	buf_append_text(out, "</tbody></table>\n");
}

static void html_paragraph(const json_t *paragraph, struct buf *out)
{
	const char *label = json_text_of(paragraph, "label");
	const json_t *obligation;
	size_t i;

	buf_append_text(out, "<article><h3>");
	html_text(out, *label != '\0' ? slice_of("Paragraph ") : slice_of("Unnumbered paragraph"));
	html_text(out, slice_of(label));
	buf_append_text(out, "</h3>\n<blockquote>");
	html_text(out, slice_of(json_text_of(paragraph, "text")));
	buf_append_text(out, "</blockquote>\n");
	if (json_flag_of(paragraph, "asks_nothing"))
		buf_append_text(out, "<p class=\"none\">Asks nothing.</p>\n");
	json_array_foreach (json_member(paragraph, "obligations"), i, obligation)
		html_obligation(obligation, out);
	buf_append_text(out, "</article>\n");
}

static const char html_style[] =
    "body{font:16px/1.5 Georgia,serif;color:#1a1a1a;background:#fff;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "h1,h2,h3,h4,dt,table{font-family:Helvetica,Arial,sans-serif}h1{font-size:1.6rem;margin-bottom:.2rem}"
    "h2{font-size:1.2rem;border-top:2px solid #005a8c;padding-top:.8rem;margin-top:2.5rem}h3{font-size:1rem;margin:1.6rem 0 .2rem}"
    "h4{font-size:.95rem;margin:0 0 .4rem}blockquote{margin:0 0 .6rem;color:#333}"
    ".basis,.none{color:#555;font-size:.9rem}.o{border-left:4px solid #767676;padding:.5rem 0 .5rem 1rem;margin:.6rem 0;break-inside:avoid}"
    ".overdue{border-color:#b00020}.due_soon{border-color:#a85b00}.done_late{border-color:#6b4d8a}"
    ".on_track{border-color:#1b6e3c}.status,.time{font-weight:normal;border:1px solid #767676;border-radius:3px;padding:0 .35rem;margin-left:.4rem}"
    ".overdue .time{color:#b00020;border-color:#b00020}.due_soon .time{color:#8a4b00;border-color:#8a4b00}"
    "dl{display:grid;grid-template-columns:7rem 1fr;margin:0;font-size:.92rem}dt{color:#555}dd{margin:0}"
    "table{border-collapse:collapse;margin:1rem 0;font-size:.92rem}caption{text-align:left;font-weight:bold;padding-bottom:.3rem}"
    "th,td{text-align:left;padding:.2rem 1rem .2rem 0;border-bottom:1px solid #ddd;font-weight:normal}thead th{color:#555}"
    ".bar{display:inline-block;height:.7rem;background:#005a8c;vertical-align:middle}"
    "@media print{body{margin:0;max-width:none;font-size:11pt}.bar{print-color-adjust:exact;-webkit-print-color-adjust:exact}}";

void report_html(const json_t *model, struct buf *out)
{
	const json_t *resolution, *paragraph;
	size_t i, j;

	buf_append_text(out, "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\"><head><meta charset=\"utf-8\"/>"
	                     "<meta name=\"viewport\" content=\"width=device-width\"/><title>");
	html_text(out, slice_of(json_text_of(model, "title")));
	buf_append_text(out, ", ");
	model_date(json_text_of(model, "as_of"), out);
	buf_printf(out, "</title><style>%s</style></head>\n<body><main>\n<h1>", html_style);
	html_text(out, slice_of(json_text_of(model, "title")));
	buf_append_text(out, "</h1>\n<p class=\"basis\">");
	html_rendered(out, model, model_basis);
	buf_append_text(out, "</p>\n<p>");
	html_rendered(out, model, model_summary);
	buf_append_text(out, "</p>\n");
	html_bars(json_member(model, "summary"), out);
	json_array_foreach (json_member(model, "resolutions"), i, resolution) {
		buf_append_text(out, "<h2>");
		html_rendered(out, resolution, model_resolution);
		buf_append_text(out, "</h2>\n<p>");
		html_text(out, slice_of(json_text_of(resolution, "title")));
		buf_append_text(out, "</p>\n");
		json_array_foreach (json_member(resolution, "paragraphs"), j, paragraph)
			html_paragraph(paragraph, out);
	}
	buf_append_text(out, "</main></body></html>\n");
}
