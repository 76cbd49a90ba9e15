"""`cadrage export`, `import` and `verify-audit` through the command line, on a database with records."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, update

from bot.cli import main
from bot.operations import bringing
from flows.playbook import load
from storage.database import connect
from storage.tables import audit
from tests.storage.scoping import Scoping, T, found
from tests.storage.test_finding import draft, notes

KEY = "a key of these tests, as long as one has to be"


@pytest.fixture
def told(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A project with three decisions, one of them confidential. Gives the address of the database."""
    db = connect(sqlite_url, key=KEY)
    scoping = Scoping(db=db, playbook=load(), project=db.run_sync(found))
    secret = draft("Primes", "3", restricted=True)
    notes(scoping, draft("=Alpha()", "1"), draft("Bêta", "2"), secret)
    db.close()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("CADRAGE_KEY", KEY)
    return sqlite_url


def cadrage(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, input="n\n")


def test_records_are_written_to_a_file_without_what_is_confidential_unless_asked(told: str) -> None:
    done = cadrage("export", "--output", "out.csv", "--language", "en")
    assert (done.exit_code, done.output) == (0, "out.csv: 2 records.\n")
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *lines = csv.reader(file)
    assert [line[2] for line in lines] == ["Bêta", "'=Alpha()"]
    for form in ("xlsx", "md", "json", "ics"):
        done = cadrage("export", "--output", f"out.{form}", "--form", form, "--confidential")
        assert (done.exit_code, done.output) == (0, f"out.{form}: 3 records.\n")
    assert cadrage("export", "--output", "x", "--project", "Nowhere").exit_code == 1
    assert cadrage("export", "--output", "no/folder/x").exit_code == 1


def test_the_audit_is_verified_and_what_was_altered_is_found(told: str) -> None:
    done = cadrage("verify-audit")
    assert done.exit_code == 0
    assert "3 links" in done.output

    def alter(conn: Connection) -> None:
        conn.execute(update(audit).where(audit.c.workspace == T, audit.c.n == 2).values(object="DEC-9"))

    db = connect(told)
    db.run_sync(alter)
    db.close()
    done = cadrage("verify-audit")
    assert done.exit_code == 1
    assert "link 2 does not hold" in done.output


TABLE = """Type;Titre;Parce que;Échéance
Décision;Choisir Gamma;Le coût;2026-03-31
question;Qui héberge ?;;
question;Qui héberge ?;;
Décision;bêta;;
risque;Panne;;
Décision;=Delta();;demain
"""


def test_a_table_is_brought_in_after_a_preview_and_taken_back_at_once(told: str) -> None:
    Path("in.csv").write_text(TABLE, encoding="utf-8-sig")
    shown = cadrage("import", "in.csv", "--report", "refused.txt")
    assert "2 records for Phénix; 4 lines refused." in shown.output
    assert "Nothing was made." in shown.output
    refused = Path("refused.txt").read_text().splitlines()
    assert [line.partition(":")[0].strip() for line in refused] == [
        "Ligne 4, colonne Titre", "Ligne 5, colonne Titre", "Ligne 6, colonne Type",
        "Ligne 7, colonne Échéance",
    ]  # fmt: skip
    made = cadrage("import", "in.csv", "--yes")
    assert "2 records made." in made.output
    batch = made.output.rpartition("--undo ")[2].strip()
    assert lists() == ["Qui héberge ?", "Choisir Gamma", "Bêta", "'=Alpha()"]
    assert "0 records for" in cadrage("import", "in.csv", "--yes").output  # all there already
    assert cadrage("import", "--undo", batch).output == "2 records withdrawn.\n"
    assert lists() == ["Bêta", "'=Alpha()"]
    assert cadrage("verify-audit").exit_code == 0


HOSTILE = (
    "Number,Kind,Title,Because\n"
    'DEC-7,decision,=HYPERLINK("x"),+1\n'  # a formula is text, whatever it begins with
    "dec-7,decision,Autre,\n"  # the same number
    "DEC-8,decision,Ragged\n"  # fewer cells than the head
    "DEC-9,decision,Too,many,cells,here\n"
    "DEC-10,decision,Nul\x00byte,x\n"
    f"DEC-11,decision,{'é' * 250},x\n"  # too long a title
    '"","","",""\n'
)


