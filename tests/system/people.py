"""Officers come and go: who stands in, who takes over, and what their units hold."""
import datetime
import pathlib

from support import Service, contains, equal

SQL = pathlib.Path(__file__).resolve().parents[2] / "sql"


def office(s):
    s.founding()
    s.run("unit", "add", "DTA", "--name", "Division for Treaty Affairs")
    s.run("unit", "add", "OCB", "--name", "Organized Crime Branch", "--parent", "DTA")
    s.run("officer", "add", "anna", "--name", "Anna Officer", "--mail", "anna@example.org", "--unit", "OCB")
    s.run("officer", "add", "bela", "--name", "Bela Officer", "--mail", "bela@example.org", "--unit", "ocb")
    s.run("officer", "add", "carl", "--name", "Carl Officer", "--mail", "carl@example.org")
    s.run("assign", "59/157:9", "anna", "--unit", "OCB")
    s.run("assign", "59/157:8", "anna", "--alternate", "carl", "--unit", "DTA")
    return s


def day(ahead):
    return (datetime.datetime.now(datetime.timezone.utc).date() + datetime.timedelta(days=ahead)).isoformat()


def refs(s, *words):
    return s.run("list", *words, "--format", "refs").split()


def test_units_are_a_tree(binaries):
    with Service(binaries).start() as s:
        office(s)
        lines = [line.split() for line in s.run("unit", "list").splitlines()]
        equal(lines[1:], [["DTA", "0", "(+2", "below)", "1", "(+1", "below)", "Division", "for", "Treaty", "Affairs"],
                          ["OCB", "2", "1", "Organized", "Crime", "Branch"]], "the tree")
        equal(refs(s, "unit:dta"), ["A/RES/59/157:8", "A/RES/59/157:9"], "a unit and what is below it")
        equal(refs(s, "unit:OCB"), ["A/RES/59/157:9"], "a unit at the bottom")
        contains(s.run("assign", "59/157:9", "anna", "--unit", "XYZ", code=3), "mandate unit add XYZ --name NAME", "an unknown unit")
        contains(s.run("unit", "edit", "DTA", "--parent", "OCB", code=1), "cannot be below", "a circle")
        s.run("unit", "edit", "OCB", "--parent", "none")
        equal(refs(s, "unit:DTA"), ["A/RES/59/157:8"], "after the move")


def test_free_texts_of_an_older_database_become_units(binaries):
    with Service(binaries).start() as s:
        office(s)
        s.sql("set role mandate_owner; drop table mandate.absence, mandate.unit cascade; "
              "delete from mandate.function_file; "
              "update mandate.officer set unit = 'Treaty Section' where login = 'carl'; "
              "update mandate.officer set unit = '' where login = 'bela'")
        # The migration that made units, and what later ones added to them.
        s.sql((SQL / "migrations/0012_people.sql").read_text() + "; alter table mandate.unit add column remind_rule text, "
              "add column known_from timestamptz not null default '-infinity'")
        s.stop()
        s.start()
        equal({u["code"]: (u["officers"], u["open"]) for u in s.json("unit", "list")["rows"]},
              {"DTA": (0, 1), "OCB": (1, 1), "Treaty Section": (1, 0)}, "units after the migration")
        equal(refs(s, "unit:OCB"), ["A/RES/59/157:9"], "the filter")


def test_who_is_away_is_stood_in_for(binaries):
    with Service(binaries).start() as s:
        office(s)
        contains(s.run("officer", "away", "anna", "--until", day(10), "--to", "bela"), "Bela Officer stands in", "away")
        contains(" ".join(s.run("show", "59/157:9", "--width", "200").split()),
                 f"owner Anna Officer (away until {day(10)}, Bela Officer stands in)", "show")
        contains(s.run("officer", "list"), f"anna is away until {day(10)}, bela stands in", "the list of officers")
        contains(s.run("officer", "away", "bela", "--to", "anna", code=1), "anna -> bela", "a circle of two")
        uid = s.json("officer", "list")["rows"]
        mine = next(o["login"] for o in uid if o["role"] == "admin")
        equal(refs(s, "owner:me"), [], "what is mine before")
        s.run("officer", "away", "bela", "--to", mine, "--until", day(3))
        equal(refs(s, "owner:me"), ["A/RES/59/157:8", "A/RES/59/157:9"], "what is left to me through two")
        s.run("officer", "back", "bela")
        equal(refs(s, "owner:me"), [], "after bela is back")
        contains(s.run("officer", "back", "bela", code=1), "bela is not away", "back twice")
        s.run("officer", "away", "anna", "--until", day(10))
        contains(s.run("doctor"), "1 open obligation waits for anna", "nobody stands in, but for paragraph 8 the alternate")
        s.run("officer", "back", "anna")
        equal(s.json("show", "59/157:9")["owner_away"], None, "anna is back")


def test_a_team_follows_with_the_owner(binaries):
    with Service(binaries).start() as s:
        office(s)
        s.run("assign", "59/157:9", "bela", "--as", "supporting")
        s.run("assign", "59/157:9", "carl", "--as", "focal_point")
        equal(s.json("show", "59/157:9")["owner"]["login"], "anna", "the owner stays")
        contains(s.run("show", "59/157:9"), "Bela Officer (supporting), Carl Officer (focal point)", "the team")
        contains(s.run("log", "59/157:9"), "carl: focal_point", "the record")
        equal(refs(s, "team:carl"), ["A/RES/59/157:9"], "the filter")
        s.run("assign", "59/157:9", "carl", "--as", "none")
        equal(refs(s, "team:carl"), [], "after carl has left")
        contains(s.run("assign", "59/157:9", "carl", "--as", "boss", code=2), "focal_point", "a part that there is not")


def test_a_handover_takes_everything_along(binaries):
    with Service(binaries).start() as s:
        office(s)
        s.run("assign", "59/157:4", "carl", "--alternate", "anna")
        s.run("assign", "59/157:3", "anna", "--as", "lead")
        contains(s.run("officer", "edit", "anna", "--active", "no", code=1), "mandate handover anna LOGIN", "not yet")
        before = s.updates()
        contains(s.run("handover", "anna", "bela", code=1), "This will hand over 4 obligations", "without --yes")
        contains(s.run("handover", "anna", "bela", "--dry-run"), "4 obligations (2 as owner, 1 as alternate, 1 in the team)", "a dry run")
        equal(s.updates(), before, "updates so far")
        contains(s.run("handover", "anna", "bela", "kind:reporting", "--note", "new post"), "1 obligation (1 as owner).\n3 stay with Anna",
                 "a filter narrows it")
        first = s.run("handover", "anna", "bela", "--yes", key="one-key")
        equal(s.run("handover", "anna", "bela", "--yes", key="one-key", code=None).returncode, 0, "a repeated key")
        equal(s.updates(), before + 4, "one update for each")
        contains(first, "3 obligations", "the rest")
        equal(refs(s, "owner:bela"), ["A/RES/59/157:8", "A/RES/59/157:9"], "what bela owns")
        contains(s.run("log", "59/157:9"), "handed over from Anna Officer to Bela Officer: new post", "the note")
        s.run("officer", "edit", "anna", "--active", "no")
        contains(s.run("handover", "bela", "anna", "--yes", code=3), "does not work here any more", "to who is gone")
        contains(s.run("audit", "verify"), "The record is whole", "audit")
