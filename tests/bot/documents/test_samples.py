"""The documents of the worked example as files: readable by everybody, the same in every process, sound for
other programs."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from bot.documents.forms import FORMS, Form, made
from bot.documents.kinds import NOTE
from flows.playbook import Playbook
from flows.words import LANGUAGES, Language
from tests.golden.stages import order
from tests.worked_example.written import written

pytestmark = pytest.mark.xdist_group("samples")  # one worker makes the files
ROOT = Path(__file__).parents[3]
Files = dict[tuple[Language, Form], bytes]


@pytest.fixture(scope="module")
def note(playbook: Playbook) -> Files:
    """The note of the example, in each form and language."""
    found: Files = {}
    for language in LANGUAGES:
        with written(playbook, language) as project:
            kept = project.makes(NOTE)
        for form in FORMS:
            file = made(order(kept, NOTE, language, form))
            assert file.instead == ""
            found[language, form] = file.file.content
    return found


def structure(node: Any) -> Iterator[DictionaryObject]:
    """Every element of the structure of a PDF below a node, in the order of reading."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for one in node:
            yield from structure(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node  # type: ignore[misc]
        if "/K" in node:
            yield from structure(node["/K"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_can_be_read_by_whoever_does_not_see_it(note: Files, language: Language) -> None:
    """What PDF/UA-1 asks and can be looked for here; no validator of the standard is at hand."""
    read = pypdf.PdfReader(io.BytesIO(note[language, "pdf"]))
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata is not None
    assert read.metadata.title
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    tags = [*structure(root["/StructTreeRoot"])]
    kinds = Counter(str(tag["/S"]) for tag in tags)
    assert kinds["/H1"] == 1
    assert kinds["/H2"] >= 25
    assert kinds["/Table"] > 10
    levels = [int(kind[2:]) for tag in tags if (kind := str(tag["/S"]))[:2] == "/H" and kind[2:].isdigit()]
    assert all(after - before <= 1 for before, after in pairwise(levels)), "no level is left out"
    figures = [tag for tag in tags if str(tag["/S"]) == "/Figure"]
    assert len(figures) >= 5
    assert all(str(one.get("/Alt", "")).strip() for one in figures), "each picture says what it shows"
    for table in (tag for tag in tags if str(tag["/S"]) == "/Table"):
        inside = Counter(str(tag["/S"]) for tag in structure(table["/K"]))
        assert inside["/TH"] > 1, "each table has a heading row"
        assert inside["/TD"] % inside["/TH"] == 0, "each row has all its cells"
    assert all(str(page["/Tabs"]) == "/S" for page in read.pages), "keys follow the structure"
    assert not [font for font in fonts(read) if not embedded(font)]


def fonts(read: pypdf.PdfReader) -> Iterator[Any]:
    """Every font of every page."""
    for page in read.pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[attr-defined]
            yield font.get_object()


def embedded(font: Any) -> bool:
    """A font that comes with the file."""
    below = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    about = below["/FontDescriptor"]
    return any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_has_a_bookmark_and_a_line_of_contents_for_each_section(
    note: Files, language: Language
) -> None:
    read = pypdf.PdfReader(io.BytesIO(note[language, "pdf"]))
    below: Any = read.outline[1]
    assert [str(one.title).split()[0] for one in below] == [f"N{n:02}" for n in range(1, 26)]
    where = {str(one.title).split()[0]: read.get_destination_page_number(one) or 0 for one in below}
    contents = read.pages[1].extract_text()
    for id, page in where.items():
        lines = [text for text in contents.splitlines() if text.startswith(f"{id} ")]
        assert any(line.endswith(f"{page + 1}") for line in lines), f"{id} is on page {page + 1}: {lines}"


def test_the_first_page_of_the_note_is_one_page(note: Files) -> None:
    read = pypdf.PdfReader(io.BytesIO(note["fr", "pdf"]))
    texts = [page.extract_text() for page in read.pages]
    assert "Note de cadrage" in texts[0]
    assert "Corvanne Froid" in texts[0]
    assert "N01 Résumé en une page" in texts[2]
    assert "N02 Contexte" not in texts[2], "the second begins on the next page"
    assert "N02 Contexte" in texts[3]
    assert all("BROUILLON" in text for text in texts[:1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_program_opens_the_docx_as_it_is(note: Files, language: Language, tmp_path: Path) -> None:
    """LibreOffice reads it, and finds all of it."""
    office = shutil.which("soffice")
    assert office is not None, "not installed: libreoffice-writer-nogui"
    (tmp_path / "note.docx").write_bytes(note[language, "docx"])
    own = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, own, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "note.docx")], check=True, capture_output=True, timeout=180)
    read = pypdf.PdfReader(tmp_path / "note.pdf")
    text = "\n".join(page.extract_text() for page in read.pages)
    assert [id for id in (f"N{n:02}" for n in range(1, 26)) if id not in text] == []
    assert "Corvanne Froid" in text
    assert len(read.pages) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_docx_says_what_its_pictures_and_tables_are(note: Files, language: Language) -> None:
    with zipfile.ZipFile(io.BytesIO(note[language, "docx"])) as archive:
        body = archive.read("word/document.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    assert (
        body.count("<w:tbl>") + body.count("<w:tbl ")
        == body.count("<w:tblHeader/>")
        == body.count("<w:tblCaption")
    )
    assert body.count("<wp:docPr ") == body.count(' descr="')
    assert 'descr=""' not in body
    assert f'w:lang w:val="{"fr-FR" if language == "fr" else "en-GB"}"' in styles


SAME = """
import hashlib, sys
from flows.playbook import load
from tests.bot.documents.test_samples import digests
print(digests(load()))
"""


def digests(playbook: Playbook) -> dict[str, str]:
    """What comes out of a project, as one hash a form."""
    with written(playbook, "fr") as project:
        kept = project.makes(NOTE)
    files = {form: made(order(kept, NOTE, "fr", form)).file for form in FORMS}
    return {file.name: sha256(file.content).hexdigest() for file in files.values()}


def test_the_same_project_gives_the_same_bytes_in_every_process() -> None:
    """Made from nothing in two processes whose dictionaries and sets are ordered differently."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SAME], stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        )
        for seed in ("1", "4711")
    ]  # fmt: skip
    said = [process.communicate(timeout=400)[0] for process in running]
    assert said[0] == said[1]
    assert said[0].count("note-de-cadrage") == len(FORMS)
