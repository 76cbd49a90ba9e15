"""What a workshop hands on, once each: a point to the arbiter, part of a dialogue, a trial, a small win."""

from dataclasses import replace

from bot.wins import queueing as wins
from bot.workshops.outcomes import bringing, sending
from bot.workshops.outcomes.records import Task
from flows.dialogue.effects import Amend
from flows.signoff.ahead import SCRIPT as NOTE_REVIEW
from flows.wins.initiative import Initiative
from flows.wins.model import LONGEST
from flows.wins.model import Win as Told
from flows.words import Words
from flows.workshop.outcomes_model import NUMBER, Bring, Send, Try, Win
from storage import amending, inbox, initiative, win
from storage import review as reviews

OWN_WIN = "WM5"


def bring(task: Task, what: Bring) -> None:
    """Once for each vote, when it closes its step: read again however long after, it is not brought again,
    whatever the arbiter has decided. Its trade-off belongs to this workshop: the minutes lead to it."""
    if not task.closes:
        return
    place = ".".join(what.item.split(".")[:2])
    vote = task.held.last(int(place.partition(".")[2]))
    nonce = _once(task, f"b{vote.number if vote is not None else 0}:{what.item}")
    if nonce is None:
        return
    if task.workshop.script == NOTE_REVIEW and not what.subject:
        what = replace(what, subject=_version(task))
    case = bringing.bring(task.conn, parts=task.parts, project=task.project, what=what, now=task.now)
    inbox.remember_form(
        task.conn, workspace=task.project.workspace, nonce=nonce, result=case.number, now=task.now
    )
    fields = {case.ref: {"workshop": place, NUMBER: task.workshop.number}}
    amending.amend(task.conn, **task.here, effect=Amend(question=place, fields=fields), now=task.now)


def _version(task: Task) -> str:
    """The version of the note that this workshop has voted on; "" where none is in review."""
    review = reviews.latest(task.conn, **task.here)
    return review.subject if review is not None and review.state == "review" else ""


def send(task: Task, what: Send) -> None:
    """A later part of a dialogue leaves, once for all (sending.send)."""
    sending.send(
        task.conn,
        parts=task.parts,
        project=task.project,
        by=task.workshop.facilitator,
        what=what,
        now=task.now,
    )


def _once(task: Task, item: str) -> str | None:
    """The name under which something is done once; None when it has been."""
    nonce = f"ws:{task.workshop.id}:{item}"[:64]
    done = inbox.hold_form(task.conn, workspace=task.project.workspace, nonce=nonce, now=task.now)
    return nonce if done is None else None


def try_(task: Task, what: Try) -> None:
    """A trial becomes an initiative of whoever sees to it, when its vote closes the step."""
    if not task.closes:
        return
    nonce = _once(task, what.item)
    if nonce is None:
        return
    new = Initiative(number=0, statement=what.statement[:LONGEST], author=what.author, made_at=task.now)
    number = initiative.put(task.conn, **task.here, new=new)
    wins.initiative_card(task.conn, project=task.project, number=number, now=task.now)
    inbox.remember_form(task.conn, workspace=task.project.workspace, nonce=nonce, result=number, now=task.now)


def propose(task: Task, what: Win) -> None:
    """Proposed: it waits for its turn like any other, and names nobody."""
    nonce = _once(task, what.item)
    if nonce is None:
        return
    told = Told(
        number=0,
        type=OWN_WIN,
        said=Words.same(what.line[:LONGEST]),
        state="waiting",
        by="",
        found_at=task.now,
    )
    kept = win.tell(task.conn, **task.here, win=told)
    wins.posted(task.conn, project=task.project, now=task.now)
    inbox.remember_form(
        task.conn, workspace=task.project.workspace, nonce=nonce, result=kept.number, now=task.now
    )
