"""Reminders as people get them: by a real mail server that is well or unwell, and by webhook."""
import email
import email.policy
import email.utils
import hashlib
import hmac
import http.server
import json
import os
import random
import signal
import socket
import socketserver
import subprocess
import threading
import time

from support import TOP, Cluster, Failure, Service, contains, equal, wait_for

HELPERS = TOP / "tests/support"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """A real SMTP server in a process of its own, on a port that it keeps when it comes back."""

    def __init__(self, place, *tls):
        self.place = place / "mail"
        self.place.mkdir()
        self.port = free_port()
        self.tls = tls
        self.process = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.kill()

    def start(self):
        self.process = subprocess.Popen([HELPERS / "smtp_server", str(self.port), self.place, *self.tls], stdout=subprocess.PIPE, text=True)
        equal(self.process.stdout.readline(), "ready\n", "the mail server")
        return self

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
        self.process = None

    def mood(self, word):
        (self.place / "new").write_text(word)
        (self.place / "new").rename(self.place / "mood")

    def messages(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in sorted(self.place.glob("*.eml"))]

    def config(self, more=""):
        return (f'smtp_url = "smtp://127.0.0.1:{self.port}";\nsmtp_from = "Mandate <mandate@example.org>";\n'
                f'delivery_seconds = 2;\nconnections = 4;\n{more}')


def part(message, kind):
    return message.get_body((kind,)).get_content().replace("\r\n", "\n")


def calendar(message):
    """(UID, day) of each event, read by a library that is not ours."""
    ics = [p for p in message.walk() if p.get_content_type() == "text/calendar"][0].get_payload(decode=True)
    done = subprocess.run([HELPERS / "calendar_days"], input=ics, capture_output=True, check=True)
    return [tuple(line.split("\t")[:2]) for line in done.stdout.decode().splitlines()]


def settled(s):
    """Waits until a round has been and nothing is under way."""
    def look():
        s.alive()
        health = json.loads(s.request("GET", "/healthz")[1])
        return health.get("last_round_seconds") is not None and health["messages_waiting"] == 0
    wait_for(look, "the round's messages to be sent")


def message_rows(s):
    """What the outbox holds: message_id, state ("sending" under a lease), attempts, answer."""
    rows = s.sql("select message_id, case when lease is null then state else 'sending' end, attempts, coalesce(answer, '') from mandate.message order by id")
    return [line.split("|", 3) for line in rows.splitlines()]


def office(s):
    """The founding document, followed by Anna, whose supervisor is Boris; everything else is the administrator's."""
    s.founding()
    s.run("officer", "edit", "root", "--mail", "root@example.org")
    s.run("officer", "add", "boris", "--name", "Boris Above", "--mail", "boris@example.org")
    s.run("officer", "add", "anna", "--name", "Anna \"Officer\" Müller", "--mail", "anna@example.org", "--supervisor", "boris")
    s.run("assign", "59/157:9", "anna")


def test_a_rehearsal_of_the_season_delivers_what_the_plan_said(binaries):
    holder = Service(binaries)
    cluster = Cluster(holder.place).start()
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config(cluster.config()), holder.place) as s:
            # Before the working day begins: the plan is asked for, nothing is sent.
            s.at("2005-06-01T05:00:00")
            office(s)
            s.run("milestone", "59/157:9", "consideration", "--on", "2005-10-07", "--reason", "programme of work")
            s.run("edit", "59/157:6", "--review", "2005-07-11")
            rows = s.json("remind", "plan", "--until", "2005-08-26")["rows"]
            shown = s.run("remind", "plan", "--until", "2005-08-26", "--width", "200")
            contains(shown, "2005-07-01  anna   owner          A/RES/59/157:9  slot, 28 days before ", "the plan as it is shown")
            planned = sorted({(r["on"], f"{r['person']}@example.org", f"{r['reference']}/{r['milestone']}@mandate", r["due_on"]) for r in rows})
            equal({p[1] for p in planned}, {"anna@example.org", "boris@example.org", "root@example.org"}, "who is told")
            days = sorted({p[0] for p in planned})
            for day in days:
                s.at(f"{day}T09:30:00")
                settled(s)
            # What was told is told; a day without a step, and a clock that goes back, bring nothing.
            for day in ("2005-09-01", "2005-07-01"):
                s.at(f"{day}T10:30:00")
                settled(s)
            got, ids = [], []
            for message in server.messages():
                day = email.utils.parsedate_to_datetime(message["Date"]).date().isoformat()
                got += [(day, message["To"].addresses[0].addr_spec, uid, due) for uid, due in calendar(message)]
                ids.append(message["Message-ID"])
                contains(part(message, "plain").splitlines()[0], "EXERCISE: the clock of this service is moved", "the first line")
            equal(sorted(got), planned, "what was delivered")
            equal(len(ids), len(set(ids)), "no message twice")
            equal(len(ids), len({(g[0], g[1]) for g in got}), "one message for each person and day")
    finally:
        cluster.stop()
        holder.__exit__()


