"""What can be pressed on the card of a step, by its phase and method; the same in private messages."""

from collections.abc import Mapping
from typing import Any

from bot.words import blocks, elements
from bot.words.text import N_
from bot.workshops.ballots import FIST
from bot.workshops.scene import Scene
from flows.workshop.ballot import Ballot
from flows.workshop.script import Method, Step

Json = dict[str, Any]
ONE_ROW = 3  # so many buttons of a step stand in one row with those of every step
READ, PLEASED = N_("I have read it"), N_("What pleases us")
#: What the button that opens the form of a step says.
GIVE: Mapping[Method, str] = {
    "talk": N_("Write privately"), "show": N_("Write privately"), "cards": N_("Write privately"),
    "write": N_("Write"), "round": N_("Add mine"), "rows": N_("Propose a line"), "read": READ,
    "decide": N_("Decide"), "close": PLEASED,
}  # fmt: skip
VOTE = N_("Vote")
GIVE_DOTS = N_("Give my dots")


def rows(found: Scene, step: Step, *, more: list[Json]) -> list[Json]:
    """The buttons of a step as rows; `more`: those of every step, beside them where there is room."""
    now = buttons(found, step) if found.workshop.state == "open" else []
    if len(now) <= ONE_ROW:
        return [blocks.actions(*now, *more)] if now or more else []
    return [blocks.actions(*now), *([blocks.actions(*more)] if more else [])]


def buttons(found: Scene, step: Step) -> list[Json]:  # noqa: PLR0911 - one answer a phase
    """What somebody can do now, by phase and method."""
    workshop, w = found.workshop, found.w
    value = f"{workshop.id}:{workshop.move}"
    if workshop.voting and workshop.ballot is not None:
        return _voting(found, workshop.ballot)
    if found.script.behind_doors and workshop.phase in ("between", "preparing"):
        return []
    if workshop.phase == "between":
        if not found.amending:
            return []
        return [elements.button(w("What would bring me to 3"), "workshop.give", value=f"{value}:to_three")]
    if workshop.phase == "preparing":
        return [elements.button(w("Add one"), "workshop.give", value=f"{value}:idea")]
    if step.sealed and workshop.phase == "open":
        box = found.boxes.get(f"{found.script.id}.{step.number}")
        return [elements.button(w("Answer (anonymous)"), "anonymous.open", value=box)] if box else []
    if workshop.phase == "shown":
        return []
    return _giving(found, step, value)


def _voting(found: Scene, ballot: Ballot) -> list[Json]:
    """Six buttons for one text to support, else the way to the form."""
    w, value = found.w, f"{found.workshop.id}:{ballot.number}"
    if ballot.kind == "fist" and len(ballot.items) == 1:
        points = [
            elements.button(f"{n} {w(said)}", f"workshop.fist:{n}", value=f"{value}:{n}")
            for n, said in FIST.items()
        ]
        return [*points, elements.button(w("With a reason"), "workshop.vote", value=value)]
    label = w(GIVE_DOTS) if ballot.kind == "dots" else w(VOTE)
    return [elements.button(label, "workshop.vote", value=value, style="primary")]


def _giving(found: Scene, step: Step, value: str) -> list[Json]:
    w = found.w
    if step.method == "close":
        return _closing(found, value)
    if step.method == "read":
        return [elements.button(w(READ), "workshop.done", value=value, style="primary")]
    if found.script.behind_doors or step.elsewhere:
        return []
    kinds = {"write": "idea", "round": "idea", "rows": "row", "decide": "decision"}
    style: Any = "primary" if step.method in kinds else None
    go = elements.button(
        w(GIVE[step.method]), "workshop.give", value=f"{value}:{kinds.get(step.method, 'note')}", style=style
    )
    # live, whoever facilitates ends what is talked about; in the channel it closes once all have said so
    talked = step.method in ("talk", "show") and found.workshop.mode == "async"
    if talked or step.method in ("round", "write", "rows", "cards"):
        words = w("Pass") if step.method == "round" else w("Nothing to add")
        return [go, elements.button(words, "workshop.done", value=value)]
    return [go]


def _closing(found: Scene, value: str) -> list[Json]:
    """Right or to be corrected; worth the time, anonymously; what pleases us."""
    w, id = found.w, found.workshop.id
    return [
        elements.button(w("That’s right"), "workshop.done", value=value, style="primary"),
        elements.button(w("Correct"), "workshop.correct", value=id),
        *score(found),
        elements.button(w(PLEASED), "workshop.give", value=f"{value}:pleased"),
    ]


def score(found: Scene) -> list[Json]:
    """The way to the anonymous "Was this worth your time?", while its box is open."""
    box = found.boxes.get("worth")
    if not box:
        return []
    return [elements.button(found.w("Worth your time? (anonymous)"), "anonymous.open", value=box)]
