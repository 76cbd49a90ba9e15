"""A document as a file in each of its forms; as text, with a sentence, when that form cannot be made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import structlog

from bot.documents.house import House
from bot.documents.page import paper, screen
from bot.documents.press import NotPrinted, pdf, word
from bot.outbound.render import File
from bot.words.text import N_, words
from flows.document.markdown import written
from flows.document.model import Document
from flows.document.text import Reading

log = structlog.get_logger()

Form = Literal["pdf", "docx", "html", "md"]
FORMS: tuple[Form, ...] = get_args(Form)
NAMES: Mapping[Form, str] = {
    "pdf": N_("PDF, to read and to print"),
    "docx": N_("Word (DOCX), to work on"),
    "html": N_("Web page (HTML)"),
    "md": N_("Plain text (Markdown)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file to make."""

    document: Document
    reading: Reading
    house: House
    form: Form
    name: str  # of the file, without its ending
    title: str
    press: Callable[..., bytes] = pdf
    writer: Callable[..., bytes] = word


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The file, and a sentence when it is not in the form that was asked for; "" when it is."""

    file: File
    instead: str = ""


def _markdown(order: Order) -> bytes:
    return written(order.document, order.reading).encode()


def _pdf(order: Order) -> bytes:
    said = order.reading.line(order.document.notices[0]) if order.document.notices else ""
    mark = said.partition(" — ")[0]
    return order.press(paper(order.document, order.reading, order.house), watermark=mark)


_MAKERS: Mapping[Form, Callable[[Order], bytes]] = {
    "pdf": _pdf,
    "docx": lambda order: order.writer(order.document, order.reading, order.house),
    "html": lambda order: screen(order.document, order.reading, order.house),
    "md": _markdown,
}


def made(order: Order) -> Made:
    """The file. Never raises for a form that fails: then it is text, and says so. Raises Occupied when it has
    to come again later."""
    try:
        return Made(file=_file(order, order.form, _MAKERS[order.form](order)))
    except NotPrinted as error:
        log.error("document_not_made", form=order.form, why=str(error))
    w = words(order.reading.language)
    instead = w("The file could not be made in that form; here is the same document as text.")
    return Made(file=_file(order, "md", _markdown(order)), instead=instead)


def _file(order: Order, form: Form, content: bytes) -> File:
    return File(name=f"{order.name}.{form}", content=content, title=order.title)
