/* contribution list and status: who pledged and paid what, and what it adds up to. */
#include <string.h>

#include "contribution.h"
#include "exit.h"

/* The path with the scope that list and status share; false where a date or a year is none. */
static bool scope_path(const struct invocation *invocation, const char *head, struct buf *path, struct error *error)
{
	static const struct {
		enum option option;
		const char *name;
	} scope[] = {{OPTION_FUND, "fund"}, {OPTION_DONOR, "donor"}, {OPTION_YEAR, "year"}, {OPTION_BY, "by"}, {OPTION_SINCE, "since"},
	    {OPTION_AS_OF, "as_of"}, {OPTION_KNOWN_AT, "known_at"}};

	if (option_date(invocation, OPTION_AS_OF, error) != 0)
		return false;
	if (invocation->word_count > 0 && option_given(invocation, OPTION_FUND))
		return error_set(error, E_INPUT, "usage", "the fund is named twice: \"%s\" and --fund %s; name one", invocation->words[0],
		           option_value(invocation, OPTION_FUND)) == 0;
	buf_append_text(path, head);
	if (invocation->word_count > 0)
		client_query(path, "fund", invocation->words[0]);
	for (size_t i = 0; i < sizeof scope / sizeof *scope; i++)
		client_query(path, scope[i].name, option_value(invocation, scope[i].option));
	return true;
}

/* The amount, or "-", at the right of `width` columns. */
static const char *amount_cell(struct arena *arena, const char *currency, const char *amount, size_t width)
{
	const char *text;
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	if (*amount != '\0') {
		buf_printf(&out, "%s%s", currency, *currency ? " " : "");
		amount_put(&out, amount);
	}
	text = arena_printf(arena, "%*s", (int)width, out.len > 0 ? buf_text(&out) : "-");
	buf_release(&out);
	return text;
}

static size_t widest(size_t width, const char *text)
{
	return strlen(text) > width ? strlen(text) : width;
}

/* When it was pledged and received, at which dollars, and what else is said of it; of the last column. */
static void line_what(const json_t *row, struct buf *line)
{
	const json_t *pledge = json_member(row, "pledge"), *receipts = json_member(row, "receipts"), *receipt, *e;
	const char *due = json_text_of(pledge, "due");
	size_t i;

	e = json_is_object(pledge) ? pledge : json_array_get(receipts, 0);
	if (json_is_object(pledge))
		buf_printf(line, "pledged %s", json_text_of(pledge, "on"));
	if (json_is_object(pledge) && strcmp(json_text_of(pledge, "currency"), "USD") != 0) {
		buf_append_text(line, " at US$ ");
		amount_put(line, json_text_of(pledge, "usd"));
	}
	json_array_foreach (receipts, i, receipt)
		buf_printf(line, "%s%s", i > 0 ? ", " : line->len > 0 ? "; received " : "received ", json_text_of(receipt, "on"));
	if (*due != '\0' && strcmp(json_text_of(row, "outstanding_usd"), "0.00") != 0)
		buf_printf(line, "%sdue %s%s", line->len > 0 ? "; " : "", due, json_flag_of(row, "overdue") ? " (overdue)" : "");
	if (*json_text_of(e, "in_kind") != '\0')
		buf_printf(line, "%sin kind: %s", line->len > 0 ? "; " : "", json_text_of(e, "in_kind"));
	if (*json_text_of(e, "earmark") != '\0')
		buf_printf(line, "%sfor %s", line->len > 0 ? "; " : "", json_text_of(e, "earmark"));
	if (*json_text_of(e, "agreement") != '\0')
		buf_printf(line, "%s%s", line->len > 0 ? "; " : "", json_text_of(e, "agreement"));
}

