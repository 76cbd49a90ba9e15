"""W10: what people write is their own answer to RTE12; route and signature are decided in their own forms."""

from typing import Any

from flows.diagnosis.evidence import Alignment
from flows.workshop import events
from flows.workshop.ballot import Ballot, Vote
from flows.workshop.model import Workshop
from storage import alignment, arbitration
from storage import dialogue as dialogues
from storage.database import Connection
from tests.bot.signoff.test_review import card, review, sent
from tests.bot.signoff.test_rounds import run
from tests.bot.surfaces.stage import BOREAL, INES, MARC, WORKSPACE, Town, flat, founded
from tests.bot.workshops.playing import Play
from tests.bot.workshops.test_pages import shown


def readings(place: Town, project: str) -> dict[str, str]:
    """Whose answer to RTE12 says what."""

    def read(conn: Connection) -> Any:
        [run] = [
            one for one in dialogues.runs(conn, workspace=WORKSPACE, project_id=project) if one.flow == "D15"
        ]
        assert "W10" in run.parts, "those who were not there are asked too"
        return dialogues.answers(conn, workspace=WORKSPACE, dialogue_id=run.id, roles=None)

    found = place.parts.db.read_sync(read)
    return {user: answer.value for user, answer in found.get("RTE12", ()) if answer.given}


async def test_what_people_write_at_w10_is_their_reading_of_the_note(place: Town) -> None:
    project = await founded(place)
    put = {2: [(MARC, "idea", "First the contacts", {}), (INES, "idea", "Serve faster", {})]}
    play = Play(place=place, project=project, script="W10", put=put).plays()
    assert readings(place, project) == {MARC: "First the contacts", INES: "Serve faster"}
    place.delivers()
    assert not [post for post in place.to(BOREAL) if "First the contacts" in post.text], (
        "the channel reads none"
    )
    assert flat("Sign version 1") in shown(play, 6)
    assert flat("Route: the facts") in shown(play, 6)


async def test_the_cards_of_w10_lead_to_the_version_its_readings_and_its_remarks(place: Town) -> None:
    project = await founded(place)
    play = Play(place=place, project=project, script="W10").opens()
    assert [shown(play, step) for step in (1, 3, 4)] == ["", "", ""], "no version is in review"
    await sent(place)
    assert flat("Version 1 of the note is in review. Read Remark") in shown(play, 1)
    assert flat("Whoever facilitates rates what each has written") in shown(play, 3)
    assert flat("There is no remark on this version.") in shown(play, 4)
    ines = place.person(INES)
    await ines.presses("Faire une remarque", on=card(place, INES))
    ines.fills({"section": "N18", "words": "Le lot 1 est trop gros pour nous."})
    await ines.sends()
    assert flat("1 remark waits for a reply.") in shown(play, 4)
    counts = Alignment(aligned=3, partly=1)
    place.parts.db.run_sync(alignment.keep, run=run(place, project), counts=counts, now=place.clock.now())
    assert flat("88% aligned (3 the same, 1 partly, 0 otherwise)") in shown(play, 3)
    assert flat("Rate the readings") in shown(play, 3)


class Split(Play):
    """All can carry the note, and say why; one person cannot."""

    def _votes(self, now: Workshop, ballot: Ballot) -> None:
        (item,) = ballot.items
        for one in now.voters:
            if not self.workshop.voting or self.workshop.asked != ballot.number:
                return
            points, why = (1, "Too much in lot 1.") if one.user == INES else (5, "Bravo to the team.")
            vote = Vote(choices={item.id: points}, why={item.id: why})
            self.happens(events.Voted(by=one.user, at=self.now, vote=vote, ballot=ballot.number))


async def test_a_note_that_w10_refuses_twice_is_the_arbiters_with_the_words_of_those_against(
    place: Town,
) -> None:
    project = await founded(place)
    await sent(place)
    Split(place=place, project=project, script="W10").plays()
    tally = review(place, project).tally
    assert tally is not None
    assert not tally.passed
    assert [one.words for one in tally.views] == ["Too much in lot 1."], "praise is no minority view"
    (case,) = place.parts.db.read_sync(arbitration.of_project, workspace=WORKSPACE, project_id=project)
    assert case.subject == "DOC1.v1"
    assert case.live
