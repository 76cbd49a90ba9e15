"""Vendors side by side: own grids as a spread, the file for vendors, and what a vendor claims in it."""

import io
import zipfile
from typing import Any

import pytest

from bot.dialogue import outside
from bot.grids import sheets, workbook
from bot.grids.sheets import Unreadable
from flows.vendor_file import Sheet
from storage import dialogue
from storage import grid as grids
from storage import project as projects
from tests.bot.grids.test_criteria import SESSION, seen
from tests.bot.route.test_route import answered, scoped
from tests.bot.surfaces.stage import (
    CLAIRE,
    ELODIE,
    HUGO,
    INES,
    MARC,
    PAUL,
    WORKSPACE,
    Posted,
    Someone,
    Town,
    flat,
    founded,
)
from tests.bot.workshops.playing import Play
from tests.bot.workshops.test_pages import shown

NEED = {"need": "See the last exchange", "why": "not to ask twice", "function": "sales"}


async def needed(place: Town) -> str:
    """A project with one need, placed among the must-haves, and a vendor that Inès and Marc have met."""
    project = await founded(place)
    answered(place, project, "D11", ("needs", {"NEE01": [NEED]}), by=INES)
    place.parts.db.run_sync(_place, place, project)
    return project


def _place(conn: Any, place: Town, project: str) -> None:
    boreal = projects.get(conn, workspace=WORKSPACE, id=project)
    assert boreal is not None
    (run,) = [
        one.id for one in dialogue.runs(conn, workspace=WORKSPACE, project_id=project) if one.flow == "D11"
    ]
    given = outside.Given(
        flow="D11", run=run, question="NEE02", value={"REQ-1": "M"}, by=ELODIE, at=place.clock.now()
    )
    assert outside.give(conn, place.parts, boreal, given) is None
    dialogue.close(conn, workspace=WORKSPACE, id=run, by=ELODIE, now=place.clock.now())


async def exported(place: Town) -> Posted:
    elodie = await place.person(ELODIE).runs("/cadrage criteria")
    await elodie.presses("Les éditeurs côte à côte", on=elodie.heard)
    await elodie.presses("Fichier Excel pour les éditeurs, en français")
    place.delivers()
    return place.to(ELODIE, "vendor_file")[-1]


