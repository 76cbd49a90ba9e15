"""A workshop played by its people through Slack's protocol: a script is a parameter, whatever its methods.

Everybody presses the buttons of the card and fills the forms behind them; the facilitator presses next. What
to press next is read from the record, as people read it from the card.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flows.workshop.model import Workshop
from flows.workshop.script import Step
from storage import workshop as workshops
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import CHANNEL, PEOPLE, Company

Json = dict[str, Any]
MOST = 60  # things that happen in one workshop
WAIT = 20.0  # seconds a busy machine may take


@dataclass(kw_only=True)
class Room:
    """The people of one workshop."""

    company: Company
    facilitator: Colleague
    voters: list[Colleague]
    id: str = ""
    say: Callable[[Colleague, str, Json], Any] | None = None
    seen: list[str] = field(default_factory=list)  # "method phase" as they came
    at: int = 0  # the step a story stands at

    @property
    def workshop(self) -> Workshop:
        """As it stands in the bot's record."""
        found = self.company.reads(workshops.get, id=self.id)
        assert found is not None
        return found

    async def prepares(self, script: str, **form: Any) -> None:
        """`/cadrage workshop W06`, the form, its button."""
        elodie = self.facilitator
        await elodie.puts_down()
        await elodie.channel(f"#{CHANNEL}")
        await elodie.runs(f"/cadrage workshop {script}")
        view = await elodie.opened()
        fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
        more: Json = {"anyway": ["anyway"], "because": "The team wants to try it first."}
        known = {key: value for key, value in {"when": "now", **more, **form}.items() if key in fields}
        await elodie.fills(known)
        done = await elodie.submits()
        assert not done.get("errors"), done
        self.id = self.company.reads(workshops.of_project, project_id=self.company.project.id)[-1].id
        await elodie.puts_down()

    async def opens(self, mode: str = "live") -> None:
        """[Open it live], and in live mode everybody is here."""
        await self.steers(f"open{mode}", rest=mode)
        if mode == "live":
            for one in self.voters:
                if self.workshop.person(await self._id(one)) is not None:
                    await self.presses(one, "workshop.here")

    async def steers(self, what: str, *, rest: str = "") -> None:
        """A button of the desk, and something has moved."""
        elodie, before = self.facilitator, self.workshop
        await elodie.puts_down()
        await elodie.channel(f"#{CHANNEL}")
        await elodie.clicks("workshop.agenda", within=WAIT)
        await elodie.opened()
        await elodie.clicks("workshop.desk", within=WAIT)
        await self._desk(elodie)
        await elodie.clicks(f"workshop.steer:{what}", within=WAIT)
        await self.until(lambda now: now.version != before.version)
        await elodie.puts_down()

    async def _desk(self, elodie: Colleague) -> None:
        for _ in range(200):
            view = await elodie.opened()
            if "workshop.steer" in str(view["blocks"]) or "workshop.hand_over" in str(view["blocks"]):
                return
            await asyncio.sleep(0.05)

    async def breathes(self) -> None:
        """A moment passes by the demo's clock: cards are drawn, one message a second."""
        await self.company.passes(seconds=1)

    async def presses(self, who: Colleague, action: str) -> None:
        """A button of a card in the channel."""
        await who.puts_down()
        await who.channel(f"#{CHANNEL}")
        await who.clicks(action, within=WAIT)

    async def until(self, so: Callable[[Workshop], bool]) -> Workshop:
        """Wait until the record says so."""
        for _ in range(int(WAIT / 0.05)):
            if so(now := self.workshop):
                return now
            await asyncio.sleep(0.05)
        raise AssertionError(f"the workshop stays as it is: {now.state} {now.step} {now.phase}")

    async def plays(self, *, upto: int = 99) -> None:
        """From where it stands to the end, or to a step."""
        script = self.company.project and self.facilitator.playbook.workshops[self.workshop.script]
        for _ in range(MOST):
            now = self.workshop
            if not now.running or now.step >= upto:
                return
            step = script.step(now.step)
            self.seen.append(f"{step.method} {now.phase}")
            if now.voting:
                await self.all_vote(now)
            elif now.phase == "open" and step.method in ("write", "read") and not step.sealed:
                await self.all_give(step)
            elif now.phase == "open" and step.method == "rows":
                await self.gives(self.voters[0])
                await self.steers("next")
            elif now.phase in ("open", "preparing", "between", "shown"):
                await self.steers("next")
        raise AssertionError(f"no end: {self.seen}")

    async def all_vote(self, before: Workshop) -> None:
        """Everybody who has a vote votes; the last one reveals."""
        voting = {one.user for one in before.voters}
        for one in self.voters:
            if await self._id(one) in voting:
                await self.votes(one)
        await self._closes(before, voting)

    async def votes(self, who: Colleague, point: int = 4) -> None:
        """One vote, once the card of this ballot is there: a button for the support vote, else the form."""
        before = self.workshop
        assert before.ballot is not None
        for _ in range(5):
            if before.ballot.kind == "fist":
                await self.presses(who, f"workshop.fist:{point}")
            else:
                await self._fills_ballot(who, before.ballot.kind, before.ballot.dots)
            if await self._noted(who, before):
                return
        raise AssertionError(f"{who.who}'s vote is not taken")

    async def _noted(self, who: Colleague, before: Workshop) -> bool:
        """Within two seconds; if not, the card was one of before."""
        user = await self._id(who)
        for _ in range(40):
            now = self.workshop
            if now.move != before.move or now.has_answered(user):
                return True
            await asyncio.sleep(0.05)
        return False

    async def _fills_ballot(self, who: Colleague, kind: str, dots: int) -> None:
        await self.presses(who, "workshop.vote")
        for _ in range(5):
            view = await who.opened()
            done = await who.does("submit", view_id=view["id"], values=filled(view, kind, dots))
            assert not done.get("errors"), done
            after = await who.changed_from(view)
            if after is None or after["callback_id"] != "workshop.voted":
                break
        await who.puts_down()

    async def all_give(self, step: Step) -> None:
        """Everybody writes something, or has read it; those who write in pairs say that it is all."""
        before = self.workshop
        voting = {one.user for one in before.voters}
        for one in self.voters:
            if await self._id(one) not in voting or self.workshop.has_answered(await self._id(one)):
                continue
            if step.method != "read":
                await self.gives(one)
            if step.method == "read" or step.pairs:
                await self.presses(one, "workshop.done")
            await self._noted(one, before)
        await self._closes(before, voting)

    async def _closes(self, before: Workshop, asked: set[str]) -> None:
        """By itself once all who were asked have answered, else by the facilitator."""
        everybody = {await self._id(one) for one in self.voters}
        for _ in range(20 if asked <= everybody else 0):
            if self.workshop.move != before.move:
                return
            await asyncio.sleep(0.05)
        if self.workshop.move == before.move:
            await self.steers("next")

    async def gives(self, who: Colleague) -> None:
        """One contribution by the form, once the card of this step is there."""
        await who.puts_down()
        await who.channel(f"#{CHANNEL}")
        step = self.workshop.step
        card = f"Étape {step} sur" if self.company.language == "fr" else f"Step {step} of"
        await who.sees(card, within=WAIT)
        await self.presses(who, "workshop.give")
        view = await who.opened()
        text = f"{who.who}: a shared list of contacts nobody copies"
        done = await who.does("submit", view_id=view["id"], values=written(view, text))
        assert not done.get("errors"), done
        await who.changed_from(view)
        await who.puts_down()

    async def _id(self, who: Colleague) -> str:
        return str(PEOPLE[who.who]["user"])