/* The figures of a row: as pledged, and in dollars what was received for it and is outstanding. */
static const char *line_figure(struct arena *arena, const json_t *row, size_t which, size_t width)
{
	const json_t *pledge = json_member(row, "pledge");

	if (which == 0)
		return amount_cell(arena, json_text_of(pledge, "currency"), json_text_of(pledge, "amount"), width);
	return amount_cell(arena, "", json_text_of(row, which == 1 ? "received_usd" : "outstanding_usd"), width);
}

#define FIGURES 3
#define FIRST_FIGURE 2 /* column */

static void list_table(struct page *page, const json_t *rows)
{
	static const char *const figures[FIGURES] = {"PLEDGED", "RECEIVED US$", "OUTSTANDING US$"};
	const char *titles[] = {"ENTRY", "DONOR", "", "", "", "REMARKS"};
	struct table table = {.titles = titles, .columns = 6, .flexible = 1, .kept = 7u << FIRST_FIGURE, .wrapped = true, .arena = arena_new()};
	size_t widths[FIGURES], i, f;
	const json_t *row;

	for (f = 0; f < FIGURES; f++) {
		widths[f] = strlen(figures[f]);
		json_array_foreach (rows, i, row)
			widths[f] = widest(widths[f], line_figure(table.arena, row, f, 0));
		titles[FIRST_FIGURE + f] = arena_printf(table.arena, "%*s", (int)widths[f], figures[f]);
	}
	json_array_foreach (rows, i, row) {
		const json_t *pledge = json_member(row, "pledge");
		const json_t *e = json_is_object(pledge) ? pledge : json_array_get(json_member(row, "receipts"), 0);
		struct buf what;

		buf_init(&what, BUF_MAX_BODY);
		line_what(row, &what);
		table_add(&table, arena_printf(table.arena, "%s %lld", json_text_of(row, "fund"), (long long)json_integer_of(e, "n")), TONE_STRONG);
		table_add(&table, json_text_of(json_member(row, "donor"), "name"), TONE_PLAIN);
		for (f = 0; f < FIGURES; f++)
			table_add(&table, line_figure(table.arena, row, f, widths[f]), f == 2 && json_flag_of(row, "overdue") ? TONE_WARN : TONE_PLAIN);
		table_add(&table, buf_text(&what), TONE_PLAIN);
		buf_release(&what);
	}
	page_table(page, &table);
	arena_free(table.arena);
}

static void csv_put(struct buf *out, const char *text, char end)
{
	buf_append_byte(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_append_byte(out, '"');
		buf_append_byte(out, *text);
	}
	buf_append_byte(out, '"');
	buf_append_byte(out, end);
}

/* One member of each receipt, with blanks between. */
static void csv_receipts(struct buf *out, const json_t *receipts, const char *member)
{
	const json_t *receipt;
	struct buf all;
	size_t i;

	buf_init(&all, BUF_MAX_BODY);
	json_array_foreach (receipts, i, receipt)
		buf_printf(&all, "%s%s", i > 0 ? " " : "", json_text_of(receipt, member));
	csv_put(out, buf_text(&all), ',');
	buf_release(&all);
}

