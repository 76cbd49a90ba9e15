"""One answer as a recording sees it, and the drafts that several recordings make alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.cadence import add_working_days
from flows.dialogue.effects import Amend, Assign, Draft, RecordKind, SetProject, Team
from flows.dialogue.model import Dialogue, Question, Value
from flows.dialogue.who import holder, owner
from flows.project import SINGLE_ROLES, Cast
from flows.words import Words

Setting = Assign | SetProject | Team | Amend
#: Working days that the owner of a new point is given (0.5).
TIME_TO_SETTLE = 10
#: The longest title made of a person's own words.
TITLE = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer as a recording sees it."""

    question: Question  # with the options that apply
    value: Value  # valid when last saved; None when nothing is given
    dialogue: Dialogue
    today: date

    @property
    def due(self) -> date:
        """When a point opened today is due."""
        return add_working_days(self.today, TIME_TO_SETTLE)

    def label(self, value: str) -> Words:
        """The words of an option; the value itself when content has dropped it."""
        known = (option.label for option in self.question.options if option.value == value)
        return next(known, Words.same(value))

    def cell(self, key: str, value: Value) -> Words:
        """The words of a choice or a point of a column."""
        columns = (column for column in self.question.columns if column.key == key)
        known = (o.label for column in columns for o in column.options if o.value == str(value))
        return next(known, Words.same(str(value)))

    @property
    def ref(self) -> str:
        """The record a question asked per record is about; "" for any other question."""
        return self.question.id.partition("@")[2]

    def beside(self, question: str) -> Value:
        """The answer given to another question of this dialogue, about the same record where it is
        asked per record; None when there is none."""
        id = f"{question}@{self.ref}" if self.ref else question
        answer = self.dialogue.answers.get(id)
        return answer.value if answer is not None and answer.given else None

    @property
    def author(self) -> str:
        """Who gave the answer: of a shared one, whoever gave it last."""
        answer = self.dialogue.answers.get(self.question.id)
        return answer.author if answer is not None else self.dialogue.person

    def follow(self, suffix: str) -> Value:
        """The answer given to the follow-up of this question."""
        return self.beside(self.question.id.partition("@")[0] + suffix)


Recording = Callable[[Said], tuple[Draft | Setting, ...]]


def in_title(text: str) -> Words:
    """A person's words as the title of a record: on one line, cut at a word when too long."""
    line = " ".join(str(text).split())
    if len(line) <= TITLE:
        return Words.same(line)
    return Words.same(line[:TITLE].rsplit(" ", 1)[0] + "…")


def decision(said: Said, title: Words, status: str, *, by: str | None = None, **fields: Value) -> Draft:
    """A decision made by answering; the answer is the choice. `by`: who decides, where it is not the
    person who answered. What is proposed says who is to decide."""
    return Draft(
        kind="decision", item=said.question.id, title=title, status=status,
        fields={
            "choice": said.value, "date": said.today.isoformat(),
            **decided(said, by or said.author), **fields,
        },
    )  # fmt: skip


def decided(said: Said, by: str | None, method: str = "facilitator form") -> dict[str, Value]:
    """Who decided, with which authority, and how (0.7)."""
    return {"decided_by": by, "authority": authority(said.dialogue, by), "method": method}


def standing(cast: Cast, user: str, today: date) -> dict[str, Value]:
    """In which role somebody decides, and on which day, where no dialogue is under way."""
    held = next((role for role in SINGLE_ROLES if cast.holder(role) == user), None)
    role = held or ("team" if any(member.user == user for member in cast.members) else None)
    return {"authority": role, "date": today.isoformat()}


def authority(dialogue: Dialogue, user: str | None) -> str | None:
    """The role in which somebody decides: the highest of those they hold, "team" for a member of the
    team; None for nobody, or somebody who holds none."""
    if user is None:
        return None
    held = next((role for role in SINGLE_ROLES if holder(dialogue, role) == user), None)
    return held or ("team" if any(member.user == user for member in dialogue.cast.members) else None)


def issue(said: Said, item: str, title: Words, role: str, *, family: int, **fields: Value) -> Draft:
    """An open point that an answer raises, for the holder of `role`."""
    return Draft(
        kind="issue", item=item, title=title, owner=owner(said.dialogue, role), due=said.due,
        fields={"family": family, "blocking": False, **fields},
    )  # fmt: skip


def risk(item: str, title: Words, *, family: int, likelihood: int, impact: int, **more: Value) -> Draft:
    """A risk with its score. `more` may hold `owner` and `status`; the rest are fields (0.7)."""
    who, status = more.pop("owner", None), more.pop("status", "open")
    figures = {
        "family": family, "likelihood": likelihood, "impact": impact, "score": likelihood * impact,
    }  # fmt: skip
    fields = {**figures, **{key: value for key, value in more.items() if value is not None}}
    return Draft(kind="risk", item=item, title=title, owner=who, status=status, fields=fields)


def day(text: Value) -> date | None:
    """A date of an answer, or None where it was left empty."""
    return date.fromisoformat(text) if text else None


def filled(row: Mapping[str, Value]) -> dict[str, Value]:
    """The cells of a line that hold something, without its own id."""
    return {key: value for key, value in row.items() if key != "id" and value not in (None, "")}


def own_words(kind: RecordKind, **fields: Value) -> Recording:
    """The answer's text as one record: an exclusion, a promise, a constraint."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        if said.value is None:
            return ()
        kept = {"text": said.value, "by": said.dialogue.person, **fields}
        title = in_title(said.value)
        return (Draft(kind=kind, item=said.question.id, title=title, fields=kept),)

    return record
