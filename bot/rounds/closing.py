"""Closing a dialogue: by its date, or by the facilitator after reading how many have answered.

Afterwards the channel reads one line, answers are shown to those who may read them, and nobody can
answer any more. Never says who has not answered.
"""

from datetime import date, datetime
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.delegation import hands
from bot.diagnosis import runs
from bot.hub.counts import counted, coverage
from bot.parts import Parts
from bot.policy import Action, Deny
from bot.request import Json, Reply, Request
from bot.rounds import always, announce, plan, term
from bot.rounds.cards import DECISIONS
from bot.rounds.pieces import Piece, later_parts
from bot.rounds.reminders import nudge
from bot.words import blocks, elements
from bot.words.mrkdwn import bold
from bot.words.text import Wording
from flows.cadence import add_working_days
from flows.project import Project
from storage import ask as asks
from storage import audit, register, schedule
from storage import dialogue as dialogues
from storage import project as projects
from storage.audit import Deed
from storage.database import Connection
from storage.schedule import Due

CALLBACK = "run.close"


def due(conn: Connection, due: Due, now: datetime) -> None:
    """The day after the last day to answer. A date that was moved meanwhile closes nothing."""
    run = dialogues.run(conn, workspace=due.workspace, id=str(due.data.get("run", "")))
    if run is None or run.closes_on is None or run.closes_on.isoformat() != due.data.get("day"):
        return
    close(conn, run=run, by=None, now=now)


def close(conn: Connection, *, run: dialogues.Run, by: str | None, now: datetime) -> bool:
    """Close it and show everybody concerned; `by`: who does, None for its date. False when it was closed
    already."""
    project = projects.get(conn, workspace=run.workspace, id=run.project_id)
    if project is None or not dialogues.close(conn, workspace=run.workspace, id=run.id, by=by, now=now):
        return False
    here = {"workspace": project.workspace, "project_id": project.id}
    deed = Deed(action="dialogue.closed", object=run.id, data={"flow": run.flow}, actor=by or "")
    audit.append(conn, **here, deeds=[deed], now=now)
    for prefix in ("close:", "remind:", "later:"):
        schedule.cancel(conn, workspace=run.workspace, id_prefix=f"{prefix}{run.id}")
    asks.forget_about(conn, workspace=run.workspace, about=run.id)
    took = dialogues.participations(conn, workspace=run.workspace, dialogue_id=run.id)
    for part in took:
        announce.after_turn(conn, project=project, run=run, user=part.user, now=now)
    hands.closed(conn, project=project, dialogue_id=run.id, now=now)
    announce.dialogue_card(conn, project=project, run_id=run.id, now=now)
    announce.project_card_again(conn, project=project, now=now)
    ref, by_its_date = {"run": run.id}, by is None
    announce.post(
        conn, project=project, what="closing_line", key=run.id, ref=ref, now=now, in_hours=by_its_date
    )
    _decisions(conn, project, now, in_hours=by_its_date)
    runs.closed(conn, project=project, cause="dialogue", id=run.id, about=run.flow, now=now)
    always.planned(conn, **here, zone=project.zone, now=now)
    return True


async def ask(request: Request, parts: Parts, run_id: str) -> Reply:
    """ "Close": a page that says how many have answered, before anything happens."""
    who, run, refused = await _mine(request, parts, run_id, "dialogue.close")
    if run is None or who.project is None:
        return answer.tell(request, parts, who.w, refused)

    async def build() -> Json:
        return await parts.db.read(_page, parts=parts, who=who, run=run)

    return answer.show(request, parts, who.w, who.w("Close the dialogue"), build)


async def confirmed(request: Request, parts: Parts) -> Reply:
    """[Close it]."""
    run_id = forms.held(answer.metadata(request)).get("run", "")
    who, run, refused = await _mine(request, parts, run_id, "dialogue.close")
    if run is None:
        return answer.tell(request, parts, who.w, refused)
    done = await parts.db.run(close, run=run, by=request.user, now=parts.clock.now())
    parts.wake()
    w = who.w
    said = w("Closed. The channel reads how many answered, and everybody can see what came out.")
    return answer.tell(request, parts, w, said if done else w("Already closed. Nothing more to do."))


async def kept_open(request: Request, parts: Parts) -> Reply:
    """[Keep it open until …]."""
    run_id, _, until = answer.chosen(request).partition(":")
    who, run, refused = await _mine(request, parts, run_id, "dialogue.close")
    day = forms.day(until)
    if run is None or day is None or day < who.today:
        return answer.tell(request, parts, who.w, refused)
    await parts.db.run(_kept_open, run=run, who=who, day=day, now=parts.clock.now())
    parts.wake()
    said = who.w("It stays open until {day}.", day=who.w.day(day))
    return answer.refreshed(
        request, parts, answer.page(who.w, who.w("Close the dialogue"), [blocks.section(said)])
    )


