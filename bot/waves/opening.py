"""Opens an anonymous wave: who is invited is fixed, the box is sealed, invitations are queued.

Checks no right and no guard of the plan, and reads no form: its callers have. Sends nothing itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot import people
from bot.parts import Parts
from bot.rounds import announce, budget
from bot.waves import stopping
from bot.waves.scene import sealer
from flows import cadence
from flows.playbook.model import Wave as Content
from flows.project import Project
from flows.wave import calendar, eligible
from flows.wave.model import ENOUGH
from flows.words import Words
from storage import reply, schedule
from storage import wave as waves
from storage.ask import Ask
from storage.database import Connection
from storage.wave import NewWave

#: A wave closes even if the bot was off on the day.
NEVER_LATE = timedelta(days=3650)
REMIND_WITHIN = timedelta(hours=20)
CLOSES_AT, REMINDS_AT = time(0, 5), time(0, 10)  # local; the reminder waits for each person's hours

UNKNOWN = Words("There is no such wave.", "Cette consultation n’existe pas.")
OPEN_ALREADY = Words(
    "This wave is open already. A new one can be sent once it has closed.",
    "Cette consultation est déjà ouverte. Une nouvelle pourra partir quand elle sera close.",
)
REPLY_OWED = Words(
    "Nobody has answered the last one yet: post “You said, we did” first, from the calendar.",
    "La dernière est encore sans réponse : publiez d’abord « Vous avez dit, nous avons fait », depuis le "
    "calendrier.",
)
#: Check-ins that come again only once their last wave has been answered in the channel (5.2).
ANSWERED_FIRST = ("C01", "C02")
NOBODY = Words(
    "Everybody it is for has been asked already, or nobody is named.",
    "Toutes les personnes concernées ont déjà été consultées, ou personne n’est désigné.",
)
TOO_SMALL = Words(
    "Not sent: it would be asked of fewer than {n} people, and nobody would be protected. A talk with the "
    "neutral coach can take its place: propose it to the team.",
    "Non envoyée : elle s’adresserait à moins de {n} personnes, et personne ne serait protégé. Un échange "
    "avec l’accompagnateur neutre peut en tenir lieu : proposez-le à l’équipe.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One wave to open now. What is left out is as 5.3 says."""

    project: Project
    what: str  # "D06", "D07", "D12", "steering_support", "C01", "C02", "C08"
    by: str  # Slack user who sends it
    now: datetime
    added: tuple[str, ...] = ()  # questions asked with it: CHG12, SPO06, SPO07
    closes_on: date | None = None  # last day to answer; None: five working days from today
    threshold: int = ENOUGH  # may be raised, never lowered
    split: bool = True  # by function, where rule 2 allows it
    lots: tuple[str, ...] = ()  # asked of the users of these lots; (): of the team
    midweek: bool = False  # invitations leave from Tuesday to Thursday only (5.2)
    #: When each invitation may leave at the earliest (UTC); without: the person's next hours. The cap
    #: of 2.1 (bot/rounds/budget.py) may move it further.
    leaves: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The wave is open."""

    id: str
    invited: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """Nothing has happened; `words` say why and what to do instead."""

    reason: Literal["unknown", "open_already", "too_small", "reply_owed", "nobody"]
    words: Words


def invited(conn: Connection, *, parts: Parts, project: Project, what: str) -> tuple[str, ...]:
    """Who would be invited now: for the plan and its cap. Leaves out bots, people who have left, and
    for a check-in those who asked for no more of these."""
    content = parts.playbook.waves.get(what)
    return _people(conn, content, project) if content else ()


def open_wave(conn: Connection, *, parts: Parts, order: Order) -> Opened | NotOpened:
    """Open the wave and queue everybody's invitation, in this transaction."""
    project, content = order.project, parts.playbook.waves.get(order.what)
    if content is None:
        return NotOpened(reason="unknown", words=UNKNOWN)
    if reply_owed(conn, project=project, what=content.id):
        return NotOpened(reason="reply_owed", words=REPLY_OWED)
    content, threshold = content.with_added(order.added), max(order.threshold, ENOUGH)
    users = _people(conn, content, project, order.lots)
    if order.lots and not users:
        return NotOpened(reason="nobody", words=NOBODY)
    items = eligible.items(
        content, project.cast, users, threshold=threshold, split=order.split, users=bool(order.lots)
    )
    if not items:
        return NotOpened(reason="too_small", words=TOO_SMALL.fill(n=threshold))
    today = order.now.astimezone(cadence.zone(project.zone)).date()
    new = NewWave(
        workspace=project.workspace,
        project_id=project.id,
        what=content.id,
        opened_by=order.by,
        opened_on=today,
        closes_on=order.closes_on or calendar.closes(today, project.holidays),
        threshold=threshold,
        items=items,
        invited=eligible.functions(project.cast, users, items),
        lots=order.lots,
    )
    id = waves.create(conn, new, sealer=sealer(parts))
    if not id:
        return NotOpened(reason="open_already", words=OPEN_ALREADY)
    plan_closing(conn, project=project, id=id, closes_on=new.closes_on)
    for user in users:
        _invite(conn, order, content, id, user)
    announce.homes(conn, project=project, users=(order.by, *users), now=order.now)
    return Opened(id=id, invited=users)


