"""What a change of answers brings about: records, settings, and what is said before it happens.

Works by comparing two states of one dialogue; nothing here changes a dialogue.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from flows.dialogue import cases, kinds
from flows.dialogue.effects import Assign, Draft, Effect, Record, Reopen, Source, Team
from flows.dialogue.model import Answer, Dialogue, Flow, Question, Value
from flows.dialogue.path import is_open, path, progress, put_off, relevant, widened
from flows.dialogue.turn import Consequences, Turn
from flows.project import Cast
from flows.register.recordings import RECORDINGS
from flows.register.said import Said, Setting
from flows.words import Words

#: The `rec` of a question that leaves nothing but its answer.
NOTHING_MORE = ("answer",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Everything that follows from the answers of one sheet, by question id."""

    drafts: Mapping[str, tuple[Draft, ...]]
    settings: Mapping[str, tuple[Setting, ...]]


def with_answer(dialogue: Dialogue, question: Question, answer: Answer) -> Dialogue:
    """The dialogue with `answer` as the latest to `question`, also among the facts about everybody."""
    answers = {**dialogue.answers, question.id: answer}
    if not question.compared:
        return replace(dialogue, answers=answers)
    said = {**dialogue.facts.get(question.id, {})}
    said.pop(dialogue.person, None)
    if answer.given:
        said[dialogue.person] = answer.value
    return replace(dialogue, answers=answers, facts={**dialogue.facts, question.id: said})


def records(flow: Flow, dialogue: Dialogue, today: date) -> Records:
    """What the answers record as they stand. Answers that are not asked any more record nothing."""
    asked = relevant(flow, dialogue)
    drafts: dict[str, tuple[Draft, ...]] = {}
    settings: dict[str, tuple[Setting, ...]] = {}
    for question in cases.every(flow, dialogue):
        if question.records == NOTHING_MORE:
            continue
        now = asked.get(question.id)
        value = _used(flow, now, dialogue.answers.get(question.id))
        said = Said(question=now or question, value=value, dialogue=dialogue, today=today)
        made = [thing for name in question.records for thing in RECORDINGS[name](said)]
        drafts[question.id] = tuple(_guarded(thing, question) for thing in made if isinstance(thing, Draft))
        settings[question.id] = tuple(thing for thing in made if not isinstance(thing, Draft))
    return Records(drafts=drafts, settings=settings)


def _guarded(draft: Draft, question: Question) -> Draft:
    """What a restricted question records is restricted, to the same readers."""
    if question.visibility != "restricted":
        return draft
    return replace(draft, restricted=True, seen_by=question.seen_by)


def _used(flow: Flow, question: Question | None, answer: Answer | None) -> Value:
    """The value that counts: None when the question is not asked now, when nothing is given, or when
    what is kept no longer fits the question. Columns asked on a later screen may be empty."""
    if question is None or answer is None or not answer.given:
        return None
    columns = flow.first[question.id.partition("@")[0]].columns
    asked = question if len(columns) == len(question.columns) else replace(question, columns=columns)
    fits = kinds.check(widened(flow, asked), answer.value)
    return None if isinstance(fits, kinds.Refused) else answer.value


def source(dialogue: Dialogue, question: Question) -> Source:
    """Where the records of a question come from. A question put separately to several people but
    recorded once for all of them (SPO05) counts as shared."""
    alone = not (question.shared or question.compared)
    return Source(dialogue=dialogue.id, question=question.id, respondent=dialogue.person if alone else "")


def follow(flow: Flow, before: Dialogue, after: Dialogue, today: date) -> tuple[Effect, ...]:
    """The effects on register and project of going from `before` to `after`."""
    old, new = records(flow, before, today), records(flow, after, today)
    effects: list[Effect] = []
    for question in cases.every(flow, after):
        was, is_ = old.drafts.get(question.id, ()), new.drafts.get(question.id, ())
        touched = before.answers.get(question.id) != after.answers.get(question.id)
        if was != is_ or (touched and is_):
            effects.append(Record(source=source(after, question), drafts=is_))
        effects.extend(s for s in new.settings.get(question.id, ()) if s not in old.settings[question.id])
    return tuple(effects)


