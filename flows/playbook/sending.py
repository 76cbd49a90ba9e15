"""What is sent: the shape of the plan and of the anonymous waves, what is wrong with them, and the
types they become."""

from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from pydantic import Field

from flows.dialogue.minutes import minutes
from flows.dialogue.model import Flow, Kind, Question
from flows.plan import TESTS, Caps, Guard, Line, Plan, Workshop
from flows.playbook.build import audience, option
from flows.playbook.model import Wave, WaveScreen
from flows.playbook.review import Finding, roles
from flows.playbook.schema import ModalTitle, Strict, Text, WordsText
from flows.words import Words

#: A wave is answered in one sitting of at most this many screens (5.3).
MOST_SCREENS = 3


class CapsText(Strict):
    """The most anybody is asked."""

    messages_a_day: int
    minutes_a_week: int
    sponsor_minutes_a_week: int
    waves_a_week: int


class GuardText(Strict):
    """What must hold before something is sent."""

    id: Text
    before: list[Text] = Field(min_length=1)
    but: list[Text] = Field(default=[])
    needs: Text
    overridable: bool
    rule: Text | None = None
    en: Text
    fr: Text


class LineText(Strict):
    """One message to each person in `to`."""

    week: int = Field(ge=0)
    day: int = Field(ge=1, le=5)
    to: list[Text] = Field(min_length=1)
    what: Text
    items: list[Text] = Field(default=[])
    rows: dict[str, int] = Field(default={})
    minutes: int
    wave: bool = False
    counted: bool = True
    with_: list[Text] = Field(default=[], alias="with")


class WorkshopText(Strict):
    """A workshop where the plan has it."""

    week: int = Field(ge=0)
    day: int = Field(ge=1, le=5)
    what: Text
    needs: list[Text]
    en: Text
    fr: Text


class PlanText(Strict):
    """The file of the plan."""

    caps: CapsText
    guards: list[GuardText]
    lines: list[LineText]
    workshops: list[WorkshopText]


class WaveScreenText(Strict):
    """One screen of a wave, with the line shown above its questions."""

    items: list[Text] = Field(min_length=1)
    head_en: Text
    head_fr: Text


class ItemText(Strict):
    """One item of a check-in (5.1): a scale unless it has a type. `same`: the item of D07 it asks
    again, in fewer words."""

    id: Text
    type: Kind = "scale5"
    lab: Text | None = None
    req: Literal[False] | None = None
    opts_set: Text | None = None
    step: Text | None = None
    same: Text | None = None
    en: Text
    fr: Text
    short_en: Text
    short_fr: Text


class ActionText(Strict):
    """What to do about one step of the pulse."""

    en: Text
    fr: Text


class WaveText(Strict):
    """One wave. Its title is its dialogue's, unless it has one."""

    id: Text
    dialogue: Text | None = None
    who: Text = "team"
    items: list[ItemText] = Field(default=[])
    added: WaveScreenText | None = None
    actions: dict[str, ActionText] = Field(default={})
    title_en: ModalTitle | None = None
    title_fr: ModalTitle | None = None
    minutes: int
    screens: list[WaveScreenText] = Field(min_length=1, max_length=MOST_SCREENS)
    after_en: Text | None = None
    after_fr: Text | None = None


class WavesText(Strict):
    """The file of waves."""

    waves: list[WaveText]


Flows = Mapping[str, Flow]


def plan(text: PlanText) -> Plan:
    """The plan in the types of flows/plan.py."""
    return Plan(
        caps=Caps(**text.caps.model_dump()),
        guards=tuple(
            Guard(
                id=guard.id, before=tuple(guard.before), but=tuple(guard.but), needs=guard.needs,
                words=Words(guard.en, guard.fr), overridable=guard.overridable, rule=guard.rule,
            )
            for guard in text.guards
        ),
        lines=tuple(
            Line(
                week=line.week, day=line.day, to=audience(", ".join(line.to)).roles, what=line.what,
                items=tuple(line.items), rows=line.rows, minutes=line.minutes, wave=line.wave,
                counted=line.counted, added=tuple(line.with_),
            )
            for line in text.lines
        ),
        workshops=tuple(
            Workshop(
                week=one.week, day=one.day, what=one.what, needs=tuple(one.needs),
                title=Words(one.en, one.fr),
            )
            for one in text.workshops
        ),
    )  # fmt: skip


def wave(text: WaveText, flows: Flows, shared: WordsText) -> Wave:
    """One wave with its questions."""
    asked = _anonymous(flows) | {item.id: _question(item, text, shared) for item in text.items}
    flow = flows.get(text.dialogue or "")
    own = Words(text.title_en, text.title_fr) if text.title_en and text.title_fr else None
    return Wave(
        id=text.id,
        title=own or (flow.modal if flow else Words.same(text.id)),
        intro=flow.intro if flow else None,
        minutes=text.minutes,
        screens=tuple(_screen_of(screen, asked) for screen in text.screens),
        after=Words(text.after_en, text.after_fr) if text.after_en and text.after_fr else None,
        audience=audience(text.who),
        checkin=bool(text.items),
        added=_screen_of(text.added, asked) if text.added else None,
        steps=tuple((item.id, item.step) for item in text.items if item.step),
        actions={step: Words(action.en, action.fr) for step, action in text.actions.items()},
        same={item.id: item.same for item in text.items if item.same},
    )


