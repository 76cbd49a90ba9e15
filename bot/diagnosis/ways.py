"""The one next step of an advice that a press can take: the dialogue that its rule reads.

Answer it where it is open to this person, send it where it has not been sent, read what came out of it
where it is closed. Opens nothing itself.
"""

from bot.diagnosis.picture import Picture, Reader
from bot.request import Json
from bot.words import elements
from bot.words.text import Wording
from flows.diagnosis.rules import CONDITIONS
from flows.dialogue.model import Flow
from flows.project import Role

#: The dialogue that asks for each kind of record a rule reads.
ASKED_IN = {
    "GAP": "D04", "COLLAB": "D06", "BPI": "D07", "DOM": "D10", "REQ": "D11", "RSK": "D12", "LOT": "D12",
    "TSK": "D12", "TRD": "D13", "VND": "D14", "DISCOVERY": "D14", "ATTENDANCE": "D14", "ARBITRATION": "D03",
}  # fmt: skip
SENDERS = frozenset[Role]({"facilitator", "lead"})


def way(w: Wording, picture: Picture, rule: str, reader: Reader, user: str) -> Json | None:
    """The button beside the advice, or None where there is nothing to press yet."""
    read = _dialogues(picture, rule)
    if not read:
        return None
    flow = next((flow for flow in read if _waits(picture, flow, user)), read[0])
    label, action = f"{rule}: {w.of(flow.title)}", f":{rule}"
    run = next((run for run in reversed(picture.runs) if run.flow == flow.id), None)
    if run is None:
        if flow.visibility == "anonymous" or not reader.roles & SENDERS:
            return None
        value = f"{picture.project.id}:{flow.id}"
        return elements.button(w("Send questions"), f"send.open{action}", value=value, label=label)
    if run.status == "closed":
        return elements.button(w("See what came out"), f"results.open{action}", value=run.id, label=label)
    if _asked(picture, flow, user):
        return elements.button(w("Answer"), f"dialogue.open{action}", value=run.id, label=label)
    return None


def _dialogues(picture: Picture, rule: str) -> list[Flow]:
    """Those its rule reads, in its order."""
    found = (picture.flows.get(ASKED_IN.get(id, "")) or picture.flow_of(id) for id in CONDITIONS[rule].reads)
    return [flow for flow in found if flow is not None]


def _waits(picture: Picture, flow: Flow, user: str) -> bool:
    """It is open, and something of it is for this person: the nearest step there is."""
    run = next((run for run in reversed(picture.runs) if run.flow == flow.id), None)
    return run is not None and run.status == "open" and _asked(picture, flow, user)


def _asked(picture: Picture, flow: Flow, user: str) -> bool:
    """Something of it is for this person."""
    cast = picture.project.cast
    return any(user in cast.audience(question.audience) for question in flow.questions)
