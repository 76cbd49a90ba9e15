"""Which documents are kept as they must read: of the worked example in docs/samples, of a project without an
answer and with one screen of answers here."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from bot.documents.forms import Form, Order, made
from bot.documents.house import PLAIN
from bot.documents.kinds import KINDS
from bot.documents.making import Kept
from bot.words.text import words
from bot.words.typography import typographic
from flows.document.text import Reading
from flows.playbook import Playbook
from flows.words import LANGUAGES, Language
from tests.worked_example.written import Written, bare, written

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "docs" / "samples"
Stage = Callable[[Playbook, Language], AbstractContextManager[Written]]
STAGES: Mapping[str, Stage] = {
    "example": written,
    "empty": partial(bare, answered=False),
    "one-screen": partial(bare, answered=True),
}


def order(kept: Kept, doc: str, language: Language, form: Form) -> Order:
    """A document as the bot would make its file."""
    w = words(language)
    return Order(
        document=kept.document, reading=Reading(language=language, dress=typographic, names=kept.names),
        house=PLAIN, form=form, name=f"{w.of(KINDS[doc].slug)}-{language}", title=w.of(KINDS[doc].name),
    )  # fmt: skip


def texts(playbook: Playbook, stage: str) -> Iterator[tuple[Path, str]]:
    """Each document of a stage as Markdown, and the file in which it is kept."""
    folder = SAMPLES if stage == "example" else HERE / stage
    for language in LANGUAGES:
        with STAGES[stage](playbook, language) as project:
            for doc in KINDS:
                file = made(order(project.makes(doc), doc, language, "md")).file
                yield folder / file.name, file.content.decode()
