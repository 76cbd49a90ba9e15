"""A hidden ballot filled in by one person: the form, its pages, what was sent. Nobody else sees any of it."""

from dataclasses import replace
from typing import Any

from bot import answer, forms
from bot.asker import wording
from bot.dialogue.typed import typed
from bot.parts import Parts
from bot.policy import NOTHING_THERE
from bot.request import Json, Reply, Request
from bot.words import blocks
from bot.words.text import N_, Wording
from bot.workshops import ballots, deeds, refusals
from bot.workshops.scene import Scene, scene
from bot.workshops.taking_part import figure
from flows.workshop import counting
from flows.workshop import events as happened
from flows.workshop.ballot import Ballot, Vote
from flows.workshop.giving import may_vote
from flows.workshop.model import Workshop
from storage import workshop as workshops
from storage.database import Connection

VOTED = "workshop.voted"

NOTED = N_("Noted. You can change it until the reveal.")
LAST = N_("Noted. Everybody has voted: the result stands on the card.")


async def vote(request: Request, parts: Parts) -> Reply:
    """[Vote], [Give my dots], [With a reason]: the ballot as a form."""
    w = await wording(request, parts)
    id = answer.chosen(request).partition(":")[0]

    async def build() -> Json:
        return await parts.db.read(_ballot, parts=parts, request=request, w=w, id=id)

    return answer.show(request, parts, w, w("Vote"), build)


def _ballot(conn: Connection, *, parts: Parts, request: Request, w: Wording, id: str) -> Json:
    found = scene(conn, parts, workspace=request.workspace, id=id, reader=request.user)
    if found is None:
        return answer.page(w, w("Vote"), [blocks.section(w.of(NOTHING_THERE))])
    if (reason := _no_vote(found, request.user)) is not None:
        return answer.page(w, w("Vote"), [blocks.section(reason)])
    own = workshops.own_vote(conn, workshop=found.workshop, user=request.user)
    return form(found, found.workshop.ballot, own or Vote())  # type: ignore[arg-type]


def _no_vote(found: Scene, user: str) -> str | None:
    """Why there is nothing to fill in; None when there is."""
    workshop, w = found.workshop, found.w
    if workshop.state != "open":
        return refusals.said(w, "paused" if workshop.state == "paused" else "over")
    if not workshop.voting:
        return refusals.said(w, "closed")
    refusal = may_vote(found.script, workshop, user)
    return refusals.said(w, refusal) if refusal else None


def form(found: Scene, ballot: Ballot, own: Vote, *, page: int = 0) -> Json:
    """One page of a ballot, with what this person has put in so far."""
    w, choices = found.w, own.choices
    pages = -(-len(ballot.items) // ballots.PER_PAGE)
    step = found.script.step(ballot.step)
    asked = any(item.words == step.words for item in ballot.items)  # it stands on its field
    secret = w.md(
        "*Secret.* The bot holds each vote until the reveal, then keeps only totals. Below five voters a "
        "vote can be guessed."
    )
    rows = [
        blocks.context(secret),
        *([] if asked else [blocks.section(w.of(step.words))]),
        blocks.context(ballots.intro(w, ballot)),
        *ballots.fields(w, ballot, page=page, own=own, may_sign=not found.script.behind_doors),
    ]
    shown = {item.id for item in ballot.items[page * ballots.PER_PAGE : (page + 1) * ballots.PER_PAGE]}
    rest = {key: value for key, value in choices.items() if key.partition(".")[0] not in shown}
    if pages > 1:
        rows.insert(1, blocks.context(w("Page {n} of {m}", n=page + 1, m=pages)))
    last = page + 1 >= pages
    return blocks.modal(
        f"{found.script.id} · {found.w('Vote')}",
        rows,
        callback_id=VOTED,
        submit=w("Vote") if last else w("Next page"),
        close=w("Not now"),
        metadata=forms.packed(
            workshop=found.workshop.id,
            ballot=str(ballot.number),
            page=str(page),
            carried=ballots.packed(ballot, rest),
        ),
    )


async def voted(request: Request, parts: Parts) -> Reply:
    """[Vote]."""
    w = await wording(request, parts)
    reply: Reply = await parts.db.run(_voted, parts=parts, request=request, w=w)
    parts.wake()
    return reply


def _voted(conn: Connection, *, parts: Parts, request: Request, w: Wording) -> Reply:
    held = forms.held(answer.metadata(request))
    found = scene(conn, parts, workspace=request.workspace, id=held.get("workshop", ""), reader=request.user)
    if found is None:
        return answer.tell(request, parts, w, w.of(NOTHING_THERE))
    ballot, number, page = found.workshop.ballot, figure(held.get("ballot", "")), figure(held.get("page", ""))
    if ballot is None or ballot.number != number or not found.workshop.voting:
        return answer.tell(request, parts, w, refusals.said(w, "closed"))
    before = ballots.carried(ballot, held.get("carried", ""))
    cast = ballots.read(ballot, typed(request.payload.get("view") or {}), before)
    if (not_yet := _not_yet(conn, request, found, cast, page)) is not None:
        return not_yet
    now = parts.clock.now()

    def make(workshop: Workshop) -> happened.Event:
        return happened.Voted(by=request.user, at=now, vote=cast, ballot=number)

    made = deeds.happen(
        conn, parts=parts, workspace=request.workspace, id=found.workshop.id, make=make, now=now
    )
    if made is None or not made.taken:
        return answer.tell(request, parts, w, refusals.said(w, made.turn.refusal if made else "nothing"))
    said = w("You abstain. You can change it until the reveal.") if not cast.choices else w(NOTED)
    return answer.tell(request, parts, w, said if made.workshop.voting else w(LAST))


def _not_yet(conn: Connection, request: Request, found: Scene, cast: Vote, page: int) -> Reply | None:
    """What is wrong on this page, or the page that follows; None when the vote is whole."""
    w, ballot = found.w, found.workshop.ballot
    if ballot is None:
        return None
    problems, follows = counting.problems(ballot, cast), (page + 1) * ballots.PER_PAGE < len(ballot.items)
    if problems := ballots.of_page(ballot, problems, page) if follows else problems:
        wrong = ballots.errors(w, ballot, cast, problems, page)
        return Reply(ack={"response_action": "errors", "errors": wrong})
    if not follows:
        return None
    own = workshops.own_vote(conn, workshop=found.workshop, user=request.user) or Vote()
    cast = replace(cast, why=own.why, signed=own.signed)  # both are asked on the last page
    return Reply(ack={"response_action": "update", "view": form(found, ballot, cast, page=page + 1)})


ACTIONS: dict[str, Any] = {"workshop.vote": vote}
VIEWS: dict[str, Any] = {VOTED: voted}
