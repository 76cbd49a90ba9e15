"""A document in each of its forms: the same bytes twice, whatever people typed, and nothing fetched."""

import io
import socket
import threading
import time
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pytest

from bot.documents import press
from bot.documents.forms import Order, made
from bot.documents.house import PLAIN, House, HouseError, house, house_or_plain
from bot.documents.page import Page, paper, screen
from bot.documents.press import NotPrinted, pdf, word
from bot.documents.word import docx
from bot.words.drawing import png
from bot.words.typography import typographic
from flows.document.markdown import written
from flows.document.model import Bullets, Document, Figure, Missing, Paragraph, Section, Table
from flows.document.text import Reading
from flows.words import Words

FR = Reading(language="fr", dress=typographic, names={"U1": "Claire"})
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10">'
    '<rect width="10" height="10" fill="#3b4a8c"/></svg>'
)


def document(typed: str = "Ce que l’on sait", **more: object) -> Document:
    words = Words.same(typed)
    blocks = (
        Paragraph(words=words, label=words, origin=Words("OBJ05, 8 answers", "OBJ05, 8 réponses")),
        Bullets(items=(words, words), label=None),
        Table(label=words, head=(Words("Record", "Fiche"), words), rows=((Words.same("GAP-1"), words),)),
        Missing(words=Words("⚠ To be completed", "⚠ À compléter")),
        Figure(label=Words("Risks", "Risques"), alt=words, drawing=Words(SVG, SVG)),
    )
    return Document(
        title=Words("Scoping note", "Note de cadrage"), version=Words("Version 1", "Version 1"),
        notices=(Words("DRAFT", "BROUILLON"),), changes=(Words("N02: 1 added", "N02 : 1 de plus"),),
        sections=(Section(id="N01", title=Words("Summary", "Résumé"), blocks=blocks),),
    )  # fmt: skip


def text_of(content: bytes) -> str:
    said = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return said.replace("\0", "")


def test_a_pdf_is_tagged_numbered_marked_as_a_draft_and_the_same_twice() -> None:
    page = paper(document(), FR, PLAIN)
    printed = pdf(page, watermark="BROUILLON")
    assert printed == pdf(page, watermark="BROUILLON")
    read = pypdf.PdfReader(io.BytesIO(printed))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "fr"  # type: ignore[index]
    assert read.metadata is not None
    assert read.metadata.title == "Note de cadrage"
    assert "1 / " in text_of(printed)
    assert "N01 Résumé" in str(read.outline)
    assert b"pdfuaid" in printed or "pdfuaid" in str(root["/Metadata"].get_data())  # type: ignore[index]


def long() -> Document:
    """The same with so many sections that it has a cover and contents."""
    one = document()
    return replace(one, sections=tuple(replace(one.sections[0], id=f"N{n:02}") for n in range(1, 12)))


def test_a_short_document_is_read_from_top_to_bottom() -> None:
    """No cover and no contents for two pages."""
    page = paper(document(), FR, PLAIN)
    assert 'class="short"' in page.html
    assert "<nav" not in page.html
    assert "<nav" in paper(long(), FR, PLAIN).html
    body = zipfile.ZipFile(io.BytesIO(docx(document(), FR, PLAIN))).read("word/document.xml").decode()
    assert "TOC " not in body
    assert 'w:type="page"' not in body


def test_a_table_of_many_columns_lies_across_the_sheet_and_says_in_red_and_grey_what_7_7_asks() -> None:
    """The decision log: no reason in red, what was replaced in grey."""
    said = Words.same
    head = tuple(said(f"C{n}") for n in range(13))
    row = (said("DEC-1"), said("⚠ raison non donnée"), *(said("—") for _ in range(11)))
    tables = (Table(label=said("A"), head=head, rows=(row,)),
              Table(label=said("B"), head=head, rows=(row,), over=True))  # fmt: skip
    one = document()
    wide = replace(one, sections=(Section(id="1", title=said("A"), blocks=tables),))
    page = paper(wide, FR, PLAIN)
    assert 'class="across"' in page.html
    assert '<td class="gone">⚠ raison non donnée</td>' in page.html
    assert '<table class="wide over">' in page.html
    assert page.html.count("<h3>") == 1, "A is said once: the section is called so"
    sheet = pypdf.PdfReader(io.BytesIO(pdf(page))).pages[0].mediabox
    assert sheet.width > sheet.height
    body = zipfile.ZipFile(io.BytesIO(docx(wide, FR, PLAIN))).read("word/document.xml").decode()
    assert 'w:orient="landscape"' in body
    assert body.count('w:val="9C2318"/></w:rPr><w:t xml:space="preserve">⚠ raison') == 2
    assert '<w:color w:val="6B7280"/></w:rPr><w:t xml:space="preserve">DEC-1' in body


