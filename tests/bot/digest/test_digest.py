"""The sponsor's digest: Thursday 08:30 where the sponsor is, one screen, buttons that work, a preview with
one sentence of the facilitator's (DOC7; journeys D1; acceptance 24)."""

from dataclasses import replace
from datetime import UTC, date, datetime

from flows.dialogue.effects import Draft
from flows.wins.model import Win
from flows.words import Words
from storage import digest, life, schedule, win
from storage import project as projects
from storage.database import Connection
from storage.digest import Setting
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Posted,
    Town,
    flat,
    founded,
    said,
)

WHAT = "sponsor_digest"
LONG = "Parce que les clients attendent une seule réponse."
RELAUNCH = "Nommer une ressource informatique"


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def digests(place: Town) -> list[Posted]:
    return place.to(CLAIRE, WHAT)


def made(place: Town, project: str, kind: str, title: str, **more: object) -> str:
    draft = Draft(kind=kind, item=title, title=Words.same(title), **more)  # type: ignore[arg-type]
    found = place.parts.db.run_sync(
        life.make, workspace=WORKSPACE, project_id=project, draft=draft, by=MARC, now=place.clock.now()
    )
    return found.ref


async def test_24_thursday_at_half_past_eight_one_screen_people_first(place: Town) -> None:
    project = await founded(place)
    action = made(place, project, "action", RELAUNCH, owner=CLAIRE, due=date(2026, 1, 16))
    risk = made(
        place, project, "risk", "Le fournisseur se retire", owner=MARC, fields={"likelihood": 4, "impact": 4}
    )
    hidden = made(
        place, project, "risk", "La prime de Paul", restricted=True, fields={"likelihood": 5, "impact": 5}
    )
    place.until(at(15, 7, 29), step=600)
    assert digests(place) == [], "not before 08:30 in Paris"
    place.until(at(15, 7, 31), step=60)
    (card,) = digests(place)
    assert card.at == at(15, 7, 30)
    assert card.text.startswith(flat("Boréal, semaine 0 sur 6 : 5 actions vous attendent"))
    assert len(card.message.blocks) <= 20, "one screen"
    places = [card.text.find(flat(title)) for title in (
        "Petits pas à saluer", "Ce que l’on attend de vous (5)", "Où nous en sommes",
        "Ce qui peut nous arrêter", "Comment va le groupe", "Préparation et verdict",
        "Votre prochain geste visible",
    )]  # fmt: skip
    assert -1 not in places, card.text
    assert places == sorted(places), "people before figures"
    assert flat(f"{action} {RELAUNCH}") in card.text
    assert flat(f"{risk} Le fournisseur se retire (16), porté par Marc Delorme") in card.text
    for restricted in (hidden, "prime"):
        assert restricted not in card.text, "what is restricted stays where it is"
    assert flat("Aucun petit pas") in card.text, "never blank, never invented"
    assert flat("Élodie Martin et Marc Delorme peuvent le voir avant vous") in card.text
    for name in ("Inès", "Paul Kermorgan", "Hugo", "Sofia", "%"):
        assert name not in card.text, "nobody's activity, no rate of answers"
    assert not [post for post in place.to(BOREAL) if post.what == WHAT]
    claire = await place.person(CLAIRE).presses("Ouvrir", on=card)
    assert claire.sees(RELAUNCH)


async def test_25_what_is_decided_changes_the_digest_in_place(place: Town) -> None:
    project = await founded(place)
    made(place, project, "issue", "Qui porte les fiches ?", fields={"blocking": "yes"}, owner=INES,
         due=date(2026, 1, 12))  # fmt: skip
    place.until(at(5, 8, month=2))
    card = digests(place)[-1]
    case = next(b for b in card.message.blocks if "arbitration.decide" in str(b))
    assert flat("Qui porte les fiches ?") in said(case)
    claire = await place.person(CLAIRE).presses("Trancher", on={"blocks": [case]})
    claire.fills(
        {
            "option": "other",
            "own": "Le service client",
            "reason": LONG,
            "loss": LONG,
        }
    )
    await claire.sends()
    assert not claire.errors
    place.delivers()
    after = digests(place)[-1]
    assert after.times == 2, "the same message, changed"
    assert flat("TRD-1 : décision rendue jeudi 5 février, merci.") in after.text
    assert not [b for b in after.message.blocks if "arbitration.decide" in str(b)]


