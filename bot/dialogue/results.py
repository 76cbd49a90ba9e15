"""What came out of a closed dialogue: distributions first, then texts with their author (0.6).

Restricted answers only for the roles that were promised as readers. Counts, and never who has not
answered.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot import people, policy
from bot.dialogue.load import Gesture
from bot.dialogue.place import Place
from bot.dialogue.values import recorded
from bot.hub import confrontation
from bot.policy import Actor, Allow, Thing
from bot.words.blocks import actions, context, fields, header, modal, section
from bot.words.clusters import units
from bot.words.elements import button
from bot.words.limits import HEADER
from bot.words.mrkdwn import Mrkdwn, bold, md, quote
from bot.words.text import Wording, words
from flows.agenda import about
from flows.dialogue import cases
from flows.dialogue.delegation import Delegation, on_behalf
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Answer, Column, Dialogue, Flow, Question
from flows.dialogue.path import worded
from flows.dialogue.results import Quote, Result, result
from flows.dialogue.show import cell_in_words
from flows.dialogue.visible import readable
from flows.project import Person, Project
from flows.words import Words
from storage import delegation, register
from storage import dialogue as dialogues
from storage import person as kept
from storage import project as projects
from storage.database import Connection

Json = dict[str, Any]
ISSUES: tuple[RecordKind, ...] = ("issue",)
PER_PAGE = 90  # blocks, of the 100 a view may have
SIDE_BY_SIDE = 10  # cells of one block


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one person may see of what came out."""

    flow: Flow
    w: Wording
    answered: int
    closed: bool
    results: tuple[Result, ...]
    names: Mapping[str, str]
    made: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # question id -> records
    #: (question, the n-th answer given to it) -> at whose request
    askers: Mapping[tuple[str, int], tuple[str, ...]] = field(default_factory=dict)
    records: str = ""  # project and run, for the list of what was recorded


def load(conn: Connection, gesture: Gesture) -> Outcome | None:
    """The results this person may read, or None when there is nothing there for them."""
    workspace, id = gesture.who.workspace, gesture.place.dialogue
    run = dialogues.run(conn, workspace=workspace, id=id)
    flow = gesture.parts.playbook.flows.get(run.flow) if run else None
    project = projects.get(conn, workspace=workspace, id=run.project_id) if run else None
    if run is None or flow is None or project is None:
        return None
    passed = delegation.of_dialogue(conn, workspace=workspace, dialogue_id=id)
    users = [gesture.who.user, *project.cast.everybody(), *(one.to_user for one in passed)]
    known = kept.many(conn, workspace=workspace, users=users)
    me = known.get(gesture.who.user) or people.unknown(workspace, gesture.who.user)
    if not _may(project, me):
        return None
    names = {user: person.name for user, person in known.items()}
    roles = project.cast.roles_of(me.user)
    closed = run.status == "closed"
    answers = dialogues.answers(conn, workspace=workspace, dialogue_id=id, roles=roles) if closed else {}
    flows = gesture.parts.playbook.flows
    sheet = dialogues.sheet(conn, workspace=workspace, id=id, person=me.user, flows=flows) if closed else None
    questions = _asked(flow, sheet, answers) if sheet else ()
    return Outcome(
        flow=flow,
        w=words(people.language(me, project)),
        answered=dialogues.counts(conn, workspace=workspace, dialogue_id=id).started,
        closed=closed,
        results=tuple(_results(questions, project, me.user, answers, names)),
        names=names,
        made=_made(conn, run, roles) if closed else {},
        askers=_askers(passed, answers),
        records=f"{project.id}:from-{id}:0",
    )