static void list_csv(struct buf *out, const json_t *rows)
{
	static const char *const given[] = {"earmark", "in_kind", "agreement", "due"};
	static const char *const pledged[] = {"on", "amount", "currency", "usd", "rate", "rate_date"};
	static const char *const received[] = {"on", "amount", "currency", "usd"};
	const json_t *row;
	size_t i, m;

	buf_append_text(out, "fund,entry,donor,name,type,region,year,earmark,in_kind,agreement,due,pledged_on,pledged,pledged_currency,"
	                     "pledged_usd,rate,rate_date,received_on,received,received_currency,received_usd_each,received_usd,outstanding,"
	                     "outstanding_usd,note\n");
	json_array_foreach (rows, i, row) {
		const json_t *pledge = json_member(row, "pledge"), *receipts = json_member(row, "receipts"), *donor = json_member(row, "donor");
		const json_t *e = json_is_object(pledge) ? pledge : json_array_get(receipts, 0);

		csv_put(out, json_text_of(row, "fund"), ',');
		buf_printf(out, "%lld,", (long long)json_integer_of(e, "n"));
		csv_put(out, json_text_of(donor, "code"), ',');
		csv_put(out, json_text_of(donor, "name"), ',');
		csv_put(out, json_text_of(donor, "type"), ',');
		csv_put(out, json_text_of(donor, "region"), ',');
		buf_printf(out, "%lld,", (long long)json_integer_of(row, "year"));
		for (m = 0; m < sizeof given / sizeof *given; m++)
			csv_put(out, json_text_of(e, given[m]), ',');
		for (m = 0; m < sizeof pledged / sizeof *pledged; m++)
			csv_put(out, json_text_of(pledge, pledged[m]), ',');
		for (m = 0; m < sizeof received / sizeof *received; m++)
			csv_receipts(out, receipts, received[m]);
		csv_put(out, json_text_of(row, "received_usd"), ',');
		csv_put(out, json_text_of(row, "outstanding"), ',');
		csv_put(out, json_text_of(row, "outstanding_usd"), ',');
		csv_put(out, json_text_of(e, "note"), '\n');
	}
}

/* "US$ 1,250.00 pledged, 800.00 received, 450.00 outstanding" below a list. */
static void list_sums(struct page *page, const json_t *whole, size_t count)
{
	const json_t *sums = json_member(whole, "sums");
	struct buf line;

	buf_init(&line, BUF_MAX_LINE);
	buf_printf(&line, "%zu %s as of %s, ", count, word_of((int64_t)count, "line", "lines"), json_text_of(whole, "as_of"));
	page_count(&line, sums, "donors", "donor", "donors");
	buf_append_text(&line, ": US$ ");
	amount_put(&line, json_text_of(sums, "pledged"));
	buf_append_text(&line, " pledged, ");
	amount_put(&line, json_text_of(sums, "received"));
	buf_append_text(&line, " received, ");
	amount_put(&line, json_text_of(sums, "outstanding"));
	buf_append_text(&line, " of the pledges outstanding");
	buf_append_byte(&page->out, '\n');
	page_wrap(page, 0, buf_text(&line));
	buf_release(&line);
}

int contribution_list_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct client *client;
	json_t *rows = NULL, *whole = NULL;
	struct page page;
	struct buf path;
	int code;

	buf_init(&path, BUF_MAX_LINE);
	if (!scope_path(invocation, "/v1/contributions", &path, &error) || (client = client_open(invocation, &error)) == NULL) {
		buf_release(&path);
		return exit_fail(&error);
	}
	client_query(&path, "limit", "10000");
	code = client_list(client, buf_text(&path), &rows, &whole, &error);
	buf_release(&path);
	if (code != 0)
		return client_fail(client, &error);
	page_init(&page, invocation);
	if (format_is(invocation, "json")) {
		page_json(&page, rows);
	} else if (format_is(invocation, "csv")) {
		list_csv(&page.out, rows);
	} else if (json_array_size(rows) == 0) {
		buf_append_text(&page.out, "No contributions; record one with: mandate contribution pledge FUND DONOR AMOUNT CURRENCY\n");
	} else {
		list_table(&page, rows);
		list_sums(&page, whole, json_array_size(rows));
	}
	json_decref(rows);
	json_decref(whole);
	client_close(client);
	return page_finish(&page, EXIT_DONE);
}

/* "US$ 100.00 (cash 60.00, in kind 40.00; earmarked 10.00, general-purpose 90.00)" */
static void status_parts(struct page *page, const char *name, const json_t *total, const char *which)
{
	static const char *const parts[] = {"cash", "in_kind", "earmarked", "general_purpose"};
	static const char *const said[] = {" (cash ", ", in kind ", "; earmarked ", ", general-purpose "};
	struct buf line;

	buf_init(&line, BUF_MAX_LINE);
	buf_append_text(&line, "US$ ");
	amount_put(&line, json_text_of(total, which));
	for (size_t i = 0; i < 4; i++) {
		buf_append_text(&line, said[i]);
		amount_put(&line, json_text_of(json_member(total, parts[i]), which));
	}
	buf_append_byte(&line, ')');
	page_field(page, name, buf_text(&line));
	buf_release(&line);
}

