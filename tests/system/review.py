"""Going through a reading before it is confirmed: by a pipe, and at a real terminal."""
import errno
import fcntl
import json
import os
import pty
import re
import select
import subprocess
import termios
import time

from support import PATIENCE, SAMPLE, Failure, Service, contains, equal, wait_for

SYMBOL = "E/RES/2004/23"


def review(s, typed, *words, code=0):
    """Types lines into a pipe; returns what was said."""
    done = s.run("review", SYMBOL, *words, input=typed, code=None)
    equal(done.returncode, code, f"exit code of a review: {done.stdout[-400:]} {done.stderr}")
    return done.stdout + done.stderr


def clauses(s):
    paragraphs = s.json("resolution", "show", SYMBOL)["paragraphs"]
    return {f"{p['name']}/{c['n']}": c for p in paragraphs for c in p["clauses"] if c["tracked"]}


def obligations(s):
    return sorted(o["reference"] for o in s.json("list"))


def test_the_sure_ones_go_in_one_go(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        said = review(s, "?\ny\ny\n")
        contains(said, "y takes these as they were read", "what ? says")
        contains(said, "8 of 8 requests are read with confidence 0.90 or more", "the first question")
        contains(said, "8 accepted.", "the summary")
        contains(said, "Written: E/RES/2004/23 is confirmed, 8 obligations", "the end")
        equal(len(obligations(s)), 8, "obligations")
        contains(review(s, ""), "Correct an obligation with: mandate edit REF", "a review of what is confirmed")


def test_a_script_needs_no_answers(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        contains(review(s, "", "--accept", "0.9", "--yes"), "Written", "--accept with --yes")
        contains(s.run("review", SYMBOL, "--accept", "often", code=2), "from 0 to 1", "a confidence that is none")
        contains(s.run("review", "A/RES/1/1", code=3), "there is no resolution", "a resolution that is not here")


def test_what_is_not_confirmed_is_not_written(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        for typed in ("", "y\n", "o\nk reporting\na\n", "y\nn\n", "q\n", "o\na\nq\ny\n"):
            contains(review(s, typed, code=1), "nothing was written", f"typing {typed!r}")
        equal((obligations(s), s.json("resolution", "show", SYMBOL)["confirmed"]), ([], False), "what is there")


def test_each_key_does_what_it_says(binaries):
    with Service(binaries).start() as s:
        s.run("officer", "add", "olga", "--name", "Olga Officer", "--role", "officer")
        s.run("import", SAMPLE)
        typed = ("k gift\nk other\nv Asks request\nw the Office = UNODC; somebody [consulted]\no olga\nz\n?\na\n"     # 0
                 "s\nto finalize the guides\nto disseminate them\n2 k assistance\n1 k other\n3 k other\na\n"           # 3
                 "d soft when possible\na\nx asks nothing of us\nd session GA 61\nd session XX 1\nd 2006-02-30\na\n"   # 4 5 6
                 "d within 6 months\nu\na\na\n"                                                                        # 7 8
                 "d 31 October 2005\na\nm\n"                                                                          # 9; m is no key at the end
                 "p 99\np 2\nWelcomes encouragement\nto go on\nStates\na\ny\n")
        said = review(s, typed, "--accept", "1")
        for part in ("kind: it is one of adoption", "That is no key here", "leave; nothing is written", "There is no such part",
                     "kind          assistance", "body: no such body is known", "February 2006 has 28 days",
                     "There is no operative paragraph 99", "2 accepted, 4 corrected, 1 split, 1 dropped, 1 added.",
                     'mandate alias add "the Office" UNODC'):
            contains(said, part, "what was said")
        equal(obligations(s), [f"{SYMBOL}:{x}" for x in ("0", "2", "3.1", "3.2", "4", "6", "7", "8", "9")], "references")
        now = {o["paragraph"] + "/" + str(o["clause"]): o for o in s.json("list")}
        first = now["0/1"]
        equal((first["verb"], first["force"], first["kind"], [a["code"] for a in first["addressees"]], first["owner"]["login"]),
              ("Asks", "request", "other", ["UNODC", None], "olga"), "paragraph 0")
        equal((now["3/2"]["kind"], now["3/3"]["kind"]), ("other", "assistance"), "the parts of paragraph 3")
        equal((now["6/2"]["due_on"], now["7/1"]["deadline"], now["9/1"]["due_on"]), ("2006-09-12", None, "2005-10-31"), "deadlines")
        equal((now["2/2"]["addressees"][0]["code"], now["2/2"]["force"]), ("STATES", "encouragement"), "what was added")
        shown = s.run("resolution", "show", SYMBOL)
        contains(" ".join(shown.split()), "verb: Asks (read as: Recommends)", "what it was read as")
        contains(shown, "dropped: asks nothing of us", "what was dropped")
        contains(" ".join(s.run("log", f"{SYMBOL}:0").split()), "verb Asks (read as: Recommends)", "the record's first entry")
        contains(s.run("log", f"{SYMBOL}:2"), "; added by", "what was added says so")


def test_one_clause_becomes_two_and_two_become_one(binaries):
    text = ("Economic and Social Council resolution 2004/99\n\nThe Economic and Social Council,\n\n"
            "1. Requests the Secretary-General to print the guides, and also requests the Secretary-General to send the guides;\n")
    with Service(binaries).start() as s:
        (s.place / "two.txt").write_text(text)
        s.run("import", s.place / "two.txt", "--symbol", SYMBOL)
        equal(sorted(clauses(s)), ["1/1", "1/2"], "the clauses as read")
        said = review(s, "m\na\nm\nu\nm\ny\n", "--accept", "1")
        contains(said, "There is no clause before it in this paragraph", "the first has none before it")
        contains(said, "1 accepted, 1 merged.", "the summary")
        equal(obligations(s), [f"{SYMBOL}:1"], "one obligation")
        contains(s.json("show", f"{SYMBOL}:1")["action"], "; to send the guides", "with both actions")


def test_the_service_takes_the_same_corrections(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        path = "/v1/resolutions/" + SYMBOL.replace("/", "%2F") + "/confirm"

        def confirm(body):
            status, answer, _ = s.request("POST", path, json.dumps(body), {"Content-Type": "application/json", "Idempotency-Key": "k" + json.dumps(body)[:80]})
            return status, json.loads(answer)
        status, answer = confirm({"corrections": [{"paragraph": "9", "clause": 1, "kind": "gift"}, {"paragraph": "x", "clause": 1}]})
        equal((status, answer["code"], [f["member"] for f in answer["faults"]]),
              (422, "bad_corrections", ["corrections[0].kind", "corrections[1].paragraph"]), "two faults")
        status, answer = confirm({"version": 1, "dry_run": True, "corrections": [{"paragraph": "9", "clause": 1, "deadline": {"type": "date", "date": "2005-10-31"}}]})
        equal((status, answer["paragraphs"][0]["clauses"][0]["due_on"]), (200, "2005-10-31"), "a dry run")
        equal(obligations(s), [], "leaves nothing")
        status, answer = confirm({"version": 2})
        equal((status, answer["code"]), (409, "version_conflict"), "another text than was seen")


def test_a_name_that_is_taught_is_known_in_later_texts(binaries):
    text = "A title\n\nThe General Assembly,\n\n1. Requests the Vienna Bureau of Everything to report to it at its sixtieth session;\n"
    with Service(binaries).start() as s:
        (s.place / "one.txt").write_text(text)
        contains(s.run("alias", "add", "the Vienna Bureau of Everything", "NOBODY", code=3), "NOBODY", "a code that is none")
        s.run("alias", "add", "The Vienna Bureau of Everything", "UNODC")
        s.run("import", s.place / "one.txt", "--symbol", SYMBOL)
        equal([c["addressees"][0]["code"] for c in clauses(s).values()], ["UNODC"], "the code")
        contains(s.run("alias", "list"), "UNODC", "the list")


def test_what_is_no_text_is_asked_again(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        done = subprocess.run([s.binaries / "mandate", "review", SYMBOL], input=b"o\nx \xff\xfe\n", capture_output=True,
                              timeout=PATIENCE, env={**os.environ, "MANDATE_SOCKET": s.socket})
        contains(done.stdout.decode(), "not UTF-8; type it again", "bytes that are no text")
        equal((done.returncode, obligations(s)), (1, []), "nothing was dropped or written")


def test_what_was_split_in_a_draft_is_reported_under_the_adopted_symbol(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        review(s, "y\nu\n" + "a\n" * 7 + "s\nto report\nto print the report\na\ny\n")
        s.run("resolution", "adopt", SYMBOL, "--as", "A/RES/59/157", "--on", "2004-12-20")
        report = s.json("report")
        nine = [[o["reference"] for o in g["rows"]] for p in report["parts"] for g in p["groups"] if g["heading"]["of"] == "paragraph" and g["heading"]["value"] == "9"]
        equal(nine, [["A/RES/59/157:9.1", "A/RES/59/157:9.2"]], "paragraph 9 of the report")
        contains(" ".join(s.run("resolution", "show", "A/RES/59/157").split()), "split off clause 1; corrected by", "the adopted resolution")


def test_who_may_not_confirm_is_told_first(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        s.run("officer", "add", "boss", "--name", "Boss", "--role", "admin")
        s.run("officer", "edit", s.json("officer", "list")["rows"][-1]["login"], "--role", "viewer")
        done = s.run("review", SYMBOL, input="y\ny\n", code=5)
        contains(done, "this needs the role officer", "the refusal")


class Terminal:
    """The command at a terminal of 80 columns, typed at."""

    def __init__(self, s, *words):
        self.end, inside = pty.openpty()
        subprocess.run(["stty", "cols", "80", "rows", "24"], stdin=inside, check=True)
        environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        self.process = subprocess.Popen([s.binaries / "mandate", *words], stdin=inside, stdout=inside, stderr=inside,
                                        start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
                                        env={**environment, "MANDATE_SOCKET": s.socket, "TERM": "xterm"})
        os.close(inside)
        self.said = ""

    def read(self, wait):
        if not select.select([self.end], [], [], wait)[0]:
            return False
        try:
            got = os.read(self.end, 65536)
        except OSError as fault:
            if fault.errno != errno.EIO:
                raise
            return False
        self.said += got.decode()
        return bool(got)

    def wait(self, part):
        limit = time.monotonic() + PATIENCE
        while part not in self.said:
            if time.monotonic() > limit or (self.process.poll() is not None and not self.read(0.1)):
                raise Failure(f"{part!r} was not said: {self.said[-600:]!r}")
            self.read(0.1)
        said, self.said = self.said.split(part, 1)
        return said

    def type(self, text, until):
        os.write(self.end, text.encode())
        return self.wait(until)

    def close(self):
        code = self.process.wait(timeout=PATIENCE)
        while self.read(0.1):
            pass
        os.close(self.end)
        return code


def test_at_a_terminal(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        t = Terminal(s, "review", SYMBOL)
        table = t.wait("uit> ")
        table = re.sub("\033\\[[0-9]*m", "", table)
        equal([line for line in table.splitlines() if len(line) > 80], [], "lines wider than the terminal")
        first = t.type("o\n", "help> ")
        contains(first, "\033[1mRecommends\033[0m", "the verb is marked")
        contains(first, "\033[4mthe General Assembly\033[0m", "who is asked is marked")
        contains(t.type("k other\n", "help> "), "other (read as: adoption)", "a correction")
        t.type("a\n", "paragraph 3")
        contains(t.type("u\n", "help> ") + t.type("u\n", "help> "), "1 of 8", "two steps back")
        contains(t.type("\n", "help> "), "adoption\r\n", "as it was read")
        t.type("q\n", "nothing was written")
        equal(t.close(), 1, "exit code")
        equal(obligations(s), [], "obligations")


def test_control_c_writes_nothing(binaries):
    with Service(binaries).start() as s:
        s.run("import", SAMPLE)
        for until, typed in (("uit> ", ""), ("help> ", "o\nk other\na\n"), ("add> ", "y\n")):
            t = Terminal(s, "review", SYMBOL)
            t.wait("uit> ")
            if typed:
                t.type(typed, until)
            t.type("\003", "interrupted; nothing was written")
            equal(t.close(), 1, "exit code")
        equal((obligations(s), s.json("resolution", "show", SYMBOL)["confirmed"]), ([], False), "what is there")
        wait_for(lambda: s.health() == 200, "the service goes on")
