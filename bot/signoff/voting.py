"""[My vote], [Count the votes]: 0 to 5, hidden until all have voted or the facilitator counts (RTE11, 4.1).

Then only how the votes were spread is kept, with what those wrote who could not follow. The facilitator has
no vote. A vote in the workshop W10 on the same version takes the place of this one.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from bot import answer, asker, forms
from bot.absence import standing as away
from bot.arbitration import seating
from bot.asker import Asker
from bot.parts import Parts
from bot.policy import NOTHING_THERE, Deny
from bot.request import Json, Reply, Request
from bot.signoff import following, queueing, standing
from bot.signoff.reading import place
from bot.signoff.remarking import typed
from bot.words import blocks, elements
from bot.words.text import Wording
from flows.project import Project
from flows.signoff import voting
from flows.signoff.ahead import SCRIPT
from flows.signoff.model import Review, Tally, View, Vote
from flows.signoff.signing import Refused
from flows.words import Words
from flows.workshop import effects as said
from flows.workshop.ballot import Result
from flows.workshop.model import Workshop
from flows.workshop.roster import arbiters
from storage import project as projects
from storage import review as reviews
from storage.database import Connection

VOTE, COUNT = "review.vote", "review.count"
QUESTION, FLOW, SIGNED = "RTE11", "D15", "signed"


async def opened(request: Request, parts: Parts) -> Reply:
    """[My vote]."""
    project_id, version, _ = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.vote"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(form, parts=parts, who=who, version=version)

    return answer.show(request, parts, who.w, who.w("My vote"), build)


def form(conn: Connection, *, parts: Parts, who: Asker, version: int) -> Json:
    """The point, and what would bring somebody to 3; with what they have put in so far."""
    w, review = who.w, standing.of_version(conn, who.here, version)
    if review is None:
        return answer.page(w, w("My vote"), [blocks.section(w.of(NOTHING_THERE))])
    tried = voting.cast(review, standing.voters(who.here.cast), Vote(user=who.actor.user, points=3))
    if isinstance(tried, Refused):
        return answer.page(w, w("My vote"), [blocks.section(w.of(tried.words))])
    votes = reviews.votes(conn, workspace=who.here.workspace, project_id=who.here.id, version=version)
    mine = next((one for one in votes if one.user == who.actor.user), None)
    name = [elements.option(w("Put my name beside these words"), SIGNED)]
    question = parts.playbook.flows[FLOW].by_id[QUESTION]
    points = [elements.option(w.of(one.label), one.value) for one in question.options]
    rows = [
        blocks.context(w.md("*Secret.* Hidden until all votes are counted; then only how they were spread is "
                            "kept. Where few vote, a vote can be guessed.")),
        blocks.field(w.of(question.words), block_id="points",
                     element=elements.radio("points", points, initial=str(mine.points) if mine else None),
                     hint=w.of(question.why)),
        blocks.field(w("Below 3: what would bring you there?"), optional=True, block_id="words",
                     element=elements.words("words", several_lines=True, most=voting.LONGEST,
                                            initial=mine.words if mine else None),
                     hint=w("Printed as a minority view, in your words.")),
        blocks.field(w("Your name"), block_id=SIGNED, optional=True,
                     element=elements.checkboxes(
                         SIGNED, name, initial=[SIGNED] if mine and mine.signed else ())),
    ]  # fmt: skip
    metadata = forms.packed(project=who.here.id, version=str(version))
    return blocks.modal(
        w("My vote"), rows, callback_id=VOTE, submit=w("Vote"), close=w("Not now"), metadata=metadata
    )


async def voted(request: Request, parts: Parts) -> Reply:
    """[Vote]."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("review.vote"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    _, version, _ = place(f":{held.get('version', '')}")
    chosen = str((answer.state(request, "points", "points").get("selected_option") or {}).get("value") or "")
    ticked = answer.state(request, SIGNED, SIGNED).get("selected_options") or []
    vote = Vote(
        user=request.user, points=int(chosen) if chosen in set("012345") else -1,
        words=typed(request, "words"), signed=bool(ticked),
    )  # fmt: skip
    refused = await parts.db.run(_keep, parts=parts, project=who.here, version=version, vote=vote)
    parts.wake()
    if refused is not None and refused.field:
        return Reply(ack={"response_action": "errors", "errors": {"points": who.w.of(refused.words)}})
    if refused is not None:
        return answer.tell(request, parts, who.w, who.w.of(refused.words))
    return answer.tell(
        request, parts, who.w, who.w("Your vote is in. You may change it until the votes are counted.")
    )


