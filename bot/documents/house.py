"""The house style of whoever runs the bot: name, text, colours and logo, from a folder named by a setting.

Read and checked when the bot starts. A logo is a picture of pixels: a drawing (SVG) could ask for other
files.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.written import Unreadable, parse

FILE = "house.yaml"
#: The first bytes of what a logo may be.
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
LARGEST = 1_000_000  # bytes of a logo
_COLOUR = r"^#[0-9A-Fa-f]{6}$"


class HouseError(Exception):
    """The folder of the house style cannot be used; the message says what to correct."""


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
    try:
        text = HouseText.model_validate(parse((folder / FILE).read_text(encoding="utf-8")).values or {})
    except (OSError, UnicodeDecodeError) as error:
        raise HouseError(f"{FILE} of the house style cannot be read: {type(error).__name__}") from error
    except (ValidationError, Unreadable) as error:
        raise HouseError(f"{FILE} of the house style: {_first(error)}") from error
    kept = House(company=text.company, text=text.text, ink=text.ink, accent=text.accent)
    return kept if text.logo is None else _with_logo(kept, folder / text.logo)


def _with_logo(kept: House, file: Path) -> House:
    try:
        logo = file.read_bytes()
    except OSError as error:
        raise HouseError(f"the logo {file.name} cannot be read: {type(error).__name__}") from error
    kind = next((kind for first, kind in PICTURES.items() if logo.startswith(first)), "")
    if not kind or len(logo) > LARGEST:
        raise HouseError(f"the logo {file.name} must be a PNG or JPEG picture of at most 1 MB")
    return replace(kept, logo=logo, logo_type=kind)


def _first(error: ValidationError | Unreadable) -> str:
    if isinstance(error, Unreadable):
        return str(error)
    wrong = error.errors()[0]
    return f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"
