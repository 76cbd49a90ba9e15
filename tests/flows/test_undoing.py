"""What one has just done is undone within ten minutes, by oneself: one step back, and nothing is deleted."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.dialogue.effects import RecordKind
from flows.register.model import Change, Kept
from flows.register.moves import STEPS, Name, Refused, Taken, take
from flows.register.undoing import SINCE, TOO_LATE, UNDONE, WITHIN, undo
from flows.words import Words

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
INES, MARC = "UINES", "UMARC"


def kept(kind: RecordKind = "issue", status: str = "open", **fields: object) -> Kept:
    return Kept(kind=kind, number=1, title=Words.same("One"), status=status, fields=fields, created_at=NOW)


def change(move: str, before: str, after: str, **more: Any) -> Change:
    return Change(**{"n": 1, "at": NOW, "by": INES, "move": move, "before": before, "after": after, **more})


def test_a_record_just_made_is_withdrawn_and_keeps_its_number() -> None:
    made = [change("recorded", "", "open")]
    assert undo(kept(), made, by=INES, now=NOW + WITHIN, leaned_on=False) == Taken(status="withdrawn")


def test_a_step_just_taken_leads_back_with_the_fields_as_they_were() -> None:
    settled = change("resolve", "acknowledged", "resolved", changed={"resolution": (None, "The data team.")})
    taken = undo(kept(status="resolved", resolution="The data team."), [settled], by=INES, now=NOW,
                 leaned_on=True)  # fmt: skip
    assert taken == Taken(status="acknowledged", fields={"resolution": None})


@pytest.mark.parametrize(
    ("past", "by", "after", "leaned_on", "words"),
    [
        ([], INES, 0, False, SINCE),
        ([change("recorded", "", "open")], MARC, 0, False, SINCE),
        ([change("edited", "open", "open")], INES, 0, False, SINCE),
        ([change("supersede", "accepted", "open")], INES, 0, False, SINCE),
        ([change("recorded", "", "acknowledged")], INES, 0, False, SINCE),
        ([change("recorded", "", "open")], INES, 0, True, SINCE),
        ([change("recorded", "", "open")], INES, 601, False, TOO_LATE),
    ],
)
def test_what_others_did_what_is_old_and_what_something_leans_on_stays(
    past: list[Change], by: str, after: int, leaned_on: bool, words: Words
) -> None:
    refused = undo(kept(), past, by=by, now=NOW + timedelta(seconds=after), leaned_on=leaned_on)
    assert refused == Refused(field="", words=words)


@given(kind=st.sampled_from(list(STEPS)), data=st.data())
def test_whatever_step_was_taken_undoing_it_brings_back_state_and_fields(
    kind: RecordKind, data: st.DataObject
) -> None:
    steps = {name: step for name, step in STEPS[kind].items() if name in UNDONE}
    name: Name = data.draw(st.sampled_from(list(steps)))
    status = data.draw(st.sampled_from(steps[name].from_))
    one = kept(kind, status, reason="Known", loss="Some detail", method="vote")
    said = dict.fromkeys(("why", "reason", "resolution", "found", "minority"), "Said in so many words.")
    taken = take(one, name, said, by=INES, today=date(2026, 11, 23), opened=None)
    assert isinstance(taken, Taken)
    changed = {key: (one.fields.get(key), value) for key, value in taken.fields.items()}
    after = kept(kind, taken.status, **{**one.fields, **taken.fields})
    done = change(name, status, taken.status, changed=changed)
    back = undo(after, [done], by=INES, now=NOW, leaned_on=True)
    assert isinstance(back, Taken)
    assert back.status == status
    known = {key: value for key, value in {**after.fields, **back.fields}.items() if value is not None}
    assert known == dict(one.fields)
