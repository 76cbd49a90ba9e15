"""The note goes round: read, remarked on, voted on, signed; what is signed says what is open in it."""

import io
from datetime import timedelta

import pypdf

from bot import people
from bot.digest.gathering import about, gather
from bot.documents import making
from bot.documents.kinds import NOTE
from bot.rhythm.book import dates_of
from bot.rounds import launch
from bot.rounds.launch import Dispatch
from bot.rounds.pieces import Piece
from flows.diagnosis.evidence import Alignment
from flows.dialogue.effects import RecordKind
from flows.dialogue.path import path
from flows.document.markdown import written
from flows.document.text import Reading
from flows.signoff.fingerprint import fingerprint
from flows.signoff.model import Review
from flows.wins import direction
from storage import alignment, arbitration, diagnosis_evidence, register, win_facts
from storage import dialogue as dialogues
from storage import document as documents
from storage import project as projects
from storage import review as reviews
from storage.erasing import Wish, erase
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
    Posted,
    Someone,
    Town,
    flat,
    founded,
)  # fmt: skip

TEAM = (MARC, INES, PAUL, HUGO)
ISSUES: tuple[RecordKind, ...] = ("issue",)
DECISIONS: tuple[RecordKind, ...] = ("decision",)


def review(place: Town, project: str, version: int = 0) -> Review:
    here = {"workspace": WORKSPACE, "project_id": project}
    if version:
        found = place.parts.db.read_sync(lambda conn: reviews.get(conn, **here, version=version))
    else:
        found = place.parts.db.read_sync(lambda conn: reviews.latest(conn, **here))
    assert found is not None
    return found


def note(place: Town, project: str, version: int, language: str = "fr") -> str:
    """A version as people read it."""
    here = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert here is not None
    kept = place.parts.db.read_sync(lambda conn: making.kept(conn, project=here, doc=NOTE, number=version))
    assert kept is not None
    return written(kept.document, Reading(language=language, names=kept.names))  # type: ignore[arg-type]


async def sent(place: Town) -> None:
    """The facilitator sends the note round, from its card, when everybody is at work."""
    place.clock.passes(hours=3)
    elodie = place.person(ELODIE)
    if not place.to(BOREAL, "note_card"):
        await elodie.runs("/cadrage note")
    place.delivers()
    await elodie.presses("Envoyer en relecture", on=place.to(BOREAL, "note_card")[-1])
    assert elodie.sees("Claire Vasseur", "manquent"), elodie.reads
    await elodie.sends()
    place.delivers()


def card(place: Town, user: str, version: int = 1) -> Posted:
    return next(one for one in place.to(user, "review_card") if f":{version}:" in one.key)


async def votes(place: Town, user: str, points: str, words: str = "", *, version: int = 1) -> Someone:
    one = place.person(user)
    await one.presses("My vote" if user == SOFIA else "Mon vote", on=card(place, user, version))
    one.fills({"points": points, **({"words": words} if words else {})})
    await one.sends()
    assert not one.errors
    place.delivers()
    return one


async def signs(place: Town, user: str, *, version: int = 1) -> Someone:
    one = place.person(user)
    await one.presses("Sign" if user == SOFIA else "Signer", on=card(place, user, version))
    if "submit" in one.modal:
        one.fills({"choice": ["carry"]})
        await one.sends()
    place.delivers()
    return one


