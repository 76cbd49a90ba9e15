"""A workshop before, during and after: read, listed, held again; changed, handed over, caught up with."""

from pathlib import Path

from flows.playbook import Playbook
from tests.end_to_end.company import CHANNEL
from tests.end_to_end.workshop_people import Meeting, company_meeting
from tests.end_to_end.workshop_record import ID, Left


async def test_a_workshop_is_read_before_listed_and_held_again(tmp_path: Path, playbook: Playbook) -> None:
    async with company_meeting(tmp_path, playbook, "fr") as w12:
        facilitator, people, elodie = w12.facilitator, w12.people, w12.room.facilitator
        hugo, left = people.one("hugo"), Left(room=w12.room)
        await hugo.channel(f"#{CHANNEL}")
        await hugo.runs("/cadrage workshop W12")
        await hugo.sees("Le sponsor remercie, en personne.")
        await hugo.does_not_see("À dire :")
        await hugo.puts_down()

        await elodie.runs("/cadrage workshop W12")
        await elodie.opened()
        await elodie.clicks("Lire le déroulé")
        await elodie.sees("À dire :", "Avec le résultat :", "Ce que cela devient :")
        await elodie.puts_down()
        await elodie.runs("/cadrage atelier liste")
        await elodie.sees("Aucun atelier n’a encore été prévu ni tenu.")

        everybody = w12.room.voters
        w12.room.voters = [one for one in everybody if one.who in ("marc", "hugo", "ines")]
        await facilitator.prepares("W12")
        await facilitator.opens("live")
        await facilitator.next()
        await people.write(marc="Slow access")
        await facilitator.next()
        await people.vote({"Slow": 2})
        await facilitator.next()
        await facilitator.next()
        await facilitator.next()
        assert w12.room.workshop.state == "ended"
        (again,) = left.made("issue", "To be voted on again, with quorum: Which obstacle do we remove first?")
        assert again.owner == ID["elodie"]

        await elodie.runs("/cadrage workshop list")
        await elodie.sees("Tenus", "W12", "3 personnes")
        await elodie.clicks("Compte rendu")
        await elodie.sees("Le compte rendu vous est envoyé en privé.")
        await elodie.puts_down()
        await elodie.dm()
        await w12.room.breathes()
        await elodie.sees("compte-rendu-W12-1-boreal.md", within=15)

        w12.room.voters = everybody
        await facilitator.prepares("W12", replay=["replay"])
        await facilitator.opens("live")
        assert w12.room.at == 3, "only what had no quorum is played again"
        await people.vote({"Slow": 2})
        await facilitator.next()
        await facilitator.next()
        assert w12.room.workshop.state == "ended"
        (lift,) = left.made("action", "Remove: Slow access")
        assert (lift.owner, lift.source) == (ID["marc"], "W12.3")
        assert [one.status for one in left.of("issue", "W12.3.again", "To be voted on again")] == ["resolved"]


async def test_a_workshop_goes_into_the_channel_and_back_and_changes_hands(
    tmp_path: Path, playbook: Playbook
) -> None:
    async with company_meeting(tmp_path, playbook, "en") as w02:
        facilitator, people, room = w02.facilitator, w02.people, w02.room
        left = Left(room=room)
        late = [one for one in room.voters if one.who in ("thomas", "nadia")]
        room.voters = [one for one in room.voters if one not in late]
        await facilitator.prepares("W02")
        await facilitator.opens("live")
        await facilitator.next()
        await people.puts_in("marc", {"text": "Answer within a day", "level": "operational"})
        before = room.workshop
        now = await facilitator.presses("mode", rest="async")
        assert (now.mode, now.step, now.phase) == ("async", before.step, "open"), "the same step goes on"
        assert now.due is not None
        assert before.due is not None
        assert now.due > before.due, "with the working hours it has in the channel"
        await left.channel("goes on in the channel", "In the channel, step by step")

        room.voters += late
        nadia = people.one("nadia")
        await nadia.channel(f"#{CHANNEL}")
        await nadia.sees("W02 · Step 2 of 7", "In pairs from different functions", "Closes ", within=15)
        await people.write(nadia={"text": "Fewer calls twice", "level": "strategic"})
        assert room.workshop.step == 3, "it closes as soon as everybody has answered"
        room.at = 3

        now = await facilitator.presses("mode", rest="live")
        assert (now.mode, now.step) == ("live", 3)
        await left.channel("Ends at")
        await hands_over(w02, "marc")
        await facilitator.next()
        await people.vote({"Answer": 1, "Fewer": 1})
        await left.channel("7 of 7 voted")


async def hands_over(held: Meeting, to: str) -> None:
    """[Hand over to…] at the desk: in one step, and everybody reads it."""
    room, elodie = held.room, held.room.facilitator
    await elodie.puts_down()
    await elodie.channel(f"#{CHANNEL}")
    await elodie.clicks("workshop.agenda")
    await elodie.opened()
    await elodie.clicks("workshop.desk")
    await elodie.clicks(f"workshop.hand_over:{room.id}", ID[to], within=15)
    await room.until(lambda now: now.facilitator == ID[to])
    await elodie.puts_down()
    assert ID[to] not in {one.user for one in room.workshop.voters}, "whoever facilitates has no vote"
    room.facilitator = held.people.one(to)
    room.voters = [one for one in room.voters if one.who != to]
    await room.breathes()
    await elodie.channel(f"#{CHANNEL}")
    await elodie.sees("now facilitates W02", within=15)
