"""An office brings its spreadsheet, and later the texts."""
import random

from support import SAMPLE, Service, contains, equal

HEADER = "Resolution,Para,What is asked,Who,By when,Responsible,Where it stands,Remarks\n"
MAP = ("Resolution=symbol,para=paragraph,What is asked=text,Who=addressee,By when=due_on,Responsible=owner,"
       "Where it stands=status,Remarks=note,Sent to Geneva=in_progress")


def write(s, name, text):
    path = s.place / name
    path.write_text(text, encoding="utf-8")
    return path


def office(s):
    s.run("officer", "add", "anna", "--name", "Anna Officer", "--mail", "anna@example.org")
    return write(s, "tracker.csv", HEADER +
                 'A/RES/59/157,9,"Requests the Secretary-General to report, at its sixtieth session",SG,2005-09-13,Anna Officer,Sent to Geneva,drafting\n'
                 '\n'
                 'A/RES/59/157,OP 4,Urges all States to consider ratifying,all States,,anna,,\n'
                 'A/RES/58/4,2,"Invites the Office\nto help",,,,COMPLETED,done\n')


def test_a_spreadsheet_comes_in_with_names_of_its_own(binaries):
    with Service(binaries).start() as s:
        path = office(s)
        contains(s.run("obligation", "import", path, code=2), 'leave it out with --map "Resolution=-"', "without a map")
        contains(s.run("obligation", "import", path, "--map", MAP, "--dry-run"), "3 rows: 3 new obligations, 0 here already; nothing was changed", "a dry run")
        equal(s.run("list", "--format", "refs"), "", "after the dry run")
        contains(s.run("obligation", "import", path, "--map", MAP), "2 resolutions are here only by the rows' text", "the import")
        rows = {o["reference"]: (o["status"], o["owner"] and o["owner"]["login"], o["due_on"]) for o in s.json("list")}
        equal(rows, {"A/RES/59/157:9": ("in_progress", "anna", "2005-09-13"), "A/RES/59/157:4": ("not_started", "anna", None),
                     "A/RES/58/4:2": ("implemented", None, None)}, "the obligations")
        contains(s.run("log", "58/4:2"), "from tracker.csv, line 5", "file and line, counted over empty lines")
        before = s.updates()
        contains(s.run("obligation", "import", path, "--map", MAP), "0 new obligations, 3 here already.", "once more")
        equal(s.updates(), before, "updates after the second time")
        changed = write(s, "tracker.csv", path.read_text().replace("Sent to Geneva,drafting", "done,A/60/131 is out"))
        contains(s.run("obligation", "import", changed, "--map", MAP), "says something else about 1", "the file has news")
        contains(s.run("obligation", "import", changed, "--map", MAP, "--update"), "1 of them updated", "with --update")
        equal((s.json("show", "59/157:9")["status"], s.updates()), ("implemented", before + 1), "the news")
        contains(s.run("audit", "verify"), "The record is whole", "audit")


def test_every_fault_is_named_and_nothing_is_written(binaries):
    with Service(binaries).start() as s:
        path = write(s, "bad.csv", "reference,text,due_on,owner,status\nA/RES/1/1:1,x,2005-02-30,nobody,\nA/RES/1/1:2,y,,,\nfoo,z,,,odd\n")
        said = s.run("obligation", "import", path, "--faults", s.place / "faults.csv", code=2)
        for part in (f"{path}:2: due_on: \"2005-02-30\" is not a date", f"{path}:2: owner: \"nobody\"", f"{path}:4: reference: ",
                     f"{path}:4: status: \"odd\" is not one of", "2 of 3 rows are wrong; nothing was changed"):
            contains(said, part, "the faults")
        equal(s.run("list", "--format", "refs"), "", "what was written")
        mended = (s.place / "faults.csv").read_text().replace("2005-02-30", "2005-02-28").replace("nobody", "").replace(
            '"foo"', '"A/RES/1/1:3"').replace('"odd"', '"closed"')
        contains(s.run("obligation", "import", write(s, "mended.csv", mended), code=2), "closed needs evidence or a note", "mended, but for one")
        contains(s.run("obligation", "import", path, "--map", "Para=paragraph", code=2), 'no column "Para", which --map names', "a map for another file")


def test_the_text_joins_the_rows_that_came_before(binaries):
    with Service(binaries).start() as s:
        s.run("officer", "add", "anna", "--name", "Anna Officer")
        s.run("obligation", "import", write(s, "old.csv",
              "reference,text,owner,status,note,due_on,kind\n"
              "E/RES/2004/23:9,Requests the Secretary-General to report,anna,in progress,drafting,,\n"
              "E/RES/2004/23:8,Requests UNODC to continue to assist,anna,continuing,,,assistance\n"
              "E/RES/2004/23:3.1,asks for guides,anna,,,2005-06-30,\n"
              "E/RES/2004/23:3.2,asks to disseminate them,,,,,dissemination\n"))
        contains(s.run("import", SAMPLE, code=4), "--replace", "without --replace")
        s.run("import", SAMPLE, "--replace", "--confirm")
        s.run("resolution", "adopt", "E/RES/2004/23", "--as", "A/RES/59/157", "--on", "2004-12-20")
        rows = {o["reference"]: o for o in s.json("list")}
        equal(sorted(rows), ["A/RES/59/157:3.1", "A/RES/59/157:3.2"] + [f"A/RES/59/157:{n}" for n in range(4, 10)] + ["E/RES/2004/23:0"],
              "nothing is lost and nothing twice")
        nine = s.json("show", "59/157:9")
        equal((nine["status"], nine["owner"]["login"], nine["due_on"], nine["kind"]), ("in_progress", "anna", "2005-09-13", "reporting"), "paragraph 9")
        contains(nine["text"], "in his report on the work", "the whole text")
        equal(rows["A/RES/59/157:3.1"]["due_on"], "2005-06-30", "a date that the row gave stands")
        equal([u["kind"] for u in s.json("log", "59/157:9")["rows"]], ["created", "status", "edit", "adopted"], "one record")
        contains(s.run("report", "--format", "markdown"), "drafting", "the report")
        contains(s.run("audit", "verify"), "The record is whole", "audit")


def test_many_rows_are_one_statement_and_all_come_in(binaries):
    with Service(binaries).start() as s:
        s.run("officer", "add", "anna", "--name", "Anna Officer")
        words = random.Random(1).choices("the Secretary-General to report on the implementation of the present resolution".split(), k=4000)
        lines = ["reference,text,addressee,due_on,owner,status,note,title,adopted_on"]
        lines += [f"A/RES/{40 + n // 200}/{n // 10 % 20 + 1}:{n % 10 + 1},Requests {' '.join(words[n % 3900:n % 3900 + 40])},"
                  f"SG; Member States,2030-01-{n % 28 + 1:02},anna,{'in progress' if n % 2 else ''},{'begun' if n % 2 else ''},Title,2004-12-20"
                  for n in range(2000)]
        path = write(s, "many.csv", "\n".join(lines) + "\n")
        contains(s.run("obligation", "import", path), "2000 rows: 2000 new obligations", "the import")
        contains(s.run("obligation", "import", path), "2000 here already.", "again")
        contains(s.run("audit", "verify"), "3000 updates of 2000 obligations", "audit")
