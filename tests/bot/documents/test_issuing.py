"""Documents that go out, as people get them: what blocks is said, filled in; then a file, in private."""

import io
import zipfile
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from flows.dialogue.effects import Draft
from flows.words import Words
from storage import document as documents
from storage import life, register
from tests.bot.route.test_route import answered
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    MARC,
    WORKSPACE,
    Posted,
    Someone,
    Town,
    founded,
)  # fmt: skip

WEIGHTS = {"k1": 30, "needs": 30, "cost": 20, "exit": 20}


def kept(place: Town, project: str, *drafts: Draft) -> None:
    """Records that are there already."""

    def make(conn: Connection) -> None:
        for draft in drafts:
            life.make(
                conn, workspace=WORKSPACE, project_id=project, draft=draft, by=MARC, now=place.clock.now()
            )

    place.parts.db.run_sync(make)


def draft(kind: Any, title: str, **fields: Any) -> Draft:
    return Draft(kind=kind, item=title, title=Words.same(title), owner=HUGO, fields=fields)


async def ready(place: Town, name: str = "Boréal") -> str:
    """A project of which only what a person fills in for vendors is missing."""
    project = await founded(place, name=name)
    kept(
        place, project,
        draft("stake", "Répondre en un jour à Hugo Teixeira", indicator="délai", target="1 jour"),
        draft("risk", "Les doublons restent", likelihood=3, impact=3, score=9),
        draft("lot", "Commandes", benefit="Les vendeurs gagnent une heure", groups="Vendeurs"),
        draft("need", "Je retrouve le dernier échange", why="ne pas redemander", priority=
            "M"),
    )  # fmt: skip
    answered(place, project, "D11", ("weights", {"NEE17": WEIGHTS}), by=ELODIE)
    return project


async def dated(place: Town, person: Someone, **more: Any) -> Someone:
    """The form of dates, filled in and sent."""
    today = place.clock.now().date()
    days = {"questions": 20, "answers": 30, "decision": 60}
    fields = {key: (today + timedelta(days=n)).isoformat() for key, n in days.items()}
    person.fills({**fields, "channel": "crm@boreal.example", **more})
    return await person.sends()


async def issued(place: Town, user: str, doc: str, form: str = "md", language: str = "fr") -> Posted:
    """The file, once the page has nothing against it."""
    person = await place.person(user).runs(f"/cadrage doc {doc}")
    person.fills({"form": form, "language": language})
    await person.sends()
    place.clock.passes(seconds=6)
    place.delivers()
    return place.to(user, "document_file")[-1]


def text(post: Posted) -> str:
    assert post.message.file is not None
    return post.message.file.content.decode().replace("\u00a0", " ")


