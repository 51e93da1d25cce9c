"""Reports: every one in every format, the same figures in each, streamed, and broken off so that it shows."""
import csv
import html.parser
import http.client
import io
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import xml.etree.ElementTree

from support import TOP, Failure, Service, UnixHTTP, contains, equal, wait_for

OF_OBLIGATIONS = ["status", "matrix", "due", "overdue", "slots", "changes"]
FORMATS = ["text", "markdown", "csv", "json", "jsonl", "html"]


def strict_csv(text):
    """RFC 4180: CRLF, every record as many fields as the first; the rows as dictionaries."""
    equal(text.count("\r\n") >= 2 and "\n" not in re.sub(r'"(?:[^"]|"")*"', "", text).replace("\r\n", ""), True, "lines end with CRLF")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    equal({len(r) for r in rows}, {len(rows[0])}, "fields of each record")
    return [dict(zip(rows[0], r)) for r in rows[1:]]


class Outline(html.parser.HTMLParser):
    """The levels of the headings in their order, and what a table or picture lacks."""

    def __init__(self):
        super().__init__()
        self.levels, self.faults, self.open = [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "th" and "scope" not in given:
            self.faults.append("a header without scope")
        if tag == "svg" and (given.get("role") != "img" or "aria-labelledby" not in given):
            self.faults.append("a picture without words")
        if tag == "svg" and given.get("direction") != "ltr":
            self.faults.append("a picture that a page from right to left turns")
        if given.get("class") == "scroll" and (given.get("tabindex") != "0" or not given.get("role") or not given.get("aria-label")):
            self.faults.append("what scrolls by the mouse alone")
        if tag == "html" and not given.get("lang"):
            self.faults.append("a page without language")
        if tag == "table":
            self.open.append(False)
        if tag == "caption":
            self.open[-1] = True

    def handle_endtag(self, tag):
        if tag == "table" and not self.open.pop():
            self.faults.append("a table without caption")


def accessible(page):
    outline = Outline()
    outline.feed(page)
    steps = [b - a for a, b in zip(outline.levels, outline.levels[1:])]
    equal(outline.levels[0], 1, "the first heading")
    equal([s for s in steps if s > 1], [], "headings that leave a level out")
    equal(outline.faults, [], "faults")


def written(s, *words):
    """What --output writes, line ends and all."""
    path = s.place / "written"
    s.run(*words, "--output", path, "--quiet")
    return path.read_bytes().decode()


def lively(s):
    s.founding()
    s.run("unit", "add", "DTA", "--name", "Treaty Affairs")
    s.run("officer", "add", "anna", "--name", "Anna Officer", "--unit", "DTA")
    s.run("assign", "59/157:9", "anna", "--unit", "DTA")
    s.run("milestone", "59/157:9", "slot", "--done", "2005-07-29")
    s.run("update", "59/157:8", "--status", "in_progress", "--note", "=HYPERLINK(\"x\"), \"quoted\"\nand <b>bold</b> | & more", "--on", "2005-06-01")
    return s


def test_every_report_has_the_same_rows_in_every_format(binaries):
    with Service(binaries).start() as s:
        lively(s)
        equal([r["name"] for r in s.json("report", "list")["rows"]], OF_OBLIGATIONS + ["diff", "ratification", "contributions", "dossier"], "the reports")
        s.run("treaty", "action", "FIREARMS", "Peru", "ratification", "--on", "2003-09-23")
        s.run("treaty", "action", "FIREARMS", "France", "signature", "--on", "2002-09-23")
        s.run("contribution", "pledge", "UNCPCJF", "France", "1000", "USD", "--on", "2005-03-01")
        s.run("contribution", "receive", "UNCPCJF", "France", "250.50", "USD", "--on", "2005-04-01", "--pledge", "1")
        commands = [["report", n] for n in OF_OBLIGATIONS] + [["diff", "2005-01-01", "2005-12-31"], ["report", "ratification", "FIREARMS"],
                    ["report", "contributions", "UNCPCJF"], ["report", "contributions"], ["report", "dossier", "59/157:9"],
                    ["report", "ratification", "FIREARMS", "group:GRULAC", "--group", "group"], ["report", "contributions", "year:2005", "--group", "donor", "--sort", "received"]]
        for words in commands:
            made = {f: written(s, *words, "--format", f) for f in FORMATS}
            lines = [json.loads(line) for line in made["jsonl"].splitlines()]
            rows = [line["row"] for line in lines if "row" in line]
            document = json.loads(made["json"])
            name = " ".join(words)
            equal(lines[-1], {"end": {"rows": len(rows)}}, f"{name}: the end")
            equal([r for p in document["parts"] for g in p["groups"] for r in g["rows"]], rows, f"{name}: rows of JSON")
            equal(document["rows"], len(rows), f"{name}: their number")
            table = strict_csv(made["csv"])
            equal(table[-1]["part"], "end", f"{name}: the last line of CSV")
            cells = [r for r in table[:-1] if r["part"] != "obligations" or r.get("reference") or "reference" not in r]
            equal(len(cells), len(rows), f"{name}: rows of CSV")
            equal({k for r in rows for k in r} - set(table[0]), set(), f"{name}: columns that CSV lacks")
            xml.etree.ElementTree.fromstring(made["html"].split("\n", 1)[1])
            accessible(made["html"])
            for f in ("text", "markdown", "html"):
                contains(made[f], "End of the report", f"{name}: the end of {f}")
                contains(made[f].replace("\\", ""), lines[0]["head"], f"{name}: the origin in {f}")


def test_what_reports_say(binaries):
    with Service(binaries).start() as s:
        lively(s)
        table = strict_csv(written(s, "report", "--format", "csv"))
        note = next(r["note"] for r in table if r["reference"] == "A/RES/59/157:8")
        equal(note, "'=HYPERLINK(\"x\"), \"quoted\"\nand <b>bold</b> | & more", "a formula is a text")
        contains(s.run("report", "overdue", "--as-of", "2006-03-01"), "Overdue for: 31-90 days", "ageing")
        slots = s.json("report", "slots")
        equal(slots["parts"][0]["groups"][0]["rows"][0], {"unit": "DTA", "slots": 1, "slots_due": 1, "slots_late": {"n": 1, "of": 1},
              "slots_on_time": {"n": 0, "of": 1}, "slots_outstanding": 0}, "slots by unit")
        matrix = s.json("report", "matrix", "--group", "owner")
        equal([g["heading"]["value"] for p in matrix["parts"] for g in p["groups"]], [{"login": "anna", "name": "Anna Officer"}, None], "by owner")
        differs = [r for p in s.json("diff", "2005-05-31", "2005-06-30")["parts"] for g in p["groups"] for r in g["rows"]]
        equal([(r["reference"], r["what"], r["before"]["word"], r["after"]["word"]) for r in differs],
              [("A/RES/59/157:8", "status", "continuing", "in_progress"), ("A/RES/59/157:9", "timeliness", "on_track", "due_soon")], "what is otherwise")
        contains(s.run("report", "gossip", code=3), "there are: status, matrix, due", "an unknown report")
        contains(s.run("report", "due", "--group", "colour", code=2), "it can be by: month, owner", "an unknown group")
        contains(s.run("report", "ratification", code=2), "is of one treaty", "no treaty named")
        treaty = s.run("report", "ratification", "FIREARMS", "group:LDC")
        contains(treaty, "Status of a treaty: FIREARMS", "the treaty stands in the title")
        contains(treaty, "group:LDC", "and the filter below it")
        equal("every obligation" in s.run("report", "contributions"), False, "no obligations are meant there")
        contains(s.run("report", "--format", "json", "--lang", "tlh", code=2), "reports are written in", "an unknown language")
        equal(s.run("report", "diff", "2005-01-01", "2005-12-31", "--format", "csv").count("2005-12-31"),
              s.run("diff", "2005-01-01", "2005-12-31", "--format", "csv").count("2005-12-31"), "a diff by the name of the report")
        contains(s.run("diff", "2005-13-01", "2005-06-30", code=14), "2005-13-01", "no such day")
        equal(s.request("GET", "/v1/reports/status?format=papyrus")[0], 422, "an unknown format")


def test_what_was_known_is_told_again_to_the_letter(binaries):
    """Whatever has happened since: an adoption, other names, a unit moved, another text, a State that joined."""
    sample = TOP / "config/data/samples/E-RES-2004-23.txt"
    with Service(binaries).start() as s:
        s.run("import", sample, "--confirm")
        s.run("officer", "add", "anna", "--name", "Anna Officer", "--role", "officer")
        s.run("unit", "add", "DTA", "--name", "Division")
        s.run("unit", "add", "TOC", "--name", "Branch", "--parent", "DTA")
        s.run("assign", "2004/23:9", "anna", "--unit", "TOC")
        s.run("update", "2004/23:9", "--status", "in_progress", "--note", "begun", "--on", "2005-01-05")
        asked = [(*words, "--format", form) for form in ("jsonl", "html") for words in (("status", "--as-of", "2005-06-30"), ("status", "unit:DTA"), ("matrix", "unit:DTA", "--group", "owner"),
                 ("due", "--as-of", "2005-06-30"), ("changes", "--since", "2004-01-01"), ("ratification", "FIREARMS"), ("contributions",), ("dossier", "2004/23:9"))]
        known = json.loads(s.run("report", "--format", "jsonl").splitlines()[0])["known_at"]
        first = {words: s.run("report", *words, "--known-at", known) for words in asked}

        s.run("resolution", "adopt", "E/RES/2004/23", "--as", "A/RES/59/157", "--on", "2004-12-20")
        s.run("officer", "edit", "anna", "--name", "Anna Married")
        s.run("unit", "add", "OTHER", "--name", "Another division")
        s.run("unit", "edit", "TOC", "--parent", "OTHER")
        s.run("update", "59/157:9", "--status", "implemented", "--evidence", "A/60/131", "--on", "2005-06-01")
        s.run("treaty", "action", "FIREARMS", "Peru", "ratification", "--on", "2003-09-23")
        s.run("contribution", "pledge", "UNCPCJF", "France", "1000", "USD", "--on", "2005-03-01")
        other = s.place / "other.txt"
        other.write_text(sample.read_text().replace("Takes note with appreciation of the report", "Takes careful note of the report"))
        s.run("import", other, "--symbol", "E/RES/2004/23", "--replace")
        for words in asked:
            equal(s.run("report", *words, "--known-at", known), first[words], f"mandate report {' '.join(words)} as it was")
        for text in ("Anna Married", "A/RES/59/157"):
            contains(s.run("report", "status", "--format", "jsonl"), text, "while today's says what is so today")


def many(s, count):
    s.sql((TOP / "tests/bench/many.sql").read_text().replace(":many", str(count)))


def begun(s, path):
    """A connection on which a report has begun to come."""
    connection = UnixHTTP(s.socket)
    connection.request("GET", path)
    answer = connection.getresponse()
    equal(answer.status, 200, "status")
    answer.read(20000)
    return connection, answer


def test_a_report_that_breaks_off_shows_it(binaries):
    with Service(binaries).start() as s:
        many(s, 1000)
        whole = s.run("report", "status", "--format", "jsonl")
        equal(json.loads(whole.splitlines()[-1]), {"end": {"rows": 1000}}, "the whole")
        equal([json.loads(line)["heading"]["value"] for line in whole.splitlines() if line.startswith('{"heading"') and '"of": "resolution"' in line],
              s.sql("select string_agg(symbol, ' ' order by adopted_on, symbol collate \"C\") from mandate.resolution").split(), "every resolution once")
        gone, _ = begun(s, "/v1/reports/status?format=jsonl")
        gone.close()
        connection, answer = begun(s, "/v1/reports/status?format=html")
        for pid in s.sql("select pid from pg_stat_activity where usename = 'mandate_service'").split():
            s.sql(f"select pg_terminate_backend({pid})")
        last = answer.read()  # a lost connection is mended: reads are asked again
        contains(last.decode()[-300:], "End of the report: 1,000 rows", "the rest after lost connections")
        connection, answer = begun(s, "/v1/reports/status?format=html")
        s.sql("revoke execute on function api.report_page from mandate_service")
        try:
            answer.read()
            raise Failure("half a report was taken for a whole one")
        except http.client.IncompleteRead:
            pass
        equal(s.request("GET", "/v1/version")[0], 200, "the service after it")
        path = s.place / "half"
        s.sql("grant execute on function api.report_page to mandate_service")
        process = subprocess.Popen([s.binaries / "mandate", "report", "--format", "jsonl"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={"MANDATE_SOCKET": s.socket, "PATH": "/usr/bin:/bin"})
        process.stdout.read(20000)
        s.sql("revoke execute on function api.report_page from mandate_service")
        process.stdout.read()
        contains(process.stderr.read().decode(), "broke off after", "what the command says")
        equal(process.wait(timeout=60), 69, "its exit code")
        s.run("report", "--output", path, code=None)
        equal((path.exists(), list(s.place.glob("half*"))), (False, []), "no half file is left")


def test_other_requests_are_answered_while_a_slow_client_reads(binaries):
    with Service(binaries).start() as s:
        many(s, 1000)
        connections = [begun(s, "/v1/reports/status?format=jsonl") for _ in range(3)]
        equal(s.request("GET", "/v1/version")[0], 200, "another request")
        s.run("show", s.run("list", "--format", "refs").split()[0])
        for connection, answer in connections:
            contains(answer.read()[-40:].decode(), '"rows": 1000}', "the end")
            connection.close()
        wait_for(lambda: s.health() == 200, "health")


def test_a_worker_renders_what_needs_the_cpu(binaries):
    with Service(binaries).start() as s:
        s.founding()
        for form, begins in (("xlsx", b"PK\x03\x04"), ("pdf", b"%PDF-")):
            status, document, headers = s.request("GET", f"/v1/reports/status?as_of=2005-06-30&format={form}")
            equal((status, document[:len(begins)]), (200, begins), form)
        lines = s.request("GET", "/v1/reports/status?as_of=2005-06-30&format=jsonl")[1]
        for form in ("csv", "html"):  # any format can be rendered by the program alone
            done = subprocess.run([s.binaries / "mandated", "--render", form], input=lines, capture_output=True, timeout=60)
            equal(done.returncode, 0, f"--render {form}: {done.stderr}")
            document = json.loads(lines.splitlines()[0])
            contains(done.stdout.decode(), document["head"], f"--render {form}")
        done = subprocess.run([s.binaries / "mandated", "--render", "csv"], input=lines[:len(lines) // 2], capture_output=True, timeout=60)
        equal((done.returncode, b"bad" in done.stderr or b"JSON" in done.stderr or b"cut off" in done.stderr), (1, True), "half of the records")


def test_a_worker_that_dies_fails_its_report_alone(binaries):
    with Service(binaries).start() as s:
        many(s, 1000)
        connection = UnixHTTP(s.socket)
        connection.request("GET", "/v1/reports/status?format=pdf")
        os.kill(wait_for(lambda: workers(s), "a worker")[0], signal.SIGKILL)
        equal(connection.getresponse().status, 500, "the report")
        equal(s.request("GET", "/v1/reports/matrix?format=xlsx")[0], 200, "another")
        wait_for(lambda: not workers(s), "no worker is left")


def workers(s):
    """The processes that the daemon's children are, but for PostgreSQL."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rsplit(")", 1)[1].split()[1]) == s.process.pid and b"--render" in (stat.parent / "cmdline").read_bytes():
                found.append(int(stat.parent.name))
        except (OSError, IndexError):
            pass
    return found


def test_feeds_open_with_a_token_of_their_own(binaries):
    port = socket.create_server(("127.0.0.1", 0)).getsockname()[1]
    with Service(binaries, config=f'listen = "127.0.0.1:{port}";\n').start() as s:
        s.founding()
        feed = s.run("token", "add", "root" if os.getuid() == 0 else s.json("officer", "list")["rows"][0]["login"], "--feed").strip()
        contains(s.run("token", "list"), "feed", "the label that a token of feeds has by itself")
        contains(s.run("token", "add", "root", code=2), "a token needs --label TEXT", "one that says not what it is for")
        plain = s.run("token", "add", s.json("officer", "list")["rows"][-1]["login"], "--label", "laptop").strip()

        def get(path, **headers):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        status, calendar = get(f"/v1/deadlines.ics?token={feed}")
        equal((status, calendar[:15]), (200, "BEGIN:VCALENDAR"), "the calendar")
        contains(calendar, "A/RES/59/157:9", "its event")
        status, atom = get(f"/v1/changes.atom?token={feed}&since=2000-01-01")
        equal(status, 200, "the feed")
        entries = xml.etree.ElementTree.fromstring(atom.split("\n", 1)[1]).findall("{*}entry")
        equal(len(entries), s.updates(), "entries")
        equal(len({e.find("{*}id").text for e in entries}), len(entries), "each has a name of its own")
        equal(get(f"/v1/changes.atom?token={plain}")[0], 401, "a token for everything does not stand in an address")
        equal(get("/v1/obligations", Authorization=f"Bearer {feed}")[0], 401, "a feed's token opens nothing else")
        equal(get("/v1/changes.atom")[0], 401, "no token")
        equal(feed in s.log.read_text(), False, "the secret in the log")
        ids = [t["id"] for t in s.json("token", "list")["rows"] if t["feed"]]
        s.run("token", "revoke", ids[0])
        equal(get(f"/v1/changes.atom?token={feed}")[0], 401, "revoked")


def test_stopping_does_not_wait_for_a_client_that_does_not_read(binaries):
    with Service(binaries, config="request_seconds = 3;\n").start() as s:
        many(s, 1000)
        connection, answer = begun(s, "/v1/reports/status?format=jsonl")
        equal(s.stop(), 0, "the exit code")
        try:
            answer.read()
            raise Failure("half a report was taken for a whole one")
        except (http.client.IncompleteRead, ConnectionResetError):
            pass
