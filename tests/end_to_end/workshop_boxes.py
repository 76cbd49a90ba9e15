"""What people write into the sealed boxes of a workshop, by the form behind the card's button; and a wave
that has closed before it."""

import asyncio
import random
from datetime import date, timedelta

from flows.project import Project
from flows.wave.ballot import read
from flows.wave.model import Ballot, Item
from storage import ballot as ballots
from storage import wave as waves
from storage.database import Connection
from storage.sealing import Sealer
from tests.end_to_end.workshop_people import Meeting
from tests.end_to_end.workshop_record import ID

WRITERS = ("marc", "ines", "paul", "sofia", "hugo")
WRITTEN, SCORE = "WRT02", "WRT01"
KEY = Sealer("a key of the tests, which is long enough")
SHUFFLE = random.Random(7).shuffle  # noqa: S311 - the same in each run


async def write_unsigned(meeting: Meeting, **said: str) -> None:
    """These people write into the box of the step. Nothing says who has: whoever facilitates closes it."""
    await asyncio.gather(*(_answers(meeting, who, WRITTEN, text) for who, text in said.items()))
    await meeting.facilitator.presses("next")


async def reaches(meeting: Meeting, step: int) -> None:
    """The step before is over: in the channel by itself where everybody has answered."""
    room = meeting.room
    room.at = min(room.at, room.workshop.step)
    while room.workshop.running and room.workshop.step < step:
        room.at = room.workshop.step
        await meeting.facilitator.next()
    await room.until(lambda now: now.step == step)
    room.at = step


async def score(meeting: Meeting, point: int, *who: str) -> None:
    """These people say whether it was worth their time."""
    await asyncio.gather(*(_answers(meeting, one, SCORE, str(point)) for one in who))


async def _answers(meeting: Meeting, who: str, question: str, said: str) -> None:
    one = meeting.people.one(who)
    await meeting.people.press(who, "anonymous.open")
    view = await one.opened()
    done = await one.does("submit", view_id=view["id"], values={question: {"answer": said}})
    assert not done.get("errors"), done
    await one.changed_from(view)
    await one.puts_down()


def feelings(conn: Connection, *, project: Project, today: date) -> None:
    """D07 has been answered by five, and has closed: before that nobody talks openly (2.1)."""
    item = Item(id="BEL01", kind="scale", invited=len(WRITERS))
    here = {"workspace": project.workspace}
    new = waves.NewWave(
        **here, project_id=project.id, what="D07", opened_by=ID["elodie"],
        opened_on=today - timedelta(days=9), closes_on=today - timedelta(days=1), threshold=5,
        items=(item,), invited={ID[who]: "" for who in WRITERS},
    )  # fmt: skip
    id = waves.create(conn, new, sealer=KEY)
    paper = read([item], {item.id: "3"})
    assert isinstance(paper, Ballot)
    for who in WRITERS:
        ballots.cast(
            conn,
            **here,
            wave_id=id,
            user=ID[who],
            ballot=paper,
            today=new.closes_on,
            sealer=KEY,
            shuffle=SHUFFLE,
        )
    waves.close(conn, **here, id=id, today=today, sealer=KEY, shuffle=SHUFFLE)
