"""No format leaves out what another has: every value of every row, looked for in all of them, in its place."""
import csv
import io
import json
import pathlib
import re
import unicodedata
import xml.etree.ElementTree

from formats import converted, sheets
from support import Failure, Service, contains, equal

FORMATS = ["text", "markdown", "csv", "json", "jsonl", "html", "xlsx", "pdf", "docx"]
KNOWN = "2099-01-01T00:00:00Z"
REPORTS = [["report", "status"], ["report", "matrix", "--group", "owner"], ["report", "due"], ["report", "overdue"], ["report", "slots"],
           ["report", "changes", "--since", "2000-01-01"], ["diff", "2005-01-01", "2006-12-31"], ["report", "ratification", "FIREARMS"],
           ["report", "contributions", "UNCPCJF"], ["report", "dossier", "59/157:9"]]


def told(s):
    """The founding document with something in almost every field, and texts that a format may stumble over."""
    s.founding()
    s.run("unit", "add", "DTA", "--name", "Treaty Affairs")
    s.run("officer", "add", "anna", "--name", "Anna Officer", "--unit", "DTA")
    s.run("officer", "add", "boris", "--name", "Борис", "--unit", "DTA")
    s.run("assign", "59/157:9", "anna", "--unit", "DTA")
    s.run("assign", "59/157:8", "boris", "--unit", "DTA")
    for note in ("=1+1", "@x, | a pipe, *stars* and <b>no tag</b> & \"quotes\"", "与捐助国举行了两次会议（A/60/131）。", "عُقد اجتماعان مع المانحين",
                 "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstand", "one line\nand another"):
        s.run("update", "59/157:8", "--status", "in_progress", "--note", note, "--evidence", "https://a.org/b?c&d",
              "--evidence", "A/60/172", "--on", "2005-03-01")
    s.run("edit", "59/157:8", "--due", "2005-04-01", "--reason", "agreed with the Bureau")
    s.run("edit", "59/157:4", "--review", "2005-09-01")
    s.run("milestone", "59/157:9", "consideration", "--on", "2005-10-07")
    s.run("milestone", "59/157:9", "slot", "--done", "2005-08-02", "--words", "8500", "--evidence", "A/60/131")
    s.run("report-document", "A/60/131", "--answers", "59/157:9", "--on", "2005-08-26", "--late-reason", "awaiting replies from States")
    s.run("treaty", "action", "FIREARMS", "Peru", "ratification", "--on", "2003-09-23")
    s.run("treaty", "action", "FIREARMS", "France", "signature", "--on", "2002-09-23")
    s.run("contribution", "pledge", "UNCPCJF", "France", "1000", "USD", "--on", "2005-03-01")
    s.run("contribution", "receive", "UNCPCJF", "France", "250.50", "USD", "--on", "2005-04-01", "--pledge", "1")
    return s


def bare(text):
    """Letters, digits and signs alone: blanks, line breaks, marks of direction and what Markdown escapes with are the format's own."""
    return re.sub(r"[\s\\\u200c-\u200f\u202a-\u202e\ufeff]", "", unicodedata.normalize("NFKC", text))


def page_rows(page):
    """What the page shows of each row, in its order: a list of texts that follow each other, and the headings above it."""
    tree = xml.etree.ElementTree.fromstring(page.split("\n", 1)[1])
    name = "{http://www.w3.org/1999/xhtml}"
    rows, above, inside = [], {}, set()
    for element in tree.iter():
        said = []
        if re.fullmatch(name + "h[1-6]", element.tag) and element not in inside:
            above = {level: text for level, text in above.items() if level < element.tag} | {element.tag: element.text}
        if element.tag == name + "article":
            inside.update(element.iter())
            for child in element.iter():
                if child.tag in (name + "dt", name + "dd"):
                    said.append("".join(child.itertext()))
                elif re.fullmatch(name + "h[1-6]", child.tag):
                    said.append(child.text)
        elif element.tag == name + "table" and "wide" in element.get("class", ""):
            rows += [(["".join(cell.itertext()) for cell in line], " ".join(above.values())) for line in element.iter(name + "tr") if line[0].get("scope") == "row"]
        if said:
            rows.append((said, " ".join(above.values())))
    return rows


def lacking(row, above, chunk):
    """What of a row a piece of text has not. Cells side by side may run on over lines: then their words count."""
    joined = bare(chunk)
    return [value for value in row if bare(value) not in joined and bare(value) not in bare(above) and
            not all(bare(word) in joined for word in value.split())]


def has_rows(text, rows, where):
    """Row after row: its name, and all its values before the name of the next. A list of fields has an order of its own,
    and does not say again what the heading above has said."""
    text = bare(text)
    names, at = [bare(row[0]) for row, _ in rows] + ["\0"], 0
    for i, (row, above) in enumerate(rows):
        at, after, missing = text.find(names[i], at), -1, row
        while at >= 0 and missing:
            after = text.find(names[i + 1], (after if after >= 0 else at) + len(names[i]))
            missing = lacking(row, above, text[at:after if after >= 0 else len(text)])
            if after < 0:
                break
        if missing:
            raise Failure(f"{where}: the row {row[:2]!r} lacks {missing!r}: {text[max(at, 0):][:600]!r}")
        at += len(names[i])


