#!/usr/bin/env python3
"""A season of reminders while the daemon, its database and the mail server are killed at random: each reminder is
accounted for in the end, delivered under one name or visibly failed. In full, with figures:

season.py BINARIES KILLS REMINDERS [SEED]
"""
import collections
import datetime
import json
import random
import signal
import sys
import time

from reminders import MailServer, calendar, message_rows
from support import Failure, Service, equal, wait_for

# From the first day to the last; each day is one run of the daemon at half past nine, with kills between.
FIRST_DAY, DAYS = "2005-06-06", 5
MOODS = ["take", "take", "slow", "slow", "greylist", "drop", "refuse"]


def fill(s, people, reminders):
    """So many obligations, each to be looked at again on a day of the season, shared among the people."""
    s.sql(f"""
        insert into mandate.officer (login, name, role, mail, daily_cap, created_at)
        select 'p' || i, 'Person ' || i, 'officer', 'p' || i || '@example.org', 20, now() from generate_series(1, {people}) i;
        insert into mandate.resolution (symbol, state, text, text_hash, reading, imported_by, imported_at)
        select 'A/RES/60/1', 'adopted', 't', '\\x', '{{}}', min(id), now() from mandate.officer;
        do $$ declare
            fresh int;
            who int := (select min(id) from mandate.officer);
            r int := (select id from mandate.resolution where symbol = 'A/RES/60/1');
        begin
            for i in 1..{reminders} loop
                insert into mandate.obligation default values returning id into fresh;
                perform mandate.append(fresh, 'created', jsonb_build_object('reference', 'A/RES/60/1:' || i, 'resolution_id', r,
                    'position', i, 'live', true, 'paragraph', i::text, 'kind', 'other', 'force', 'request', 'status', 'not_started',
                    'status_since', '2005-01-01', 'addressees', '[]'::jsonb, 'owner', 'p' || (1 + i % {people}), 'action', 'to do thing ' || i,
                    'review_on', date '{FIRST_DAY}' + i % {DAYS}, 'due_why', 'x'), '', '[]', '2005-01-01', who, null);
            end loop;
        end $$""")


def kill(s, server, what):
    if what == "daemon":
        s.kill()
    elif what == "server":
        server.kill()
        server.start()
    else:
        s.kill_database()


def running(s):
    return s.process is not None and s.process.poll() is None


def under_fire(s, server, rolls, kills, log):
    """Kills at random moments, shared out among the days; the daemon is back some minutes later by its clock."""
    begin, day, minute = time.monotonic(), None, 0
    for n in range(kills):
        today = n * DAYS // kills
        if today != day:
            day, minute = today, 9 * 60 + 30
            if running(s):
                s.kill()
        server.mood(rolls.choice(MOODS))
        moment = f"{date(day)}T{minute // 60:02}:{minute % 60:02}:00"
        if not running(s):
            s.process = None
            s.at(moment)
        time.sleep(rolls.uniform(0.02, 0.6))
        what = rolls.choice(["daemon", "daemon", "database", "server"])
        kill(s, server, what)
        log(f"{n + 1}: {what} killed on {moment}, {time.monotonic() - begin:.0f} s")
        if what == "daemon":
            minute = min(minute + rolls.choice([1, 5, 30]), 17 * 60)


def date(day):
    return (datetime.date.fromisoformat(FIRST_DAY) + datetime.timedelta(days=day)).isoformat()


def settle(s, server):
    """Everything well again: on the days after, what was put off is tried, until nothing waits."""
    server.mood("take")
    for day in (DAYS + 2, DAYS + 4, DAYS + 6):
        moment = f"{date(day)}T09:30:00"
        if running(s):
            s.kill()
        s.process = None
        s.at(moment)
        try:
            wait_for(lambda: quiet(s, f"{moment}Z"), f"nothing to wait on {moment}")
        except Failure as failure:
            raise Failure(f"{failure}; what waits: {waiting(s)}")


def waiting(s):
    return s.sql("select 'due ' || d.next_on || ' ' || count(*) || coalesce(' ' || d.fault, '') from mandate.reminder_due d "
                 "where d.next_on <= mandate.now()::date group by d.next_on, d.fault union all "
                 "select concat_ws(' ', m.state, 'tries', m.attempts, 'next', m.next_try_at, 'lease', m.lease, m.lease_until, m.stale, count(*), min(m.answer)) "
                 "from mandate.message m where m.state = 'waiting' group by m.state, m.attempts, m.next_try_at, m.lease, m.lease_until, m.stale")


