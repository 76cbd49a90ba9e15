"""`cadrage verify` through the command line: a delivered file, a changed one, a stranger."""

import hashlib
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection

from bot.cli import main
from flows.playbook import Playbook
from flows.project import Person
from flows.signoff.model import Review, Signature
from storage import document, review
from storage import person as profiles
from storage.database import connect
from storage.document import Delivered
from tests.storage.scoping import CLAIRE, KARIM, NOW, Scoping, T, found

MARK = hashlib.sha256(b"what version 3 says").hexdigest()
BYTES = f"Note de cadrage, version 3. Empreinte {MARK}.".encode()


@pytest.fixture
def delivered(
    sqlite_url: str, tmp_path: Path, playbook: Playbook, monkeypatch: pytest.MonkeyPatch
) -> Scoping:
    """Version 3 is signed, and went out as a file; so did version 1 of the log."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    db = connect(sqlite_url)
    scoping = Scoping(db=db, playbook=playbook, project=db.run_sync(found))

    def write(conn: Connection) -> None:
        here = {"workspace": T, "project_id": scoping.project}
        profiles.remember(
            conn, person=Person(workspace=T, user=CLAIRE, name="Claire Vasseur", fetched_at=NOW)
        )
        new = Review(version=3, fingerprint=MARK, sponsor=CLAIRE, signers=(KARIM, CLAIRE))
        review.begin(conn, **here, new=new, by=KARIM, now=NOW)
        signed = Signature(user=CLAIRE, role="sponsor", choice="approve", at=NOW, fingerprint=MARK)
        review.move(conn, **here, old=new, new=replace(new, state="signed", signatures=(signed,)))
        file = Delivered(**here, doc="DOC1", version=3, form="md", language="fr", delivered_at=NOW)
        for _ in range(2):  # once, however often it is delivered
            document.delivered(conn, sha256=hashlib.sha256(BYTES).hexdigest(), file=file)
        log = replace(file, doc="DOC6", version=1)
        document.delivered(conn, sha256=hashlib.sha256(b"log").hexdigest(), file=log)

    db.run_sync(write)
    db.close()
    return scoping


def verify(folder: Path, content: bytes) -> Result:
    file = folder / "note.md"
    file.write_bytes(content)
    return CliRunner().invoke(main, ["verify", str(file)])


def zipped(body: bytes) -> bytes:
    """A Word file with this body."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
    return box.getvalue()


def test_a_delivered_file_is_told_with_its_signatures(delivered: Scoping, tmp_path: Path) -> None:
    said = verify(tmp_path, BYTES)
    assert said.exit_code == 0, said.output
    assert "Scoping note of Phénix, version 3 (md, French), as delivered on 2026-11-24" in said.output
    assert said.output.count("version 3") == 1
    assert "Signed by the sponsor, and frozen." in said.output
    assert "Claire Vasseur, Sponsor: signs" in said.output
    log = verify(tmp_path, b"log")
    assert "Decision log of Phénix, version 1" in log.output
    assert "Fingerprint" not in log.output


def test_a_changed_file_and_a_stranger_are_told_apart(delivered: Scoping, tmp_path: Path) -> None:
    changed = verify(tmp_path, BYTES.replace(b"cadrage", b"saccage"))
    assert changed.exit_code == 1
    assert "bears the fingerprint of version 3" in changed.output
    assert "it was changed since" in changed.output
    assert "bears the fingerprint of version 3" in verify(tmp_path, zipped(BYTES)).output
    for other in (b"", b"PK broken", b"a" * 64, b"Bonjour"):
        said = verify(tmp_path, other)
        assert said.exit_code == 1
        assert "no file that was delivered" in said.output
    damaged = zipped(b"x" * 5_000)
    said = verify(tmp_path, damaged[:60] + b"\xff" * 20 + damaged[80:])
    assert (said.exit_code, said.exception.__class__) == (1, SystemExit), "torn on the way"
    missing = CliRunner().invoke(main, ["verify", str(tmp_path / "nowhere.pdf")])
    assert missing.exit_code == 1
    assert "No such file" in missing.output
