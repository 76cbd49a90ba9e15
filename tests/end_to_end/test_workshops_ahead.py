"""W10 and W12 by their gestures, live and in the channel: one reading of the note; what moved this month."""

from pathlib import Path

import pytest
from sqlalchemy import select

from flows.playbook import Playbook
from flows.workshop.model import Mode
from storage import review as reviews
from storage.database import Connection
from storage.tables import answer
from tests.end_to_end.workshop_boxes import WRITERS, reaches, score
from tests.end_to_end.workshop_people import Meeting, company_meeting
from tests.end_to_end.workshop_record import ID, Left

SLOW = {"en": "Access takes three days", "fr": "Il faut trois jours pour un accès"}
GLAD = {"en": "We found the cause together", "fr": "Nous avons trouvé la cause ensemble"}


@pytest.mark.parametrize(("mode", "language"), [("live", "en"), ("async", "fr")])
async def test_w12_what_moved_and_what_is_in_the_way(
    tmp_path: Path, playbook: Playbook, mode: Mode, language: str
) -> None:
    slow, glad = SLOW[language], GLAD[language]
    async with company_meeting(tmp_path, playbook, language) as meeting:
        room, facilitator, people, left = (
            meeting.room,
            meeting.facilitator,
            meeting.people,
            Left(room=meeting.room),
        )
        await facilitator.prepares("W12", mode=mode)
        await facilitator.opens(mode)
        await people.puts_in("ines", "The first call back mattered to me")
        await reaches(meeting, 2)
        await people.write(marc=slow, paul="Two lists to keep")
        await reaches(meeting, 3)
        await people.vote({slow: 2})
        await reaches(meeting, 4)
        await left.channel({"en": "Nothing has been closed", "fr": "Rien n’a été réglé"}[language])
        await people.puts_in("sofia", "The list is still there twice")
        await reaches(meeting, 5)
        await people.puts_in("hugo", glad, button="workshop.give")
        await score(meeting, 4, *WRITERS)
        await facilitator.next()
        assert room.workshop.state == "ended"
        (action,) = [one for one in left.every() if one.kind == "action"]
        assert slow in str(action.title)
        assert action.owner == ID["marc"]
        assert action.due is not None
        (point,) = [one for one in left.every() if one.kind == "issue"]
        assert (point.owner, point.fields["workshop"]) == (ID["marc"], "W12.4")
        assert glad in left.wins()
        text = await left.in_minutes()
        assert "Two lists to keep" in text, "what was not chosen stays readable"


def readings(conn: Connection, *, workspace: str) -> list[str]:
    """Whose reading of the note is kept (RTE12)."""
    of = select(answer.c.author).where(answer.c.workspace == workspace, answer.c.question == "RTE12")
    return [str(row.author) for row in conn.execute(of)]


async def opens(meeting: Meeting, who: str, action: str) -> None:
    """A page or a form behind a button of the card."""
    one = meeting.people.one(who)
    await meeting.people.press(who, action)
    await one.opened()
    await one.puts_down()


GOAL = {
    "en": "Serve customers faster. First the contacts.",
    "fr": "Répondre plus vite. D’abord les contacts.",
}


@pytest.mark.parametrize(("mode", "language"), [("live", "fr"), ("async", "en")])
async def test_w10_reads_writes_and_carries_the_note(
    tmp_path: Path, playbook: Playbook, mode: Mode, language: str
) -> None:
    goal = GOAL[language]
    async with company_meeting(tmp_path, playbook, language) as meeting:
        room, facilitator, people = meeting.room, meeting.facilitator, meeting.people
        left = Left(room=room)
        await facilitator.prepares("W10", mode=mode)
        await facilitator.opens(mode)
        await people.press("marc", "workshop.done")
        await reaches(meeting, 2)
        await people.write(marc=goal, ines=goal, paul=f"{goal} {SLOW[language]}")
        await reaches(meeting, 3)
        await reaches(meeting, 5)
        await people.support(4, hugo=(2, "Say who pays"))
        await reaches(meeting, 6)
        await opens(meeting, "claire", "route.open")
        await opens(meeting, "claire", "review.sign")
        await reaches(meeting, 7)
        await facilitator.next()
        assert room.workshop.state == "ended"
        review = room.company.reads(reviews.latest, project_id=room.company.project.id)
        assert review is not None
        assert review.tally is not None
        assert (review.tally.where, review.tally.counts["2"], review.tally.passed) == ("W10", 1, True)
        assert set(room.company.reads(readings)) == {ID[who] for who in ("marc", "ines", "paul")}
        (carried,) = [one for one in left.every() if one.kind == "decision"]
        assert carried.fields["distribution"]["2"] == 1
        assert "Say who pays" in str(carried.fields["minority"])
        text = await left.in_minutes()
        assert goal not in text, "readings are for whoever rates them"