def test_a_message_reads_well_and_is_answered(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config(), holder.place) as s:
            s.at("2005-06-21T05:00:00")
            office(s)
            s.run("milestone", "59/157:9", "consideration", "--on", "2005-10-07", "--reason", "programme of work")
            s.run("milestone", "59/157:9", "forecast_confirmed", "--done", "2005-06-20")
            s.run("update", "59/157:9", "--note", "draft with <the editors> & field offices", "--on", "2005-06-20")
            s.at("2005-07-01T09:30:00")
            settled(s)
            message = [m for m in server.messages() if "anna" in m["To"]][0]
            equal(message["To"].addresses[0].display_name, "Anna \"Officer\" Müller", "the name")
            equal(message["From"], "Mandate <mandate@example.org>", "the sender")
            equal(message["Subject"], "[Exercise] Draft for clearance due in 2 weeks, and 1 more: report to the General Assembly at its "
                  "sixtieth session (A/RES/59/157, para. 9)", "the subject")
            equal(message["Auto-Submitted"], "auto-generated", "that a machine sent it")
            contains(message["List-Id"], "<reminders.example.org>", "the list")
            equal(message["References"], message["In-Reply-To"], "the thread")
            text, html = part(message, "plain"), part(message, "html")
            contains(text, "Submission due in 4 weeks: report to the General Assembly at its\n", "what is due when")
            contains(text, "mandate milestone A/RES/59/157:9 slot --done 2005-07-01\n", "the command that answers")
            contains(text, "draft with <the editors> & field offices", "what was last said")
            contains(html, "draft with &lt;the editors&gt; &amp; field offices", "in HTML")
            equal([line for line in text.splitlines() if len(line) > 72], [], "lines over 72 columns")
            equal([word for word in ("http://", "https://", "src=", "<script") if word in html], [], "nothing from outside")
            # The command of the message answers it: the step is not spoken of again.
            s.run("milestone", "59/157:9", "slot", "--done", "2005-07-01")
            s.at("2005-07-29T09:30:00")
            settled(s)
            equal([m["Date"] for m in server.messages() if "29 Jul" in m["Date"]], [], "messages on the day of the slot")
            contains(s.run("remind", "explain", "59/157:9", "--width", "200"), "issuance, 14 days before", "what comes next")
    finally:
        holder.__exit__()


def test_a_mail_server_that_is_unwell(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config(), holder.place) as s:
            s.at("2005-07-01T05:00:00")
            office(s)
            s.run("officer", "add", "gone", "--mail", "gone@example.org")
            s.run("edit", "59/157:6", "--review", "2005-07-01")
            s.run("assign", "59/157:6", "gone")
            server.mood("greylist")
            moments = [("greylist", "09:30", "451 4.7.1 come back later"), ("late", "09:40", "the mail server did not answer in time"), ("drop", "09:50", None)]
            for tries, (mood, moment, answer) in enumerate(moments, 1):
                server.mood(mood)
                s.at(f"2005-07-01T{moment}:00")
                wait_for(lambda: all(r[1:3] == ["waiting", str(tries)] for r in message_rows(s)) and message_rows(s), f"try {tries}")
                if answer:
                    equal({r[3] for r in message_rows(s)}, {answer}, f"what is known when the server is in the mood {mood}")
            names = {row[0] for row in message_rows(s)}
            doctor = s.run("doctor", code=None).stdout
            contains(doctor, f"look  deliveries      {len(names)} messages are tried again", "the doctor")
            server.kill()
            s.at("2005-07-01T10:00:00")
            wait_for(lambda: {(r[1], r[2]) for r in message_rows(s)} == {("waiting", "4")} and all("onnect" in r[3] for r in message_rows(s)), "the fourth try, in vain")
            server.start()
            server.mood("unknown")
            s.at("2005-07-01T10:20:00")
            settled(s)
            rows = message_rows(s)
            equal(sorted({r[1] for r in rows}), ["failed", "sent"], "the end")
            equal([r[3] for r in rows if r[1] == "failed"], ["550 5.1.1 no such person here"], "why one failed")
            equal({r[0] for r in rows}, names, "no new message was made")
            got = server.messages()
            equal({m["Message-ID"] for m in got}, names, "what arrived, before it was dropped or after")
            equal({m["Date"][:16] for m in got}, {"Fri, 01 Jul 2005"}, "their date")
            contains(s.run("doctor", code=None).stdout, "look  reminders       1 message of the last week could not be delivered; the last, to gone: 550 5.1.1",
                     "the doctor")
            # And the administrator is told by mail, though nothing is owed to him that day.
            server.mood("take")
            s.at("2005-07-04T09:30:00")
            settled(s)
            contains(part([m for m in server.messages() if "root" in m["To"]][-1], "plain"), "THE REMINDERS THEMSELVES NEED YOU", "the alarm")
    finally:
        holder.__exit__()


