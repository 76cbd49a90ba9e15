"""The exit through Slack, in both languages: the route decided, criteria, a vendor's file, a canvas."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from flows.dialogue.events import Submitted
from flows.playbook import Playbook
from flows.project import Project
from storage import dialogue
from tests.bot.plumbing.watch import until
from tests.end_to_end.company import CHANNEL, PEOPLE, WORKSPACE, Company, company_at
from tests.end_to_end.founding import founded, someone
from tests.end_to_end.seeding import sent
from tests.storage.scoping import take

FACTS = {"RTE01": "mostly", "RTE02": "some", "RTE04": "must", "RTE05": "no"}
NEED = {"need": "Voir le dernier échange", "why": "ne pas redemander", "function": "sales"}
SPACES = {0xA0: " ", 0x202F: " "}
WHY = "Nobody has seen voice notes at work yet, and they decide."
LOSS = "We give up four weeks and a part of the discount."
SAID: dict[str, dict[str, str]] = {
    "en": {
        "proposed": "Consult the market on terms of reference",
        "shift": "You need to learn first: ask for expressions of interest",
        "sent": "Sent to the arbiter, who reads it with the facts.",
        "waits": "the route waits for your decision",
        "decided": "It is recorded, and stands in the project channel.",
        "criteria": "Five criteria on which any platform is judged",
        "settled": "Required", "vendors": "No vendor is ranked",
        "kept": "in the file they filled in", "answer": "add-on",
        "file": "Only the light cells can be filled in", "read": "answers 1 line",
        "copy": "Published copy of version",
    },
    "fr": {
        "proposed": "Consultez le marché sur un cahier des charges",
        "shift": "Il faut d’abord apprendre : lancez un appel à manifestation d’intérêt",
        "sent": "Envoyé à l’arbitre, qui le lit avec les faits.",
        "waits": "la voie attend votre décision",
        "decided": "dans le canal du projet",
        "criteria": "Cinq critères sur lesquels toute plateforme est jugée",
        "settled": "Exigé", "vendors": "Aucun éditeur n’est classé",
        "kept": "dans le fichier qu’ils ont rempli", "answer": "module complémentaire",
        "file": "Seules les cellules claires se remplissent", "read": "répond à 1 ligne",
        "copy": "Copie publiée de la version",
    },
}  # fmt: skip


def answers(
    conn: Connection, *, project: Project, playbook: Playbook, now: Any, flow: str,
    screens: list[tuple[str, str, dict[str, Any]]],
) -> None:  # fmt: skip
    """A dialogue was sent, its later part too, and people have filled these screens."""
    id = sent(conn, project=project, flow=playbook.flows[flow], now=now)
    dialogue.send_part(conn, workspace=WORKSPACE, id=id, part="W06")
    for who, screen, values in screens:
        event = Submitted(by=PEOPLE[who]["user"], screen=screen, values=values, at=now, confirmed=True)
        turn, _ = take(
            conn, flows=playbook.flows, project_id=project.id, id=id, event=event, workspace=WORKSPACE
        )
        assert turn.accepted, turn.problems


def closes(conn: Connection, *, project: Project, flow: str, now: datetime) -> None:
    """Its dialogue closes: what people have put in may be read."""
    runs = dialogue.runs(conn, workspace=WORKSPACE, project_id=project.id)
    for run in (one.id for one in runs if one.flow == flow):
        dialogue.close(conn, workspace=WORKSPACE, id=run, by=PEOPLE["elodie"]["user"], now=now)


async def scoped(company: Company, playbook: Playbook) -> None:
    """The project, its needs and its five questions about the route."""
    await company.office_hours()
    await founded(company, playbook)
    here = {"project": company.project, "playbook": playbook, "now": await company.now()}
    board = ("elodie", "board", {"NEE02": {"REQ-1": "M"}})
    company.puts(answers, **here, flow="D11", screens=[("ines", "needs", {"NEE01": [NEED]}), board])
    unproven = ("marc", "unproven", {"RTE03": "no"})
    company.puts(answers, **here, flow="D15", screens=[("marc", "facts", FACTS), unproven])


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_the_route_from_what_the_facts_propose_to_what_the_arbiter_decides(
    tmp_path: Path, playbook: Playbook, language: str
) -> None:
    said = SAID[language]
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        await scoped(company, playbook)
        async with someone(company, "marc", playbook) as marc:
            await marc.channel(CHANNEL)
            await marc.runs("/cadrage route")
            await marc.sees(said["proposed"], said["shift"])
            await marc.clicks("route.choose")
            await marc.opened()
            await marc.fills({"option": "proto", "reason": WHY})
            await marc.submits()
            await marc.sees(said["sent"], WHY, within=10)
        async with someone(company, "claire", playbook) as claire:
            await claire.dm()
            await claire.sees(said["waits"], within=15)
            await claire.clicks("route.decide")
            await claire.opened()
            await claire.fills({"option": "rfi", "reason": WHY, "loss": LOSS})
            await claire.submits()
            await claire.sees(said["decided"], LOSS, within=10)
        (decision,) = [one for one in company.records("decision") if one.source == "RTE08"]
        assert (decision.status, decision.fields["choice"]) == ("accepted", "rfi")
        assert (decision.fields["reason"], decision.fields["loss"]) == (WHY, LOSS)


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_criteria_a_vendor_s_file_and_a_canvas(
    tmp_path: Path, playbook: Playbook, language: str
) -> None:
    said = SAID[language]
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        await scoped(company, playbook)
        vault = company.sandbox.space.world.vault
        async with someone(company, "elodie", playbook) as elodie:
            await elodie.channel(CHANNEL)
            await elodie.runs("/cadrage criteria")
            await elodie.sees(said["criteria"])
            await elodie.clicks("criteria.settle:NEE11")
            await elodie.opened()
            await elodie.fills({"kept": "required"})
            await elodie.submits()
            await elodie.sees(said["settled"], within=10)
            company.puts(closes, project=company.project, flow="D11", now=await company.now())
            await elodie.clicks("vendors.open")
            await elodie.sees(said["vendors"], within=10)
            await elodie.clicks(f"grid.file:{language}")
            await elodie.puts_down()
            await elodie.dm()
            await elodie.sees(said["file"], within=20)
            (made,) = [file for file in vault.files.values() if file.name.endswith(".xlsx")]
            await elodie.channel(CHANNEL)
            await elodie.runs("/cadrage criteria")
            await elodie.clicks("vendors.open")
            await elodie.clicks("claim.open", within=10)
            await elodie.opened()
            await elodie.gives("file", "nordsoft.xlsx", filled(made.content, said["answer"]))
            await elodie.submits()
            await elodie.sees(said["read"], within=15)
            await elodie.submits()
            await elodie.sees(said["kept"], "Nordsoft", within=15)
            await elodie.puts_down()
            await elodie.channel(CHANNEL)
            await elodie.runs("/cadrage note")
            await elodie.clicks("canvas.publish:DOC1", within=20)
        room = company.sandbox.space.world.channel(CHANNEL)
        await until(lambda: bool(room.canvases), seconds=20)
        assert said["copy"] in vault.get(room.canvases[0]).content.decode().translate(SPACES)


def filled(content: bytes, answer: str) -> bytes:
    """The file with the vendor's name and one answer."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            text = archive.read(name).decode()
            cell = {
                "xl/worksheets/sheet1.xml": ("B3", "Nordsoft"),
                "xl/worksheets/sheet2.xml": ("E2", answer),
            }
            if name in cell:
                place, words = cell[name]
                put = f'<c r="{place}" s="3" t="inlineStr"><is><t>{words}</t></is></c>'
                text = text.replace(f'<c r="{place}" s="3"/>', put)
            made.writestr(name, text)
    return out.getvalue()