async def test_the_sponsors_own_actions_are_done_put_off_or_handed_on_from_the_digest(place: Town) -> None:
    project = await founded(place)
    for title, day in ((RELAUNCH, 16), ("Appeler le fournisseur", 19), ("Relire le contrat", 20)):
        made(place, project, "action", title, owner=CLAIRE, due=date(2026, 1, day))
    place.until(at(15, 8))
    (card,) = digests(place)
    done, later, on = (
        {"blocks": card.message.blocks[place_ : place_ + 2]}
        for place_, block in enumerate(card.message.blocks)
        if block["type"] == "section" and "ACT-" in str(block["text"])
    )
    claire = place.person(CLAIRE)
    await claire.presses("Fait", on=done)
    await claire.presses("Plus tard", on=later)
    await claire.presses("Déléguer", on=on)
    claire.fills({"who": MARC})
    await claire.sends()
    assert not claire.errors
    place.clock.passes(minutes=2)
    place.delivers()
    (card,) = digests(place)
    assert card.times > 1, "the same message, changed"
    assert flat("n’attend plus, merci.") in card.text
    assert flat("Reporté au") in card.text
    place.until(at(16, 15))
    await place.person(MARC).presses("Je m’en occupe", on=place.to(MARC, "handover")[-1])
    place.clock.passes(minutes=2)
    place.delivers()
    assert "Relire le contrat" not in digests(place)[0].text, "it is Marc's from now on"
    elodie = await place.person(ELODIE).runs("/cadrage digest preview", channel=BOREAL)
    assert not elodie.sees("Reporté au"), "what she puts off is hers alone"


async def test_thank_opens_a_box_for_ones_own_words_and_no_step_is_offered_twice(place: Town) -> None:
    project = await founded(place)
    for n, function in enumerate(("service", "service", "sales", "marketing")):
        step = Win(
            number=0, type="WM1", said=Words.same(f"Pas numéro {n}"), state="posted", functions=(function,),
            found_at=place.clock.now(),
        )  # fmt: skip
        place.parts.db.run_sync(win.tell, workspace=WORKSPACE, project_id=project, win=step)
    place.until(at(15, 8))
    (card,) = digests(place)
    assert flat("Trois petits pas à saluer") in card.text
    assert "Pas numéro 0" not in card.text, "one of each department, the newest"
    claire = await place.person(CLAIRE).presses("Remercier", on=card)
    assert claire.sees("WIN-4 Pas numéro 3")
    claire.fills({"words": "Merci"})
    await claire.sends()
    assert "20" in claire.errors["words"], "no ready-made sentence, and no single word"
    place.until(at(22, 8))
    assert "Pas numéro" not in digests(place)[1].text


async def test_conditions_of_success_wait_for_the_sponsors_answer(place: Town) -> None:
    project = await founded(place)
    asked = made(
        place, project, "issue", "Une heure par semaine pour apprendre", owner=CLAIRE, due=date(2026, 1, 13),
        fields={"condition": "asked"},
    )  # fmt: skip
    place.until(at(15, 8))
    (card,) = digests(place)
    row = next(b for b in card.message.blocks if asked in str(b.get("text")))
    assert flat("Une heure par semaine pour apprendre.") in said(row)
    assert row["accessory"]["action_id"].startswith("workshop.conditions")


async def test_earlier_digests_can_be_read_again_as_they_were_sent(place: Town) -> None:
    project = await founded(place)
    action = made(place, project, "action", RELAUNCH, owner=CLAIRE, due=date(2026, 1, 16))
    place.until(at(15, 9))

    def renamed(conn: Connection) -> None:
        held = life.hold(conn, workspace=WORKSPACE, project_id=project, ref=action)
        assert held is not None
        title = Words.same("Nommer quelqu’un à l’informatique")
        life.change(conn, held, by=MARC, move="edited", now=place.clock.now(), title=title, status="done")

    place.parts.db.run_sync(renamed)
    place.until(at(22, 9))
    claire = await place.person(CLAIRE).runs("/cadrage digest", channel=BOREAL)
    await claire.presses("Digests précédents")
    assert claire.sees("Tel qu’il est parti le jeudi 22 janvier")
    await claire.presses("Précédent")
    assert claire.sees(
        "Tel qu’il est parti le jeudi 15 janvier", f"{action} Nommer quelqu’un à l’informatique"
    )
    assert not claire.sees(RELAUNCH), "a title that was corrected stays corrected"
    assert not claire.sees("[Fait]"), "it is read, and nothing is done from it"
    await claire.presses("Suivant")
    assert claire.sees("jeudi 22 janvier")
    ines = await place.person(INES).runs("/cadrage digest", channel=BOREAL)
    assert "Cela revient" in ines.told or "trouve rien" in ines.told


async def test_a_quiet_week_says_so_in_one_line(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role="sponsor", user=PAUL)
    await place.person(PAUL).opens_home()
    place.until(at(15, 8))
    place.until(at(22, 8))
    _, quiet = place.to(PAUL, WHAT)
    assert flat("Rien de nouveau ne vous attend cette semaine.") in quiet.text
    assert len(quiet.message.blocks) == 2, "the line and the small print"


async def test_two_days_down_is_one_digest_that_says_what_it_covers(place: Town) -> None:
    project = await founded(place)
    made(place, project, "action", RELAUNCH, owner=CLAIRE)
    place.until(at(14, 18))
    place.clock.at = at(17, 9)  # Saturday: off since before Thursday
    place.ticks()
    place.delivers()
    assert digests(place) == [], "not on a Saturday"
    place.until(at(19, 12))
    (late,) = digests(place)
    assert late.at.date() == date(2026, 1, 19)
    assert flat("En retard : couvre du jeudi 15 janvier au samedi 17 janvier.") in late.text
    place.until(at(21, 18))
    place.clock.at = at(3, 9, month=2)
    place.until(at(4, 18, month=2))
    assert len(digests(place)) == 2, "two weeks down: one, not two"
    assert flat("couvre du jeudi 22 janvier") in digests(place)[1].text


