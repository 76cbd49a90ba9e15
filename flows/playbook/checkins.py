"""Check-ins and the calendar: the shape of their two files, what is wrong with them, and what they become."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from flows.checkin.model import CheckIn, Item
from flows.dialogue.effects import RecordKind
from flows.dialogue.minutes import minutes
from flows.dialogue.model import Flow, Kind, Question
from flows.playbook.build import audience, option
from flows.playbook.review import Finding, roles
from flows.playbook.schema import Choice, Strict, Text, WordsText
from flows.rhythm.calendar import Rule
from flows.rhythm.phases import Name
from flows.words import Words


class ItemText(Strict):
    """One item of a named check-in (5.1): a scale unless it has a type."""

    id: Text
    type: Kind = "scale5"
    lab: Text | None = None
    req: Literal[False] | None = None
    who: Text | None = None
    per: RecordKind | None = None
    quotes: Text | None = None
    opts: list[Choice] = Field(default=[])
    opts_from: Text | None = None
    show_if: Literal["pending_arbitrations"] | None = None
    en: Text
    fr: Text


class CheckInText(Strict):
    """One named check-in."""

    id: Text
    title_en: Text
    title_fr: Text
    who: Text
    vis: Literal["open", "restricted"]
    seen_by: list[Text] = Field(default=[])
    channel: bool = False
    minutes: int
    items: list[ItemText] = Field(min_length=1)


class CheckInsText(Strict):
    """The file of check-ins."""

    checkins: list[CheckInText]


class RuleText(Strict):
    """One line of the calendar."""

    what: Text
    in_: Name | None = Field(default=None, alias="in")
    days: list[int] = Field(default=[])
    every: int = 0
    first: int | None = None
    midweek: bool = False
    users: bool = False
    with_: list[Text] = Field(default=[], alias="with")
    with_at: list[int] = Field(default=[])
    with_every: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def sometime(self) -> Self:
        """A line says when: on days, or every so many; around a go-live always on days."""
        if not self.days and (self.every <= 0 or self.in_ is None):
            raise ValueError(f"{self.what} is due on no day")
        return self


class CalendarText(Strict):
    """The file of the calendar."""

    calendar: list[RuleText]


def checkin(text: CheckInText) -> CheckIn:
    """One check-in in the types of flows/checkin."""
    return CheckIn(
        id=text.id,
        title=Words(text.title_en, text.title_fr),
        minutes=text.minutes,
        audience=audience(text.who),
        items=tuple(_item(item, text) for item in text.items),
        seen_by=audience(", ".join(text.seen_by)).roles,
        channel=text.channel,
    )


def rules(text: CalendarText, waves: Collection[str]) -> tuple[Rule, ...]:
    """The lines of the calendar. A wave is always sent from Tuesday to Thursday."""
    return tuple(
        Rule(
            what=one.what, in_=one.in_, days=tuple(one.days), every=one.every, first=one.first,
            midweek=one.midweek or one.what in waves, wave=one.what in waves, added=tuple(one.with_),
            added_at=tuple(one.with_at), added_every=one.with_every, users=one.users,
        )
        for one in text.calendar
    )  # fmt: skip


def checkin_findings(text: CheckInsText, flows: Mapping[str, Flow], shared: WordsText) -> Iterator[Finding]:
    """Ids are new, roles, scales and questions that are named exist, and stated minutes are never below
    the rule of 2.1."""
    known = {question.id: question for flow in flows.values() for question in flow.questions}
    seen: set[str] = set()
    for number, one in enumerate(text.checkins):
        place = ("checkins", number)
        yield from roles(one.who, (*place, "who"))
        yield from roles(", ".join(one.seen_by), (*place, "seen_by"))
        if bool(one.seen_by) != (one.vis == "restricted"):
            yield place, "what is restricted says who reads it, and only that does"
        for at, item in enumerate(one.items):
            yield from _item_findings(item, known, shared, (*place, "items", at))
            if item.id in seen:
                yield (*place, "items", at), f"{item.id} is written twice"
            seen.add(item.id)
        everybody = [_item(item, one).question for item in one.items if item.who is None]
        if (least := minutes(everybody)) > one.minutes:
            yield place, f"{one.id} takes {least} minutes, not {one.minutes}"


def calendar_findings(text: CalendarText, sent: Collection[str], added: Collection[str]) -> Iterator[Finding]:
    """`sent`: the check-ins there are. `added`: the questions that may be asked with one."""
    for number, one in enumerate(text.calendar):
        if one.what not in sent:
            yield ("calendar", number), f"check-in {one.what} does not exist"
        for id in one.with_:
            if id not in added:
                yield ("calendar", number), f"{id} cannot be asked with a check-in"


def _item_findings(
    item: ItemText, known: Mapping[str, Question], shared: WordsText, place: tuple[str | int, ...]
) -> Iterator[Finding]:
    if item.type == "scale5" and item.lab not in shared.labels:
        yield place, f"there is no scale called “{item.lab}”"
    if item.type in ("single", "multi") and not (item.opts or item.opts_from):
        yield place, f"{item.id} offers no choices"
    for id in (item.quotes, item.opts_from):
        if id is not None and id not in known:
            yield place, f"question {id} does not exist"
    if item.who is not None:
        yield from roles(item.who, (*place, "who"))


def _item(text: ItemText, one: CheckInText) -> Item:
    """An item as a question without exits: whoever does not want to answer skips the check-in."""
    question = Question(
        id=text.id,
        kind=text.type,
        words=Words(text.en, text.fr),
        why=Words.same(""),
        short=Words(text.en, text.fr),
        requirement="required" if text.req is None else "optional",
        visibility=one.vis,
        audience=audience(text.who or one.who),
        mode="dm",
        labels=text.lab,
        options=tuple(option(choice) for choice in text.opts),
        idk_owner="none",
        seen_by=tuple(one.seen_by),
    )
    return Item(
        question=question, per=text.per, quotes=text.quotes or "", opts_from=text.opts_from or "",
        pending=text.show_if is not None,
    )  # fmt: skip