static void status_outstanding(struct page *page, const json_t *answer)
{
	const json_t *total = json_member(answer, "total"), *row;
	struct buf line;
	size_t i;

	buf_init(&line, BUF_MAX_BODY);
	buf_append_text(&line, "US$ ");
	amount_put(&line, json_text_of(total, "outstanding"));
	buf_append_text(&line, " at the rates of the pledges, of which ");
	amount_put(&line, json_text_of(total, "overdue"));
	buf_append_text(&line, " overdue");
	page_field(page, "outstanding", buf_text(&line));
	json_array_foreach (json_member(answer, "currencies"), i, row) {
		buf_clear(&line);
		buf_printf(&line, "%s ", json_text_of(row, "currency"));
		amount_put(&line, json_text_of(row, "outstanding"));
		buf_append_text(&line, " outstanding of ");
		amount_put(&line, json_text_of(row, "pledged"));
		buf_append_text(&line, " pledged; ");
		amount_put(&line, json_text_of(row, "received"));
		buf_append_text(&line, " received in it");
		page_field(page, i == 0 ? "currencies" : "", buf_text(&line));
	}
	buf_release(&line);
}

static void status_trend(struct page *page, const json_t *trend, const char *name, const char *which)
{
	const json_t *percent;
	struct buf member, line;

	buf_init(&member, BUF_MAX_LINE);
	buf_init(&line, BUF_MAX_LINE);
	buf_printf(&member, "%s_percent", which);
	percent = json_member(trend, buf_text(&member));
	buf_clear(&member);
	buf_printf(&member, "%s_before", which);
	buf_append_text(&line, "US$ ");
	amount_put(&line, json_text_of(trend, which));
	buf_printf(&line, " from %s to %s; in the same days of the year before ", json_text_of(trend, "from"), json_text_of(trend, "to"));
	amount_put(&line, json_text_of(trend, buf_text(&member)));
	if (json_is_integer(percent))
		buf_printf(&line, " (%s%lld per cent)", json_integer_value(percent) > 0 ? "+" : "", (long long)json_integer_value(percent));
	page_field(page, name, buf_text(&line));
	buf_release(&member);
	buf_release(&line);
}

static void status_new(struct page *page, const json_t *answer)
{
	const json_t *donors = json_member(answer, "new_donors"), *donor;
	struct buf line;
	size_t i;

	if (!json_is_array(donors))
		return;
	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&line, "%zu since %s", json_array_size(donors), json_text_of(answer, "since"));
	json_array_foreach (donors, i, donor)
		buf_printf(&line, "%s%s (%s)", i > 0 ? ", " : ": ", json_text_of(donor, "name"), json_text_of(donor, "first_on"));
	page_field(page, "new donors", buf_text(&line));
	buf_release(&line);
}

