"""What comes of the ways people work, and of the supporting projects around the tool (W03, W05)."""

from collections.abc import Mapping
from datetime import date

from flows.dialogue.effects import Amend, Draft
from flows.dialogue.model import Value
from flows.register.annexes import STATE
from flows.register.processes import NO_GAP
from flows.register.said import in_title
from flows.words import Words
from flows.workshop.ballot import Item
from flows.workshop.model import Card
from flows.workshop.outcomes_made import ORGANISATION, issue, numbered, record, risk, said, voted
from flows.workshop.outcomes_model import Fill, Held, Outcome, Settle

PICTURE = Words(
    "We work from this picture of planned and lived",
    "Nous travaillons à partir de cette image du prévu et du vécu",
)
EFFORT = 2  # the step of W05 that asks for effect and effort
LIST = Words("The supporting projects are decided", "La liste des chantiers annexes est décidée")
TAKEN = Words("Taken in hand in {place}", "Pris en main dans {place}")
NOBODY = Words("Owner and date to be found: {what}", "Porteur et date à trouver : {what}")
#: How serious a gap is that is named without a figure.
MIDDLE = 3
#: The six topics of D05 and their follow-ups by column.
TOPICS = tuple(f"ANX0{n}" for n in range(1, 7))
FOLLOW: Mapping[str, str] = {"owner": "a", "due": "b", "lot": "c", "weight": "d", "reason": "e"}
#: What is not in hand now.
APART = ("later", "not_needed")
GAP_CELLS = ("step", "planned", "lived", "outside", "gap", "target", "area", "function")


def gaps(held: Held, step: int) -> tuple[Outcome, ...]:
    """W03: each line that tells a distance between planned and lived is a gap the group agrees on; what may
    come of it is a proposed risk. A line about a gap that is known agrees to it and makes none."""
    drafts: list[Draft] = []
    agreed: dict[str, dict[str, Value]] = {}
    for card in held.rows(step):
        known = held.record(str(card.fields.get("ref") or ""))
        if known is not None:
            agreed[known.ref] = {"agreed_in": held.place(step)}
        elif numbered(card.fields, "severity", MIDDLE) > NO_GAP:
            drafts.append(_gap(held, step, card))
        if card.fields.get("risk"):
            drafts.append(_foreseen(held, step, card, str(card.fields["risk"])))
    return (record(held, step, drafts), Amend(question=held.place(step), fields=agreed))


def _gap(held: Held, step: int, card: Card) -> Draft:
    cells = {key: card.fields.get(key) for key in GAP_CELLS}
    title = in_title(str(cells.get("gap") or cells.get("step") or card.text))
    more = {"severity": numbered(card.fields, "severity", MIDDLE), "agreed_in": held.place(step)}
    return Draft(
        kind="gap", item=card.id, title=title, owner=card.fields.get("owner"),
        fields=said(held, step, **cells, **more),
    )  # fmt: skip


def gaps_kept(held: Held, step: int) -> tuple[Outcome, ...]:
    """W03: the gaps that matter most are agreed on; one that was named only now is recorded."""
    kept = held.kept(step)
    known = {line.item.ref: {"agreed_in": held.place(step), "first": True} for line in kept if line.item.ref}
    drafts = [_named(held, step, line.item) for line in kept if not line.item.ref]
    return (record(held, step, drafts), Amend(question=held.place(step), fields=known))


def _named(held: Held, step: int, item: Item) -> Draft:
    more: dict[str, Value] = {"severity": MIDDLE, "agreed_in": held.place(step), "first": True}
    return Draft(kind="gap", item=item.id, title=in_title(item.words.en), fields=said(held, step, **more))


def gap_owners(held: Held, step: int) -> tuple[Outcome, ...]:
    """W03: each line names a gap, who takes it in hand, the risk to foresee, the supporting project. A gap
    nobody takes stays an open point."""
    drafts: list[Draft] = []
    taken: list[Settle] = []
    fields: dict[str, dict[str, Value]] = {}
    for card in held.rows(step):
        gap = held.record(str(card.fields.get("gap") or card.fields.get("ref") or ""))
        if gap is None:
            continue
        owner = card.fields.get("owner")
        fields[gap.ref] = {"agreed_in": held.place(step), "annex": card.fields.get("annex")}
        if card.fields.get("risk"):
            drafts.append(_foreseen(held, step, card, str(card.fields["risk"]), serves=gap.ref))
        if not owner:
            drafts.append(_unowned(held, step, card.id, gap.title))
        elif owner != gap.owner:
            reason = TAKEN.fill(place=held.place(step))
            taken.append(Settle(ref=gap.ref, move="edited", reason=reason, fields={"owner": owner}))
    return (record(held, step, drafts), Amend(question=held.place(step), fields=fields), *taken)


