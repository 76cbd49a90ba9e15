"""Records as a diagnosis reads them: what is in the fields of each kind (0.7), in the types of evidence."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time

from flows.arbitration.records import SOURCE as ARBITRATION
from flows.diagnosis.evidence import Domain, Gap, Lot, Need, Risk, Session, Steps, Task
from flows.dialogue.model import Flow, Value
from storage.diagnosis_rows import Asked, Item

#: The sliders of D13, as people may name them when they settle one (ARB10).
PAIR = re.compile(r"\bARB-?0?([1-8])\b", re.IGNORECASE)
#: An open point of this question waits for the arbiter (3.4).
FOR_THE_ARBITER = "SPO05"
OPEN = ("open", "acknowledged", "in_progress")
ALL, SOME, NONE = "all", "some", "none"
_BETWEEN = re.compile(r"[,;/\n]|\bet\b|\band\b|&")


def steps(areas: Asked, described: Asked) -> dict[str, Steps]:
    """PRO02: the steps described for each area (PRO01) by those who work there."""
    found: dict[str, list[Mapping[str, Value]]] = {}
    for user, answer in described.answers.items():
        area = areas.answers.get(user)
        if answer.given and area is not None and area.given:
            found.setdefault(str(area.value), []).extend(answer.value)
    return {
        area: Steps(rows=len(rows), outside=sum(bool(row.get("outside")) for row in rows))
        for area, rows in found.items()
    }


def gaps(records: Iterable[Item]) -> tuple[Gap, ...]:
    """GAP."""
    return tuple(
        Gap(area=str(one.fields.get("area") or ""), severity=int(one.fields["severity"]), owner=one.owner)
        for one in records
        if one.kind == "gap"
    )


def domains(records: Iterable[Item]) -> tuple[Domain, ...]:
    """DOM, without the data that are still to be collected (DAT03)."""
    return tuple(
        Domain(
            domain=str(one.fields.get("domain") or ""),
            quality=_figure(one.fields.get("quality")),
            move=one.fields.get("move"),
            owner=one.owner,
        )
        for one in records
        if one.kind == "domain" and not one.fields.get("future")
    )


def needs(records: Iterable[Item]) -> tuple[Need, ...]:
    """REQ, as placed on the board (NEE02), sized (NEE03) and justified (NEE04)."""
    return tuple(
        Need(
            place=one.fields.get("priority"),
            effort=_figure(one.fields.get("effort")) or 0,
            reason=bool(one.fields.get("must_reason")),
        )
        for one in records
        if one.kind == "need"
    )


def risks(records: Iterable[Item]) -> tuple[Risk, ...]:
    """RSK of any status, proposed ones too."""
    return tuple(
        Risk(
            likelihood=int(one.fields["likelihood"]),
            impact=int(one.fields["impact"]),
            owner=one.owner,
            response=bool(one.fields.get("response")),
            status=one.status,
        )
        for one in records
        if one.kind == "risk" and one.fields.get("likelihood") and one.fields.get("impact")
    )


def lots(records: Iterable[Item]) -> tuple[Lot, ...]:
    """LOT."""
    return tuple(
        Lot(name=str(one.fields.get("name") or ""), exit=bool(one.fields.get("exit")))
        for one in records
        if one.kind == "lot"
    )


def tasks(records: Iterable[Item]) -> tuple[Task, ...]:
    """TSK, with what each comes after, by number. What it waited for and is gone is left out."""
    kept = [one for one in records if one.kind == "task"]
    number = {one.item: one.number for one in kept}
    return tuple(
        Task(
            id=f"TSK-{one.number}",
            weeks=float(one.fields.get("weeks") or 0),
            after=tuple(
                f"TSK-{number[item]}" for item in one.fields.get("after_items") or () if item in number
            ),
            owner=one.owner,
        )
        for one in kept
    )


def sessions(records: Iterable[Item], functions: Mapping[str, str | None]) -> tuple[Session, ...]:
    """VND. `functions`: of the members of the team, by user."""
    return tuple(_session(one, functions) for one in records if one.kind == "vendor")


def _session(one: Item, functions: Mapping[str, str | None]) -> Session:
    attendees: Sequence[str] | None = one.fields.get("attendees")
    there = [user for user in attendees or () if user in functions]
    held = bool(attendees)
    return Session(
        whole_team=one.fields.get("whole_team") in (True, "yes"),
        date=date.fromisoformat(one.fields["date"]) if one.fields.get("date") else None,
        present=len(there) if held else None,
        functions=tuple(sorted({found for user in there if (found := functions[user])})) if held else None,
    )


def decided(records: Iterable[Item], flow: Flow) -> tuple[str, ...]:
    """The sliders that a decision settles (ARB10): named by their id, or in their own words."""
    pairs = (pair_of(str(one.fields.get("pair") or ""), flow) for one in records if _settled(one))
    return tuple(sorted({pair for pair in pairs if pair is not None}))


def _settled(one: Item) -> bool:
    return one.kind == "tradeoff" and one.status == "decided"


def pair_of(text: str, flow: Flow) -> str | None:
    """The slider that somebody means: "ARB05", or its words in one of the languages."""
    if named := PAIR.search(text):
        return f"ARB0{named[1]}"
    said = _folded(text)
    for question in flow.questions:
        if PAIR.fullmatch(question.id) and said:
            words = (each for both in (question.short, question.words) for each in (both.en, both.fr))
            if any(said in _folded(each) or _folded(each) in said for each in words):
                return question.id
    return None


def training(rows: Sequence[Mapping[str, Value]], records: Iterable[Item]) -> str:
    """CHG01: whether the groups of the lots are all among those trained, some, or none. Before there are
    lots, whoever is named is all there is."""
    trained = [_folded(str(row.get("group") or "")) for row in rows]
    groups = {group for one in records if one.kind == "lot" for group in _groups(one)}
    covered = [group for group in groups if any(group in each or each in group for each in trained if each)]
    if len(covered) == len(groups):
        return ALL
    return SOME if covered else NONE


def _groups(one: Item) -> list[str]:
    return [name for part in _BETWEEN.split(str(one.fields.get("groups") or "")) if (name := _folded(part))]


def waiting_since(records: Iterable[Item]) -> datetime | None:
    """Since when the oldest point has been waiting for the arbiter: an open point of SPO05, or a case that
    went to its arbiter and is not decided; None when none is."""
    return min((since for one in records if (since := _waits_since(one)) is not None), default=None)


def _waits_since(one: Item) -> datetime | None:
    if one.kind == "issue" and one.question == FOR_THE_ARBITER and one.status in OPEN:
        return one.created_at
    sent = one.fields.get("sent_on") if one.kind == "tradeoff" and one.status == "proposed" else None
    if one.question != ARBITRATION or not sent:
        return None
    return datetime.combine(date.fromisoformat(str(sent)), time(12), tzinfo=UTC)


def _folded(text: str) -> str:
    """For comparison: small letters, single spaces, one kind of apostrophe."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(" .")


def _figure(value: Value) -> int | None:
    return int(value) if value not in (None, "") else None
