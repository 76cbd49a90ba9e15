"""W04 and W11 by their gestures, live and in the channel: what frightens people stays among them, and what
they ask for is answered in public."""

from pathlib import Path

import pytest
from sqlalchemy import select

from flows.playbook import Playbook
from flows.workshop.model import Mode
from storage.database import Connection
from storage.tables import workshop_card
from tests.end_to_end.company import CHANNEL
from tests.end_to_end.workshop_boxes import WRITERS, feelings, reaches, score, write_unsigned
from tests.end_to_end.workshop_people import Meeting, company_meeting
from tests.end_to_end.workshop_record import ID, Left

SECRET = "My manager reads every call over my shoulder"
ASKED = {
    "en": ("Nobody is measured with it", "An hour a week to learn"),
    "fr": ("Personne n’est mesuré avec cet outil", "Une heure par semaine pour apprendre"),
}
WHY = {
    "en": "This tool measures work, and never people.",
    "fr": "Cet outil mesure le travail, jamais les personnes.",
}


def written(conn: Connection, *, workspace: str) -> list[str]:
    """The authors that are kept of cards."""
    of = select(workshop_card.c.author).where(
        workshop_card.c.workspace == workspace, workshop_card.c.author != ""
    )
    return [str(row.author) for row in conn.execute(of)]


@pytest.mark.parametrize(("mode", "language"), [("live", "fr"), ("async", "en")])
async def test_w04_worries_stay_among_those_who_have_them(
    tmp_path: Path, playbook: Playbook, mode: Mode, language: str
) -> None:
    first, second = ASKED[language]
    async with company_meeting(tmp_path, playbook, language) as meeting:
        room, facilitator, people = meeting.room, meeting.facilitator, meeting.people
        room.company.puts(feelings, project=room.company.project, today=await Left(room=room).today())
        await facilitator.prepares("W04", mode=mode)
        await facilitator.opens(mode)
        await facilitator.next()
        await write_unsigned(meeting, **dict.fromkeys(WRITERS, SECRET))
        await reaches(meeting, 3)
        said = (first, second, SECRET, "Time to try it", "Somebody to call")
        await write_unsigned(meeting, **dict(zip(WRITERS, said, strict=True)))
        await the_sponsor_reads_none_of_it(meeting)
        await reaches(meeting, 4)
        await people.vote({first: 1, second: 1})
        await reaches(meeting, 5)
        await the_sponsor_answers(meeting, first, second, language)
        await facilitator.next()
        await score(meeting, 4, *WRITERS)
        await facilitator.next()
        left = Left(room=room)
        assert room.workshop.state == "ended"
        assert room.company.reads(written) == []
        text = await left.minutes()
        assert first in text
        assert SECRET not in text


async def the_sponsor_reads_none_of_it(meeting: Meeting) -> None:
    """Neither in the channel, nor behind the button; those who were in the step read all of it."""
    claire, marc = meeting.people.one("claire"), meeting.people.one("marc")
    await claire.channel(f"#{CHANNEL}")
    await claire.does_not_see(SECRET)
    await meeting.room.presses(claire, "workshop.read")
    await claire.opened()
    await claire.does_not_see(SECRET)
    await claire.puts_down()
    await meeting.room.presses(marc, "workshop.read")
    await marc.opened()
    await marc.sees(SECRET)
    await marc.puts_down()


async def the_sponsor_answers(meeting: Meeting, first: str, second: str, language: str) -> None:
    """Each condition kept is an open point of the sponsor: one is granted, the other has to wait."""
    company = meeting.room.company
    asked = [one for one in company.records("issue") if one.fields.get("condition")]
    assert [one.owner for one in asked] == [ID["claire"]] * 2
    by = {one.fields["detail"]: one.ref for one in asked}
    claire = meeting.people.one("claire")
    await meeting.room.presses(claire, "workshop.conditions")
    await claire.opened()
    await claire.fills({
        f"says:{by[first]}": "yes", f"why:{by[first]}": WHY[language],
        f"says:{by[second]}": "later", f"why:{by[second]}": WHY[language],
    })  # fmt: skip
    await claire.sends()
    await claire.puts_down()
    for _ in range(100):
        granted = [one for one in company.records("decision") if one.fields.get("condition")]
        if granted:
            break
        await meeting.facilitator.room.breathes()
    assert [(one.status, one.fields["settles"]) for one in granted] == [("accepted", by[first])]
    known = {one.ref: one for one in company.records("issue")}
    assert known[by[first]].status == "resolved"
    assert known[by[second]].fields["condition"] == "later"


# -- W11 ---------------------------------------------------------------------------------------------

RULE = {"en": "A record is shared by default", "fr": "Une fiche est commune par défaut"}
TRIALS = {"en": ("One list of accounts", "One calendar"), "fr": ("Une liste de comptes", "Un agenda commun")}


@pytest.mark.parametrize(("mode", "language"), [("live", "en"), ("async", "fr")])
async def test_w11_who_gains_and_who_gives(
    tmp_path: Path, playbook: Playbook, mode: Mode, language: str
) -> None:
    rule, (first, second) = RULE[language], TRIALS[language]
    async with company_meeting(tmp_path, playbook, language) as meeting:
        room, facilitator, people = meeting.room, meeting.facilitator, meeting.people
        left = Left(room=room)
        await facilitator.prepares("W11", mode=mode)
        await facilitator.opens(mode)
        await reaches(meeting, 2)
        await people.puts_in("marc", {"function": "sales", "loss": "Our own lists"})
        await people.puts_in("marc", {"function": "sales", "loss": "A head start"})
        await people.puts_in("paul", {"function": "service", "loss": "Time", "gain": "The full story"})
        await reaches(meeting, 3)
        await people.write(ines=rule)
        await reaches(meeting, 4)
        await people.puts_in("sofia", f"{first}\n{second}")
        await people.vote({first: (5, 1), second: (2, 4)})
        await reaches(meeting, 5)
        await people.support(4)
        await reaches(meeting, 6)
        await people.puts_in(
            "claire", {"choice": "no", "text": "Who corrects?", "reason": "Nobody says it yet"}
        )
        await reaches(meeting, 7)
        await facilitator.next()
        assert room.workshop.state == "ended"
        (risk,) = left.made("risk", "A head start / Our own lists")
        assert (risk.status, risk.fields["function"]) == ("proposed", "sales")
        (decision,) = [one for one in left.every() if one.kind == "decision"]
        assert decision.fields["choice"] == rule
        assert decision.fields["distribution"]["4"] == 7, "the sponsor is not in this step"
        tried = [one for one in left.every() if one.kind == "action"]
        assert [one.owner for one in tried] == [ID["marc"]]
        assert all(one.due for one in tried)
        assert first in str(tried[0].title)
        (missing,) = [one for one in left.every() if one.kind == "issue"]
        assert missing.owner == ID["claire"]
        await left.in_minutes()
