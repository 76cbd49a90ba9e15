"""French and English typography, added when rendering and never stored (journeys 8.12).

Pure functions on our own words; what people typed is shown as written. Code between backticks and
`<…>` tokens are left alone.
"""

import re
from functools import lru_cache

from flows.words import Language

NBSP = "\u00a0"
NARROW = "\u202f"
#: Parts in which nothing is changed: code, tokens, addresses, emoji codes.
_LEAVE = re.compile(r"(`[^`]*`|<[^<>]*>|https?://\S+|:[a-z0-9_+-]{2,}:)")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|\s|$)")
_UNITS = (
    r"%|€|h\b|min\b|minutes?\b|heures?\b|jours?\b|mois\b|caractères?\b|points?\b|réponses?\b|questions?\b"
    r"|[A-Z]{3}\b|[$£][A-Z]{2}\b|F CFA\b"  # currencies
)


@lru_cache(maxsize=4096)  # our own words are few and said often: a fifth of drawing a screen
def typographic(text: str, language: Language) -> str:
    """`text` with the spaces, quotes and apostrophes of `language`. Doing it twice changes nothing."""
    rule = _french if language == "fr" else _english
    return "".join(part if i % 2 else rule(part) for i, part in enumerate(_LEAVE.split(text)))


def _french(text: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    text = re.sub(r"[ \u00a0\u202f]+([;!?]+)", NARROW + r"\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:", NBSP + ":", text)
    text = re.sub(r"«[ \u00a0\u202f]*", "«" + NBSP, text)
    text = re.sub(r"[ \u00a0\u202f]*»", NBSP + "»", text)
    text = re.sub(rf"(?<=\d)[ \u202f](?={_UNITS})", NBSP, text)
    return re.sub(rf"(?<=\d{NBSP}h) (?=\d)", NBSP, text)


def _english(text: str) -> str:
    text = _APOSTROPHE.sub("’", text)
    return re.sub(r'"([^"\n]*)"', "“\\1”", text)