async def nudged(request: Request, parts: Parts, run_id: str) -> Reply:
    """ "Nudge": a private reminder to those who are not done."""
    who, run, refused = await _mine(request, parts, run_id, "dialogue.nudge")
    if run is None or who.project is None:
        return answer.tell(request, parts, who.w, refused)
    wait: date | None = await parts.db.run(
        nudge, project=who.project, run=run, today=who.today, now=parts.clock.now()
    )
    parts.wake()
    if wait:
        said = who.w(
            "Not yet: once in 5 working days at most. The next one is possible on {day}.", day=who.w.day(wait)
        )
    else:
        said = who.w("Done. They are reminded privately, in their hours; nobody sees who.")
    return answer.tell(request, parts, who.w, said)


async def menu(request: Request, parts: Parts) -> Reply:
    """ "⋯ Nudge | Close" of one dialogue in Home."""
    what, _, run_id = answer.chosen(request).partition(":")
    if what == "nudge":
        return await nudged(request, parts, run_id)
    return await ask(request, parts, run_id)


async def _mine(
    request: Request, parts: Parts, run_id: str, action: Action
) -> tuple[Asker, dialogues.Run | None, str]:
    """The open run, if this person may do that to it; else the sentence that says why not."""
    run = await parts.db.read(dialogues.run, workspace=request.workspace, id=run_id)
    who = await asker.asker(request, parts, project_id=run.project_id if run else "-")
    verdict = who.may(action)
    if isinstance(verdict, Deny):
        return who, None, who.refusal(verdict)
    if run is not None and run.status == "closed":
        return who, None, who.w("Already closed. Nothing more to do.")
    return who, run, ""


def _page(conn: Connection, *, parts: Parts, who: Asker, run: dialogues.Run) -> Json:
    w, flow = who.w, parts.playbook.flows[run.flow]
    said = w.md(
        "{title}: {coverage}. This coverage will be printed in the note. After closing nobody can answer or "
        "change anything. Close anyway?",
        title=bold(w.of(flow.title)),
        coverage=coverage(w, counted(conn, run)),
    )
    return blocks.modal(
        w("Close the dialogue"),
        [blocks.section(said), *_lost(conn, parts, who, run)],
        callback_id=CALLBACK,
        submit=w("Close it"),
        close=w("Not yet"),
        metadata=forms.packed(run=run.id),
    )


def _lost(conn: Connection, parts: Parts, who: Asker, run: dialogues.Run) -> list[Json]:
    """The questions that closing now would take away, and what to do about it: a closed dialogue has
    no later part."""
    w, flow = who.w, parts.playbook.flows[run.flow]
    left = [part for part in later_parts(flow) if part not in run.parts]
    if not left:
        return []
    part = Piece(run.flow, left[0])
    n = sum(question.part == part.part for question in flow.questions)
    table = plan.table(conn, parts=parts, project=who.here, today=who.today)
    day = plan.part_day(table, part, parts.playbook)
    until = add_working_days(max(day or who.today, who.today), term.ROOM)
    when = workshop_of(w, part.part)
    said = w.plural_md(
        "*{n} question of it has not been sent yet* ({part}). Once this is closed it can no longer be asked.",
        "*{n} questions of it have not been sent yet* ({part}). Once this is closed they can no longer be "
        "asked.",
        n,
        part=when,
    )
    return [
        blocks.alert(said),
        blocks.actions(
            elements.button(w("Send them now"), "send.open:part", value=f"{who.here.id}:{part.id}"),
            elements.button(
                w("Keep it open until {day}", day=w.day(until)),
                "run.keep",
                value=f"{run.id}:{until.isoformat()}",
            ),
        ),
    ]


def workshop_of(w: Wording, part: str) -> str:
    """ "after workshop W02", "in workshop W06"."""
    if part.startswith("after_"):
        return w("after workshop {name}", name=part.removeprefix("after_"))
    return w("in workshop {name}", name=part)


def _kept_open(conn: Connection, *, run: dialogues.Run, who: Asker, day: date, now: datetime) -> None:
    term.set_closing(conn, project=who.here, run_id=run.id, closes_on=day)
    announce.dialogue_card(conn, project=who.here, run_id=run.id, now=now)
    announce.homes(conn, project=who.here, users=(who.actor.user,), now=now)


def _decisions(conn: Connection, project: Project, now: datetime, *, in_hours: bool) -> None:
    """Decisions the answers gave may be shown from now on."""
    kept = register.records(conn, workspace=project.workspace, project_id=project.id, kinds=DECISIONS)
    for record in kept:
        announce.decision_card(conn, project=project, number=record.number, now=now, in_hours=in_hours)


ACTIONS: dict[str, Any] = {"run.menu": menu, "run.keep": kept_open}
VIEWS: dict[str, Any] = {CALLBACK: confirmed}
DUE = {"close": due}
