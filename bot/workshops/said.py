"""Lines of a workshop in the channel: handed over, its desk empty, paused, on again, another mode, off."""

from bot.outbound.render import Message
from bot.parts import Parts
from bot.request import Json
from bot.rounds.cards import message
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn
from bot.workshops.gathering import MOST
from bot.workshops.scene import Scene, scene
from storage.database import Connection
from storage.outbox import Row


def line(conn: Connection, row: Row, parts: Parts) -> Message | None:
    """One of them, for everybody to read."""
    found = scene(conn, parts, workspace=row.workspace, id=str(row.ref.get("workshop", "")))
    if found is None:
        return None
    what, by, to = (str(row.ref.get(key, "")) for key in ("said", "by", "to"))
    said = words(found, what, by, to or str(row.ref.get("step", "")), flow=str(row.ref.get("flow", "")))
    rows: list[Json] = [blocks.section(said)]
    over = {
        "handed_over": found.w.p("workshop", "Take it back"),
        "vacant": found.w.p("workshop", "Take over"),
    }
    if (label := over.get(str(row.ref.get("said")))) and found.workshop.state in (
        "planned",
        "open",
        "paused",
    ):
        rows.append(blocks.actions(elements.button(label, "workshop.take_over", value=found.workshop.id)))
    return message(*rows)


def words(  # noqa: PLR0911 - one sentence each
    found: Scene, what: str, by: str, to: str, *, flow: str = ""
) -> Mrkdwn:  # fmt: skip
    """What happened, by whom. `to`: who or what it went to; the step, where it went back to one. `flow`: the
    dialogue whose form was filled in."""
    w, id = found.w, found.script.id
    name, other = found.name(by), found.name(to)
    match what:
        case "handed_over":
            voters = len(found.workshop.voters)
            return w.md(
                "*{name} now facilitates {id}*, without a vote. {n} voters.", name=other, id=id, n=voters
            )
        case "vacant":
            return w.md(
                "*Nobody is at the desk of {id} any more.* Nothing is lost. The facilitator, the lead or the "
                "expert of the project takes over in one press.", id=id,
            )  # fmt: skip
        case "paused":
            return w.md(
                "*{id} is paused* by {name}. Nothing runs out, and nothing is lost.", id=id, name=name
            )
        case "resumed":
            return w.md("*{id} goes on.*", id=id)
        case "mode" if to == "async":
            return w.md("*{id} goes on in the channel*, step by step.", id=id)
        case "mode":
            return w.md("*{id} goes on live.*", id=id)
        case "reopened":
            return w.md(
                "*{id} goes back to step {n}.* What came of it stays readable; its vote is held anew.",
                id=id, n=to,
            )  # fmt: skip
        case "many":
            left = int(to)
            return w.plural_md(
                "*This vote is about the first {most}; {n} more did not fit.* Put alike ones together, or go "
                "back to this step afterwards for the rest.",
                "*This vote is about the first {most}; {n} more did not fit.* Put alike ones together, or go "
                "back to this step afterwards for the rest.", left, most=MOST,
            )  # fmt: skip
        case "filled":
            asked = found.playbook.flows.get(flow)
            return w.md(
                "*Step {n} of {id} has closed again.* Its result stands in *{dialogue}* anew, in place of "
                "what it had put there.", n=to, id=id, dialogue=asked.title if asked is not None else flow,
            )  # fmt: skip
        case "stopped":
            return w.md("*{id} has ended* without deciding what was open.", id=id)
        case _:
            return w.md("*{id} will not take place.*", id=id)


MESSAGES = {"workshop_line": line}
