"""What is sent: the shape of the plan and of the anonymous waves, what is wrong with them, and the
types they become."""

from collections.abc import Collection, Iterator, Mapping

from pydantic import Field

from flows.dialogue.model import Flow, Question
from flows.plan import TESTS, Caps, Guard, Line, Plan
from flows.playbook.build import audience
from flows.playbook.model import Wave, WaveScreen
from flows.playbook.review import Finding, roles
from flows.playbook.schema import ModalTitle, Strict, Text
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


class PlanText(Strict):
    """The file of the plan."""

    caps: CapsText
    guards: list[GuardText]
    lines: list[LineText]


class WaveScreenText(Strict):
    """One screen of a wave, with the line shown above its questions."""

    items: list[Text] = Field(min_length=1)
    head_en: Text
    head_fr: Text


class WaveText(Strict):
    """One wave. Its title is its dialogue's, unless it has one."""

    id: Text
    dialogue: Text | None = None
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
    )  # fmt: skip


def wave(text: WaveText, flows: Flows) -> Wave:
    """One wave with its questions."""
    asked = _anonymous(flows)
    flow = flows.get(text.dialogue or "")
    own = Words(text.title_en, text.title_fr) if text.title_en and text.title_fr else None
    return Wave(
        id=text.id,
        title=own or (flow.modal if flow else Words.same(text.id)),
        intro=flow.intro if flow else None,
        minutes=text.minutes,
        screens=tuple(
            WaveScreen(head=Words(s.head_en, s.head_fr), questions=tuple(asked[id] for id in s.items))
            for s in text.screens
        ),
        after=Words(text.after_en, text.after_fr) if text.after_en and text.after_fr else None,
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


def wave_findings(text: WavesText, flows: Flows, elsewhere: Collection[str]) -> Iterator[Finding]:
    """A wave asks anonymous questions, one scale a screen, long texts last; every anonymous question
    is in one wave. `elsewhere`: those the plan asks together with a check-in."""
    asked = _anonymous(flows)
    placed: dict[str, str] = dict.fromkeys(elsewhere, "a check-in")
    for number, one in enumerate(text.waves):
        for at, screen in enumerate(one.screens):
            place = ("waves", number, "screens", at)
            for id in screen.items:
                if id not in asked:
                    yield place, f"{id} is not an anonymous question"
                elif id in placed:
                    yield place, f"{id} is already asked in {placed[id]}"
                placed.setdefault(id, one.id)
            yield from _screen(one, at, [asked[id] for id in screen.items if id in asked], place)
    for id in asked:
        if id not in placed:
            yield ("waves",), f"anonymous question {id} is in no wave"


def _screen(
    one: WaveText, at: int, questions: list[Question], place: tuple[str | int, ...]
) -> Iterator[Finding]:
    if len({question.labels for question in questions if question.labels}) > 1:
        yield place, "one scale a screen"
    if at < len(one.screens) - 1 and any(question.kind == "long_text" for question in questions):
        yield place, "long texts stand on the last screen"
