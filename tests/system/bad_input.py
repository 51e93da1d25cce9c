"""Every kind of bad input has its message and its exit code, and leaves everything as it was."""
import base64
import os

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
