"""Ratification: files of actions, entry into force to the day, the live set that paragraph 4 shows."""
import csv
import datetime
import io

from support import Service, contains, equal

# The day of the fortieth deposit, and the day of entry into force that follows from it.
REAL = {"UNTOC": ("2003-07-01", "2003-09-29"), "TIP": ("2003-09-26", "2003-12-25"),
        "SOM": ("2003-10-30", "2004-01-28"), "FIREARMS": ("2005-04-04", "2005-07-03")}


def file_of(rows, columns=("treaty", "participant", "action", "date")):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def before(day, days):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days)).isoformat()


def test_forty_states_bring_each_treaty_into_force_on_its_day(binaries):
    with Service(binaries).start() as s:
        s.founding()
        names = [r["alpha3"] for r in s.json("state", "list", "--as-of", "2001-01-01")["rows"]][:40]
        rows = [(code, name, "accession", before(day, 39 - i)) for code, (day, _) in REAL.items() for i, name in enumerate(names)]
        path = s.place / "actions.csv"
        path.write_text(file_of(rows))
        contains(s.run("treaty", "import", path, "--dry-run"), "nothing was changed", "a dry run")
        equal(s.json("treaty", "status", "UNTOC")["parties"], 0, "after it")
        contains(s.run("treaty", "import", path), "160 rows: 160 recorded", "the file")
        contains(s.run("treaty", "import", path), "0 recorded, 160 were here already", "again")
        for code, (day, force) in REAL.items():
            equal(s.json("treaty", "status", code)["in_force_on"], force, code)
            then = s.json("treaty", "status", code, "--as-of", before(day, 1))
            equal((then["parties"], then["lacking"], then["in_force_on"]), (39, 1, None), f"{code} the day before")
        ratification = next(o["reference"] for o in s.json("list", "kind:ratification"))
        equal(ratification, "A/RES/59/157:4", "the obligation")
        shown = s.json("show", ratification, "--as-of", "2005-03-08")["treaty"]
        equal((shown["code"], shown["parties"], len(shown["missing"]) + shown["parties"]), ("FIREARMS", 13, shown["members"]), "the live set in March 2005")
        contains(s.run("show", ratification, "--width", "200"), "FIREARMS: 40 parties", "today")
        contains(s.run("treaty", "status", "FIREARMS", "--format", "csv"), '"accession"', "as CSV")
        equal(s.json("audit", "verify")["whole"], True, "the record")


def test_a_bad_row_leaves_nothing_and_is_given_back(binaries):
    with Service(binaries).start() as s:
        names = [r["alpha3"] for r in s.json("state", "list", "--as-of", "1990-01-01")["rows"]]
        rows = [("UNTOC", name, "signature", "2001-01-01") for name in names[:50]]
        rows[25] = ("UNTOC", "Perru", "signature", "2001-01-01")
        rows[30] = ("UNTOC", "Peru", "signature", "2001-02-30")
        path, faults = s.place / "bad.csv", s.place / "faults.csv"
        path.write_text(file_of(rows))
        said = s.run("treaty", "import", path, "--faults", faults, code=2)
        contains(said, f"{path}:27: participant: there is no State or organization \"Perru\"; did you mean Peru?", "line 27")
        contains(said, f"{path}:32: date: it is not a date", "line 32")
        equal(s.json("treaty", "status", "UNTOC")["signatories"], 0, "nothing was written")
        equal([line.rsplit(",", 1)[1] != '""' for line in faults.read_text().splitlines()[1:]].count(True), 2, "the wrong rows have a fault")
        faults.write_text(faults.read_text().replace("Perru", "Peru").replace("2001-02-30", "2001-01-01"))
        contains(s.run("treaty", "import", faults), "50 rows: 49 recorded, 1 was here already", "the whole file, mended")


def test_ten_thousand_actions_are_taken_as_a_whole(binaries):
    with Service(binaries).start() as s:
        names = [r["alpha3"] for r in s.json("state", "list", "--as-of", "1990-01-01")["rows"]][:100]
        for i in range(50):
            s.run("treaty", "add", f"T{i}", "--name", f"Treaty {i}", "--threshold", "40", "--adopted", "1990-01-01")
        rows = [(f"T{i}", name, action, day) for i in range(50) for name in names for action, day in (("signature", "1991-01-01"), ("ratification", "1992-02-02"))]
        equal(len(rows), 10000, "rows")
        path = s.place / "many.csv"
        path.write_text(file_of(rows[:5000] + [("T1", names[0], "accession", "1993-01-01")] + rows[5000:]))
        contains(s.run("treaty", "import", path, code=2), "many.csv:5002: action: ", "one bad row in the middle")
        equal(s.json("audit", "verify")["entries"], 0, "leaves nothing behind")
        path.write_text(file_of(rows))
        contains(s.run("treaty", "import", path), "10000 rows: 10000 recorded", "without it")
        equal(s.json("treaty", "status", "T7")["parties"], 100, "counted")


def test_states_are_known_by_their_names(binaries):
    with Service(binaries).start() as s:
        for name in ("Türkiye", "turkiye", "TUR", "Турция", "792", "the Republic of Türkiye"):
            contains(s.run("state", "show", name), "Türkiye  TUR", name)
        contains(s.run("state", "show", "Turkie", code=3), "did you mean Türkiye?", "a misspelled one")
        counts = {g: len(s.json("state", "list", "--group", g)["rows"]) for g in ("AFRICA", "ASIA-PACIFIC", "EASTERN-EUROPE", "GRULAC", "WEOG", "MEMBERS")}
        equal(counts, {"AFRICA": 54, "ASIA-PACIFIC": 54, "EASTERN-EUROPE": 23, "GRULAC": 33, "WEOG": 29, "MEMBERS": 193}, "each Member State is in one group")
        contains(s.run("state", "list", "--group", "G77", code=3), "there are: MEMBERS", "no such group")
