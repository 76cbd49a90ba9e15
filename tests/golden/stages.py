"""Which documents are kept as they must read: of the worked example in docs/samples, of a project without an
answer and with one screen of answers here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cache, partial
from pathlib import Path

from bot.documents.forms import Form, Order, made
from bot.documents.house import House
from bot.documents.kinds import DOCUMENTS
from bot.documents.making import Blocked, Kept
from bot.documents.press import pdf
from bot.words.drawing import png
from bot.words.text import words
from bot.words.typography import typographic
from flows.document.text import Reading
from flows.playbook import Playbook
from flows.words import LANGUAGES, Language
from tests.worked_example.written import Written, bare, written

PATIENCE = 180.0  # seconds for a page: the machine may be busy, and nobody waits
HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "docs" / "samples"
Stage = Callable[[Playbook, Language], AbstractContextManager[Written]]
STAGES: Mapping[str, Stage] = {
    "example": written,
    "empty": partial(bare, answered=False),
    "one-screen": partial(bare, answered=True),
}


#: The mark of the company that does not exist, as a folder of a house style would hold it.
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
    '<rect width="96" height="96" rx="14" fill="#0b6b5e"/><g stroke="#ffffff" stroke-width="6" '
    'stroke-linecap="round"><path d="M48 18v60M22 33l52 30M74 33L22 63"/></g></svg>'
)
ABOUT: Mapping[Language, str] = {
    "en": "Refrigerated display cases, since 1952. A company that exists in examples only.",
    "fr": "Meubles frigorifiques, depuis 1952. Une entreprise qui n’existe que dans les exemples.",
}


@cache
def house(language: Language) -> House:
    """The house style of the example company."""
    return House(
        company="Corvanne Froid",
        text=ABOUT[language],
        accent="#0b6b5e",
        logo=png(MARK),
        logo_type="image/png",
    )


def order(kept: Kept, doc: str, language: Language, form: Form) -> Order:
    """A document as the bot would make its file."""
    w = words(language)
    return Order(
        document=kept.document, reading=Reading(language=language, dress=typographic, names=kept.names),
        house=house(language), form=form, press=partial(pdf, patience=PATIENCE),
        name=f"{w.of(DOCUMENTS[doc].slug)}-{language}", title=w.of(DOCUMENTS[doc].name),
    )  # fmt: skip


def texts(playbook: Playbook, stage: str) -> Iterator[tuple[Path, str]]:
    """Each document of a stage as Markdown, and the file in which it is kept."""
    folder = SAMPLES if stage == "example" else HERE / stage
    for language in LANGUAGES:
        with STAGES[stage](playbook, language) as project:
            for doc, kind in DOCUMENTS.items():
                try:
                    file = made(order(project.makes(doc), doc, language, "md")).file
                    yield folder / file.name, file.content.decode()
                except Blocked as error:
                    name = f"{kind.slug.in_(language)}-{language}.md"
                    yield HERE / stage / name, f"Not to be issued without: {error}\n"
