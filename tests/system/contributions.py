"""Contributions: from the pledge to the status, corrections, imports of a file, what stands as of a date and as known."""
import csv
import decimal
import io
import random

from support import Service, contains, equal

HEAD = "fund,action,donor,amount,currency,date,earmark,in_kind,for_year,due,agreement,rate,rate_date,pledge,donor_type,note,evidence\n"


def with_rates(s):
    s.run("rate", "set", "EUR", "2005-01-01", "0.734", "--evidence", "UNORE/2005/1")
    s.run("rate", "set", "EUR", "2005-06-01", "0.8")
    return s


def status(s, *words):
    return s.json("contribution", "status", *words)


def test_a_pledge_and_what_is_paid_for_it(binaries):
    with Service(binaries).start() as s:
        with_rates(s.founding())
        pledge = s.json("contribution", "pledge", "UNCPCJF", "France", "100000", "EUR", "--on", "2005-03-01", "--due", "2005-12-31",
                        "--agreement", "FRA/2005/1")
        equal((pledge["n"], pledge["usd"], pledge["rate_date"]), (1, "136239.78", "2005-01-01"), "dollars at pledge")
        receipt = s.json("contribution", "receive", "UNCPCJF", "FRA", "40000", "EUR", "--on", "2005-06-10", "--pledge", "FRA/2005/1")
        equal((receipt["usd"], receipt["pledge"]), ("50000.00", 1), "dollars at receipt")
        contains(s.run("contribution", "receive", "UNCPCJF", "France", "1", "EUR", "--on", "2005-06-11", code=None).stderr,
                 "France has an open pledge to UNCPCJF that this may answer: 1 of 1 March 2005, FRA/2005/1, EUR 60000 outstanding; if it does, say "
                 "so with: mandate contribution correct UNCPCJF 3 --pledge 1 --note REASON", "what may have been meant")
        s.run("contribution", "correct", "UNCPCJF", "3", "--void", "--note", "a slip")
        s.run("contribution", "receive", "UNCPCJF", "Netherlands", "12000", "EUR", "--on", "2005-06-15", "--in-kind", "a seconded expert",
              "--earmark", "legislative guides")
        total = status(s, "--as-of", "2006-01-31")["total"]
        equal((total["donors"], total["pledged"], total["received"], total["outstanding"], total["overdue"]),
              (2, "136239.78", "65000.00", "81743.87", "81743.87"), "the status")
        equal(status(s, "--as-of", "2005-12-31")["total"]["overdue"], "0.00", "not overdue on the day on which it is due")
        text = s.run("contribution", "list", "--as-of", "2006-01-31")
        contains(text, "EUR 100,000.00", "the list, in its own currency")
        contains(" ".join(text.split()), "due 2005-12-31 (overdue)", "what is overdue")
        narrow = s.run("contribution", "list", "--as-of", "2006-01-31", "--width", "80")
        equal(max(map(len, narrow.splitlines())) <= 80 and "…" not in narrow, True, "all of it in 80 columns")
        contains(narrow, "             -     15,000.00                -\n    received 2005-06-15; in kind: a seconded expert; for legislative guides\n", "an amount that there is not")
        equal(s.run("contribution", "list", "--as-of", "2006-01-31", env={"COLUMNS": "80"}), narrow, "as wide as COLUMNS says")
        contains(s.run("contribution", "status", "--since", "59/157"), "2 since 2004-12-20: France (2005-03-01), Netherlands (2005-06-15)", "new donors")
        rows = list(csv.DictReader(io.StringIO(s.run("contribution", "list", "--format", "csv"))))
        equal([(r["donor"], r["pledged"], r["received_usd"], r["outstanding"]) for r in rows],
              [("FRA", "100000", "50000.00", "60000"), ("NLD", "", "15000.00", "")], "the list as CSV")
        contains(s.run("show", "59/157:6", "--as-of", "2005-12-31"), "2 donors, US$ 65,000.00 received of 136,239.78 pledged since adoption", "the obligation")
        contains(s.run("update", "59/157:6", "--status", "implemented", "--note", "much was given", code=15), "never implemented", "its status")
        s.run("edit", "59/157:6", "--fund", "none")
        equal(s.json("show", "59/157:6")["fund"], None, "no fund")


def test_what_cannot_be_is_refused_with_what_to_do(binaries):
    with Service(binaries).start() as s:
        give = ("contribution", "pledge", "UNCPCJF")
        contains(s.run(*give, "Frannce", "1", "USD", code=3), "did you mean France?", "a misspelled State")
        contains(s.run(*give, "France", "1,250", "USD", code=2), "without marks between thousands", "commas")
        contains(s.run(*give, "France", "1e9", "USD", code=2), "is not an amount", "an exponent")
        contains(s.run(*give, "France", "-5", "USD", code=2), "below nothing", "less than nothing")
        contains(s.run(*give, "France", "5", "EUR", "--on", "2005-03-01", code=1), "mandate rate set EUR DATE RATE", "no rate")
        contains(s.run(*give, "France", "5", "EUX", code=2), "is no currency", "no currency")
        contains(s.run(*give, "France", "5", "USD", "--on", "2999-01-01", code=14), "in the future", "tomorrow")
        contains(s.run("contribution", "receive", "NONE", "France", "5", "USD", code=3), "there are: UNCAC-ART62", "no fund")
        contains(s.run("contribution", "receive", "UNCPCJF", "France", "5", "USD", "--pledge", "7", code=1), "has no pledge 7", "no pledge")
        contains(s.run("rate", "set", "EUR", "2005-01-01", "0,8", code=2), "is not a rate", "no rate either")
        equal(s.json("contribution", "log", "UNCPCJF")["rows"], [], "the book is empty")