def quiet(s, at):
    """A round has been, nothing is left to plan, and nothing is under way or could be tried by now."""
    s.alive()
    if json.loads(s.request("GET", "/healthz")[1]).get("last_round_seconds") is None:
        return False
    return s.sql(f"select (select count(*) from mandate.reminder_due where next_on <= '{at}'::timestamptz::date) + "
                 f"(select count(*) from mandate.message where state = 'waiting' and (next_try_at <= '{at}' or lease is not null))") == "0"


def account(s, server, reminders):
    """Each reminder once: told in a message that arrived under its own name, or in one that visibly failed."""
    s.process.send_signal(signal.SIGSTOP)  # the season is over: nothing more is told while it is counted
    rows = {r[0]: r for r in message_rows(s)}
    equal({r[1] for r in rows.values()} <= {"sent", "failed"}, True, f"the states of messages {collections.Counter(r[1] for r in rows.values())}")
    arrived = collections.defaultdict(set)
    copies = collections.Counter()
    bytes_of = collections.defaultdict(set)
    for path in sorted(server.place.glob("*.eml")):
        text = path.read_bytes()
        name = text.split(b"Message-ID: ", 1)[1].split(b"\r\n", 1)[0].decode()
        copies[name] += 1
        bytes_of[name].add(text)
    for message in server.messages():
        for uid, _ in calendar(message):
            arrived[uid.split("/review@")[0] + " " + message["To"].addresses[0].username].add(message["Message-ID"])
    equal(sorted(set(copies) - set(rows)), [], "messages that arrived and the outbox does not know")
    equal([name for name in bytes_of if len(bytes_of[name]) > 1], [], "messages whose second try had other bytes")
    equal([name for name, row in rows.items() if row[1] == "sent" and name not in copies], [], "messages that are said to be sent and did not arrive")
    owed = s.sql("select o.reference || ' ' || p.login, r.step, r.state, coalesce(m.message_id, ''), coalesce(m.state, '') from mandate.reminder r "
                 "join mandate.obligation o on o.id = r.obligation_id join mandate.officer p on p.id = r.officer_id "
                 "left join mandate.message m on m.id = r.message_id").splitlines()
    # What nobody was there to tell on its day is told as overdue, a week later.
    delivered, failed = set(), set()
    known = collections.defaultdict(set)
    for line in owed:
        who, step, state, name, sent = line.split("|")
        equal(state, "told", f"the reminder of {who}, {step}")
        (delivered if sent == "sent" else failed).add(who)
        if sent == "sent" and name not in arrived[who]:
            raise Failure(f"the reminder of {who}, {step}, is missing: {name}, {rows.get(name)}, is sent and does not have it")
        known[who].add(name)
    failed -= delivered
    equal(len(delivered) + len(failed), reminders, "reminders delivered or visibly failed")
    equal({who: names - known[who] for who, names in arrived.items() if names - known[who]}, {}, "reminders that arrived under a name that is not theirs")
    return {"reminders": reminders, "delivered": len(delivered), "failed": len(failed), "messages": len(rows), "arrived": sum(copies.values()), "arrived_again": sum(copies.values()) - len(copies)}


def season(binaries, kills, people, reminders, seed, log=lambda line: None):
    rolls = random.Random(seed)
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config("mail_connections = 4;\n"), holder.place) as s:
            s.at(f"{FIRST_DAY}T05:00:00")
            fill(s, people, reminders)
            s.stop()
            under_fire(s, server, rolls, kills, log)
            settle(s, server)
            try:
                return account(s, server, reminders)
            finally:
                s.process.send_signal(signal.SIGCONT)
    finally:
        holder.__exit__()


def test_a_season_under_20_kills_is_accounted_for(binaries):
    said = season(binaries, 20, 25, 500, 5)
    equal(said["delivered"] + said["failed"], 500, "reminders delivered or visibly failed")


def main():
    binaries, kills, reminders = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(10**6)
    began = time.monotonic()
    print(f"seed {seed}", flush=True)
    said = season(binaries, kills, max(1, reminders // 20), reminders, seed, lambda line: print(line, flush=True))
    print(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in said.items()), f"in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
