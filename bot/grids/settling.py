"""[Settle]: how one criterion is kept (NEE11 to NEE15), with the reason where it is set aside."""

from typing import Any

from bot import answer, asker, forms
from bot.asker import Asker
from bot.dialogue import outside
from bot.dialogue.outside import Given
from bot.grids import criteria, reading
from bot.grids.reading import KEYS, NEEDS, Criteria
from bot.parts import Parts
from bot.policy import Deny
from bot.request import Json, Reply, Request
from bot.rounds import announce
from bot.words import blocks, elements
from bot.words.text import N_
from storage.database import Connection

CALLBACK = "criteria.settle"
KEPT, REASON = "kept", "reason"
ASIDE, OPEN = "waived", "undecided"
LEAST, LONGEST = 20, 300  # characters of a reason
WHY = N_("At least {n} characters: a criterion set aside without a reason comes back at the worst moment.")


async def opened(request: Request, parts: Parts) -> Reply:
    """[Settle]."""
    project_id, _, id = answer.chosen(request).partition(":")
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("criteria.settle"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, id=id if id in KEYS else next(iter(KEYS)))

    return answer.show(request, parts, who.w, who.w(criteria.TITLE), build)


def form(conn: Connection, *, parts: Parts, who: Asker, id: str) -> Json:
    """The form."""
    w, found = who.w, reading.criteria(conn, parts, who.here)
    question, given, reason = found.question(id), found.given(id), found.given(f"{id}a")
    options = [elements.option(w.of(one.label), one.value) for one in question.options]
    known = str(given.value) if given is not None else OPEN
    rows = [
        blocks.section(w.md("*{criterion}*", criterion=question.words)),
        *[blocks.context(w.md("• {check}", check=one)) for one in parts.playbook.criteria.get(KEYS[id], ())],
        blocks.field(w("How is it kept?"), elements.radio(KEPT, options, initial=known), block_id=KEPT),
        blocks.field(
            w("Why it is set aside"),
            elements.words(
                REASON, several_lines=True, most=LONGEST,
                initial=str(reason.value) if reason is not None else None,
            ),
            block_id=REASON, optional=True, hint=w("Only where it is set aside."),
        ),
    ]  # fmt: skip
    return blocks.modal(
        w(criteria.TITLE), rows, callback_id=CALLBACK, submit=w("Save"), close=w("Cancel"),
        metadata=forms.packed(project=found.project.id, question=id),
    )  # fmt: skip


async def sent(request: Request, parts: Parts) -> Reply:
    """[Save]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("criteria.settle"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    option = answer.state(request, KEPT, KEPT).get("selected_option") or {}
    reason = str(answer.state(request, REASON, REASON).get("value") or "").strip()[:LONGEST]
    id, kept = held.get("question", ""), str(option.get("value") or "")
    if id not in KEYS:
        return answer.tell(request, parts, who.w, who.w("Choose one of the options."))
    if kept == ASIDE and len(reason) < LEAST:
        return _wrong({REASON: who.w(WHY, n=LEAST)})
    wrong = await parts.db.run(_take, parts=parts, who=who, id=id, kept=kept, reason=reason)
    parts.wake()
    if wrong:
        return _wrong({KEPT: wrong})
    rows = await parts.db.read(criteria.page, parts=parts, who=who)
    return answer.refreshed(request, parts, answer.page(who.w, who.w(criteria.TITLE), rows))


def _wrong(errors: dict[str, str]) -> Reply:
    return Reply(ack={"response_action": "errors", "errors": errors})


def _take(  # noqa: PLR0913 - one criterion: by whom, how it is kept, why
    conn: Connection, *, parts: Parts, who: Asker, id: str, kept: str, reason: str
) -> str:
    """In one transaction: the answer, its reason, the decision they make. Why not, in words."""
    found = reading.criteria(conn, parts, who.here)
    if not found.run:
        return who.w.of(outside.NOBODY)
    refused = give(conn, parts, found, who, id, kept)
    if not refused and kept == ASIDE:
        refused = give(conn, parts, found, who, f"{id}a", reason)
    if not refused:
        told(conn, parts, found, id)
    return refused


def give(  # noqa: PLR0913, PLR0917 - one answer: where, by whom, to which question, what
    conn: Connection, parts: Parts, found: Criteria, who: Asker, question: str, value: object
) -> str:
    """One answer of D11. Why not, in words; "": it is kept."""
    given = Given(
        flow=NEEDS, run=found.run, question=question, value=value, by=who.actor.user, at=parts.clock.now()
    )
    refused = outside.give(conn, parts, found.project, given)
    return who.w.of(refused) if refused is not None else ""


def told(conn: Connection, parts: Parts, found: Criteria, question: str) -> None:
    """The card of the decision that the answer has made."""
    made = reading.criteria(conn, parts, found.project).decisions.get(question)
    if made is not None:
        announce.decision_card(conn, project=found.project, number=made.number, now=parts.clock.now())


ACTIONS: dict[str, Any] = {CALLBACK: opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
