#include "input.h"

#include <libxml/parser.h>
#include <string.h>

#include "base/file.h"
#include "program.h"

#define INPUT_HEAD 1024 /* bytes by which a format is told */
#define INPUT_SECONDS 60

void input_start(void)
{
	xmlInitParser();
}

static bool input_is_pdf(struct slice bytes)
{
	return slice_find(slice_cut(bytes, 0, INPUT_HEAD), SLICE("%PDF-")) >= 0;
}

/* Past a byte order mark, blanks and comments. */
static struct slice input_beginning(struct slice bytes)
{
	ptrdiff_t end = 0;

	(void)slice_take(&bytes, SLICE("\xEF\xBB\xBF"));
	bytes = slice_trim(bytes);
	while (slice_starts(bytes, SLICE("<!--")) && (end = slice_find(bytes, SLICE("-->"))) >= 0)
		bytes = slice_trim(slice_from(bytes, (size_t)end + 3));
	return bytes;
}

/* A page, or a part of one that begins with an element of its own line; HTML further inside of a text is the reader's business. */
static bool input_is_html(struct slice bytes)
{
	static const char *const tags[] = {"head", "body", "title", "meta", "style", "p", "div", "table", "h1", "h2", "h3", "h4", "h5",
	    "h6", "ul", "ol", "dl", "section", "article", "main", "header", "center", "blockquote", "pre", "hr"};
	struct slice head = slice_cut(input_beginning(bytes), 0, INPUT_HEAD), name;
	size_t len = 0;

	if (head.len == 0 || head.at[0] != '<')
		return false;
	if (slice_find_nocase(head, SLICE("<!doctype html")) >= 0 || slice_find_nocase(head, SLICE("<html")) >= 0)
		return true;
	name = slice_from(head, 1);
	while (len < name.len && strchr(" \t\r\n/>", name.at[len]) == NULL)
		len++;
	for (size_t i = 0; len < name.len && i < sizeof tags / sizeof *tags; i++)
		if (slice_equal_nocase(slice_cut(name, 0, len), slice_of(tags[i])))
			return true;
	return false;
}

static int input_pdf(const char *name, struct slice bytes, struct buf *out, struct error *error)
{
	static const char *const argv[] = {"pdftotext", "-q", "-enc", "UTF-8", "/dev/stdin", "-", NULL};
	struct error fault = ERROR_NONE;
	int code = program_run(argv, bytes, INPUT_SECONDS, out, &fault);

	if (code == E_NOT_FOUND)
		return error_set(error, E_INPUT, "no_converter", "%s is a PDF; install poppler-utils (pdftotext) to read it", name);
	if (code != 0)
		return error_set(error, code, code == E_INPUT ? "not_text" : fault.name, "%s is a PDF that cannot be read: %s",
		    name, fault.message);
	if (slice_trim(buf_slice(out)).len == 0)
		return error_set(error, E_INPUT, "not_text",
		    "%s is a PDF without text, perhaps a scan; run a text recognition over it first", name);
	return 0;
}

/* Formats that are recognized to be refused: what they are, and what to do. */
static int input_refused(const char *name, struct slice bytes, struct error *error)
{
	static const struct {
		struct slice head;
		const char *is;
	} formats[] = {
	    {{"\xD0\xCF\x11\xE0", 4}, "an old Word file (DOC); save it as DOCX or PDF"},
	    {{"{\\rtf", 5}, "a rich text file (RTF); save it as DOCX or PDF"},
	    {{"\xFF\xFE", 2}, "text in UTF-16; save it as UTF-8"},
	    {{"\xFE\xFF", 2}, "text in UTF-16; save it as UTF-8"},
	};

	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
		if (slice_starts(bytes, formats[i].head))
			return error_set(error, E_INPUT, "not_text", "%s is %s", name, formats[i].is);
	return 0;
}

int input_convert(const char *name, struct slice bytes, struct buf *out, struct error *error)
{
	int code = input_refused(name, bytes, error);

	if (code != 0)
		return code;
	if (input_is_pdf(bytes))
		return input_pdf(name, bytes, out, error);
	if (slice_starts(bytes, (struct slice){"PK\003\004", 4}))
		code = input_docx(bytes, out, error);
	else if (input_is_html(bytes))
		code = input_html(bytes, out, error);
	else
		buf_append_slice(out, bytes);
	if (code == 0 && buf_failed(out))
		code = error_set(error, E_TOO_BIG, "too_big", "its text is larger than the limit of %zu bytes", out->max);
	if (code != 0)
		error_prefix(error, "%s", name);
	return code;
}

int input_read(const char *file, struct buf *out, struct error *error)
{
	struct buf bytes;
	int code;

	buf_init(&bytes, out->max);
	code = file_read(file, &bytes, error);
	if (code == 0)
		code = input_convert(strcmp(file, "-") == 0 ? "standard input" : file, buf_slice(&bytes), out, error);
	buf_release(&bytes);
	return code;
}
