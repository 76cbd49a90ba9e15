"""Records through the sandbox: an issue is settled with words, found again, taken away, and the audit of all
of it holds; what somebody has just done by mistake is undone."""

import csv
import io

from flows.playbook import Playbook
from tests.bot.plumbing.test_process import start
from tests.end_to_end.company import CHANNEL, PEOPLE, Company
from tests.end_to_end.founding import founded, someone

POINT = "=Who owns the contact records at Évry?"
SETTLED = "The data team keeps one record for each client."


async def test_an_issue_is_settled_with_words_found_without_accents_and_taken_away_safely(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "marc", playbook) as marc:
        await marc.channel(CHANNEL)
        await marc.runs(f"/cadrage issue {POINT}")
        await marc.opened()
        await marc.fills({"owner": PEOPLE["ines"]["user"]})
        await marc.submits()
        await marc.sees("is recorded", within=10)
        await marc.puts_down()
    ref = company.records("issue")[-1].ref
    async with someone(company, "ines", playbook) as ines:
        await ines.channel(CHANNEL)
        await ines.runs(f"/cadrage {ref}")
        await ines.opened()
        await ines.clicks("I take note")
        await ines.sees("taken note of", within=10)
        await ines.clicks("Settled")
        await ines.opened()
        refused = await ines.submits({"resolution": "Done."})
        assert "15" in str(refused["errors"]), "a settlement needs words (6.4 rule 5)"
        await ines.submits({"resolution": SETTLED})
        await ines.sees(SETTLED, within=10)
        await ines.puts_down()
        await ines.runs("/cadrage log evry CONTACT")
        await ines.sees(ref, POINT, within=10)
        await ines.puts_down()
    async with someone(company, "elodie", playbook) as elodie:
        await elodie.channel(CHANNEL)
        await elodie.runs("/cadrage export")
        await elodie.opened()
        await elodie.submits()
        await elodie.sees("Preparing the file", within=10)
        await elodie.puts_down()
        await elodie.dm()
        await elodie.sees("records-boreal.csv", within=15)
    (file,) = company.sandbox.space.world.vault.files.values()
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    line = next(row for row in rows if ref in row)
    assert f"'{POINT}" in line, "a spreadsheet does not take it for a formula"
    assert SETTLED in " ".join(line)
    await _audit_holds(company)


async def test_what_was_just_recorded_is_undone_and_keeps_its_number(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    async with someone(company, "marc", playbook) as marc:
        await marc.channel(CHANNEL)
        refs = []
        for title in ("A slip of the finger", "What was meant"):
            await marc.runs(f"/cadrage issue {title}")
            await marc.opened()
            await marc.submits()
            await marc.sees("is recorded", within=10)
            refs.append(company.records("issue")[-1].ref)
            if "slip" in title:
                await marc.clicks("Undo (10 minutes)")
                await marc.sees("withdrawn", within=10)
            await marc.puts_down()
        slip, meant = refs
        assert slip not in [one.ref for one in company.records("issue")]
        assert int(meant.split("-")[1]) == int(slip.split("-")[1]) + 1, "no number is used twice"
        await company.passes(minutes=11)
        await marc.runs(f"/cadrage {meant}")
        await marc.opened()
        assert "Undo (10 minutes)" not in await marc.reads(), "ten minutes are over"


async def _audit_holds(company: Company) -> None:
    """`cadrage verify-audit`, once the bot has stopped."""
    await company.ends()
    program = await start("verify-audit", port=0, folder=company.folder, DATABASE_URL=company.database)
    output, _ = await program.process.communicate()
    assert program.process.returncode == 0, output
    assert "✓".encode() in output
