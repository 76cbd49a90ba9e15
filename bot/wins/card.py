"""A win as it is read: its post in the channel, and the private message to the sponsor. Renders from the data
of now; changes in place. Nobody is named who has not said yes, and no reaction is counted.
"""

import re

from bot import asker, people
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import sending
from bot.rounds.cards import Shown, message, shown
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold, quote
from bot.words.text import Wording, words
from flows.project import Project
from flows.wins.model import DEPARTMENTS, Win
from flows.words import Words
from storage import linking, register, win
from storage import project as projects
from storage.database import Connection
from storage.outbox import Row

SOMEBODY = Words("a colleague", "un collègue")
SHORTEST = 3  # characters of a part of a name that is looked for in a line


def win_card(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """The post. Taken back or hidden, it says so, if it was ever posted."""
    found, kept = shown(conn, row), _win(conn, row)
    if found is None or kept is None:
        return None
    w = found.w
    if kept.state != "posted":
        return message(blocks.context(w("This step was taken back."))) if row.remote_id else None
    names = asker.named(conn, project=found.project, also=[one.user for one in kept.people])
    rows = [blocks.section(head(w, kept, names))]
    small = [*_goal(conn, found, kept), *_thanks(w, kept, names)]
    if small:
        rows.append(blocks.context(Mrkdwn(" · ").join(small)))
    rows += thanked(found, kept)
    rows.append(blocks.context(w("Never used to assess, pay or rank anyone.")))
    if any(one.consent == "yes" for one in kept.people):
        value = f"{found.project.id}:{kept.number}"
        hide = elements.button(w("Hide my name"), f"win.unname:{kept.number}", value=value)
        rows.append(blocks.actions(hide))
    return message(*rows)


def thanked(found: Shown, kept: Win) -> list[Json]:
    """The sponsor's own words, under their name; nothing where they say it in person."""
    sponsor = found.project.cast.holder("sponsor")
    if not kept.thanks or not sponsor:
        return []
    name = found.names.get(sponsor, sponsor)
    return [blocks.section(Mrkdwn("\n").join([bold(name), quote(kept.thanks)]))]


def win_private(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To the sponsor, in private (WN34)."""
    kept, project = _win(conn, row), projects.get(conn, workspace=row.workspace, id=str(row.ref["project"]))
    user = str(row.ref.get("user", ""))
    if kept is None or project is None or kept.revoked or project.cast.holder("sponsor") != user:
        return None
    me = people.several(conn, workspace=row.workspace, users=(user,))[user]
    w = words(people.language(me, project))
    if later := sending.not_now(me, project, parts.clock.now()):
        return later
    return message(blocks.section(head(w, kept, {})), blocks.context(w("Only you read this.")))


def head(w: Wording, kept: Win, names: dict[str, str]) -> Mrkdwn:
    """ "*WIN-7* SID-2 Review of connected systems has an owner and a date." """
    return Mrkdwn(" ").join([bold(kept.name), line(w, kept, names)])


def line(w: Wording, kept: Win, names: dict[str, str]) -> Mrkdwn:
    """What it says. A name that somebody typed stands there only if its owner has said yes."""
    said = w.of(kept.said)
    for one in kept.people:
        if one.consent != "yes":
            said = without(said, names.get(one.user, ""), w.of(SOMEBODY))
    return w.md("{said}", said=said)


def without(text: str, name: str, instead: str) -> str:
    """A text in which no part of a name stands."""
    for part in (name, *name.split()):
        if len(part) >= SHORTEST:
            text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", instead, text, flags=re.IGNORECASE)
    return text


def named_in(text: str, name: str) -> bool:
    """Whether a text names somebody: their whole name, or their first one."""
    parts = [part for part in (name, *name.split()[:1]) if len(part) >= SHORTEST]
    return any(re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text, re.IGNORECASE) for part in parts)


def whose(w: Wording, kept: Win) -> str:
    """ "After-sales", or "the team"."""
    known = [w.of(DEPARTMENTS[one]) for one in kept.functions if one in DEPARTMENTS]
    return w.listed(known) if known else w("The whole team")


def _thanks(w: Wording, kept: Win, names: dict[str, str]) -> list[Mrkdwn]:
    """For what somebody told: whose step it is; by name only those who agreed."""
    if not kept.manual:
        return []
    agreed = [names.get(one.user, one.user) for one in kept.people if one.consent == "yes"]
    said = [w.md("{who}", who=whose(w, kept))]
    return [*said, w.md("Thank you, {names}.", names=w.listed(agreed))] if agreed else said


def _goal(conn: Connection, found: Shown, kept: Win) -> list[Mrkdwn]:
    """Why it matters: the goal that its record serves, where it is linked to one."""
    here = {"workspace": found.project.workspace, "project_id": found.project.id}
    for one in linking.links(conn, **here, ref=kept.ref) if kept.ref else ():
        if one.outward and one.ref.startswith("GOA-"):
            goal = register.get(conn, **here, ref=one.ref)
            if goal is not None and not goal.restricted:
                return [found.w.md("It matters for: {goal}", goal=goal.title)]
    return []


def _win(conn: Connection, row: Row) -> Win | None:
    number = row.ref.get("win")
    if not isinstance(number, int):
        return None
    return win.get(conn, workspace=row.workspace, project_id=str(row.ref.get("project", "")), number=number)


def of_button(conn: Connection, *, workspace: str, value: str) -> tuple[Project, Win] | None:
    """The project and win of a button's value ("project:7"), which is user input."""
    project_id, _, number = value.partition(":")
    project = projects.get(conn, workspace=workspace, id=project_id)
    if project is None or not number.isdecimal() or len(number) > 9:
        return None
    kept = win.get(conn, workspace=workspace, project_id=project.id, number=int(number))
    return (project, kept) if kept is not None else None


MESSAGES = {"win_card": win_card, "win_private": win_private}