def test_a_docx_has_headings_a_table_with_a_head_contents_and_is_the_same_twice() -> None:
    written_ = docx(long(), FR, PLAIN)
    time.sleep(1.1)  # what a zip bears is in seconds
    assert written_ == docx(long(), FR, PLAIN)
    with zipfile.ZipFile(io.BytesIO(written_)) as archive:
        assert archive.testzip() is None
        body = archive.read("word/document.xml").decode()
    for expected in (
        "Heading1",
        "w:tblHeader",
        "TOC ",
        "Note de cadrage",
        "GAP-1",
        'descr="Ce que l’on sait"',
    ):
        assert expected in body, expected


HOSTILE = {
    "html": "<script>alert(1)</script><img src='http://127.0.0.1:{port}/x'><iframe src=\"file:///etc/hostname\">",
    "jinja": "{{ 7 * 7 }} {% for x in ().__class__.__bases__ %}{{ x }}{% endfor %}",
    "css": "</style><style>@import url(http://127.0.0.1:{port}/c); * {{ color: red }}",
    "style": "<style></style>",
    "markdown": "![x](http://127.0.0.1:{port}/m) [y](javascript:alert(1)) # title\n- item\n| a | b |",
    "formula": "=HYPERLINK(\"http://127.0.0.1:{port}/f\",\"x\")",
    "bidi": "\u202eتقرير\u202c العربية \u2067abc\u2069",
    "emoji": "👩🏽‍🚀🏴󠁧󠁢󠁳󠁣󠁴󠁿 ⚠️ 🇫🇷",
    "control": "a\x00b\x0bc\ufffe\x1f",
    "xml": "]]>&amp;<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "long": "x" * 40_000,
}  # fmt: skip