def _keep(conn: Connection, *, parts: Parts, project: Project, version: int, vote: Vote) -> Refused | None:
    """The vote; the last of those who may vote brings the count."""
    projects.lock(conn, workspace=project.workspace, id=project.id)
    review, everybody = standing.of_version(conn, project, version), standing.voters(project.cast)
    if review is None:
        return Refused(words=NOTHING_THERE)
    given = voting.cast(review, everybody, vote)
    if isinstance(given, Refused):
        return given
    here, now = {"workspace": project.workspace, "project_id": project.id}, parts.clock.now()
    reviews.vote(conn, **here, version=version, given=given)
    queueing.voted(conn, project=project, review=review, users=(vote.user,), now=now)
    counted_once_in(conn, parts=parts, project=project, review=review)
    return None


def counted_once_in(conn: Connection, *, parts: Parts, project: Project, review: Review) -> None:
    """The votes are counted once all who may vote have voted; nothing before, and nothing after."""
    here = {"workspace": project.workspace, "project_id": project.id}
    votes = reviews.votes(conn, **here, version=review.version)
    everybody = standing.there(conn, project, standing.voters(project.cast))
    if votes and {one.user for one in votes} >= set(everybody):
        _count(conn, parts=parts, project=project, review=review, votes=votes)


async def counting(request: Request, parts: Parts) -> Reply:
    """[Count the votes]: what it ends, before it does; there is no way back from it."""
    project_id, version, _ = place(answer.chosen(request))
    who = await asker.asker(request, parts, project_id=project_id or "-")
    if isinstance(verdict := who.may("review.count"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))

    async def build() -> Json:
        return await parts.db.read(_before_counting, parts=parts, who=who, version=version)

    return answer.show(request, parts, who.w, who.w("Count the votes"), build)


def _before_counting(conn: Connection, *, parts: Parts, who: Asker, version: int) -> Json:
    """What it ends; or what the votes still lack."""
    w, project = who.w, who.here
    votes = reviews.votes(conn, workspace=project.workspace, project_id=project.id, version=version)
    short = _lacking(conn, parts, project, votes) if votes else voting.NOBODY
    if short is not None:
        return answer.page(w, w("Count the votes"), [blocks.section(w.of(short))])
    rows = [
        blocks.section(w("Whoever has not voted on version {n} yet cannot any more.", n=version)),
        blocks.context(w("The channel reads how the votes were spread; the votes themselves are deleted.")),
    ]
    metadata = forms.packed(project=project.id, version=str(version))
    return blocks.modal(
        w("Count the votes"), rows, callback_id=COUNT, submit=w("Count"), close=w("Not now"),
        metadata=metadata,
    )  # fmt: skip


async def count(request: Request, parts: Parts) -> Reply:
    """[Count]: although not everybody has voted."""
    held = forms.held(answer.metadata(request))
    who = await asker.asker(request, parts, project_id=held.get("project") or "-")
    if isinstance(verdict := who.may("review.count"), Deny):
        return answer.tell(request, parts, who.w, who.refusal(verdict))
    _, version, _ = place(f":{held.get('version', '')}")
    refused = await parts.db.run(_counted, parts=parts, project=who.here, version=version)
    parts.wake()
    done = who.w("The votes are counted; the channel reads how they were spread.")
    return answer.tell(request, parts, who.w, done if refused is None else who.w.of(refused.words))


