"""`cadrage diagnose`: files in, the diagnosis of each out, as JSON or in words. Computes nothing itself.

The code that diagnoses is the bot's own (flows/diagnosis); the words are those of its card.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.diagnosis import lines
from bot.diagnosis.example import EVERYTHING, pictured
from bot.diagnosis.loose import contested, missing
from bot.diagnosis.picture import Picture
from bot.words.text import Wording, words
from flows.diagnosis.diagnose import diagnose
from flows.diagnosis.fixture import Malformed, read
from flows.diagnosis.result import CriticalPath, Diagnosis, Family
from flows.playbook import Playbook
from flows.words import Language


def diagnosed(file: Path, playbook: Playbook, *, variant: str | None, plain: bool, language: Language) -> str:
    """The diagnosis of one file: a line of JSON when `plain`, else in words.

    Raises Malformed when the file is not in the format (docs/how-to/diagnose-a-file.md).
    """
    company = read(_text(file), playbook.flows, variant)
    found = diagnose(company.evidence, playbook.diagnosis)
    if plain:
        return json.dumps(as_values(found), ensure_ascii=False)
    return in_words(words(language), pictured(company, found, playbook, language))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Malformed((), "this is not UTF-8 text") from None
    except OSError as error:
        raise Malformed((), error.strerror or "this file cannot be read") from None


def as_values(found: Diagnosis) -> dict[str, Any]:
    """A diagnosis as JSON has it: keys are strings, coverages run from 0 to 1, nothing is rounded."""
    return {
        "verdict": found.verdict,
        "kind": found.kind,
        "readiness": found.readiness,
        "coverage": found.coverage,
        "weights": {str(number): weight for number, weight in found.weights.items()},
        "families": {str(number): _family(family) for number, family in found.families.items()},
        "indicators": {
            id: {"value": one.value, "coverage": one.coverage} for id, one in found.indicators.items()
        },
        "gates": dict(found.gates),
        "rules": [{"id": rule.id, "severity": rule.severity} for rule in found.rules],
        "collab": found.collab,
        "bpi": found.bpi,
        "must_share": found.must_share,
        "critical_path": _path(found.critical_path),
        "contested": [one.id for one in found.contested],
        "tasks": dict(found.tasks),
    }


def _family(family: Family) -> Mapping[str, float | None]:
    return {
        "score": family.score, "coverage": family.coverage, "low": family.low, "high": family.high,
    }  # fmt: skip


def _path(path: CriticalPath | None) -> dict[str, Any] | None:
    return None if path is None else {"tasks": list(path.tasks), "weeks": path.weeks}


def in_words(w: Wording, picture: Picture) -> str:
    """The order of 3.8, with all the advice. Slack's markup is taken off: stars and underscores."""
    return "\n\n".join(_unmarked(part) for part in _parts(w, picture) if part)


def _parts(w: Wording, picture: Picture) -> Iterator[str]:
    yield lines.verdict(w, picture)
    yield lines.families(w, picture)
    yield lines.gates(w, picture)
    for fired in EVERYTHING.advice(picture):
        yield lines.advice(w, picture, fired, EVERYTHING)
    template = picture.model.message["missing"]
    if said := contested(w, picture):
        yield w("Contested: {list}", list=said)
    if said := missing(w, picture):
        yield w.of(template.fill(list=said))
    yield w.of(picture.model.message["foot"])


def _unmarked(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text.replace("*", "").replace("_", "")
