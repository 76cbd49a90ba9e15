"""A document in another form: asked for, made, kept as a version, sent where it may go."""

import io
import zipfile
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, update

from bot.asker import day_of
from bot.documents import making
from bot.documents.kinds import NOTE
from bot.documents.press import AT_ONCE
from bot.words.text import words
from flows.dialogue.effects import Draft
from flows.document import keeping
from flows.words import Words
from storage import dialogue as dialogues
from storage import document as documents
from storage import life, linking
from storage import project as projects
from storage.tables import participation
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    JEANNE,
    MARC,
    WORKSPACE,
    Posted,
    Town,
    founded,
)  # fmt: skip


async def asked(place: Town, user: str, **fields: str) -> Posted:
    """The file that somebody asks for, once it has arrived."""
    person = await place.person(user).runs("/cadrage doc")
    person.fills(fields)
    await person.sends()
    place.clock.passes(seconds=6)
    place.delivers()
    return place.to(BOREAL if fields.get("to") == "all" else user, "document_file")[-1]


async def test_a_member_gets_the_note_as_word_in_private_and_nothing_is_posted(place: Town) -> None:
    await founded(place)
    post = await asked(place, INES, form="docx", language="en")
    assert post.message.file is not None
    assert post.message.file.name == "scoping-note-boreal-1.docx"
    with zipfile.ZipFile(io.BytesIO(post.message.file.content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "One-page summary" in text
    assert "Heading1" in text
    assert place.to(BOREAL, "document_file") == []


async def test_a_file_for_which_there_is_no_place_comes_a_little_later(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage doc")
    ines.fills({"form": "pdf", "language": "en"})
    taken = [AT_ONCE.acquire(timeout=60) for _ in range(2)]
    try:
        await ines.sends()
        place.delivers()
        assert place.to(INES, "document_file") == []
    finally:
        for _ in taken:
            AT_ONCE.release()
    place.clock.passes(seconds=6)
    place.delivers()
    post = place.to(INES, "document_file")[-1]
    assert post.message.file is not None
    assert post.message.file.name.startswith("scoping-note-boreal-1.")


async def test_only_those_who_steer_may_have_it_posted(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage doc")
    assert "to" not in {block.get("block_id") for block in ines.modal["blocks"]}
    ines.fills({"form": "html"})
    await ines.sends()
    stranger = await place.person(JEANNE).runs("/cadrage doc")
    assert "Boréal" not in stranger.told
    post = await asked(place, ELODIE, form="html", to="all")
    assert post.message.file is not None
    assert post.message.file.content.startswith(b"<!DOCTYPE html>")


async def test_a_version_says_for_ever_what_it_said(place: Town) -> None:
    project = await founded(place)
    first = await asked(place, ELODIE, form="md")
    elodie = await place.person(ELODIE).runs("/cadrage decision")
    elodie.fills({"title": "Un seul fichier clients", "reason": "Deux listes se contredisent"})
    await elodie.sends()
    place.clock.passes(seconds=60)
    second = await asked(place, ELODIE, form="md")
    again = await asked(place, MARC, form="md", version="1")
    assert first.message.file is not None
    assert second.message.file is not None
    assert again.message.file is not None
    assert "Un seul fichier clients" in second.message.file.content.decode()
    assert "Depuis la version précédente" in second.message.file.content.decode()
    assert "N24 Décisions et questions ouvertes" in second.message.file.content.decode()
    assert again.message.file.content == first.message.file.content
    kept = place.parts.db.read_sync(
        documents.latest, workspace=WORKSPACE, project_id=project, doc=NOTE, most=5
    )
    assert [one.number for one in kept] == [2, 1]


async def test_a_kept_version_names_people_as_they_are_called_when_it_is_read(place: Town) -> None:
    project = await founded(place)
    await asked(place, ELODIE, form="md")
    here = {"workspace": WORKSPACE, "project_id": project}
    kept = place.parts.db.read_sync(documents.get, **here, doc=NOTE, number=1)
    assert kept is not None
    assert "Claire" not in str(kept.content)
    assert CLAIRE in keeping.people(kept.content)
    boreal = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert boreal is not None
    read = place.parts.db.read_sync(making.kept, project=boreal, doc=NOTE, number=1)
    assert read is not None
    assert read.names[CLAIRE] == "Claire Vasseur"


async def test_what_is_missing_is_listed_by_section_with_a_way_to_fill_it(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage note")
    place.delivers()
    card = place.to(BOREAL, "note_card")[0]
    elodie = await place.person(ELODIE).presses("Voir ce qui manque", on=card)
    assert elodie.sees("N07 Processus", "pas encore demandé", "Envoyer des questions")
    assert elodie.sees("Demandé au sponsor", "Préparer", "Diagnostic", "Consulter anonymement")
    ines = await place.person(INES).presses("Voir ce qui manque", on=card)
    assert "Envoyer des questions" not in ines.reads
    assert "Préparer" not in ines.reads


async def test_whoever_is_not_asked_may_have_those_asked_again_who_are(place: Town) -> None:
    project = await founded(place)

    def sent(conn: Connection) -> None:
        here: dict[str, Any] = {"workspace": WORKSPACE, "now": place.clock.now()}
        run = dialogues.open(conn, project_id=project, flow="D02", opened_by=ELODIE, closes_on=None, **here)
        dialogues.invite(conn, dialogue_id=run, users=(MARC,), by=ELODIE, **here)

    place.parts.db.run_sync(sent)
    elodie = await place.person(ELODIE).runs("/cadrage note")
    place.delivers()
    card = place.to(BOREAL, "note_card")[0]
    elodie = await place.person(ELODIE).presses("Voir ce qui manque", on=card)
    await elodie.presses("Redemander")
    assert elodie.sees("C’est fait. Rappel privé")

    def done(conn: Connection) -> None:
        every = dialogues.runs(conn, workspace=WORKSPACE, project_id=project)
        run = next(one.id for one in every if one.flow == "D02")
        here = (participation.c.workspace == WORKSPACE, participation.c.dialogue_id == run)
        conn.execute(update(participation).where(*here).values(done_at=place.clock.now()))

    place.parts.db.run_sync(done)
    elodie = await place.person(ELODIE).presses("Voir ce qui manque", on=card)
    assert "Redemander" not in elodie.reads
    await elodie.presses("Clore le dialogue")
    assert elodie.sees("Clore quand même")


async def test_the_decision_log_is_a_document_too(place: Town) -> None:
    await founded(place)
    elodie = await place.person(ELODIE).runs("/cadrage decision")
    elodie.fills({"title": "Un seul fichier clients", "reason": "Deux listes se contredisent"})
    await elodie.sends()
    post = await asked(place, ELODIE, doc="DOC6", form="md")
    assert post.message.file is not None
    text = post.message.file.content.decode()
    assert text.startswith("# Journal des décisions : Boréal".replace(" :", "\u00a0:"))
    assert "Un seul fichier clients" in text
    assert "Deux listes se contredisent" in text
    assert "raison non donnée" in text, "of those that came with the set-up"


async def test_no_decision_is_ever_left_out_of_the_log(place: Town) -> None:
    project = await founded(place)
    here = {"workspace": WORKSPACE, "project_id": project}

    def decided(conn: Connection) -> None:
        now = place.clock.now()
        titles = ("Un lot", "Deux lots", "Trois lots", "Salaires")
        drafts = [
            Draft(kind="decision", item=one, title=Words.same(one), owner=MARC, restricted=one == "Salaires")
            for one in titles
        ]
        one, two, three, pay = (life.make(conn, **here, draft=each, by=MARC, now=now) for each in drafts)
        linking.link(conn, **here, ref=two.ref, link="supersedes", to=one.ref)
        linking.link(conn, **here, ref=two.ref, link="supersedes", to=pay.ref)
        for ref, status in ((one.ref, "superseded"), (three.ref, "withdrawn"), (pay.ref, "withdrawn")):
            held = life.hold(conn, **here, ref=ref)
            assert held is not None
            life.change(conn, held, by=MARC, move="withdraw", now=now, status=status)

    place.parts.db.run_sync(decided)
    post = await asked(place, ELODIE, doc="DOC6", form="md")
    assert post.message.file is not None
    over = post.message.file.content.decode().split("Remplacées ou écartées")[-1]
    assert "| Trois lots | retirée |" in over
    assert "| Un lot | remplacée par DEC-" in over
    assert "Salaires" not in post.message.file.content.decode()
    assert "établie par Élodie" in post.message.file.content.decode()


async def test_two_versions_are_compared_statement_by_statement(place: Town) -> None:
    await founded(place)
    await asked(place, ELODIE, form="md")
    elodie = await place.person(ELODIE).runs("/cadrage decision")
    elodie.fills({"title": "Un seul fichier clients", "reason": "Deux listes se contredisent"})
    await elodie.sends()
    place.clock.passes(seconds=60)
    await place.person(ELODIE).runs("/cadrage note")
    place.delivers()
    card = place.to(BOREAL, "note_card")[0]
    ines = await place.person(INES).presses("Comparer au brouillon 1", on=card)
    assert ines.sees("De la version 1 à la version 2", "nouveau", "Un seul fichier clients"), ines.reads
    elodie = await place.person(ELODIE).runs("/cadrage note comparer 9")
    assert elodie.sees("Cette version n’existe pas")


async def test_a_version_made_late_in_the_evening_has_the_day_of_the_project(place: Town) -> None:
    project = await founded(place)
    now = place.clock.now()
    place.clock.passes(seconds=(now.replace(hour=23, minute=30) - now).total_seconds())
    boreal = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert boreal is not None
    place.parts.db.run_sync(making.make, parts=place.parts, project=boreal, doc=NOTE, by=ELODIE)
    elodie = await place.person(ELODIE).runs("/cadrage doc")
    made = place.clock.now()
    assert day_of(made, boreal) == made.date() + timedelta(days=1)
    assert words("fr").day(day_of(made, boreal)) in str(elodie.modal)


async def test_a_version_asked_for_again_comes_again_and_a_form_sent_twice_once(place: Town) -> None:
    await founded(place)
    await asked(place, INES, form="md")
    ines = await place.person(INES).runs("/cadrage doc")
    ines.fills({"form": "md", "version": "1"})
    twice = ines.submission()
    await place.send(twice)
    await place.send(twice)
    place.delivers()
    assert len(place.to(INES, "document_file")) == 2