def test_mail_is_encrypted_and_the_daemon_logs_in(binaries):
    holder = Service(binaries)
    try:
        key, certificate, password = holder.place / "key.pem", holder.place / "certificate.pem", holder.place / "password"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
                        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        password.write_text("secret\n")
        secrets = (f'smtp_starttls = "always";\nsmtp_ca_file = "{certificate}";\nsmtp_user = "mandate";\n'
                   f'smtp_password_file = "{password}";\nlog_level = "debug";\n')
        with MailServer(holder.place, certificate, key) as server, Service(binaries, server.config(secrets), holder.place) as s:
            s.start()
            office(s)
            s.run("officer", "edit", "anna", "--work-from", "00:00", "--work-until", "23:59", "--time-zone", zone_at_work(s))
            wait_for(server.messages, "a message over TLS, without a restart after the change")
            if "secret" in s.log.read_text():
                raise Failure("the password is in the log")
    finally:
        holder.__exit__()


class Pipelining(socketserver.StreamRequestHandler):
    """A server that takes commands together, refuses addresses that begin with "gone", and says 354 all the same."""

    def handle(self):
        def say(line):
            self.wfile.write(line.encode() + b"\r\n")
        say("220 ready")
        refused = None
        for line in iter(self.rfile.readline, b""):
            word = line.decode().strip().upper()
            if word.startswith("EHLO"):
                say("250-here")
                say("250 PIPELINING")
            elif word.startswith("RCPT TO:<GONE"):
                refused = "550 5.1.1 nobody"
                say(refused)
            elif word == "DATA":
                say("354 go on")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                if refused is None:
                    self.server.got.append(text)
                say("554 no recipient" if refused else "250 2.0.0 kept")
                refused = None
            else:
                say("250 yes")


def test_a_server_that_takes_commands_together(binaries):
    holder = Service(binaries)
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Pipelining)
    server.got, server.daemon_threads = [], True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with Service(binaries, f'smtp_url = "smtp://127.0.0.1:{server.server_address[1]}";\nsmtp_from = "mandate@example.org";\n'
                     "mail_connections = 1;\n", holder.place) as s:
            s.at("2005-07-01T05:00:00")
            office(s)
            s.run("officer", "add", "gone", "--mail", "gone@example.org")
            s.run("edit", "59/157:6", "--review", "2005-07-01")
            s.run("assign", "59/157:6", "gone")
            s.run("update", "59/157:9", "--note", "...dots at the beginning of a line are kept", "--on", "2005-06-30")
            s.at("2005-07-01T09:30:00")
            settled(s)
            rows = message_rows(s)
            equal([r[3] for r in rows if r[1] == "failed"], ["550 5.1.1 nobody"], "why one failed")
            equal({r[3] for r in rows if r[1] == "sent"}, {"250 2.0.0 kept"}, "what was said to the others")
            equal(len(server.got), len([r for r in rows if r[1] == "sent"]), "messages that arrived, over one connection")
    finally:
        server.shutdown()
        server.server_close()
        holder.__exit__()


def zone_at_work(s):
    """A time zone in which it is a working day; at a weekend, somewhere else than in UTC or nowhere."""
    s.sql("insert into mandate.holiday values ('1900-01-01', 'none')")
    return s.sql("""select name from pg_timezone_names where name ~ '^Etc/GMT[+-]' and extract(isodow from now() at time zone name) <= 5
        union all select 'UTC' limit 1""")


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        if self.server.status == "late":
            time.sleep(4)
        if self.server.status in ("late", "drop"):
            self.close_connection = True
            return
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