def filled(view: Json, kind: str, dots: int = 0) -> Json:
    """Every field of a ballot: dots on the first items, a hundred points to share, else an answer in turn."""
    values: Json = {}
    inputs = [
        block
        for block in view["blocks"]
        if block["type"] == "input" and block["block_id"].startswith("vote:")
    ]
    for n, block in enumerate(inputs):
        element = block["element"]
        if kind == "points":
            said = str(100 - 10 * (len(inputs) - 1)) if n == 0 else "10"
        elif kind == "dots":
            said = "1" if n < dots else "0"
        elif kind == "ranking":
            said = str(n + 1)
        else:
            options = element.get("options") or []
            said = options[len(options) // 2]["value"]
        values[block["block_id"]] = {element["action_id"]: said}
    return values


def written(view: Json, text: str) -> Json:
    """Every field of a contribution that can be filled with words or a choice."""
    values: Json = {}
    for block in view["blocks"]:
        if block["type"] != "input" or block["block_id"] in ("sign",):
            continue
        element = block["element"]
        match element["type"]:
            case "plain_text_input":
                values[block["block_id"]] = {element["action_id"]: text[: element.get("max_length", 300)]}
            case "static_select" | "radio_buttons" if not block["block_id"].endswith(":ref"):
                values[block["block_id"]] = {element["action_id"]: element["options"][0]["value"]}
            case "datepicker":
                values[block["block_id"]] = {element["action_id"]: "2027-03-01"}
            case "number_input":
                values[block["block_id"]] = {element["action_id"]: "2"}
            case _:
                pass
    return values
