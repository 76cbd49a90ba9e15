# ruff: noqa: PLR0913 - whose form of which wave, where it stands, and what is in it
"""The half-filled form of a wave: answers of earlier screens travel inside the modal, sealed.

Nothing is kept on the server before the sending (5.3 rule 6). What travels is bound to the wave and to the
person, and always as long.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot import forms
from bot.parts import Parts
from bot.waves.scene import sealer
from storage.ballot import about
from storage.sealing import Unreadable

#: Bytes of every sealed form: with it the modal's metadata stays below Slack's 3,000 characters.
SIZE = 1900


def packed(parts: Parts, *, workspace: str, user: str, wave: str, at: int, given: Mapping[str, Any]) -> str:
    """What a screen of a wave carries. Raises ValueError when the answers do not fit: only a long
    text can be that long, and it stands on the last screen."""
    content = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = sealer(parts).seal_text(about(workspace, wave), content, size=SIZE, bound=f"{workspace}:{user}")
    return forms.packed(wave=wave, at=str(at), held=sealed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A half-filled form as it came back."""

    wave: str
    at: int  # which screen
    given: dict[str, Any] = field(repr=False)
    ours: bool = True  # False: altered, of somebody else, or of another key; holds nothing then


def unpacked(parts: Parts, *, workspace: str, user: str, metadata: str) -> Sheet:
    """The wave, which screen, and what was answered before. Never raises, whatever came back."""
    held = forms.held(metadata)
    wave, at = held.get("wave", ""), held.get("at", "0")
    bound = f"{workspace}:{user}"
    try:
        content = sealer(parts).unseal_text(about(workspace, wave), held.get("held", ""), bound=bound)
    except Unreadable:
        return Sheet(wave=wave, at=0, given={}, ours=False)
    return Sheet(wave=wave, at=int(at) if at in ("0", "1", "2") else 0, given=json.loads(content))
