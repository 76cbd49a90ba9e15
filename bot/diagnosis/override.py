"""The sponsor goes on in spite of a verdict: a reason of a hundred characters, recorded as a decision (3.6).

The verdict itself does not change. Giving another reason later replaces the first one, which stays in the
register.
"""

from datetime import datetime
from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.diagnosis import runs
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.words import blocks, elements
from bot.words.clusters import clusters
from flows.dialogue.effects import PREFIX, Draft, Record, Source
from flows.words import Words
from storage import diagnosis, inbox, recording
from storage import project as projects
from storage.database import Connection
from storage.diagnosis import Run

CALLBACK = "diag.override"
REASON, AGREED = "reason", "agreed"
LEAST = 100
SOURCE = "override"
TITLE = Words("The sponsor goes on in spite of “{verdict}”", "Le sponsor poursuit malgré « {verdict} »")


async def open_form(request: Request, parts: Parts) -> Reply:
    """[Go on in spite of it]."""
    who = await asker.asker(request, parts, project_id=answer.chosen(request) or "-")
    if isinstance(verdict := who.may("diagnosis.override"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(_form, parts=parts, who=who, nonce=request.trigger_id)

    return answer.show(request, parts, who.w, who.w("Go on in spite of it"), build)


async def taken(request: Request, parts: Parts) -> Reply:
    """[Record it]: nothing happens below a hundred characters."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project", "-"))
    w = who.w
    if isinstance(verdict := who.may("diagnosis.override"), Deny):
        return answer.tell(request, parts, w, who.refusal(verdict))
    reason = str(answer.state(request, REASON, REASON).get("value") or "").strip()
    if (n := sum(1 for _ in clusters(reason))) < LEAST:
        said = w("At least {least} characters are needed; there are {n}.", least=LEAST, n=n)
        return Reply(ack={"response_action": "errors", "errors": {REASON: said}})
    ref = await parts.db.run(_record, parts=parts, who=who, reason=reason, nonce=held.get("nonce", ""))
    parts.wake()
    said = w(
        "Recorded as {ref}, and printed with the diagnosis and in the note. The verdict stays what it is.",
        ref=ref,
    )
    return answer.tell(request, parts, w, said)


def _form(conn: Connection, *, parts: Parts, who: Asker, nonce: str) -> Json:
    w, project = who.w, who.here
    run = diagnosis.latest(conn, workspace=project.workspace, project_id=project.id)
    model = parts.playbook.diagnosis
    said = w.md(
        "The verdict is “{verdict}”, and stays so. You can go on all the same: your reason is recorded as a "
        "decision in your name, and printed with the diagnosis, in the note and in what follows from it.",
        verdict=model.labels[run.verdict if run else "INSUFFICIENT"],
    )
    reason = elements.words(REASON, several_lines=True, most=3000)
    agreed = elements.checkboxes(AGREED, [elements.option(w("I record this as sponsor"), "yes")])
    return blocks.modal(
        w("Go on in spite of it"),
        [
            blocks.section(said),
            blocks.field(
                w("Why do you go on?"),
                reason,
                block_id=REASON,
                hint=w(
                    "At least {least} characters: what outweighs the verdict, and what you accept.",
                    least=LEAST,
                ),
            ),
            blocks.field(w("Confirm"), agreed, block_id=AGREED),
        ],
        callback_id=CALLBACK,
        submit=w("Record it"),
        close=w("Not yet"),
        metadata=forms.packed(project=project.id, nonce=nonce),
    )


def _record(conn: Connection, *, parts: Parts, who: Asker, reason: str, nonce: str) -> str:
    """Keeps the override and its decision; the same form sent twice keeps one."""
    project, now = who.here, parts.clock.now()
    if (before := inbox.hold_form(conn, workspace=project.workspace, nonce=nonce, now=now)) is not None:
        return str(before)
    projects.lock(conn, workspace=project.workspace, id=project.id)
    here = {"workspace": project.workspace, "project_id": project.id}
    run = diagnosis.latest(conn, **here)
    if run is None or run.overridden is not None:
        runs.run(conn, parts=parts, project=project, cause="asked", now=now)
        run = diagnosis.latest(conn, **here)
    if run is None:
        raise LookupError("the run that was just kept is not there")
    number = _decide(conn, parts=parts, who=who, run=run, reason=reason, now=now)
    ref = f"{PREFIX['decision']}-{number}"
    diagnosis.override(conn, **here, number=run.number, reason=reason, by=who.actor.user, ref=ref, now=now)
    announce.decision_card(conn, project=project, number=number, now=now)
    inbox.remember_form(conn, workspace=project.workspace, nonce=nonce, result=ref, now=now)
    return ref


def _decide(  # noqa: PLR0913 - a decision: by whom, about what, why, when
    conn: Connection, *, parts: Parts, who: Asker, run: Run, reason: str, now: datetime
) -> int:
    """The decision; earlier ones on this are superseded by it. Returns its number."""
    project = who.here
    source = Source(dialogue=project.id, question=SOURCE, respondent="")
    here = {"workspace": project.workspace, "project_id": project.id}
    task = recording.about(conn, **here, source=source, now=now, by=who.actor.user)
    earlier = [_superseded(row) for row in task.of(source)]
    new = Draft(
        kind="decision",
        item=f"{SOURCE}-{run.number}",
        title=TITLE.fill(verdict=parts.playbook.diagnosis.labels[run.verdict]),
        owner=who.actor.user,
        status="accepted",
        fields={
            "choice": run.verdict, "date": who.today.isoformat(), "reason": reason,
            "override_reason": reason, "decided_by": who.actor.user, "method": "sponsor",
        },
    )  # fmt: skip
    recording.record(task, Record(source=source, drafts=(*earlier, new)))
    return task.changes.created[-1].number


def _superseded(row: Any) -> Draft:
    return Draft(
        kind="decision",
        item=row.source_item,
        title=Words(row.title_en, row.title_fr),
        owner=row.owner,
        due=row.due,
        status="superseded",
        restricted=row.restricted,
        fields=dict(row.fields or {}),
    )


ACTIONS: dict[str, Any] = {CALLBACK: open_form}
VIEWS: dict[str, Any] = {CALLBACK: taken}
