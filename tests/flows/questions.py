"""Small questions of every kind, to look at one kind or one rule at a time."""

from datetime import UTC, datetime
from typing import Any

from flows.dialogue.model import Answer, Column, Condition, Dialogue, Flow, Option, Question, Screen
from flows.project import Audience, Cast, Member
from flows.words import Words

NOON = datetime(2026, 1, 19, 12, tzinfo=UTC)
TEAM = Audience(roles=("team",))
CAST = Cast(
    holders={"lead": "ULEAD", "facilitator": "UFAC", "sponsor": "UBOSS"},
    members=(Member(user="UANA", function="sales"), Member(user="UBEN", function="it")),
)


def words(text: str) -> Words:
    return Words(text, f"{text} (fr)")


def option(value: str, **more: Any) -> Option:
    return Option(value=value, label=words(value.title()), **more)


def question(id: str = "QUE01", kind: Any = "text", **more: Any) -> Question:
    defaults: dict[str, Any] = {
        "words": words(f"What about {id}?"), "why": words("Because"), "short": words(id), "audience": TEAM,
        "mode": "dm",
    }  # fmt: skip
    return Question(id=id, kind=kind, **{**defaults, **more})


def choice(id: str = "QUE01", kind: Any = "single", *values: str, **more: Any) -> Question:
    return question(
        id, kind, options=tuple(option(value) for value in values or ("red", "green", "none")), **more
    )


def column(key: str, kind: Any = "text", required: bool = True, **more: Any) -> Column:
    return Column(key=key, kind=kind, label=words(key.title()), required=required, **more)


def table(id: str = "QUE01", **more: Any) -> Question:
    columns = (
        column("what"),
        column("size", "number", required=False),
        column("due", "date", required=False),
    )
    return question(id, "rows", **{"columns": columns, **more})


def condition(question: str, test: Any, value: Any) -> Condition:
    return Condition(question=question, test=test, value=value)


def flow(*questions: Question, screens: tuple[Screen, ...] | None = None, id: str = "D99") -> Flow:
    """One question a screen, the screen named after it, unless `screens` says otherwise."""
    single = tuple(Screen(key=q.id, questions=(q,)) for q in questions)
    return Flow(
        id=id, title=words("Flow"), modal=words("Flow"), purpose="to try", intro=words("Hello"),
        audience=TEAM, mode="dm", visibility="open", minutes=1, idk_owner="lead", screens=screens or single,
    )  # fmt: skip


def answer(value: Any = None, by: str = "UANA", version: int = 1, exit: Any = None) -> Answer:
    return Answer(value=value, exit=exit, author=by, version=version, at=NOON)


def sheet(person: str = "UANA", **more: Any) -> Dialogue:
    return Dialogue(**{"id": "DLG", "flow": "D99", "person": person, "cast": CAST, **more})