def accepted(flow: Flow, before: Dialogue, after: Dialogue, effects: list[Effect], today: date) -> Turn:
    """A turn that took effect: `effects` and what they record, who holds which role from now on,
    and whether a sheet that was finished is open again."""
    effects = [*effects, *follow(flow, before, after, today)]
    cast = recast(after.cast, effects)
    after = after if cast is after.cast else replace(after, cast=cast)
    was, is_ = (replace(one, stand_in=None) if one.stand_in else one for one in (before, after))
    if progress(flow, was).finished and not progress(flow, is_).finished:
        effects.append(Reopen(person=after.person))
    return Turn(dialogue=after, effects=tuple(effects))


def recast(cast: Cast, effects: Iterable[Effect]) -> Cast:
    """The cast once these effects are carried out, so that the next screen is asked of the right person."""
    for effect in effects:
        match effect:
            case Assign(role=role, user=None):
                cast = replace(cast, holders={r: u for r, u in cast.holders.items() if r != role})
            case Assign(role=role, user=str() as user):
                cast = replace(cast, holders={**cast.holders, role: user})
            case Team(members=members):
                cast = replace(cast, members=members)
            case _:
                pass
    return cast


def consequences(
    flow: Flow, before: Dialogue, after: Dialogue, question: Question, today: date
) -> Consequences | None:
    """What changing this one answer brings about beyond the answer itself (journeys B7); None when
    there was no answer before, or when nothing depends on it."""
    old, new = before.answers.get(question.id), after.answers[question.id]
    if old is None or not old.given:
        return None
    alone = with_answer(before, question, new)
    was, is_ = records(flow, before, today).drafts, records(flow, alone, today).drafts
    found = Consequences(
        question=question.id, before=old, after=new.value,
        again=_opened(flow, before, alone, after, question.id),
        unused=_unused(flow, before, alone, after),
        reopened=_titles(is_, was, lambda draft, known: known is not None and _back(known, draft)),
        created=_titles(is_, was, lambda draft, known: known is None),
        withdrawn=_titles(was, is_, lambda draft, known: known is None),
    )  # fmt: skip
    return found if found.again or found.unused or found.reopened or found.withdrawn else None


def _opened(flow: Flow, before: Dialogue, alone: Dialogue, after: Dialogue, itself: str) -> tuple[str, ...]:
    was, is_, stays = (_open_ids(flow, dialogue) for dialogue in (before, alone, after))
    return tuple(id for id in is_ if id not in was and id in stays and id != itself)


def _open_ids(flow: Flow, dialogue: Dialogue) -> tuple[str, ...]:
    questions = (question for screen in path(flow, dialogue) for question in screen.questions)
    required = (question for question in questions if question.requirement != "optional")
    open_ = (q.id for q in required if is_open(q, dialogue) and not put_off(q, dialogue))
    return tuple(dict.fromkeys(open_))


def _unused(flow: Flow, before: Dialogue, alone: Dialogue, after: Dialogue) -> tuple[str, ...]:
    was, is_, stays = (relevant(flow, dialogue) for dialogue in (before, alone, after))
    answered = (id for id, answer in before.answers.items() if answer.given)
    return tuple(id for id in answered if id in was and id not in is_ and id not in stays)


def _back(known: Draft, draft: Draft) -> bool:
    return known.status == "accepted" and draft.status == "proposed"


def _titles(
    drafts: Mapping[str, tuple[Draft, ...]],
    others: Mapping[str, tuple[Draft, ...]],
    keep: Callable[[Draft, Draft | None], bool],
) -> tuple[Words, ...]:
    known = {(id, d.kind, _item(d)): d for id, made in others.items() for d in made}
    return tuple(
        draft.title
        for id, made in drafts.items()
        for draft in made
        if keep(draft, known.get((id, draft.kind, _item(draft))))
    )


def _item(draft: Draft) -> str:
    """A version takes the place of the one before: neither goes, neither is new."""
    return "" if draft.replaces else draft.item