def test_a_correction_keeps_what_it_corrects(binaries):
    with Service(binaries).start() as s:
        with_rates(s)
        s.run("contribution", "pledge", "UNCPCJF", "Peru", "1000", "USD", "--on", "2005-03-01")
        known = s.sql("select to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
        s.run("contribution", "correct", "UNCPCJF", "1", "--amount", "1100", "--note", "the letter says 1,100")
        equal(status(s)["total"]["pledged"], "1100.00", "now")
        equal(status(s, "--known-at", known)["total"]["pledged"], "1000.00", "as it was known")
        contains(s.run("contribution", "correct", "UNCPCJF", "1", "--void", "--note", "x", code=4), "corrected by entry 2 already", "once")
        s.run("contribution", "correct", "UNCPCJF", "2", "--void", "--note", "it was never signed")
        equal(status(s)["total"]["pledged"], "0.00", "taken back")
        equal([e["action"] for e in s.json("contribution", "log", "UNCPCJF", "Peru")["rows"]], ["pledge", "pledge", "void"], "the book")
        contains(s.run("audit", "verify"), "3 entries of 1 ledger,", "the chain")


def test_a_file_is_imported_whole_or_not_at_all(binaries):
    with Service(binaries).start() as s:
        rows = [f"UNCPCJF,pledge,{('France', 'PER', 'Kenya')[i % 3]},{i}.10,USD,2005-01-{1 + i % 28:02d},,,,,AG/{i},,,,,,\n" for i in range(1, 500)]
        file = s.place / "gifts.csv"
        file.write_text(HEAD + "".join(rows[:250] + ["UNCPCJF,pledge,Frannce,1e9,USD,2005-02-30,,,,,,,,,,,\n"] + rows[250:]))
        said = s.run("contribution", "import", file, "--faults", s.place / "wrong.csv", code=2)
        for column in ("donor: there is no State", "amount: \"1e9\" is not an amount", "date: \"2005-02-30\" is not a date"):
            contains(said, f"gifts.csv:252: {column}", "every fault, with its line")
        equal(s.json("contribution", "log", "UNCPCJF")["rows"], [], "nothing is left behind")
        equal([n for n, line in enumerate((s.place / "wrong.csv").read_text().splitlines()) if "Frannce" in line and "did you mean" in line], [251], "the wrong row in its place, with its fault")
        file.write_text(HEAD + "".join(rows) + "UNCPCJF,receipt,Kenya,2,USD,2005-06-01,,,,,,,,AG/2,,,\n")
        contains(s.run("contribution", "import", file, "--dry-run"), "500 entries added, 0 were here already (nothing was changed)", "a dry run")
        contains(s.run("contribution", "import", file), "500 entries added, 0 were here already", "the import")
        contains(s.run("contribution", "import", file), "0 entries added, 500 were here already", "again")
        equal(status(s)["total"]["outstanding"], str(sum(decimal.Decimal(f"{i}.10") for i in range(1, 500)) - 2), "the sum, exactly")
        kenya = [r for r in s.json("contribution", "list", "--donor", "Kenya") if r["pledge"]["agreement"] == "AG/2"]
        equal((kenya[0]["outstanding"], len(kenya[0]["receipts"])), ("0.10", 1), "a receipt found its pledge by the agreement")


def test_sums_are_exact_whatever_they_are_made_of(binaries):
    dice = random.Random(59)
    states = ("FRA", "PER", "KEN", "NLD", "JPN", "BRA")
    text, dollars = HEAD, {"pledge": decimal.Decimal(0), "receipt": decimal.Decimal(0)}
    for _ in range(600):
        action = dice.choice(("pledge", "receipt"))
        amount = decimal.Decimal(dice.randrange(1, 10 ** dice.randrange(1, 16))).scaleb(-dice.randrange(0, 5))
        rate = decimal.Decimal(dice.randrange(1, 10 ** 7)).scaleb(-4)
        with decimal.localcontext(prec=60):
            dollars[action] += (amount / rate).quantize(decimal.Decimal("0.01"), decimal.ROUND_HALF_UP)
        text += (f"UNCPCJF,{action},{dice.choice(states)},{amount:f},EUR,{dice.randrange(2001, 2006)}-05-{dice.randrange(1, 29):02d},"
                 f"{dice.choice(('', 'training'))},{dice.choice(('', 'books'))},,,,{rate:f},,,,,\n")
    with Service(binaries).start() as s:
        s.run("contribution", "import", "-", input=text)
        for by in ("donor", "fund", "year", "region"):
            answer = status(s, "--by", by)
            for figure, action in (("pledged", "pledge"), ("received", "receipt")):
                equal(decimal.Decimal(answer["total"][figure]), dollars[action], f"{figure} in all")
                equal(sum(decimal.Decimal(r[figure]) for r in answer["rows"]), dollars[action], f"{figure} by {by}")
                for pair in (("cash", "in_kind"), ("earmarked", "general_purpose")):
                    equal(sum(decimal.Decimal(answer["total"][p][figure]) for p in pair), dollars[action], f"{figure}, {pair}")
