"""The heavy formats of reports, each opened by a program that is not ours and compared with the JSON."""
import csv
import datetime
import io
import json
import pathlib
import re
import subprocess
import tempfile
import time
import urllib.parse
import xml.etree.ElementTree
import zipfile

from support import SAMPLE, Failure, Service, contains, equal

HELPERS = pathlib.Path(__file__).resolve().parent.parent / "support"
LANGUAGES = {"en": "Status of follow-up", "fr": "État du suivi", "es": "Estado del seguimiento",
             "ru": "Ход последующей деятельности", "zh": "后续行动状况", "ar": "حالة المتابعة"}
KNOWN = {"as_of": "2005-06-30", "known_at": "2099-01-01T00:00:00Z"}


def report(s, form, *, name="status", **query):
    words = urllib.parse.urlencode({"format": form, **KNOWN, **query})
    status, body, headers = s.request("GET", f"/v1/reports/{name}?{words}")
    if status != 200:
        raise Failure(f"a report as {form}: {status} {body[:300]!r}")
    return body


def told(s):
    """The founding document with a record, so that fields are filled."""
    s.founding()
    s.run("update", "59/157:8", "--status", "in_progress", "--note", "=1+1, two workshops <held>", "--evidence", "https://example.org/report",
          "--on", "2005-03-01")
    s.run("update", "59/157:9", "--status", "in_progress", "--on", "2005-05-02")
    return s


def converted(program, body, suffix, *words):
    """What a program makes of a document, as text."""
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        file.write(body)
        file.flush()
        done = subprocess.run([program, *[w.replace("FILE", file.name) for w in words]], capture_output=True, timeout=120)
    if done.returncode != 0:
        raise Failure(f"{program}: {done.stderr[-300:]!r}")
    return done.stdout.decode("utf-8")


def sheets(body):
    """Every sheet of a spreadsheet as gnumeric reads and recalculates it: dates and numbers as numbers."""
    with tempfile.TemporaryDirectory() as place:
        source = pathlib.Path(place) / "report.xlsx"
        source.write_bytes(body)
        done = subprocess.run(["ssconvert", "--recalc", "-S", "-T", "Gnumeric_stf:stf_assistant", "-O", "format=raw separator=,",
                               str(source), f"{place}/%n.csv"], capture_output=True, timeout=120)
        if done.returncode != 0:
            raise Failure(f"ssconvert: {done.stderr[-300:]!r}")
        files = sorted(pathlib.Path(place).glob("*.csv"), key=lambda p: int(p.stem))
        return [list(csv.reader(io.StringIO(file.read_text("utf-8")))) for file in files]


def day(serial):
    return (datetime.date(1899, 12, 30) + datetime.timedelta(days=int(float(serial)))).isoformat()


def rows_of(model):
    return [row for part in model["parts"] for group in part["groups"] for row in group["rows"]]


DATES = ("adopted_on", "status_since", "last_action_on", "due_on", "due_end", "legal_end", "review_on")


def same_cell(cell, value, column, where):
    if value is None or value == [] or value == "":
        equal(cell, "", where)
    elif isinstance(value, bool):
        equal(cell, "TRUE" if value else "FALSE", where)
    elif column in DATES:
        equal(day(cell), value, where)
    elif column == "last_recorded_at":
        moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(days=float(cell))
        wanted = datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ")
        if abs(moment - wanted) > datetime.timedelta(milliseconds=1):
            raise Failure(f"{where}: {moment}, wanted {wanted}")
    elif isinstance(value, (int, float)):
        equal(float(cell), float(value), where)
    elif isinstance(value, str) and "_" not in value and column not in ("status", "timeliness", "kind", "last_action"):
        equal(cell, value, where)
    elif isinstance(value, list) and all(isinstance(one, str) for one in value):
        equal(cell, "; ".join(value), where)
    elif cell == "":
        raise Failure(f"{where}: empty, wanted {value!r}")


def test_a_spreadsheet_has_cell_by_cell_what_the_json_has(binaries):
    with told(Service(binaries).start()) as s:
        model = json.loads(report(s, "json"))
        found = sheets(report(s, "xlsx"))
        wanted = rows_of(model)
        columns = model["parts"][0]["columns"]
        table = next(sheet for sheet in found if sheet[0][0] == "Reference")
        equal(len(table[0]), len(columns), "columns")
        by_reference = {line[0]: line for line in table[1:] if line[0]}
        equal(sorted(by_reference), sorted(row["reference"] for row in wanted), "references")
        for row in wanted:
            for i, column in enumerate(columns):
                same_cell(by_reference[row["reference"]][i], row.get(column), column, f"{row['reference']} {column}")
        lonely = [g["heading"] for p in model["parts"] for g in p["groups"] if g["heading"] and g["heading"].get("asks_nothing")]
        equal(len(table) - 1, len(wanted) + len(lonely), "rows, and paragraphs that ask nothing")
        contains(by_reference["A/RES/59/157:8"][columns.index("note")], "=1+1, two workshops <held>", "a note that looks like a formula")
        summary = model["summary"]
        front = found[0]
        for name, n in summary["by_kind"].items():
            line = next(line for line in front if line[0] == name.replace("_", " "))
            equal((float(line[1]), round(float(line[2]), 9)), (n, round(n / summary["obligations"], 9)), f"the figures of {name}")


