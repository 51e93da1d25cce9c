"""Reports that are sent by themselves, to a real mail server: the bytes are those of the command."""
import io
import json
import re
import shlex
import zipfile

from reminders import MailServer, office, part
from support import Service, contains, equal, wait_for


def reports(server):
    """The letters with a report, by person and file."""
    return {(m["To"].addresses[0].username, a.get_filename()): (m, a) for m in server.messages() for a in m.iter_attachments()
            if a.get_content_type() != "text/calendar"}


def again(s, letter, file):
    """What the command that stands in the letter writes."""
    command = re.search(r"This makes the same report again:\n\n    mandate (.*)\n", part(letter, "plain"))[1]
    s.run(*shlex.split(command), "--output", file)
    return file.read_bytes()


def patient(server):
    """The configuration, with time for what is large or slow."""
    return server.config().replace("delivery_seconds = 2;", "delivery_seconds = 60;")


def a_round(s):
    """Waits until the daemon has looked at what is due."""
    wait_for(lambda: json.loads(s.request("GET", "/healthz")[1]).get("last_round_seconds") is not None, "a round")


def made(s, ident):
    row = [r for r in s.json("report", "schedules")["rows"] if r["id"] == ident]
    return row[0]["last_as_of"]


def test_scheduled_reports_come_by_mail_as_the_command_makes_them(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config(), holder.place) as s:
            s.at("2005-06-09T09:00:00")
            office(s)
            s.run("officer", "add", "vera", "--name", "Vera Viewer", "--role", "viewer")
            contains(s.run("report", "schedules"), "no report is scheduled", "the empty list")
            contains(s.run("report", "schedule", "status", "--every", "weekly", "--to", "anna,vera", code=1), "mandate officer edit vera --mail ADDRESS", "the refusal")
            contains(s.run("report", "schedule", "status", "--every", "weekly", code=2), "add --to LOGIN", "without a person")
            contains(s.run("report", "schedule", "status", "--every", "weekly", "--to", "anna", "--lang", "xx", code=2), "xx", "an unknown language")
            contains(s.run("report", "schedule", "gossip", "--every", "weekly", "--to", "anna", code=3), "there is no report \"gossip\"", "an unknown report")
            words = s.run("report", "schedule", "status", "symbol:59/157", "--every", "weekly", "--to", "anna,boris", "--format", "csv", "--group", "paragraph", key="once")
            equal(s.run("report", "schedule", "status", "symbol:59/157", "--every", "weekly", "--to", "anna,boris", "--format", "csv", "--group", "paragraph", key="once"), words, "the same again")
            s.run("report", "schedule", "due", "--every", "monthly", "--to", "anna", "--format", "xlsx", "--lang", "fr")
            s.run("report", "schedule", "overdue", "--every", "monthly", "--to", "boris")
            rows = s.json("report", "schedules")["rows"]
            equal([(r["name"], r["every"], r["format"], r["to"], r["next_on"]) for r in rows],
                  [("status", "weekly", "csv", ["anna", "boris"], "2005-06-13"), ("due", "monthly", "xlsx", ["anna"], "2005-07-01"),
                   ("overdue", "monthly", "pdf", ["boris"], "2005-07-01")], "what is scheduled")
            contains(s.run("report", "schedules"), "next on 2005-06-13", "the list")
            weekly, monthly, pdf = [r["id"] for r in rows]

            # Not on the Sunday before, but on Monday.
            s.at("2005-06-12T12:00:00")
            a_round(s)
            equal(reports(server), {}, "what came on Sunday")
            s.at("2005-06-13T00:05:00")
            wait_for(lambda: len(reports(server)) == 2, "the weekly report")
            equal(sorted(reports(server)), [("anna", "status-2005-06-12.csv"), ("boris", "status-2005-06-12.csv")], "to whom")
            # What is written after it was made does not change it.
            s.run("update", "59/157:9", "--status", "in_progress", "--note", "after the report")
            letter, file = reports(server)[("anna", "status-2005-06-12.csv")]
            equal(letter["Subject"], "[Exercise] Status of follow-up, as of 12 June 2005", "the subject")
            equal(file.get_content_type(), "text/csv", "the type")
            bytes_ = file.get_payload(decode=True)
            contains(bytes_.decode(), "A/RES/59/157:9", "the report")
            equal(bytes_, again(s, letter, holder.place / "again.csv"), "the bytes, and those of the command")
            contains(" ".join(part(letter, "plain").split()), f"To stop it for yourself: mandate report unschedule {weekly}", "how to stop it")

            # Months of silence: one of each, in their formats.
            s.at("2005-09-05T09:00:00")
            wait_for(lambda: len(reports(server)) == 6, "the reports after the pause")
            letter, file = reports(server)[("anna", "due-2005-09-04.xlsx")]
            bytes_ = file.get_payload(decode=True)
            contains("".join(zipfile.ZipFile(io.BytesIO(bytes_)).namelist()), "xl/workbook.xml", "the workbook")
            equal(bytes_, again(s, letter, holder.place / "again.xlsx"), "the bytes of the workbook")
            letter, file = reports(server)[("boris", "overdue-2005-09-04.pdf")]
            bytes_ = file.get_payload(decode=True)
            equal(bytes_[:5], b"%PDF-", "the document")
            equal(bytes_, again(s, letter, holder.place / "again.pdf"), "the bytes of the document")
            equal(s.sql("select count(*) from mandate.report_schedule where next_on <= '2005-09-05' or lease is not null"), "0", "what is left to do")

            # Who gets it stops it for himself; the one who scheduled it, for all.
            s.run("report", "unschedule", weekly)
            contains(s.run("report", "unschedule", weekly, code=3), "mandate report schedules", "one that is gone")
            s.at("2005-09-12T09:00:00")
            a_round(s)
            equal(len(reports(server)), 6, "reports, when the weekly one has ended")
            equal({made(s, monthly), made(s, pdf)}, {"2005-09-04"}, "the monthly ones")
    finally:
        holder.__exit__()


