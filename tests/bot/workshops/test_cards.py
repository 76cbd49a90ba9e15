"""How the card of a step reads: contributions in words, what carries a vote, and only buttons that work."""

from dataclasses import replace

import pytest

from bot.words.text import words
from bot.workshops import ballots, contribution, gathering, results
from flows.playbook import Playbook
from flows.words import Words
from flows.workshop import counting, events
from flows.workshop.ballot import Ballot, Item, Line, Result, Verdict, Vote
from flows.workshop.model import Card
from flows.workshop.script import BallotKind
from storage import workshop as workshops
from tests.bot.surfaces.stage import BOREAL, ELODIE, MARC, PAUL, Town, flat, founded, said
from tests.bot.workshops.playing import Play, given

TEXT = Words("How far do you support this?", "Jusqu’où soutenez-vous ceci ?")


def read_back(playbook: Playbook, place: str, card: Card) -> str:
    """A contribution in French."""
    return flat(contribution.said(words("fr"), playbook, place, card, {MARC: "Marc Delorme"}.__getitem__))


@pytest.mark.parametrize(
    ("place", "card", "told"),
    [
        (
            "W02.2",
            Card(
                id="a", step=2, kind="idea", text="Un seul récit",
                fields={"level": "strategic", "target": "9"},
            ),
            "*Un seul récit* · Stratégique · Cible : 9",
        ),
        (
            "W05.3",
            Card(
                id="a", step=3, kind="row", text="Reprendre les fiches",
                fields={"choice": "later", "owner": MARC, "due": "2026-03-02"},
            ),
            "*Reprendre les fiches* · Plus tard · Marc Delorme · Pour le : lundi 2 mars",
        ),
        (
            "W10.6",
            Card(
                id="a", step=6, kind="decision", text="La voie 2",
                fields={"choice": "no", "reason": "Trop tôt"},
            ),
            "*La voie 2* · Pas encore, ou non · Trop tôt",
        ),
        ("W12.2", Card(id="a", step=2, kind="idea", text="Trop de clics"), "Trop de clics"),
    ],
)  # fmt: skip
def test_what_was_put_in_is_read_back_in_words(playbook: Playbook, place: str, card: Card, told: str) -> None:
    assert read_back(playbook, place, card) == flat(told)


def revealed(counts: dict[str, int], share: float, verdict: Verdict) -> str:
    """A support vote as its card tells it, in English."""
    line = Line(item=Item(id="i1", words=TEXT), n=sum(counts.values()), counts=counts, figure=share)
    result = Result(
        number=1, step=4, kind="fist", attempt=1, lines=(line,), n=6, voters=6, abstained=0, verdict=verdict
    )  # fmt: skip
    return said({"blocks": results.told(words("en"), result, {}, asked=TEXT)})


def test_a_vote_that_is_not_carried_says_what_each_point_means_and_why() -> None:
    told = revealed({"0": 0, "1": 1, "2": 1, "3": 1, "4": 2, "5": 1}, 66.7, "again")
    assert "0 Block: 0 1 Serious objection: 1 2 Needs change: 1" in told
    assert "4 of 6 at 3 or more: 67%, and 80% needed · 1 at 0 or 1, and nobody may be" in told
    assert TEXT.en not in told, "it stands above already"


def test_a_vote_that_is_carried_names_no_objection() -> None:
    told = revealed({"3": 2, "4": 4}, 100, "settled")
    assert "Carried." in told
    assert "at 0 or 1" not in told


def test_whoever_signs_is_named_with_what_they_said_and_nobody_else() -> None:
    text = Line(item=Item(id="i1", words=TEXT), n=2, counts={"2": 1, "4": 1}, figure=50)
    result = Result(
        number=1, step=4, kind="fist", attempt=1, lines=(text,), n=2, voters=2, abstained=0, verdict="again",
        signed={MARC: {"i1": 2}},
    )  # fmt: skip
    names = {MARC: "Marc Delorme", PAUL: "Paul Kermorgan"}
    told = said({"blocks": results.told(words("en"), result, names, asked=TEXT)})
    assert "Signed by Marc Delorme: 2 Needs change" in told
    assert "Paul" not in told
    things = tuple(
        Line(item=Item(id=f"i{n}", words=Words.same(f"Need {n}")), n=1, counts={}) for n in range(7)
    )
    board = replace(result, kind="moscow", lines=things, signed={MARC: {f"i{n}": "M" for n in range(7)}})
    told = said({"blocks": results.told(words("en"), board, names)})
    assert "Signed by Marc Delorme: Need 0: Must" in told
    assert "and 2 more" in told