async def test_what_blocks_is_said_with_whom_it_is_asked_of_and_nothing_can_be_sent(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC2")
    assert elodie.sees("Il ne peut pas encore être préparé : 5 sections le bloquent", "TR14", "TR12")
    assert elodie.sees("Demandé au pilote du projet ou à l’animateur", "Envoyer des questions", "Compléter")
    assert elodie.sees("N’y figurent jamais")
    assert "submit" not in elodie.modal
    ines = await place.person(INES).runs("/cadrage doc DOC2")
    assert "Élodie" in ines.told
    claire = await place.person(CLAIRE).runs("/cadrage doc DOC5")
    assert claire.sees("DC01", "Reste dans l’entreprise")


async def test_dates_are_checked_kept_and_undone(place: Town) -> None:
    await ready(place)
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC3")
    assert elodie.sees("RI06")
    await elodie.presses("Dates")
    await dated(place, elodie, answers="2026-01-20", channel="ines.rahmani@boreal.example")
    assert "nomme Inès Rahmani" in elodie.errors["channel"]
    assert "avant la fin des questions" in elodie.errors["answers"]
    await dated(place, elodie, channel="claire@boreal.example")
    assert "nomme Claire Vasseur" in elodie.errors["channel"], "by a first name too, as it would be taken out"
    await dated(place, elodie, channel="crm@vasseur.example")
    assert elodie.errors == {}, "a domain is that of a company"
    assert elodie.sees("Enregistré.", "Annuler")
    assert "RI06" not in elodie.reads
    await elodie.presses("Annuler (10 minutes)")
    assert elodie.sees("le texte d’avant est revenu", "RI06")


async def test_one_form_after_the_other_is_filled_in_and_the_preview_still_opens(place: Town) -> None:
    """Slack takes three modals on top of each other: each form that was saved leaves its page there."""
    await ready(place)
    elodie = place.person(ELODIE)
    await elodie.runs("/cadrage doc DOC2")
    for form, fields in (("Textes", {"company_fr": "Nous fabriquons des pompes."}), ("Dates", None)):
        await elodie.presses(form)
        if fields is None:
            await dated(place, elodie)
        else:
            elodie.fills(fields)
            await elodie.sends()
    await elodie.presses("Textes")
    elodie.fills({"security_fr": "Les données restent en Europe."})
    await elodie.sends()
    await elodie.presses("Aperçu")
    assert elodie.sees("Nous fabriquons des pompes.", "Les données restent en Europe."), elodie.reads


async def test_of_two_who_fill_in_one_form_the_second_is_told_whose_words_stand(place: Town) -> None:
    await ready(place)
    marc = await place.person(MARC).runs("/cadrage doc DOC2")
    await marc.presses("Textes")
    his = place.slack.opened
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC2")
    await elodie.presses("Textes")
    elodie.fills({"company_fr": "Des pompes depuis 1952."})
    await elodie.sends()
    place.slack.opened = his
    marc.fills({"company_fr": "Autre chose."})
    await marc.sends()
    assert "Élodie Martin" in marc.errors["company_fr"]


async def test_goals_are_ticked_then_the_terms_go_to_whoever_asked_and_name_nobody(place: Town) -> None:
    project = await ready(place)
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC2")
    await elodie.presses("Dates")
    await dated(place, elodie)
    await elodie.presses("Ce que lisent les éditeurs")
    elodie.fills({"stake": ["GOA-1"]})
    await elodie.sends()
    assert elodie.sees("Rien ne le bloque", "remplacé par un rôle"), elodie.reads
    await elodie.presses("Aperçu")
    assert elodie.sees("GOA-1 · Répondre en un jour à [membre de l’équipe projet]")
    post = await issued(place, ELODIE, "DOC2")
    assert post.message.file is not None
    assert post.message.file.name == "cahier-des-charges-boreal-1.md"
    assert "Hugo" not in text(post)
    assert "établie par : animateur" in text(post)
    assert "Les doublons restent" not in text(post), "a risk that is not ticked"
    assert place.to(BOREAL, "document_file") == []
    here = {"workspace": WORKSPACE, "project_id": project}
    version = place.parts.db.read_sync(documents.get, **here, doc="DOC2", number=1)
    assert version is not None
    assert "Teixeira" not in str(version.content)
    assert HUGO not in str(version.content)
    goal = place.parts.db.read_sync(register.get, **here, ref="GOA-1", roles=None)
    assert goal is not None
    assert goal.fields["shareable"] == "yes"
    word = await issued(place, ELODIE, "DOC2", "docx", "en")
    assert word.message.file is not None
    with zipfile.ZipFile(io.BytesIO(word.message.file.content)) as archive:
        inside = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    assert "Ranked needs" in inside
    for name in ("Hugo", "Teixeira", "Martin", HUGO):
        assert name not in inside, name


async def test_a_file_for_vendors_is_not_called_after_anybody(place: Town) -> None:
    await ready(place, "CRM de Delorme")
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC2")
    await elodie.presses("Dates")
    await dated(place, elodie)
    await elodie.presses("Ce que lisent les éditeurs")
    elodie.fills({"stake": ["GOA-1"]})
    await elodie.sends()
    post = await issued(place, ELODIE, "DOC2")
    assert post.message.file is not None
    assert post.message.file.name == "cahier-des-charges-crm-de-pilote-du-projet-1.md"
    assert "Delorme" not in post.message.file.title


async def test_a_prototype_is_asked_for_with_criteria_one_can_measure(place: Town) -> None:
    project = await ready(place)
    kept(
        place, project,
        draft("assumption", "Les vendeurs ont du réseau", importance=5, evidence=1),
        draft("assumption", "Le courrier est lu", importance=5, evidence=2),
        draft("assumption", "Le prix tiendra", importance=5, evidence=4),
    )  # fmt: skip
    marc = await place.person(MARC).runs("/cadrage doc DOC4")
    await marc.presses("Compléter")
    assert "ASM-3" not in marc.reads, "it is proven: nothing to test"
    marc.fills({"question": "Un vendeur note-t-il une visite seul ?", "criteria": "vite\nbien\nsimple"})
    marc.fills({"assumptions": ["ASM-1"]})
    await marc.sends()
    assert "aucun chiffre" in marc.errors["criteria"]
    marc.fills({"criteria": "en 3 minutes\n5 champs\n8 sur 10", "weeks": "4"})
    await marc.sends()
    assert marc.sees("Rien ne le bloque"), marc.reads
    request = text(await issued(place, MARC, "DOC4"))
    assert "en 3 minutes" in request
    assert "ASM-1 Les vendeurs ont du réseau" in request
    assert "ASM-2" not in request


async def test_the_memo_names_what_is_proposed_and_why_not_the_others(place: Town) -> None:
    project = await ready(place)
    kept(
        place, project,
        draft("vendor", "Nimbus", vendor="Nimbus", integrator="Pontis", attendees=[HUGO]),
        draft("vendor", "Stratus", vendor="Stratus", attendees=[HUGO]),
    )  # fmt: skip
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC5")
    await elodie.presses("Le choix")
    elodie.fills({"chosen": "VND-1", "aside-VND-2": "Aucune interface ouverte"})
    await elodie.sends()
    await elodie.presses("Aperçu")
    assert elodie.sees("VND-1 Nimbus", "Pontis", "Aucune interface ouverte")
    claire = await place.person(CLAIRE).runs("/cadrage doc DOC5")
    assert "Le choix" not in claire.reads.replace("Le choix direct", "")


async def test_of_pay_the_note_says_what_the_sponsor_ticks(place: Town) -> None:
    project = await founded(place)
    answered(place, project, "D08", ("pay", {"INC01": "fixed", "INC02": "yes", "INC03": "study"}), by=CLAIRE)
    elodie = await place.person(ELODIE).runs("/cadrage doc")
    assert "Rétribution" not in elodie.reads
    elodie.fills({"form": "md", "language": "fr"})
    await elodie.sends()
    claire = await place.person(CLAIRE).runs("/cadrage doc")
    await claire.presses("Rétribution : ce que dit la note")
    claire.fills({"publish": ["INC03"]})
    await claire.sends()
    assert claire.sees("rien d’autre sur la rétribution")
    place.clock.passes(seconds=60)
    place.delivers()
    first = text(place.to(ELODIE, "document_file")[-1])
    assert "Révision de la rémunération" not in first
    claire = await place.person(CLAIRE).runs("/cadrage doc")
    claire.fills({"form": "md", "language": "fr"})
    await claire.sends()
    place.clock.passes(seconds=6)
    place.delivers()
    assert "Révision de la rémunération" in text(place.to(CLAIRE, "document_file")[-1])


async def test_that_the_crm_reorganises_is_in_the_note_once_people_have_been_told(place: Town) -> None:
    project = await founded(place)

    async def note() -> str:
        elodie = await place.person(ELODIE).runs("/cadrage doc")
        elodie.fills({"form": "md", "language": "fr"})
        await elodie.sends()
        place.clock.passes(seconds=60)
        place.delivers()
        return text(place.to(ELODIE, "document_file")[-1])

    answered(place, project, "D05", ("reorganising", {"ANX08": "unofficial"}), by=MARC)
    assert "Le CRM pour réorganiser" not in await note()
    answered(place, project, "D05", ("reorganising", {"ANX08": "open"}), by=MARC)
    assert "et c’est annoncé" in await note()


async def test_the_digest_and_the_round_up_are_documents_too(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage doc DOC7")
    assert "Élodie" in ines.told
    for doc, user, said in (
        ("DOC7", CLAIRE, "SD02"), ("DOC8", INES, "Ces avancées ne servent jamais à évaluer"),
    ):  # fmt: skip
        person = await place.person(user).runs(f"/cadrage doc {doc}")
        person.fills({"doc": doc, "form": "md", "language": "fr"})
        await person.sends()
        place.clock.passes(seconds=6)
        place.delivers()
        assert said in text(place.to(user, "document_file")[-1])
    elodie = await place.person(ELODIE).runs("/cadrage doc DOC7")
    elodie.fills({"doc": "DOC7", "to": "all"})
    await elodie.sends()
    assert "pas pour le canal" in elodie.errors["to"]


async def test_a_version_that_was_sent_can_be_had_again_although_something_blocks_now(place: Town) -> None:
    project = await ready(place)
    marc = await place.person(MARC).runs("/cadrage doc DOC4")
    await marc.presses("Le prototype")
    marc.fills({"question": "Hors ligne ?", "criteria": "en 3 minutes\n5 champs\n8 sur 10"})
    await marc.sends()
    first = text(await issued(place, MARC, "DOC4"))
    marc = await place.person(MARC).runs("/cadrage doc DOC4")
    await marc.presses("Le prototype")
    marc.fills({"criteria": ""})
    await marc.sends()
    assert marc.sees("Il ne peut pas encore être préparé", "Version")
    person = await place.person(MARC).runs("/cadrage doc DOC4")
    person.fills({"form": "md", "language": "fr", "version": "1"})
    await person.sends()
    place.clock.passes(seconds=6)
    place.delivers()
    here = {"workspace": WORKSPACE, "project_id": project}
    assert len(place.parts.db.read_sync(documents.latest, **here, doc="DOC4", most=5)) == 1
    assert text(place.to(MARC, "document_file")[-1]) == first


async def test_the_form_of_documents_leads_to_what_blocks_one_of_the_route(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage doc")
    elodie.fills({"doc": "DOC4"})
    await elodie.sends()
    assert elodie.sees("PT05", "Il ne peut pas encore être préparé")
