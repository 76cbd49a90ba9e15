"""What stands under a record on its page: where it comes from, what it is linked to, what happened to it, and
what this person can do with it. Changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from bot import asker
from bot.asker import Asker
from bot.policy import Action, Allow, Verdict
from bot.register import depending, happened
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, quote
from bot.words.text import N_, Wording
from flows.arbitration.records import SOURCE as ARBITRATION
from flows.dialogue.effects import RecordKind
from flows.register.depending import SHAKEN, STEADY
from flows.register.life import OVER
from flows.register.model import Change, Kept
from flows.register.moves import Name, changeable, possible
from flows.register.reviewing import review_day
from flows.register.undoing import UNDONE, WITHIN
from flows.upkeep import KINDS
from storage import capturing, life, linking, register
from storage.capturing import Message
from storage.database import Connection

#: What a step's button says, and the title of its form (24 characters at most).
NAMES: Mapping[Name, str] = {
    "accept": N_("Accept"),
    "reject": N_("Do not accept"),
    "reopen": N_("Reopen"),
    "acknowledge": N_("I take note"),
    "start": N_("In progress"),
    "resolve": N_("Settled"),
    "drop": N_("Drop it"),
    "reduce": N_("It is reduced"),
    "close": N_("Close it"),
    "happen": N_("It happened"),
    "confirm": N_("Confirmed"),
    "refute": N_("Refuted"),
    "finish": N_("Done"),
}
#: A change of a record in one line of its history, where it is no step.
MOVES: Mapping[str, str] = {
    "recorded": N_("recorded"),
    "edited": N_("changed"),
    "supersede": N_("replaced"),
    "settle": N_("settled"),
    "hand over": N_("handed over"),
    "stand in": N_("looks after it while its owner is away"),
    "back": N_("is back and sees to it again"),
    "undo": N_("undone"),
    "refresh": N_("the new words of the message taken over"),
    "review": N_("still right"),
    SHAKEN: N_("what it rests on no longer stands"),
    STEADY: N_("what it rests on stands"),
    "source": N_("its message has changed"),
}
SAID: Mapping[str, str] = {**MOVES, **{str(name): words for name, words in NAMES.items()}}
#: A link as each of its two records says it.
LINKS: Mapping[tuple[str, bool], str] = {
    ("supersedes", True): N_("Replaces {refs}"),
    ("supersedes", False): N_("Replaced by {refs}"),
    ("serves", True): N_("Serves {refs}"),
    ("serves", False): N_("Served by {refs}"),
    ("settles", True): N_("Settles {refs}"),
    ("settles", False): N_("Settled by {refs}"),
}
#: The same while whoever decides has not accepted the new one.
COMING: Mapping[tuple[str, bool], str] = {
    ("supersedes", True): N_("Proposed in place of {refs}"),
    ("supersedes", False): N_("{refs} is proposed in its place"),
}
#: What carries and is carried, where it is no action that serves something.
RESTS: Mapping[bool, str] = {
    True: N_("Rests on {refs}"),
    False: N_("What depends on it: {refs}"),
}
UNDECIDED = ("proposed", "rejected")
BY_HAND: tuple[RecordKind, ...] = ("decision", "issue", "risk", "assumption", "action")
#: The step that most often comes next.
MAIN = ("accept", "resolve", "finish")
#: Kinds that can be contested, and so be brought to the arbiter.
CONTESTABLE: tuple[RecordKind, ...] = (
    "decision",
    "issue",
    "tradeoff",
    "risk",
    "assumption",
    "action",
    "need",
)


def right(kept: Kept, name: str) -> Action:
    """The line of the policy that a step falls under."""
    if kept.kind != "decision":
        return "record.move"
    return "decision.reopen" if name == "reopen" else "decision.decide"


def may(who: Asker, kept: Kept, action: Action) -> Verdict:
    """Whether this person may do it to this record. Whoever sees to a record, or is
    named to decide, is its owner; while they are away, so is whoever stands in for them."""
    return who.may(action, owner=kept.owner in (who.actor.user, *who.stands_for))


def rows(conn: Connection, who: Asker, record: Kept, now: datetime) -> list[Json]:
    """Source, links, history, then the buttons."""
    w, here = who.w, {"workspace": who.here.workspace, "project_id": who.here.id}
    found: list[Json] = []
    if (source := capturing.source(conn, **here, ref=record.ref)) is not None:
        found += from_message(w, source, _names(conn, who, [source.author]))
    found += _links(conn, who, record)
    past = life.history(conn, **here, ref=record.ref)
    found += happened.rows(conn, who, record, past, SAID)
    buttons = [*_steps(who, record), *_others(who, record), *_settling(who, record)]
    if source is not None and source.state == "edited" and may(who, record, "record.edit") == Allow():
        value = f"{who.here.id}:{record.ref}"
        buttons.append(elements.button(w("Take over the new words"), "record.refresh", value=value))
    if just_done(who, past, now):
        buttons.append(undo_button(w, who.here.id, record.ref, past[-1].n))
    return [*found, *([blocks.actions(*buttons)] if buttons else [])]


def just_done(who: Asker, past: Sequence[Change], now: datetime) -> bool:
    """Whether the latest of what happened was this person's doing a moment ago, so that they may undo it."""
    if not past or past[-1].move not in UNDONE or past[-1].by != who.actor.user:
        return False
    return now - past[-1].at <= WITHIN