async def test_no_idea_is_cut_off_in_silence(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W07").opens()
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    place.delivers()
    marc = await place.person(MARC).presses("Écrire", on=place.to(BOREAL, "workshop_step")[-1])
    marc.fills({"text": "\n".join(f"Cause {n}" for n in range(9))})
    await marc.sends()
    assert flat("8 idées à la fois") in flat(marc.errors["text"])


def test_where_people_talk_openly_nobody_can_sign() -> None:
    assert "Show my name" not in str(ballots.fields(words("en"), two("dots"), own=Vote(), may_sign=False))


def test_without_quorum_a_result_announces_no_second_vote_and_no_arbiter() -> None:
    for verdict in ("again", "failed"):
        line = Line(item=Item(id="i1", words=TEXT), n=1, counts={"1": 1})
        result = Result(
            number=1, step=4, kind="fist", attempt=1, lines=(line,), n=1, voters=6, abstained=0,
            verdict=verdict, indicative=True,
        )  # fmt: skip
        assert results.head(words("en"), result) == (
            "*Indicative only:* quorum is missing. This vote will be replayed."
        )


async def test_the_button_of_a_point_keeps_the_reason_that_was_given_before(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W01").opens()
    while not (play.workshop.voting and play.workshop.ballot and play.workshop.ballot.kind == "fist"):
        play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    ballot = play.workshop.ballot
    (item,) = ballot.items
    why = Vote(choices={item.id: 2}, why={item.id: "Trop tôt"}, signed=True)
    play.happens(events.Voted(by=MARC, at=play.now, vote=why, ballot=ballot.number))
    place.delivers()
    await place.person(MARC).presses("3 Je peux m’en accommoder", on=place.to(BOREAL, "workshop_step")[-1])
    kept = place.parts.db.read_sync(workshops.own_vote, workshop=play.workshop, user=MARC)
    assert kept == replace(why, choices={item.id: 3})


async def test_a_tie_asks_for_one_more_dot_and_not_for_what_would_bring_to_3(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W01").opens()
    while not play.workshop.voting:
        play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    ballot = play.workshop.ballot
    assert ballot is not None
    ids = [item.id for item in ballot.items]
    for n, one in enumerate(play.workshop.voters):
        vote = Vote(choices={ids[n]: 1, ids[n + 1]: 1})
        play.happens(events.Voted(by=one.user, at=play.now, vote=vote, ballot=ballot.number))
    place.delivers()
    card = place.to(BOREAL, "workshop_step")[-1]
    assert "Égalité sur la ligne" in card.text
    assert "m’amènerait à 3" not in str(card.message.blocks)


@pytest.mark.parametrize(("script", "step"), [("W03", 2), ("W11", 2), ("W02", 3), ("W02", 1)])
async def test_whoever_has_nothing_more_to_add_says_so(place: Town, script: str, step: int) -> None:
    play = Play(place=place, project=await founded(place), script=script, mode="async").opens()
    while play.workshop.step < step:
        play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    place.delivers()
    await place.person(MARC).presses("Rien à ajouter", on=place.to(BOREAL, "workshop_step")[-1])
    assert play.workshop.has_answered(MARC)


async def at_the_round(place: Town) -> Play:
    """W07 stands at its round: one after the other."""
    play = Play(place=place, project=await founded(place), script="W07").opens()
    while play.workshop.step < 3:
        play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert play.workshop.speaker
    place.delivers()
    return play


async def test_who_is_not_at_turn_reads_so_before_they_type(place: Town) -> None:
    play = await at_the_round(place)
    other = next(one.user for one in play.workshop.voters if one.user != play.workshop.speaker)
    someone = await place.person(other).presses("Ajouter la mienne", on=place.to(BOREAL, "workshop_step")[-1])
    assert someone.sees("C’est le tour de quelqu’un d’autre", "a la parole")


async def test_what_comes_too_late_stays_in_its_form(place: Town) -> None:
    play = await at_the_round(place)
    speaker = await place.person(play.workshop.speaker).presses(
        "Ajouter la mienne", on=place.to(BOREAL, "workshop_step")[-1]
    )
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    speaker.fills({"text": "Deux listes de contacts ont survécu"})
    await speaker.sends()
    assert flat("Cette étape a avancé entre-temps") in flat(speaker.errors["text"])


def test_a_board_stands_in_its_boxes_with_what_is_split_last() -> None:
    def need(text: str, outcome: str, **counts: int) -> Line:
        words_ = Words.same(text)
        return Line(item=Item(id=text, words=words_), n=sum(counts.values()), counts=counts, outcome=outcome)

    lines = (
        need("Devis", "split", M=1, C=1), need("Adresse", "M", M=2, S=0), need("Visite", "C", M=0, C=2),
    )  # fmt: skip
    result = Result(
        number=1, step=3, kind="moscow", attempt=1, lines=lines, n=2, voters=2, abstained=0, verdict="settled"
    )
    told = said({"blocks": results.told(words("en"), result, {})})
    assert "Must have • Adresse · Must have: 2 Could have • Visite · Could have: 2" in told
    assert told.index("Split, to be settled one by one") < told.index("Devis")


async def test_home_says_first_that_a_vote_waits_and_no_more_once_one_has_voted(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W01", mode="async").opens()
    while play.workshop.step < 4:
        play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    marc = await place.person(MARC).opens_home()
    assert flat("À faire maintenant. W01 Lancement et règles du jeu est en cours") in said(marc.home)
    await marc.presses("Voter", on=marc.home)
    ballot = play.workshop.ballot
    assert ballot is not None
    vote = Vote(choices={ballot.items[0].id: 4})
    play.happens(events.Voted(by=MARC, at=play.now, vote=vote, ballot=ballot.number))
    marc = await place.person(MARC).opens_home()
    assert flat("votre réponse est attendue") not in said(marc.home)


async def test_home_says_first_that_a_live_workshop_has_begun_to_those_who_are_not_there(place: Town) -> None:
    Play(place=place, project=await founded(place), script="W01", absent=(MARC,)).opens()
    first = "À faire maintenant. W01 Lancement et règles du jeu est en cours dans le canal"
    marc = await place.person(MARC).opens_home()
    assert flat(first) in said(marc.home)
    await marc.presses("Rejoindre l’étape", on=marc.home)
    marc = await place.person(MARC).opens_home()
    assert flat(first) not in said(marc.home)


def two(kind: BallotKind) -> Ballot:
    """A vote on two things."""
    things = tuple(Item(id=id, words=Words.same(id)) for id in ("a", "b"))
    return Ballot(number=1, step=1, kind=kind, items=things, dots=2, most=2)


def test_who_gives_no_dot_abstains() -> None:
    form = {"vote:a": "0", "vote:b": "2"}
    assert ballots.read(two("dots"), form, {}).choices == {"b": 2}
    assert ballots.read(two("dots"), {"vote:a": "0", "vote:b": "0"}, {}).choices == {}


def test_a_vote_that_is_opened_again_still_has_its_reason_and_its_name() -> None:
    own = Vote(choices={"a": 2}, why={"a": "Trop tôt"}, signed=True)
    rows = str(ballots.fields(words("fr"), two("fist"), own=own))
    assert "'initial_value': 'Trop tôt'" in rows
    assert "initial_options" in rows
    assert "initial_options" not in str(ballots.fields(words("fr"), two("fist"), own=Vote()))


async def test_a_ballot_of_several_pages_keeps_the_reason_and_the_name_when_it_is_opened_again(
    place: Town,
) -> None:
    project = await founded(place)
    for n in range(21):
        given(place, project, "need", f"Need {n}")
    play = Play(place=place, project=project, script="W06").opens()
    while not (play.workshop.voting and play.workshop.ballot and play.workshop.ballot.kind == "moscow"):
        play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    number, refs = play.workshop.ballot.number, [one.id for one in play.workshop.ballot.items]
    own = Vote(choices={refs[0]: "M"}, signed=True)
    play.happens(events.Voted(by=MARC, at=play.now, ballot=number, vote=own))
    place.delivers()
    marc = await place.person(MARC).presses("Voter", on=place.to(BOREAL, "workshop_step")[-1])
    assert marc.sees("Page 1 sur 2")
    await marc.sends()
    assert marc.sees("Page 2 sur 2")
    assert "initial_options" in str(marc.modal), "he had signed it"
    await marc.sends()
    kept = place.parts.db.read_sync(workshops.own_vote, workshop=play.workshop, user=MARC)
    assert kept == own


async def test_more_needs_than_one_ballot_takes_are_said_and_those_without_a_place_come_first(
    place: Town,
) -> None:
    project = await founded(place)
    for n in range(103):
        given(place, project, "need", f"Need {n}", fields={"priority": "S"} if n < 3 else {})
    play = Play(place=place, project=project, script="W06").opens()
    while not (play.workshop.voting and play.workshop.ballot and play.workshop.ballot.kind == "moscow"):
        play.happens(events.Skipped(by=ELODIE, at=play.now, seen=play.workshop.move))
    place.delivers()
    assert len(play.workshop.ballot.items) == gathering.MOST
    assert not {"REQ-1", "REQ-2", "REQ-3"} & {item.ref for item in play.workshop.ballot.items}
    line = place.to(BOREAL, "workshop_line")[-1]
    assert flat("porte sur les 100 premiers ; il en reste 3.") in said({"blocks": line.message.blocks})


async def test_in_the_channel_a_step_with_nothing_to_vote_on_says_so_on_its_own_card(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W06", mode="async").opens()
    place.delivers()
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    place.delivers()
    assert play.workshop.step == 4  # no need is on record: there is nothing to size or to place
    cards = [said({"blocks": one.message.blocks}) for one in place.to(BOREAL, "workshop_step")]
    for step in ("Étape 2 sur 8", "Étape 3 sur 8"):
        assert any(
            flat(step) in card and flat("il n’y avait rien à mettre aux voix") in card for card in cards
        ), cards


def test_a_page_says_what_is_wrong_on_it_before_the_next_one() -> None:
    things = tuple(Item(id=f"{n:032x}", words=Words.same(f"Thing {n}")) for n in range(60))
    grid = Ballot(number=1, step=1, kind="grid", items=things)
    half = Vote(choices={f"{things[3].id}.impact": 4})
    assert ballots.of_page(grid, counting.problems(grid, half), 0) == {things[3].id: "both"}
    dots = Ballot(number=1, step=1, kind="dots", items=things, dots=2, most=2)
    many = Vote(choices={things[0].id: 2, things[1].id: 2})
    assert ballots.of_page(dots, counting.problems(dots, many), 0) == {"": "dots"}
    points = Ballot(number=1, step=1, kind="points", items=things)
    some = Vote(choices={things[0].id: 20})
    assert not ballots.of_page(points, counting.problems(points, some), 0), "the rest may follow"


def test_what_was_chosen_on_other_pages_fits_into_the_form() -> None:
    things = tuple(Item(id=f"{n:032x}", words=Words.same(f"Thing {n}")) for n in range(gathering.MOST))
    grid = Ballot(number=1, step=1, kind="grid", items=things)
    chosen = {f"{one.id}.{axis}": 4 for one in things[:80] for axis in ("impact", "effort")}
    packed = ballots.packed(grid, chosen)
    assert len(packed) < 2900
    assert ballots.carried(grid, packed) == chosen
    for odd in ('{"x":1}', "[1]", "{", '{"0":[1]}', '{"999":1}'):
        assert ballots.carried(grid, odd) == {}


def test_the_reasons_for_every_page_stand_on_the_last() -> None:
    things = tuple(Item(id=f"i{n}", words=Words.same(f"Thing {n}")) for n in range(25))
    both = Ballot(number=1, step=1, kind="fist", items=things)
    own = Vote(why={"i0": "Trop tôt", "i24": "Trop tard"})
    assert "why:" not in str(ballots.fields(words("fr"), both, page=0, own=own))
    last = str(ballots.fields(words("fr"), both, page=1, own=own))
    assert "'initial_value': 'Trop tôt'" in last
    assert "'initial_value': 'Trop tard'" in last