def reply_owed(conn: Connection, *, project: Project, what: str) -> str:
    """The last wave of this check-in, while "You said, we did" has not answered it; "" when none waits."""
    if what not in ANSWERED_FIRST:
        return ""
    return reply.owed(conn, workspace=project.workspace, project_id=project.id, what=what)


def plan_closing(conn: Connection, *, project: Project, id: str, closes_on: date) -> None:
    """The one reminder to everybody, and the closing by the clock. Planned again when a pause moves
    the last day."""
    zone = cadence.zone(project.zone)
    end = datetime.combine(closes_on + timedelta(days=1), CLOSES_AT, tzinfo=zone).astimezone(UTC)
    data = {"wave": id, "day": closes_on.isoformat()}
    schedule.put(
        conn, workspace=project.workspace, id=f"wave_close:{id}", kind="wave_close",
        next_due=end, zone=project.zone, data=data, late_limit=NEVER_LATE,
    )  # fmt: skip
    schedule.put(
        conn, workspace=project.workspace, id=f"wave_remind:{id}", kind="wave_remind",
        next_due=cadence.at(calendar.reminds(closes_on, project.holidays), REMINDS_AT, zone),
        zone=project.zone, data=data, late_limit=REMIND_WITHIN,
    )  # fmt: skip


def _people(
    conn: Connection, content: Content, project: Project, lots: Collection[str] = ()
) -> tuple[str, ...]:
    everybody = project.cast.of_lots(lots) if lots else eligible.people(content, project.cast)
    known = people.several(conn, workspace=project.workspace, users=everybody)
    gone = {user for user, person in known.items() if person.is_bot or person.deleted}
    if content.checkin:
        gone |= stopping.stopped(conn, workspace=project.workspace, users=everybody, what=content.id)
    elif lots:  # a baseline is taken once of each
        gone |= waves.asked_before(conn, workspace=project.workspace, project_id=project.id, what=content.id)
    return tuple(user for user in everybody if user not in gone)


def _invite(conn: Connection, order: Order, content: Content, id: str, user: str) -> None:
    """One private invitation, through the budget that caps everything the bot sends (2.1)."""
    project = order.project
    person = people.several(conn, workspace=project.workspace, users=(user,))[user]
    at = order.leaves.get(user, order.now)
    announce.private(
        conn, workspace=project.workspace, user=user, what="wave_invitation", key=id,
        ref={"project": project.id, "wave": id, "asks": True}, now=order.now, at=at,
    )  # fmt: skip
    ask = Ask(
        key=f"wave_invitation:{id}:{user}",
        user=user,
        project_id=project.id,
        about=id,
        kind="wave",
        earliest=budget.first_day(person, project, at),
        minutes=content.minutes,
        midweek=order.midweek,
        since=order.now,
    )
    budget.put(conn, project=project, ask=ask)
