"""From checked content to the dialogue core's types. Reports nothing: `review.py` has done so."""

from collections.abc import Mapping
from dataclasses import replace

from flows.dialogue.cases import ALONE, MOST_TOGETHER
from flows.dialogue.checks import CHECKS
from flows.dialogue.model import Card, Column, Condition, Flow, Option, Question, Requirement, Route, Screen
from flows.playbook.expand import choices, expanded, following
from flows.playbook.schema import (
    ColumnText,
    ConditionText,
    FlowText,
    OptionText,
    QuestionText,
    ScreenText,
    WordsText,
)
from flows.project import Audience, Role
from flows.route import CRITERIA
from flows.words import Words

#: The kind of record that the table of routes counts.
SESSIONS = "vendor"


def audience(text: str) -> Audience:
    """ "sponsor, lead" or "team minus lead" as an audience. Roles are checked in `review.py`."""
    wanted, _, without = text.partition(" minus ")
    return Audience(roles=_roles(wanted), minus=_roles(without))


def _roles(text: str) -> tuple[Role, ...]:
    return tuple(role.strip() for role in text.split(",") if role.strip())  # type: ignore[misc]


def condition(text: ConditionText) -> Condition:
    """A condition in the one form it has."""
    if text.is_ is not None:
        return Condition(question=text.question, test="is", value=text.is_)
    if text.is_not is not None:
        return Condition(question=text.question, test="is_not", value=text.is_not)
    if text.in_ is not None:
        return Condition(question=text.question, test="in", value=text.in_)
    if text.named is not None:
        return Condition(question=text.question, test="named", value=text.named)
    if text.given is not None:
        return Condition(question=text.question, test="given", value=True)
    return Condition(question=text.question, test="at_least", value=text.at_least)


def option(text: OptionText) -> Option:
    """One choice."""
    shown = condition(text.show_if) if text.show_if is not None else None
    return Option(value=text.value, label=Words(text.en, text.fr), score=text.score, show_if=shown)


def scale(shared: WordsText, name: str | None) -> tuple[Option, ...]:
    """The five points of a scale as options with values "1" to "5"; none for an unknown scale."""
    labels = shared.labels.get(name or "", [])
    return tuple(Option(value=str(n), label=Words(en, fr)) for n, en, fr in labels)


def column(text: ColumnText, question: str, shared: WordsText) -> Column:
    """One column with its choices: those of `QUESTION.key` go before those of `key`."""
    labels = text.lab or "level" if text.type == "scale5" else None
    choices = shared.column_options.get(f"{question}.{text.key}") or shared.column_options.get(text.key, [])
    options = scale(shared, labels) if labels else tuple(option(choice) for choice in choices)
    return Column(
        key=text.key,
        kind=text.type,
        label=Words(text.en, text.fr),
        required=text.required,
        options=options if text.type in ("single", "scale5") else (),
        labels=labels,
        maximum=text.max,
        halves=text.halves,
        options_from=text.opts_from,
    )


def question(text: QuestionText, flow: FlowText, shared: WordsText) -> Question:
    """One question, with what it leaves to its dialogue filled in."""
    requirement: Requirement = (
        "required" if text.req is None else "hard" if text.req == "hard" else "optional"
    )
    words = Words(text.en, text.fr)
    cards = (card for card in flow.leader_cards if card.question == text.id)
    return Question(
        id=text.id,
        kind=text.type,
        words=words,
        why=Words(text.why_en, text.why_fr),
        short=Words(text.short_en or text.en, text.short_fr or text.fr),
        requirement=requirement,
        visibility=text.vis or flow.vis,
        audience=audience(text.who or flow.who),
        mode=text.mode or flow.mode,
        options=scale(shared, text.lab)
        if text.type == "scale5"
        else tuple(option(o) for o in choices(text, flow, shared)),
        columns=tuple(column(c, text.id, shared) for c in text.cols),
        labels=text.lab,
        none=Words(text.none_en, text.none_fr) if text.none_en and text.none_fr else None,
        minimum=text.min,
        maximum=text.max,
        show_if=tuple(condition(c) for c in text.show_if),
        part=text.part,
        idk_owner=text.idk,
        seen_by=tuple(text.seen_by),
        checks=tuple(text.check),
        records=tuple(text.rec),
        cards=tuple(
            Card(
                id=card.id,
                value=card.when,
                strength=Words(card.strength_en, card.strength_fr),
                blind=Words(card.blind_en, card.blind_fr),
                guard=Words(card.guard_en, card.guard_fr),
            )
            for card in cards
        ),
        external=text.external,
        compared=text.compare,
        likely_rows=text.likely_rows,
        fill=text.fill,
        per=text.per,
        cases=text.cases,
        options_from=text.opts_from,
        phrase=text.phrase,
    )