def _made(conn: Connection, run: dialogues.Run, roles: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What the answers to each question have recorded, of what these roles may read; and the open point of
    those on which people disagree (3.4)."""
    found: dict[str, tuple[str, ...]] = {}
    for one in register.of_dialogue(conn, workspace=run.workspace, dialogue_id=run.id, roles=roles):
        found[one.source] = (*found.get(one.source, ()), one.ref)
    here = {"workspace": run.workspace, "project_id": run.project_id}
    for question, ref in about(register.records(conn, **here, kinds=ISSUES, roles=roles)).items():
        found[question] = (*found.get(question, ()), ref)
    return found


def _askers(
    passed: Sequence[Delegation], answers: Mapping[str, list[tuple[str, Answer]]]
) -> dict[tuple[str, int], tuple[str, ...]]:
    """At whose request each answer was given, by its place among those to its question: one colleague
    may have answered for two people, and each answer shows its own names."""
    found = {}
    for question, every in answers.items():
        given = ((respondent, answer) for respondent, answer in every if answer.given)
        for n, (respondent, answer) in enumerate(given):
            by = on_behalf(passed, question=question, respondent=respondent, author=answer.author)
            if by:
                found[question, n] = by
    return found


def page(found: Outcome, place: Place) -> Json:
    """The results as a page to read, in parts where they are long."""
    w = found.w
    parts = _parts(found)
    number = min(place.page, len(parts) - 1)
    blocks = [*parts[number], *_turning(found, number, len(parts))]
    ways = confrontation.ways(w, found.flow, place.dialogue) if found.closed else []
    if found.made:
        ways.append(button(w("See the records"), "register.open:from", value=found.records))
    if ways:
        blocks.append(actions(*ways, block_id="made"))
    return modal(
        w("What came out"),
        blocks,
        callback_id="dialogue.results",
        close=w.p("window", "Close"),
        metadata=place.packed(),
    )


def _parts(found: Outcome) -> list[list[Json]]:
    """The blocks of each part: as many whole answers as a page holds."""
    w = found.w
    if not found.closed:
        told = w.md("Answers are shown to the others once this closes, not before.")
        return [[section(told)]]
    if not found.results:
        return [[section(w.md("Nobody has answered: there is nothing to show."))]]
    people = w.plural_md("Answers from {n} person", "Answers from {n} people", found.answered)
    parts: list[list[Json]] = [[context(people)]]
    for one in found.results:
        for group in _groups(found, one):
            if len(parts[-1]) + len(group) > PER_PAGE:
                parts.append([])
            parts[-1] += group
    return parts


def _turning(found: Outcome, number: int, total: int) -> list[Json]:
    """Which part this is, and the way to the others."""
    if total == 1:
        return []
    w, buttons = found.w, []
    if number:
        buttons.append(button(w("Previous page"), "results.turn:back", value=f"{number - 1}"))
    if number + 1 < total:
        buttons.append(button(w("Next page"), "results.turn:on", value=f"{number + 1}"))
    told = w.md("Page {n} of {total}", n=number + 1, total=total)
    return [context(told), actions(*buttons, block_id="turn")]


def _may(project: Project, me: Person) -> bool:
    actor = Actor(workspace=me.workspace, user=me.user, outsider=me.stranger or me.guest)
    return isinstance(policy.can(actor, "results.read", Thing(project=project)), Allow)


def _asked(flow: Flow, sheet: Dialogue, answers: Iterable[str]) -> tuple[Question, ...]:
    """The questions there are answers to, each record on its own, in the order of content; about a
    record that is no more as content words them."""
    now = {question.id: worded(flow, sheet, question) for question in cases.every(flow, sheet)}
    gone = (flow.question(id) for id in answers if id not in now)
    return (*now.values(), *(question for question in gone if question is not None))


def _results(
    questions: Iterable[Question],
    project: Project,
    user: str,
    answers: Mapping[str, list[tuple[str, Answer]]],
    names: Mapping[str, str],
) -> list[Result]:
    """Questions with something to show, closed ones first, in the order of content."""
    shown = [
        result(question, [answer for _, answer in answers[question.id]], names)
        for question in questions
        if question.id in answers and readable(question, project.cast.roles_of(user))
    ]
    return sorted((one for one in shown if one.n or one.unknown), key=lambda one: not one.bars)


def _groups(found: Outcome, one: Result) -> Iterator[list[Json]]:
    """The question with its figures; then each text; what stands together stays together."""
    w = found.w
    asked = w.of(one.question.words)
    head = [header(asked) if units(asked) <= HEADER else section(bold(asked))]
    if one.bars:
        head.append(section(Mrkdwn("\n").join([_bar(found, one, n) for n in range(len(one.bars))])))
    notes = _notes(w, one)
    if refs := recorded(w, found.made.get(one.question.id, ())):
        notes = Mrkdwn(" · ").join([part for part in (notes, refs) if part])
    yield [*head, context(notes)] if notes else head
    for n, said in enumerate(one.quotes):
        author = _author(found, said, found.askers.get((one.question.id, n), ()))
        lines = said.value if one.question.kind == "rows" and isinstance(said.value, list) else None
        if lines is not None:
            whose = author if said.author else None
            yield from (_line(found, one, whose, row) for row in lines if isinstance(row, dict))
        else:
            yield [section(Mrkdwn("\n").join([author, quote(w.of(said.words))]))]


def _line(found: Outcome, one: Result, author: Mrkdwn | None, row: Mapping[str, Any]) -> list[Json]:
    """One line of a table: what it is about and whose it is; then its cells side by side, each with its
    name, so that the planned stands beside the lived (D04)."""
    w, (first, *others) = found.w, one.question.columns
    cells = [
        Mrkdwn("\n").join([bold(w.of(c.label)), md(w.of(_cell(found, one, c, row)))])
        for c in others
        if row.get(c.key) not in (None, "")
    ]
    about = bold(w.of(_cell(found, one, first, row)))
    head = section(about if author is None else w.md("{about} · {author}", about=about, author=author))
    pairs = [cells[n : n + SIDE_BY_SIDE] for n in range(0, len(cells), SIDE_BY_SIDE)]
    return [head, *(fields(*pair) for pair in pairs)]


def _cell(found: Outcome, one: Result, column: Column, row: Mapping[str, Any]) -> Words:
    return cell_in_words(one.question, column, row, found.names)


def _author(found: Outcome, said: Quote, askers: Sequence[str]) -> Mrkdwn:
    """Who wrote it, and at whose request; a dash for what is read unsigned (RTE12)."""
    if not said.author:
        return Mrkdwn("–")
    name, w = bold(found.names.get(said.author) or said.author), found.w
    if not askers:
        return name
    by = w.listed([found.names.get(user) or user for user in askers])
    return Mrkdwn(" · ").join([name, w.md("at the request of {name}", name=by)])


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