def leaves(value):
    """The texts and numbers that a value of JSON is made of, but for what others of them say too: a State's name in all
    languages, the session that a deadline is at beside the body and the number, the first of those who are asked."""
    if isinstance(value, dict):
        if "fr" in value:
            value = {"name": value["name"]}
        elif "value" in value and "type" in value:
            value = {key: value[key] for key in ("text", "type", "value")}
        return [leaf for key, one in value.items() if (key, one) != ("role", "lead") for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [] if value is None or value == "" or isinstance(value, bool) else [value]


def filled(row):
    """The columns that have something in them."""
    return {k: v for k, v in row.items() if v is not None and v not in ("", [], {})}


def of_csv(body):
    lines = list(csv.DictReader(io.StringIO(body.decode(), newline=""), strict=True))
    return [line for line in lines[:-1] if line.get("reference") or line["part"] != "obligations" or "reference" not in line]


def csv_has_all(rows, lines, where):
    equal(len(lines), len(rows), f"{where}: rows")
    for row, line in zip(rows, lines):
        for column, value in filled(row).items():
            text = line[column]
            if isinstance(value, str):
                equal(text.lstrip("'") if value[0] in "=+-@" else text, value, f"{where}: {column}")
            for leaf in leaves(value):
                if isinstance(leaf, str) and len(leaf) > 1 and bare(leaf) not in bare(text):
                    raise Failure(f"{where}: {column} is {text!r} and leaves out {leaf!r} of {value!r}")
            if text == "":
                raise Failure(f"{where}: {column} is empty, wanted {value!r}")


def page_has_all(document, rows, page, where):
    """Each row of the page shows as many fields as the row has, but for what a heading above has said."""
    shown = page_rows(page)
    equal(len(shown), len(rows), f"{where}: rows")
    whole = bare("".join(xml.etree.ElementTree.fromstring(page.split("\n", 1)[1]).itertext()))
    at = 0
    for part in document["parts"]:
        for group in part["groups"]:
            said = (group["heading"] or {}).get("fields") or {}
            for row in group["rows"]:
                full = filled(row)
                if part["layout"] == "table":
                    equal([bool(v) for v in shown[at][0]], [c in full for c in part["columns"]], f"{where}: cells of {row}")
                else:
                    unsaid = [c for c in full if c not in said and c not in ("resolution", "resolution_title", "body", "resolution_state", "adopted_on", "lineage")]
                    if (len(shown[at][0]) - 1) // 2 < len(unsaid) - 1:
                        raise Failure(f"{where}: {shown[at]} does not show all of {unsaid}")
                for column, value in full.items():
                    if isinstance(value, str) and not re.fullmatch(r"[0-9TZ:.-]+|[a-z_]+", value):
                        contains(whole, bare(value), f"{where}: {column}")
                at += 1


def sheet_cells(found, rows, where):
    """Every row of the JSON has its line in the sheets, in the same order, with a cell for each value."""
    lines = [line for sheet in found for line in sheet]
    at = 0
    for row in rows:
        first = filled(row)
        wanted = [v for v in first.values() if isinstance(v, str) and not re.fullmatch(r"[0-9TZ:.-]+|[a-z_]+", v)]
        while at < len(lines) and not (sum(map(bool, lines[at])) >= len(first) and all(v in lines[at] for v in wanted)):
            at += 1
        if at == len(lines):
            raise Failure(f"{where}: no line of a sheet has all {len(first)} values of {row}")
        at += 1


def origin(document, texts, where):
    """Every format says as of when, known until when, from which data and by which filter it was made."""
    for form, text in texts.items():
        for key in ("head", "known_at", "filter"):
            contains(bare(text), bare(document[key] or ""), f"{where}: {key} in {form}")
        for key, days in document["days"].items():
            if not any(bare(day) in bare(text) for day in days):
                raise Failure(f"{where}: {form} does not say {key} {days}")


def made(s, place, words):
    ret = {}
    for form in FORMATS:
        s.run(*words, "--format", form, "--output", place, "--quiet", "--width", "100", "--known-at", KNOWN)
        ret[form] = pathlib.Path(place).read_bytes()
    return ret


def compare(made, where):
    document = json.loads(made["json"])
    rows = [row for part in document["parts"] for group in part["groups"] for row in group["rows"]]
    page = made["html"].decode()
    equal([json.loads(line)["row"] for line in made["jsonl"].splitlines() if b'{"row"' in line[:8]], rows, f"{where}: JSON Lines")
    csv_has_all(rows, of_csv(made["csv"]), f"{where}: CSV")
    page_has_all(document, rows, page, f"{where}: HTML")
    found = sheets(made["xlsx"])
    sheet_cells(found, rows, f"{where}: XLSX")
    texts = {"text": made["text"].decode(), "markdown": made["markdown"].decode(),
             "pdf": re.sub(r"(?m)^.*\n?Page \d+ of \d+\n?\f", "", converted("pdftotext", made["pdf"], ".pdf", "-raw", "FILE", "-")),
             "docx": converted("pandoc", made["docx"], ".docx", "--from=docx", "--to=plain", "--wrap=none", "FILE")}
    for form, text in texts.items():
        has_rows(text, page_rows(page), f"{where}: {form}")
    document["days"] = {key: [document[key], re.search(rf"<dt>{label}</dt>\s*<dd>([^<]*)", page).group(1)]
                        for key, label in (("as_of", "As of"), ("since", "Changes since")) if document[key]}
    origin(document, {**texts, "html": page, "csv": made["csv"].decode(), "xlsx": str(found)}, where)


def test_no_format_leaves_out_a_value_that_another_has(binaries):
    with Service(binaries).start() as s:
        told(s)
        for words in REPORTS:
            compare(made(s, s.place / "made", words), " ".join(words))
