"""The messages about a case: the arbiter's private card, the one that asks a side for its words, and the one
in the channel. Each is posted once and changes in place; each renders from the data of now.
"""

from bot.arbitration import told
from bot.arbitration.hearing import Hearing, hearing
from bot.outbound.render import Defer, Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds import budget
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from flows.arbitration.model import Position
from storage.database import Connection
from storage.outbox import Row


def arbiter(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To whoever settles it: the question, each side, the consequence, the date. A first one is posted in
    their hours and only while it is theirs."""
    user = str(row.ref.get("user", ""))
    found = _found(conn, row, parts, user)
    if found is None:
        return None
    theirs = found.case.live and user in found.case.deciders
    if not row.remote_id:
        if not theirs or found.me.deleted:
            return None
        if later := budget.not_now(conn, row, parts=parts, person=found.me, project=found.project):
            return later
    rows = [blocks.section(told.head(found)), blocks.context(told.whose(found))]
    if found.case.state == "decided":
        return message(*rows, *told.outcome(found), _read(found))
    rows += [*told.question(found), *told.sides(found), *(told.stands(found) if theirs else ())]
    rows += told.on_the_way(found)
    return message(*rows, _deciding(found, user) if theirs else _read(found))


def words_wanted(conn: Connection, row: Row, parts: Parts) -> Message | Defer | None:
    """To somebody who holds another view: what it is about, and the way to say it in their own words."""
    user = str(row.ref.get("user", ""))
    found = _found(conn, row, parts, user)
    mine = next((one for one in found.case.positions if one.author == user), None) if found else None
    if found is None or mine is None:
        return None
    case = found.case
    open_ = case.live and mine.state == "asked"
    if not row.remote_id:
        if not open_ or found.me.deleted:
            return None
        if later := budget.not_now(conn, row, parts=parts, person=found.me, project=found.project):
            return later
    return _wanted(found, mine)


def _wanted(found: Hearing, mine: Position) -> Message:
    w, case = found.w, found.case
    rows = [blocks.section(told.head(found)), blocks.context(told.whose(found))]
    if case.state == "decided":
        return message(*rows, *told.outcome(found), _read(found))
    if case.state == "withdrawn" or mine.state == "declined":
        return message(*rows)
    if mine.state == "said":
        rows.append(blocks.section(Mrkdwn("\n").join([w.md("*Your words*"), quote(mine.words)])))
        change = elements.button(w("Change my words"), "arbitration.say", value=case.id)
        return message(*rows, blocks.actions(change))
    ask = w.md(
        "*Opinions are split on this.* It goes to whoever settles it, and each side gets one voice. You may "
        "say in your own words what you defend: they reach that person as you write them, with your name."
    )
    if case.asked_by:
        ask = w.md(
            "*{name}* brings this to be settled, and says you see it otherwise. Say in your own words what "
            "you defend: they reach whoever settles it as you write them.",
            name=found.name(case.asked_by),
        )
    return message(blocks.section(ask), *rows, *told.question(found), _asked(found))


def channel(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """In the project channel: that it waits, for whom, until when; in its place later what was decided.
    Restricted ones never reach it."""
    found = _found(conn, row, parts, "")
    if found is None or found.case.restricted:
        return None
    rows = [blocks.section(told.head(found))]
    if found.case.state != "decided":
        rows.append(blocks.context(told.whose(found)))
        rows += told.on_the_way(found)
    return message(*rows, *told.outcome(found), _read(found))


def _found(conn: Connection, row: Row, parts: Parts, reader: str) -> Hearing | None:
    return hearing(conn, parts, workspace=row.workspace, id=str(row.ref.get("case", "")), reader=reader)


def _deciding(found: Hearing, user: str) -> Json:
    """What the arbiter can do."""
    w, id = found.w, found.case.id
    label = w("{what}: {question}", what=w("Decide"), question=found.case.ref)
    more = [elements.option(w("I need more before deciding"), f"need:{id}")]
    if found.case.seat == "delegate" and user == found.case.arbiter:
        more.append(elements.option(w("Hand it back"), f"back:{id}"))
    if found.case.seat != "committee":
        more.insert(0, elements.option(w("I am a party to this"), f"party:{id}"))
    if found.case.seat in ("arbiter", "sponsor"):
        more.append(elements.option(w("Delegate this one"), f"delegate:{id}"))
    return blocks.actions(
        elements.button(w("Decide"), "arbitration.decide", value=id, style="primary", label=label),
        elements.overflow("arbitration.menu", more),
    )


def _asked(found: Hearing) -> Json:
    w, id = found.w, found.case.id
    return blocks.actions(
        elements.button(w("Say it in my words"), "arbitration.say", value=id, style="primary"),
        elements.button(w("Not my point"), "arbitration.not", value=id),
    )


def _read(found: Hearing) -> Json:
    w = found.w
    label = w("Read {ref}", ref=found.case.ref)
    return blocks.actions(elements.button(w("Read"), "arbitration.read", value=found.case.id, label=label))


MESSAGES = {"arbitration": arbiter, "arbitration_words": words_wanted, "arbitration_case": channel}
