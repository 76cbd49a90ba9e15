"""What comes of the premortem: risks, assumptions, lots, tasks (W07). The causes stay cards."""

from flows.dialogue.model import Value
from flows.register.said import in_title
from flows.words import Words
from flows.workshop.model import Card
from flows.workshop.outcomes_made import APPROACH, issue, record, risk, voted
from flows.workshop.outcomes_model import Fill, Held, Outcome

FLOW, PART = "D12", "W07"
PLAN = Words("Lots and their order are carried", "Les lots et leur ordre sont portés par l’équipe")
UNOWNED = Words("Owner and response to be found: {what}", "Porteur et réponse à trouver : {what}")
NO_EXIT = Words("When is this lot done? {what}", "Quand ce lot est-il terminé ? {what}")
HIGH = 10  # likelihood x impact from which a risk needs an owner and a response
#: What a line of each table says, and what stands there for what was left out.
RISK = ("cause", "family", "likelihood", "impact", "sign", "response", "owner")
ASSUMPTION = ("statement", "importance", "evidence", "test", "owner", "due")
LOT = ("name", "benefit", "needs", "groups", "start", "end", "entry", "exit")
TASK = ("task", "weeks", "after", "lot", "owner")


def causes_kept(held: Held, step: int) -> tuple[Outcome, ...]:
    """The causes that worry most are proposed risks, until they are worked out in the next step."""
    drafts = [
        risk(held, step, line.item.id, line.item.words.in_(held.language), family=APPROACH)
        for line in held.kept(step)
    ]
    return (record(held, step, drafts),)


def risks(held: Held, step: int) -> tuple[Outcome, ...]:
    """PLA02; a cause that is worked out here is no longer only proposed there. A high one without owner or
    response leaves an open point."""
    rows = [_line(card, RISK, "cause") for card in held.rows(step)]
    drafts = [
        issue(held, step, f"owner-{row['id']}", UNOWNED.fill(what=in_title(str(row["cause"]))), role="lead",
              family=APPROACH)
        for row in rows
        if _score(row) >= HIGH and not (row.get("owner") and row.get("response"))
    ]  # fmt: skip
    return (*_filled("PLA02", rows), record(held, step, drafts))


def _score(row: dict[str, Value]) -> int:
    return int(row.get("likelihood") or 0) * int(row.get("impact") or 0)


def assumptions(held: Held, step: int) -> tuple[Outcome, ...]:
    """PLA03."""
    return _filled("PLA03", [_line(card, ASSUMPTION, "statement") for card in held.rows(step)])


def lots(held: Held, step: int) -> tuple[Outcome, ...]:
    """PLA04; a lot that does not say when it is done leaves an open point."""
    rows = [_line(card, LOT, "name") for card in held.rows(step)]
    drafts = [
        issue(held, step, f"exit-{row['id']}", NO_EXIT.fill(what=in_title(str(row["name"]))), role="lead",
              family=APPROACH)
        for row in rows if not row.get("exit")
    ]  # fmt: skip
    return (*_filled("PLA04", rows), record(held, step, drafts))


def tasks(held: Held, step: int) -> tuple[Outcome, ...]:
    """PLA05; the critical path is worked out from them by the diagnosis."""
    return _filled("PLA05", [_line(card, TASK, "task") for card in held.rows(step)])


def plan_carried(held: Held, step: int) -> tuple[Outcome, ...]:
    """Lots and order are carried, or not."""
    return voted(held, step, PLAN)


def _line(card: Card, keys: tuple[str, ...], first: str) -> dict[str, Value]:
    """A line as the table of the dialogue has it; its first cell is what was written, unless a cell does."""
    cells = {key: card.fields[key] for key in keys if card.fields.get(key) not in (None, "")}
    return {first: card.text, **cells, "id": card.id}


def _filled(question: str, rows: list[dict[str, Value]]) -> tuple[Outcome, ...]:
    return (Fill(flow=FLOW, part=PART, values={question: rows}),) if rows else ()
