"""Somebody of the company at work with the bot: finds dialogues in Home, fills questions by their id, reads.

Does only what a person can do on the screen. Knows the form of a question (a list, ranks, lines), not
its words.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from flows.dialogue.model import Column, Flow, Question
from flows.playbook import Playbook
from sandbox.person import PATIENCE, Cannot, NotSeen, Person

Json = dict[str, Any]
LONG = 15.0  # seconds a busy machine may take until a page, a field or Home is there


class Colleague(Person):
    """One person, with the content at hand to know what a question looks like."""

    def __init__(self, url: str, who: str, playbook: Playbook) -> None:
        super().__init__(url, who)
        self.playbook = playbook

    # -- getting somewhere ----------------------------------------------------------------------------------

    async def opens(self, title: str) -> Json:
        """Open the dialogue with this title from Home, whatever its button says now."""
        await self.puts_down()
        await self.home()
        await self.sees(title, within=LONG)
        for _ in range(20):
            if button := await self.offered(title):
                with contextlib.suppress(Cannot):  # Home is drawn again just now
                    await self.does("click", container={"type": "home"}, **button)
                    return await self.opened()
            await asyncio.sleep(0.1)
        raise NotSeen(f"{self.who} finds no dialogue {title!r} in Home {self.where(await self.reads())}")

    async def offered(self, title: str) -> Json | None:
        """The button by which Home opens the dialogue of this title; None when it lists none."""
        for block in (await self.state())["home"]["blocks"]:
            action = str((block.get("accessory") or {}).get("action_id", ""))
            if action.startswith("dialogue.open:") and title in str(block):
                return {"action_id": action, "block_id": block["block_id"]}
        return None

    async def opened(self) -> Json:
        """The modal, once "Opening…" has gone."""
        for _ in range(int(LONG / 0.05)):
            view = await self.modal()
            if "Opening…" not in str(view["blocks"]) and "Ouverture…" not in str(view["blocks"]):
                return view
            await asyncio.sleep(0.05)
        raise NotSeen(f"{self.who} waits for a page that does not come")

    async def puts_down(self) -> None:
        """No form is open."""
        for _ in range(5):
            if not (await self.state())["modals"]:
                return
            with contextlib.suppress(Cannot):  # the page takes the place of "Opening…" just now
                await self.closes(everything=True)
                await self.no_modal()
            await asyncio.sleep(0.05)
        await self.no_modal()

    async def asked(self) -> list[str]:
        """The ids of the questions on the modal, in order, those left by an exit included."""
        return questions({"blocks": await self._blocks()})

    async def changed_from(self, before: Json, *, within: float = LONG) -> Json | None:
        """Wait until the modal shows something else, or has closed; what it shows then."""
        for _ in range(int(within / 0.05)):
            modals = (await self.state())["modals"]
            if not modals or (modals[-1]["id"], modals[-1]["hash"]) != (before["id"], before["hash"]):
                return dict(modals[-1]) if modals else None
            await asyncio.sleep(0.05)
        raise NotSeen(f"{self.who} sees the same form as before {self.where(await self.reads())}")

    async def clicks(self, what: str, value: Any = None, *, within: float = PATIENCE) -> Json:
        """As anybody; once more when the screen was drawn again between looking and pressing."""
        for pause in (0.1, 0.3, 1.0):
            try:
                return await super().clicks(what, value, within=within)
            except Cannot:
                await asyncio.sleep(pause)
        return await super().clicks(what, value, within=within)

    # -- answering ------------------------------------------------------------------------------------------

    async def presses(self, action: str) -> None:
        """Press the button with this action id in the modal, and wait for what follows."""
        before = await self.modal()
        await self.clicks(action)
        await self.changed_from(before)

    async def leaves(self, question: str, exit: str) -> None:
        """Take an exit of a question: "unknown", "outside", "later", "nobody"."""
        setup = any(f"setup.exit:{question}" in str(block) for block in await self._blocks())
        before = await self.modal()
        await self.chooses(f"{'setup' if setup else 'dialogue'}.exit:{question}", exit)
        await self.changed_from(before)

    async def sends(self) -> Json:
        """Press the button of the form. What came back: {ok, errors?}."""
        before = await self.modal()
        answer = await self.submits()
        if answer.get("ok") and not answer.get("errors"):
            await self.changed_from(before)
        return answer

    async def fills_in(self, flow: Flow, values: Mapping[str, Any], *, confirmed: bool = False) -> Json:
        """Answer questions of the screen that is open, without sending it. For a table the last answer of the
        bot is given back: a line may be refused. `confirmed`: what a line brings about is agreed to."""
        answer: Json = {"ok": True}
        for id, value in values.items():
            question = flow.question(id)
            assert question is not None, id
            await self._asks(id)
            if question.kind == "rows":
                answer = await self._table(question, value, confirmed=confirmed)
                if answer.get("errors") or await self._stopped():
                    return answer
            else:
                await self._field(question, value)
        return answer

    async def _field(self, question: Question, value: Any) -> None:
        if value == "nobody" and question.none is not None:
            return await self.leaves(question.id, "nobody")
        await self._asks(question.id)
        blocks = [b for b in await self._blocks() if str(b["block_id"]).startswith(f"q:{question.id}:")]
        if question.kind == "ranking":
            left = [option.value for option in question.options if option.value not in value]
            for block, rank in zip(blocks, value, strict=True):
                await self._puts(block, rank or left.pop())
            return None
        if isinstance(value, dict):
            for block in blocks:
                of = str(block["block_id"]).rpartition(":")[2]
                if of in value or question.kind == "points100":
                    await self._puts(block, value.get(of))
            return None
        outside = question.external and not str(value).startswith("U")
        block = blocks[-1 if outside else 0]
        if outside:
            await self.fills({blocks[0]["block_id"]: None})
        if value is not None:
            await self._puts(block, value if isinstance(value, list) else str(value))
        return None

    async def _puts(self, block: Json, value: Any) -> None:
        """Fill one field; where the bot hears of it at once, wait for what it makes of it."""
        before = await self.modal()
        await self.fills({block["block_id"]: value})
        if block.get("dispatch_action"):
            await self.changed_from(before)

    async def _asks(self, question: str) -> None:
        """The question has its field: one that was left is taken up again, one that follows has come."""
        for _ in range(int(LONG / 0.05)):
            for block in await self._blocks():
                if str(block["block_id"]).startswith((f"q:{question}:", f"a:{question}", f"l:{question}:")):
                    return
                again = block.get("accessory") or {}
                if str(block["block_id"]).startswith(f"e:{question}:"):
                    before = await self.modal()
                    await self.clicks(again["action_id"])
                    await self.changed_from(before)
                    break
            await asyncio.sleep(0.05)
        raise NotSeen(f"{self.who} is not asked {question} {self.where(await self.reads())}")

    # -- tables ---------------------------------------------------------------------------------------------

    async def _table(self, question: Question, rows: list[Json], *, confirmed: bool) -> Json:
        fields = [b for b in await self._blocks() if str(b["block_id"]).startswith(f"q:{question.id}:")]
        if fields and len(fields[0]["block_id"].split(":")) == 3:  # everybody at once
            people = [row[question.columns[0].key] for row in rows]
            await self.fills({fields[0]["block_id"]: people})
            return {"ok": True}
        if fields:
            return await self._each(question, rows)
        return await self._lines(question, rows, confirmed=confirmed)

    async def _each(self, question: Question, rows: list[Json]) -> Json:
        """One choice a person on the screen; what may stay empty has a form of its own."""
        key = question.columns[0].key
        here = " ".join(str(block["block_id"]) for block in await self._blocks())
        shown = [c for c in question.columns[1:] if f":{rows[0][key]}:{c.key}" in here]
        extra = [c for c in question.columns[2:] if c not in shown and any(c.key in row for row in rows)]
        for row in rows:
            for column in shown:
                block = await self._block(f":{row[key]}:{column.key}")
                if column.key in row:
                    await self.fills({block: row[column.key]})
        if extra:
            before = await self.modal()
            await self.clicks(f"dialogue.each:{question.id}")
            await self.changed_from(before)
            for row in rows:
                for column in extra:
                    if column.key in row:
                        await self.fills({f"p:{row[key]}:{column.key}": row[column.key]})
            return await self.sends()
        return {"ok": True}

    async def _lines(self, question: Question, rows: list[Json], *, confirmed: bool) -> Json:
        """Lines are added, changed and removed until the table says what is wanted, one form each."""
        answer: Json = {"ok": True}
        key = question.columns[0].key
        wanted = [str(row[key]) for row in rows]
        named = question.columns[0].kind == "text"
        for _ in range(len(await self._there(question))):
            there = await self._there(question)
            gone = [name for name in there if name not in wanted] if named else [*there][len(rows) :]
            if not gone or not there.keys() & {*wanted}:
                break
            await self._chooses_line(there[gone[0]], "remove")
            if await self._stopped() and not confirmed:
                return answer
            if await self._stopped():
                await self.sends()
            await self._is_gone(question, gone[0])
        for n, row in enumerate(rows):
            there = await self._there(question)
            known = wanted[n] if wanted[n] in there else None if named else dict(enumerate(there)).get(n)
            if known is not None:
                await self._chooses_line(there[known], "change")
            elif named and n < len(there) and len(there) >= len(rows):
                await self._chooses_line([*there.values()][n], "change")
            else:
                before = await self.modal()
                await self.clicks(f"dialogue.line.add:{question.id}")
                await self.changed_from(before)
            await self._cells(question.columns, row, known=len(there) > n)
            answer = await self.sends()
            if confirmed and await self._stopped() and not answer.get("errors"):
                answer = await self.sends()
            if answer.get("errors") or await self._stopped():
                return answer
        return answer

    async def _there(self, question: Question) -> dict[str, str]:
        """The lines there are, by their first cell: the action of their menu."""
        lines = [b for b in await self._blocks() if str(b["block_id"]).startswith(f"l:{question.id}:")]
        return {
            str(line["text"]["text"]).partition(". *")[2].partition("*")[0]: line["accessory"]["action_id"]
            for line in lines
        }

    async def _is_gone(self, question: Question, name: str) -> None:
        """The list under the form is drawn again without the line."""
        for _ in range(100):
            if name not in await self._there(question):
                return
            await asyncio.sleep(0.05)
        raise NotSeen(f"{self.who} still sees the line {name!r} {self.where(await self.reads())}")

    async def _chooses_line(self, menu: str, choice: str) -> None:
        before = await self.modal()
        await self.chooses(menu, choice)
        await self.changed_from(before)

    async def _cells(self, columns: Sequence[Column], row: Json, *, known: bool) -> None:
        """Fill the form of a line. `known`: it had something in it."""
        empty = [c for c in columns if row.get(c.key) is None and known]
        emptied = [c for c in empty if not c.required and c.kind not in ("single", "scale5")]
        filled = {c.key: row[c.key] for c in columns if row.get(c.key) is not None}
        typed: Json = {}
        cells: Json = {c.key: None for c in emptied}
        cells |= {key: value if isinstance(value, list) else str(value) for key, value in filled.items()}
        await self._block(f"c:{columns[0].key}")
        shown = {thing.block_id: thing for thing in await self.things() if thing.is_input}
        for key, value in cells.items():
            thing = shown[f"c:{key}"]
            raw = {thing.action_id: await self._value(thing, value)}
            if thing.container["dispatching"].get(thing.block_id):
                await self.fills({thing.block_id: value})
            else:
                typed[thing.block_id] = raw
        if typed:
            await self.does("fill", container=thing.container, values=typed)

    async def _stopped(self) -> bool:
        """The form says something first, and wants the button once more."""
        view = await self.modal()
        return str(view["callback_id"]).startswith("dialogue.line")

    async def _block(self, end: str) -> str:
        for _ in range(int(LONG / 0.05)):
            for block in await self._blocks():
                if str(block["block_id"]).endswith(end):
                    return str(block["block_id"])
            await asyncio.sleep(0.05)
        raise NotSeen(f"{self.who} finds no field …{end} {self.where(await self.reads())}")

    async def _blocks(self) -> list[Json]:
        modals = (await self.state())["modals"]
        return list(modals[-1]["blocks"]) if modals else []


def questions(view: Json) -> list[str]:
    """The ids of the questions on a form, in order, those left by an exit included."""
    return list(dict.fromkeys(question for block in view["blocks"] if (question := _question(block))))


def _question(block: Json) -> str:
    """The question a block belongs to; "" for others."""
    kind, _, rest = str(block.get("block_id", "")).partition(":")
    return rest.split(":")[0] if kind in ("q", "e", "a", "x") else ""