def test_formulas_numbers_that_come_twice_and_ragged_lines_have_each_their_outcome(told: str) -> None:
    Path("in.csv").write_text(HOSTILE, encoding="utf-8")
    shown = cadrage("import", "in.csv", "--yes", "--report", "refused.txt").output
    assert "4 records made" in shown
    refused = [line.partition(" : ") for line in Path("refused.txt").read_text().splitlines()]
    assert [where.strip() for where, _, _ in refused] == ["Ligne 3, colonne Number", "Ligne 7, colonne Title"]
    assert refused[0][2] == "DEC-7 est aussi à la ligne 2 : gardez-en une."
    assert lists() == ["Nulbyte", "Too", "Ragged", '\'=HYPERLINK("x")', "Bêta", "'=Alpha()"]
    again = cadrage("import", "now.csv", "--yes").output  # what was taken away, brought in: all there already
    assert "0 records for" in again


def test_a_long_file_tells_how_far_it_is_and_one_that_is_too_long_says_so(told: str) -> None:
    many = 100_000
    with Path("long.csv").open("w", encoding="utf-8") as out:
        out.write("Kind,Title\n")
        out.writelines(f"issue,Point {n}\n" for n in range(many))
    shown = cadrage("import", "long.csv")  # nothing is made of it: the benchmark does
    told_ = [line for line in shown.output.splitlines() if line.endswith("lines read")]
    assert told_ == [f"… {n:,} lines read" for n in range(10_000, many + 1, 10_000)]
    assert "100,000 records for Phénix; 0 lines refused." in shown.output
    Path("endless.csv").write_text("Kind,Title\n" + "\n" * bringing.LARGEST, encoding="utf-8")
    done = cadrage("import", "endless.csv")
    assert done.exit_code == 1
    assert "more than 200,000 lines" in done.output


def lists() -> list[str]:
    cadrage("export", "--output", "now.csv", "--language", "en")
    with Path("now.csv").open(encoding="utf-8-sig", newline="") as file:
        return [line[2] for line in csv.reader(file)][1:]


UNUSABLE = {
    "latin": ("Title,Kind\nok,issue\ncafé,issue\n".encode("latin-1"), "line 3 is not UTF-8"),
    "headless": (b"a,b\n1,2\n", "no column is called Title"),
    "kindless": (b"Title\nx\n", "no column is called Kind"),
    "bloated": (b'Title,Kind\n"' + b"x" * 200_000, "this is not a table in CSV"),
    "empty": (b"", "no column is called Title"),
}


@pytest.mark.parametrize(("content", "said"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_file_that_cannot_be_read_says_why(told: str, content: bytes, said: str) -> None:
    Path("bad.csv").write_bytes(content)
    done = cadrage("import", "bad.csv", "--yes")
    assert done.exit_code == 1
    assert said in done.output


def test_utf_16_is_read_and_a_missing_file_is_said(told: str) -> None:
    Path("wide.csv").write_text("Title\tKind\nCafé\tissue\n", encoding="utf-16")
    assert "1 records made" in cadrage("import", "wide.csv", "--yes").output
    assert cadrage("import", "nowhere.csv").exit_code == 1
    assert cadrage("import").exit_code == 1


@pytest.mark.parametrize(
    "command", ["export --output out.csv", "verify-audit", "verify pyproject.toml", "erase U1"]
)
@pytest.mark.parametrize(("url", "remedy"), [
    ("sqlite:///empty.db", "cadrage db upgrade brings its tables up to date"),
    ("postgresql://nobody:canary@127.0.0.1:9/nothing", "Check DATABASE_URL"),
])  # fmt: skip
def test_a_database_that_cannot_be_asked_ends_a_command_with_a_sentence(
    command: str, url: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("CADRAGE_KEY", KEY)
    done = cadrage(*command.split())
    assert done.exit_code == 1
    assert remedy in done.output
    assert "Traceback" not in done.output
    assert "canary" not in done.output


def test_settings_that_lead_nowhere_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///file/cadrage.db")
    assert "DATABASE_URL cannot be used: file cannot be made" in cadrage("verify-audit").output
    monkeypatch.setenv("CADRAGE_CONTENT", "nowhere")
    assert "CADRAGE_CONTENT: nowhere: this folder of content does not exist." in cadrage("doctor").output
