"""Where in a dialogue a view stands: what travels in its `private_metadata`.

Ids, a nonce and versions only, never words; and user input all the same when it comes back (T11).
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

#: The page to go to once a screen is sent: the next one, or back to the check page.
Then = Literal["next", "check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One page of one dialogue. `seen` holds the versions of shared answers as they were shown,
    `nobody` the person questions answered by their extra button ("Nobody yet") but not sent yet."""

    dialogue: str
    screen: str = ""
    nonce: str = field(default_factory=lambda: secrets.token_hex(16))
    seen: Mapping[str, int] = field(default_factory=dict)
    nobody: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # person questions asked again although they were answered so
    then: Then = "next"
    agreed: str = ""  # mark of the values whose warnings and consequences have been read
    question: str = ""  # for the form of one line: the question it belongs to
    line: str = ""  # … and the id of the line; "" for a new one
    page: int = 0  # for long lists: which part of it
    lent: str = ""  # id of the delegation: a colleague answers here, in place of who asked them
    extra: Mapping[str, str] = field(default_factory=dict)  # ids another capability put there

    def packed(self) -> str:
        """As `private_metadata`, without what is empty."""
        short = {
            "d": self.dialogue, "s": self.screen, "n": self.nonce, "v": dict(self.seen),
            "b": list(self.nobody), "k": list(self.asked), "t": self.then.removeprefix("next"),
            "a": self.agreed,
            "q": self.question, "l": self.line, "p": self.page, "x": dict(self.extra),
            "e": self.lent,
        }  # fmt: skip
        return json.dumps({key: value for key, value in short.items() if value}, separators=(",", ":"))


def unpacked(metadata: object) -> Place | None:
    """The place a payload names, or None when it is not one of ours. Believes nothing of it."""
    try:
        raw = json.loads(metadata) if isinstance(metadata, str) else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("d"), str):
        return None
    return Place(
        dialogue=raw["d"],
        screen=_word(raw.get("s")),
        nonce=_word(raw.get("n")),
        seen={k: v for k, v in _dict(raw.get("v")).items() if isinstance(v, int)},
        nobody=_words(raw.get("b")),
        asked=_words(raw.get("k")),
        then="check" if raw.get("t") == "check" else "next",
        agreed=_word(raw.get("a")),
        question=_word(raw.get("q")),
        line=_word(raw.get("l")),
        page=raw["p"] if isinstance(raw.get("p"), int) and 0 <= raw["p"] < 100 else 0,
        extra={k: v for k, v in _dict(raw.get("x")).items() if isinstance(v, str)},
        lent=_word(raw.get("e")),
    )


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(value: Any) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
