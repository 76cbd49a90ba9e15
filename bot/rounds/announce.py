# ruff: noqa: PLR0913 - what, to whom, about what, when: every message says all of it
"""Queues what people should see after a change: cards, Homes, private messages.

Belongs in the transaction of the change. Renders nothing and sends nothing: the outbox does, later,
from the data of then. What waits for somebody's hours has a lane of its own, so that it never
holds up an answer to something the same person just did.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from flows import cadence
from flows.project import Project
from storage import card, memo, outbox
from storage import dialogue as dialogues
from storage.database import Connection

CALM = timedelta(minutes=1)  # between two drawings of one card of a channel (journeys 8.8)
INVITED = "invited:"  # memo of a person: when their invitation leaves, who sends it, their own line


def home(conn: Connection, *, workspace: str, user: str, now: datetime) -> None:
    """Somebody's Home is drawn again; many changes at once make one."""
    outbox.queue(
        conn,
        workspace=workspace,
        key=f"home:{user}",
        lane=f"home:{user}",
        op="home",
        ref={"what": "home", "user": user},
        now=now,
        coalesce=True,
    )


def project_card(conn: Connection, *, project: Project, now: datetime) -> None:
    """The project's card in its channel is posted, or brought up to date."""
    _channel_card(conn, project=project, what="project_card", object_id=project.id, ref={}, now=now)


def project_card_again(conn: Connection, *, project: Project, now: datetime) -> None:
    """The project's card is brought up to date where the channel has it; nothing is posted anew."""
    if outbox.said(conn, workspace=project.workspace, key=f"project_card:{project.id}") is not None:
        project_card(conn, project=project, now=now)


def dialogue_card(conn: Connection, *, project: Project, run_id: str, now: datetime) -> None:
    """One dialogue's card in the project channel."""
    _channel_card(conn, project=project, what="dialogue_card", object_id=run_id, ref={"run": run_id}, now=now)


def decision_card(
    conn: Connection, *, project: Project, number: int, now: datetime, in_hours: bool = False
) -> None:
    """One decision's card in the project channel. `in_hours`: as for `post`."""
    _channel_card(
        conn,
        project=project,
        what="decision_card",
        object_id=f"{project.id}:{number}",
        ref={"number": number},
        now=now,
        in_hours=in_hours,
    )


def decision_stands(conn: Connection, *, project: Project, number: int) -> bool:
    """Whether the channel has this decision's card already."""
    place = {"kind": "decision_card", "object_id": f"{project.id}:{number}"}
    return card.place(conn, workspace=project.workspace, **place) is not None


def case_card(conn: Connection, *, project: Project, id: str, now: datetime) -> None:
    """The card of what is to be settled in the project channel: it waits, then what was decided."""
    _channel_card(conn, project=project, what="arbitration_case", object_id=id, ref={"case": id}, now=now)


def record_card(conn: Connection, *, project: Project, ref: str, now: datetime) -> None:
    """The card of another record than a decision: blocking, high, or made from a message of the channel."""
    _channel_card(
        conn, project=project, what="record_card", object_id=f"{project.id}:{ref}", ref={"ref": ref}, now=now
    )


def record_stands(conn: Connection, *, project: Project, ref: str) -> bool:
    """Whether the channel has the card of this record already."""
    place = {"kind": "record_card", "object_id": f"{project.id}:{ref}"}
    return card.place(conn, workspace=project.workspace, **place) is not None


def note_card(conn: Connection, *, project: Project, now: datetime) -> None:
    """The short card of the scoping note in the project channel."""
    _channel_card(conn, project=project, what="note_card", object_id=project.id, ref={}, now=now)


def post(
    conn: Connection,
    *,
    project: Project,
    what: str,
    key: str,
    ref: dict[str, Any],
    now: datetime,
    in_hours: bool = False,
) -> None:
    """A new message in the project channel, once for each `key`. `in_hours`: nobody has asked for it now,
    so that it leaves in working hours where the project is (journeys 6)."""
    at = _hours(project, now) if in_hours else now
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=f"{what}:{key}",
        lane=f"channel:{project.channel}" if at <= now else own_lane(project.channel, what, key),
        op="post",
        ref={"what": what, "project": project.id, "channel": project.channel, **ref},
        now=now,
        not_before=at,
    )


