"""Answers any dialogue on the screen from a map of what to say: reads each form, fills it, sends, finishes.

Does what a person can do and nothing else: presses, fills, submits. A form is filled at once where nothing
in it is told to the bot before it is sent; tables line by line in their own forms; exits by their menu.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.dialogue.model import Flow, Question
from tests.end_to_end.colleague import Colleague, Json, questions

MOST = 80  # forms of one dialogue
CHECK, SCREEN = "dialogue.check", "dialogue.screen"


@dataclass(frozen=True, slots=True)
class Exit:
    """Said in place of an answer: "unknown", "outside", "later" or "nobody"."""

    way: str


#: What somebody says to the question with this id ("NEE03@REQ-1" about a record): a value, an exit, or None
#: for nothing: what is there stays.
Says = Callable[[str], Any]


async def answers(who: Colleague, flow: Flow, says: Says) -> None:
    """Open the dialogue from Home, answer all of it, press "I'm done", put it away."""
    await who.opens(flow.title.en)
    await goes_through(who, flow, says)
    await who.puts_down()


async def goes_through(who: Colleague, flow: Flow, says: Says) -> None:
    """From the form that is open to the end."""
    view: Json | None = await who.opened()
    for _ in range(MOST):
        if view is None or not view["submit"]:
            return
        if view["callback_id"] == SCREEN:
            view = await fills_screen(who, flow, says, view)
            continue
        last = view["callback_id"] == CHECK
        view = await sends(who, view)
        if last:
            return
    raise AssertionError(f"{who.who} gets to no end of {flow.id} {who.where(await who.reads())}")


async def fills_screen(who: Colleague, flow: Flow, says: Says, view: Json) -> Json | None:
    """Everything this screen asks, what follows from a choice included; then its button. What comes next."""
    seen: set[str] = set()
    typed: Json = {}
    while waiting := [id for id in questions(view) if id not in seen]:
        seen.add(waiting[0])
        said, question = says(waiting[0]), flow.question(waiting[0])
        assert question is not None, waiting
        if isinstance(said, Exit):
            await who.leaves(question.id, said.way)
        elif said is None or _there(view, question):
            continue
        elif _alone(view, question):
            done = await who.fills_in(flow, {question.id: said})
            assert not done.get("errors"), (question.id, done)
        else:
            typed |= raw(question, said, _blocks(view, question))
            continue
        view = await who.modal()
    return await sends(who, view, typed)


def _blocks(view: Json, question: Question) -> dict[str, Json]:
    """The fields of this question."""
    return {b["block_id"]: b for b in view["blocks"] if b["block_id"].startswith(f"q:{question.id}:")}


def _there(view: Json, question: Question) -> bool:
    """A table that has lines already: somebody else's, and the same."""
    return any(block["block_id"].startswith(f"l:{question.id}:") for block in view["blocks"])


def _alone(view: Json, question: Question) -> bool:
    """It is answered by itself, not with the screen: a table, or a choice that the bot hears of at once."""
    fields = _blocks(view, question).values()
    return question.kind == "rows" or not fields or any(block.get("dispatch_action") for block in fields)


def raw(question: Question, said: Any, blocks: Mapping[str, Json]) -> Json:
    """The fields of a question, as the control API takes them."""
    if question.kind == "ranking":
        pairs = zip(blocks, said, strict=True)
    elif isinstance(said, dict):
        pairs = ((block, said[of]) for block in blocks if (of := block.rpartition(":")[2]) in said)  # type: ignore[assignment]
    else:
        last = question.external and not str(said).startswith("U")
        pairs = [([*blocks][-1 if last else 0], said)]  # type: ignore[assignment]
    return {
        block: {blocks[block]["element"]["action_id"]: value if isinstance(value, list) else str(value)}
        for block, value in pairs
    }


async def sends(who: Colleague, view: Json, typed: Json | None = None) -> Json | None:
    """Fill these fields and press the button; nothing is refused. The form that comes next, if one does."""
    answer = await who.does("submit", view_id=view["id"], values=typed or {})
    if not answer.get("ok") or answer.get("errors"):
        raise AssertionError(f"{who.who}: {answer} {who.where(await who.reads())}")
    return await who.changed_from(view)
