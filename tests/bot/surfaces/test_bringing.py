"""A table brought in from Slack: said first, made once, told, taken back; and files that are none."""

import pytest

from storage import audit, register
from tests.bot.surfaces.stage import CLAIRE, ELODIE, INES, WORKSPACE, Someone, Town, flat, founded

TABLE = """Type;Titre;Parce que;Commentaire
Décision;=Choisir Gamma;Le coût;x
question;Qui héberge ?;;
question;Qui héberge ?;;
Risque;Panne;;
""".encode()


async def sends_file(place: Town, content: bytes, *, owner: str = ELODIE) -> Someone:
    place.slack.files["F1"] = (owner, content)
    elodie = await place.person(ELODIE).runs("/cadrage export")
    await elodie.presses("Importer un tableau")
    elodie.fills({"file": [{"id": "F1"}]})
    return await elodie.sends()


def titles(place: Town, project: str) -> list[str]:
    here = {"workspace": WORKSPACE, "project_id": project}
    kept = place.parts.db.read_sync(register.records, **here, kinds=("decision", "issue"))
    return [one.title.fr for one in kept if one.item.startswith("import-")]


async def test_a_table_is_said_first_then_made_once_told_and_taken_back(place: Town) -> None:
    project = await founded(place)
    elodie = await sends_file(place, TABLE)
    assert elodie.sees(
        "2 éléments seraient notés", "=Choisir Gamma", "Colonnes laissées de côté : Commentaire"
    )
    assert elodie.sees("2 lignes sont refusées", "Ligne 4, Titre : L3 a déjà ce titre", "Ligne 5, Type")
    assert titles(place, project) == []
    form = elodie.modal
    await elodie.sends()
    assert elodie.sees("2 éléments notés d’après votre tableau. 2 lignes sont refusées :")
    place.slack.put(form["id"], form)
    await elodie.sends()  # the same form again
    assert titles(place, project) == ["=Choisir Gamma", "Qui héberge ?"]
    place.delivers()
    (post,) = place.to(ELODIE, "records_brought")
    assert flat("2 éléments notés d’après votre tableau") in post.text
    await elodie.presses("Tout retirer", on=post)
    assert flat("2 éléments retirés. Leurs numéros restent pris.") in flat(str(elodie.heard))
    assert titles(place, project) == []
    read, here = place.parts.db.read_sync, {"workspace": WORKSPACE, "project_id": project}
    link = read(audit.about, **here, object=f"import-{batch(post.message.blocks)}")
    assert [one.action for one in link] == ["file.taken_back", "file.brought"]
    assert {one.actor for one in link} == {read(audit.stands_for, project, ELODIE)}


def batch(rows: object) -> str:
    return str(rows).partition("'value': '")[2].partition("'")[0].rpartition(":")[2]


BAD = {
    "latin": ("Titre;Type\ncafé;question\n".encode("latin-1"), "la ligne 2 n’est pas du texte en UTF-8"),
    "headless": (b"a,b\n1,2\n", "aucune colonne ne s’appelle Titre"),
    "kindless": (b"Titre\nx\n", "aucune colonne ne s’appelle Type"),
    "empty": (b"", "aucune colonne ne s’appelle Titre"),
    "long": (b"Titre,Type\n" + b"x,question\n" * 5_001, "a plus de 5 000 lignes"),
    "bloated": (b'Titre,Type\n"' + b"x" * 200_000, "ce n’est pas un tableau en CSV"),
    "nothing to make": (b"Titre,Type\nPanne,risque\n", "0 élément serait noté"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD.keys())
async def test_a_file_that_cannot_be_brought_in_says_why(place: Town, content: bytes, said: str) -> None:
    await founded(place)
    elodie = await sends_file(place, content)
    assert elodie.sees(said)
    assert "submit" not in elodie.modal


async def test_only_whoever_facilitates_brings_in_and_only_a_file_of_their_own(place: Town) -> None:
    await founded(place)
    elodie = await sends_file(place, TABLE, owner=CLAIRE)
    assert elodie.sees("Ce fichier ne peut pas être lu : envoyez-le à nouveau.")
    claire = await place.person(CLAIRE).runs("/cadrage export")
    assert "Importer un tableau" not in claire.reads
    form = (await sends_file(place, TABLE)).modal
    ines = place.person(INES)
    place.slack.put(form["id"], form)
    await ines.sends()
    assert not ines.sees("éléments notés")