def flow(text: FlowText, shared: WordsText) -> Flow:
    """One dialogue."""
    questions = [question(q, text, shared) for q in expanded(text)]
    named = {q.id: q for q in questions if q.visibility != "anonymous"}
    screens = tuple(_screen(s, named, text) for s in text.screens) or group(tuple(named.values()))
    return Flow(
        id=text.dialogue,
        title=Words(text.title_en, text.title_fr),
        modal=Words(text.modal_en, text.modal_fr),
        purpose=text.purpose,
        intro=Words(text.intro_en, text.intro_fr),
        audience=audience(text.who),
        mode=text.mode,
        visibility=text.vis,
        minutes=text.minutes,
        idk_owner=text.idk_owner,
        family=text.family,
        screens=screens,
        anonymous=tuple(q for q in questions if q.visibility == "anonymous"),
        routes=tuple(Route(when=r.when, then=r.then, words=Words(r.en, r.fr)) for r in text.route_rules),
        elsewhere=_elsewhere(text, questions),
        registers=_registers(text, questions),
    )


def _elsewhere(text: FlowText, questions: list[Question]) -> tuple[str, ...]:
    """The questions of other dialogues that conditions, checks and the table of routes read."""
    own = {question.id for question in questions}
    shown = [c.question for q in questions for c in q.show_if]
    shown += [o.show_if.question for q in questions for o in q.options if o.show_if is not None]
    checked = [id for q in questions for name in q.checks for id in CHECKS[name].reads]
    read = (*shown, *checked, *(CRITERIA if text.route_rules else ()))
    return tuple(dict.fromkeys(id for id in read if id not in own))


def _registers(text: FlowText, questions: list[Question]) -> tuple[str, ...]:
    """The kinds of record that questions are about, and that checks and the table of routes read."""
    kinds = [
        kind
        for q in questions
        for kind in (q.per, q.options_from, *(c.options_from for c in q.columns))
        if kind is not None
    ]
    kinds += [kind for q in questions for name in q.checks for kind in CHECKS[name].registers]
    return tuple(dict.fromkeys((*kinds, *((SESSIONS,) if text.route_rules else ()))))


def _screen(text: ScreenText, named: Mapping[str, Question], flow: FlowText) -> Screen:
    questions = []
    for place in text.questions:
        for id, keys in ({place: None} if isinstance(place, str) else place).items():
            whole = named[id]
            part = tuple(c for c in whole.columns if keys is None or c.key in keys)
            questions.append(replace(whole, columns=part))
            questions.extend(named[follower] for follower in following(flow, id))
    title = Words(text.title_en, text.title_fr) if text.title_en and text.title_fr else None
    note = Words(text.note_en, text.note_fr) if text.note_en and text.note_fr else None
    return Screen(key=text.key, questions=tuple(questions), title=title, note=note)


def group(questions: tuple[Question, ...]) -> tuple[Screen, ...]:
    """Screens for content that lays out none: the order is kept, at most four questions together,
    and only questions that go to the same people at the same time under the same label."""
    groups: list[list[Question]] = []
    for asked in questions:
        last = groups[-1] if groups else []
        fits = 0 < len(last) < MOST_TOGETHER and asked.kind not in ALONE and last[0].kind not in ALONE
        if fits and _alike(last[0], asked):
            last.append(asked)
        else:
            groups.append([asked])
    return tuple(Screen(key=together[0].id, questions=tuple(together)) for together in groups)


def _alike(one: Question, other: Question) -> bool:
    return (one.audience, one.mode, one.visibility, one.part, one.per, one.cases) == (
        other.audience, other.mode, other.visibility, other.part, other.per, other.cases,
    )  # fmt: skip
