"""What Home and `/cadrage todo` say of wins: a name waits for its owner's yes, an initiative for a reply."""

from bot.asker import Asker
from bot.request import Json
from bot.rounds.cards import local
from bot.wins.initiative_card import head as try_head
from bot.wins.looking import answering
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from flows.wins.initiative import reply_by
from storage import initiative, win
from storage.database import Connection

SHOWN = 4


def lines(conn: Connection, *, who: Asker) -> list[Json]:
    """One's own only: what one is asked, and what one owes."""
    if who.project is None:
        return []
    return [*_asked(conn, who), *_owed(conn, who)][:SHOWN]


def _asked(conn: Connection, who: Asker) -> list[Json]:
    w, project, user = who.w, who.here, who.actor.user
    here = {"workspace": project.workspace, "project_id": project.id}
    rows = []
    for one in win.in_state(conn, **here, states=("asking",)):
        if any(each.user == user and each.consent == "asked" for each in one.people):
            value = f"{project.id}:{one.number}"
            yes = elements.button(w("Yes, name me"), f"win.consent:yes:{one.number}", value=f"{value}:yes")
            no = elements.button(w("Say “a colleague”"), f"win.consent:no:{one.number}", value=f"{value}:no")
            said = w.md("{ref} would name you: {said}", ref=bold(one.name), said=one.said)
            rows += [blocks.section(said), blocks.actions(yes, no)]
    return rows


def _owed(conn: Connection, who: Asker) -> list[Json]:
    w, project = who.w, who.here
    if who.actor.user not in answering(project):
        return []
    rows = []
    for one in initiative.of_project(conn, workspace=project.workspace, project_id=project.id):
        if one.waits:
            value = f"{project.id}:{one.number}"
            go = elements.button(w("Reply"), f"initiative.reply:{one.number}", value=value)
            day = w.md("a reply is due by {day}", day=w.day(reply_by(local(one.made_at, project).date())))
            rows.append(blocks.section(Mrkdwn(" · ").join([try_head(w, one), day]), accessory=go))
    return rows