def filled(content: bytes, **said: str) -> bytes:
    """The file as Excel sends it back: with shared strings, and these cells of the needs filled in."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            text = archive.read(name).decode()
            if name.endswith("sheet1.xml"):
                text = text.replace('<c r="B3" s="3"/>', '<c r="B3" s="3" t="s"><v>0</v></c>')
            if name.endswith("sheet2.xml"):
                for cell, words in said.items():
                    text = text.replace(
                        f'<c r="{cell}" s="3"/>',
                        f'<c r="{cell}" s="3" t="inlineStr"><is><t>{words}</t></is></c>',
                    )
            made.writestr(name, text)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        made.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{main}"><si><r><t>Nord</t></r><r><t>soft</t></r></si></sst>'
        )
    return out.getvalue()


async def brings(place: Town, content: bytes, *, owner: str = ELODIE) -> Someone:
    place.slack.files["F1"] = (owner, content)
    elodie = await place.person(ELODIE).runs("/cadrage criteria")
    await elodie.presses("Les éditeurs côte à côte", on=elodie.heard)
    await elodie.presses("Importer les réponses d’un éditeur")
    elodie.fills({"file": [{"id": "F1"}]})
    return await elodie.sends()


async def test_a_vendor_s_answers_are_read_first_and_then_kept_as_what_it_claims(place: Town) -> None:
    project = await needed(place)
    post = await exported(place)
    assert post.message.file is not None
    assert post.message.file.name == "editeurs-boreal.xlsx"
    content = post.message.file.content
    assert content == (await exported(place)).message.file.content  # type: ignore[union-attr]
    elodie = await brings(place, filled(content, E2="Standard", F2="Depuis 2019"))
    assert elodie.sees("Nordsoft répond à 1 ligne", "15 lignes sont sans réponse")
    here = {"workspace": WORKSPACE, "project_id": project}
    assert place.parts.db.read_sync(grids.claims, **here) == []
    await elodie.sends()
    assert elodie.sees("Ce qu’affirment les éditeurs", "Nordsoft", "Besoins : standard 1")
    (claim,) = place.parts.db.read_sync(grids.claims, **here)
    assert claim.answers == {"REQ-1": {"answer": "standard", "comment": "Depuis 2019"}}
    again = await brings(place, filled(content, E2="non"))
    assert again.sees("Elles prennent la place de ce que cet éditeur avait affirmé")
    await again.sends()
    (claim,) = place.parts.db.read_sync(grids.claims, **here)
    assert claim.answers["REQ-1"]["answer"] == "no"


async def test_what_has_become_wrong_since_it_was_read_is_said_when_it_should_be_kept(place: Town) -> None:
    project = await needed(place)
    content = (await exported(place)).message.file.content  # type: ignore[union-attr]
    elodie = await brings(place, filled(content, E2="Standard"))
    place.slack.files["F1"] = (ELODIE, filled(content, E2="peut-être"))
    await elodie.sends()
    assert elodie.sees("Rien n’est gardé : 1 point ne va pas.", "Besoins E2")
    assert place.parts.db.read_sync(grids.claims, workspace=WORKSPACE, project_id=project) == []


async def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(place: Town) -> None:
    project = await needed(place)
    content = (await exported(place)).message.file.content  # type: ignore[union-attr]
    elodie = await brings(place, filled(content, E2="peut-être"))
    assert elodie.sees("Rien n’est gardé : 1 point ne va pas.", "Besoins E2", "« peut-être »")
    elodie = await brings(place, b"PK nothing")
    assert elodie.sees("Ce n’est pas un fichier Excel")
    elodie = await brings(place, content, owner=INES)
    assert elodie.sees("Ce fichier ne peut pas être lu")
    assert place.parts.db.read_sync(grids.claims, workspace=WORKSPACE, project_id=project) == []


BOOK = {
    "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>',
    "xl/workbook.xml": '<w><sheets><sheet name="A" id="r1"/></sheets></w>',
}
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    "parts",
    [
        {},
        BOOK | {"xl/worksheets/sheet1.xml": DOCTYPE},
        BOOK | {"xl/worksheets/sheet1.xml": "<x>" + " " * 30_000_000 + "</x>"},
        BOOK | {"xl/worksheets/sheet1.xml": "<x><row></x>"},
        BOOK
        | {
            "xl/worksheets/sheet1.xml": "<x>"
            + "".join(f'<c r="A{n}"><v>1</v></c>' for n in range(1, 6000))
            + "</x>"
        },
        BOOK | {f"p{n}": "x" for n in range(201)},
        BOOK | {"xl/workbook.xml": "<w>" + "<a/>" * 300_000 + "</w>"},
        BOOK | {"xl/sharedStrings.xml": "<s>" + "<si/>" * 200_001 + "</s>"},
    ],
    ids=["empty", "entities", "bomb", "broken", "long", "many parts", "elements", "texts"],
)
def test_files_that_are_none_or_too_large_are_refused_without_reading_all(parts: dict[str, str]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    with pytest.raises(Unreadable):
        sheets.read(out.getvalue())


async def test_a_file_packed_in_another_way_is_refused_and_a_fault_of_ours_ends_in_a_sentence(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await needed(place)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", BOOK["xl/_rels/workbook.xml.rels"] * 9)
    broken = bytearray(out.getvalue())
    broken[70:90] = bytes(20)
    elodie = await brings(place, bytes(broken))
    assert elodie.sees("Ce n’est pas un fichier Excel")

    def fails(content: bytes) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(sheets, "read", fails)
    with pytest.raises(ZeroDivisionError):
        await brings(place, bytes(broken))
    assert place.person(ELODIE).sees("Affichage impossible pour l’instant")


def test_what_is_written_is_read_again_as_it_was() -> None:
    rows = (("Id", "Text"), ("REQ-1", "a < b & \u202e \U0001f600 \x07"), ("", "2"))
    made = workbook.written([Sheet(name="A/B", rows=rows, widths=(9, 20), choices=("oui", "non"))])
    assert made == workbook.written([Sheet(name="A/B", rows=rows, widths=(9, 20), choices=("oui", "non"))])
    ((name, found),) = sheets.read(made)
    assert name == "A B"
    assert found == [
        (1, {0: "Id", 1: "Text"}), (2, {0: "REQ-1", 1: "a < b & \u202e \U0001f600 "}), (3, {1: "2"}),
    ]  # fmt: skip


async def grid(place: Town, user: str, **levels: str) -> Someone:
    person = await place.person(user).runs("/cadrage criteria")
    await person.presses("Les éditeurs côte à côte", on=person.heard)
    await person.presses("Ma grille")
    person.fills(levels)
    return await person.sends()


async def test_each_fills_their_own_grid_and_from_five_on_everybody_reads_the_spread(place: Town) -> None:
    project = await founded(place)
    there = [INES, MARC, PAUL, CLAIRE, HUGO]
    seen(place, project, there)
    for user in there[:4]:
        await grid(place, user, K1="seen")
    await grid(place, HUGO)  # says nothing, and is no grid
    elodie = await place.person(ELODIE).runs("/cadrage criteria")
    await elodie.presses("Les éditeurs côte à côte", on=elodie.heard)
    assert elodie.sees("VND-1 Nordsoft", "4 grilles ; leur répartition s’affiche à partir de 5")
    assert "Ma grille" not in elodie.reads, "she was not there"
    assert "Vu en fonctionnement 4" not in elodie.reads
    hugo = await grid(place, HUGO, K1="not_shown")
    assert hugo.sees("Vu en fonctionnement 4, Pas montré 1")
    assert hugo.sees("Liens avec l’éditeur : la question n’a pas encore été posée.")
    await hugo.presses("Ma grille")
    assert "Pas montré" in hugo.reads


async def test_what_people_ask_a_vendor_is_passed_on_without_a_name(place: Town) -> None:
    project = await founded(place)
    answered(place, project, "D14", ("sessions", {"VEN01": [SESSION]}), by=ELODIE)
    answered(
        place, project, "D14", ("before", {"VEN02@VND-1": "Que voit Hugo Teixeira hors ligne ?"}), by=INES
    )
    answered(place, project, "D14", ("before", {"VEN02@VND-1": "Qui garde nos données ?"}), by=PAUL)

    async def reads(user: str) -> Someone:
        one = await place.person(user).runs("/cadrage criteria")
        await one.presses("Les éditeurs côte à côte", on=one.heard)
        return one

    elodie = await reads(ELODIE)
    assert elodie.sees("Ce que nous demandons à Nordsoft, sans aucun nom.", "• Qui garde nos données ?")
    assert elodie.sees("hors ligne ?")
    for name in ("Hugo", "Teixeira", "Inès", "Paul"):
        assert name not in elodie.reads
    assert "Qui garde nos données" not in (await reads(HUGO)).reads, "those who prepare pass it on"
    play = Play(place=place, project=project, script="W09", about="VND-1").opens()
    assert flat("Our questions • ") in shown(play, 1)
    assert flat("• Qui garde nos données ?") in shown(play, 3)
    assert "Teixeira" not in shown(play, 3)


async def test_a_tie_has_no_part_in_the_choice(place: Town) -> None:
    project = await scoped(place)
    seen(place, project)
    answered(place, project, "D14", ("ties", {"VEN08@VND-1": "yes", "VEN08a@VND-1": "A cousin works there"}),
             by=ELODIE)  # fmt: skip
    marc = await place.person(MARC).runs("/cadrage route")
    assert "Liens déclarés : VND-1: A cousin works there" in marc.told
    assert "sans prendre part à ce choix" in marc.told
    await marc.runs("/cadrage criteria")
    await marc.presses("Les éditeurs côte à côte", on=marc.heard)
    await marc.presses("Ma grille")
    assert marc.sees("Si vous avez un lien avec cet éditeur, laissez-la vide")


async def test_a_tie_that_was_taken_back_is_shown_no_more(place: Town) -> None:
    project = await scoped(place)
    seen(place, project)
    answered(place, project, "D14", ("ties", {"VEN08@VND-1": "yes", "VEN08a@VND-1": "A cousin works there"}),
             ("ties", {"VEN08@VND-1": "no"}), by=ELODIE)  # fmt: skip
    marc = await place.person(MARC).runs("/cadrage route")
    assert "A cousin" not in marc.told
    await marc.runs("/cadrage criteria")
    await marc.presses("Les éditeurs côte à côte", on=marc.heard)
    assert not marc.sees("A cousin")
