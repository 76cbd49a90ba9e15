"""What is signed, as one mark; and what a note says now that the version in review does not (G5).

The mark is of what the version says: not of its number and day, not of how long something has waited, nor of
the ids of people, so that the same data gives the same mark and erasing somebody leaves it as it is. People
count by the order in which they are named first.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from flows.document import keeping
from flows.document.blocks import CONTESTED
from flows.document.model import NAMED, SIGN_OFF, Table
from flows.document.note_verdict import WAITS
from flows.words import Words

#: Sections that go on while the note is signed: the summary of the others, the diagnosis (the verdict has a
#: rule of its own), the route, decisions and open points, and the signatures themselves.
LIVE = frozenset({"N01", "N17", "N23", "N24", SIGN_OFF})
_NAMED = re.compile(f"{NAMED[0]}[^{NAMED[1]}]*{NAMED[1]}")
_ISSUE = re.compile(r"ISS-\d+")
#: Where the diagnosis stands, and where trade-offs do: there only what is settled is known without it.
VERDICT, TRADEOFFS = "N17", "N20"
_RULE = re.compile(r"R\d\d")


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256, hexadecimal, of what a kept version says (flows/document/keeping.py)."""
    said = {
        "title": content["title"],
        "sections": [one for one in content["sections"] if one["id"] != SIGN_OFF],
    }
    text = keeping.WAITED.sub("", json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    known: dict[str, str] = {}
    text = _NAMED.sub(lambda found: known.setdefault(found[0], f"{NAMED[0]}{len(known)}{NAMED[1]}"), text)
    return hashlib.sha256(text.encode()).hexdigest()


def short(mark: str) -> str:
    """The mark as people compare it: "7c1f 09aa"."""
    return f"{mark[:4]} {mark[4:8]}"


def moved(signed: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """The sections that say something else now than in the version, those that go on left out. Where one of
    the two was drawn while the verdict is not for everybody yet (acceptance 29), what only the diagnosis
    feeds has not changed: it waits, or has come back."""
    if _waits(signed) or _waits(now):
        signed, now = _undiagnosed(signed), _undiagnosed(now)
    found = [section for section, _, _ in keeping.difference(signed, now)]
    return tuple(dict.fromkeys(one for one in found if one not in LIVE))


def _waits(content: Mapping[str, Any]) -> bool:
    """Whether a note was drawn while a change of verdict waits for its day."""
    verdict = (
        one for section in content["sections"] if section["id"] == VERDICT for one in section["blocks"]
    )
    return any(one["kind"] == "missing" and one["words"] == {"w": [WAITS.en, WAITS.fr]} for one in verdict)


def _undiagnosed(content: Mapping[str, Any]) -> dict[str, Any]:
    """A note without the rules that fire, the pairs that are contested, and that an answer is."""
    sections = [{**one, "blocks": _answered(one)} for one in content["sections"]]
    return {**content, "sections": sections}


def _answered(section: Mapping[str, Any]) -> list[dict[str, Any]]:
    kept = [one for one in section["blocks"] if not _RULE.fullmatch(one.get("question", ""))]
    if section["id"] == TRADEOFFS:
        kept = [one for one in kept if one["kind"] == "table"]
    return [{name: value for name, value in one.items() if not _contested(name, value)} for one in kept]


def _contested(name: str, value: Any) -> bool:
    return name == "origin" and value["w"][0].endswith(f", {CONTESTED.en}")


def hidden(signed: Mapping[str, Any], now: Mapping[str, Any], known: frozenset[str]) -> tuple[str, ...]:
    """The open points that the note lists now and the version does not print. `known`: those that the review
    itself has raised, which stand beside the signatures."""
    before = {*_issues(signed), *known}
    return tuple(ref for ref in _issues(now) if ref not in before)


def registered(signed: Mapping[str, Any], now: Mapping[str, Any]) -> frozenset[str]:
    """The decisions, open points and other records that the register of the note (N24) lists now and did not,
    lists no more, or words differently."""
    before, after = _rows(signed), _rows(now)
    return frozenset(ref for ref in {*before, *after} if before.get(ref) != after.get(ref))


def _rows(content: Mapping[str, Any]) -> dict[str, tuple[Words, ...]]:
    """The rows of the register, by the record that each begins with."""
    listed = (
        one for section in content["sections"] if section["id"] == "N24" for one in keeping.blocks(section)
    )
    return {row[0].en: row for block in listed if isinstance(block, Table) for row in block.rows}


def _issues(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The open points a note lists, in its order: those that a row begins with."""
    listed = (
        one for section in content["sections"] if section["id"] == "N24" for one in keeping.blocks(section)
    )
    refs = (row[0].en for block in listed if isinstance(block, Table) for row in block.rows)
    return tuple(dict.fromkeys(ref for ref in refs if _ISSUE.fullmatch(ref)))
