"""How a gap of a document can be filled, and by whom: answered, sent, asked again, or filled elsewhere.

Buttons for the gaps of a section, for whoever may press them. Changes nothing itself.
"""

import re
from dataclasses import dataclass

from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.words import elements
from flows.diagnosis.rules import CONDITIONS
from flows.dialogue.model import Question
from flows.document.model import DIAGNOSIS, Missing
from flows.document.outgoing import FORM
from flows.project import Role
from flows.roles import ASKED_OF
from flows.words import Words
from storage import dialogue as dialogues
from storage import wave as waves
from storage.database import Connection

ELSEWHERE, MOST = 2, 5  # buttons of that kind, and of all, in one section
SETUP = "D01"  # which nobody closes: it goes on as people come and go
RECORD = re.compile(r"[A-Z]{3}-[0-9]+")  # the number of a record
STEERS: tuple[Role, ...] = ("lead", "facilitator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is being asked now, for one reader."""

    runs: dict[str, str]  # flow -> its open run
    done: frozenset[str]  # flows of which this person has nothing left to answer
    waves: frozenset[str]  # anonymous dialogues that are open
    complete: frozenset[str]  # flows that everybody who was asked is done with


def standing(conn: Connection, who: Asker) -> Standing:
    """Of the reader's project, as of now."""
    here = {"workspace": who.here.workspace, "project_id": who.here.id}
    runs = {run.id: run.flow for run in dialogues.runs(conn, **here) if run.status == "open"}
    counts = {id: dialogues.counts(conn, workspace=who.here.workspace, dialogue_id=id) for id in runs}
    mine = dialogues.for_user(conn, workspace=who.here.workspace, user=who.actor.user)
    return Standing(
        runs={flow: id for id, flow in runs.items()},
        done=frozenset(runs[one.run.id] for one in mine if one.part.done_at and one.run.id in runs),
        waves=frozenset(one.what for one in waves.of_project(conn, **here) if one.open),
        complete=frozenset(runs[id] for id, count in counts.items() if 0 < count.invited <= count.done),
    )


def ways(parts: Parts, who: Asker, gaps: list[Missing], now: Standing) -> list[Json]:
    """Each way once, the nearest first: answer it oneself, where it is open and one is asked; send the
    questions, where one may and they are not open; go where it is filled; ask those again who are not
    done."""
    known = [one for gap in gaps if (one := asked(parts, gap.question)) is not None]
    mine = [flow for flow, question in known if flow in now.runs and _asks(who, question)]
    others = [flow for flow, _ in known if flow in now.runs and (flow not in mine or flow in now.done)]
    unsent = [flow for flow, _ in known if flow not in now.runs and who.may("dialogue.send") == Allow()]
    left = [flow for flow in mine if flow not in now.done]
    found = [_answer(who, now.runs[flow]) for flow in left[:1]]
    found += [_send(who, flow) for flow in unsent[:1]]
    elsewhere = (_elsewhere(parts, who, id, now) for id in dict.fromkeys(gap.question for gap in gaps))
    found += list({one["action_id"]: one for one in elsewhere if one is not None}.values())[:ELSEWHERE]
    found += [_again(who, now.runs[flow]) for flow in others if flow not in now.complete][:1]
    found += [_close(who, now.runs[flow]) for flow in others if flow in now.complete - {SETUP}][:1]
    found = [one for one in found if one]
    return found[:MOST] or [_answer(who, now.runs[flow]) for flow in mine[:1]]


def _again(who: Asker, run: str) -> Json:
    """A private reminder to those who are not done; {} for who may not have it sent."""
    if who.may("dialogue.nudge") != Allow():
        return {}
    return elements.button(who.w("Ask again"), f"run.menu:{run}", value=f"nudge:{run}")


def _close(who: Asker, run: str) -> Json:
    """Everybody is done: what they said is shown once it is closed."""
    if who.may("dialogue.close") != Allow():
        return {}
    return elements.button(who.w("Close the dialogue"), f"run.menu:{run}", value=f"close:{run}")


def _send(who: Asker, what: str) -> Json:
    return elements.button(who.w("Send questions"), f"send.open:{what}", value=f"{who.here.id}:{what}")


def _asks(who: Asker, question: Question) -> bool:
    return who.actor.user in who.here.cast.audience(question.audience)


def _answer(who: Asker, run: str) -> Json:
    return elements.button(who.w("Answer now"), "dialogue.open", value=run)


def _elsewhere(parts: Parts, who: Asker, id: str, now: Standing) -> Json | None:
    """What no dialogue asks: the workshop, the record, the diagnosis, the anonymous questions."""
    w, project = who.w, who.here.id
    if id in parts.playbook.workshops:
        label = w("Prepare") if who.may("workshop.run") == Allow() else w("Read")
        value, name = f"{project}:{id}", w("{what}: {question}", what=label, question=id)
        return elements.button(label, f"workshop.prepare:{id}", value=value, label=name)
    if RECORD.fullmatch(id):
        label = w("Open {ref}", ref=id)
        return elements.button(label, f"record.open:{id}", value=f"{project}:{id}")
    if id == DIAGNOSIS or id in CONDITIONS:
        return elements.button(w("Diagnosis"), "diag.open", value=project)
    wave = wave_of(parts, id)
    if wave and wave not in now.waves and who.may("dialogue.send") == Allow():
        action, value = f"send.open:{wave}", f"{project}:wave {wave}"
        return elements.button(w("Ask anonymously"), action, value=value)
    return None


def wave_of(parts: Parts, id: str) -> str:
    """The anonymous dialogue that asks this, or that is meant itself; "" for none."""
    found = (wave.id for wave in parts.playbook.waves.values() for one in wave.questions if one.id == id)
    return id if id in parts.playbook.waves else next(found, "")


def asked(parts: Parts, id: str) -> tuple[str, Question] | None:
    """The question, and the dialogue that asks it; of a rule, the first question it reads. None for what no
    dialogue asks."""
    reads = CONDITIONS[id].reads if id in CONDITIONS else (id,)
    for wanted in reads:
        for flow in parts.playbook.flows.values():
            if (question := flow.question(wanted)) is not None:
                return flow.id, question
    return None


def whom(parts: Parts, gaps: list[Missing]) -> list[Words]:
    """Who can fill these, after "asked", each once; nobody where nobody in particular can."""
    roles = list(dict.fromkeys(role for gap in gaps for role in _roles(parts, gap.question)))
    if roles == [*STEERS] and any(gap.question.startswith(FORM) for gap in gaps):  # one of them is enough
        return [Words("of {a} or {b}", "{a} ou {b}").fill(a=ASKED_OF["lead"], b=ASKED_OF["facilitator"])]
    return [Words("of {who}", "{who}").fill(who=ASKED_OF[role]) for role in roles]


def _roles(parts: Parts, id: str) -> tuple[Role, ...]:
    if (found := asked(parts, id)) is not None:
        return found[1].audience.roles
    if id.startswith(FORM) or RECORD.fullmatch(id):
        return STEERS
    return ("facilitator",) if id in parts.playbook.workshops else ()
