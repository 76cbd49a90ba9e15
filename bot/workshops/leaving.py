# ruff: noqa: PLR0913, PLR0917 - what happens to whom, where, when
"""Somebody leaves the channel of a workshop, or their account is closed: the others do not wait for them. Who
comes back is invited again. Nobody is told who has gone."""

from collections.abc import Callable
from datetime import datetime

from bot.parts import Parts
from bot.workshops import deeds
from flows.workshop import events as happened
from flows.workshop.model import Workshop
from storage import workshop as workshops
from storage.database import Connection

Make = Callable[[str, datetime], happened.Event]


def left(
    conn: Connection, *, parts: Parts, workspace: str, user: str, channel: str = "", now: datetime
) -> None:
    """They have gone from this channel; without a channel, from the workspace."""

    def event(user: str, now: datetime) -> happened.Event:
        return happened.Left(by="", at=now, user=user)

    _in_each(conn, parts, workspace, user, channel, now, event)


def came_back(
    conn: Connection, *, parts: Parts, workspace: str, user: str, channel: str, now: datetime
) -> None:
    """They are in this channel again."""

    def event(user: str, now: datetime) -> happened.Event:
        return happened.Returned(by="", at=now, user=user)

    _in_each(conn, parts, workspace, user, channel, now, event)


def _in_each(
    conn: Connection, parts: Parts, workspace: str, user: str, channel: str, now: datetime, make: Make
) -> None:
    """In every workshop of that channel they are invited to or facilitate, planned or under way."""

    def event(_: Workshop) -> happened.Event:
        return make(user, now)

    for one in workshops.of_user(conn, workspace=workspace, user=user):
        if channel in ("", one.channel):
            deeds.happen(conn, parts=parts, workspace=workspace, id=one.id, make=event, now=now)
