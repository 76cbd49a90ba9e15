"""Whatever people do to a record by hand, in any order, undone or not: nothing is lost, and no decision holds
without its reason, how it was taken and, by arbitration, what is given up (issue 4, points 2, 3 and 5)."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Value
from flows.register.life import LIFE
from flows.register.model import Change, Kept
from flows.register.moves import NOT_NOW, STEPS, Name, Refused, Taken, changeable, lacks, take
from flows.register.reviewing import reviewed
from flows.register.undoing import undo
from flows.words import Words

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PEOPLE = ("UINES", "UMARC")
FIRST: dict[RecordKind, tuple[str, ...]] = {
    "decision": ("proposed",), "issue": ("open",), "risk": ("open", "proposed"), "assumption": ("untested",),
    "action": ("open",),
}  # fmt: skip
WORDS = st.sampled_from(["", "  ", "Yes.", "It was settled with the data team."])
METHODS = st.sampled_from(["", "arbitration", "consensus", "vote"])
FORM = st.fixed_dictionaries(
    dict.fromkeys(("why", "reason", "loss", "resolution", "found", "minority"), WORDS) | {"method": METHODS}
)
NAMES = st.sampled_from([*get_args(Name), "accept", "accept", "reopen"])
DEEDS = st.one_of(
    st.tuples(st.just("step"), NAMES, FORM),
    st.tuples(st.just("edit"), st.sampled_from(["reason", "loss"]), WORDS),
    st.tuples(st.just("review"), st.integers(-5, 90), WORDS),
    st.tuples(st.just("undo"), st.booleans(), st.just("")),
)


@dataclass
class Story:
    """One record and all that happened to it."""

    kept: Kept
    now: datetime = START
    past: list[Change] = field(default_factory=list)

    def happens(self, by: str, move: str, status: str, fields: dict[str, Value]) -> None:
        before = dict(self.kept.fields)
        changed = {key: (before.get(key), value) for key, value in fields.items() if before.get(key) != value}
        self.past.append(
            Change(n=len(self.past) + 1, at=self.now, by=by, move=move, before=self.kept.status, after=status,
                   changed=changed)
        )  # fmt: skip
        self.kept = replace(self.kept, status=status, fields={**before, **fields})

    def does(self, deed: tuple[str, object, object], by: str) -> Taken | Refused:
        """One thing that somebody tries, as the handlers of bot/register/ ask the core."""
        match deed:
            case ("step", name, said):
                found = take(self.kept, name, said, by=by, today=self.now.date(), opened=None)  # type: ignore[arg-type]
                move = str(name)
            case ("review", days, word):
                again = self.now.date() + timedelta(days=int(str(days)))
                found = reviewed(self.kept, again=again, word=str(word), today=self.now.date())
                move = "review"
            case ("undo", leaned_on, _):
                found = undo(self.kept, self.past, by=by, now=self.now, leaned_on=bool(leaned_on))
                move = "undo"
            case (_, key, words):
                fields = {**self.kept.fields, str(key): words}
                wrong = lacks(self.kept.status, fields) if self.kept.kind == "decision" else None
                wrong = wrong if changeable(self.kept) else Refused(field="", words=NOT_NOW)
                found = wrong or Taken(status=self.kept.status, fields={str(key): words})
                move = "edited"
        if isinstance(found, Taken):
            self.happens(by, move, found.status, dict(found.fields))
        return found


def made(kind: RecordKind, status: str) -> Story:
    kept = Kept(kind=kind, number=1, title=Words.same("One"), status=status, created_at=START)
    story = Story(kept=kept)
    story.past.append(Change(n=1, at=START, by="UINES", move="recorded", before="", after=status))
    return story


def holds(one: Kept) -> bool:
    """A decision says what a decision must say."""
    said = {key: str(one.fields.get(key) or "").strip() for key in ("reason", "method", "loss")}
    return bool(said["reason"] and said["method"] and (said["method"] != "arbitration" or said["loss"]))


@given(
    kind=st.sampled_from(list(STEPS)),
    first=st.integers(0, 1),
    path=st.lists(st.tuples(DEEDS, st.sampled_from(PEOPLE), st.integers(0, 900)), max_size=14),
)
def test_no_path_loses_anything_nor_leads_to_a_decision_that_does_not_say_why(
    kind: RecordKind, first: int, path: list[tuple[tuple[str, object, object], str, int]]
) -> None:
    story = made(kind, FIRST[kind][first % len(FIRST[kind])])
    for deed, by, seconds in path:
        story.now += timedelta(seconds=seconds)
        before, known = story.kept, len(story.past)
        found = story.does(deed, by)
        assert story.kept.status in LIFE[kind], "a state that its kind has, and never none"
        if isinstance(found, Refused):
            assert (story.kept, len(story.past)) == (before, known), "what is refused changes nothing"
            continue
        assert len(story.past) == known + 1, "each thing that happens is kept, undoing too"
        assert set(before.fields) <= set(story.kept.fields), "no field vanishes"
        if story.kept.status == "withdrawn":
            assert deed[0] == "undo", "only whoever has just made it takes it back"
            assert known == 1
        if kind == "decision" and story.kept.status == "accepted":
            assert holds(story.kept)


def test_undone_and_taken_again_a_decision_still_says_why() -> None:
    """The path that is easiest to forget: accepted, undone, re-opened, accepted by arbitration."""
    story = made("decision", "proposed")
    yes = {"reason": "Useful", "method": "consensus"}
    assert isinstance(story.does(("step", "accept", yes), "UINES"), Taken)
    assert isinstance(story.does(("undo", False, ""), "UINES"), Taken)
    assert story.kept.fields["reason"] is None, "the reason went with the step"
    assert isinstance(story.does(("step", "accept", {}), "UMARC"), Refused)
    refused = story.does(("step", "accept", {"reason": "Useful", "method": "arbitration"}), "UMARC")
    assert isinstance(refused, Refused)
    assert refused.field == "loss"
    assert isinstance(story.does(("edit", "reason", ""), "UMARC"), Taken), "nothing is decided yet"
    assert isinstance(story.does(("step", "accept", {**yes, "loss": "Detail"}), "UMARC"), Taken)
    assert isinstance(story.does(("edit", "reason", " "), "UMARC"), Refused), "now it needs its reason"
    replaced = replace(story.kept, status="superseded")
    assert not changeable(replaced), "and what was replaced is kept as it was"
    assert story.now.date() == date(2026, 11, 23)
