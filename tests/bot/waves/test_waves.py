"""Anonymous waves as people meet them (journeys 2c, acceptance points 19 to 23, appendix A.8)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from bot import people
from bot.waves import stopping
from bot.waves.opening import NotOpened, Order, invited, open_wave
from flows.wave.model import ScaleKept
from storage import audit, schedule
from storage import person as kept
from storage import project as projects
from storage import wave as waves
from storage.tables import ballot_ledger, inbox, metadata, outbox
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    JEANNE,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Town,
    said,
)
from tests.bot.waves.polling import MORE, TEAM, closes, fills_in, founds, invitation, opens, votes, wave


def rows(place: Town, *tables: str) -> dict[str, int]:
    """How many rows each table has."""
    names = tables or tuple(metadata.tables)

    def counted(conn: Any) -> dict[str, int]:
        return {
            name: conn.execute(
                select(func.count()).select_from(metadata.tables[name]).execution_options(across_workspaces=True)
            ).scalar_one()
            for name in names
        }  # fmt: skip

    return place.parts.db.read_sync(counted)


# -- invited ------------------------------------------------------------------------------------------------


async def test_an_invitation_says_how_long_anonymous_and_until_when(place: Town) -> None:
    opens(place, founds(place))
    said = invitation(place, INES).text
    assert "Ce que nous ressentons" in said
    assert "environ 5 minutes, anonyme, jusqu’au mardi 20 janvier" in said
    assert "Je me dis" not in said, "no question stands in a message"
    assert {post.to for post in place.posts.values() if post.what == "wave_invitation"} == set(TEAM)


async def test_the_sponsor_and_the_facilitator_find_nothing(place: Town) -> None:
    id = opens(place, founds(place))
    for outsider in (CLAIRE, ELODIE):
        who = place.person(outsider)
        await who.presses("Répondre", on=invitation(place, INES))
        assert who.sees("Je ne trouve rien là pour vous")
    assert len(place.parts.db.read_sync(waves.invited, workspace=WORKSPACE, id=id)) == 5


async def test_a_team_of_four_is_not_asked(place: Town) -> None:
    project = founds(place, team={user: part for user, part in TEAM.items() if user != HUGO})
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage help")
    found = place.parts.db.run_sync(
        lambda conn: open_wave(
            conn, parts=place.parts,
            order=Order(project=projects.get(conn, workspace=WORKSPACE, id=project), what="D06", by=ELODIE,
                        now=place.clock.now()),  # type: ignore[arg-type]
        )
    )  # fmt: skip
    assert isinstance(found, NotOpened)
    assert found.reason == "too_small"
    assert "neutral coach" in found.words.en
    assert rows(place, "wave", "ballot_box") == {"wave": 0, "ballot_box": 0}


async def test_whoever_has_left_or_is_a_bot_is_not_invited(place: Town) -> None:
    project = founds(place, team=TEAM | MORE)
    place.slack.people["U0MORE1"].bot = True
    place.clock.passes(hours=30)
    await people.everybody(place.parts, WORKSPACE, [*TEAM, *MORE])
    users = place.parts.db.read_sync(
        lambda conn: invited(
            conn, parts=place.parts, what="D06",
            project=projects.get(conn, workspace=WORKSPACE, id=project),  # type: ignore[arg-type]
        )
    )  # fmt: skip
    assert set(users) == {*TEAM, *MORE} - {"U0MORE1"}


# -- the screens --------------------------------------------------------------------------------------------


async def test_19_the_word_anonymous_stands_on_every_screen(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    assert ines.sees("1 sur 3", "Vos réponses s’ajoutent aux totaux du groupe", "Clôture le mardi 20 janvier")
    seen = []
    while "submit" in ines.modal:
        assert ines.sees("Anonyme")
        seen.append(ines.modal["submit"]["text"])
        await fills_in(ines, place, "D07", {})
        await ines.sends()
    assert seen == ["Suite", "Suite", "Envoyer définitivement"]
    assert ines.sees("C’est enregistré, merci", "ni retrouvé, ni modifié, ni retiré")


async def test_an_anonymous_scale_ends_with_no_answer(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    scale = next(block for block in ines.modal["blocks"] if block["block_id"] == "BEL01")
    offered = [option["text"]["text"] for option in scale["element"]["options"]]
    assert offered == ["Jamais", "Rarement", "Parfois", "Souvent", "Sans cesse", "Sans réponse"]
    assert not scale["optional"]


async def test_how_it_works_tells_the_limit(place: Town) -> None:
    opens(place, founds(place))
    sofia = place.person(SOFIA)
    await sofia.presses("How it works", on=invitation(place, SOFIA))
    assert sofia.sees("Only someone who runs the server, holds its key and watches it")


async def test_back_shows_what_was_answered_and_the_form_alone_carries_it(place: Town) -> None:
    opens(place, founds(place))
    invitation(place, INES)
    before = rows(place)
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {"BEL01": "5"})
    await ines.sends()
    assert "BEL01" not in str(ines.modal["private_metadata"])
    await ines.presses("Retour")
    first = next(block for block in ines.modal["blocks"] if block["block_id"] == "BEL01")
    assert first["element"]["initial_option"]["value"] == "5"
    ines.typed.clear()
    after = rows(place)
    assert {name: after[name] - n for name, n in before.items() if after[name] != n} == {}


async def test_a_long_text_makes_no_form_too_long(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    for _ in range(2):
        await fills_in(ines, place, "D07", {})
        await ines.sends()
    await fills_in(ines, place, "D07", {"BEL07": "é" * 1500})
    before = ines.modal
    await ines.presses("Retour")
    assert ines.modal == before, "it stays where it is, with the text"
    await ines.sends()
    assert ines.sees("C’est enregistré")


async def test_a_question_without_answer_stops_the_screen_and_says_so(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    ines.fills({"BEL01": "3"})
    await ines.sends()
    assert set(ines.errors) == {f"BEL0{n}" for n in range(2, 7)}
    assert "Sans réponse" in ines.errors["BEL02"]


async def test_a_form_of_somebody_else_carries_nothing_over(place: Town) -> None:
    """A copied private_metadata is bound to its person: it opens as if empty."""
    opens(place, founds(place))
    ines, paul = place.person(INES), place.person(PAUL)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {})
    await ines.sends()
    paul.typed = ines.typed
    await paul.sends()
    assert paul.sees("1 sur 3")
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 0}


# -- the ballot ---------------------------------------------------------------------------------------------


async def test_20_closing_before_sending_keeps_nothing_and_sending_twice_says_already(place: Town) -> None:
    id = opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {})
    await ines.sends()
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 0}
    assert (await votes(place, INES)).sees("C’est enregistré")
    again = await votes(place, INES, BEL01="5")
    assert again.sees("Déjà enregistré : un premier bulletin est dans l’urne")
    assert not again.sees("Parler à une personne neutre"), "the coach is offered on the sending alone"
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 1}
    assert wave(place, id).open


async def test_a_ballot_leaves_no_row_but_its_mark(place: Town) -> None:
    """No inbox row, no outbox row, no memo, no profile: only the ledger grows, and the box is rewritten."""
    opens(place, founds(place))
    invitation(place, INES)
    place.delivers()
    before = rows(place)
    asked = len(place.slack.asked)
    await votes(place, INES, BEL01="5", BEL07="Du texte", BEL07a="quote")
    after = rows(place)
    assert {name: after[name] - n for name, n in before.items() if after[name] != n} == {"ballot_ledger": 1}
    assert len(place.slack.asked) == asked, "Slack is asked nothing about the person"


async def test_two_screens_are_sent_by_people_who_do_not_meet(place: Town) -> None:
    opens(place, founds(place))
    for user in TEAM:
        assert (await votes(place, user)).sees("C’est enregistré" if user != SOFIA else "Recorded")
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 5}


@pytest.mark.parametrize(("answer", "coloured"), [("5", True), ("4", False)])
async def test_the_coach_is_coloured_for_a_heavy_answer_with_the_same_words(
    place: Town, answer: str, coloured: bool
) -> None:
    """5.4."""
    opens(place, founds(place))
    ines = await votes(place, INES, BEL03=answer)
    assert ines.sees("Si vous souhaitez parler à une personne neutre : Jeanne Aubry", "rien de vos réponses")
    button = ines.modal["blocks"][-1]["elements"][0]
    assert (button.get("style") == "primary") is coloured


async def test_without_a_coach_the_way_outside_the_line_is_told(place: Town) -> None:
    opens(place, founds(place, team={**TEAM, HUGO: "hr"}, coach=None))
    assert (await votes(place, INES)).sees("vous pouvez vous adresser à Hugo Teixeira (RH)")


async def test_a_closed_wave_says_so_and_records_nothing(place: Town) -> None:
    id = opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    await fills_in(ines, place, "D07", {})
    closes(place, id)
    await ines.sends()
    assert ines.sees("Cette consultation est close.", "mardi 20 janvier")


async def test_a_failure_keeps_the_answers_on_the_screen(place: Town) -> None:
    opens(place, founds(place))
    ines = place.person(INES)
    await ines.presses("Répondre", on=invitation(place, INES))
    for _ in range(2):
        await fills_in(ines, place, "D07", {})
        await ines.sends()
    await fills_in(ines, place, "D07", {})
    before, works = ines.modal, place.parts.db
    place.parts = _Refusing.of(place)
    await ines.sends()
    assert "Ce n’est pas enregistré. Vos réponses sont toujours à l’écran" in ines.errors["BEL10"]
    assert ines.modal == before
    place.parts = _with_db(place, works)
    await ines.sends()
    assert ines.sees("C’est enregistré")


class _Refusing:
    """A database that reads, and commits nothing."""

    def __init__(self, real: Any) -> None:
        self._real = real

    @classmethod
    def of(cls, place: Town) -> Any:
        return _with_db(place, cls(place.parts.db))

    async def run(self, *_: Any, **__: Any) -> Any:
        from storage.errors import Busy  # noqa: PLC0415

        raise Busy("busy")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


def _with_db(place: Town, db: Any) -> Any:
    from dataclasses import replace  # noqa: PLC0415

    return replace(place.parts, db=db)


# -- reminder and closing -----------------------------------------------------------------------------------


async def test_22_the_reminder_goes_to_everybody_alike(place: Town) -> None:
    opens(place, founds(place))
    for user in (INES, PAUL):
        await votes(place, user)
    place.until(datetime(2026, 1, 16, 15, 0, tzinfo=UTC))
    reminded = {post.to: post.text for post in place.posts.values() if post.what == "wave_reminder"}
    assert set(reminded) == set(TEAM)
    assert reminded[INES] == reminded[HUGO]
    assert "Ce rappel part à toutes les personnes invitées" in reminded[INES]


async def test_21_with_four_answers_nothing_is_shown_to_anybody(place: Town) -> None:
    id = opens(place, founds(place))
    for user in (INES, PAUL, HUGO, MARC):
        await votes(place, user, BEL07="Pour le groupe", BEL07a="quote")
    closes(place, id)
    assert wave(place, id).outcome == "few"
    (line,) = place.to(BOREAL, "wave_closed")
    assert "Moins de 5 réponses, tout a été détruit sans être lu" in line.text
    assert "résultats" not in line.text
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage status")
    assert "pas assez de réponses pour protéger chacun" in str(elodie.heard)


async def test_21_with_five_group_results_only(place: Town) -> None:
    id = opens(place, founds(place))
    for user, point in zip(TEAM, "12345", strict=True):
        await votes(place, user, BEL01=point, BEL02="1", BEL07=f"Texte {point}", BEL07a="quote")
    closes(place, id)
    (line,) = place.to(BOREAL, "wave_closed")
    assert "Au moins 5 réponses, les résultats de groupe sont disponibles" in line.text
    claire = place.person(CLAIRE)
    await claire.presses("Voir les résultats de groupe", on=line)
    assert claire.sees("Anonyme", "moyenne de 3 sur 5", "au moins 5 réponses, 5 personnes invitées")
    assert claire.sees("les avis sont partagés") or claire.sees("opinions")
    assert claire.sees("moyenne de 1,5 sur 5 ou moins"), "agreement of all reveals nobody"
    assert all(claire.sees(f"Texte {n}") for n in range(1, 6))
    assert "▮" not in claire.reads, "no bar below ten answers"
    assert "janvier" not in claire.reads, "no date"
    stranger = place.person("U0NED")
    await stranger.presses("Voir les résultats de groupe", on=line)
    assert "moyenne" not in str(stranger.heard)


async def test_bars_and_counts_come_from_ten_answers(place: Town) -> None:
    id = opens(place, founds(place, team=TEAM | MORE))
    for user in [*TEAM, *MORE]:
        await votes(place, user, BEL09="push", BEL10=["pay"])
    closes(place, id)
    (line,) = place.to(BOREAL, "wave_closed")
    claire = place.person(CLAIRE)
    await claire.presses("Voir les résultats de groupe", on=line)
    assert claire.sees("▮▮▮▮▮▮▮▮▮▮ 14", "au moins 10 réponses, 14 personnes invitées")


async def test_a_wave_is_closed_once_and_the_diagnosis_is_told(place: Town) -> None:
    id = opens(place, founds(place))
    for user in TEAM:
        await votes(place, user)
    closes(place, id)
    found = place.parts.db.read_sync(waves.results, workspace=WORKSPACE, ids=[id])[id]
    assert found["BEL01"] == ScaleKept(n=5, total=15)
    assert rows(place, "ballot_ledger", "ballot_box") == {"ballot_ledger": 0, "ballot_box": 0}
    assert len(place.to(BOREAL, "wave_closed")) == 1
    here = {"workspace": WORKSPACE, "project_id": wave(place, id).project_id}
    [link] = place.parts.db.read_sync(audit.about, **here, object=id)
    assert (link.action, link.actor, link.data) == ("wave.closed", "", {})  # not by how many


# -- the facilitator ----------------------------------------------------------------------------------------


async def test_the_facilitator_opens_a_wave_and_sees_no_count(place: Town) -> None:
    project = founds(place)
    elodie = place.person(ELODIE)
    button = {"type": "actions", "elements": [
        {"type": "button", "action_id": "wave.order", "value": f"{project}:D06",
         "text": {"type": "plain_text", "text": "D06"}}]}  # fmt: skip
    await elodie.presses("D06", on={"blocks": [button]})
    assert elodie.sees("5 personnes sont invitées", "Ni le sponsor, ni l’animateur, ni l’accompagnateur")
    elodie.fills({"threshold": "4"})
    await elodie.sends()
    assert "jamais abaissé" in elodie.errors["threshold"]
    elodie.fills({"threshold": "5", "closes": "2026-01-14"})
    await elodie.sends()
    assert "closes" in elodie.errors
    elodie.fills({"closes": "2026-01-20"})
    await elodie.sends()
    assert elodie.sees("Ouverte jusqu’au mardi 20 janvier")
    for user in TEAM:
        await votes(place, user, "D06")
    await elodie.presses("D06", on={"blocks": [button]})
    assert elodie.sees("5 personnes attendues", "aucun décompte avant la clôture")
    await elodie.opens_home()
    assert "5 personnes attendues" in str(place.homes[ELODIE])


async def test_a_wave_ordered_for_later_opens_on_its_day(place: Town) -> None:
    project = founds(place)
    elodie = place.person(ELODIE)
    button = {"type": "actions", "elements": [
        {"type": "button", "action_id": "wave.order", "value": f"{project}:C01",
         "text": {"type": "plain_text", "text": "C01"}}]}  # fmt: skip
    await elodie.presses("C01", on={"blocks": [button]})
    elodie.fills({"opens": "2026-01-20", "closes": "2026-01-27", "added": ["CHG12"]})
    await elodie.sends()
    assert elodie.sees("Ouverture le mardi 20 janvier")
    assert not place.to(INES, "wave_invitation")
    place.until(datetime(2026, 1, 20, 10, 0, tzinfo=UTC))
    ines = await votes(place, INES, "C01", P04="1")
    assert ines.sees("C’est enregistré")
    assert "Ne plus me les envoyer" in invitation(place, INES).text


async def test_a_wave_that_cannot_open_on_its_day_says_why(place: Town) -> None:
    project = founds(place)
    schedule_ = {"project": project, "what": "D06", "by": ELODIE, "added": [], "closes": "2026-01-27",
                 "threshold": 5, "split": True}  # fmt: skip
    opens(place, project, "D06")
    place.parts.db.run_sync(
        schedule.put, workspace=WORKSPACE, id="wave_open:x", kind="wave_open", next_due=place.clock.now(),
        data=schedule_,
    )  # fmt: skip
    place.ticks()
    place.delivers()
    (told,) = place.to(ELODIE, "wave_not_opened")
    assert "déjà ouverte" in told.text


async def test_only_those_who_send_open_a_wave(place: Town) -> None:
    project = founds(place)
    button = {"type": "actions", "elements": [
        {"type": "button", "action_id": "wave.order", "value": f"{project}:D06",
         "text": {"type": "plain_text", "text": "D06"}}]}  # fmt: skip
    ines = place.person(INES)
    await ines.presses("D06", on={"blocks": [button]})
    assert rows(place, "wave") == {"wave": 0}
    assert "Ouverture le" not in str(ines.heard)


# -- stopping -----------------------------------------------------------------------------------------------


async def test_no_more_of_these_takes_effect_before_the_next_list(place: Town) -> None:
    project = founds(place, team=TEAM | MORE)
    id = opens(place, project, "C02")
    ines = place.person(INES)
    await ines.presses("Ne plus me les envoyer", on=invitation(place, INES))
    assert "Personne ne le voit" in ines.told
    closes(place, id)
    place.posts.clear()
    place.until(datetime(2026, 1, 27, 10, 0, tzinfo=UTC))
    opens(place, project, "C02")
    place.delivers()
    assert INES not in {post.to for post in place.posts.values()}
    assert len({post.to for post in place.posts.values() if post.what == "wave_invitation"}) == 13
    assert place.parts.db.read_sync(
        stopping.every, workspace=WORKSPACE, user=INES, known=place.parts.playbook.waves
    ) == ("C02",)
    await ines.runs("/cadrage reglages")
    await ines.presses("Me les renvoyer")
    assert place.parts.db.read_sync(
        stopping.every, workspace=WORKSPACE, user=INES, known=place.parts.playbook.waves
    ) == ()  # fmt: skip


# -- the coach ----------------------------------------------------------------------------------------------


async def test_23_the_coach_learns_of_a_request_and_nobody_else(place: Town) -> None:
    opens(place, founds(place))
    ines = await votes(place, INES)
    await ines.presses("Parler à une personne neutre")
    assert ines.sees("Jeanne Aubry", "Sans lien avec vos réponses")
    ines.fills({"when": "lundi matin", "word": "Un doute"})
    await ines.sends()
    assert ines.sees("Jeanne Aubry a votre demande")
    before = {post.to for post in place.posts.values()}
    place.delivers()
    (told,) = place.to(JEANNE, "coach_wish")
    assert "Inès" not in told.text
    assert {post.to for post in place.posts.values()} - before <= {JEANNE}
    elodie = place.person(ELODIE)
    await elodie.presses("Lire", on=told)
    assert "Un doute" not in str(place.slack.views) or "Un doute" not in str(elodie.heard)
    jeanne = await place.person(JEANNE).opens_home()
    assert "À faire maintenant. Quelqu’un souhaite parler." in said(jeanne.home)
    assert INES not in str(jeanne.home)
    await jeanne.presses("Lire", on=jeanne.home)
    assert jeanne.sees("lundi matin", "Un doute", INES)
    await jeanne.presses("Contact pris")
    assert jeanne.sees("Personne ne vous attend", "moins de 5")
    place.delivers()
    assert "Rien ne vous attend." in said(place.homes[JEANNE])
    await jeanne.presses("Qui verra quoi", on=place.homes[JEANNE])
    assert jeanne.sees("Personne ne peut voir qui a répondu quoi"), "the coach reads no plan"


async def test_a_request_to_the_coach_leaves_no_profile_as_young_as_itself(place: Town) -> None:
    """What waits for the coach says when it was queued; no row of a person may say the same."""
    founds(place)
    ines = place.person(INES)
    await ines.opens_home()

    def young() -> list[object]:
        return [
            person.fetched_at
            for person in place.parts.db.read_sync(kept.many, workspace=WORKSPACE, users=[INES]).values()
        ]

    before = young()
    place.clock.passes(days=3)
    await ines.runs("/cadrage coach")
    ines.fills({"word": "Un doute"})
    await ines.sends()
    assert ines.sees("Jeanne Aubry a votre demande")
    await ines.presses("La reprendre")
    assert young() == before != []


async def test_texts_for_the_coach_stand_on_the_coach_s_screen_alone(place: Town) -> None:
    id = opens(place, founds(place))
    for user in TEAM:
        await votes(place, user, BEL07="Pour Jeanne seule", BEL07a="coach")
    closes(place, id)
    jeanne = place.person(JEANNE)
    await jeanne.opens_home()
    await jeanne.presses("Lire", on=place.homes[JEANNE])
    assert jeanne.sees("Pour Jeanne seule", "Effacé 30 jours après la clôture")
    claire = place.person(CLAIRE)
    await claire.presses("Voir les résultats de groupe", on=place.to(BOREAL, "wave_closed")[0])
    assert "Pour Jeanne seule" not in claire.reads
    assert not any("Pour Jeanne seule" in post.text for post in place.posts.values())


async def test_a_request_can_be_taken_back(place: Town) -> None:
    founds(place)
    ines = place.person(INES)
    await ines.runs("/cadrage accompagnateur")
    await ines.sends()
    await ines.presses("La reprendre")
    assert ines.sees("Demande retirée")
    assert rows(place, "coach_request") == {"coach_request": 0}


# -- what stays ---------------------------------------------------------------------------------------------


async def test_nothing_that_waits_or_was_taken_names_a_wave_and_a_moment_of_a_ballot(place: Town) -> None:
    id = opens(place, founds(place))
    invitation(place, INES)
    place.delivers()

    def kept(conn: Any) -> tuple[list[Any], list[Any]]:
        across = {"across_workspaces": True}
        return (
            [tuple(row) for row in conn.execute(select(inbox).execution_options(**across))],
            [tuple(row) for row in conn.execute(select(outbox).execution_options(**across))],
        )

    before = place.parts.db.read_sync(kept)
    for user in TEAM:
        await votes(place, user)
    assert place.parts.db.read_sync(kept) == before
    assert rows(place, "ballot_ledger") == {"ballot_ledger": 5}
    assert ballot_ledger.c.keys() == ["workspace", "wave_id", "mark"]
    assert wave(place, id).closes_on == date(2026, 1, 20)