async def test_each_sponsor_where_they_are_and_nobody_who_has_left(place: Town) -> None:
    project = await founded(place)
    moved = replace(place.slack.people[SOFIA], zone="America/New_York")
    place.slack.people[SOFIA] = moved
    place.until(at(13, 12))
    place.parts.db.run_sync(projects.set_role, workspace=WORKSPACE, id=project, role="sponsor", user=SOFIA)
    await place.person(SOFIA).opens_home()
    place.until(at(15, 18))
    assert digests(place) == []
    (card,) = place.to(SOFIA, WHAT)
    assert card.at.replace(second=0) == at(15, 13, 30), "08:30 in New York"
    assert "What we need from you" in card.text, "in her language"
    place.slack.people[SOFIA] = replace(moved, gone=True)
    place.clock.passes(days=2)
    await place.person(SOFIA).opens_home()
    place.until(at(23, 18))
    assert len(place.to(SOFIA, WHAT)) == 1
    told = [post.text for who in (ELODIE, MARC) for post in place.to(who, "delivery_trouble")]
    assert ["Sofia Lindqvist" in text for text in told] == [True, True], "said once to each"


async def test_away_means_later_and_the_rhythm_is_the_sponsors(place: Town) -> None:
    project = await founded(place)
    made(place, project, "action", RELAUNCH, owner=CLAIRE)
    claire = await place.person(CLAIRE).runs("/cadrage digest", channel=BOREAL)
    assert flat("Il part jeudi 15 janvier") in claire.reads or "jeudi" in claire.reads
    await claire.presses("Réglages du digest")
    claire.fills({"rhythm": "fortnightly"})
    await claire.sends()
    assert not claire.errors
    await claire.runs("/cadrage settings", channel=BOREAL)
    claire.fills({"away": "2026-01-16"})
    await claire.sends()
    place.until(at(16, 18))
    assert digests(place) == [], "nothing while she is away"
    place.until(at(27, 18))
    assert [post.at.date() for post in digests(place)] == [date(2026, 1, 19)], "and none the week after"
    place.until(at(30, 18))
    assert len(digests(place)) == 2


async def test_a_late_one_does_not_push_the_next_ones_back(place: Town) -> None:
    project = await founded(place)
    here = {"workspace": WORKSPACE, "project_id": project}
    place.parts.db.run_sync(digest.choose, **here, setting=Setting(rhythm="fortnightly"))
    place.until(at(14, 18))
    place.clock.at = at(19, 9)  # off since before Thursday
    place.until(at(30, 9))
    assert [post.at.date() for post in digests(place)] == [date(2026, 1, 19), date(2026, 1, 29)]


async def test_the_facilitator_sees_the_next_one_and_adds_one_sentence(place: Town) -> None:
    project = await founded(place)
    made(place, project, "action", RELAUNCH, owner=CLAIRE, due=date(2026, 1, 16))
    place.until(at(13, 9))
    elodie = await place.person(ELODIE).opens_home()
    assert flat("Le digest du sponsor part") not in said(elodie.home), "not ready before Wednesday"
    await elodie.runs("/cadrage digest apercu", channel=BOREAL)
    assert elodie.sees("Aperçu.", RELAUNCH, "Votre prochain geste visible")
    assert "Ouvrir" not in elodie.reads, "she reads it, and settles nothing in the sponsor's place"
    await elodie.presses("Ajouter une phrase")
    elodie.fills({"note": "Marc cherche\nune date avec vous. <!here> *gras*"})
    await elodie.sends()
    place.until(at(14, 14))
    await elodie.opens_home()
    assert flat("Le digest du sponsor part jeudi 15 janvier, 8 h 30.") in said(elodie.home)
    ines = await place.person(INES).runs("/cadrage digest", channel=BOREAL)
    assert "Cela revient" in ines.told or "trouve rien" in ines.told
    place.until(at(15, 8))
    (card,) = digests(place)
    assert flat("Élodie Martin ajoute : Marc cherche une date avec vous.") in card.text
    assert "<!here>" not in str(card.message.blocks), "what she typed stays text"
    again = place.parts.db.read_sync(digest.setting, workspace=WORKSPACE, project_id=project)
    assert again.note == "", "for this one only"


async def test_what_is_planned_twice_is_planned_once(place: Town) -> None:
    project = await founded(place)
    place.until(at(14, 12))
    here = {"workspace": WORKSPACE, "id": f"digest:{project}"}
    planned = place.parts.db.read_sync(schedule.planned, **here)
    assert planned == (at(15, 7, 30), "Europe/Paris")
    place.until(at(15, 12))
    assert place.parts.db.read_sync(schedule.planned, **here) == (at(22, 7, 30), "Europe/Paris")
