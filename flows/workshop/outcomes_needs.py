"""What comes of needs and criteria, and of the pairs that pull apart (W06, W08)."""

from collections.abc import Mapping

from flows.arbitration.model import PAIR
from flows.arbitration.slider import points
from flows.dialogue.effects import Amend, Draft
from flows.dialogue.model import Value
from flows.register.said import in_title
from flows.words import Words
from flows.workshop.ballot import Line
from flows.workshop.outcomes_made import SOLUTION, bring, issue, record, said, voted
from flows.workshop.outcomes_model import NUMBER, Bring, Fill, Held, Outcome

FLOW, PART = "D11", "W06"
BOARD = Words(
    "The needs are sorted, and the team carries the board",
    "Les besoins sont triés, et l’équipe a adopté ce tri",
)
REASON = Words("Say why it is set aside: {what}", "Dire pourquoi on l’écarte : {what}")
AGREED = Words("{pair}: {point}", "{pair} : {point}")
#: The board and the weights as questions; the places of a need, the strongest first.
NEEDS, PLACES, WEIGHTS = "NEE02", "MSCW", "NEE17"
SPLIT, WAIVED = "split", "waived"
HEAVIEST = 30  # points of one heading (NEE17)
MIDDLE = 3  # of a slider
#: The five points of a slider in words, as its poles read.
NEAR = {1: Words("{pole} (clearly)", "{pole} (nettement)"), 2: Words("{pole} (rather)", "{pole} (plutôt)")}
HALF = Words("half-way", "à mi-chemin")


def needs(held: Held, step: int) -> tuple[Outcome, ...]:
    """W06: new needs enter the register; a line about one that is there links it to its gap."""
    drafts: list[Draft] = []
    gaps: dict[str, dict[str, Value]] = {}
    for card in held.rows(step):
        known = held.record(str(card.fields.get("ref") or ""))
        cells = {key: card.fields.get(key) for key in ("need", "why", "function", "gap")}
        if known is not None:
            gaps[known.ref] = {"gap": cells["gap"]} if cells["gap"] else {}
        elif text := str(cells["need"] or card.text).strip():
            fields = said(held, step, **{**cells, "need": text})
            drafts.append(Draft(kind="need", item=card.id, title=in_title(text), fields=fields))
    return (record(held, step, drafts), Amend(question=held.place(step), fields=gaps))


def need_sizes(held: Held, step: int) -> tuple[Outcome, ...]:
    """W06: the size of each need (NEE03), the middle of what people said."""
    values = {f"NEE03@{line.item.ref}": line.outcome for line in held.lines(step) if line.outcome}
    return (Fill(flow=FLOW, part=PART, values=values),) if values else ()


def board(held: Held, step: int) -> tuple[Outcome, ...]:
    """W06: the board (NEE02). A need on which there is no majority goes to the middle of what was said, and
    of two middles to the lower place: nothing becomes a must by half. That it is split stays on it."""
    lines = [line for line in held.lines(step) if line.n]
    if not lines:
        return ()
    before = {ref: one.fields["priority"] for ref, one in held.register.items() if _placed(one.fields)}
    value = {**before, **{line.item.ref: place(line) for line in lines}}
    split = {line.item.ref: {"split": line.outcome == SPLIT or None} for line in lines}
    away = {line.item.ref: not line.counts.get("M") for line in lines}
    moved = {ref: {**found, **_let_go(held, ref, away=away[ref])} for ref, found in split.items()}
    return (
        Fill(flow=FLOW, part=PART, values={NEEDS: value}),
        Amend(question=held.place(step), fields=moved),
    )


def _placed(fields: Mapping[str, Value]) -> bool:
    return fields.get("priority") in {*PLACES}


def _let_go(held: Held, ref: str, *, away: bool) -> dict[str, Value]:
    """A must-have that nobody has placed there again: whoever asked for it has let go too (WN15). By a
    secret vote nothing less says so."""
    known = held.record(ref)
    was = known.fields.get("priority") if known is not None else None
    return {"let_go": True} if was == "M" and away else {}


def place(line: Line) -> str:
    """Where a need goes: what more than half have said, else the middle, the lower one of two."""
    if line.outcome != SPLIT:
        return line.outcome
    total, seen = sum(line.counts.get(one, 0) for one in PLACES), 0
    for one in PLACES:
        seen += line.counts.get(one, 0)
        if seen * 2 > total:
            return one
    return PLACES[-1]


