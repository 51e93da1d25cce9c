"""Sessions that move, events that get a date, and what comes again."""
import subprocess

from support import TOP, Service, contains, equal

TEXT = """The General Assembly,

Recalling its earlier work,

1. Requests the Secretary-General to convene a meeting in time for the Eleventh Congress;

2. Requests the Secretary-General to report to it at its sixty-first session and biennially thereafter;

3. Requests the Secretary-General to report to it at its seventy-ninth and eighty-first sessions;

4. Requests the Secretary-General to submit a report to it at its resumed sixtieth session;

5. Requests the Secretary-General to submit a report to it at its 120th session.

64th plenary meeting
20 December 2004
"""


def dated(s):
    return {o["reference"].split(":")[1]: (o["due_on"], o["due_end"]) for o in s.json("list")}


def taken_over(s):
    path = s.place / "text.txt"
    path.write_text(TEXT)
    s.run("import", path, "--symbol", "A/RES/59/900", "--confirm")


def test_a_session_is_known_computed_or_set_here(binaries):
    with Service(binaries).start() as s:
        taken_over(s)
        first = dated(s)
        equal(first["4"], ("2006-01-01", "2006-09-11"), "the resumed sixtieth session")
        equal(first["5"], ("2065-09-08", "2065-12-31"), "a far session")
        rows = {r["number"]: r for r in s.json("session", "list", "GA")["rows"]}
        equal((rows[60]["state"], rows[61]["state"], rows[84]["state"]), ("known", "computed", "computed"), "states")
        contains(s.run("session", "list"), "CCPCJ", "the sessions that are near")
        contains(s.run("session", "show", "ga", "120"), "rule 1 as amended by 75/325", "by which rule")
        contains(s.run("session", "show", "GA", "60"), "A/RES/59/900:4", "what hangs on it")
        contains(s.run("session", "set", "GA", "120", "--opens", "2065-09-15", "--reason", "a holiday"), "1 deadline moved", "set here")
        equal(dated(s)["5"], ("2065-09-15", "2065-12-31"), "the deadline moved")
        contains(s.run("session", "show", "GA", "120"), "a holiday", "why")
        contains(s.run("show", "59/900:5", "--why"), "set here: a holiday", "why the deadline is there")
        contains(s.run("session", "unset", "GA", "120", "--reason", "a slip"), "1 deadline moved", "taken back")
        equal(dated(s), first, "as it was")
        contains(s.run("session", "unset", "GA", "120", "--reason", "again", code=4), "not set here", "nothing to take back")
        contains(s.run("session", "show", "GAA", "1", code=3), "there is no body GAA", "an unknown body")
        contains(s.run("session", "set", "CND", "67", "--opens", "2024-03-14", "--reason", "x"), "opens 2024-03-14", "a body that has no table")


def test_a_changed_table_moves_deadlines_in_the_daemons_name(binaries):
    with Service(binaries).start() as s:
        taken_over(s)
        s.sql("update mandate.session set opens_on = '2005-12-13', listed_opens_on = '2005-12-13' where body = 'GA' and number = 61; "
              "update mandate.function_file set checksum = '' where name = 'sessions'")
        s.run("session", "set", "GA", "60", "--opens", "2005-09-13", "--reason", "so that the one after is looked at")
        equal(dated(s)["4"], ("2006-01-01", "2006-01-01"), "an earlier table")
        s.stop()
        s.start()
        equal(dated(s)["4"], ("2006-01-01", "2006-09-11"), "the table was loaded again")
        last = s.json("log", "59/900:4")["rows"][-1]
        equal((last["kind"], last["officer"]["login"]), ("deadline", "mandated"), "in the record")
        contains(s.run("audit", "verify"), "The record is whole", "audit")


def test_the_calendar_is_read_by_another_program(binaries):
    """Day, name and summary of each event, as a library that is not ours reads them, are those of the calendar itself."""
    with Service(binaries).start() as s:
        taken_over(s)
        words = ("calendar", "--from", "1950-01-01", "--until", "2070-12-31")
        rows = s.json(*words)["rows"]
        ics = s.run(*words, "--format", "ics")
        done = subprocess.run([TOP / "tests/support/calendar_days"], input=ics.encode(), capture_output=True, check=True)
        read = [line.split("\t") for line in done.stdout.decode().splitlines()]
        equal(sorted((name, day) for name, day, _ in read),
              sorted((f"{r['reference']}/{r['event']}@mandate", r["on"]) for r in rows), "names and days")
        equal(len({name for name, _, _ in read}), len(rows), "a name for each event")
        equal(len(rows) > 3 and all(summary for _, _, summary in read), True, "summaries")


def test_an_event_gets_a_date(binaries):
    with Service(binaries).start() as s:
        taken_over(s)
        contains(s.run("event", "list"), "not known", "an event without a date")
        contains(s.run("show", "59/900:1"), "mandate event set", "what to do")
        contains(s.run("event", "set", "eleventh congress", "--on", "2005-04-18", "--reason", "A/RES/56/119"), "undated -> 2005-04-18", "dated")
        equal(dated(s)["1"], ("2005-04-18", "2005-04-18"), "its deadline")
        contains(s.run("event", "list"), "A/RES/56/119", "its reason")
        contains(s.run("event", "set", "Eleventh Congress", "--on", "none", "--reason", "postponed"), "2005-04-18 -> undated", "taken back")
        contains(s.run("event", "set", "Olympics", "--on", "2005-04-18", "--reason", "x", code=3), "mandate event list", "nobody waits")
        contains(s.run("event", "set", "Eleventh Congress", code=2), "--on DATE", "what is missing")


def test_what_comes_again_opens_when_it_is_answered_and_after_years_off(binaries):
    with Service(binaries).start() as s:
        taken_over(s)
        contains(s.run("update", "59/900:3", "--status", "implemented", "--evidence", "A/79/1", "--on", "2024-10-07"),
                 "it comes again: A/RES/59/900:3#2  due 2026-09-08", "what was opened is told")
        equal(dated(s)["3#2"], ("2026-09-08", "2026-12-31"), "the eighty-first session")
        shown = s.run("show", "59/900:3")
        contains(shown, "A/RES/59/900:3#2", "the next is listed")
        s.stop()
        s.start()
        wanted = {"2"} | {f"2#{k}" for k in range(2, 12)}
        equal(wanted - dated(s).keys(), set(), "what fell due meanwhile is open")
        equal(dated(s)["2#2"][0], "2008-09-16", "the sixty-third session")
        many = s.updates()
        s.stop()
        s.start()
        equal(s.updates(), many, "nothing twice")
        contains(s.run("audit", "verify"), "The record is whole", "audit")
