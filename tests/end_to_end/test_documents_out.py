"""A document for vendors through Slack: what blocks it, what is filled in, the file in each form."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from flows.playbook import Playbook
from tests.end_to_end.company import company_at
from tests.end_to_end.founding import sets_up, someone

QUESTION = "Hugo Teixeira note-t-il une visite seul ?"
CRITERIA = "en 3 minutes\n5 champs au plus\n8 visites sur 10"
NAMES = ("Hugo", "Teixeira", "Élodie", "Martin", "Rahmani", "U0")


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_prototype_request_from_what_blocks_it_to_its_files(
    tmp_path: Path, playbook: Playbook, language: str
) -> None:
    blocked = {"fr": "sections le bloquent", "en": "sections block it"}[language]
    free = {"fr": "Rien ne le bloque", "en": "Nothing blocks it"}[language]
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        async with someone(company, "elodie", playbook) as elodie:
            await sets_up(elodie, company)
            await elodie.channel("#boreal")
            await elodie.runs("/cadrage doc DOC4")
            await elodie.opened()
            await elodie.sees(blocked)
            await elodie.clicks("document.fill:prototype")
            await elodie.opened()
            await elodie.fills({"question": QUESTION, "criteria": CRITERIA})
            await elodie.submits()
            await elodie.sees(free, within=10)
            for form in ("pdf", "docx"):
                await elodie.puts_down()
                await elodie.channel("#boreal")
                await elodie.runs("/cadrage doc DOC4")
                await elodie.opened()
                await elodie.fills({"form": form, "language": language})
                await elodie.submits()
                await elodie.puts_down()
                await elodie.dm()
                await elodie.sees(f".{form}", within=30)
            files = company.sandbox.space.world.vault.files
            assert len(files) == 2
            for file in files.values():
                assert not [name for name in NAMES if name in file.name + file.title], file.name
                shown = readable(file.content)
                assert "8 visites sur 10" in shown
                assert not [name for name in NAMES if name in shown]


def readable(content: bytes) -> str:
    """The text of a file with what is said of it: whoever it is from, what it is called, when."""
    if content.startswith(b"%PDF"):
        read = pypdf.PdfReader(io.BytesIO(content))
        pages = "\n".join(page.extract_text() for page in read.pages)
        return f"{pages} {read.metadata} {read.xmp_metadata and read.xmp_metadata.stream.get_data()!r}"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
