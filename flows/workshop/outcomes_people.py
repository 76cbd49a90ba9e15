"""What comes of talking openly, and of the rules of sharing (W04, W11). Never who said what."""

from dataclasses import dataclass
from typing import Literal

from flows.dialogue.effects import Amend, Draft
from flows.register.model import Kept
from flows.register.said import in_title
from flows.words import Words
from flows.workshop.outcomes_made import ORGANISATION, PEOPLE, action, issue, record, risk, voted
from flows.workshop.outcomes_made import said as said_in
from flows.workshop.outcomes_model import Fill, Held, Outcome, Settle, Try

Says = Literal["yes", "later", "no"]

CONDITION = Words("Condition of success: {what}", "Condition de réussite : {what}")
RULES = Words("Our rules of sharing", "Nos règles du partage")
TRIAL = Words("Try: {what}", "Essayer : {what}")
UNSAID = Words("Sign the charter, or say what is missing", "Signer la charte, ou dire ce qui manque")
MISSING = Words("Missing for the charter: {what}", "Il manque à la charte : {what}")
#: Working days in which the sponsor answers each condition (W04), or the charter (W11).
TO_ANSWER = 5
#: Where the charter stands (D09).
CHARTER = "CHG05"
#: What the sponsor's silence about it is kept under.
UNANSWERED = "unanswered"
#: The step of W11 in which the rules are written.
WRITTEN = 3
#: From the best place for a trial to the worst.
BOXES = ("do_now", "plan", "if_time", "leave", "")


def conditions(held: Held, step: int) -> tuple[Outcome, ...]:
    """W04: each condition that was chosen is an open point of the sponsor, to be answered in five working
    days. What nobody gave a dot stays among those who were there, also where there was room for all."""
    drafts = [
        issue(held, step, line.item.id, CONDITION.fill(what=line.item.words), role="sponsor", family=PEOPLE,
              days=TO_ANSWER, condition="asked", detail=line.item.words.in_(held.language))
        for line in held.kept(step) if line.figure
    ]  # fmt: skip
    return (record(held, step, drafts),)


def stakes_by_function(held: Held, step: int) -> tuple[Outcome, ...]:
    """W11: by function, what is gained and what is given up; a function that only gives something up is a
    proposed risk (COL12), one a function, with all that was said of it. Functions, never people."""
    cards = held.on_table("note", "idea", step=step)
    gaining = {str(card.fields.get("function")) for card in cards if card.fields.get("gain")}
    losses: dict[str, set[str]] = {}
    for card in cards:
        if card.fields.get("loss") and card.fields.get("function"):
            losses.setdefault(str(card.fields["function"]), set()).add(str(card.fields["loss"]).strip())
    drafts = [
        risk(held, step, function, " / ".join(sorted(said)), family=ORGANISATION, function=function)
        for function, said in sorted(losses.items()) if function not in gaining
    ]  # fmt: skip
    return (record(held, step, drafts),)


def trial(held: Held, step: int) -> tuple[Outcome, ...]:
    """W11: the trial with most effect for least effort is an action with an owner and a date, and an
    initiative of the team."""
    ranked = sorted(
        (line for line in held.lines(step) if line.n), key=lambda one: (BOXES.index(one.outcome), -one.figure)
    )
    if not ranked:
        return (record(held, step, ()),)
    first, lead = ranked[0].item, held.holder("lead")
    title = TRIAL.fill(what=first.words)
    return (
        record(held, step, (action(held, step, "trial", title, owner=lead),)),
        Try(item=held.place(step), statement=first.words.in_(held.language), author=lead),
    )


def rules_carried(held: Held, step: int) -> tuple[Outcome, ...]:
    """W11: carried, the rules are the draft of the charter (CHG05), unless it is signed already."""
    rules = "\n".join(card.text for card in held.on_table("idea", step=WRITTEN))
    found = voted(held, step, RULES, choice=rules)
    if held.decided(step) is None or _signed(held):
        return found
    return (*found, Fill(flow="D09", values={CHARTER: "draft"}))


def _signed(held: Held) -> bool:
    return any(one.source == CHARTER and one.status == "accepted" for one in held.register.values())


def charter(held: Held, step: int) -> tuple[Outcome, ...]:
    """W11: what the sponsor says of the charter. A yes is its signature (CHG05); what is missing is
    an open point of theirs, and so is that nothing was said once the step is over. Nobody else signs it."""
    sponsor = held.cast.holder("sponsor")
    said = [card for card in held.on_table("decision", step=step) if card.author == sponsor]
    missing = [card for card in said if card.fields.get("choice") != "yes"]
    drafts = [
        issue(held, step, card.id, MISSING.fill(what=in_title(card.text)), role="sponsor", family=PEOPLE,
              detail=card.text)
        for card in missing
    ]  # fmt: skip
    over = held.workshop.step != step or not held.workshop.running
    if over and not said and not _signed(held):
        drafts = [issue(held, step, UNANSWERED, UNSAID, role="sponsor", family=PEOPLE, days=TO_ANSWER)]
    kept = record(held, step, drafts)
    if not said or missing:
        return (kept,)
    return (kept, Fill(flow="D09", values={CHARTER: "signed"}, method="sponsor"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the sponsor says to one condition."""

    ref: str  # "ISS-4": the open point the condition is
    says: Says
    reason: str


def answered(held: Held, step: int, said: tuple[Said, ...]) -> tuple[Outcome, ...]:
    """W04: yes and no are decisions with their reason, and settle the open point; "not yet" keeps it open,
    with what the sponsor said. What is unknown, or settled already, is left alone."""
    found: list[Outcome] = []
    for one in said:
        point = held.record(one.ref)
        if point is None or not point.fields.get("condition"):
            continue
        if one.says == "later":
            kept = {one.ref: {"condition": "later", "resolution": one.reason}}
            found.append(Amend(question=held.place(step), fields=kept))
            continue
        found.append(record(held, f"{step}.{one.ref}", (_answer(held, step, point, one),)))
        status, move = ("resolved", "resolve") if one.says == "yes" else ("dropped", "drop")
        reason = Words.same(one.reason)
        found.append(Settle(ref=one.ref, move=move, status=status, reason=reason))
    return tuple(found)


def _answer(held: Held, step: int, point: Kept, one: Said) -> Draft:
    """The decision on one condition, as the sponsor took it."""
    granted = one.says == "yes"
    sponsor = held.holder("sponsor")
    fields = said_in(
        held, step, date=held.today.isoformat(), method="sponsor", authority="sponsor", decided_by=sponsor,
        reason=one.reason, condition="granted" if granted else "refused", settles=point.ref,
    )  # fmt: skip
    status = "accepted" if granted else "rejected"
    return Draft(kind="decision", item=point.ref, title=point.title, status=status, fields=fields)
