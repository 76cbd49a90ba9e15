"""The arbiter decides (journeys D2): a choice, why, and what is given up, without which nothing is saved.

Who comes a second too late is told who was faster, and keeps every word they had typed.
"""

from dataclasses import dataclass
from typing import Any

from bot import answer, forms, people
from bot.arbitration import deeds, told
from bot.arbitration.hearing import Hearing, hearing
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.signoff import following
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from bot.words.text import N_, Wording, words
from bot.workshops import queueing
from flows.arbitration.life import Problem, Verdict, options, problems
from flows.arbitration.model import LEAST, OTHER
from storage import inbox
from storage.database import Connection

CALLBACK = "arbitration.decide"
OPTION, OWN, REASON, LOSS, UNDO, REVIEW = "option", "own", "reason", "loss", "undo", "review"
YES, NO = "yes", "no"
LONGEST = 1000
WRONG: dict[Problem, str] = {
    "choose": N_("Choose one of the options."),
    "own words": N_("Say what you decide."),
    "reason": N_("At least 20 characters: those who wanted something else will read this."),
    "loss": N_("At least 20 characters: saying what is given up makes the choice honest."),
    "past": N_("Choose a day to come."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of the form: errors by field; else the case as it stands, and whether this decided it."""

    found: Hearing | None
    errors: dict[str, str]
    decided: bool = False


async def opened(request: Request, parts: Parts) -> Reply:
    """[Decide]."""
    id = answer.chosen(request)
    found = await parts.db.read(hearing, parts, workspace=request.workspace, id=id, reader=request.user)
    w = found.w if found else await wording(request, parts)
    if found is None or not found.readable(request.user):
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    if not found.case.live:
        return answer.tell(request, parts, w, over(found))
    if request.user not in found.case.deciders:
        return answer.tell(request, parts, w, not_yours(found))

    async def build() -> Json:
        return form(found, request.trigger_id)

    return answer.show(request, parts, w, title(found), build)


def form(found: Hearing, nonce: str) -> Json:
    """Everything the arbiter needs on one page: the question, each side with the same room, what happens
    without a decision, then the fields."""
    w, case = found.w, found.case
    named = w.md("*Named.* Your decision, reason and what is given up are published to the team.")
    if case.restricted:
        named = w.md("*Confidential.* Those concerned read your decision, and nobody else.")
    rows = [
        blocks.context(named),
        blocks.header(w.of(case.title)),
        *told.sides(found),
        *told.stands(found),
        *told.question(found),
        *told.on_the_way(found),
        *_fields(w, found),
    ]
    return blocks.modal(
        title(found),
        rows,
        callback_id=CALLBACK,
        submit=w("Decide and publish") if not case.restricted else w("Decide"),
        close=w("Not now"),
        metadata=forms.packed(case=case.id, nonce=nonce),
    )


def _fields(w: Wording, found: Hearing) -> list[Json]:
    offered = [elements.option(w.of(one.words), one.key) for one in options(found.case)][:9]
    offered.append(elements.option(w("Another way, in my words"), OTHER))
    undo = [elements.option(w("Yes"), YES), elements.option(w("No"), NO)]
    long = elements.words(REASON, several_lines=True, most=LONGEST)
    own_hint = w("Only if you chose another way.")
    return [
        blocks.field(w("Your decision"), elements.radio(OPTION, offered), block_id=OPTION),
        blocks.field(
            w("In my words"), elements.words(OWN, most=150), block_id=OWN, optional=True, hint=own_hint
        ),
        blocks.field(w("Because"), long, block_id=REASON, hint=w("At least {n} characters.", n=LEAST)),
        blocks.field(
            w("We accept to lose"),
            elements.words(LOSS, several_lines=True, most=LONGEST),
            block_id=LOSS,
            hint=w("At least {n} characters.", n=LEAST),
        ),
        blocks.field(w("Can it be undone?"), elements.radio(UNDO, undo, initial=YES), block_id=UNDO),
        blocks.field(w("Review on"), elements.date(REVIEW), block_id=REVIEW, optional=True),
    ]


async def sent(request: Request, parts: Parts) -> Reply:
    """[Decide and publish]."""
    held = forms.held(answer.metadata(request))
    verdict = read(request)
    taken: Taken = await parts.db.run(_take, request=request, parts=parts, held=held, verdict=verdict)
    parts.wake()
    w = taken.found.w if taken.found else await wording(request, parts)
    if taken.errors:
        return Reply(ack={"response_action": "errors", "errors": taken.errors})
    if taken.found is None:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    rows = _recorded(taken.found) if taken.decided else late(taken.found, verdict)
    return Reply(ack={"response_action": "update", "view": answer.page(w, title(taken.found), rows)})


def read(request: Request) -> Verdict:
    """What the form says. User input like everything else."""

    def text(name: str) -> str:
        return str(answer.state(request, name, name).get("value") or "").strip()[: LONGEST * 3]

    def chosen(name: str) -> str:
        return str((answer.state(request, name, name).get("selected_option") or {}).get("value") or "")

    return Verdict(
        option=chosen(OPTION),
        own=text(OWN),
        reason=text(REASON),
        loss=text(LOSS),
        reversible=chosen(UNDO) != NO,
        review=forms.day(answer.state(request, REVIEW, REVIEW).get("selected_date")),
    )


def _take(
    conn: Connection, *, request: Request, parts: Parts, held: dict[str, str], verdict: Verdict
) -> Taken:
    """In one transaction. The same form sent twice has decided once."""
    here, now = {"workspace": request.workspace}, parts.clock.now()
    id, nonce = held.get("case", ""), held.get("nonce", "")
    before = inbox.hold_form(conn, **here, nonce=nonce, now=now) if nonce else None
    found = hearing(conn, parts, **here, id=id, reader=request.user)
    if found is None or not found.readable(request.user):
        return Taken(found=None, errors={})
    if before is not None:
        return Taken(found=found, errors={}, decided=True)
    theirs = found.case.live and request.user in found.case.deciders
    if theirs and (wrong := problems(found.case, verdict, found.today)):
        return Taken(found=found, errors={key: found.w(WRONG[one]) for key, one in wrong.items()})
    done = deeds.settle(conn, parts=parts, **here, id=id, user=request.user, verdict=verdict, now=now)
    if done.changed and nonce:
        inbox.remember_form(conn, **here, nonce=nonce, result="decided", now=now)
    if done.changed:
        queueing.redrawn(conn, project=found.project, now=now)
        following.settled(conn, project=found.project, case=found.case, now=now)
    return Taken(
        found=hearing(conn, parts, **here, id=id, reader=request.user), errors={}, decided=done.changed
    )


def _recorded(found: Hearing) -> list[Json]:
    w = found.w
    said = w.md("*Decided, thank you.* Everybody concerned reads it now.")
    if not found.case.restricted:
        said = w.md("*Decided, thank you.* It is recorded, and stands in the project channel.")
    return [blocks.section(said), *told.outcome(found)]


def late(found: Hearing, verdict: Verdict) -> list[Json]:
    """Somebody was faster: who, what they decided, and every word this person had typed."""
    w = found.w
    typed = [text for text in (verdict.own, verdict.reason, verdict.loss) if text]
    rows = [blocks.section(over(found) if not found.case.live else not_yours(found)), *told.outcome(found)]
    if typed:
        rows.append(blocks.section(w.md("*What you had typed.* Nothing of it was recorded:")))
        rows += [blocks.section(quote(text)) for text in typed]
    return rows


def over(found: Hearing) -> Mrkdwn:
    """It is settled, or taken back: by whom."""
    w, made = found.w, found.case.outcome
    if made is None:
        by = next((step.by for step in found.case.trail if step.what == "withdrawn"), found.case.asked_by)
        if not by or any(step.what == "settled" for step in found.case.trail):
            return w.md("{ref} has been settled meanwhile, in another way.", ref=found.case.ref)
        return w.md("{ref} was taken back by {name}.", ref=found.case.ref, name=found.name(by))
    return w.md("{name} has settled {ref} already.", ref=found.case.ref, name=found.name(made.by))


def not_yours(found: Hearing) -> Mrkdwn:
    """Who can."""
    return found.w.md(
        "Only {name} can settle {ref} now.", name=found.name(found.case.arbiter), ref=found.case.ref
    )


def title(found: Hearing) -> str:
    """ "Settle TRD-2"."""
    return found.w("Settle {ref}", ref=found.case.ref)


async def wording(request: Request, parts: Parts) -> Wording:
    """How to speak to whoever makes this gesture."""
    return words(people.language(await people.known(parts, request.workspace, request.user)))


ACTIONS: dict[str, Any] = {"arbitration.decide": opened}
VIEWS: dict[str, Any] = {CALLBACK: sent}