def _screen_of(text: WaveScreenText, asked: Mapping[str, Question]) -> WaveScreen:
    return WaveScreen(head=Words(text.head_en, text.head_fr), questions=tuple(asked[id] for id in text.items))


def _question(item: ItemText, text: WaveText, shared: WordsText) -> Question:
    """An item of a check-in as a question: asked of everybody, with no exit, seen by nobody."""
    return Question(
        id=item.id,
        kind=item.type,
        words=Words(item.en, item.fr),
        why=Words.same(""),
        short=Words(item.short_en, item.short_fr),
        requirement="required" if item.req is None else "optional",
        visibility="anonymous",
        audience=audience(text.who),
        mode="dm",
        labels=item.lab,
        options=tuple(option(choice) for choice in shared.followup_options.get(item.opts_set or "", [])),
        idk_owner="none",
        records=("answer",),
    )


def _anonymous(flows: Flows) -> dict[str, Question]:
    return {question.id: question for flow in flows.values() for question in flow.anonymous}


def plan_findings(text: PlanText, flows: Flows, waves: Collection[str]) -> Iterator[Finding]:
    """The plan names roles, dialogues and questions that exist, and guards that code knows."""
    known = {q.id for flow in flows.values() for q in (*flow.questions, *flow.anonymous)}
    for number, guard in enumerate(text.guards):
        if guard.needs not in TESTS:
            yield ("guards", number), f"no test of a guard is called “{guard.needs}”"
    for number, line in enumerate(text.lines):
        yield from roles(", ".join(line.to), ("lines", number, "to"))
        if line.what.startswith("D") and line.what not in flows:
            yield ("lines", number), f"dialogue {line.what} does not exist"
        if line.wave and line.what not in waves and not line.what.startswith("C"):
            yield ("lines", number), f"wave {line.what} does not exist"
        for id in (*line.items, *line.with_, *line.rows):
            if id not in known:
                yield ("lines", number), f"question {id} does not exist"
    for number, workshop in enumerate(text.workshops):
        for id in workshop.needs:
            if id not in flows:
                yield ("workshops", number), f"dialogue {id} does not exist"


def wave_findings(text: WavesText, flows: Flows, shared: WordsText) -> Iterator[Finding]:
    """A wave asks anonymous questions, one scale a screen, long texts last, in three screens at most;
    every anonymous question is asked in one wave, or with a check-in."""
    asked = _anonymous(flows)
    placed: dict[str, str] = {}
    for number, one in enumerate(text.waves):
        own = {item.id: _question(item, one, shared) for item in one.items}
        yield from _items(one, number, asked, shared)
        for at, screen in enumerate(one.screens):
            place = ("waves", number, "screens", at)
            for id in screen.items:
                if id not in asked and id not in own:
                    yield place, f"{id} is not an anonymous question"
                elif id in placed:
                    yield place, f"{id} is already asked in {placed[id]}"
                placed.setdefault(id, one.id)
            found = [question for id in screen.items if (question := asked.get(id) or own.get(id))]
            yield from _screen(one, at, found, place)
        yield from _length(one, asked | own, ("waves", number))
    added = {id for one in text.waves if one.added for id in one.added.items}
    for id in asked:
        if id not in placed and id not in added:
            yield ("waves",), f"anonymous question {id} is in no wave"


def _items(one: WaveText, number: int, asked: Mapping[str, Question], shared: WordsText) -> Iterator[Finding]:
    """Items have ids and labels of their own; what is added to a check-in is an anonymous question
    on one scale, and leaves the wave within three screens."""
    placed = [id for screen in one.screens for id in screen.items]
    for at, item in enumerate(one.items):
        place = ("waves", number, "items", at)
        if item.id in asked or placed.count(item.id) != 1:
            yield place, f"{item.id} must be on one screen of {one.id}, and be no question of a dialogue"
        if item.lab is not None and item.lab not in shared.labels:
            yield place, f"there is no scale called “{item.lab}”"
        if item.opts_set is not None and item.opts_set not in shared.followup_options:
            yield place, f"there are no choices called “{item.opts_set}”"
        if item.step is not None and item.step not in one.actions:
            yield place, f"nothing is said of what to do about “{item.step}”"
    for id in one.added.items if one.added else ():
        if id not in asked:
            yield ("waves", number, "added"), f"{id} is not an anonymous question"
    if one.added and len({asked[id].labels for id in one.added.items if id in asked}) > 1:
        yield ("waves", number, "added"), "one scale a screen"
    if len(one.screens) + bool(one.added) > MOST_SCREENS:
        yield ("waves", number), f"{MOST_SCREENS} screens at most, with what is added"


def _length(one: WaveText, asked: Mapping[str, Question], place: tuple[str | int, ...]) -> Iterator[Finding]:
    """Stated minutes are never below the rule of 2.1."""
    least = minutes(asked[id] for screen in one.screens for id in screen.items if id in asked)
    if one.minutes < least:
        yield place, f"{one.id} takes {least} minutes, not {one.minutes}"


def _screen(
    one: WaveText, at: int, questions: list[Question], place: tuple[str | int, ...]
) -> Iterator[Finding]:
    if len({question.labels for question in questions if question.labels}) > 1:
        yield place, "one scale a screen"
    if at < len(one.screens) - 1 and any(q.kind in ("text", "long_text") for q in questions):
        yield place, "long texts stand on the last screen"