def test_a_webhook_is_signed_and_tried_again_under_its_name(binaries):
    holder = Service(binaries)
    receiver = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    receiver.got, receiver.status = [], 503
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    try:
        secret = holder.place / "secret"
        secret.write_text("s3cret\n")
        with Service(binaries, f'webhook_secret_file = "{secret}";\ndelivery_seconds = 2;\n', holder.place) as s:
            s.at("2005-07-01T05:00:00")
            office(s)
            contains(s.run("officer", "edit", "anna", "--channel", "webhook", code=2), "add --webhook URL", "a channel without an address")
            contains(s.run("officer", "edit", "anna", "--time-zone", "Europe/Atlantis", code=2), "there is no time zone \"Europe/Atlantis\"", "a zone")
            s.run("officer", "edit", "anna", "--channel", "webhook", "--webhook", f"http://127.0.0.1:{receiver.server_port}/hook")
            s.at("2005-07-01T09:30:00")
            wait_for(lambda: message_rows(s) and message_rows(s)[0][3] == "HTTP status 503", "the first try")
            for tries, (status, moment) in enumerate([("drop", "09:40"), ("late", "09:50")], 2):
                receiver.status = status
                s.at(f"2005-07-01T{moment}:00")
                wait_for(lambda: message_rows(s)[0][1:3] == ["waiting", str(tries)], f"try {tries}, of a receiver that is in the mood {status}")
            equal(message_rows(s)[0][3], "Timeout was reached", "what is known of a receiver that is late")
            receiver.status = 204
            s.at("2005-07-01T10:10:00")
            settled(s)
            equal([r[1:] for r in message_rows(s)], [["sent", "4", "HTTP status 204"]], "the outbox")
            equal(len(receiver.got), 4, "posts")
            for headers, body in receiver.got:
                right = hmac.new(b"s3cret", headers["X-Mandate-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
                equal(headers["X-Mandate-Signature"], "sha256=" + right, "the signature")
            said = json.loads(receiver.got[1][1])
            equal({h["X-Mandate-Message-Id"] for h, _ in receiver.got}, {said["message_id"]}, "one name for all tries")
            equal([i["reference"] for i in said["items"]], ["A/RES/59/157:9"] * len(said["items"]), "what it is about")
            equal(said["exercise"], True, "that it is an exercise")
            # The administrator's is due by mail, which is not configured: it waits as what is due, and doctor says so.
            s.run("officer", "edit", "root", "--mail", "root@example.org")
            s.run("edit", "59/157:6", "--review", "2005-07-01")
            wait_for(lambda: "1 reminder is due by mail, which is not configured" in s.run("doctor", code=None).stdout, "the doctor")
            receiver.status = 410
            s.run("edit", "59/157:6", "--review", "2005-07-02")
            s.run("assign", "59/157:6", "anna")
            s.at("2005-07-04T09:30:00")
            wait_for(lambda: message_rows(s)[-1][1] == "failed", "a receiver that is gone for good")
    finally:
        receiver.shutdown()
        receiver.server_close()
        holder.__exit__()


PEOPLE = 30


def crowd(s):
    """A resolution with a request for each of many people, all to be looked at again on one day."""
    text = "General Assembly\nSixtieth session\nA/RES/60/1\n\nThe General Assembly,\n\n" + "\n\n".join(
        f"{n}. Requests the Secretary-General to provide assistance to mission {n}{';' if n < PEOPLE else '.'}" for n in range(1, PEOPLE + 1))
    s.run("import", "-", "--symbol", "A/RES/60/1", "--confirm", input=text)
    for n in range(1, PEOPLE + 1):
        s.run("officer", "add", f"p{n}", "--mail", f"p{n}@example.org")
        s.run("assign", f"A/RES/60/1:{n}", f"p{n}")
        s.run("edit", f"A/RES/60/1:{n}", "--review", "2005-07-01")


def test_whatever_is_killed_each_reminder_arrives_under_one_name(binaries):
    rolls = random.Random(59157)
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config("mail_connections = 3;\n"), holder.place) as s:
            server.mood("slow")
            s.at("2005-07-01T05:00:00")
            crowd(s)
            for turn in range(6):
                moment = f"2005-07-01T{9 + turn // 4:02}:{turn % 4 * 15:02}:00"
                s.at(moment)
                seen = len(server.messages())
                wait_for(lambda: len(server.messages()) > seen + 2 or nothing_due(s, moment), "messages")
                what = ["daemon", "database", "server"][turn] if turn < 3 else rolls.choice(["daemon", "database", "server"])
                if what == "daemon":
                    s.kill()
                elif what == "database":
                    os.kill(s.postmaster(), signal.SIGKILL)
                else:
                    server.kill()
                    server.start()
            server.mood("take")
            s.at("2005-07-01T15:00:00")
            wait_for(lambda: all_sent(s), "all to be sent in the end")
            names = {r[0] for r in message_rows(s)}
            arrived = server.messages()
            equal({m["Message-ID"] for m in arrived}, names, "names of what arrived, each known to the outbox")
            told = {}
            for message in arrived:
                told.setdefault(message["To"].addresses[0].username, set()).add(message["Message-ID"])
            equal(sorted(told), sorted(f"p{n}" for n in range(1, PEOPLE + 1)), "who was told")
            equal({len(ids) for ids in told.values()}, {1}, "names for each person's message, however often it was tried")
            equal(s.sql("select state, count(*) from mandate.reminder group by state"), f"told|{PEOPLE}", "reminders accounted for")
    finally:
        holder.__exit__()


def test_sigterm_finishes_what_is_under_way(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config("mail_connections = 2;\n"), holder.place) as s:
            server.mood("slow")
            s.at("2005-07-01T05:00:00")
            crowd(s)
            s.at("2005-07-01T09:30:00")
            wait_for(lambda: len(server.messages()) > 2, "messages")
            equal(s.stop(), 0, "the daemon's exit code")
            arrived = len(server.messages())
            s.at("2005-07-01T05:00:00")
            equal(sorted({r[1] for r in message_rows(s)}), ["sent", "waiting"], "what stands in the outbox; nothing is leased")
            equal(s.sql("select count(*) from mandate.message where state = 'sent'"), str(arrived), "what was sent and is known to be")
            server.mood("take")
            s.at("2005-07-01T09:31:00")
            wait_for(lambda: all_sent(s), "the rest, without waiting for a lease to run out")
            equal(len(server.messages()), PEOPLE, "messages, each once")
    finally:
        holder.__exit__()


def test_two_daemons_share_the_outbox_and_a_long_pause_ends_in_one_message(binaries):
    holder = Service(binaries)
    cluster = Cluster(holder.place).start()
    try:
        with MailServer(holder.place) as server:
            config = server.config(cluster.config() + "mail_connections = 2;\n")
            with Service(binaries, config, holder.place) as one, Service(binaries, config, holder.place) as two:
                server.mood("slow")
                one.at("2005-07-01T05:00:00")
                crowd(one)
                for s in (one, two):
                    s.at("2005-07-01T09:30:00")
                wait_for(lambda: len(server.messages()) >= PEOPLE, "all messages")
                for s in (one, two):
                    equal(s.stop(), 0, "the daemon's exit code")
                equal(len(server.messages()), PEOPLE, "messages, each once")
                # Six weeks later, several steps on: one message for each person.
                server.mood("take")
                one.at("2005-08-16T09:30:00")
                settled(one)
                later = server.messages()[PEOPLE:]
                equal(len({m["Message-ID"] for m in later}), PEOPLE, "messages after the pause")
                equal({m["To"].addresses[0].username for m in later}, {f"p{n}" for n in range(1, PEOPLE + 1)}, "to whom")
                equal({len(calendar(m)) for m in later[:3]}, {1}, "what each is told")
                # A clock that goes back, by an hour and by a year.
                for moment in ("2005-08-16T08:30:00", "2004-08-17T09:30:00"):
                    one.at(moment)
                    settled(one)
                equal(len(server.messages()), 2 * PEOPLE, "messages in the end")
    finally:
        cluster.stop()
        holder.__exit__()


def nothing_due(s, moment):
    """All is sent, or waits for a later try."""
    done = s.sql(f"select count(*) > 0, count(*) filter (where state = 'waiting' and (lease is not null or next_try_at <= '{moment}Z')) from mandate.message",
                 check=False)
    return done.returncode == 0 and done.stdout.strip() == "t|0"


def all_sent(s):
    """The database may be coming back."""
    done = s.sql("select count(*), count(*) filter (where state = 'sent') from mandate.message", check=False)
    return done.returncode == 0 and done.stdout.strip() == f"{PEOPLE}|{PEOPLE}"
