"""The card a colleague gets, its one reminder, and the word to the one who asked when all hangs on it.

One message a person and delegation, updated in place: asked, accepted, answered, declined, expired,
withdrawn (journeys B4, section 3). Renders from the data of now.
"""

from dataclasses import dataclass

from bot import people
from bot.delegation import queueing
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import budget, sending
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, quote
from bot.words.text import N_, Wording, words
from flows.dialogue.delegation import Delegation, in_hands, may_change, open_for
from flows.dialogue.lending import WHOLE
from flows.dialogue.model import Dialogue, Flow, Question
from flows.dialogue.path import path
from flows.project import Person, Project
from storage import delegation
from storage import dialogue as dialogues
from storage import project as projects
from storage import seat as seats
from storage.database import Connection
from storage.outbox import Row

#: What a settled card says, by state. {name}: who asked.
SETTLED = {
    "declined": N_("This no longer waits for you: it is back with {name}, and nobody else is told."),
    "expired": N_("This no longer waits for you: the day has passed. {name} has it back."),
    "withdrawn": N_("This no longer waits for you: {name} needs no answer any more."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Everything the messages about one delegation say."""

    w: Wording
    asked: Delegation
    project: Project
    flow: Flow
    sheet: Dialogue  # of the one who asked
    closed: bool
    me: Person  # the one who reads
    asker: str  # display name
    colleague: str
    gone: bool  # the colleague's account is closed

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the colleague sees now."""
        hands_ = in_hands(self.sheet, self.asked)
        return tuple(question for screen in path(self.flow, hands_) for question in screen.questions)


def errand(conn: Connection, parts: Parts, *, workspace: str, id: str, reader: str) -> Errand | None:
    """What `reader` (one of the two) reads; None when it or its dialogue is gone."""
    asked = delegation.get(conn, workspace=workspace, id=id)
    run = dialogues.run(conn, workspace=workspace, id=asked.dialogue_id) if asked else None
    flow = parts.playbook.flows.get(run.flow) if run else None
    project = projects.get(conn, workspace=workspace, id=run.project_id) if run else None
    if asked is None or run is None or flow is None or project is None:
        return None
    found = seats.seat(conn, workspace=workspace, id=run.id, user=asked.from_user, flows=parts.playbook.flows)
    if found is None or reader not in (asked.from_user, asked.to_user):
        return None
    both = people.several(conn, workspace=workspace, users=(asked.from_user, asked.to_user))
    me = both[reader]
    return Errand(
        w=words(people.language(me, project)),
        asked=asked,
        project=project,
        flow=flow,
        sheet=found.sheet,
        closed=run.status == "closed",
        me=me,
        asker=both[asked.from_user].name,
        colleague=both[asked.to_user].name,
        gone=both[asked.to_user].deleted,
    )


def render(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The card as it stands now. A first one is posted in the colleague's hours, on a day on which nothing
    else asks them for answers, and only while it still asks something."""
    user, id = str(row.ref.get("user", "")), str(row.ref.get("delegation", ""))
    found = errand(conn, parts, workspace=row.workspace, id=id, reader=user)
    if found is None:
        return None
    open_ = open_for(found.flow, found.sheet, found.asked)
    if not row.remote_id:
        if not open_ or found.me.deleted:
            return None
        if later := budget.not_now(conn, row, parts=parts, person=found.me, project=found.project):
            return later
    return _card(found, open_=open_)


def reminder(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """The one reminder: nothing when it is settled by then, or comes too late."""
    user, id = str(row.ref.get("user", "")), str(row.ref.get("delegation", ""))
    found = errand(conn, parts, workspace=row.workspace, id=id, reader=user)
    if found is None or not open_for(found.flow, found.sheet, found.asked):
        return None
    if later := budget.not_now(conn, row, parts=parts, person=found.me, project=found.project):
        return later
    if budget.too_late(conn, row, parts=parts, person=found.me, project=found.project):
        return None
    w, asked = found.w, found.asked
    said = w.md(
        "Still open: *{asker}* asked you this for *{project}*.", asker=found.asker, project=found.project.name
    )
    stop = elements.button(w("Stop reminding me"), "delegation.stop", value=asked.id)
    return message(blocks.section(said), *_what(found), _buttons(found, more=(stop,)), _small(found))


def gone_back(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To the one who asked: it has come back, and nothing else keeps them from being done."""
    user, id = str(row.ref.get("user", "")), str(row.ref.get("delegation", ""))
    found = errand(conn, parts, workspace=row.workspace, id=id, reader=user)
    if found is None or found.closed:
        return None
    if later := sending.not_now(found.me, found.project, parts.clock.now()):
        return later
    w, run = found.w, found.asked.dialogue_id
    said = returned(found.w, found)
    go = elements.button(w("Answer"), "dialogue.open", value=run, style="primary")
    return message(blocks.section(said), *_what(found), blocks.actions(go))


def returned(w: Wording, found: Errand) -> Mrkdwn:
    """Why it is back, in one sentence, with the reason the colleague gave."""
    if found.asked.state == "declined" and found.gone:
        said = w.md("{name} is no longer here to answer: it is back with you.", name=found.colleague)
    elif found.asked.state == "declined":
        said = w.md("{name} cannot answer this: it is back with you.", name=found.colleague)
    else:
        said = w.md("{name} has not answered by the day: it is back with you.", name=found.colleague)
    return Mrkdwn("\n").join([said, quote(found.asked.reason)]) if found.asked.reason else said


def topic(found: Errand) -> Mrkdwn:
    """What was asked, in the reader's language: the question, or the dialogue."""
    question = found.flow.question(found.asked.question) if found.asked.question != WHOLE else None
    asked = next((one for one in found.questions if one.id == found.asked.question), question)
    return bold(found.w.of(asked.words if asked is not None else found.flow.title))


def _card(found: Errand, *, open_: bool) -> Message:
    w, asked = found.w, found.asked
    if open_:
        return message(blocks.section(_head(found)), *_what(found), _buttons(found), _small(found))
    if asked.state == "answered":
        rows = [blocks.section(w.md("*Answered.* {name} sees it, with both your names.", name=found.asker))]
        rows += _what(found)
        if not found.closed and may_change(found.flow, found.sheet, asked):
            change = elements.button(w("Change my answer"), "delegation.answer", value=asked.id)
            rows.append(blocks.actions(change))
        return message(*rows)
    state = asked.state if asked.state in SETTLED else "withdrawn"
    if found.closed:
        return message(blocks.section(w("Closed. Nothing is asked of you here any more.")), *_what(found))
    return message(blocks.section(w.md(SETTLED[state], name=found.asker)), *_what(found))


def _head(found: Errand) -> Mrkdwn:
    w, n = found.w, len(found.questions)
    if found.asked.question != WHOLE:
        return w.md(
            "*{asker}* asks you one question for *{project}*:", asker=found.asker, project=found.project.name
        )
    return w.plural_md(
        "*{asker}* asks you to answer {n} question in their place, for *{project}*:",
        "*{asker}* asks you to answer {n} questions in their place, for *{project}*:",
        n,
        asker=found.asker,
        project=found.project.name,
    )


def _what(found: Errand) -> list[Json]:
    """The question or dialogue, and the word of the one who asked."""
    rows = [blocks.section(topic(found))]
    if found.asked.note:
        rows.append(blocks.section(quote(found.asked.note)))
    return rows


def _buttons(found: Errand, *, more: tuple[Json, ...] = ()) -> Json:
    w, id = found.w, found.asked.id
    go = w("Continue") if found.asked.state == "accepted" else w("Answer")
    label = w("{what}: {question}", what=go, question=topic(found))
    return blocks.actions(
        elements.button(go, "delegation.answer", value=id, style="primary", label=label),
        elements.button(w("Not me"), "delegation.no", value=id),
        elements.button(w("Later"), "delegation.later", value=id),
        *more,
    )


def _small(found: Errand) -> Json:
    """Who sees it, until when, and what saying no means."""
    w, asked = found.w, found.asked
    said = [_label(found)]
    if asked.until:
        said.append(w.md("Wanted by {day}.", day=w.day(asked.until)))
    said.append(w.md("You see only what you are asked here."))
    said.append(w.md("If you say no, it goes back to {name} and nobody else is told.", name=found.asker))
    return blocks.context(Mrkdwn(" ").join(said))


def _label(found: Errand) -> Mrkdwn:
    return found.w.md("*Named.* The answer shows both your names.")


MESSAGES = {"delegation": render, queueing.REMINDER: reminder, "delegation_back": gone_back}
