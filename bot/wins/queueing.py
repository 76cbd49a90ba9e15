# ruff: noqa: PLR0913, PLR0917 - what, to whom, about which win: every message says all of it
"""Queues what people should see of wins, within the caps of 6.3. In the transaction of the change; renders
nothing. Whoever calls holds the project.
"""

from datetime import datetime, time, timedelta

from bot.rounds import announce
from flows import cadence
from flows.project import Project
from flows.wins.model import Named, Win
from flows.wins.posting import leave
from storage import card, outbox, rhythm, win, win_setback
from storage.database import Connection

CARD, TRY_CARD = "win_card", "initiative_card"
CONSENT_DAYS = 5  # working days; without an answer the team is named


def posted(conn: Connection, *, project: Project, now: datetime) -> tuple[int, ...]:
    """Whatever may be said now goes to the channel: in working hours, not on the day of a blocking setback.
    The numbers of those that go."""
    zone = cadence.zone(project.zone)
    local = now.astimezone(zone)
    if cadence.next_window(now, zone, off=project.holidays) != now or silent(conn, project=project, now=now):
        return ()
    monday = cadence.at(local.date() - timedelta(days=local.weekday()), time(), zone)
    here = {"workspace": project.workspace, "project_id": project.id}
    going = leave(
        win.in_state(conn, **here, states=("waiting",)),
        win.posts(
            conn, workspace=project.workspace, channel=project.channel, since=monday, zone_=project.zone
        ),
        local.date(),
        setback=win_setback.announced(
            conn, **here, since=cadence.at(local.date(), time(), zone), until=now
        ),
    )  # fmt: skip
    for number in going:
        win.post(conn, **here, number=number, channel=project.channel, now=now)
        win_card(conn, project=project, number=number, now=now)
    return going


def silent(conn: Connection, *, project: Project, now: datetime) -> bool:
    """Whether nothing is posted by itself: while the project is paused (`/cadrage pause`), and before anybody
    was invited, when only one person knows of it (acceptance 2)."""
    if not announce.is_known(conn, project):
        return True
    pause = rhythm.paused(conn, workspace=project.workspace, project_id=project.id)
    return pause is not None and now.astimezone(cadence.zone(project.zone)).date() < pause.until


def win_card(conn: Connection, *, project: Project, number: int, now: datetime) -> None:
    """The post of a win in the channel; drawn again in place when it is hidden, edited or taken back."""
    object_id = f"{project.id}:{number}"
    ref = {"what": CARD, "project": project.id, "channel": project.channel, "object": object_id}
    outbox.queue(
        conn, workspace=project.workspace, key=f"{CARD}:{object_id}", lane=f"channel:{project.channel}",
        op="card", ref={**ref, "win": number}, now=now, coalesce=True,
    )  # fmt: skip


def initiative_card(conn: Connection, *, project: Project, number: int, now: datetime) -> None:
    """The card of an initiative in the channel: posted once, then changed in place."""
    object_id = f"{project.id}:{number}"
    ref = {"what": TRY_CARD, "project": project.id, "channel": project.channel, "object": object_id}
    outbox.queue(
        conn, workspace=project.workspace, key=f"{TRY_CARD}:{object_id}", lane=f"channel:{project.channel}",
        op="card", ref={**ref, "initiative": number}, now=now, coalesce=True,
    )  # fmt: skip


def stands(conn: Connection, *, project: Project, number: int) -> bool:
    """Whether the channel has the post of this win."""
    place = {"kind": CARD, "object_id": f"{project.id}:{number}"}
    return card.place(conn, workspace=project.workspace, **place) is not None


def to_sponsor(conn: Connection, *, project: Project, win_: Win, now: datetime) -> None:
    """What only the sponsor is told (WN34)."""
    here = {"workspace": project.workspace, "project_id": project.id}
    win.move(conn, **here, number=win_.number, state="told")
    if sponsor := project.cast.holder("sponsor"):
        _private(conn, project, sponsor, "win_private", win_.number, now)


def asked(conn: Connection, *, project: Project, win_: Win, now: datetime) -> None:
    """Each of those it would name is asked."""
    for one in win_.people:
        if one.consent == "asked":
            _private(conn, project, one.user, "win_consent", win_.number, now)


def hidden(conn: Connection, *, project: Project, number: int, now: datetime) -> None:
    """The facilitator hears that a post was hidden; not by whom (6.4 rule 6)."""
    if facilitator := project.cast.holder("facilitator"):
        _private(conn, project, facilitator, "win_hidden", number, now)


def consent_over(conn: Connection, *, project: Project, now: datetime) -> None:
    """Those who were asked and said nothing for five working days are not named."""
    zone = cadence.zone(project.zone)
    here = {"workspace": project.workspace, "project_id": project.id}
    for one in win.in_state(conn, **here, states=("asking",)):
        until = cadence.add_working_days(one.found_at.astimezone(zone).date(), CONSENT_DAYS)
        if now.astimezone(zone).date() >= until:
            silent = [Named(user=each.user, consent="no") if each.consent == "asked" else each
                      for each in one.people]  # fmt: skip
            win.consented(conn, **here, number=one.number, people=silent)
            win.move(conn, **here, number=one.number, state="waiting")


def _private(conn: Connection, project: Project, user: str, what: str, number: int, now: datetime) -> None:
    announce.private(
        conn, workspace=project.workspace, user=user, what=what, key=f"{project.id}:{number}",
        ref={"project": project.id, "win": number}, now=now, at=now,
    )  # fmt: skip