def _foreseen(held: Held, step: int, card: Card, text: str, **fields: Value) -> Draft:
    owner = card.fields.get("owner")
    return risk(held, step, f"risk-{card.id}", text, family=ORGANISATION, owner=owner, **fields)


def _unowned(held: Held, step: int, item: str, what: Words) -> Draft:
    title = NOBODY.fill(what=what)
    return issue(held, step, f"owner-{item}", title, role="lead", family=ORGANISATION)


def basis(held: Held, step: int) -> tuple[Outcome, ...]:
    """W03: whether the group can work from this picture."""
    return voted(held, step, PICTURE)


def annex_effort(held: Held, step: int) -> tuple[Amend, ...]:
    """W05: effect and effort of each supporting project, as the group sees them: medians."""
    topics = {one.source: one.ref for one in held.register.values() if one.kind == "annex"}
    refs = {line.item.ref: topics.get(line.item.ref, line.item.ref) for line in held.lines(step)}
    found = {
        refs[line.item.ref]: {"weight": max(1, round(line.figure)), "size": line.second, "box": line.outcome}
        for line in held.lines(step) if line.n and held.record(refs[line.item.ref])
    }  # fmt: skip
    return (Amend(question=held.place(step), fields=found),)


def annexes(held: Held, step: int) -> tuple[Outcome, ...]:
    """W05: each line decides one topic of D05, or names another project: one that is needed joins ANX07, one
    for later or not needed is kept as that with its reason. A project that is needed without owner or date
    leaves an open point; what holds a lot up joins the tasks. A topic without a choice is left alone."""
    values: dict[str, Value] = {}
    others: list[dict[str, Value]] = []
    drafts: list[Draft] = []
    for card in held.rows(step):
        topic = str(card.fields.get("topic") or "")
        choice = card.fields.get("choice")
        if topic in TOPICS:
            values |= _decided(topic, card.fields) if choice else {}
        elif choice in APART:
            drafts.append(_apart(held, step, card))
        elif card.text.strip() or card.fields.get("title"):
            others.append(_other(card))
        if choice or topic not in TOPICS:
            drafts += _loose(held, step, card)
    if others:
        values["ANX07"] = others
    filled = (Fill(flow="D05", values=values),) if values else ()
    return (*filled, record(held, step, drafts))


def _decided(topic: str, cells: Mapping[str, Value]) -> dict[str, Value]:
    """The choice and the follow-ups it asks for."""
    apart = cells.get("choice") == "not_needed"
    asked = {"reason"} if apart else {*FOLLOW} - {"reason"}
    follow = {f"{topic}{FOLLOW[key]}": cells[key] for key in sorted(asked) if cells.get(key)}
    return {topic: cells["choice"], **follow}


def _other(card: Card) -> dict[str, Value]:
    cells = {key: card.fields.get(key) for key in ("owner", "due")}
    title = str(card.fields.get("title") or card.text)
    return {"title": title, **{key: value for key, value in cells.items() if value}, "id": card.id}


def _apart(held: Held, step: int, card: Card) -> Draft:
    """A project of their own that is for later, or not needed."""
    cells, choice = card.fields, str(card.fields["choice"])
    due = date.fromisoformat(str(cells["due"])) if cells.get("due") else None
    fields = said(held, step, topic="other", choice=choice, reason=cells.get("reason"))
    return Draft(
        kind="annex", item=card.id, title=in_title(str(cells.get("title") or card.text)),
        owner=cells.get("owner"), due=due, status=STATE[choice], fields=fields,
    )  # fmt: skip


def _loose(held: Held, step: int, card: Card) -> list[Draft]:
    """What a line leaves to be done: somebody and a day to be found, and the task that holds a lot up."""
    cells, what = card.fields, in_title(card.text or str(card.fields.get("title") or ""))
    if cells.get("choice", "needed") != "needed":
        return []
    if not (cells.get("owner") and cells.get("due")):
        return [_unowned(held, step, card.id, what)]
    if not cells.get("lot"):
        return []
    weeks = max((date.fromisoformat(str(cells["due"])) - held.today).days / 7, 0.5)
    fields = said(held, step, task=what.en, weeks=round(weeks * 2) / 2, lot=cells["lot"])
    return [Draft(kind="task", item=card.id, title=what, owner=cells["owner"], fields=fields)]


def annexes_carried(held: Held, step: int) -> tuple[Outcome, ...]:
    """W05: the list of supporting projects is decided. A topic that had no record when its effect and effort
    were asked for has one by now."""
    late = {
        ref: fields for one in annex_effort(held, EFFORT) for ref, fields in one.fields.items()
        if "box" not in held.register[ref].fields
    }  # fmt: skip
    return (*voted(held, step, LIST), Amend(question=held.place(EFFORT), fields=late))