def invitation(conn: Connection, *, run: dialogues.Run, user: str, leaves: datetime, now: datetime) -> None:
    """The private card that invites somebody to a dialogue; later it shows how far they are."""
    ref = {"what": "invitation", "project": run.project_id, "user": user, "run": run.id, "object": run.id}
    outbox.queue(
        conn,
        workspace=run.workspace,
        key=f"invitation:{run.id}:{user}",
        lane=f"inv:{user}:{run.id}"[:64],
        op="card",
        ref={**ref, "asks": True},  # it takes up some of their time: see bot/rounds/budget.py
        now=now,
        not_before=max(leaves, now),
        coalesce=True,
    )


def invitation_again(conn: Connection, *, run: dialogues.Run, user: str, now: datetime) -> None:
    """Somebody's card is drawn again, if they were ever invited; not before it was to leave."""
    kept = memo.get(conn, workspace=run.workspace, user=user, name=f"{INVITED}{run.id}")
    if kept:
        invitation(conn, run=run, user=user, leaves=datetime.fromisoformat(kept["leaves"]), now=now)


def private(
    conn: Connection,
    *,
    workspace: str,
    user: str,
    what: str,
    key: str,
    ref: dict[str, Any],
    now: datetime,
    at: datetime | None = None,
) -> None:
    """A new private message, once for each `key`; `at`: not before this moment (UTC), which the
    renderer gets too, to leave unsaid what has become too late."""
    lane = f"dm:{user}" if at is None else own_lane(user, what, key)
    due = {"at": at.isoformat()} if at else {}
    outbox.queue(
        conn,
        workspace=workspace,
        key=f"{what}:{key}:{user}",
        lane=lane,
        op="dm",
        ref={"what": what, "user": user, **ref, **due},
        now=now,
        not_before=at,
    )


def after_turn(
    conn: Connection,
    *,
    project: Project,
    run: dialogues.Run,
    user: str,
    now: datetime,
    counts: bool = True,
) -> None:
    """Somebody saved a screen, took an exit or finished: everything that shows it. `counts`: how many
    have finished may have changed, which the card and the facilitator's Home show."""
    invitation_again(conn, run=run, user=user, now=now)
    setup = run.flow == "D01"
    if setup and is_known(conn, project):  # until "Invite" only one person knows of it
        project_card(conn, project=project, now=now)
    if counts and not setup:
        dialogue_card(conn, project=project, run_id=run.id, now=now)
    if counts or setup:
        homes(conn, project=project, users=(user,), now=now)
    else:
        home(conn, workspace=project.workspace, user=user, now=now)


def homes(conn: Connection, *, project: Project, users: Iterable[str], now: datetime) -> None:
    """The Homes of these people and of the facilitator."""
    facilitator = project.cast.holder("facilitator")
    for user in dict.fromkeys((*users, *((facilitator,) if facilitator else ()))):
        home(conn, workspace=project.workspace, user=user, now=now)


def is_known(conn: Connection, project: Project) -> bool:
    """Whether anything has been sent, so that the channel may know of the project (acceptance 2)."""
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    return any(run.flow != "D01" for run in runs)


def _channel_card(
    conn: Connection,
    *,
    project: Project,
    what: str,
    object_id: str,
    ref: dict[str, Any],
    now: datetime,
    in_hours: bool = False,
) -> None:
    """Posted in its turn; drawn again at most once a minute, in a lane of its own: what waits for its
    minute, or for working hours, holds up nothing else of the channel."""
    key, lane = f"{what}:{object_id}", f"channel:{project.channel}"
    said = outbox.said(conn, workspace=project.workspace, key=key)
    at = _hours(project, now) if in_hours and said is None else _calm(said, now)
    waits = at > now or (said is not None and said.at is not None)
    outbox.queue(
        conn,
        workspace=project.workspace,
        key=key,
        lane=own_lane(project.channel, what, object_id) if waits else lane,
        op="card",
        now=now,
        not_before=at,
        coalesce=True,
        ref={"what": what, "project": project.id, "channel": project.channel, "object": object_id, **ref},
    )


def _hours(project: Project, moment: datetime) -> datetime:
    """The first moment from this one on in the working hours of where the project is."""
    return cadence.next_window(moment, cadence.zone(project.zone), off=project.holidays)


def own_lane(whose: str, what: str, key: str) -> str:
    """The lane of one message alone: two that wait for different moments never hold each other up."""
    return f"due:{whose}:{sha256(f'{what}:{key}'.encode()).hexdigest()[:24]}"


def _calm(said: outbox.Said | None, now: datetime) -> datetime:
    """When a card may be drawn again."""
    if said is None:
        return now
    return said.waits_for if said.at is None else max(said.at + CALM, now)
