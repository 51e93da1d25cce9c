"""From the text to the report, and what an auditor asks afterwards."""
from support import SAMPLE, Service, contains, equal


def paragraph_nine(report):
    return next(o for p in report["parts"] for g in p["groups"] for o in g["rows"] if o["paragraph"] == "9")


def test_the_founding_document_from_text_to_report(binaries):
    with Service(binaries).start() as s:
        s.founding()
        rows = {o["reference"]: o for o in s.json("list")}
        wanted = {"E/RES/2004/23:0": ("adoption", "GA"), "A/RES/59/157:3": ("dissemination", "UNODC"),
                  "A/RES/59/157:4": ("ratification", "STATES"), "A/RES/59/157:5": ("cooperation", "STATES"),
                  "A/RES/59/157:6": ("contribution", "MEMBER_STATES"), "A/RES/59/157:7": ("resources", "SG"),
                  "A/RES/59/157:8": ("assistance", "UNODC"), "A/RES/59/157:9": ("reporting", "SG")}
        equal({r: (o["kind"], o["addressees"][0]["code"]) for r, o in rows.items()}, wanted, "obligations")
        equal(rows["A/RES/59/157:9"]["due_on"], "2005-09-13", "the sixtieth session opens")
        equal(rows["A/RES/59/157:8"]["conditions"], ["upon request"], "the condition of paragraph 8")
        contains(s.run("show", "59/157:4"), 'qualified by  "to consider"', "a weaker request, as it is shown")
        contains(" ".join(s.run("read", SAMPLE).split()), 'qualified by "upon request"', "and read")
        s.run("update", "2004/23:9", "--status", "implemented", "--evidence", "A/60/131", "--on", "2005-10-07")
        then = paragraph_nine(s.json("report", "--as-of", "2005-06-30"))
        equal((then["status"], then["timeliness"]), ("not_started", "due_soon"), "as of 30 June 2005")
        equal(paragraph_nine(s.json("report"))["status"], "implemented", "as of today")
        log = s.json("log", "59/157:9")["rows"]
        equal([u["kind"] for u in log], ["created", "adopted", "status"], "the record")
        equal(log[-1]["evidence"], ["A/60/131"], "the evidence")
        contains(s.run("audit", "verify"), "The record is whole", "audit")


def test_doing_it_again_changes_nothing(binaries):
    with Service(binaries).start() as s:
        s.founding()
        before = s.updates()
        s.founding()
        first = s.run("update", "59/157:8", "--note", "once", key="the-same-key")
        equal(s.run("update", "59/157:8", "--note", "once", key="the-same-key"), first, "a repeated key")
        equal(s.updates(), before + 1, "updates")
        contains(s.run("update", "59/157:8", "--note", "else", key="the-same-key", code=4), "another request", "a reused key")


def test_a_report_made_again_is_the_same_to_the_byte(binaries):
    with Service(binaries).start() as s:
        s.founding()
        known = s.sql("select to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        for form in ("text", "markdown", "csv", "json", "jsonl", "html"):
            words = ("report", "--as-of", "2005-06-30", "--known-at", known, "--format", form)
            first = s.run(*words)
            s.run("update", "59/157:8", "--note", f"after {form}")
            equal(s.run(*words), first, form)


def test_the_record_cannot_be_edited_unseen(binaries):
    with Service(binaries).start() as s:
        s.founding()
        s.run("update", "59/157:9", "--status", "implemented", "--evidence", "A/60/131", "--on", "2005-10-07")
        refused = s.sql("set role mandate_owner; update mandate.update set note = 'x' where n = 3", check=False)
        contains(refused.stderr, "an update is never changed", "the owner's UPDATE")
        s.sql("alter table mandate.update disable trigger user; update mandate.update set evidence = '[\"A/60/1\"]' where n = 3; "
              "alter table mandate.update enable trigger user")
        named = s.run("audit", "verify", code=None)
        equal(named.returncode, 1, "audit verify's exit code")
        contains(named.stdout, "A/RES/59/157:9  entry 3  altered", "the row that was altered")


def test_the_words_of_a_filter_work_everywhere(binaries):
    with Service(binaries).start() as s:
        s.founding()
        equal(s.run("list", "addressee:SG", "due:<2005-12-31", "--format", "refs"), "A/RES/59/157:9\n", "a filter")
        equal(s.run("list", "kind:reporting or kind:ratification -force:urging", "--format", "refs"),
              "A/RES/59/157:9\n", "or binds weaker than what stands together")
        equal(s.run("search", "legislative guides", "--format", "refs"), "A/RES/59/157:3\n", "words")
        contains(s.run("update", "addressee:SG", "--note", "x", code=1), "add --yes", "several without --yes")
        before = s.updates()
        s.run("update", "addressee:SG", "--note", "x", "--dry-run")
        equal(s.updates(), before, "a dry run")
        s.run("update", "-", "--note", "from a pipe", "--yes", input=s.run("list", "addressee:SG", "--format", "refs"))
        equal(s.updates(), before + 2, "references from a pipe")
        contains(s.run("list", "nonsense:1", code=2), "there are: ref symbol", "an unknown field names the fields")


def test_a_text_is_read_without_a_daemon(binaries):
    s = Service(binaries)
    reading = s.json("read", SAMPLE)
    equal(reading["resolution"]["symbol"], "E/RES/2004/23", "symbol")
    operative = [p for p in reading["paragraphs"] if p["part"] == "operative"]
    equal([p["label"] for p in operative], ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], "paragraphs")
    equal({p["speaker"] for p in operative[1:]}, {"GA"}, "who speaks inside the draft")
    contains(operative[2]["text"], "of the Protocol to Prevent", "paragraph 2 goes on after the footnote")
    s.place.rmdir()
