"""What the trade-offs (D13) record: tensions that people name, and what the arbiter decides."""

from typing import Any

from flows.dialogue.effects import PREFIX, Amend, Draft
from flows.dialogue.model import Value
from flows.dialogue.who import holder
from flows.register.said import Said, Setting, decided, filled, in_title
from flows.words import Words

#: What settling a tension adds to the record of it.
SETTLING = ("position", "reason", "loss", "review")
TITLE = Words("{pair}: {position}", "{pair} : {position}")


def tension(said: Said) -> tuple[Draft | Setting, ...]:
    """ARB09: another tension, proposed."""
    if said.value is None:
        return ()
    fields = {"pair": said.value, "by": said.dialogue.person}
    title = in_title(said.value)
    return (Draft(kind="tradeoff", item=said.question.id, title=title, status="proposed", fields=fields),)


def tradeoffs(said: Said) -> tuple[Draft | Setting, ...]:
    """ARB10: each tension that is settled, and the decision that settles it, with what is given up. One
    that somebody has named (ARB09) is settled itself; one of the eight sliders becomes a trade-off."""
    rows = said.value or ()
    drafts = [draft for row in rows for draft in _settled(said, row)]
    named = _named(said)
    return (*drafts, _amended(said, {row["pair"]: row for row in rows}, named)) if named else tuple(drafts)


def _settled(said: Said, row: dict[str, Any]) -> tuple[Draft, ...]:
    title = TITLE.fill(pair=said.cell("pair", row["pair"]), position=said.cell("position", row["position"]))
    arbiter = said.author if said.author == holder(said.dialogue, "arbiter") else None
    fields = {
        "choice": row["position"], "date": said.today.isoformat(), "reason": row["reason"],
        "loss": row["loss"], "review_date": row.get("review"), "settles": row["pair"],
        **decided(said, said.author, "arbitration"), **({"authority": "arbiter"} if arbiter else {}),
    }  # fmt: skip
    decision = Draft(kind="decision", item=row["id"], title=title, status="accepted", fields=fields)
    if row["pair"] in _named(said):
        return (decision,)
    trade = Draft(kind="tradeoff", item=row["id"], title=title, status="decided", fields=filled(row))
    return (trade, decision)


def _named(said: Said) -> tuple[str, ...]:
    """The tensions that people have named, by the number of their record."""
    pair = [option for column in said.question.columns if column.key == "pair" for option in column.options]
    prefix = f"{PREFIX['tradeoff']}-"
    return tuple(option.value for option in pair if option.value.startswith(prefix))


def _amended(said: Said, rows: dict[str, dict[str, Any]], named: tuple[str, ...]) -> Amend:
    """What is decided about each of them; nothing where the arbiter has not settled it, or no longer does."""
    fields: dict[str, dict[str, Value]] = {
        ref: {key: rows.get(ref, {}).get(key) for key in SETTLING} for ref in named
    }
    states = {ref: "decided" if ref in rows else None for ref in named}
    return Amend(question=said.question.id, fields=fields, states=states)
