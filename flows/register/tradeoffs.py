"""What the trade-offs (D13) record: tensions that people name, and what the arbiter decides."""

from flows.dialogue.effects import Draft
from flows.register.said import Said, Setting, filled, in_title
from flows.words import Words


def tension(said: Said) -> tuple[Draft | Setting, ...]:
    """ARB09: another tension, proposed."""
    if said.value is None:
        return ()
    fields = {"pair": said.value, "by": said.dialogue.person}
    title = in_title(said.value)
    return (Draft(kind="tradeoff", item=said.question.id, title=title, status="proposed", fields=fields),)


def tradeoffs(said: Said) -> tuple[Draft | Setting, ...]:
    """ARB10: each tension that is settled, and the decision that settles it, with what is given up."""
    drafts: list[Draft] = []
    title = Words("{pair}: {position}", "{pair} : {position}")
    for row in said.value or ():
        settled = title.fill(pair=in_title(row["pair"]), position=said.cell("position", row["position"]))
        trade = Draft(kind="tradeoff", item=row["id"], title=settled, status="decided", fields=filled(row))
        decided = {
            "choice": row["position"], "date": said.today.isoformat(), "reason": row["reason"],
            "loss": row["loss"], "review_date": row.get("review"), "method": "arbitration",
            "decided_by": said.dialogue.person,
        }  # fmt: skip
        drafts += [
            trade,
            Draft(kind="decision", item=row["id"], title=settled, status="accepted", fields=decided),
        ]
    return tuple(drafts)
