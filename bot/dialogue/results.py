"""What came out of a closed dialogue: distributions first, then texts with their author (0.6).

Restricted answers only for the roles that were promised as readers. Counts, and never who has not
answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot import people, policy
from bot.dialogue.load import Gesture
from bot.policy import Actor, Allow, Thing
from bot.words.blocks import context, header, modal, section
from bot.words.mrkdwn import Mrkdwn, bold, md, quote
from bot.words.text import Wording, words
from flows.dialogue.model import RESTRICTED_TO, Answer, Flow, Question
from flows.dialogue.results import Result, result
from flows.project import Person, Project
from storage import dialogue as dialogues
from storage import person as kept
from storage import project as projects
from storage.database import Connection

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one person may see of what came out."""

    flow: Flow
    w: Wording
    answered: int
    closed: bool
    results: tuple[Result, ...]
    names: Mapping[str, str]


def load(conn: Connection, gesture: Gesture) -> Outcome | None:
    """The results this person may read, or None when there is nothing there for them."""
    workspace, id = gesture.who.workspace, gesture.place.dialogue
    run = dialogues.run(conn, workspace=workspace, id=id)
    flow = gesture.parts.playbook.flows.get(run.flow) if run else None
    project = projects.get(conn, workspace=workspace, id=run.project_id) if run else None
    if run is None or flow is None or project is None:
        return None
    known = kept.many(conn, workspace=workspace, users=[gesture.who.user, *project.cast.everybody()])
    me = known.get(gesture.who.user) or people.unknown(workspace, gesture.who.user)
    if not _may(project, me):
        return None
    names = {user: person.name for user, person in known.items()}
    roles = project.cast.roles_of(me.user)
    answers = (
        dialogues.answers(conn, workspace=workspace, dialogue_id=id, roles=roles)
        if run.status == "closed"
        else {}
    )
    return Outcome(
        flow=flow,
        w=words(people.language(me, project)),
        answered=dialogues.counts(conn, workspace=workspace, dialogue_id=id).started,
        closed=run.status == "closed",
        results=tuple(_results(flow, project, me.user, answers, names)),
        names=names,
    )


def page(found: Outcome) -> Json:
    """The results as a page to read."""
    w = found.w
    blocks: list[Json] = [
        context(w.plural_md("Answers from {n} person", "Answers from {n} people", found.answered))
    ]
    if not found.closed:
        blocks = [section(w.md("Answers are shown to the others once this closes, not before."))]
    elif not found.results:
        blocks = [section(w.md("Nobody has answered: there is nothing to show."))]
    for one in found.results:
        blocks += _blocks(found, one)
    return modal(w("What came out"), blocks, callback_id="dialogue.results", close=w.p("window", "Close"))


def _may(project: Project, me: Person) -> bool:
    actor = Actor(workspace=me.workspace, user=me.user, outsider=me.stranger or me.guest)
    return isinstance(policy.can(actor, "results.read", Thing(project=project)), Allow)


def _results(
    flow: Flow,
    project: Project,
    user: str,
    answers: Mapping[str, list[tuple[str, Answer]]],
    names: Mapping[str, str],
) -> list[Result]:
    """Questions with something to show, closed ones first, in the order of content."""
    shown = [
        result(question, [answer for _, answer in answers[question.id]], names)
        for question in flow.questions
        if question.id in answers and _readable(question, project, user)
    ]
    return sorted((one for one in shown if one.n or one.unknown), key=lambda one: not one.bars)


def _readable(question: Question, project: Project, user: str) -> bool:
    if question.visibility == "anonymous":
        return False
    readers = set(question.seen_by or RESTRICTED_TO)
    return question.visibility == "open" or bool(readers & project.cast.roles_of(user))


def _blocks(found: Outcome, one: Result) -> list[Json]:
    w = found.w
    blocks = [header(w.of(one.question.words))]
    if one.bars:
        blocks.append(section(Mrkdwn("\n").join([_bar(found, one, n) for n in range(len(one.bars))])))
    for said in one.quotes[:20]:
        author = bold(found.names.get(said.author) or said.author)
        blocks.append(section(Mrkdwn("\n").join([author, quote(w.of(said.words))])))
    notes = _notes(w, one)
    return [*blocks, context(notes)] if notes else blocks


def _bar(found: Outcome, one: Result, n: int) -> Mrkdwn:
    """One line in words and figures: no sign by colour or length alone (8.3)."""
    w, bar = found.w, one.bars[n]
    label = md(w.of(bar.label))
    if one.question.kind == "ranking":
        return w.md("{n}. {label} · mean rank {mean}", n=n + 1, label=label, mean=_one_decimal(w, bar.mean))
    if one.question.kind == "points100":
        return w.md("{label} · {mean} points on average", label=label, mean=_one_decimal(w, bar.mean))
    return w.md("{label}: {n}", label=label, n=bar.count)


def _notes(w: Wording, one: Result) -> Mrkdwn:
    parts = [w.plural_md("{n} answer", "{n} answers", one.n)]
    if one.mean is not None:
        parts.append(w.md("mean {mean}", mean=_one_decimal(w, one.mean)))
    if one.split:
        parts.append(w.md("opinions are split"))
    if one.unknown:
        parts.append(w.plural_md("{n} does not know", "{n} do not know", one.unknown))
    return Mrkdwn(" · ").join(parts)


def _one_decimal(w: Wording, figure: float | None) -> str:
    return w.number(round(figure or 0.0, 1))
