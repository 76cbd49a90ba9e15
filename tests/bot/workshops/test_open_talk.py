"""W04 behind closed doors, and the score at the end: what fewer than five would tell is never shown."""

from dataclasses import replace
from typing import Any

from bot.asker import today
from bot.waves.scene import sealer, shuffle
from bot.workshops import card, desk
from bot.workshops.scene import Scene, scene
from flows.project import Member
from flows.wave.ballot import read
from flows.wave.model import Ballot
from flows.workshop import events
from flows.workshop.ballot import Vote
from storage import ballot, wave_bands
from storage import project as projects
from storage import wave as waves
from storage.database import Connection
from storage.wave import Wave
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    KIM,
    MARC,
    WORKSPACE,
    Posted,
    Someone,
    Town,
    flat,
    said,
)
from tests.bot.waves import polling
from tests.bot.workshops.playing import Play

NEWCOMER, EXPERT = "U0MORE1", "U0MORE2"
FEW = "Moins de cinq personnes ont écrit : rien n’est montré"


def goes_to(play: Play, step: int) -> None:
    """On to this step."""
    while play.workshop.step < step:
        play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))


def seen(play: Play, reader: str = "") -> Scene:
    """The workshop as somebody sees it, or the channel."""
    found = play.place.parts.db.read_sync(
        scene, play.place.parts, workspace=WORKSPACE, id=play.id, reader=reader
    )
    assert found is not None
    return found


def of_step(play: Play, step: int) -> str:
    """The card of a step in the channel, in words."""
    return said({"blocks": card.view(seen(play), step, visit_=1)})


def box(play: Play, name: str) -> Wave:
    """The box of this name."""
    every = play.place.parts.db.read_sync(waves.of_project, workspace=WORKSPACE, project_id=play.project)
    return next(one for one in every if one.what == f"{name}#{play.workshop.number}")


def writes(play: Play, name: str, given: str, *who: str) -> None:
    """These people answer in the box."""
    found, parts = box(play, name), play.place.parts
    paper = read(found.items, {found.items[0].id: given})
    assert isinstance(paper, Ballot)

    def cast(conn: Connection, user: str) -> None:
        project = projects.get(conn, workspace=WORKSPACE, id=play.project)
        assert project is not None
        ballot.cast(
            conn, workspace=WORKSPACE, wave_id=found.id, user=user, ballot=paper,
            today=today(parts, project), sealer=sealer(parts), shuffle=shuffle,
        )  # fmt: skip

    for user in who:
        parts.db.run_sync(cast, user=user)


async def test_of_fewer_than_five_nothing_is_shown_and_it_says_so(place: Town) -> None:
    play = Play(place=place, project=polling.founds(place), script="W04").opens()
    goes_to(play, 3)
    writes(play, "W04.3", "They listen in", *[*polling.TEAM][:4])
    assert FEW not in of_step(play, 3)
    goes_to(play, 4)
    assert flat(FEW) in of_step(play, 3)
    assert not seen(play, MARC).put_in(seen(play).script.step(3))


async def test_what_was_written_is_read_by_those_who_were_in_the_step_and_never_in_the_channel(
    place: Town,
) -> None:
    play = Play(place=place, project=polling.founds(place), script="W04").opens()
    goes_to(play, 2)
    writes(play, "W04.2", "The picture is too kind", *polling.TEAM)
    goes_to(play, 3)
    writes(play, "W04.3", "They listen in", *polling.TEAM)
    goes_to(play, 4)
    assert "too kind" not in said(desk.desk(seen(play, ELODIE))), (
        "what is missing in a picture is no condition"
    )
    step = seen(play).script.step(3)
    assert [one.text for one in seen(play, MARC).on_table(step)] == ["They listen in"] * 5
    assert not seen(play, CLAIRE).on_table(step), "the sponsor was not there"
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    for user in polling.TEAM:
        now = play.workshop
        if now.voting and now.ballot is not None:
            vote = Vote(choices={now.ballot.items[0].id: 2})
            play.happens(events.Voted(by=user, at=play.now, ballot=now.ballot.number, vote=vote))
    assert of_step(play, 4).count("They listen in") == 1, "the one that was chosen, and no other"


async def test_the_score_of_each_workshop_is_held_against_those_before(place: Town) -> None:
    """The same question again and again: whoever has come in between is not found by taking means apart."""
    project = polling.founds(place)
    scored(place, project, *polling.TEAM)
    elodie = await place.person(ELODIE).runs("/cadrage atelier liste")
    await elodie.presses("Cela valait-il le temps passé ?")
    assert elodie.sees("4")
    assert not elodie.sees("3,5 ou plus")
    more = {**polling.TEAM, NEWCOMER: "sales"}
    members = [Member(user=user, function=function) for user, function in more.items()]
    place.parts.db.run_sync(projects.set_team, workspace=WORKSPACE, id=project, members=members)
    second = scored(place, project, *more)
    bands = place.parts.db.read_sync(wave_bands.banded, workspace=WORKSPACE, project_id=project)
    assert bands == {second.id}
    await elodie.runs("/cadrage atelier liste")
    await elodie.presses("Cela valait-il le temps passé ?")
    assert elodie.sees("3,5 ou plus"), "only a band"


