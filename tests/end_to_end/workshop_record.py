"""What a workshop has left behind, as people find it: records, messages of the channel, minutes."""

from dataclasses import dataclass, field
from datetime import date

import aiohttp

from flows.arbitration.model import Case
from flows.dialogue.effects import RecordKind
from flows.register.model import Kept
from storage import arbitration, win
from tests.end_to_end.company import CHANNEL, PEOPLE
from tests.end_to_end.gathering import WAIT, Json, Room

ID = {key: str(person["user"]) for key, person in PEOPLE.items()}
NAMES = {str(person["user"]): person["name"] for person in PEOPLE.values()}


@dataclass(kw_only=True)
class Left:
    """All of it, for the checks of a story."""

    room: Room
    checked: list[Kept] = field(default_factory=list)

    def every(self) -> list[Kept]:
        """Every record that comes from this workshop, filled into a dialogue by it or made by itself."""
        workshop = self.room.workshop
        return [
            one for one in self.room.company.records()
            if one.dialogue == workshop.id or one.fields.get("wks") == workshop.number
        ]  # fmt: skip

    def made(self, kind: RecordKind, *titles: str) -> list[Kept]:
        """The records of a kind that this workshop has made: these and no others, in this order."""
        found = [one for one in self.every() if one.kind == kind]
        known = {one.title.en: one for one in found}
        assert sorted(known) == sorted(titles), (kind, sorted(known))
        self.checked += found
        return [known[title] for title in titles]

    def of(self, kind: RecordKind, source: str, title: str) -> list[Kept]:
        """Records that were there before, by where they come from and what their title says."""
        return [
            one for one in self.room.company.records(kind)
            if one.source == source and title in one.title.en
        ]  # fmt: skip

    def wins(self) -> list[str]:
        """What is proposed as a win."""
        company = self.room.company
        return [one.said.en for one in company.reads(win.newest, project_id=company.project.id)]

    def cases(self) -> list[Case]:
        """What waits for the arbiter."""
        company = self.room.company
        return [*company.reads(arbitration.of_project, project_id=company.project.id)]

    def all_checked(self) -> None:
        """The story has looked at every record there is."""
        left = {one.ref: one.title.en for one in self.every()}
        for one in self.checked:
            left.pop(one.ref, None)
        assert not left, left

    async def today(self) -> date:
        """The day of the project."""
        return (await self.room.company.now()).date()

    async def channel(self, *texts: str) -> None:
        """Everybody reads this in the channel."""
        await self.room.facilitator.puts_down()
        await self.room.facilitator.channel(f"#{CHANNEL}")
        await self.room.facilitator.sees(*texts, within=WAIT)

    async def minutes(self) -> str:
        """The minutes that were posted in the channel when it ended."""
        kind = "compte-rendu" if self.room.company.language == "fr" else "minutes"
        name = f"{kind}-{self.room.workshop.script}-{self.room.workshop.number}-"
        await self.channel(name)
        file = next(file for file in await self._files() if file["name"].startswith(name))
        async with aiohttp.ClientSession() as session, session.get(file["url_private"]) as answer:
            return (await answer.read()).decode()

    async def _files(self) -> list[Json]:
        state = await self.room.facilitator.state()
        channel = next(one for one in state["channels"] if one["name"] == CHANNEL)
        return [file for message in channel["messages"] for file in message.get("files", [])]

    async def in_minutes(self) -> str:
        """Every record has its line in the project's language, with its number and its owner. The minutes, in
        plain spaces."""
        text = (await self.minutes()).replace("\u00a0", " ").replace("\u202f", " ")
        lines = [line.replace("\\", "") for line in text.splitlines()]
        for one in self.every():
            said = f"{one.ref} {one.title.in_(self.room.company.language)}"
            line = next((line for line in lines if said in line), "")
            if one.restricted:
                assert not line, f"{said!r} is not for everybody"
                continue
            assert line, f"{said!r} is not in the minutes:\n{text}"
            assert not one.owner or NAMES[one.owner] in line, line
        return text
