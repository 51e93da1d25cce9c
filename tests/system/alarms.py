"""What is broken is said: by health, by figures, by the doctor, and by mail to the administrator."""
import json
import re

from reminders import MailServer, message_rows, office, part, settled
from support import TOP, Service, contains, equal, wait_for


def health(s):
    return json.loads(s.request("GET", "/healthz")[1])


def figures(s):
    """{name{labels}: value} of /metrics."""
    status, body, headers = s.request("GET", "/metrics")
    equal((status, headers["Content-Type"]), (200, "text/plain; version=0.0.4; charset=utf-8"), "the answer")
    return dict(re.fullmatch(r"(\S+) (-?\d+)", line).groups() for line in body.decode().splitlines() if not line.startswith("#"))


def doctor(s):
    return s.run("doctor", "--width", "200", code=None).stdout


def test_every_metric_stands_in_the_manual(binaries):
    with Service(binaries).start() as s:
        told = re.findall(r"# HELP (\S+) (.*)\n# TYPE \S+ (gauge|counter)\n", s.request("GET", "/metrics")[1].decode())
        manual = re.findall(r"\.TP\n\.B (mandate_\w+)\n(.*)\n", (TOP / "daemon/mandated.8").read_text())
        equal([(name, sentence) for name, sentence, _ in told], manual, "the table of the manual")
        before = int(figures(s)['mandate_requests_total{status="4xx"}'])
        s.request("GET", "/nowhere")
        equal(int(figures(s)['mandate_requests_total{status="4xx"}']), before + 1, "requests that were refused")
        equal(figures(s)["mandate_database_up"], "1", "the database")


def test_a_person_without_an_address_and_a_channel_that_fails(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config(), holder.place) as s:
            s.at("2005-07-01T05:00:00")
            office(s)
            s.run("officer", "add", "mute", "--name", "Max Mute")
            s.run("edit", "59/157:6", "--review", "2005-07-01")
            s.run("assign", "59/157:6", "mute")
            s.at("2005-07-01T09:30:00")
            settled(s)
            wait_for(lambda: health(s)["people_without_address"] == 1, "health to count the person")
            equal(health(s)["reminders"], "failing", "the word of health")
            equal(figures(s)["mandate_reminders_without_address"], "1", "the figure")
            contains(doctor(s), "Max Mute has 1 reminder waiting and no address", "the doctor")
            mail = [m for m in server.messages() if "root" in m["To"]]
            contains(part(mail[0], "plain"), "Max Mute has 1 reminder waiting and no address", "the mail to the administrator")
            s.run("officer", "edit", "mute", "--mail", "mute@example.org")
            wait_for(lambda: health(s)["reminders"] == "ok", "all to be well")
            # The mail server takes nothing more.
            settled(s)
            server.mood("greylist")
            s.run("edit", "59/157:6", "--review", "2005-07-04")
            s.at("2005-07-04T09:30:00")
            wait_for(lambda: message_rows(s)[-1][1:3] == ["waiting", "1"], "a first try in vain")
            equal(health(s)["channels_failing"], [], "what fails after one try")
            s.at("2005-07-04T11:00:00")
            wait_for(lambda: health(s)["channels_failing"] == ["mail"], "health to name the channel")
            told, many = figures(s), str(len([r for r in message_rows(s) if r[1] in ("waiting", "sending")]))
            equal((told['mandate_channel_failing{channel="mail"}'], told["mandate_messages_retrying"], told["mandate_messages_waiting"]), ("1", many, many), "figures")
            wait_for(lambda: int(figures(s)['mandate_deliveries_total{channel="mail",result="retry"}']) > 0, "the count of tries")
            contains(doctor(s), "mail has delivered nothing for an hour, and messages wait for it", "the doctor")
            contains(doctor(s), f"mail delivers nothing since 2005-07-04 09:30 UTC: {many} messages are tried again; the last answer: 451 4.7.1 come back later", "why")
            server.mood("take")
            s.at("2005-07-04T11:40:00")
            settled(s)
            wait_for(lambda: health(s)["reminders"] == "ok", "all to be well again")
    finally:
        holder.__exit__()


def test_a_scheduler_that_stopped(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config(), holder.place) as s:
            s.at("2005-07-01T05:00:00")
            office(s)
            settled(s)
            s.sql("alter function mandate.reminders_gather rename to reminders_gone; notify mandate_remind")
            wait_for(lambda: health(s)["reminders"] == "failing", "health to notice")
            contains(doctor(s), "the last one failed", "the doctor")
            equal(json.loads(s.run("doctor", "--format", "json", code=None).stdout)["healthy"], False, "that this is grave")
            s.sql("alter function mandate.reminders_gone rename to reminders_gather; notify mandate_remind")
            wait_for(lambda: health(s)["reminders"] == "ok", "the rounds to go on")
            # By the machine's own clock: nothing ran for three hours.
            s.stop()
            s.clock = []
            s.start()
            s.sql("update mandate.scheduler set round_at = round_at - interval '3 hours'")
            s.at("2005-07-01T09:30:00")
            settled(s)
            told = [part(m, "plain") for m in server.messages() if "root" in m["To"]]
            contains(" ".join(told[-1].split()), "no round of reminders ended between", "the mail to the administrator")
    finally:
        holder.__exit__()


def test_a_mail_server_that_keeps_silent_holds_up_nobody(binaries):
    holder = Service(binaries)
    try:
        with MailServer(holder.place) as server, Service(binaries, server.config("delivery_seconds = 30;\n").replace("delivery_seconds = 2;\n", "", 1), holder.place) as s:
            s.at("2005-07-01T05:00:00")
            office(s)
            server.mood("late")
            s.at("2005-07-01T09:30:00")
            wait_for(lambda: [r for r in message_rows(s) if r[1] == "sending"], "a message to be under way")
            for _ in range(5):
                s.json("list")
            equal([r[1] for r in message_rows(s) if r[1] != "sending"], [], "messages that have ended while others were served")
            s.kill()
    finally:
        holder.__exit__()
