"""Lines of Home about the note in review: what this person can still do, and what waits for who runs it."""

from bot.asker import Asker
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.signoff import standing
from bot.signoff.voting import way
from bot.words import blocks, elements
from flows.signoff.model import Review
from storage import review as reviews
from storage.database import Connection


def lines(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """Nothing while no version is in review."""
    review = standing.latest(conn, who.here) if who.may("review.read") == Allow() else None
    if review is None or review.state != "review":
        return []
    return [*_mine(conn, who, review), *_running(conn, who, review)]


def _mine(conn: Connection, who: Asker, review: Review) -> list[Json]:
    """To read, to vote on, to sign."""
    w, user, value = who.w, who.actor.user, f"{who.here.id}:{review.version}"
    if user not in review.signers or review.signature(user) is not None:
        return []
    votes = reviews.votes(conn, workspace=who.here.workspace, project_id=who.here.id, version=review.version)
    voter = user in standing.voters(who.here.cast)
    if voter and review.tally is None and all(one.user != user for one in votes):
        said = w("Version {n} of the note waits for your reading and your vote.", n=review.version)
        second = elements.button(w("My vote"), "review.vote", value=value)
    else:
        said = w("Version {n} of the note waits for your signature.", n=review.version)
        second = elements.button(w("Sign"), "review.sign", value=value)
    return [
        blocks.section(said),
        blocks.actions(
            elements.button(w("Read"), "review.read", value=value),
            elements.button(w("Remark"), "review.remark", value=value),
            second,
        ),
    ]


def _running(conn: Connection, who: Asker, review: Review) -> list[Json]:
    """For lead and facilitator: remarks without a reply, the vote to count. Never counts people."""
    if who.may("review.reply") != Allow():
        return []
    w, value = who.w, f"{who.here.id}:{review.version}"
    ways = []
    if review.remarks:
        ways.append(elements.button(w("Remarks"), "review.remarks", value=value))
    if review.tally is None and who.may("review.count") == Allow():
        ways.append(way(w, who.here, review))
    waiting = len(review.waiting)
    said = (
        w.plural("Version {v} of the note is in review: {n} remark waits for a reply.",
                 "Version {v} of the note is in review: {n} remarks wait for a reply.", waiting,
                 v=review.version)
        if waiting
        else w("Version {n} of the note is in review.", n=review.version)
    )  # fmt: skip
    return [blocks.section(said), *([blocks.actions(*ways)] if ways else [])]
