"""Queues what people should see of a review: cards, the card of the note, Homes, files. Renders nothing.

Everything belongs in the transaction of the change.
"""

from collections.abc import Iterable
from datetime import datetime

from bot import people
from bot.canvas import queueing as canvases
from bot.digest import planning as digest
from bot.documents import sending
from bot.documents.kinds import NOTE
from bot.parts import Parts
from bot.rounds import announce
from bot.signoff import standing
from flows import cadence
from flows.project import Project
from flows.signoff.model import Review
from storage import outbox
from storage.database import Connection

CARD, REPLY, NEWS = "review_card", "review_reply", "review_news"


def opened(conn: Connection, *, parts: Parts, project: Project, review: Review, now: datetime) -> None:
    """A version goes round: a card to each, in their hours; the card of the note says so."""
    for user in standing.readers(project.cast):
        card(conn, project=project, user=user, version=review.version, now=now, first=True)
    announce.note_card(conn, project=project, now=now)
    announce.homes(conn, project=project, users=standing.readers(project.cast), now=now)
    drawn(conn, project=project, version=review.version, now=now)


def joined(conn: Connection, *, project: Project, review: Review, now: datetime) -> None:
    """Those who read the note too from now on get their card, in their hours; who has one keeps it."""
    for user in standing.readers(project.cast):
        key = f"{CARD}:{project.id}:{review.version}:{user}"
        if outbox.said(conn, workspace=project.workspace, key=key) is None:
            card(conn, project=project, user=user, version=review.version, now=now, first=True)
            announce.home(conn, workspace=project.workspace, user=user, now=now)


def changed(
    conn: Connection, *, project: Project, review: Review, users: Iterable[str], now: datetime
) -> None:
    """Cards and Homes of these people, the card of the note and its canvas are drawn again."""
    drawn(conn, project=project, version=review.version, now=now)
    voted(conn, project=project, review=review, users=users, now=now)


def drawn(conn: Connection, *, project: Project, version: int, now: datetime) -> None:
    """The canvas of the note, where there is one: its section N25 reads otherwise."""
    by = project.cast.holder("facilitator") or project.creator
    canvases.refreshed(conn, project=project, doc=NOTE, version=version, by=by, now=now)


def voted(conn: Connection, *, project: Project, review: Review, users: Iterable[str], now: datetime) -> None:
    """The same of what no document prints yet."""
    users = tuple(dict.fromkeys(users))
    for user in users:
        card(conn, project=project, user=user, version=review.version, now=now)
    announce.note_card(conn, project=project, now=now)
    announce.homes(conn, project=project, users=users, now=now)


def card(  # noqa: PLR0913 - whose card, of which version, when
    conn: Connection, *, project: Project, user: str, version: int, now: datetime, first: bool = False
) -> None:
    """Somebody's card. `first`: nobody has asked for it now, so that it leaves in their working hours; later
    it is only brought up to date."""
    key = f"{CARD}:{project.id}:{version}:{user}"
    said = outbox.said(conn, workspace=project.workspace, key=key)
    if said is None and not first:
        return
    at = now
    if said is None or said.at is None:
        who = people.several(conn, workspace=project.workspace, users=(user,))[user]
        zone = cadence.zone(who.zone, default=project.zone)
        at = cadence.next_window(now, zone, off=project.holidays)
    place = f"{project.id}:{version}"
    ref = {"what": CARD, "project": project.id, "user": user, "version": version, "object": place}
    outbox.queue(
        conn, workspace=project.workspace, key=key, lane=announce.own_lane(user, CARD, place),
        op="card", ref=ref, now=now, not_before=at, coalesce=True,
    )  # fmt: skip


def replied(  # noqa: PLR0913 - to whom, about which remark, when
    conn: Connection, *, project: Project, version: int, remark: str, user: str, now: datetime
) -> None:
    """Whoever made a remark reads what becomes of it."""
    announce.private(
        conn, workspace=project.workspace, user=user, what=REPLY, key=f"{project.id}:{version}:{remark}",
        ref={"project": project.id, "version": version, "remark": remark}, now=now,
    )  # fmt: skip


def news(conn: Connection, *, project: Project, version: int, what: str, now: datetime) -> None:
    """One line in the channel: the vote is counted, the sponsor has signed, or sends it back."""
    announce.post(
        conn, project=project, what=NEWS, key=f"{project.id}:{version}:{what}",
        ref={"version": version, "news": what}, now=now,
    )  # fmt: skip
    announce.project_card_again(conn, project=project, now=now)


def files(conn: Connection, *, project: Project, review: Review, users: Iterable[str], now: datetime) -> None:
    """The signed version as PDF to each of those who have signed it, in their language."""
    known = people.several(conn, workspace=project.workspace, users=tuple(users))
    for user, one in known.items():
        ref = sending.Ref(
            doc=NOTE, version=review.version, form="pdf", language=people.language(one, project), by=user
        )
        sending.queue(conn, project=project, ref=ref, now=now)


def digested(conn: Connection, *, project: Project, now: datetime) -> None:
    """What the sponsor's digest says is waiting is drawn again."""
    digest.refreshed(conn, project=project, now=now)
