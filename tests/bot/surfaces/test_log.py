"""The log as people use it: `/cadrage log`, its filters and its pages, and what it does not give away."""

import re

from sqlalchemy import Connection

from flows.dialogue.effects import Draft, Record, Source
from flows.words import Words
from storage import life, linking, recording
from storage.recording import Task
from tests.bot.surfaces.stage import CLAIRE, ELODIE, INES, KIM, START, WORKSPACE, Town, flat, founded


def writes(conn: Connection, *, project: str, many: int) -> None:
    """Decisions and issues noted by hand, one of them confidential."""
    drafts = [
        Draft(kind="decision", item=str(n), title=Words.same(f"Étape {n} du déploiement"), status="accepted",
              fields={"reason": "le coût"} if n % 2 else {}, owner=CLAIRE)
        for n in range(1, many + 1)
    ]  # fmt: skip
    drafts += [
        Draft(kind="issue", item="i", title=Words.same("Qui paie l’ÉDITEUR ?")),
        Draft(kind="decision", item="c", title=Words.same("Prime des éditeurs"), restricted=True),
    ]
    task = Task(conn=conn, workspace=WORKSPACE, project_id=project, dialogue_id="", now=START, by=CLAIRE)
    recording.record(
        task, Record(source=Source(dialogue="", question="", respondent=""), drafts=tuple(drafts))
    )


def shown(text: str) -> list[str]:
    """The steps a page lists, in its order."""
    return re.findall(r"Étape \d+ du", text)


async def test_the_log_is_searched_filtered_and_turned(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(writes, project=project, many=12)
    ines = place.person(INES)
    await ines.runs("/cadrage journal deploiement")
    assert shown(ines.reads) == [f"Étape {n} du" for n in range(12, 2, -1)]
    assert ines.sees("Raison non donnée.", "Parce que : le coût", "Empreinte du registre")
    await ines.presses("10 suivantes")
    assert shown(ines.reads) == ["Étape 2 du", "Étape 1 du"]
    await ines.presses("10 précédentes")
    assert shown(ines.reads)[0] == "Étape 12 du"
    ines.fills({"log.words": "editeur"})
    await ines.sends()
    assert ines.sees("ISS-1", "Qui paie l’ÉDITEUR ?")
    assert not ines.sees("Prime")  # confidential: a member does not find it
    await ines.presses("Décisions")
    assert ines.sees("Essayez un seul mot, ou moins de filtres.")
    claire = place.person(CLAIRE)
    await claire.runs("/cadrage log éditeurs decision")
    assert claire.sees("Prime des éditeurs")
    assert not claire.sees("ISS-1")
    await claire.presses("Ouvrir")
    assert claire.sees("Prime des éditeurs", "confidentiel")


async def test_the_log_is_in_home_and_opens_on_decisions(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(writes, project=project, many=2)
    elodie = place.person(ELODIE)
    await elodie.opens_home()
    await elodie.presses("Chercher dans le journal", on=elodie.home)
    assert elodie.sees("DEC-2", "DEC-1")
    assert not elodie.sees("ISS-1")


async def test_who_has_no_part_in_it_is_told_what_a_project_that_is_not_there_says(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(writes, project=project, many=1)
    kim = place.person(KIM)
    await kim.runs("/cadrage log editeur")
    assert "I find nothing there for you" in kim.told


async def test_what_was_replaced_or_dropped_is_struck_out_and_says_by_what(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(writes, project=project, many=3)
    place.parts.db.run_sync(ends, project=project)
    ines = await place.person(INES).runs("/cadrage journal")
    lines = [block["text"]["text"] for block in ines.modal["blocks"] if block["type"] == "section"]
    old = next(line for line in lines if "DEC-2*" in line)
    assert "~Étape 1 du déploiement~" in old
    assert flat(old).endswith("Remplacé par DEC-3"), "not by DEC-4, which is only proposed"
    assert "~" not in next(line for line in lines if "DEC-3*" in line)
    await ines.runs("/cadrage journal abandonnée")
    assert "~Qui paie l’ÉDITEUR ?~" in str(ines.modal)


def ends(conn: Connection, *, project: str) -> None:
    """DEC-3 has taken the place of DEC-2, DEC-4 would; ISS-1 is dropped."""
    here = {"workspace": WORKSPACE, "project_id": project}
    for ref, status in (("DEC-2", "superseded"), ("DEC-4", "proposed"), ("ISS-1", "dropped")):
        held = life.hold(conn, **here, ref=ref)
        assert held is not None
        life.change(conn, held, by=CLAIRE, move="edited", status=status, now=START)
    for ref in ("DEC-3", "DEC-4"):
        linking.link(conn, **here, ref=ref, link="supersedes", to="DEC-2")
