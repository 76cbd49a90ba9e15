"""What follows when a version is signed, sent back or refused twice: the decision on record, files, news.

In the transaction of the signature. Decides nothing.
"""

from datetime import datetime

from bot.arbitration import deeds
from bot.arbitration.seating import today_of
from bot.parts import Parts
from bot.register import queueing as registering
from bot.signoff import queueing, standing
from bot.workshops.outcomes import bringing
from flows.arbitration.model import Case
from flows.cadence import add_working_days
from flows.dialogue.effects import Draft, Record, Source
from flows.document.model import SIGN_OFF
from flows.document.note_sign import CHOICES
from flows.project import Project
from flows.register.said import in_title
from flows.register.said import standing as capacity
from flows.register.signing import APPROACH, SIGNED
from flows.signoff.model import SIGNS, Review, Signature
from flows.words import Words
from flows.workshop.outcomes_model import Bring
from flows.workshop.outcomes_note import NOTE
from storage import arbitration, recording, register
from storage import review as reviews
from storage.database import Connection

CONDITION = Words(
    "Condition of the sponsor’s signature: {text}", "Condition de la signature du sponsor : {text}"
)
TO_MEET = 10  # working days


def signed(  # noqa: PLR0913 - which signature, of which version, before and after
    conn: Connection, *, parts: Parts, project: Project, old: Review, new: Review, given: Signature
) -> None:
    """Cards, Homes and the canvas; of the sponsor's: the decision on record, the news, the files."""
    if old == new:
        return
    now = parts.clock.now()
    queueing.changed(conn, project=project, review=new, users=standing.readers(project.cast), now=now)
    if new.state == "signed":
        users = [one.user for one in new.signatures if one.choice in SIGNS]
        frozen = old.state == "review"
        queueing.files(conn, project=project, review=new, users=users if frozen else [given.user], now=now)
    if new.state == old.state:
        return
    if new.state == "back":
        over(conn, parts=parts, project=project, review=new, now=now)
    decided(conn, project=project, review=new, given=given, now=now)
    queueing.news(conn, project=project, version=new.version, what=new.state, now=now)
    queueing.digested(conn, project=project, now=now)


def settled(conn: Connection, *, project: Project, case: Case, now: datetime) -> None:
    """The arbiter has decided of a version that was refused twice: what shows it is drawn again."""
    review = standing.latest(conn, project)
    if review is not None and review.subject == case.subject:
        queueing.changed(conn, project=project, review=review, users=standing.readers(project.cast), now=now)


def over(conn: Connection, *, parts: Parts, project: Project, review: Review, now: datetime) -> None:
    """The version is sent back, or a newer one goes round: the arbiter need not decide of it any more."""
    case = arbitration.about(conn, workspace=project.workspace, project_id=project.id, subject=review.subject)
    if case is not None and case.live:
        deeds.settled_elsewhere(conn, parts=parts, workspace=project.workspace, id=case.id, now=now)


def withdrawn(conn: Connection, *, parts: Parts, project: Project, review: Review, user: str) -> None:
    """Their card and Home, and the canvas, are drawn again; nobody else is told."""
    now = parts.clock.now()
    queueing.changed(conn, project=project, review=review, users=(user,), now=now)


def decided(conn: Connection, *, project: Project, review: Review, given: Signature, now: datetime) -> None:
    """The sponsor's decision (RTE13) on record; conditions are an open point of the lead. The decision about
    an earlier version is replaced, never lost."""
    today, lead = today_of(project, now), project.cast.holder("lead") or project.cast.holder("facilitator")
    override = {"override_reason": given.override} if given.override else {}
    words = CHOICES[given.choice].in_(project.language)
    decision = Draft(
        kind="decision", item=f"v{review.version}", title=SIGNED[given.choice], status="accepted",
        replaces=True,
        fields={
            "choice": words, "decided_by": given.user, "reason": given.words or None,
            **capacity(project.cast, given.user, today), **override,
        },
    )  # fmt: skip
    source = Source(dialogue=project.id, question=SIGN_OFF, respondent="")
    signed_before = () if given.choice in SIGNS else _signed_before(conn, project, review)
    _record(conn, project, source, (*signed_before, decision), given.user, now)
    if given.choice == "conditions":
        condition = Draft(
            kind="issue", item="condition", title=CONDITION.fill(text=in_title(given.words)), owner=lead,
            due=add_working_days(today, TO_MEET, project.holidays),
            fields={"family": APPROACH, "blocking": False, "detail": given.words},
        )  # fmt: skip
        source = Source(dialogue=project.id, question=standing.source_of(review.version), respondent="")
        _record(conn, project, source, (condition,), given.user, now)


def _signed_before(conn: Connection, project: Project, review: Review) -> tuple[Draft, ...]:
    """The decision that signed an earlier version, as it stands: one that is sent back takes nothing from
    it."""
    states = reviews.states(conn, workspace=project.workspace, project_id=project.id)
    items = {f"v{n}" for n, state in states.items() if state == "signed" and n < review.version}
    kept = register.records(conn, workspace=project.workspace, project_id=project.id)
    return tuple(
        Draft(
            kind=one.kind, item=one.item, title=one.title, owner=one.owner, due=one.due, status=one.status,
            restricted=one.restricted, seen_by=one.seen_by, fields=one.fields,
        )
        for one in kept
        if one.source == SIGN_OFF and one.item in items and one.status == "accepted"
    )  # fmt: skip


def _record(  # noqa: PLR0913, PLR0917 - one record, where it comes from, by whom and when
    conn: Connection, project: Project, source: Source, drafts: tuple[Draft, ...], by: str, now: datetime
) -> None:
    task = recording.about(
        conn, workspace=project.workspace, project_id=project.id, source=source, now=now, by=by
    )
    recording.record(task, Record(source=source, drafts=drafts))
    for one in (*task.changes.created, *task.changes.changed):
        registering.told(conn, project=project, record=one, by=by, now=now)


def refused_twice(conn: Connection, *, parts: Parts, project: Project, review: Review, now: datetime) -> None:
    """Two votes in a row did not pass: the arbiter has the word, with the minority views (4.1)."""
    tally = review.tally
    if tally is None:
        return
    what = Bring(
        item=review.subject, subject=review.subject, title=NOTE, proposal=NOTE, workshop=False,
        counts=dict(tally.counts),
        against=tuple(one.words for one in tally.views if not one.user),
        signed={one.user: one.words for one in tally.views if one.user},
    )  # fmt: skip
    bringing.bring(conn, parts=parts, project=project, what=what, now=now)
