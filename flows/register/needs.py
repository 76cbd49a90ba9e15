"""What needs and criteria (D11) record: needs, their place, size and reason, decisions on criteria."""

from collections import Counter
from dataclasses import replace

from flows.dialogue.cases import first_held
from flows.dialogue.effects import Amend, Draft
from flows.register.said import Said, Setting, decision, filled, in_title
from flows.words import Words


def needs(said: Said) -> tuple[Draft | Setting, ...]:
    """NEE01: a need a line. Its priority, effort and reason come from the board (Amend)."""
    return tuple(
        Draft(
            kind="need", item=row["id"], title=in_title(row["need"]),
            fields={**filled(row), "by": said.dialogue.person},
        )
        for row in said.value or ()
    )  # fmt: skip


def board(said: Said) -> tuple[Draft | Setting, ...]:
    """NEE02: the place of each need (M, S, C, W), and the decision that this version of the board is: it
    supersedes the one of the version before."""
    placed = said.value or {}
    places = {option.value: {"priority": placed.get(option.value)} for option in said.question.options}
    amended = Amend(question=said.question.id, fields=places)
    if not placed:
        return (amended,)
    count = Counter(placed.values())
    title = Words(
        "Needs sorted: {m} must, {s} should, {c} could, {w} not this time",
        "Besoins triés : {m} indispensables, {s} importants, {c} souhaitables, {w} pas cette fois",
    ).fill(m=count["M"], s=count["S"], c=count["C"], w=count["W"])
    return (amended, replace(decision(said, title, "accepted"), item=_version(said), replaces=True))


def _version(said: Said) -> str:
    answer = said.dialogue.answers.get(said.question.id)
    return f"version-{answer.version if answer is not None else 1}"


def need_size(said: Said) -> tuple[Draft | Setting, ...]:
    """NEE03: the effort of one need, in points."""
    effort = None if said.value is None else int(said.value)
    return (Amend(question=said.question.id, fields={said.ref: {"effort": effort}}),)


def need_reason(said: Said) -> tuple[Draft | Setting, ...]:
    """NEE04: why one need is a must."""
    return (Amend(question=said.question.id, fields={said.ref: {"must_reason": said.value}}),)


def criterion(said: Said) -> tuple[Draft | Setting, ...]:
    """NEE11 to NEE15: a decision once settled; one that is set aside waits for its reason."""
    if said.value in (None, "undecided"):
        return ()
    reason = said.follow("a") if said.value == "waived" else None
    status = "proposed" if said.value == "waived" and reason is None else "accepted"
    title = Words("{criterion}: {choice}", "{criterion} : {choice}")
    named = title.fill(criterion=said.question.short, choice=said.label(said.value))
    return (decision(said, named, status, reason=reason),)


def weights(said: Said) -> tuple[Draft | Setting, ...]:
    """NEE17: the weights of the evaluation, fixed before any demonstration; settled after one, it says so."""
    if said.value is None:
        return ()
    seen = first_held(said.dialogue)
    if seen is None:
        title = Words("Weights of the evaluation are fixed", "Les poids de l’évaluation sont fixés")
        return (decision(said, title, "accepted"),)
    title = Words(
        "Weights of the evaluation are settled after {ref} was seen",
        "Les poids de l’évaluation sont arrêtés après {ref}",
    )
    when = seen.fields.get("date")
    return (decision(said, title.fill(ref=seen.ref), "accepted", demonstrated_on=when),)