def test_a_daemon_that_is_killed_makes_the_same_report_once(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config(), holder.place) as s:
            s.at("2005-06-09T09:00:00")
            office(s)
            s.run("report", "schedule", "status", "--every", "weekly", "--to", "anna,boris", "--format", "csv")
            # A lock holds it up while it is being made, after it was begun.
            s.sql("create function mandate.held() returns trigger language plpgsql as $$ begin perform pg_sleep(1000); return new; end $$;"
                  "create trigger held before update on mandate.report_schedule for each row when (new.next_on > old.next_on) execute function mandate.held()")
            s.at("2005-06-13T09:00:00")
            wait_for(lambda: s.sql("select count(*) from mandate.report_schedule where lease is not null") == "1"
                     and s.sql("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == "1", "the report to be in the making")
            known = s.sql("select mandate.time_text(known_at) from mandate.report_schedule")
            s.kill()
            s.sql("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'")
            s.sql("drop trigger held on mandate.report_schedule")
            equal(s.sql("select count(*) from mandate.message where kind = 'report'"), "0", "messages of the killed one")
            # Within the lease nothing is made twice; after it, the same report.
            s.at("2005-06-13T09:05:00")
            a_round(s)
            equal(s.sql("select mandate.time_text(known_at) from mandate.report_schedule"), known, "its time of knowledge")
            s.run("update", "59/157:9", "--status", "in_progress", "--note", "after it was begun")
            s.at("2005-06-13T09:20:00")
            wait_for(lambda: len(reports(server)) == 2, "the report")
            letter, file = reports(server)[("anna", "status-2005-06-12.csv")]
            contains(part(letter, "plain"), f" --known-at {known} ", "the letter, which has the time when it was begun")
            equal("after it was begun" in file.get_payload(decode=True).decode(), False, "whether it has what was written later")
            equal(file.get_payload(decode=True), again(s, letter, holder.place / "again.csv"), "the bytes")
            # Killed when it was sent: nothing is left to do.
            s.kill()
            s.at("2005-06-13T10:00:00")
            a_round(s)
            equal(len([m for m in server.messages() if list(m.iter_attachments()) and "Status of follow-up" in m["Subject"]]), 2, "letters in the end")
    finally:
        holder.__exit__()


def test_sigterm_gives_a_report_back_that_is_being_made(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, patient(server), holder.place) as s:
            s.at("2005-06-09T09:00:00")
            office(s)
            s.run("report", "schedule", "status", "--every", "weekly", "--to", "anna", "--format", "csv")
            # Each page takes a while.
            s.sql("create function mandate.slow() returns trigger language plpgsql as $$ begin perform pg_sleep(2); return new; end $$;"
                  "create trigger slow before update on mandate.report_schedule for each row when (new.lease = old.lease) execute function mandate.slow()")
            s.at("2005-06-13T09:00:00")
            wait_for(lambda: s.sql("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == "1", "the report to be in the making")
            known = s.sql("select mandate.time_text(known_at) from mandate.report_schedule")
            equal(s.stop(), 0, "the daemon's exit code")
            equal(reports(server), {}, "what came")
            s.at("2005-06-13T09:01:00")
            wait_for(lambda: len(reports(server)) == 1, "the report, without waiting for a lease to run out")
            letter, _ = reports(server)[("anna", "status-2005-06-12.csv")]
            contains(part(letter, "plain"), f" --known-at {known} ", "the letter, which has the time when it was begun")
            equal(s.sql("select created_at > '2005-06-13T09:01Z' from mandate.message where kind = 'report'"), "t", "whether it was made after the stop")
    finally:
        holder.__exit__()


def test_a_large_report_is_sent_and_a_too_large_one_is_told(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, patient(server), holder.place) as s:
            s.at("2005-06-09T09:00:00")
            office(s)
            s.run("report", "schedule", "dossier", "59/157:9", "--every", "weekly", "--to", "anna", "--format", "jsonl")

            def write(first, last):
                for n in range(first, last):
                    body = json.dumps({"references": ["59/157:9"], "note": f"{n:05} " + "words " * 10000})
                    equal(s.request("POST", "/v1/updates", body, {"Idempotency-Key": f"n{n}", "Content-Type": "application/json"})[0], 201, "an update")
            write(0, 250)
            s.at("2005-06-13T09:00:00")
            wait_for(lambda: len(reports(server)) == 1, "the large report")
            letter, file = reports(server)[("anna", "dossier-2005-06-12.jsonl")]
            equal(len(file.get_payload(decode=True)) > 15000000, True, "whether it is large")
            equal(file.get_payload(decode=True), again(s, letter, holder.place / "again.jsonl"), "the bytes")
            write(250, 400)
            s.at("2005-06-21T09:00:00")
            wait_for(lambda: [m for m in server.messages() if "as of 20 June" in m["Subject"]], "the letter")
            letter = [m for m in server.messages() if "as of 20 June" in m["Subject"]][0]
            equal(list(letter.iter_attachments()), [], "files of what is too large")
            contains(part(letter, "plain"), "It is too large to be sent by mail. This makes it:\n\n    mandate report dossier 59/157:9 --as-of 2005-06-20", "the letter")
            equal(s.sql("select made_as_of, fault is null from mandate.report_schedule"), "2005-06-20|t", "what is noted")
    finally:
        holder.__exit__()