def _counted(conn: Connection, *, parts: Parts, project: Project, version: int) -> Refused | None:
    projects.lock(conn, workspace=project.workspace, id=project.id)
    review = standing.of_version(conn, project, version)
    if review is None or review.state != "review" or review.tally is not None:
        return Refused(words=voting.COUNTED.fill(n=version))
    votes = reviews.votes(conn, workspace=project.workspace, project_id=project.id, version=version)
    if votes and (short := _lacking(conn, parts, project, votes)) is not None:
        return Refused(words=short)
    return _count(conn, parts=parts, project=project, review=review, votes=votes)


def _lacking(conn: Connection, parts: Parts, project: Project, votes: Sequence[Vote]) -> Words | None:
    """What the votes lack to be counted (4.1)."""
    today = seating.today_of(project, parts.clock.now())
    settles = arbiters(project.cast, away.deputies(conn, project=project, today=today))
    everybody = standing.there(conn, project, standing.voters(project.cast))
    return voting.lacking(voting.quorum(project.cast, everybody, {one.user for one in votes}, settles))


def _count(
    conn: Connection, *, parts: Parts, project: Project, review: Review, votes: Sequence[Vote]
) -> Refused | None:
    tally = voting.counted(
        tuple(votes),
        standing.voters(project.cast),
        at=parts.clock.now(),
        second=_second(conn, project, review),
    )
    if isinstance(tally, Refused):
        return tally
    keep(conn, parts=parts, project=project, review=review, tally=tally)
    return None


def keep(conn: Connection, *, parts: Parts, project: Project, review: Review, tally: Tally) -> None:
    """How the vote was spread stands with the version from now on, in N25, on its cards and in the channel; a
    second refusal goes to the arbiter."""
    now = parts.clock.now()
    found = standing.change(
        conn, project=project, version=review.version, to=lambda old: voting.tallied(old, tally)
    )
    if found is None or isinstance(found, Refused):
        return
    queueing.changed(conn, project=project, review=found[1], users=standing.readers(project.cast), now=now)
    queueing.news(conn, project=project, version=review.version, what="vote", now=now)
    if tally.second and not tally.passed and tally.where == "cards":
        following.refused_twice(conn, parts=parts, project=project, review=found[1], now=now)


def _second(conn: Connection, project: Project, review: Review) -> bool:
    """Whether the vote before this one, on the last version that had any, did not pass either."""
    every = reviews.states(conn, workspace=project.workspace, project_id=project.id)
    earlier = sorted((one for one in every if one < review.version), reverse=True)
    found = (standing.of_version(conn, project, number) for number in earlier)
    before = next((one.tally for one in found if one is not None and one.tally is not None), None)
    return before is not None and not before.passed


def of_workshop(  # noqa: PLR0913 - what a turn of which workshop has brought about, when
    conn: Connection, *, parts: Parts, project: Project, workshop: Workshop, effects: Iterable[said.Effect],
    now: datetime,
) -> None:  # fmt: skip
    """The support vote of W10 is the vote on the version in review. One without quorum is none."""
    results = [one.result for one in effects if isinstance(one, said.Reveal) and one.result.kind == "fist"]
    if workshop.script != SCRIPT or not results:
        return
    projects.lock(conn, workspace=project.workspace, id=project.id)
    review, result = standing.latest(conn, project), results[-1]
    if review is not None and review.state == "review" and not result.indicative and result.lines:
        keep(conn, parts=parts, project=project, review=review, tally=_of_result(result, now))


def _of_result(result: Result, now: datetime) -> Tally:
    line = result.lines[0]
    return Tally(
        counts=dict(line.counts), voters=result.voters, at=now, where="W10", second=result.attempt > 1,
        views=tuple(View(words=text) for text in line.against),
    )  # fmt: skip


def way(w: Wording, project: Project, review: Review) -> Json:
    """The button that counts."""
    return elements.button(w("Count the votes"), COUNT, value=f"{project.id}:{review.version}")


ACTIONS: dict[str, Any] = {VOTE: opened, COUNT: counting}
VIEWS: dict[str, Any] = {VOTE: voted, COUNT: count}
