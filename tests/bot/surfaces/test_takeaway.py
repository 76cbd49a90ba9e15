"""Taking the records away: to whom, in which form, and that it holds only what they may read."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

from tests.bot.surfaces.stage import BOREAL, CLAIRE, ELODIE, INES, Posted, Town, founded
from tests.bot.surfaces.test_log import writes


async def taken(place: Town, user: str, form: str, to: str = "me") -> Posted:
    """The file that somebody asks for, once it has arrived."""
    person = place.person(user)
    await person.runs("/cadrage export")
    person.fills({"form": form, "to": to})
    await person.sends()
    place.clock.passes(seconds=5)
    place.delivers()
    return place.to(BOREAL if to == "all" else user, "export_file")[-1]


def table(post: Posted) -> list[list[str]]:
    assert post.message.file is not None
    text = post.message.file.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


async def test_the_sponsor_takes_a_table_with_what_is_confidential_and_the_channel_gets_none(
    place: Town,
) -> None:
    project = await founded(place)
    place.parts.db.run_sync(writes, project=project, many=3)
    mine = await taken(place, CLAIRE, "csv")
    assert mine.message.file is not None
    assert mine.message.file.name == "registres-boreal.csv"
    head, *lines = table(mine)
    assert head[:6] == ["Numéro", "Type", "Titre", "État", "Porteur", "Échéance"]
    assert {len(line) for line in lines} == {len(head)}
    by = {line[0]: line for line in lines}
    assert "Prime des éditeurs" in {line[2] for line in lines}
    assert by["DEC-2"][3:5] == ["acceptée", "Claire Vasseur"]
    assert by["DEC-2"][head.index("Parce que")] == "le coût"
    everybody = await taken(place, ELODIE, "csv", "all")
    assert "Prime des éditeurs" not in {line[2] for line in table(everybody)}
    assert len(table(everybody)) == len(lines)  # one less, and the head


async def test_other_forms_open_as_what_they_are(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(writes, project=project, many=3)
    pages = (await taken(place, ELODIE, "md")).message.file
    assert pages is not None
    with zipfile.ZipFile(io.BytesIO(pages.content)) as archive:
        assert "0002-etape-1-du-deploiement.md" in archive.namelist()
        said = archive.read("0002-etape-1-du-deploiement.md").decode()
    assert said.startswith("# DEC-2. Étape 1 du déploiement")
    assert "## Décision" in said
    assert "le coût" in said
    plain = (await taken(place, ELODIE, "json")).message.file
    assert plain is not None
    read = json.loads(plain.content)
    assert len(read["check"]) == 10
    assert {"DEC-2", "ISS-1"} <= {one["id"] for one in read["records"]}


async def test_only_sponsor_and_facilitator_take_the_records_away(place: Town) -> None:
    await founded(place)
    ines = await place.person(INES).runs("/cadrage export")
    assert "Cela revient" in ines.told


async def test_a_spreadsheet_holds_text_only(place: Town) -> None:
    project = await founded(place)
    place.parts.db.run_sync(writes, project=project, many=1)
    sheet = (await taken(place, ELODIE, "xlsx")).message.file
    assert sheet is not None
    with zipfile.ZipFile(io.BytesIO(sheet.content)) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - our own
    cells = [cell for cell in root.iter() if cell.tag.endswith("}c")]
    assert {cell.get("t") for cell in cells} == {"inlineStr", None}
    assert not [cell for cell in root.iter() if cell.tag.endswith("}f")]
    assert "Étape 1 du déploiement" in {text.text for text in root.iter() if text.tag.endswith("}t")}
