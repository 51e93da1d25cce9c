"""A text is imported with what it does not say of itself, and whoever imports it is told what it does not say."""
import io
import zipfile

from support import Service, contains, equal

TEXT = """# Lamps and oil

The Economic and Social Council,

1. Requests the Secretary-General to report to the Council within six months on lamps;

2. Requests the Secretary-General to report at its next session on oil;

3. Invites Member States to mend lamps.
"""


def place(s, text, name="lamps.md"):
    path = s.place / name
    path.write_text(text)
    return path


def due(s, reference):
    return s.json("show", reference)["due_on"]


def test_a_text_without_a_day_of_adoption_says_what_cannot_be_computed(binaries):
    with Service(binaries).start() as s:
        out = s.run("import", place(s, TEXT), "--symbol", "E/RES/2004/99", "--width", "1000")
        contains(out, "the text does not say when it was adopted, so the record of what it asks begins today, and the deadlines of "
                      "paragraphs 1, 2 cannot be computed; say when with: mandate import FILE --symbol E/RES/2004/99 --adopted DATE", "a note")
        out = s.run("import", place(s, TEXT.replace("The Economic and Social Council,\n\n", "")), "--symbol", "X/99", "--adopted", "2004-07-21", "--width", "1000")
        contains(out, "the text does not say whose it is", "a note")
        contains(out, "mandate import FILE --symbol X/99 --body BODY", "and the remedy")
        if "when it was adopted" in out:
            raise AssertionError("the day was given")


def test_what_is_given_stands_and_can_be_given_later(binaries):
    with Service(binaries).start() as s:
        path = place(s, TEXT)
        s.run("import", path, "--symbol", "E/RES/2004/99", "--confirm")
        equal(due(s, "2004/99:1"), None, "no day to count from")
        out = s.run("import", path, "--symbol", "E/RES/2004/99", "--adopted", "2004-07-21")
        contains(out, "adopted on 2004-07-21", "it says so")
        equal(due(s, "2004/99:1"), "2005-01-21", "six months from the adoption")
        if not due(s, "2004/99:2").startswith("2005-"):
            raise AssertionError("the next session")
        head = s.json("resolution", "show", "E/RES/2004/99")
        equal((head["title"], head["adopted_on"], head["body"]), ("Lamps and oil", "2004-07-21", "ECOSOC"), "the head")
        updates = s.updates()
        contains(s.run("import", path, "--symbol", "E/RES/2004/99", "--adopted", "2004-07-21"), "was here already", "the same again")
        contains(s.run("import", path, "--symbol", "E/RES/2004/99"), "was here already", "and without a day")
        contains(s.run("import", path, "--symbol", "E/RES/2004/99", "--adopted", "2004-07-22", code=4),
                 "E/RES/2004/99 is here already with the day of adoption 2004-07-21, not 2004-07-22; --replace", "another day")
        equal(s.updates(), updates, "nothing was written")
        s.run("import", path, "--symbol", "E/RES/2004/99", "--adopted", "2004-07-22", "--title", "Lamps", "--replace")
        equal(s.json("resolution", "show", "E/RES/2004/99")["title"], "Lamps", "the title")
        equal(due(s, "2004/99:1"), "2005-01-22", "moved")
        contains(s.run("import", path, "--symbol", "E/RES/2004/98", "--adopted", "21 July 2004", code=14), "21 July 2004", "a date")
        contains(s.run("resolution", "show", "E/RES/2004/99", "--format", "akn"), "2004-07-22", "also in Akoma Ntoso")


def test_a_line_of_adoption_is_read(binaries):
    with Service(binaries).start() as s:
        text = TEXT.replace("The Economic", "*Adopted by the Economic and Social Council on 21 July 2004*\n\nThe Economic", 1)
        answer = s.json("import", place(s, text), "--symbol", "E/RES/2004/99")
        equal((answer["title"], answer["adopted_on"], answer["warnings"]), ("Lamps and oil", "2004-07-21", []), "the head")


def test_a_language_is_not_guessed(binaries):
    with Service(binaries).start() as s:
        path = place(s, "A Conferência,\n\n1. Solicita ao Secretário-Geral que apresente um relatório;\n\n2. Insta todos os Estados a agir.\n")
        contains(s.run("import", path, "--symbol", "X/1", "--width", "1000"), "the language of this text is not known", "a note")
        contains(s.run("import", path, "--symbol", "X/2", "--language", "pt", code=2), 'no lexicon of the language "pt"', "and which there are")
        equal(s.json("import", path, "--symbol", "X/3", "--language", "es")["obligations"], 2, "as Spanish, since that was said")
        contains(s.run("import", path, "--symbol", "X/1", "--language", "es"), "imported", "said later")
        equal(len([c for p in s.json("resolution", "show", "X/1")["paragraphs"] for c in p["clauses"]]), 2, "it is read anew")
        contains(s.run("read", path, "--width", "1000"), "the language of this text is not known", "also offline")
        contains(s.run("read", path, "--language", "xx", code=2), 'no lexicon of the language "xx"', "also offline")


def word(body, numbering):
    out = io.BytesIO()
    name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("word/document.xml", f"<w:document {name}><w:body>{body}</w:body></w:document>")
        z.writestr("word/numbering.xml", f"<w:numbering {name}>{numbering}</w:numbering>")
    return out.getvalue()


def test_a_word_document_keeps_the_numbers_of_its_lists(binaries):
    def item(level, text):
        return (f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr></w:pPr>"
                f"<w:r><w:t>{text}</w:t></w:r></w:p>")

    levels = "".join(f"<w:lvl w:ilvl='{i}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
                     for i, (form, text) in enumerate([("decimal", "%1."), ("lowerLetter", "(%2)")]))
    body = "<w:p><w:r><w:t>The Economic and Social Council,</w:t></w:r></w:p>" + item(0, "Requests the Secretary-General:") + \
        item(1, "To mend the lamps;") + item(1, "To buy oil;") + item(0, "Invites all States to help.")
    with Service(binaries).start() as s:
        path = s.place / "lamps.docx"
        path.write_bytes(word(body, f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"))
        s.run("import", path, "--symbol", "E/RES/2004/99", "--adopted", "2004-07-21", "--confirm")
        equal([p["label"] for p in s.json("resolution", "show", "E/RES/2004/99")["paragraphs"] if p["part"] == "operative"],
              ["1", "1(a)", "1(b)", "2"], "the paragraphs")
        equal(s.run("list", "--format", "refs").split(), ["E/RES/2004/99:1", "E/RES/2004/99:2"], "and what they ask")
        page = s.place / "lamps.html"
        page.write_text("<p>The Economic and Social Council,</p><p>1. Requests the Secretary-General to mend&nbsp;the lamps;<p>2. Invites all States to help.")
        s.run("import", page, "--symbol", "E/RES/2004/97", "--adopted", "2004-07-21", "--confirm")
        equal(s.run("list", "symbol:E/RES/2004/97", "--format", "refs").split(), ["E/RES/2004/97:1", "E/RES/2004/97:2"], "of a part of a page")