def criteria(held: Held, step: int) -> tuple[Outcome, ...]:
    """W06: the five criteria (NEE11 to NEE15) as more than half see them. One that is set aside needs its
    reason; one that is split twice goes to the arbiter."""
    found, last = held.lines(step), held.last(step)
    values: dict[str, Value] = {}
    drafts: list[Draft] = []
    for line in found:
        if line.undecided or not line.outcome:
            continue
        id = line.item.ref or line.item.id
        values[id] = line.outcome
        if line.outcome == WAIVED and line.behind:
            values[f"{id}a"] = " / ".join(line.behind)
        elif line.outcome == WAIVED:
            title = REASON.fill(what=line.item.words)
            drafts.append(issue(held, step, f"reason-{id}", title, role="lead", family=SOLUTION))
    filled = (Fill(flow=FLOW, part=PART, values=values),) if values else ()
    failed = last is not None and last.verdict == "failed" and last.counts
    cases = [_split(held, step, line) for line in found if line.undecided] if failed else []
    return (*filled, record(held, step, drafts), *cases)


def _split(held: Held, step: int, line: Line) -> Bring:
    found = bring(held, step, line.item.words)
    return Bring(
        item=f"{found.item}.{line.item.id}", title=line.item.words, proposal=line.item.words,
        against=line.why, subject=line.item.ref, counts=line.counts,
        options={one.value: one.words for one in line.item.options},
    )  # fmt: skip


def weights(held: Held, step: int) -> tuple[Outcome, ...]:
    """W06: the weights of the evaluation (NEE17); what a heading has above the most that one may have goes to
    the others, so that the rule of NEE17 holds."""
    points = {line.item.ref or line.item.id: int(line.figure) for line in held.lines(step) if line.n}
    return (Fill(flow=FLOW, part=PART, values={WEIGHTS: shared(points)}),) if points else ()


def shared(points: Mapping[str, int]) -> dict[str, int]:
    """The same weights with none above the most: each point too many goes to the lightest heading."""
    found = dict(points)
    for heavy in [key for key, n in points.items() if n > HEAVIEST]:
        for _ in range(found[heavy] - HEAVIEST):
            lightest = min(found, key=lambda key: found[key])
            found[lightest] += 1
        found[heavy] = HEAVIEST
    return found


def board_carried(held: Held, step: int) -> tuple[Outcome, ...]:
    """W06: the board is carried, or not."""
    return voted(held, step, BOARD)


def sliders(held: Held, step: int) -> tuple[Outcome, ...]:
    """W08: a pair on which people still differ goes to the arbiter; one that waited there and on which they
    agree now is settled by that vote, and what is given up is the other pole."""
    drafts: list[Draft] = []
    cases: list[Outcome] = []
    waiting = {str(one.fields.get("pair")) for one in held.register.values() if _waits(one.kind, one.status)}
    for line in held.lines(step):
        pair = line.item.ref or line.item.id
        if line.outcome == "differ":
            subject = pair if pair in PAIR else ""
            found = Bring(
                item=f"{held.place(step)}.{pair}", title=_both(line), proposal=_both(line), against=line.why,
                subject=subject, counts=line.counts, options=points(_poles(line), HALF),
            )  # fmt: skip
            cases.append(found)
        elif pair in waiting and line.n:
            drafts += _agreed(held, step, pair, line)
    return (record(held, step, drafts), *cases)


def settled(held: Held, step: int) -> tuple[Outcome, ...]:
    """W08: what has been decided about the pairs on which people differed a step before comes from this
    workshop: position, reason, loss and review stand in the trade-off and in its decision."""
    apart = {line.item.ref or line.item.id for line in held.lines(step - 1) if line.outcome == "differ"}
    cases = [
        one for one in held.register.values()
        if one.kind == "tradeoff" and one.status == "decided" and one.fields.get("pair") in apart
    ]  # fmt: skip
    made = {ref for one in cases for ref in (one.ref, str(one.fields.get("decision") or ""))}
    of = {"workshop": held.place(step), NUMBER: held.workshop.number}
    return (Amend(question=held.place(step), fields={ref: of for ref in sorted(made) if held.record(ref)}),)


def _waits(kind: str, status: str) -> bool:
    return kind == "tradeoff" and status == "proposed"


def _poles(line: Line) -> tuple[Words, Words]:
    return line.item.words, line.item.second or line.item.words


def _both(line: Line) -> Words:
    """Both poles alike, also where a pair is only named."""
    first, second = _poles(line)
    return Words(f"{first.en} ↔ {second.en}", f"{first.fr} ↔ {second.fr}")


def _agreed(held: Held, step: int, pair: str, line: Line) -> list[Draft]:
    """The trade-off and its decision, as one would write them."""
    first, second = _poles(line)
    point = round(line.figure)
    wanted, lost = (first, second) if point < MIDDLE else (second, first)
    where = HALF if point == MIDDLE else NEAR[min(point, 6 - point)].fill(pole=wanted)
    title = AGREED.fill(pair=_both(line), point=where)
    fields = said(
        held, step, pair=pair, position=point, loss="" if point == MIDDLE else lost.in_(held.language),
        method="vote", authority="team", date=held.today.isoformat(), distribution=dict(line.counts),
    )  # fmt: skip
    return [
        Draft(kind="tradeoff", item=pair, title=title, status="decided", fields=fields),
        Draft(kind="decision", item=pair, title=title, status="accepted", fields={**fields, "settles": pair}),
    ]