class Ear:
    """Listens on a port of this machine, and counts who calls."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.heard = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                self.socket.accept()
            except OSError:
                return
            self.heard += 1


@pytest.fixture
def ear():  # type: ignore[no-untyped-def]
    listening = Ear()
    yield listening
    listening.socket.close()


def test_hostile_text_is_printed_as_text_and_nothing_is_fetched(ear: Ear, tmp_path: Path) -> None:
    secret = tmp_path / "canary"
    secret.write_text("CANARY-4711")
    typed = [text.replace("{port}", str(ear.port)) for text in HOSTILE.values()]
    typed.append(f"<img src='file://{secret}'><link rel=attachment href='file://{secret}'>")
    whole = document("\n".join(text for text in typed if len(text) < 1000))
    html = screen(whole, FR, PLAIN).decode()
    body = html.partition("</style>")[2]
    assert "<script" not in html
    assert "<iframe" not in html
    assert "<style" not in body
    assert "{{ 7 * 7 }}" in html
    printed = pdf(paper(whole, FR, PLAIN), watermark="BROUILLON")
    assert "CANARY" not in text_of(printed)
    assert b"/EmbeddedFile" not in printed
    assert "{{ 7 * 7 }}" in text_of(printed)
    docx(whole, FR, PLAIN)
    assert "<script" not in written(whole, FR).replace("\\<script", "")
    assert ear.heard == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_makes_a_sound_word_file(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(document(HOSTILE[name]), FR, PLAIN))) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(part))  # noqa: S314 - ours


def test_forty_thousand_characters_without_a_space_are_printed() -> None:
    long = document()
    wide = replace(long.sections[0], blocks=(Paragraph(words=Words.same("é" * 40_000)),))
    printed = pdf(paper(replace(long, sections=(wide,)), FR, PLAIN))
    assert text_of(printed).count("é") >= 40_000


def test_a_page_cannot_reach_a_file_or_an_address_even_when_it_asks(ear: Ear, tmp_path: Path) -> None:
    """The page is ours; this is what holds if it ever were not."""
    canary = tmp_path / "canary.txt"
    canary.write_text("CANARY-4711")
    for link in (f"http://127.0.0.1:{ear.port}/x.png", canary.as_uri(), "data:image/png;base64,AAAA"):
        page = Page(title="x", html=f"<html lang=fr><title>x</title><p>x<img src='{link}'>", pictures={})
        with pytest.raises(NotPrinted):
            pdf(page)
    assert ear.heard == 0


def test_a_form_that_cannot_be_made_leaves_the_same_document_as_text_with_a_sentence() -> None:
    def broken(page: Page, *, watermark: str) -> bytes:
        raise NotPrinted("stopped after 20 s")

    order = Order(
        document=document(), reading=FR, house=PLAIN, form="pdf", name="note-1", title="Note", press=broken
    )
    found = made(order)
    assert found.file.name == "note-1.md"
    assert found.file.content.startswith(b"# Note de cadrage")
    assert "le même document en texte" in found.instead


def test_a_word_file_that_cannot_be_made_comes_as_text_and_the_bot_writes_none_itself() -> None:
    """A picture that Word files cannot hold stopped the sender eight times, and nobody was told."""
    odd = House(company="Boréal", logo=b"\xff\xd8" + PIXEL, logo_type="image/jpeg")
    ordered = Order(document=document(), reading=FR, house=odd, form="docx", name="note-1", title="Note")
    found = made(ordered)
    assert found.file.name == "note-1.md"
    assert "le même document en texte" in found.instead
    assert word(document(), FR, PLAIN) == docx(document(), FR, PLAIN)
    with pytest.raises(NotPrinted, match="stopped after"):
        word(document(), FR, PLAIN, patience=0.5, worker="tests.bot.documents.hanging")


def test_a_renderer_that_hangs_is_killed() -> None:
    page = paper(document(), FR, PLAIN)
    began = time.monotonic()
    with pytest.raises(NotPrinted, match="stopped after"):
        pdf(page, patience=0.5, worker="tests.bot.documents.hanging")
    assert time.monotonic() - began < 15


def test_the_house_style_is_used_and_checked(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(
        'company: "Pompes <Boréal>"\naccent: "#8c3b3b"\ntext: "Depuis 1952"\n'
    )
    ours = house(tmp_path)
    html = screen(document(), FR, ours).decode()
    assert "Pompes &lt;Boréal&gt;" in html
    assert "#8c3b3b" in html
    assert house(None) == House()
    for wrong, remedy in (
        ("accent: red\n", 'It must be a colour in quotes, such as "#3b4a8c"'),
        ("logo: ../secret\n", "no folder"), ("logo: missing.png\n", "Put the picture there"),
        ("colour: x\n", "“colour” is not known. It takes company"),
        ("- x\n", "there must be lines such as"), ("[", "is no YAML"), ("a: {", "is no YAML"),
    ):  # fmt: skip
        (tmp_path / "house.yaml").write_text(wrong)
        with pytest.raises(HouseError, match=remedy) as found:
            house(tmp_path)
        assert str(found.value).startswith("CADRAGE_HOUSE_STYLE cannot be used: ")
    (tmp_path / "house.yaml").write_bytes(b"company: \xe9\n")
    with pytest.raises(HouseError, match="Save it as UTF-8"):
        house(tmp_path)
    with pytest.raises(HouseError, match=r"CADRAGE_HOUSE_STYLE .* or remove the setting"):
        house(tmp_path / "nowhere")


JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00"
PIXEL = (
    b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x00"
    b"\xff\xd9"
)


def test_a_logo_is_a_whole_picture(tmp_path: Path) -> None:
    whole, jpeg, bare = png(SVG), b"\xff\xd8" + JFIF + PIXEL, b"\xff\xd8" + PIXEL
    (tmp_path / "house.yaml").write_text("company: Boréal\nlogo: logo.png\n", encoding="utf-8")
    for right in (whole, jpeg, jpeg + b"\n"):
        (tmp_path / "logo.png").write_bytes(right)
        assert house(tmp_path).logo == right
    changed, large = whole[:60] + b"?" + whole[61:], whole + b"0" * 1_000_000
    for wrong in (b"<svg/>", whole[:-20], changed, jpeg[:-2], large, bare):
        (tmp_path / "logo.png").write_bytes(wrong)
        with pytest.raises(HouseError, match="whole PNG or JPEG"):
            house(tmp_path)
        assert house_or_plain(tmp_path) == PLAIN, "a document that somebody waits for comes all the same"


def test_a_page_for_which_there_is_no_place_comes_again_later() -> None:
    """A burst of orders is laid out one after the other; nobody gets text because others came first."""
    taken = [press.AT_ONCE.acquire(timeout=0) for _ in range(2)]
    try:
        order = Order(document=document(), reading=FR, house=PLAIN, form="pdf", name="note-1", title="Note",
                      press=partial(pdf, patience=180.0))  # fmt: skip
        with pytest.raises(press.Occupied):
            made(order)
    finally:
        for _ in taken:
            press.AT_ONCE.release()
    assert made(order).file.name == "note-1.pdf"
