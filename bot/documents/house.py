"""The house style of whoever runs the bot: name, text, colours and logo, from a folder named by a setting.

Read and checked when the bot starts. A logo is a picture of pixels: a drawing (SVG) could ask for other
files.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated
from zlib import crc32

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.written import Unreadable, parse

SETTING, FILE = "CADRAGE_HOUSE_STYLE", "house.yaml"
#: The first bytes of what a logo may be.
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
LARGEST = 1_000_000  # bytes of a logo
_COLOUR = r"^#[0-9A-Fa-f]{6}$"
#: What each line of the file is; finishes "It must be …".
EXPECTED: Mapping[str, str] = {
    "company": "a name of at most 120 characters",
    "text": "a text of at most 2000 characters",
    "ink": 'a colour in quotes, such as "#1f2430"',
    "accent": 'a colour in quotes, such as "#3b4a8c"',
    "logo": "the name of a picture beside it, such as logo.png: plain letters, no spaces, no folder",
}
log = structlog.get_logger()


class HouseError(Exception):
    """The folder of the house style cannot be used; the message names the setting, says what to correct."""


class HouseText(BaseModel):
    """The file of the folder."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    company: Annotated[str, Field(max_length=120)] = ""
    text: Annotated[str, Field(max_length=2000)] = ""
    ink: Annotated[str, Field(pattern=_COLOUR)] = "#1f2430"
    accent: Annotated[str, Field(pattern=_COLOUR)] = "#3b4a8c"
    logo: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]+$")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """How documents of this company look."""

    company: str = ""
    text: str = ""
    ink: str = "#1f2430"
    accent: str = "#3b4a8c"
    logo: bytes | None = None
    logo_type: str = ""


PLAIN = House()


def house(folder: Path | None) -> House:
    """The house style of a folder; a plain one without. Raises HouseError with what is wrong."""
    if folder is None:
        return PLAIN
    file = folder / FILE
    try:
        values = parse(file.read_text(encoding="utf-8")).values or {}
        text = HouseText.model_validate(values)
    except OSError as error:
        raise HouseError(
            f"{SETTING} cannot be used: {file} cannot be read ({error.strerror}). "
            "Put the file there, let the bot read it, or remove the setting."
        ) from error
    except UnicodeDecodeError as error:
        raise HouseError(f"{SETTING} cannot be used: {file} is not UTF-8. Save it as UTF-8.") from error
    except Unreadable as error:
        raise HouseError(f"{SETTING} cannot be used: {file} is no YAML: {error}.") from error
    except ValidationError as error:
        raise HouseError(f"{SETTING} cannot be used: in {file}, {_first(error)}") from error
    kept = House(company=text.company, text=text.text, ink=text.ink, accent=text.accent)
    return kept if text.logo is None else _with_logo(kept, folder / text.logo)


def house_or_plain(folder: Path | None) -> House:
    """The same for a document that somebody waits for: a plain one where the folder, checked at
    the start, cannot be used any more."""
    try:
        return house(folder)
    except HouseError as error:
        log.warning("house style left out", why=str(error))
        return PLAIN


def _with_logo(kept: House, file: Path) -> House:
    try:
        logo = file.read_bytes()
    except OSError as error:
        raise HouseError(
            f"{SETTING} cannot be used: its logo {file} cannot be read ({error.strerror}). "
            f"Put the picture there, or take the line “logo” out of {FILE}."
        ) from error
    kind = next((kind for first, kind in PICTURES.items() if logo.startswith(first)), "")
    if not kind or len(logo) > LARGEST or not _whole(logo, kind) or not _fits_word(logo):
        raise HouseError(
            f"{SETTING} cannot be used: its logo {file} must be a whole PNG or JPEG picture of at most 1 MB. "
            "Save it anew as PNG."
        )
    return replace(kept, logo=logo, logo_type=kind)


def _whole(logo: bytes, kind: str) -> bool:
    """Whether a picture goes on to its end: one that was cut off would stop documents much later."""
    if kind == "image/jpeg":
        return logo.rstrip(b"\0\r\n").endswith(b"\xff\xd9")
    at = 8
    while at + 12 <= len(logo):
        end = at + 8 + int.from_bytes(logo[at : at + 4], "big")
        if crc32(logo[at + 4 : end]) != int.from_bytes(logo[end : end + 4], "big"):
            return False
        if logo[at + 4 : at + 8] == b"IEND":
            return True
        at = end + 4
    return False


def _fits_word(logo: bytes) -> bool:
    """Whether Word files can hold it too: not every JPEG says of itself what they must know."""
    try:
        from docx.image.exceptions import (  # noqa: PLC0415 - an extra
            InvalidImageStreamError,
            UnexpectedEndOfFileError,
            UnrecognizedImageError,
        )
        from docx.image.image import Image  # noqa: PLC0415
    except ImportError:
        return True
    try:
        Image.from_blob(logo)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError):
        return False
    return True


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, in our words."""
    wrong = error.errors()[0]
    name = ".".join(map(str, wrong["loc"]))
    if not name:
        return f"there must be lines such as “company: …”. It takes {', '.join(EXPECTED)}."
    if name not in EXPECTED:
        return f"“{name}” is not known. It takes {', '.join(EXPECTED)}."
    return f"“{name}” cannot be used. It must be {EXPECTED[name]}."