static void status_table(struct page *page, const json_t *answer)
{
	static const char *const members[] = {"pledged", "received", "outstanding", "overdue"};
	static const char *const figures[] = {"PLEDGED", "RECEIVED", "OUTSTANDING", "OVERDUE"};
	const char *by = json_text_of(answer, "by");
	const char *titles[6] = {strcmp(by, "fund") == 0 ? "FUND" : strcmp(by, "year") == 0 ? "YEAR" : strcmp(by, "region") == 0 ? "REGION" : "DONOR", "DONORS"};
	struct table table = {.titles = titles, .columns = 6, .flexible = 0, .kept = 15u << 2, .arena = arena_new()};
	size_t widths[4], i, m;
	const json_t *row;

	for (m = 0; m < 4; m++) {
		widths[m] = strlen(figures[m]);
		json_array_foreach (json_member(answer, "rows"), i, row)
			widths[m] = widest(widths[m], amount_cell(table.arena, "", json_text_of(row, members[m]), 0));
		titles[2 + m] = arena_printf(table.arena, "%*s", (int)widths[m], figures[m]);
	}
	json_array_foreach (json_member(answer, "rows"), i, row) {
		table_add(&table, json_text_of(row, strcmp(by, "fund") == 0 ? "key" : "name"), TONE_PLAIN);
		table_add(&table, arena_printf(table.arena, "%6lld", (long long)json_integer_of(row, "donors")), TONE_PLAIN);
		for (m = 0; m < 4; m++)
			table_add(&table, amount_cell(table.arena, "", json_text_of(row, members[m]), widths[m]),
			    m == 3 && strcmp(json_text_of(row, "overdue"), "0.00") != 0 ? TONE_WARN : TONE_PLAIN);
	}
	buf_append_byte(&page->out, '\n');
	page_table(page, &table);
	arena_free(table.arena);
}

static void status_csv(struct buf *out, const json_t *answer)
{
	static const char *const members[] = {"pledged", "received", "outstanding", "overdue"};
	static const char *const parts[] = {"cash", "in_kind", "earmarked", "general_purpose"};
	const json_t *row;
	size_t i, m;

	buf_printf(out, "%s,name,donors,pledged,received,outstanding,overdue,cash_pledged,cash_received,in_kind_pledged,in_kind_received,"
	                "earmarked_pledged,earmarked_received,general_purpose_pledged,general_purpose_received\n", json_text_of(answer, "by"));
	json_array_foreach (json_member(answer, "rows"), i, row) {
		csv_put(out, json_text_of(row, "key"), ',');
		csv_put(out, json_text_of(row, "name"), ',');
		buf_printf(out, "%lld,", (long long)json_integer_of(row, "donors"));
		for (m = 0; m < 4; m++)
			csv_put(out, json_text_of(row, members[m]), ',');
		for (m = 0; m < 4; m++) {
			csv_put(out, json_text_of(json_member(row, parts[m]), "pledged"), ',');
			csv_put(out, json_text_of(json_member(row, parts[m]), "received"), m == 3 ? '\n' : ',');
		}
	}
}

static int status_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *total = json_member(answer, "total");
	const char *fund = json_text_of(answer, "fund"), *donor = json_text_of(answer, "donor");
	struct buf line;

	if (format_is(invocation, "csv")) {
		status_csv(&page->out, answer);
		return EXIT_DONE;
	}
	buf_init(&line, BUF_MAX_LINE);
	page_text(page, TONE_STRONG, "Contributions");
	buf_printf(&page->out, "%s%s%s%s", *fund ? " to " : "", fund, *donor ? " by " : "", donor);
	if (json_is_integer(json_member(answer, "year")))
		buf_printf(&page->out, " for %lld", (long long)json_integer_of(answer, "year"));
	buf_printf(&page->out, ", as of %s\n", json_text_of(answer, "as_of"));
	buf_printf(&line, "%lld; ", (long long)json_integer_of(total, "donors"));
	page_count(&line, total, "pledges", "pledge, ", "pledges, ");
	page_count(&line, total, "receipts", "receipt", "receipts");
	page_field(page, "donors", buf_text(&line));
	buf_release(&line);
	status_parts(page, "pledged", total, "pledged");
	status_parts(page, "received", total, "received");
	status_outstanding(page, answer);
	status_trend(page, json_member(answer, "trend"), "received now", "received");
	status_trend(page, json_member(answer, "trend"), "pledged now", "pledged");
	status_new(page, answer);
	if (json_array_size(json_member(answer, "rows")) > 0)
		status_table(page, answer);
	return EXIT_DONE;
}

int contribution_status_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	if (!scope_path(invocation, "/v1/contributions/status", &path, &error)) {
		buf_release(&path);
		return exit_fail(&error);
	}
	return ask(invocation, "GET", buf_take(&path), NULL, status_print);
}
