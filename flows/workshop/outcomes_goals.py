"""What comes of the kick-off, of the goals and of the progress review (W01, W02, W12)."""

from flows.dialogue.effects import Amend, Draft
from flows.register.said import in_title
from flows.words import Words
from flows.workshop.ballot import Line
from flows.workshop.outcomes_made import ORGANISATION, action, issue, record, said, voted
from flows.workshop.outcomes_model import Fill, Held, Outcome, Send, Settle

ROLES = Words(
    "Who drives, who settles, who contributes, who is informed: the team carries it",
    "Qui pilote, qui tranche, qui contribue, qui est informé : l’équipe a adopté cette répartition",
)
GOALS = Words(
    "The written goals are the basis of our work", "Les objectifs écrits sont la base de notre travail"
)
COUNTERWEIGHT = Words("Put in place: {what}", "Mettre en place : {what}")
REMOVE = Words("Remove: {what}", "Lever : {what}")
NOT_CHANGED = Words("Not changed yet: {what}", "Pas encore changé : {what}")
CARRIED_IN = Words("Carried in {place}", "Adopté dans {place}")
#: The questions that say who steers, what a counterweight is missing, and how far the goals are.
STEERS, MISSING, STATE = "SET08", "SET09", "OBJ09"


def counterweights(held: Held, step: int) -> tuple[Outcome, ...]:
    """W01: a counterweight that is missing is an action already (SET09): the ones kept come first. One that
    is not becomes an action of the lead."""
    known = {one.item: one.ref for one in held.register.values() if one.source == MISSING}
    kept = [(line, known.get(line.item.ref)) for line in held.kept(step)]
    first = {ref: {"first": True, "workshop": held.place(step)} for _, ref in kept if ref}
    drafts = [
        action(held, step, line.item.id, COUNTERWEIGHT.fill(what=line.item.words), owner=held.holder("lead"))
        for line, ref in kept if not ref
    ]  # fmt: skip
    return (record(held, step, drafts), Amend(question=held.place(step), fields=first))


def roles(held: Held, step: int) -> tuple[Outcome, ...]:
    """W01: carried, the roles are decided, and who steers is no longer only proposed."""
    found = voted(held, step, ROLES)
    if held.decided(step) is None:
        return found
    reason = CARRIED_IN.fill(place=held.place(step))
    steering = tuple(
        Settle(ref=one.ref, move="accept", status="accepted", reason=reason)
        for one in held.register.values()
        if one.kind == "decision" and one.source == STEERS and one.status == "proposed"
    )
    return (*found, *steering)


def goals(held: Held, step: int) -> tuple[Outcome, ...]:
    """W02: what is kept are the goals. One that is written already stays itself; a new one is recorded."""
    kept = held.kept(step)
    drafts = [_goal(held, step, line) for line in kept if held.record(line.item.ref) is None]
    known = {line.item.ref: {"kept_in": held.place(step)} for line in kept if held.record(line.item.ref)}
    out = {
        line.item.ref: {"kept_in": None} for line in held.lines(step)
        if line.outcome == "out" and held.record(line.item.ref)
    }  # fmt: skip
    return (record(held, step, drafts), Amend(question=held.place(step), fields={**out, **known}))


def _goal(held: Held, step: int, line: Line) -> Draft:
    card = next((card for card in held.cards if card.id in (line.item.id, line.item.ref)), None)
    cells = card.fields if card is not None else {}
    given = {key: cells.get(key) for key in ("indicator", "target", "function")}
    level = line.item.group or "strategic"
    return Draft(
        kind="stake", item=line.item.id, title=_short(line.item.words),
        fields=said(held, step, statement=line.item.words.en, level=level, kept_in=held.place(step), **given),
    )  # fmt: skip


def exclusions(held: Held, step: int) -> tuple[Outcome, ...]:
    """W02: what this project is not: each point is an exclusion."""
    drafts = [
        Draft(
            kind="exclusion", item=card.id, title=in_title(card.text), fields=said(held, step, text=card.text)
        )
        for card in held.on_table("idea", "note", step=step)
    ]
    return (record(held, step, drafts),)


def goals_shared(held: Held, step: int) -> tuple[Outcome, ...]:
    """W02: carried, the goals are shared (OBJ09), and OBJ08 and OBJ11 are sent; whether everybody commits is
    their own answer."""
    found = voted(held, step, GOALS)
    if held.decided(step) is None:
        return found
    part = f"after_{held.script.id}"
    sent = (*found, Send(flow="D02", part=part))
    if any(one.source == STATE and one.status == "accepted" for one in held.register.values()):
        return sent  # committed already: nothing goes back
    return (*sent, Fill(flow="D02", part=part, values={STATE: "shared"}))


def obstacle(held: Held, step: int) -> tuple[Outcome, ...]:
    """W12: the obstacle with the most dots is an action of the lead, with a date; the others stay on the list
    of the minutes."""
    first = max(held.kept(step), key=lambda line: line.figure, default=None)
    if first is None:
        return (record(held, step, ()),)
    title = REMOVE.fill(what=first.item.words)
    return (record(held, step, (action(held, step, first.item.id, title, owner=held.holder("lead")),)),)


def not_changed(held: Held, step: int) -> tuple[Outcome, ...]:
    """W12: what people note as not changed is an open point of the lead."""
    drafts = [
        issue(held, step, card.id, NOT_CHANGED.fill(what=in_title(card.text)), role="lead",
              family=ORGANISATION, detail=card.text)
        for card in held.on_table("note", step=step)
    ]  # fmt: skip
    return (record(held, step, drafts),)


def _short(words: Words) -> Words:
    return Words(in_title(words.en).en, in_title(words.fr).fr)
