"""The taint test in every form: of a project made to leak, no file, name of one or word about one holds what
must stay inside (0.6, 7.1)."""

import io
import zipfile
from dataclasses import replace

import pypdf
import pytest

from bot.documents.forms import FORMS, Form, Order, made
from bot.documents.house import PLAIN
from bot.documents.kinds import KINDS
from bot.words.typography import typographic
from flows.document import keeping
from flows.document.text import Reading
from flows.playbook import Playbook
from flows.words import LANGUAGES, Language
from tests.flows.stage import NAMES
from tests.flows.test_outside import ANSWERS_OUT, leaky

PRINTED: tuple[Form, ...] = ("md", "html", "docx")
FILES: list[tuple[Form, Language]] = [(form, language) for form in PRINTED for language in LANGUAGES]


def readable(content: bytes) -> str:
    """Every text of a file, whatever it is packed in, its metadata too."""
    if content.startswith(b"%PDF"):
        read = pypdf.PdfReader(io.BytesIO(content))
        about = read.xmp_metadata.stream.get_data() if read.xmp_metadata is not None else b""
        return "\n".join([*(page.extract_text() for page in read.pages), str(read.metadata), about.decode()])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    return content.decode()


def written(playbook: Playbook, doc: str, form: Form, language: Language) -> str:
    """The file as it would be sent: made, kept, read again, laid out."""
    kind, facts = KINDS[doc], leaky(playbook)
    document = keeping.read(keeping.plain(kind.make(playbook, facts)))
    name = kind.slug.in_(language)
    order = Order(
        document=document, reading=Reading(language=language, dress=typographic, names=NAMES), house=PLAIN,
        form=form, name=name, title=kind.name.in_(language),
    )  # fmt: skip
    file = made(order)
    assert file.instead == "", "in the form that was asked for"
    return f"{file.file.name} {file.file.title} {readable(file.file.content)}"


def clean(shown: str) -> None:
    """Nothing of what must stay inside."""
    for name in (*NAMES.values(), *NAMES, "Teixeira", "TEIXEIRA", "rahmani", "h.teixeira"):
        assert name not in shown, name
    for secret in (
        "SECRET",
        "987654",
        "Q§references",
        "Nimbus",
        "62/100",
        "Q§SPO",
        "Q§COL",
        "Q§BEL",
        "Q§INC",
    ):
        assert secret not in shown, secret


@pytest.mark.parametrize("doc", ["DOC2", "DOC3", "DOC4"])
@pytest.mark.parametrize(("form", "language"), [*FILES, ("pdf", "fr")])
def test_no_file_for_vendors_holds_what_must_stay_inside(
    playbook: Playbook, doc: str, form: Form, language: Language
) -> None:
    shown = written(playbook, doc, form, language)
    clean(shown)
    assert any(f"Q§{id}§" in shown for id in ANSWERS_OUT) or doc == "DOC4", "it is not merely empty"
    assert "Q§question" in shown or doc != "DOC4"


def test_every_form_there_is_was_looked_at() -> None:
    assert {form for form, _ in FILES} | {"pdf"} == set(FORMS)


def test_names_are_known_to_the_document_so_that_they_can_be_taken_out(playbook: Playbook) -> None:
    """With people by their ids, as in a note, a name typed in a text would stay: kinds for vendors say so."""
    assert {doc for doc, kind in KINDS.items() if kind.outside} == {"DOC2", "DOC3", "DOC4"}
    blind = replace(leaky(playbook), names={})
    assert "Teixeira" in str(keeping.plain(KINDS["DOC2"].make(playbook, blind)))
