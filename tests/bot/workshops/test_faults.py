"""People leave a workshop or look on, the desk stands empty, votes come late: what they are told, and that it
goes on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.workshops import taking_part
from flows.absence import Absence
from flows.workshop import events
from flows.workshop.ballot import Vote
from flows.workshop.model import Card, Participant
from storage import absence
from storage import project as projects
from storage.database import Connection
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    JEANNE,
    KIM,
    MARC,
    PAUL,
    WORKSPACE,
    Town,
    flat,
    founded,
)
from tests.bot.workshops.playing import Play

FIST = 4  # the step of W01 that asks for support


async def hears(place: Town, **event: Any) -> None:
    """Slack tells the bot of something that happened."""
    place.clicks += 1
    await place.send({
        "type": "event_callback", "event_id": f"Ev-{place.clicks}", "team_id": WORKSPACE, "event": event,
    })  # fmt: skip
    place.delivers()


async def leaves(place: Town, user: str, channel: str = BOREAL) -> None:
    await hears(place, type="member_left_channel", user=user, channel=channel)


async def at_the_vote(place: Town) -> Play:
    """W01 stands at its support vote, everybody is there."""
    play = Play(place=place, project=await founded(place), script="W01").opens()
    while play.workshop.step < FIST:
        play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert play.workshop.voting
    place.delivers()
    return play


def card(place: Town) -> Any:
    """The card of the step of now, in the channel."""
    return place.to(BOREAL, "workshop_step")[-1]


async def test_who_leaves_the_channel_is_not_waited_for_and_who_comes_back_is(place: Town) -> None:
    play = await at_the_vote(place)
    before = len(play.workshop.voters)
    await leaves(place, INES, channel="C0ELSEWHERE")
    assert len(play.workshop.voters) == before
    await leaves(place, INES)
    assert INES not in {one.user for one in play.workshop.voters}
    assert "Inès" not in card(place).text, "nobody is told who has gone"
    await hears(place, type="member_joined_channel", user=INES, channel=BOREAL)
    await place.person(INES).presses("Je suis là", on=card(place))
    assert len(play.workshop.voters) == before


async def test_an_account_that_is_closed_is_not_waited_for_and_its_vote_counts(place: Town) -> None:
    play = await at_the_vote(place)
    voters = [one.user for one in play.workshop.voters]
    for user in voters[:-1]:
        await place.person(user).presses("4 Je soutiens", on=card(place))
    await hears(place, type="user_change", user={"id": voters[0], "deleted": True})
    assert play.workshop.voting
    await hears(place, type="user_change", user={"id": voters[-1], "deleted": True})
    assert not play.workshop.voting, "everybody who is left has voted"
    place.delivers()
    assert f"{len(voters) - 1} sur" in card(place).text or f"{len(voters) - 1} of" in card(place).text


async def test_when_the_facilitator_leaves_everybody_reads_it_and_the_lead_takes_over(place: Town) -> None:
    play = await at_the_vote(place)
    await leaves(place, ELODIE)
    (line,) = place.to(BOREAL, "workshop_line")
    assert "Élodie" not in line.text
    await place.person(PAUL).presses("Prendre le relais", on=line)
    assert play.workshop.facilitator == ELODIE, "a colleague of the team does not take over"
    await place.person(MARC).presses("Prendre le relais", on=line)
    assert play.workshop.facilitator == MARC
    place.delivers()
    back = place.to(BOREAL, "workshop_line")[-1]
    await place.person(ELODIE).presses("Reprendre la main", on=back)
    assert play.workshop.facilitator == ELODIE, "who steered it takes it back at once"


async def test_whoever_takes_over_too_late_is_told_so(place: Town) -> None:
    play = await at_the_vote(place)
    await leaves(place, ELODIE)
    (line,) = place.to(BOREAL, "workshop_line")
    play.happens(events.Ended(by=ELODIE, at=play.now))
    marc = await place.person(MARC).presses("Prendre le relais", on=line)
    assert "Cet atelier est terminé." in marc.told
    assert play.workshop.facilitator == ELODIE


async def test_who_stands_in_for_the_arbiter_decides_also_where_they_come_uninvited(place: Town) -> None:
    play = await at_the_vote(place)
    leave = Absence(user=CLAIRE, first=play.now.date(), last=play.now.date(), deputy=PAUL)
    place.parts.db.run_sync(absence.put, workspace=WORKSPACE, absence=leave)

    def comes(conn: Connection) -> Participant:
        empty = replace(play.workshop, people=())
        return taking_part.joining(place.parts, conn, empty, PAUL).person

    assert place.parts.db.read_sync(comes).arbiter


async def test_who_was_invited_before_the_arbiter_went_away_holds_their_place_from_the_next_phase(
    place: Town,
) -> None:
    play = await at_the_vote(place)
    assert not settles(play, PAUL)
    leave = Absence(user=CLAIRE, first=play.now.date(), last=play.now.date(), deputy=PAUL)
    place.parts.db.run_sync(absence.put, workspace=WORKSPACE, absence=leave)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert settles(play, PAUL)
    place.clock.passes(days=1)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert not settles(play, PAUL), "the arbiter is back"
    assert settles(play, CLAIRE)


async def test_who_stands_in_and_was_not_invited_is_when_the_next_phase_begins(place: Town) -> None:
    play = await at_the_vote(place)
    here = {"workspace": WORKSPACE, "id": play.project}
    place.parts.db.run_sync(projects.set_role, **here, role="coach", user=JEANNE)
    leave = Absence(user=CLAIRE, first=play.now.date(), last=play.now.date(), deputy=JEANNE)
    place.parts.db.run_sync(absence.put, workspace=WORKSPACE, absence=leave)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert settles(play, JEANNE)
    place.delivers()
    assert flat("Il est en cours.") in place.to(JEANNE, "workshop_invitation")[0].text


def settles(play: Play, user: str) -> bool:
    """Whether somebody counts as the arbiter."""
    one = play.workshop.person(user)
    return one is not None and one.arbiter


async def test_the_desk_is_taken_over_once_it_has_stood_idle(place: Town) -> None:
    play, marc = await at_the_vote(place), place.person(MARC)
    await marc.presses("Déroulé et règles", on=card(place))
    assert "Élodie Martin" in marc.reads
    assert "workshop.take_over" not in str(marc.modal)
    place.clock.passes(minutes=11)
    await marc.presses("Déroulé et règles", on=card(place))
    await marc.presses("Prendre le relais")
    assert play.workshop.facilitator == MARC


async def test_visitors_of_another_company_look_on(place: Town) -> None:
    """Being in the channel gives no right: neither a vote, nor a card, nor the desk, nor the corrections."""
    play, kim = await at_the_vote(place), place.person(KIM)
    await kim.presses("5 Je porte", on=card(place))
    assert "among those invited" in kim.told
    await kim.presses("Je suis là", on=card(place))
    await kim.presses("5 Je porte", on=card(place))
    assert "no vote" in kim.told
    await kim.presses("Déroulé et règles", on=card(place))
    assert "workshop.take_over" not in str(kim.modal)
    kept = play.workshop.person(KIM)
    assert kept is not None
    assert (kept.guest, kept.vote) == (True, False)
    assert KIM not in {one.user for one in play.workshop.voters}


async def test_a_vote_after_the_reveal_is_told_kindly_and_not_counted(place: Town) -> None:
    play = await at_the_vote(place)
    before, late = card(place), place.person(play.workshop.voters[-1].user)
    shown = {"blocks": [*before.message.blocks]}
    for one in play.workshop.voters[:-1]:
        await place.person(one.user).presses("4 Je soutiens", on=before)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    await late.presses("0 Je bloque", on=shown)
    assert "Ce vote est clos." in late.told
    place.delivers()
    assert "5 sur 5" in card(place).text


async def test_before_a_step_of_the_channel_ends_only_those_who_have_not_answered_hear_of_it(
    place: Town,
) -> None:
    """Four working hours before, privately; stopped means never again."""
    play = Play(place=place, project=await founded(place), script="W02", mode="async").opens()
    play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    due, ends = play.workshop.due, play.workshop.move
    assert due is not None
    place.delivers()
    given = Card(id="1" * 32, step=2, kind="idea", text="Answer within a day")
    play.happens(events.Contributed(by=INES, at=play.now, card=given))
    play.happens(events.Done(by=INES, at=play.now, seen=play.workshop.move))
    place.until(due - timedelta(hours=1), step=600)
    assert play.workshop.move == ends
    heard = {user: len(place.to(user, "workshop_wanted")) for user in (INES, MARC, PAUL)}
    assert heard[INES] == 1
    late = MARC
    assert heard[late] == 2
    again = place.to(late, "workshop_wanted")[-1]
    assert "se termine bientôt" in again.text
    assert not any(name in again.text for name in ("Inès", "Marc", "Paul"))
    await place.person(late).presses("Ne plus me le rappeler", on=again)
    play.happens(events.Reopened(by=ELODIE, at=play.now, step=2, seen=play.workshop.move))
    assert play.workshop.due is not None
    place.until(play.workshop.due - timedelta(hours=1), step=600)
    assert len(place.to(late, "workshop_wanted")) == 3, "the step says that it is open, and no more"


async def test_of_two_who_press_next_together_the_second_changes_nothing_and_is_told(place: Town) -> None:
    """Élodie has her desk open on two screens; both were drawn for the same move."""
    play, elodie = await at_the_vote(place), place.person(ELODIE)
    await elodie.presses("Déroulé et règles", on=card(place))
    await elodie.presses("Mon pupitre")
    desk = dict(elodie.modal)
    await elodie.presses("Clore et dépouiller", on=desk)
    after = play.workshop
    assert after.phase == "shown"
    await elodie.presses("Clore et dépouiller", on=desk)
    assert play.workshop == after
    assert elodie.sees("Cette étape a avancé entre-temps")


async def test_those_who_are_waited_for_hear_of_it_when_a_vote_goes_on_in_the_channel(place: Town) -> None:
    play = await at_the_vote(place)
    assert not place.to(MARC, "workshop_wanted")
    play.happens(events.ModeChanged(by=ELODIE, at=play.now, mode="async"))
    place.delivers()
    assert len(place.to(MARC, "workshop_wanted")) == 1
    assert "Participer" in str(card(place).message.blocks), "who comes late gets in from the card"


async def test_when_the_last_one_waited_for_takes_the_desk_the_vote_closes(place: Town) -> None:
    play = await at_the_vote(place)
    for one in play.workshop.voters:
        if one.user != MARC:
            vote = Vote(choices={"i1": 4})
            play.happens(events.Voted(by=one.user, at=play.now, vote=vote, ballot=play.workshop.asked))
    assert play.workshop.voting
    play.happens(events.HandedOver(by=ELODIE, at=play.now, to=MARC))
    assert not play.workshop.voting


async def test_two_workshops_of_a_project_do_not_run_at_once(place: Town) -> None:
    first = Play(place=place, project=await founded(place), script="W01").opens()
    second = Play(place=place, project=first.project, script="W12")
    with pytest.raises(AssertionError, match="running"):
        second.opens()
    first.stops()
    second.happens(events.Opened(by=ELODIE, at=second.now, mode="live"))
    assert second.workshop.running


async def test_everybody_abstains_and_a_step_without_anything_to_vote_on_is_said(place: Town) -> None:
    play = await at_the_vote(place)
    assert play.workshop.ballot is not None
    for one in play.workshop.voters:
        none = events.Voted(by=one.user, at=play.now, vote=Vote(), ballot=play.workshop.asked)
        play.happens(none)
    place.delivers()
    assert "se sont abstenues" in card(place).text
    assert not [one for one in play.records("decision") if one.source == "W01.4"]
    play.stops()
    empty = Play(place=place, project=play.project, script="W12").opens()
    while empty.workshop.step < 3:
        empty.happens(events.Skipped(by=ELODIE, at=empty.now, seen=empty.workshop.move))
    empty.happens(events.NextPressed(by=ELODIE, at=empty.now, seen=empty.workshop.move))
    place.delivers()
    assert "il n’y avait rien à mettre aux voix" in card(place).text