def scored(place: Town, project: str, *who: str) -> Wave:
    """A review of progress that these people found worth their time, once its score has closed."""
    play = Play(place=place, project=project, script="W12").plays()
    writes(play, "worth", "4", *who)
    found = box(play, "worth")
    polling.closes(place, found.id)
    return found


async def test_whoever_stays_outside_does_not_prepare_it(place: Town) -> None:
    """A sponsor who facilitates the project too would be at the desk, which reads every step."""
    project = polling.founds(place)
    both: Any = {"workspace": WORKSPACE, "id": project, "role": "facilitator", "user": CLAIRE}
    place.parts.db.run_sync(projects.set_role, **both)
    claire = await place.person(CLAIRE).runs("/cadrage atelier W04")
    assert claire.sees("Vous restez dehors")


SECRET, CHOSEN = "confidence", "Personne n’est mesuré"
JOINS = ("Je suis là", "Rejoindre l’étape", "Je viens")  # who comes after all is in it from then on


async def test_whoever_was_not_in_it_reads_none_of_it_by_any_button_old_or_new(place: Town) -> None:
    """The sponsor, somebody who cannot come, an expert who takes the desk over, somebody of no part: all that
    reaches them, and all that they can press in the channel, in their messages, on pages, now and later."""
    project = polling.founds(place, team={**polling.TEAM, NEWCOMER: "sales"})
    here: Any = {"workspace": WORKSPACE, "id": project}
    place.parts.db.run_sync(projects.set_role, **here, role="expert", user=EXPERT)
    play = Play(place=place, project=project, script="W04", absent=(NEWCOMER,)).opens()
    play.happens(events.Replied(by=NEWCOMER, at=play.now, coming=False))
    outside = {user: Outsider(place.person(user)) for user in (CLAIRE, NEWCOMER, EXPERT, KIM)}
    _talks_until_the_vote(play)
    for one in outside.values():
        await one.presses_everything()
    play.happens(events.HandedOver(by=ELODIE, at=play.now, to=EXPERT))
    await outside[EXPERT].presses_everything()
    play.happens(events.HandedOver(by=EXPERT, at=play.now, to=ELODIE))
    goes_to(play, 5)
    play.goes_on()
    for one in outside.values():
        await one.presses_everything()
        assert one.pressed > 5
        assert SECRET not in one.seen
        assert CHOSEN in one.seen, "what was chosen is published"


def _talks_until_the_vote(play: Play) -> None:
    """Each of the team writes something in both boxes; one of it is chosen, and the vote is still open."""
    for step in (2, 3):
        goes_to(play, step)
        for n, user in enumerate(polling.TEAM):
            writes(play, f"W04.{step}", CHOSEN if step == 3 and not n else f"{SECRET} {step}.{n}", user)
    goes_to(play, 4)
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    ballot = play.workshop.ballot
    assert ballot is not None
    chosen = next(item.id for item in ballot.items if item.words.fr == CHOSEN)
    for user in [*polling.TEAM][:4]:
        vote = Vote(choices={chosen: 2})
        play.happens(events.Voted(by=user, at=play.now, ballot=ballot.number, vote=vote))


class Outsider:
    """Somebody who presses whatever there is to press, and remembers every word."""

    def __init__(self, person: Someone) -> None:
        self.person, self.seen, self.pressed = person, "", 0
        self.known: dict[tuple[str, str], Posted] = {}

    async def presses_everything(self) -> None:
        """Everything that stands in the channel and in their messages, and all that ever stood there."""
        town = self.person.town
        town.delivers()
        for post in (*town.to(BOREAL), *town.to(self.person.user)):
            self.seen += post.text
            for words in buttons(post.message.blocks):
                self.known[post.key, words] = replace(post)
        for (_, words), post in self.known.items():
            if words not in JOINS:
                town.slack.opened.clear()
                await self.person.presses(words, on=post)
                self._reads()
        for command in ("atelier W04", "atelier liste", "todo"):
            town.slack.opened.clear()
            await self.person.runs(f"/cadrage {command}", channel=BOREAL)
            self._reads()

    def _reads(self) -> None:
        """What has come of it: an answer only they see, and the page that has opened."""
        slack = self.person.town.slack
        pages = [said(slack.views[id]) for id in slack.opened]
        self.pressed += 1
        self.seen = " ".join([self.seen, said(self.person.heard), *pages])


def buttons(blocks: Any) -> list[str]:
    """The words of every button of a message."""
    found = [one for block in blocks for one in (*block.get("elements", ()), block.get("accessory", {}))]
    return [flat(one["text"]["text"]) for one in found if one.get("type") == "button"]
