"""An answer the group has given is put into the form of its dialogue, once for each closing of its step.

What a person changes in that form afterwards stays, until the step is re-opened and closes anew; then the
channel is told. Each line that the form refuses becomes an open point.
"""

from collections.abc import Iterable
from typing import Any

from bot.rounds import announce
from bot.workshops.outcomes import filling
from bot.workshops.outcomes.records import Task, record, settled, told
from bot.workshops.queueing import told as said_in_channel
from flows.dialogue.effects import Amend, Draft, Record, Source
from flows.register.model import Kept
from flows.words import Words
from flows.workshop.outcomes_made import APPROACH, issue
from flows.workshop.outcomes_model import NUMBER, Fill
from storage import amending
from storage import workshop as workshops

#: A line that a form would not take: what, and why.
LEFT_OUT = Words("{question}: {what}", "{question} : {what}")
VOTE = "vote"  # how a group decides
FILLED = "filled"  # the line in the channel: a form was filled in anew


def fill(task: Task, what: Fill) -> None:
    """The answer, then on each record it made: in which workshop, and that the group has decided."""
    if not task.closes:
        return
    found = filling.fill(
        task.conn, parts=task.parts, project=task.project, workshop=task.workshop, what=what, now=task.now
    )
    fields = {one.ref: _of_group(task, one, what.method) for one in found.records}
    amending.amend(
        task.conn, **task.here, effect=Amend(question=task.workshop.script, fields=fields), now=task.now
    )
    for one in found.records:
        workshops.became(
            task.conn, workspace=task.project.workspace, id=task.workshop.id, card=one.item, ref=one.ref
        )
    told(task, found.records)
    for question in what.values:
        settled(task, question)  # a criterion that was split twice, and is voted on anew
    if found.run:
        announce.dialogue_card(task.conn, project=task.project, run_id=found.run, now=task.now)
    _left_out(task, what, found.refused)
    if task.again:
        said_in_channel(
            task.conn, project=task.project, workshop=task.workshop, what=FILLED, now=task.now,
            key=f"{task.workshop.version}:filled:{what.flow}", step=str(task.step), flow=what.flow,
        )  # fmt: skip


def _of_group(task: Task, one: Kept, method: str) -> dict[str, Any]:
    """Which workshop has filled it in; of a decision, how it was taken: by vote, it is nobody's alone."""
    how: dict[str, Any] = {"method": method} if one.kind == "decision" else {}
    if how.get("method") == VOTE:
        how |= {"authority": "team", "decided_by": ""}
    return {"workshop": task.workshop.script, NUMBER: task.workshop.number, **how}


def _left_out(task: Task, what: Fill, refused: Iterable[filling.Refused]) -> None:
    """Each line that the form refused is an open point of the facilitator, with the reason."""
    question = next(iter(what.values))
    drafts: list[Draft] = []
    for one in refused:
        words = one.what or one.why.in_(task.project.language)
        title = LEFT_OUT.fill(question=one.question.short, what=words)
        detail = one.why.in_(task.project.language)
        drafts.append(
            issue(task.held, question, one.item, title, role="facilitator", family=APPROACH, detail=detail)
        )
    source = Source(dialogue=task.workshop.id, question=task.held.place(question), respondent="")
    record(task, Record(source=source, drafts=tuple(drafts)))