def undo_button(w: Wording, project: str, ref: str, n: int) -> Json:
    """[Undo (10 minutes)]: of one thing that happened, and no other."""
    return elements.button(
        w("Undo (10 minutes)"), "record.undo", value=f"{project}:{ref}:{n}", label=w("Undo: {ref}", ref=ref)
    )


def from_message(w: Wording, source: Message, names: Mapping[str, str]) -> list[Json]:
    """The message it was made from, whether it has changed since, and the way there."""
    name = names.get(source.author, source.author or "?")
    said = [w.md("From a message of {name}", name=name)]
    if source.permalink:
        said = [w.md("From <{link}|a message> of {name}", link=Mrkdwn(source.permalink), name=name)]
    if source.state == "edited" and source.changed_at:
        said.append(w.md("*the message was edited on {day}*", day=w.day(source.changed_at.date())))
    if source.state == "deleted" and source.changed_at:
        said.append(w.md("*the message was deleted on {day}*", day=w.day(source.changed_at.date())))
    copied = [blocks.section(quote(source.text[:2900]))] if source.text else []
    return [*copied, blocks.context(Mrkdwn(" · ").join(said))]


def _names(conn: Connection, who: Asker, users: list[str]) -> dict[str, str]:
    return asker.named(conn, project=who.here, also=[user for user in users if user.startswith(("U", "W"))])


def _links(conn: Connection, who: Asker, record: Kept) -> list[Json]:
    """What it is linked to, without what was withdrawn; what would replace it only once that is accepted."""
    w, here = who.w, {"workspace": who.here.workspace, "project_id": who.here.id}
    said: dict[str, list[str]] = {}
    for one in linking.links(conn, **here, ref=record.ref):
        other = register.get(conn, **here, ref=one.ref, roles=None)
        if other is None or other.status == register.WITHDRAWN:
            continue
        new = record if one.outward else other
        known = COMING if one.link == "supersedes" and new.status in UNDECIDED else LINKS
        words = known[one.link, one.outward]
        if one.link == "serves" and (record.kind == "decision" or (one.outward and record.kind != "action")):
            words = RESTS[one.outward]
        said.setdefault(words, []).append(one.ref)
    lines = [w(words, refs=", ".join(refs)) for words, refs in said.items()]
    rows = [blocks.context(" · ".join(lines))] if lines else []
    shaky = depending.shaky(w, depending.rested_on(conn, project=who.here, ref=record.ref))
    live = record.status not in OVER
    return [*(blocks.section(line) for line in shaky if live), *rows]


def _steps(who: Asker, record: Kept) -> list[Json]:
    """The steps that this person may take now."""
    if record.kind not in BY_HAND:
        return []
    w, found = who.w, []
    for name in possible(record):
        if may(who, record, right(record, name)) == Allow():
            style: Literal["primary"] | None = "primary" if name in MAIN else None
            found.append(
                elements.button(
                    w(NAMES[name]), f"record.move:{name}", value=f"{who.here.id}:{record.ref}:{name}",
                    style=style, label=w("{what}: {ref}", what=w(NAMES[name]), ref=record.ref),
                )
            )  # fmt: skip
    return found


def _settling(who: Asker, record: Kept) -> list[Json]:
    """The case it comes from; the way to the arbiter; who sees to it from now on."""
    w, value = who.w, f"{who.here.id}:{record.ref}"
    if record.source == ARBITRATION:
        return [elements.button(w("See both sides"), "arbitration.read", value=record.dialogue)]
    found = []
    live = record.status not in OVER or record.status == "rejected"
    if record.kind in CONTESTABLE and live and who.may("arbitration.bring") == Allow():
        found.append(elements.button(w("Needs a decision"), "arbitration.bring", value=value))
    mine = record.owner == who.actor.user
    if record.kind in KINDS and live and who.may("item.hand_over", invited=mine) == Allow():
        found.append(elements.button(w("Pass on to…"), "item.pass", value=value))
    return found


def _others(who: Asker, record: Kept) -> list[Json]:
    """Replace, change, an action that serves it."""
    w, value, found = who.w, f"{who.here.id}:{record.ref}", []
    if record.kind not in BY_HAND or not changeable(record):
        return []
    if record.kind == "decision" and record.status == "accepted" and who.may("record.make") == Allow():
        found.append(elements.button(w("Replace"), "record.replace", value=value))
    day = review_day(record)
    if day is not None and may(who, record, "decision.decide") == Allow():
        said = w("Still right") if day <= who.today else w("Review date")
        found.append(elements.button(said, "record.review", value=value))
    if may(who, record, "record.edit") == Allow():
        found.append(elements.button(w("Change"), "record.edit", value=value))
    if record.kind != "action" and who.may("record.make") == Allow():
        found.append(elements.button(w("Add an action"), "record.action:for", value=value))
    return found