def test_a_pdf_has_all_of_it_in_every_language(binaries):
    with told(Service(binaries).start()) as s:
        rows = rows_of(json.loads(report(s, "json")))
        for language, title in LANGUAGES.items():
            body = report(s, "pdf", lang=language)
            info = converted("pdfinfo", body, ".pdf", "FILE")
            contains(info, title, f"the title in {language}")
            contains(info, "595.28 x 841.89 pts (A4)", "the paper")
            pages = int(re.search(r"Pages:\s+(\d+)", info).group(1))
            text = converted("pdftotext", body, ".pdf", "-layout", "FILE", "-")
            equal(text.count("\f"), pages, f"pages in {language}")
            words = "".join(text.split())
            for row in rows:
                for value in (row["reference"], row["action"], row.get("note") or ""):
                    contains(words, "".join(value.split()), f"{row['reference']} in {language}")
            if language == "en":
                contains(text, f"Page 2 of {pages}", "the number of a page")
        contains(converted("pdftotext", report(s, "pdf", lang="fr"), ".pdf", "FILE", "-"), "30 juin 2005", "a date in French")
        contains(converted("pdftotext", report(s, "pdf", lang="zh"), ".pdf", "FILE", "-"), "2005年6月30日", "a date in Chinese")


def test_a_word_document_comes_back_as_text(binaries):
    with told(Service(binaries).start()) as s:
        rows = rows_of(json.loads(report(s, "json")))
        body = report(s, "docx", lang="ar")
        words = "".join(converted("pandoc", body, ".docx", "--from=docx", "--to=plain", "FILE").split())
        contains(words, "".join(LANGUAGES["ar"].split()), "the title")
        for row in rows:
            contains(words, "".join(row["action"].split()), row["reference"])
        with zipfile.ZipFile(io.BytesIO(body)) as document:
            equal([name for name in document.namelist() if name.endswith(".png")] != [], True, "pictures")


def entries(body):
    done = subprocess.run([HELPERS / "calendar_entries"], input=body, capture_output=True, check=True)
    found = json.loads(done.stdout)
    equal(sorted(found["icalendar"]), sorted(found["vobject"]), "what two programs read")
    for line in body.split(b"\r\n"):
        if len(line) > 75 or b"\n" in line:
            raise Failure(f"a line of a calendar: {line!r}")
    return {entry[0]: entry for entry in found["icalendar"]}


def test_calendars_are_read_alike_by_two_programs(binaries):
    with told(Service(binaries).start()) as s:
        events, todos = entries(report(s, "ics", lang="fr")), entries(report(s, "todo"))
        equal(sorted(events), sorted(todos), "days as events and as to-dos")
        uid = "A/RES/59/157:9/deadline@mandate"
        equal(events[uid][1:4], ["2005-12-31", "échéance: A/RES/59/157:9", "CONFIRMED"], "the deadline")
        equal(todos[uid][3], "IN-PROCESS", "the deadline as a to-do")
        of_calendar = entries(s.request("GET", "/v1/calendar?format=ics&from=2005-01-01&until=2005-12-31&as_of=2005-06-30")[1])
        equal([of_calendar[uid][1], of_calendar[uid][4]], [events[uid][1], events[uid][4]], "the same day in the calendar")
        s.run("update", "59/157:9", "--status", "overtaken", "--note", "taken up elsewhere", "--on", "2005-06-20")
        later = entries(report(s, "ics"))
        equal(later[uid][3], "CANCELLED", "a day that no longer counts")
        equal(later[uid][4] > events[uid][4], True, "its sequence grows")


def test_books_of_treaties_and_funds_are_typed_and_speak(binaries):
    with Service(binaries).start() as s:
        s.run("treaty", "action", "FIREARMS", "Peru", "ratification", "--on", "2003-09-23")
        s.run("contribution", "pledge", "UNCPCJF", "France", "12345678901234.56", "USD", "--on", "2005-03-01")
        s.run("contribution", "pledge", "UNCPCJF", "Peru", "1000.50", "USD", "--on", "2005-03-02")
        query = {"name": "ratification", "subject": "FIREARMS"}
        for language, name in (("en", "Peru"), ("fr", "Pérou"), ("es", "Perú"), ("ru", "Перу"), ("zh", "秘鲁"), ("ar", "بيرو")):
            text = report(s, "csv" if language == "en" else "markdown", lang=language, **query).decode()
            contains(text, name, f"a State in {language}")
        sheet = next(sheet for sheet in sheets(report(s, "xlsx", **query)) if sheet[0][0] == "Participant" and len(sheet[0]) > 2)
        equal([sheet[1][0], day(sheet[1][3])], ["Peru", "2003-09-23"], "who joined when")
        sheet = next(sheet for sheet in sheets(report(s, "xlsx", name="contributions", subject="UNCPCJF")) if sheet[0][0] == "Donor")
        pledged = {line[0]: float(line[sheet[0].index("Pledged")]) for line in sheet[1:]}
        equal(pledged, {"France": 12345678901234.56, "Peru": 1000.5}, "amounts as numbers")
        status, body, _ = s.request("GET", "/v1/reports/ratification?subject=FIREARMS&format=ics")
        equal(status, 422, "a calendar of what has no days")
        contains(body.decode(), "has no deadlines of obligations", "why")


