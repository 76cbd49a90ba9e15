"""Plays the worked example through Slack's protocol: everybody answers by their own gestures in the sandbox.

Five weeks: set-up and invitations, goals, sponsorship, waves, sessions with vendors, workshops, one dialogue
after the other, each sent by the facilitator and closed by her in the end. The bot's clock goes on; nothing
is put into its database.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flows.dialogue.model import Flow
from flows.playbook import Playbook
from flows.wave.model import NO_ANSWER
from storage import dialogue as dialogues
from storage import wave as waves
from tests.end_to_end.answering import Exit, answers, fills_screen, goes_through, sends
from tests.end_to_end.colleague import LONG, Colleague, Json
from tests.end_to_end.company import CHANNEL, PEOPLE, Company
from tests.end_to_end.founding import creates
from tests.worked_example import saying
from tests.worked_example.sheets import FACILITATOR, Told, told

KEYS = {
    "p1": "claire", "p2": "marc", "p3": "ines", "p4": "paul", "p5": "sofia", "p6": "hugo", "p7": "nadia",
    "p8": "thomas", FACILITATOR: "elodie",
}  # fmt: skip
EXITS = {"unknown": "unknown", "outside": "outside"}
#: Anonymous questions, each in the wave that asks it (2.1), and the question asked with a check-in.
WAVES = ("D06", "D07", "steering_support", "C01")
ADDED = {"C01": "CHG12"}
#: After the goals, on the Friday of week 3: what everybody has been sent when week 5 begins.
SENT = ("D04", "D05", "D08", "D10", "D11", "D12", "D13", "D09")
LATER = ("D11", "D12", "D13")  # they have a part that is filled in during a workshop
OPEN_UNTIL = date(2026, 3, 27)  # of the file; all are closed by hand before
REASON = "The workshop was held before this tool came."


def user(key: str) -> str:
    """The Slack user id of somebody of the file."""
    return PEOPLE[KEYS[key]]["user"]


async def example(company: Company, playbook: Playbook, variant: str | None) -> "Example":
    """The base, or a variant, on the first Monday to come; weekdays are those of the file."""
    now, start = (await company.now()).date(), date(2026, 1, 12)
    later = now + timedelta(days=(start.weekday() - now.weekday()) % 7 or 7) - start
    told_ = told(playbook, variant, user, later=later)
    return Example(company=company, playbook=playbook, told=told_, later=later)


@dataclass(kw_only=True)
class Example:
    """The example, one case of it, at the company."""

    company: Company
    playbook: Playbook
    told: Told
    later: timedelta  # by how much the dates of the file are moved
    people: dict[str, Colleague] = field(default_factory=dict)

    async def plays(self) -> None:
        """All of it, to ten in the morning of the day of the example, every dialogue closed."""
        start, shared = self.told.case["form"]["SET18"], self.told.case["facts"]["obj09_shared_on"]
        try:
            await self.company.until(start)
            await self._founds()
            await self._everybody("D02")
            await self._alone("p1", "D03")
            await self.company.until(shared)
            await self._goals()
            await self._vendors()
            for flow in SENT:
                await self._sends(flow)
                await self._everybody(flow)
            for flow in LATER:
                await self._sends(flow)
                await self._everybody(flow)
            await self._consults()
            await self.company.until(self.told.today - timedelta(days=4))
            await self._alone("p2", "D03")
            await self.company.until(self.told.today)
            await self._closes()
        finally:
            for person in self.people.values():
                await person.leave()

    # -- who says what --------------------------------------------------------------------------------------

    def person(self, key: str) -> Colleague:
        if key not in self.people:
            self.people[key] = Colleague(self.company.sandbox.url, KEYS[key], self.playbook)
        return self.people[key]

    @property
    def elodie(self) -> Colleague:
        return self.person(FACILITATOR)

    def says(self, flow: Flow, key: str, **instead: Any) -> Any:
        """What this person says to each question of the dialogue; `instead`: by question, something else."""
        needs = {one.ref: one.title.en for one in self.company.records("need")} if flow.id == "D11" else {}
        exits = self.told.exits.get((flow.id, key), {})

        def said(id: str) -> Any:
            question = flow.question(id)
            assert question is not None, id
            base = id.partition("@")[0]
            if base in instead:
                return instead[base]
            if base in exits or saying.unknown(self.told, flow.id, [question]):
                return Exit(EXITS[exits.get(base, "unknown")])
            return saying.value(self.told, flow.id, key, question, needs=needs, someone=user("p2"))

        return said

    async def _alone(self, key: str, flow: str, **instead: Any) -> None:
        content = self.playbook.flows[flow]
        await answers(self.person(key), content, self.says(content, key, **instead))

    async def _everybody(self, flow: str, **instead: Any) -> None:
        """Whoever the questions sent last are put to, one after the other, in the order of the file."""
        run, cast = self._run(flow), self.company.project.cast
        sent = [
            q for q in self.playbook.flows[flow].questions if q.part == (run.parts[-1] if run.parts else None)
        ]
        invited = {part.user for part in self.company.reads(dialogues.participations, dialogue_id=run.id)}
        asked = invited & {who for question in sent for who in cast.audience(question.audience)}
        for key in KEYS:
            if user(key) in asked:
                await self._alone(key, flow, **instead)

    def _run(self, flow: str) -> dialogues.Run:
        every = self.company.reads(dialogues.runs, project_id=self.company.project.id)
        return next(run for run in every if run.flow == flow)

    # -- the facilitator ------------------------------------------------------------------------------------

    async def _founds(self) -> None:
        """The set-up, then "Invite the team": sponsorship and goals."""
        flow, elodie = self.playbook.flows["D01"], self.elodie
        said = self.told.answers["D01", FACILITATOR]
        rows = [{k: v for k, v in row.items() if k in ("person", "function")} for row in said["SET13"]]
        says = self.says(flow, FACILITATOR, SET13=rows)
        await creates(elodie, self.company, {id: says(id) for id in ("SET01", "SET02", "SET18", "SET20")})
        view = await elodie.opened()
        for _ in range(3):
            view = await fills_screen(elodie, flow, says, view or {})
        await elodie.puts_down()
        await answers(elodie, flow, says)
        await elodie.home()
        await elodie.clicks("invite.open:next", within=LONG)
        await self._sent()
        if said.get("SET14") == "external":  # SET15 is the lead's
            await self._alone("p2", "D01")

    async def _sends(self, flow: str) -> None:
        """`/cadrage dialogue D04`: the dialogue, or the next part of it."""
        await self._runs(f"/cadrage dialogue {flow}")
        await self._sent()

    async def _runs(self, command: str) -> None:
        await self.elodie.puts_down()
        await self.elodie.channel(f"#{CHANNEL}")
        done = await self.elodie.runs(command)
        assert done["ok"], done

    async def _sent(self) -> None:
        """The form of a sending: until late, and where a guard stands in the way, why all the same."""
        view = await self.elodie.opened()
        blocks = {block["block_id"] for block in view["blocks"]}
        assert view["submit"], await self.elodie.reads()
        form: Json = {"closes": {"closes": (OPEN_UNTIL + self.later).isoformat()}}
        if "because" in blocks:
            form |= {"anyway": {"anyway": ["yes"]}, "because": {"because": REASON}}
        await sends(self.elodie, view, form)
        await self.elodie.puts_down()

    async def _goals(self) -> None:
        """The goals are shared on their day; then everybody says how far they stand behind them."""
        await self._sends("D02")
        await self._everybody("D02", OBJ09="shared")
        said = self.told.answers["D02", FACILITATOR]["OBJ09"]
        if said != "shared":
            await self.elodie.opens(self.playbook.flows["D02"].title.en)
            await self.elodie.presses("dialogue.change:OBJ09")
            await goes_through(self.elodie, self.playbook.flows["D02"], {"OBJ09": said}.get)
            await self.elodie.puts_down()

    async def _vendors(self) -> None:
        """Sessions are planned, held, and those who were there are asked what they saw."""
        flow = self.playbook.flows["D14"]
        sessions = self.told.case["rows"]["VND"]
        await self.company.until(min(one["date"] for one in sessions) - timedelta(days=2))
        await self._sends("D14")
        await answers(self.elodie, flow, self.says(flow, FACILITATOR))
        await self.company.until(min(one["date"] for one in sessions) + timedelta(days=1))
        await self._held("W09")
        await self._everybody("D14")

    async def _held(self, workshop: str) -> None:
        """In the plan: the first session was held, and who was at each of them."""
        await self._runs("/cadrage plan")
        await self.elodie.opened()
        menus = [
            (thing.action_id, option["value"])
            for thing in await self.elodie.things()
            for option in thing.element.get("options", ())
            if option["value"].startswith("held:") and option["value"].endswith(workshop)
        ]
        before = await self.elodie.modal()
        await self.elodie.chooses(*menus[0], within=LONG)
        await self.elodie.changed_from(before)
        view = await self.elodie.opened()
        fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
        there = {
            ref: {"there": [user(key) for key in people]}
            for ref, people in zip(fields, self.told.attended, strict=True)
        }
        await sends(self.elodie, view, there)
        await self.elodie.puts_down()

    async def _closes(self) -> None:
        """Every dialogue, from its menu in Home."""
        for run in self.company.reads(dialogues.runs, project_id=self.company.project.id):
            if run.flow == "D01":
                continue
            await self.elodie.home()
            await self.elodie.chooses(f"run.menu:{run.id}", f"close:{run.id}", within=LONG)
            await sends(self.elodie, await self.elodie.opened())
            await self.elodie.puts_down()
        await self.company.passes(minutes=1)

    # -- the waves ------------------------------------------------------------------------------------------

    async def _consults(self) -> None:
        """The four waves: opened, answered in one sitting each, closed by the clock."""
        opens = self.told.today - timedelta(days=7)
        await self.company.until(opens)
        for what in WAVES:
            await self._runs(f"/cadrage dialogue {what}")
            view = await self.elodie.opened()
            assert view["submit"], await self.elodie.reads()
            form = {
                "opens": {"opens": opens.isoformat()},
                "closes": {"closes": (opens + timedelta(days=2)).isoformat()},
            }
            added = {"added": {"added": [ADDED[what]]}} if what in ADDED else {}
            await sends(self.elodie, view, {**form, **added})
            await self.elodie.puts_down()
        every = self.company.reads(waves.of_project, project_id=self.company.project.id)
        for key in KEYS:
            for wave in every:
                if user(key) in self.company.reads(waves.invited, id=wave.id):
                    await self._votes(key, wave.id, self._of_wave(key, wave.what))

    def _of_wave(self, key: str, what: str) -> dict[str, str]:
        """What this person says in a wave; empty when they send no ballot."""
        asked = {question.id for question in self.playbook.waves[what].questions} | {ADDED.get(what, "")}
        return {id: str(said[key]) for id, said in self.told.ballots.items() if id in asked and key in said}

    async def _votes(self, key: str, wave: str, given: dict[str, str]) -> None:
        """One ballot, screen by screen, "No answer" where the example says nothing."""
        if not given:
            return
        who = self.person(key)
        await who.home()
        await who.clicks(f"anonymous.open:{wave}", within=LONG)
        view: Json = await who.opened()
        while view["submit"]:
            typed: Json = {}
            for block in view["blocks"]:
                element = block.get("element") if block["type"] == "input" else None
                if element and "options" in element and not element.get("initial_option"):
                    said = given.get(block["block_id"], NO_ANSWER)
                    many = element["type"] in ("checkboxes", "multi_static_select")
                    typed[block["block_id"]] = {element["action_id"]: [said] if many else said}
            view = await sends(who, view, typed) or {"submit": None}
        await who.puts_down()
