"""Plays a story of tests/stories on the screen: each step by the person it names, to the real bot.

A person reaches the screen a step names as people do: from Home, by Back, by putting questions off, or
from the page of their answers. Dates of a story are moved by whole weeks, because the bot's clock only
goes forward. What a story expects is looked for where people see it, and in the bot's database.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flows.dialogue.model import Flow, Screen
from flows.playbook import Playbook
from flows.register.model import Kept
from sandbox import reading
from sandbox.person import Cannot, NotSeen
from storage import dialogue as dialogues
from tests.end_to_end import seeding
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import PEOPLE, Company
from tests.end_to_end.founding import creates, invites, sets_up, someone

Json = dict[str, Any]
CONFIRM = ("What this changes", "Press again to keep your choice.")
SENT_WITH_INVITATIONS = ("D01", "D02", "D03")
FIRST = ("SET01", "SET02")  # what of the first screen may be left


class Teller:
    """Plays one story, step by step, and says where it went otherwise than told."""

    def __init__(self, company: Company, playbook: Playbook, story: Json) -> None:
        self.company, self.playbook, self.story = company, playbook, story
        self.flow: Flow = playbook.flows[story["flow"]]
        self.title = self.flow.title.en
        self.people: dict[str, Colleague] = {}
        self.answer: Json = {}
        self.weeks = timedelta()
        self.run_id = ""
        self.waiting: Json = {}  # what was sent last
        self.followed = False  # a follow-up came as soon as its cause was chosen, and waits for its answer

    async def begins(self) -> None:
        """The day of the story comes; the project is there if the story says so."""
        now = (await self.company.now()).date()
        today: date = self.story["today"]
        day = now + timedelta(days=(today - now).days % 7 or 7)
        self.weeks = day - today
        await self.company.until(day)
        if self.story["cast"] == "boreal":
            elodie = self.person("elodie")
            await sets_up(elodie, self.company)
            await invites(elodie, self.company)
        elif self.story["steps"][0]["screen"] != "project":
            await self._starts_with_nothing()
        if self.flow.id not in SENT_WITH_INVITATIONS:
            await self._sent()

    async def _sent(self) -> None:
        """The dialogue of the story is with everybody, on the ground that the story names."""
        now, project = await self.company.now(), self.company.project
        named = {"project": project, "story": self.story, "playbook": self.playbook, "now": now}
        self.company.puts(seeding.before, **named, plain=self.plain)
        self.run_id = self.company.puts(seeding.sent, project=project, flow=self.flow, now=now)
        for part in self.story.get("parts", ()):
            self.company.puts(seeding.part, project=project, id=self.run_id, part=part)

    async def ends(self) -> None:
        for person in self.people.values():
            await person.leave()

    def person(self, name: str) -> Colleague:
        if name not in self.people:
            self.people[name] = someone(self.company, name, self.playbook)
        return self.people[name]

    def plain(self, value: Any) -> Any:
        """A story's value as people choose it: colleagues as ids, dates in this run's weeks."""
        match value:
            case str() if value.startswith("@"):
                return PEOPLE[value[1:]]["user"]
            case date():
                return (value + self.weeks).isoformat()
            case list():
                return [self.plain(one) for one in value]
            case dict():
                return {key: self.plain(one) for key, one in value.items()}
        return value

    async def plays(self, step: Json) -> None:
        """One step, then all that it expects."""
        who, self.followed = self.person(step["who"]), False
        if step.get("unasked"):
            return await self._lists_nothing(who)
        await getattr(self, f"does_{step['does']}")(who, step)
        expected = step.get("expect", {})
        for what in sorted(expected, key=ORDER.index):
            if self.followed and what not in ("asks", "silent"):
                continue
            await getattr(self, f"expect_{what}")(who, step, expected[what])
        return None

    async def _lists_nothing(self, who: Colleague) -> None:
        """Nothing of the dialogue is asked of them yet: Home gives them nothing to open."""
        await who.puts_down()
        await who.home()
        assert await who.offered(self.title) is None, "Home lists what asks nothing of them"

    # -- what people do -------------------------------------------------------------------------------------

    async def does_submit(self, who: Colleague, step: Json) -> None:
        expected, confirmed = step.get("expect", {}), step.get("confirmed", False)
        halted = {"problem", "warning", "consequences"} & set(expected)
        values = self.plain(step["values"])
        if confirmed and values == self.waiting and await self._waits(who):
            self.answer = await who.sends()
        elif self._is_creation(step):
            await who.puts_down()
            await creates(who, self.company, values)
        else:
            await self._goes(who, step["screen"])
            self.answer = await self._sends(who, values, confirmed=confirmed)
            if confirmed and await self._waits(who):
                self.answer = await who.sends()
        blocks = [block.split(":")[1] for block in self.answer.get("errors", {}) if ":" in block]
        self.followed = self.answer.get("sent") is False and bool(blocks) and not set(blocks) & set(values)
        self.waiting = values
        if not halted and not self.followed:
            assert not self.answer.get("errors"), self.answer["errors"]
            assert not await self._waits(who), await who.reads()

    async def does_exit(self, who: Colleague, step: Json) -> None:
        id, _, ref = step["question"].partition("@")
        screen = next(s for s in self.flow.screens if any(q.id == id for q in s.questions))
        await self._goes(who, f"{screen.key}@{ref}" if ref else screen.key)
        if step.get("expect", {}).get("problem"):  # a question without a way round offers none
            assert not any(f"exit:{id}" in str(block) for block in (await who.modal())["blocks"])
            self.answer = {"sent": False, "errors": {}, "offered": False}
            return
        await who.leaves(step["question"], step["exit"])
        if step.get("confirmed") and (await who.modal())["callback_id"] == "dialogue.exit":
            await who.sends()

    async def does_back(self, who: Colleague, step: Json) -> None:
        await self._again(who)
        if (await who.modal())["callback_id"] == "dialogue.check":
            await who.presses(f"dialogue.change:{step['question']}")
        await who.presses(f"dialogue.answer:{step['question']}")

    async def does_finish(self, who: Colleague, step: Json) -> None:
        await self._again(who)
        for _ in range(40):  # screens that are left with nothing to answer but what is put off
            if (await who.modal())["callback_id"] == "dialogue.check":
                break
            await who.sends()
        assert (await who.modal())["submit"], await who.reads()
        await who.sends()

    async def does_wait(self, who: Colleague, step: Json) -> None:
        await self.company.passes(days=step["days"])

    async def does_send(self, who: Colleague, step: Json) -> None:
        if self.flow.id not in SENT_WITH_INVITATIONS:
            self.company.puts(seeding.part, project=self.company.project, id=self.run_id, part=step["part"])
            return
        await who.puts_down()
        await who.channel("#boreal")
        await who.runs(f"/cadrage dialogue {self.flow.id}")
        await who.opened()
        await who.sends()

    async def does_invite(self, who: Colleague, step: Json) -> None:
        await invites(who, self.company)

    async def does_close(self, who: Colleague, step: Json) -> None:
        """Whoever comes next in the story has their form open meanwhile."""
        steps = self.story["steps"]
        following = steps[steps.index(step) + 1]
        await self._goes(self.person(following["who"]), following["screen"])
        await who.puts_down()
        await who.home()
        await who.chooses(f"run.menu:{self._run().id}", f"close:{self._run().id}")
        await who.opened()
        await who.sends()

    # -- how they get there ---------------------------------------------------------------------------------

    async def _starts_with_nothing(self) -> None:
        """A project of which everything that can be put off is put off."""
        elodie = self.person("elodie")
        await elodie.channel("#boreal")
        await elodie.runs("/cadrage new")
        await elodie.opened()
        for question in FIRST:
            await elodie.leaves(question, "later")
        await elodie.fills({"channel": "boreal"})
        await elodie.sends()

    def _is_creation(self, step: Json) -> bool:
        """The first screen of the set-up, before there is a project."""
        return self.flow.id == "D01" and step["screen"] == "project" and not self.company.projects

    async def _again(self, who: Colleague) -> None:
        await who.opens(self.title)

    async def _goes(self, who: Colleague, key: str) -> None:
        """Reach a screen: it is open, or comes by itself, or is one of those before, or is put off to."""
        if (await who.state())["modals"] and await self._on(who, key) and not await self._waits(who):
            return
        await self._again(who)
        for _ in range(2 * len(self.flow.screens) + 10):
            if await self._on(who, key):
                return
            if (await who.modal())["callback_id"] == "dialogue.check":
                await self._changes(who, key)
            elif not (await who.modal())["submit"]:
                return  # nothing can be answered any more
            elif self._place(await self._key(who)) >= self._place(key):
                await who.presses("dialogue.back")
            else:
                await self._puts_off(who)
        raise AssertionError(f"{who.who} does not get to {key}: {await who.reads()}")

    async def _changes(self, who: Colleague, key: str) -> None:
        """From the page of the answers to this screen, by the first of its questions that is there."""
        ref = key.partition("@")[2]
        wanted = [f"{q.id}@{ref}" if ref else q.id for q in self._screen(key).questions]
        for _ in range(6):
            there = [str(b.get("accessory", {}).get("action_id")) for b in (await who.modal())["blocks"]]
            found = next((id for id in wanted if f"dialogue.change:{id}" in there), None)
            if found:
                return await who.presses(f"dialogue.change:{found}")
            await who.presses("dialogue.page:on")
        raise AssertionError(f"{who.who} finds no answer of {key}: {await who.reads()}")

    async def _puts_off(self, who: Colleague) -> None:
        """ "Remind me later" for all that is needed on this screen; then on."""
        blocks = (await who.modal())["blocks"]
        for block in blocks:
            kind, question, *_ = f"{block['block_id']}::".split(":")
            if kind == "x":
                await who.leaves(question, "later")
        answer = await who.sends()
        assert not answer.get("errors"), answer

    async def _sends(self, who: Colleague, values: Mapping[str, Any], *, confirmed: bool) -> Json:
        """Fill and send. Slack itself asks for a field that is left empty; what a story leaves empty on
        purpose is seen to be asked for, then given, so that the bot's own problems show too."""
        empty = [id for id, value in values.items() if value is None]
        filled = {id: value for id, value in values.items() if value is not None}
        here = await who.asked()
        late = {id: filled.pop(id) for id in [*filled] if id not in here and self._comes_late(id, filled)}
        try:
            answer = await who.fills_in(self.flow, filled, confirmed=confirmed)
        except (Cannot, NotSeen) as error:
            if "is not offered" not in str(error):
                raise
            return {"ok": False, "sent": False, "offered": False, "errors": {}}
        if answer.get("errors") or (await who.modal())["callback_id"] == "dialogue.line":
            return answer
        answer = await who.sends()
        if empty:
            assert all(any(f":{id}:" in block for block in answer["errors"]) for id in empty), answer
            await who.fills_in(self.flow, dict.fromkeys(empty, PEOPLE["marc"]["user"]))
            answer = await who.sends()
        if late and not answer.get("errors"):
            await who.fills_in(self.flow, late)
            answer = await who.sends()
        return answer

    def _comes_late(self, id: str, filled: Mapping[str, Any]) -> bool:
        """It hangs on a text or a figure of this screen, of which the bot hears once it is sent."""
        question, ref = self.flow.question(id), id.partition("@")[2]
        causes = [f"{c.question}@{ref}" if ref else c.question for c in question.show_if] if question else []
        found = [self.flow.question(cause) for cause in causes if cause in filled]
        return any(one is not None and one.kind in ("text", "long_text", "number") for one in found)

    async def _waits(self, who: Colleague) -> bool:
        """The form says something first, and wants its button once more."""
        if not (await who.state())["modals"]:
            return False
        view = await who.modal()
        shown = f"{view['blocks']}{view['title']}{view.get('submit')}"
        return any(words in shown for words in CONFIRM) or "Change it" in str(view.get("submit"))

    async def _on(self, who: Colleague, key: str) -> bool:
        """The screen is open. One about a record is, when it asks anything about that record."""
        base, _, ref = key.partition("@")
        if not ref:
            return await self._key(who) == key
        there = (await self._key(who)).partition("@")[0] == base
        return there and any(id.endswith(f"@{ref}") for id in await who.asked())

    async def _key(self, who: Colleague) -> str:
        """The screen that is open, by its questions and, for a table on two screens, its title."""
        view = await who.modal()
        here = await who.asked()
        asked = {id.partition("@")[0] for id in here}
        if view["callback_id"] not in ("dialogue.screen", "setup.create"):
            return ""
        fits = [s for s in self.flow.screens if asked and asked <= {q.id for q in s.questions} | {"SET13"}]
        base = next((s.key for s in fits if s.title and s.title.en == view["title"]["text"]), "")
        ref = here[0].partition("@")[2] if here else ""
        return f"{base}@{ref}" if base and ref else base

    def _place(self, key: str) -> tuple[int, int]:
        """Where a screen stands: among the screens, then among the records of its kind."""
        base, _, ref = key.partition("@")
        number = int(ref.partition("-")[2] or 0) if ref else 0
        return next((n for n, screen in enumerate(self.flow.screens) if screen.key == base), -1), number

    def _screen(self, key: str) -> Screen:
        return next(screen for screen in self.flow.screens if screen.key == key.partition("@")[0])

    def _run(self) -> dialogues.Run:
        runs = self.company.reads(dialogues.runs, project_id=self.company.project.id)
        return next(run for run in runs if run.flow == self.flow.id)

    # -- what people see, and what is kept ------------------------------------------------------------------

    async def expect_problem(self, who: Colleague, step: Json, expected: dict[str, str]) -> None:
        errors = self.answer.get("errors", {})
        if self.answer.get("offered") is False:  # no field takes it
            return
        if self.answer.get("sent") is False:  # Slack itself refuses what its own fields can check
            assert all(any(f":{question}:" in block for block in errors) for question in expected), errors
            return
        shown = reading.folded("\n".join([await who.reads(), *errors.values()]))
        for question, words in expected.items():
            if step["values"].get(question, 0) is not None:
                said = reading.folded(re.sub(r"^Line \d+(: |\. .*?: )", "", words))
                assert said in shown, f"{words!r} not in {shown}"
        if "" in expected:
            await who.puts_down()

    async def expect_warning(self, who: Colleague, step: Json, expected: dict[str, str]) -> None:
        await who.sees(*expected.values(), CONFIRM[1])

    async def expect_consequences(self, who: Colleague, step: Json, expected: dict[str, list[str]]) -> None:
        asked = [*expected.get("again", ()), *expected.get("unused", ())]
        await who.sees(*(self.flow.question(id).words.en for id in asked))  # type: ignore[union-attr]
        await who.sees(
            *(
                title
                for name, titles in expected.items()
                if name not in ("again", "unused")
                for title in titles
            )
        )

    async def expect_records(self, who: Colleague, step: Json, expected: list[Json]) -> None:
        for wanted in expected:
            wanted["title"] = self._dated(wanted["title"])
            found = [r for r in self.company.records(wanted["kind"]) if r.title.en == wanted["title"]]
            assert len(found) == 1, (
                wanted["title"],
                [r.title.en for r in self.company.records(wanted["kind"])],
            )
            self._matches(found[0], wanted)
            await self._in_their_home(found[0])

    async def expect_amended(self, who: Colleague, step: Json, expected: dict[str, Json]) -> None:
        found = {record.ref: record.fields for record in self.company.records()}
        for ref, fields in expected.items():
            kept = {name: found[ref].get(name) for name in fields}
            assert kept == self.plain(fields), (ref, kept)

    async def expect_asks(self, who: Colleague, step: Json, expected: dict[str, str]) -> None:
        """Those on the screen that is open; the pure core is asked about the others."""
        here = await who.asked()
        await who.sees(*(words for id, words in expected.items() if id in here))

    async def expect_silent(self, who: Colleague, step: Json, expected: list[str]) -> None:
        assert not set(await who.asked()) & set(expected)

    async def expect_gone(self, who: Colleague, step: Json, expected: list[Json]) -> None:
        for wanted in expected:
            assert wanted["title"] not in [r.title.en for r in self.company.records(wanted["kind"])]

    async def expect_unknown(self, who: Colleague, step: Json, expected: dict[str, Json]) -> None:
        every = self.company.records("issue", status=("open", "resolved", "answered", "closed", "dropped"))
        for question, wanted in expected.items():
            found = [
                record
                for record in every
                if record.source == question and record.title.en.endswith("to be found out")
            ]
            assert len(found) == 1, (question, every)
            self._matches(found[0], wanted)

    async def expect_screen(self, who: Colleague, step: Json, expected: str | None) -> None:
        """Closed and opened again, the dialogue is there; all answered, it lists the answers."""
        if await self._waits(who):
            return
        halted = {"problem", "warning"} & set(step["expect"])
        if not halted and self._run_of(who):
            await self._again(who)
        if expected is None:
            assert (await who.modal())["callback_id"] in ("dialogue.check", "dialogue.done"), (
                await who.reads()
            )
        else:
            assert await self._key(who) == expected, await who.reads()

    async def expect_progress(self, who: Colleague, step: Json, expected: str) -> None:
        done, _, total = expected.partition(" of ")
        await who.puts_down()
        await who.home()
        if done == total:
            await who.sees("every screen is filled in")
        else:
            await who.sees(f"{done} of {total} saved")

    async def expect_finished(self, who: Colleague, step: Json, expected: bool) -> None:
        parts = self.company.reads(dialogues.participations, dialogue_id=self._run().id)
        done = next(part.done_at for part in parts if part.user == PEOPLE[who.who]["user"])
        assert (done is not None) == expected
        if expected:
            await who.sees("Thank you", "Saved.")
        await who.puts_down()

    async def expect_roles(self, who: Colleague, step: Json, expected: dict[str, str | None]) -> None:
        for role, name in expected.items():
            holder = self.company.project.cast.holders.get(role)  # type: ignore[call-overload]
            assert holder == (PEOPLE[name]["user"] if name else None), role

    async def expect_project(self, who: Colleague, step: Json, expected: Json) -> None:
        for name, value in expected.items():
            found = getattr(self.company.project, name)
            assert (found.isoformat() if isinstance(found, date) else found) == self.plain(value), name

    def _run_of(self, who: Colleague) -> bool:
        return bool(self.company.projects)

    def _matches(self, record: Kept, wanted: Json) -> None:
        for name in wanted.keys() - {"kind", "title"}:
            value = wanted[name]
            if name == "owner":
                value = PEOPLE[value]["user"] if value else None
            elif isinstance(value, date):
                value = value + self.weeks
            assert getattr(record, name) == value, (record.title.en, name, getattr(record, name))

    def _dated(self, title: str) -> str:
        """The title with its date in this run's weeks."""

        def moved(found: re.Match[str]) -> str:
            day = datetime.strptime(found[0], "%d %B %Y").replace(tzinfo=UTC).date() + self.weeks
            return f"{day.day} {day:%B %Y}"

        return re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}", moved, title)

    async def _in_their_home(self, record: Kept) -> None:
        """Whoever holds an open point finds it in their list."""
        name = next((key for key, person in PEOPLE.items() if person["user"] == record.owner), None)
        if name is None or record.kind not in ("issue", "action") or record.status not in ("open", "todo"):
            return
        owner = someone(self.company, name, self.playbook)
        async with owner:
            await owner.puts_down()
            await owner.channel("#boreal")
            await owner.runs("/cadrage todo")
            await owner.clicks("register.open")
            await owner.sees(f"{record.ref}", record.title.en)
            await owner.puts_down()


#: What changes nothing is looked at first; what opens the dialogue again comes after what is on the screen.
ORDER = [
    "problem", "warning", "consequences", "asks", "silent", "records", "amended", "gone", "unknown",
    "roles", "project", "finished", "screen", "progress",
]  # fmt: skip