def test_akoma_ntoso_has_the_status_with_each_paragraph(binaries):
    names = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0", "m": "urn:mandate:obligation:1"}
    with told(Service(binaries).start()) as s:
        text = s.run("resolution", "show", "A/RES/59/157", "--format", "akn", "--as-of", "2005-06-30")
        tree = xml.etree.ElementTree.fromstring(text)
        eids = {e.get("eId") for e in tree.iter() if e.get("eId")}
        found = {o.get("reference"): o for o in tree.iterfind(".//m:obligation", names)}
        rows = rows_of(json.loads(report(s, "json")))
        equal(sorted(found), sorted(row["reference"] for row in rows), "obligations")
        for row in rows:
            one = found[row["reference"]]
            status = one.find("m:status", names)
            equal(one.get("refersTo", "")[1:] in eids, True, f"the paragraph of {row['reference']}")
            equal((status.get("value"), status.get("since"), status.get("timeliness"), one.get("kind")),
                  (row["status"], row["status_since"], row["timeliness"], row["kind"]), row["reference"])
        equal(found["A/RES/59/157:9"].get("refersTo"), "#cmp_1__para_9", "in the draft that was adopted")
        equal(found["A/RES/59/157:8"].find("m:status/m:update/m:note", names).text, "=1+1, two workshops <held>", "a note")
        # The text itself is the reader's, to the letter.
        read = s.run("read", SAMPLE, "--format", "akn")
        strip = re.compile(r"\s*<analysis.*?</analysis>|\s*<step [^>]*href[^>]*>", re.S)
        equal(strip.sub("", text), strip.sub("", read), "all but the analysis and what became of the draft")
        steps = [step.attrib for step in tree.iterfind(".//a:component//a:step", names)]
        equal([step["outcome"] for step in steps], ["#proposed", "#adopted"], "what became of the draft")
        equal((steps[1]["date"], steps[1]["by"], steps[1]["href"]),
              ("2004-12-20", "#ga", "/akn/un/statement/deliberation/un-ga/2004-12-20/59-157"), "as what, by whom and when")
        early = s.run("resolution", "show", "E/RES/2004/23", "--format", "akn", "--as-of", "2004-12-01")
        equal(early.count("<step "), 2, "before it was adopted: one step of each document")
        earlier = s.run("resolution", "show", "E/RES/2004/23", "--format", "akn", "--as-of", "2005-04-01")
        contains(earlier, 'value="not_started"', "as of an earlier day")
        contains(s.run("resolution", "show", "A/RES/1/1", "--format", "akn", code=3), "A/RES/1/1", "an unknown one")


def test_akoma_ntoso_has_the_symbol_that_the_text_does_not_say(binaries):
    names = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
    with Service(binaries).start() as s:
        nameless = s.place / "nameless.txt"
        nameless.write_text("The General Assembly,\n\n1. Requests the Secretary-General to light a lamp.\n")
        s.run("import", str(nameless), "--symbol", "A/RES/54/9")
        tree = xml.etree.ElementTree.fromstring(s.run("resolution", "show", "A/RES/54/9", "--format", "akn"))
        work = tree.find(".//a:FRBRWork", names)
        equal([work.find(f"a:{name}", names).get("value") for name in ("FRBRuri", "FRBRalias", "FRBRnumber")],
              ["/akn/un/statement/deliberation/un-ga/1999/54-9", "A/RES/54/9", "54-9"], "its names")
        names["m"] = "urn:mandate:obligation:1"
        one = tree.find(".//m:obligation", names)
        equal((one.get("refersTo"), float(one.get("confidence")) > 0, one.find("m:status", names)), ("#para_1", True, None), "as it was read")
        s.run("resolution", "confirm", "A/RES/54/9")
        tree = xml.etree.ElementTree.fromstring(s.run("resolution", "show", "A/RES/54/9", "--format", "akn"))
        one = tree.find(".//m:obligation", names)
        equal((one.get("confidence"), one.find("m:status", names).get("value")), (None, "not_started"), "once it is confirmed")


def test_the_same_report_is_the_same_to_the_byte(binaries):
    forms = ["text", "markdown", "csv", "json", "jsonl", "html", "xlsx", "pdf", "docx", "ics", "todo"]
    with told(Service(binaries).start()) as s:
        known = s.json("show", "59/157:9")["last_update"]["recorded_at"]
        first = {form: report(s, form, lang="fr", known_at=known) for form in forms}
        # Times of creation have whole seconds, those in a ZIP two of them.
        time.sleep(2.1)
        s.run("update", "59/157:9", "--note", "later")
        for form in forms:
            equal(report(s, form, lang="fr", known_at=known) == first[form], True, f"{form} made again")
