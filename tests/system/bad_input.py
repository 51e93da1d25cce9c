"""Every kind of bad input has its message and its exit code, and leaves everything as it was."""
import base64
import json
import os
import shlex
import subprocess

from support import SAMPLE, Service, contains, equal


def test_each_refusal_has_its_code_and_changes_nothing(binaries):
    with Service(binaries).start() as s:
        s.founding()
        before = s.updates()

        def refused(code, part, *words, content=None):
            if content is not None:
                path = s.place / "input.txt"
                path.write_bytes(content)
                words = (*words, path)
            contains(s.run(*words, code=code), part, f"exit {code}")
            equal(s.updates(), before, "nothing was written")

        sample = SAMPLE.read_bytes()
        refused(10, "the text is empty", "import", content=b"")
        refused(10, "the text is empty", "read", content=b" \n")
        refused(11, "not a text in UTF-8 (byte", "import", content=os.urandom(4096) + b"\xff")
        refused(11, "not UTF-8 at byte", "read", content=sample[:900] + b"\xc3")
        refused(12, "no operative paragraph", "import", content=b"Hello. This is a letter and asks for nothing.\n")
        refused(4, "sixty-first session", "import", content=sample.replace(b"sixtieth", b"sixty-first"))
        refused(14, "February 2005 has 28 days", "update", "59/157:9", "--note", "x", "--on", "2005-02-30")
        refused(14, "in the future", "update", "59/157:9", "--note", "x", "--on", "2999-01-01")
        refused(15, "cannot follow", "update", "59/157:9", "--status", "proposed", "--note", "x")
        refused(15, "needs evidence or a reason", "update", "59/157:9", "--status", "closed")
        refused(17, "at most", "import", content=b"a" * (17 << 20))
        refused(3, "there is no obligation", "show", "99/99:9")
        refused(2, "did you mean", "udpate", "59/157:9")


def test_a_reference_that_fits_two_is_ambiguous(binaries):
    with Service(binaries).start() as s:
        s.founding()
        other = s.place / "other.txt"
        other.write_bytes(SAMPLE.read_bytes().replace(b"2004/23", b"2006/23", 1))
        s.run("import", other, "--symbol", "E/RES/2006/23", "--confirm")
        contains(s.run("show", "23:9", code=16), "E/RES/2006/23:9", "the candidates are named")


def test_a_mebibyte_of_junk_is_refused(binaries):
    with Service(binaries).start() as s:
        junk = s.place / "junk.txt"
        junk.write_bytes(base64.b64encode(os.urandom(786432)))
        if s.run("import", junk, code=None).returncode not in (1, 11, 12):
            raise AssertionError("junk was taken")
        equal(s.updates(), 0, "nothing was written")


# For each command a line that cannot be right, whatever is in the record; and below, lines that are refused for what is.
USAGE = """
read
read --format yaml x
compare a
compare a b c
import
import x --adopt 2004-01-01
resolution list all
resolution show
resolution adopt E/RES/2004/23
review
list colour:red
list --sort colour
list --as-of
next --limit many
next --limit 0
search
show
show 59/157:9 --why=yes
edit 59/157:9
edit 59/157:9 --kind colour
edit 59/157:9 --force weak
edit 59/157:9 --note x --seen two
assign 59/157:9
assign 59/157:9 root --as boss
handover anna
obligation import
obligation import README.md --map colour=
due --within soon
calendar --year 05
calendar --month 2005-13
milestone 59/157:9 sloth --done 2005-01-01
milestone 59/157:9 slot
milestone 59/157:9 slot --done 2005-01-01 --words many
report-document
forecast --format xlsx
remind plan --days 3
remind explain
remind inbox --days many
remind ack
remind snooze
holiday add 2005-12-26
holiday remove
update 59/157:9
update 59/157:9 --status done
update 59/157:9 --status ""
update 59/157:9 --clearance yes
log
report list status
report status --format yaml
report status --lang xx
report status --group colour
report status --sort colour
report ratification
report status 59/157:9 --format ics --group colour
report overdue --as-of 2005-01-01 --as-of 2005-01-02
report dossier
report schedules all
report schedule status --every daily --to root
report schedule status --to root
report schedule status --every weekly
report unschedule
report unschedule one
diff 2005-01-01
audit verify all
doctor all
officer list all
officer add
officer add zoe --role boss
officer add zoe --uid one
officer edit root --daily-cap none
officer edit root --mail nowhere
officer edit root --digest hourly
officer away root --from 2005-01-01 --on 2005-01-01
unit add
unit add X
unit edit
token add
token revoke one
alias add x
alias add "" UNODC
session show GA
session show GA sixty
session set GA 60
session unset GA
event set x
event list x
state list --group COLOUR --party x
state show
treaty add
treaty add "a b" --name x
treaty status
treaty action FIREARMS Peru
treaty action FIREARMS Peru adhesion
treaty correct FIREARMS one --void --note x
treaty import
treaty log
fund add "a b" --name x
fund add X
rate set EUR 2005-01-01
rate set EUR 2005-01-01 much
rate set EUX 2005-01-01 1
contribution pledge UNCPCJF France 100
contribution pledge UNCPCJF France much EUR
contribution pledge UNCPCJF France 100 EUX
contribution pledge UNCPCJF France 100 USD --for-year soon
contribution receive UNCPCJF France 100 EUX
contribution correct UNCPCJF one --void --note x
contribution list --year soon
contribution status --by colour
contribution status UNCPCJF --fund UNCPCJF
contribution log
contribution import
alias list all
fund list all
holiday list all
officer back
rate import
rate list EUR USD
remind mute
remind wake
resolution confirm
session list GA SC
token list all
treaty list all
unit list all
version now
completion csh
help update list now
nonsense
"""

