"""W07 and W09 by their gestures, live and in the channel: what could fail, and what a vendor has shown."""

from datetime import timedelta
from pathlib import Path

import pytest

from flows.playbook import Playbook
from flows.workshop.model import Mode
from tests.end_to_end.workshop_boxes import reaches
from tests.end_to_end.workshop_people import company_meeting
from tests.end_to_end.workshop_record import ID, Left

TIME = {"en": "Nobody has time for it", "fr": "Personne n’a le temps"}
SEEN = {f"K{n}": "seen" for n in range(1, 6)}


@pytest.mark.parametrize(("mode", "language"), [("live", "fr"), ("async", "en")])
async def test_w07_imagines_failure_then_plans(
    tmp_path: Path, playbook: Playbook, mode: Mode, language: str
) -> None:
    time = TIME[language]
    async with company_meeting(tmp_path, playbook, language) as meeting:
        room, facilitator, people = meeting.room, meeting.facilitator, meeting.people
        left, day = Left(room=room), await Left(room=room).today()
        await facilitator.prepares("W07", mode=mode)
        await facilitator.opens(mode)
        await reaches(meeting, 2)
        await people.write(marc=time, ines="The data is wrong")
        await reaches(meeting, 3)
        await reaches(meeting, 4)
        await people.vote({time: 2})
        await reaches(meeting, 5)
        await people.lines(
            "claire",
            {
                "cause": time,
                "family": "4",
                "likelihood": 4,
                "impact": 4,
                "owner": ID["paul"],
                "response": "Free days",
            },
            {"cause": "The data is wrong", "family": "1", "likelihood": 5, "impact": 3},
        )
        await reaches(meeting, 6)
        await people.lines("ines", {"statement": "Lists can be merged", "importance": 3, "evidence": 2})
        await reaches(meeting, 7)
        start, end = (day + timedelta(days=30)).isoformat(), (day + timedelta(days=90)).isoformat()
        await people.lines("marc", {
            "name": "First lot", "benefit": "Sales see all calls", "needs": "REQ-1", "groups": "Sales",
            "start": start, "end": end,
        })  # fmt: skip
        await reaches(meeting, 8)
        await people.lines("paul", {"task": "Clean the lists", "weeks": 3, "owner": ID["sofia"]})
        await reaches(meeting, 9)
        await people.support(4)
        await reaches(meeting, 10)
        await facilitator.next()
        assert room.workshop.state == "ended"
        risks = {
            str(one.title.en): one for one in left.every() if one.kind == "risk" and one.source == "PLA02"
        }
        assert risks[time].fields["score"] == 16
        assert risks[time].owner == ID["paul"]
        assert [one.title.en for one in left.every() if one.kind == "assumption"] == ["Lists can be merged"]
        (lot,) = [one for one in left.every() if one.kind == "lot"]
        assert lot.due is None or lot.due.isoformat() == end
        (task,) = [one for one in left.every() if one.kind == "task"]
        assert (task.owner, task.fields["weeks"]) == (ID["sofia"], 3)
        points = {one.fields["workshop"]: one for one in left.every() if one.kind == "issue"}
        assert {"W07.5", "W07.7"} <= {*points}, (
            "a high risk without owner; a lot that does not say when it is done"
        )
        assert [one.status for one in left.every() if one.kind == "decision" and one.source == "W07.9"] == [
            "accepted"
        ]
        await left.in_minutes()


@pytest.mark.parametrize(("mode", "language"), [("live", "en"), ("async", "fr")])
async def test_w09_learns_from_a_vendor(
    tmp_path: Path, playbook: Playbook, mode: Mode, language: str
) -> None:
    async with company_meeting(tmp_path, playbook, language) as meeting:
        room, facilitator, people = meeting.room, meeting.facilitator, meeting.people
        left = Left(room=room)
        aria = await meeting.known(
            "vendor", "Aria", due=await left.today(), fields={"scenarios": "A call comes in"}
        )
        await facilitator.prepares("W09", mode=mode)
        await facilitator.opens(mode)
        await left.channel("A call comes in")
        await reaches(meeting, 4)
        await people.write(
            marc={"learned": "Fast search", "worry": "No help in French"}, ines={"learned": "Easy lists"}
        )
        await reaches(meeting, 5)
        await people.lines("paul", {"what": "need", "text": "Log calls without typing"})
        await reaches(meeting, 6)
        await people.vote(SEEN, paul={**SEEN, "K1": "claimed"}, sofia={**SEEN, "K1": "claimed"})
        await reaches(meeting, 7)
        await facilitator.next()
        assert room.workshop.state == "ended"
        (risk,) = [one for one in left.every() if one.kind == "risk"]
        assert (risk.status, risk.fields["session"]) == ("proposed", aria.ref)
        (point,) = [one for one in left.every() if one.kind == "issue"]
        assert (point.owner, point.fields["session"]) == (ID["elodie"], aria.ref)
        (kept,) = room.company.records("vendor")
        assert kept.fields["grid"]["K1"]["level"] == "seen"
        assert ": 2" in kept.fields["grid"]["K1"]["note"], "how far people were apart"
        assert {*kept.fields["attendees"]} >= {ID["marc"], ID["paul"]}
        text = await left.in_minutes()
        assert "Easy lists" in text
