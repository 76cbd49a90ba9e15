"""What is written in a step that not everybody of the channel is in: read by those who are, and not there."""

from bot.workshops.outcomes import minutes
from flows.document.markdown import markdown
from flows.document.minutes import minutes as written
from flows.workshop import events
from flows.workshop.model import Participant
from storage import project as projects
from tests.bot.surfaces.stage import BOREAL, INES, MARC, PAUL, WORKSPACE, Town, flat, founded, said
from tests.bot.workshops.playing import Play, given

GUEST = "U0GUEST"
READ = "Lire ce qui a été écrit"
SLOW = "Trois saisies pour un seul devis"


def goes_through(place: Town, play: Play) -> str:
    """To the end; all that anybody has read in the channel on the way."""
    read = ""
    while play.workshop.running:
        place.delivers()
        read += " ".join(said({"blocks": one.message.blocks}) for one in place.to(BOREAL))
        play.on()
    place.delivers()
    return read + " ".join(said({"blocks": one.message.blocks}) for one in place.to(BOREAL))


def of_now(place: Town, play: Play) -> str:
    """The minutes, in French."""
    db = place.parts.db
    project = db.read_sync(projects.get, workspace=WORKSPACE, id=play.project)
    assert project is not None
    found = db.read_sync(minutes.facts, parts=place.parts, project=project, workshop=play.workshop)
    assert found is not None
    return markdown(written(found), "fr")


async def test_what_gets_in_the_way_is_read_by_those_who_were_in_the_step_but_for_what_was_chosen(
    place: Town,
) -> None:
    put = {2: tuple((user, "idea", text, {}) for user, text in (
        (MARC, SLOW), (PAUL, "Des réunions trop longues"), (INES, "Un tableau par service"),
    ))}  # fmt: skip
    play = Play(place=place, project=await founded(place), script="W12", put=put).opens()
    while not play.workshop.voting:
        play.on()
    chosen, *others = [item.words.fr for item in play.workshop.ballot.items]  # type: ignore[union-attr]
    read = goes_through(place, play)
    assert flat(chosen) in read
    assert not [text for text in others if flat(text) in read]
    assert all(text in of_now(place, play) for text in others), "what is not kept stays in the minutes"


async def test_what_the_team_says_of_a_vendor_is_not_posted_where_the_vendor_reads_it(place: Town) -> None:
    project = await founded(place)
    session = given(place, project, "vendor", "Aria", fields={"scenarios": "A call comes in"})
    worry = {"learned": "On retrouve un client vite", "worry": "Leur prix double chaque année"}
    play = Play(place=place, project=project, script="W09", about=session.ref, put={
        4: ((MARC, "idea", "On retrouve un client vite", worry),),
    })  # fmt: skip
    play.opens()
    visitor = Participant(user=GUEST, guest=True, vote=False, steps=(2, 3))
    play.happens(events.Joined(by=GUEST, at=play.now, person=visitor))
    read = goes_through(place, play)
    assert flat("A call comes in") in read, "what the vendor is to show"
    assert flat(worry["worry"]) not in read
    assert flat(worry["learned"]) not in read
    assert not place.to(BOREAL, minutes.WHAT)
    assert place.to(MARC, minutes.WHAT), "those who were there get the minutes in private"


async def test_many_contributions_are_all_read_behind_the_button(place: Town) -> None:
    many = tuple((MARC, "idea", f"Cause {n} " + "longue " * 60, {}) for n in range(20))
    play = Play(place=place, project=await founded(place), script="W07", put={2: many}).opens()
    while play.workshop.step < 3:
        play.on()
    place.delivers()
    (card,) = [one for one in place.to(BOREAL, "workshop_step") if flat(READ) in str(one.message.blocks)]
    marc = await place.person(MARC).presses(READ, on=card)
    assert all(marc.sees(f"Cause {n} ") for n in range(20))
