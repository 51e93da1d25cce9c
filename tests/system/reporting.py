"""The way to a report: milestones, the document, the forecast, the calendar in its formats."""
import csv
import io
import json
import xml.etree.ElementTree

from support import Service, contains, equal

WHEN = {"2005-10-07": ["2005-04-08", "2005-07-01", "2005-07-15", "2005-07-29", "2005-08-26", "2005-10-07"],
        "2005-09-13": ["2005-03-15", "2005-06-07", "2005-06-21", "2005-07-05", "2005-08-02", "2005-09-13"]}
STEPS = ["forecast", "forecast_confirmed", "clearance", "slot", "issuance", "consideration"]


def steps(shown):
    return [m["on"] for m in shown["milestones"] if m["name"] in STEPS]


def test_the_dates_of_paragraph_nine_count_back_from_its_consideration(binaries):
    with Service(binaries).start() as s:
        s.founding()
        equal(steps(s.json("show", "59/157:9")), WHEN["2005-09-13"], "from the opening")
        s.run("milestone", "59/157:9", "consideration", "--on", "2005-10-07", "--reason", "programme of work")
        equal(steps(s.json("show", "59/157:9")), WHEN["2005-10-07"], "from the consideration")
        contains(s.run("show", "59/157:9", "--why", "--width", "200"), "10 weeks before the item is taken up on 7 October 2005", "why")
        s.run("milestone", "59/157:9", "consideration", "--on", "none")
        equal(steps(s.json("show", "59/157:9")), WHEN["2005-09-13"], "from the opening again")
        contains(s.run("milestone", "59/157:9", "slot", "--done", "2005-07-29"), "2005-07-29 late", "a slot that was missed")
        contains(s.run("milestone", "59/157:6", "slot", "--done", "2005-07-29", code=1), "has no milestones", "a contribution")
        contains(s.run("milestone", "59/157:9", "slot", "--done", "2005-02-30", code=14), "February 2005 has 28 days", "no such day")


def test_a_document_answers_what_it_covers(binaries):
    with Service(binaries).start() as s:
        s.founding()
        s.run("report-document", "A/60/131", "--answers", "59/157:9", "--on", "2005-08-26", "--late-reason", "late data", "--dry-run")
        equal(s.json("show", "59/157:9")["status"], "not_started", "after a dry run")
        s.run("report-document", "A/60/131", "--answers", "59/157:9", "--on", "2005-08-26", "--late-reason", "late data")
        shown = s.json("show", "59/157:9")
        equal((shown["status"], shown["document"], shown["late_reason"]), ("implemented", "A/60/131", "late data"), "answered")
        contains(s.run("report-document", "A/60/131"), "A/RES/59/157:9", "what it answers")
        contains(s.run("report-document", "A/60/999", code=3), "no obligation is answered by", "an unknown document")
        equal(s.json("audit", "verify")["whole"], True, "the record")


def test_the_forecast_has_what_documents_management_asks_for(binaries):
    with Service(binaries).start() as s:
        s.founding()
        s.run("milestone", "59/157:9", "forecast_confirmed", "--words", "7000")
        rows = list(csv.DictReader(io.StringIO(s.run("forecast", "--from", "2005-07-10", "--until", "2006-01-08", "--format", "csv"))))
        equal(len(rows), 1, "reports of the season")
        row = rows[0]
        contains(row["title"], "report on the work", "the vehicle")
        equal((row["mandate"], row["words"], row["submission_on"], row["issuance_on"], row["considered_on"]),
              ("A/RES/59/157, para. 9", "7000", "2005-07-05", "2005-08-02", "2005-09-13"), "the record")


def test_the_calendar_in_its_formats(binaries):
    with Service(binaries).start() as s:
        s.founding()
        year = s.run("calendar", "--year", "2005")
        contains(year, "July 2005\n  2005-07-05  slot (missed)", "text")
        equal([r["event"] for r in json.loads(s.run("calendar", "--month", "2005-09", "--format", "json"))["rows"]], ["consideration"], "a month")
        html = s.run("calendar", "--year", "2005", "--format", "html")
        equal(len(xml.etree.ElementTree.fromstring(html.split("\n", 1)[1]).findall(".//{*}tbody/{*}tr")), 7, "rows in HTML")
        ics = s.run("calendar", "--year", "2005", "--format", "ics")
        equal(ics.count("BEGIN:VEVENT"), 7, "events")
        contains(ics, "DTSTART;VALUE=DATE:20050705", "an all-day event")
        contains(ics, "UID:A/RES/59/157:9/slot@mandate", "a stable name")
        equal(max(len(line.encode()) for line in ics.split("\n")) <= 76, True, "folded lines")
        before = ics[ics.index("UID:A/RES/59/157:9/slot@mandate"):]
        s.run("milestone", "59/157:9", "consideration", "--on", "2005-10-07")
        text = " ".join(s.run("report", "status", "59/157:9").split())
        text = text[text.index("Milestones"):]
        equal((text.count("weeks before the item is taken up on 7 October 2005"), text.count("weeks before that day")), (1, 4), "said once, and referred to")
        after = s.run("calendar", "--year", "2005", "--format", "ics")
        after = after[after.index("UID:A/RES/59/157:9/slot@mandate"):]
        contains(after, "DTSTART;VALUE=DATE:20050729", "moved")
        equal(int(after.split("SEQUENCE:")[1].split()[0]) > int(before.split("SEQUENCE:")[1].split()[0]), True, "its sequence grew")
        narrow = s.run("calendar", "--year", "2005", "--width", "60")
        equal(max(map(len, narrow.splitlines())) <= 60 and narrow.split() == s.run("calendar", "--year", "2005").split(), True, "folded between words")
        s.run("update", "59/157:9", "--status", "implemented", "--evidence", "A/60/131", "--on", "2005-10-07")
        answered = s.run("calendar", "--year", "2005")
        contains(answered, "2005-10-07  deadline (done)", "the day on which it was answered")
        equal("2005-12-31" in answered.split("\n", 1)[1], False, "and not the last day on which it could have been")
        feed = s.request("GET", "/v1/reports/status?format=ics&filter=59/157:9")[1].decode()
        equal([line for line in feed.replace("\r\n ", "").splitlines() if line.startswith("SUMMARY") or "DTSTART" in line],
              ["DTSTART;VALUE=DATE:20051007", "SUMMARY:deadline (done): A/RES/59/157:9"], "steps that nobody recorded were not done")
        contains(s.run("calendar", "--month", "2005-13", code=2), "--month takes YYYY-MM", "no such month")
