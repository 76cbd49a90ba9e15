"""Every document of a company whose people attack it in each sentence they write: printed as text.

From answers and forms through the registers to the files; what one block does with hostile text of each sort
is in test_forms.py.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

from bot.documents.forms import made
from bot.documents.kinds import KINDS, NOTE
from bot.documents.making import Blocked
from flows.playbook import Playbook
from tests.bot.documents.test_forms import Ear
from tests.golden.stages import order
from tests.worked_example.written import written

LINES = "\n"  # a text of several lines is kept whole


@pytest.fixture
def ear() -> Iterator[Ear]:
    listening = Ear()
    yield listening
    listening.socket.close()


class Attacks:
    """Lines that ask every reader of a file for something, one after the other."""

    def __init__(self, port: int, canary: Path) -> None:
        self.lines = cycle((
            f'=CMD("x")<img src="http://127.0.0.1:{port}/i">{{{{7*7}}}}',
            f'{{{{7*7}}}}<a href="file://{canary}">{{% raw %}}&x;]]>',
            f"{{{{7*7}}}}![m](http://127.0.0.1:{port}/m)\u202e👩🏽‍🚀",
        ))  # fmt: skip

    def __call__(self, text: str) -> str:
        """The next of them, and so much of the text that it can be told from others."""
        return f"{next(self.lines)} {text if LINES in text else text[-24:]}"


def test_what_people_write_is_text_in_every_document_and_form(
    playbook: Playbook, ear: Ear, tmp_path: Path
) -> None:
    canary = tmp_path / "canary"
    canary.write_text("CANARY-4711")
    seen = []
    with written(playbook, "fr", says=Attacks(ear.port, canary)) as project:
        for doc in KINDS:
            try:
                kept = project.makes(doc)
            except Blocked:
                continue
            seen.append(doc)
            forms = ("md", "html", "docx", "pdf") if doc == NOTE else ("md", "html", "docx")
            for form in forms:
                file = made(order(kept, doc, "fr", form))  # type: ignore[arg-type]
                assert file.instead == "", (doc, form)
                CHECKS[form](file.file.content, doc)
    assert len(seen) >= 5
    assert ear.heard == 0, "nothing is fetched"


def text_is_escaped(content: bytes, doc: str) -> None:
    text = content.decode()
    assert "{{7\\*7}}" in text, doc
    assert not re.search(r"(?<!\\)<(?:img|a) ", text), "a mark of HTML is escaped"
    assert not re.search(r"(?<!\\)!?(?<!\\)\[m", text), "a link of Markdown is escaped"
    assert "CANARY" not in text


def page_asks_for_nothing(content: bytes, doc: str) -> None:
    html = content.decode()
    assert "{{7*7}}" in html, doc
    assert '<img src="http' not in html
    assert '<a href="file' not in html
    assert "CANARY" not in html


def word_is_sound(content: bytes, doc: str) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(part))  # noqa: S314 - ours
        outside = [part for part in archive.namelist() if b'TargetMode="External"' in archive.read(part)]
        assert outside == [], doc
        assert "{{7*7}}" in archive.read("word/document.xml").decode()


def paper_is_only_paper(content: bytes, doc: str) -> None:
    read = pypdf.PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in read.pages)
    assert "{{7*7}}" in text, doc
    assert "CANARY" not in text
    for forbidden in (b"/EmbeddedFile", b"/JavaScript", b"/URI", b"/Launch"):
        assert forbidden not in content, (doc, forbidden)


CHECKS = {
    "md": text_is_escaped,
    "html": page_asks_for_nothing,
    "docx": word_is_sound,
    "pdf": paper_is_only_paper,
}