async def test_each_gets_one_card_and_remarks_are_answered(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        assert len(place.to(user, "review_card")) == 1
    assert place.to(ELODIE, "review_card") == []
    ines = place.person(INES)
    await ines.presses("Lire", on=card(place, INES))
    assert ines.sees("N01 Résumé en une page", "Vous avez approuvé 0 section sur 25")
    await ines.presses("J’approuve cette section")
    assert ines.sees("N02", "Vous avez approuvé 1 section sur 25"), ines.reads
    await ines.presses("Faire une remarque")
    ines.fills({"kind": "reservation", "words": "court"})
    await ines.sends()
    assert "10" in ines.errors["words"]
    ines.fills({"words": "Le contexte oublie le service après-vente."})
    await ines.sends()
    place.delivers()
    elodie = await place.person(ELODIE).opens_home()
    await elodie.presses("Remarques", on=elodie.home)
    assert elodie.sees("Inès Rahmani", "Le contexte oublie le service après-vente.", "Pas encore de réponse")
    await elodie.presses("Répondre")
    elodie.fills({"becomes": "answer"})
    await elodie.sends()
    assert "Dites ce que devient" in elodie.errors["words"]
    elodie.fills({"words": "Il est en N07, avec les autres fonctions."})
    await elodie.sends()
    place.delivers()
    told = place.to(INES, "review_reply")[-1].text
    assert "Il est en N07" in told
    text = note(place, project, 1)
    assert "| N02 | Inès Rahmani | Le contexte oublie le service après-vente. | Il est en N07" in text


async def test_a_question_becomes_an_open_point_of_the_lead_and_is_printed(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    hugo = place.person(HUGO)
    await hugo.presses("Faire une remarque", on=card(place, HUGO))
    hugo.fills({"section": "N18", "kind": "question", "words": "Qui forme les vendeurs du lot 1 ?"})
    await hugo.sends()
    place.delivers()
    one = review(place, project).remarks[0]
    assert (one.state, one.issue) == ("answered", "ISS-1")
    kept = place.parts.db.read_sync(
        lambda conn: register.records(conn, workspace=WORKSPACE, project_id=project, kinds=ISSUES)
    )
    assert [(record.ref, record.owner) for record in kept] == [("ISS-1", MARC)]
    assert "Question ouverte ISS-1" in note(place, project, 1)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    assert "Signer la version 1" in (await signs(place, MARC)).reads or review(place, project).signature(MARC)


async def test_votes_stay_hidden_until_all_are_in_and_no_name_is_kept(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    paul = await votes(place, PAUL, "2", "Couper le lot 1 en deux.")
    assert "jusqu’au dépouillement" in paul.reads.replace("'", "’")
    for user in (MARC, INES, HUGO, SOFIA):
        await votes(place, user, "4")
        assert "Couper le lot 1" not in note(place, project, 1)
    assert place.to(BOREAL, "review_news") == []
    await votes(place, CLAIRE, "5")
    tally = review(place, project).tally
    assert tally is not None
    assert dict(tally.counts) == {"0": 0, "1": 0, "2": 1, "3": 0, "4": 4, "5": 1}
    assert tally.passed
    held = place.parts.db.read_sync(
        lambda conn: reviews.votes(conn, workspace=WORKSPACE, project_id=project, version=1)
    )
    assert held == ()
    news = place.to(BOREAL, "review_news")[-1].text
    assert flat("La version 1 de la note est adoptée : 5 sur 6 à 3 ou plus.") in news
    text = note(place, project, 1)
    assert "« Couper le lot 1 en deux. »" in text
    assert "Paul" not in text.partition("## N25")[2]
    elodie = await place.person(ELODIE).opens_home()
    assert "Dépouiller" not in str(elodie.home)


async def test_the_note_is_signed_with_its_gaps_printed_frozen_and_sent_as_pdf(place: Town) -> None:
    """Acceptance 36: never blank; only a version whose gaps are printed in it is signed."""
    project = await founded(place)
    await sent(place)
    early = await signs(place, MARC)
    assert early.sees("L’équipe ne s’est pas encore prononcée")
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    await signs(place, MARC)
    marc = place.person(MARC)
    await marc.presses("Ma signature", on=card(place, MARC))
    await marc.presses("Retirer ma signature")
    assert review(place, project).signatures == ()
    place.delivers()
    await signs(place, MARC)
    sofia = await signs(place, SOFIA)
    assert "You have signed version 1" in sofia.reads
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    assert claire.sees("Encore ouverts :", "Vote : 6 sur 6 à 3 ou plus")
    claire.fills({"choice": "conditions", "words": "court"})
    await claire.sends()
    assert "Écrivez les conditions" in claire.errors["words"]
    claire.fills({"words": "Recruter un second administrateur avant le lot 2."})
    await claire.sends()
    place.delivers()
    assert "figée" in claire.reads
    found = review(place, project)
    assert found.state == "signed"
    for language, name, role in (
        ("fr", "Claire Vasseur", "Sponsor"),
        ("en", "Sofia Lindqvist", "Project team member"),
    ):
        text = note(place, project, 1, language).partition("## N25")[2]
        assert f"| {name} | {role} |" in text
        assert found.fingerprint in text
        assert "Recruter un second administrateur avant le lot 2." in text
    assert "BROUILLON" not in note(place, project, 1)
    assert "signée par le sponsor le " in note(place, project, 1).partition("##")[0]
    assert "⚠" in note(place, project, 1)  # its gaps are printed
    files = {user: place.to(user, "document_file") for user in (CLAIRE, MARC, SOFIA, PAUL)}
    assert [len(posts) for posts in files.values()] == [1, 1, 1, 0]
    file = files[SOFIA][0].message.file
    assert file is not None
    pages = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.content)).pages)
    assert "Claire Vasseur" in pages
    assert "DRAFT" not in pages
    news = [post.text for post in place.to(BOREAL, "review_news")]
    assert any("version 1 est signée et figée ; signatures : 3 sur 6" in text for text in news), news
    late = await signs(place, INES)  # a member may still carry what is frozen
    assert "Vous avez signé la version 1, comme le sponsor." in flat(late.reads)
    assert review(place, project).signature(INES) is not None