REFUSED = """
1 milestone 59/157:6 slot --done 2005-01-01
1 remind ack 59/157:9
1 officer back root
1 resolution adopt A/RES/59/157 --as A/RES/60/1 --on 2005-12-20
1 contribution receive UNCPCJF France 5 USD --pledge 7
1 treaty action FIREARMS Peru withdrawal
1 update addressee:SG --note x
3 show 99/99:9
3 report colour
3 treaty status NOSUCH
3 remind explain 99/99:9
14 calendar --from 2005-02-30
14 diff 2005-01-01 2005-02-30
15 update 59/157:9 --status closed
"""


def test_a_wrong_command_line_is_told_from_a_refusal(binaries):
    """A script can tell a slip of its own, exit code 2, from what the service does not do."""
    with Service(binaries).start() as s:
        s.founding()
        before, wrong = s.updates(), []
        for wanted, words in [(2, line) for line in USAGE.strip().split("\n")] + [line.split(" ", 1) for line in REFUSED.strip().split("\n")]:
            done = s.run(*shlex.split(words), code=None, input="")
            if done.returncode != int(wanted) or "mandate: " not in done.stderr:
                wrong.append(f"mandate {words}: exit {done.returncode}, wanted {wanted}: {done.stderr.strip()}")
        equal(wrong, [], "exit codes")
        equal(s.updates(), before, "nothing was written")
        commands = {c["name"] for c in json.loads(s.run("help", "--format", "json"))["commands"]}
        tried = {name for name in commands for line in USAGE.split("\n") if line == name or line.startswith(name + " ")}
        equal(sorted(commands - tried), [], "commands that are not tried")


def on_a_terminal(s, *words):
    """What the command shows a person."""
    ours, theirs = os.openpty()
    process = subprocess.Popen([s.binaries / "mandate", *words], stdout=theirs, stderr=theirs, env={"MANDATE_SOCKET": s.socket, "PATH": "/usr/bin:/bin"})
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 65536):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    equal(process.wait(timeout=60), 0, "exit code")
    return shown


def test_what_others_wrote_does_not_command_a_terminal(binaries):
    with Service(binaries).start() as s:
        s.founding()
        s.run("update", "59/157:8", "--status", "in_progress", "--note", "before\033[2J\033]0;title\007after", "--on", "2005-06-01")
        for words in (["show", "59/157:8"], ["log", "59/157:8"], ["report", "dossier", "59/157:8"]):
            shown = on_a_terminal(s, *words)
            equal(b"before[2J]0;titleafter" in shown, True, f"{words[0]} shows the letters")
            equal((b"\033[2J" in shown, b"\033]" in shown, b"\007" in shown), (False, False, False), f"{words[0]} and no more")
        contains(s.run("log", "59/157:8"), "before\033[2J", "a pipe gets what was written")