async def test_what_is_signed_is_known_to_records_phases_and_the_diagnosis(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    here_ = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert here_ is not None
    waits = about(here_, "Europe/Paris", place.clock.now())
    facts = place.parts.db.read_sync(gather, place.parts, waits)
    assert [one.ref for one in facts.waiting if one.kind == "signature"] == ["DOC1 v1"]
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    claire.fills({"choice": "approve"})
    await claire.sends()
    place.delivers()
    later = place.parts.db.read_sync(gather, place.parts, waits)
    assert all(one.kind != "signature" for one in later.waiting)
    here = {"workspace": WORKSPACE, "project_id": project}
    kept = place.parts.db.read_sync(lambda conn: register.records(conn, **here, kinds=DECISIONS))
    assert "Le sponsor signe la note de cadrage" in [one.title.fr for one in kept if one.status == "accepted"]
    found = place.parts.db.read_sync(
        lambda conn: diagnosis_evidence.evidence(
            conn, **here, playbook=place.parts.playbook, now=place.clock.now()
        )
    )
    assert found is not None
    assert found.forms["RTE13"].value == "approve"
    assert "RTE12" in found.withheld  # D15 is open, and asks for readings alone
    assert not {"RTE10", "RTE11", "RTE13", "RTE13a"} & {*found.withheld, *found.named}
    dates = place.parts.db.read_sync(lambda conn: dates_of(conn, project=here_))
    assert dates.signed == place.clock.now().date()
    wins = place.parts.db.read_sync(
        win_facts.facts, project=here_, playbook=place.parts.playbook, now=place.clock.now()
    )
    assert [one.key for one in direction.signed(wins)] == ["v1"]


async def test_sending_the_part_of_w10_sends_a_version_round_and_asks_for_readings_alone(place: Town) -> None:
    """A form signs nothing: there is a version, or there is no signature."""
    project = await founded(place)
    place.clock.passes(hours=3)
    elodie = await place.person(ELODIE).runs("/cadrage dialogue D15")
    await elodie.sends()
    place.delivers()
    send = place.parts.db.run_sync
    here = place.parts.db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert here is not None
    at = place.clock.now()
    dispatch = Dispatch(
        project=here, by=ELODIE, when="now", day=None, closes_on=at.date() + timedelta(7), now=at
    )
    known = place.parts.db.read_sync(people.several, workspace=WORKSPACE, users=(INES, CLAIRE))
    pieces = [Piece("D15", "W10")]
    send(launch.send, parts=place.parts, dispatch=dispatch, pieces=pieces, users=(INES, CLAIRE), known=known)
    place.delivers()
    assert review(place, project).version == 1
    assert len(place.to(CLAIRE, "review_card")) == 1
    flows = place.parts.playbook.flows
    run = next(
        one for one in place.parts.db.read_sync(
            lambda conn: dialogues.runs(conn, workspace=WORKSPACE, project_id=project)
        ) if one.flow == "D15"
    )  # fmt: skip
    sheet = place.parts.db.read_sync(
        lambda conn: dialogues.sheet(conn, workspace=WORKSPACE, id=run.id, person=CLAIRE, flows=flows)
    )
    assert sheet is not None
    asked = [question.id for screen in path(flows["D15"], sheet) for question in screen.questions]
    assert asked == ["RTE12"]


async def test_a_signer_who_is_erased_is_a_former_member_and_what_was_signed_stays(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    await signs(place, MARC)
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    claire.fills({"choice": "approve"})
    await claire.sends()
    place.delivers()
    assert "| Marc Delorme | Pilote du projet |" in note(place, project, 1)
    mark = review(place, project).fingerprint
    wish = Wish(workspace=WORKSPACE, user=MARC, label="un ancien membre")
    place.parts.db.run_sync(erase, wish, now=place.clock.now())
    text = note(place, project, 1)
    assert "Marc Delorme" not in text
    assert "| un ancien membre | Pilote du projet |" in text
    kept = place.parts.db.read_sync(
        lambda conn: documents.get(conn, workspace=WORKSPACE, project_id=project, doc=NOTE, number=1)
    )
    assert kept is not None
    assert fingerprint(kept.content) == mark == review(place, project).fingerprint


async def test_a_change_opens_another_version_and_the_signed_one_stays(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    claire.fills({"choice": "approve"})
    await claire.sends()
    place.delivers()
    signed = note(place, project, 1)
    place.clock.passes(minutes=10)
    await asks_something(place)
    await place.person(ELODIE).runs("/cadrage note")
    place.clock.passes(minutes=2)
    place.delivers()
    said = place.to(BOREAL, "note_card")[-1].text
    assert flat("version 2, brouillon. La version 1 reste la version signée.") in said
    assert note(place, project, 1) == signed
    second = note(place, project, 2)
    assert "BROUILLON" in second
    assert "La version 1 reste la version signée" in second
    assert review(place, project).version == 1
    await place.person(ELODIE).presses("Envoyer en relecture", on=place.to(BOREAL, "note_card")[-1])
    elodie = place.person(ELODIE)
    await elodie.sends()
    place.delivers()
    assert review(place, project).version == 2
    assert review(place, project).signatures == ()
    assert review(place, project, 1).state == "signed"
    kept = place.parts.db.read_sync(
        lambda conn: documents.latest(conn, workspace=WORKSPACE, project_id=project, doc=NOTE, most=5)
    )
    assert [one.number for one in kept] == [2, 1]


async def test_what_has_changed_meanwhile_cannot_be_signed_but_sent_back(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    await asks_something(place)
    await place.person(ELODIE).runs("/cadrage note")
    place.clock.passes(minutes=2)
    place.delivers()
    said = place.to(BOREAL, "note_card")[-1].text
    assert flat("version 2, brouillon. La version 1 est en relecture.") in said
    marc = await signs(place, MARC)
    assert marc.sees("Ouvert depuis et absent de cette version : ISS-1"), marc.reads
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    claire.fills({"choice": "back", "words": "Il manque la question des doublons."})
    await claire.sends()
    place.delivers()
    assert review(place, project).state == "back"
    assert "Il manque la question des doublons." in place.to(BOREAL, "review_news")[-1].text
    await place.person(ELODIE).runs("/cadrage note")
    place.delivers()
    assert "ISS-1" in note(place, project, 2)


async def asks_something(place: Town) -> None:
    """Something the note prints."""
    paul = await place.person(PAUL).runs("/cadrage issue")
    paul.fills({"title": "Qui nettoie les doublons ?"})
    await paul.sends()
    place.delivers()


async def names(place: Town, field: str, user: str) -> None:
    """Somebody else in a role."""
    elodie = await place.person(ELODIE).runs("/cadrage equipe", channel=BOREAL)
    await elodie.presses("Modifier", on=elodie.heard)
    elodie.fills({field: user})
    while "submit" in elodie.modal:
        blank = [one["block_id"] for one in elodie.modal["blocks"] if f":{user}:function" in one["block_id"]]
        elodie.fills(dict.fromkeys(blank, "it"))
        await elodie.sends()
        assert not elodie.errors, elodie.errors
    place.delivers()


async def approves(place: Town, *, version: int = 1) -> Someone:
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE, version))
    claire.fills({"choice": "approve"})
    await claire.sends()
    place.delivers()
    return claire


async def test_who_comes_into_a_role_stands_in_the_way_of_the_signature(place: Town) -> None:
    project = await founded(place)
    await names(place, "q:SET12", JEANNE)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    await names(place, "q:SET12", INES)
    await asks_something(place)
    marc = await signs(place, MARC)
    assert marc.sees("Le contenu de la note a changé depuis la version 1"), marc.reads
    assert marc.sees("absent de cette version : ISS-1"), "one change does not hide the other"
    await names(place, "q:SET11", SOFIA)
    assert CLAIRE in review(place, project).signers, "sponsor no more, still of the team"
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    assert claire.sees("Le sponsor a changé depuis l’envoi de la version 1")
    assert "submit" not in claire.modal


async def test_an_accepted_remark_asks_for_another_version(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    ines = place.person(INES)
    await ines.presses("Faire une remarque", on=card(place, INES))
    ines.fills({"section": "N18", "kind": "change", "words": "Le lot 1 est trop gros."})
    await ines.sends()
    elodie = await place.person(ELODIE).opens_home()
    await elodie.presses("Remarques", on=elodie.home)
    await elodie.presses("Répondre")
    await elodie.sends()
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    marc = await signs(place, MARC)
    assert marc.sees("Une remarque a été acceptée : le texte change"), marc.reads
    await sent(place)
    assert (review(place, project).version, review(place, project, 1).state) == (2, "replaced")


async def test_a_signature_with_what_follows_from_it_asks_for_no_review(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    claire.fills({"choice": "conditions", "words": "Recruter un second administrateur."})
    await claire.sends()
    place.delivers()
    await sent(place)  # the decision and the condition are in N24 by now
    assert review(place, project).version == 1
    assert review(place, project).state == "signed"
    await asks_something(place)
    await sent(place)
    assert (review(place, project).version, review(place, project).state) == (2, "review")


async def test_what_was_sent_back_goes_round_as_another_version_and_the_same_twice_is_once(
    place: Town,
) -> None:
    project = await founded(place)
    await sent(place)
    await sent(place)  # nothing has changed: the version in review stays
    assert review(place, project).version == 1
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    claire.fills({"choice": "back", "words": "À relire avec le SAV d’abord."})
    await claire.sends()
    place.delivers()
    await sent(place)
    assert (review(place, project).version, review(place, project).state) == (2, "review")


async def test_a_note_refused_twice_goes_to_the_arbiter_with_what_was_said_unsigned(place: Town) -> None:
    project = await founded(place)
    here = {"workspace": WORKSPACE, "project_id": project}
    for version in (1, 2):
        await sent(place)
        await votes(place, PAUL, "1", "Le lot 1 reste trop gros.", version=version)
        for user in (MARC, INES, HUGO, SOFIA, CLAIRE):
            await votes(place, user, "4", version=version)
        tally = review(place, project, version).tally
        assert tally is not None
        assert not tally.passed
        cases = place.parts.db.read_sync(lambda conn: arbitration.of_project(conn, **here))
        assert len(cases) == version - 1, "the first time it is amended and voted on again"
        paul = await place.person(PAUL).runs("/cadrage issue")
        paul.fills({"title": f"Que contient le lot {version} ?"})
        await paul.sends()
        place.delivers()
    (case,) = cases
    assert "Le lot 1 reste trop gros." in str(case)
    assert PAUL not in str(case.positions)


async def test_what_is_signed_by_then_is_not_said_to_be_in_review(place: Town) -> None:
    await founded(place)
    place.clock.passes(hours=3)
    elodie = await place.person(ELODIE).runs("/cadrage note")
    place.delivers()
    await elodie.presses("Envoyer en relecture", on=place.to(BOREAL, "note_card")[-1])
    form = elodie.submission()
    await place.send(form)
    place.delivers()
    for user in (*TEAM, SOFIA, CLAIRE):
        await votes(place, user, "4")
    claire = place.person(CLAIRE)
    await claire.presses("Signer", on=card(place, CLAIRE))
    claire.fills({"choice": "approve"})
    await claire.sends()
    again = await place.send(form)
    assert flat("La version 1 est signée et rien n’a changé depuis") in flat(str(again.ack["view"]))


async def test_a_version_that_is_replaced_keeps_the_readings_of_then(place: Town) -> None:
    project = await founded(place)
    await sent(place)
    here = {"workspace": WORKSPACE, "project_id": project}

    def rates(aligned: int, other: int) -> None:
        run = place.parts.db.read_sync(lambda conn: dialogues.runs(conn, **here))[-1]
        counts = Alignment(aligned=aligned, different=other)
        place.parts.db.run_sync(alignment.keep, run=run, counts=counts, now=place.clock.now())

    rates(3, 1)
    paul = await place.person(PAUL).runs("/cadrage issue")
    paul.fills({"title": "Qui nettoie les doublons ?"})
    await paul.sends()
    place.delivers()
    await sent(place)
    rates(4, 0)
    assert (review(place, project, 1).state, review(place, project, 1).alike) == ("replaced", 75)
    assert "75 % des lectures concordaient avec la note à la fin de sa relecture" in note(place, project, 1)
