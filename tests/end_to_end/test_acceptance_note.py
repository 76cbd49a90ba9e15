"""Acceptance point 36, through Slack's protocol in both languages: from answers over a review with a
reservation and a second version to the signature, a file that `cadrage verify` knows again, and the document
that follows from the note."""

from pathlib import Path

import pytest

from flows.playbook import Playbook
from flows.signoff.model import Review, Vote
from storage import review as reviews
from tests.bot.plumbing.test_process import start
from tests.bot.plumbing.watch import until
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import CHANNEL, PEOPLE, WORKSPACE, Company, company_at
from tests.end_to_end.founding import someone
from tests.end_to_end.test_documents_out import CRITERIA, QUESTION, readable
from tests.end_to_end.test_route_out import LOSS, WHY, scoped

SAID = {
    "en": ("The team has not voted", "Still open in it:", "is signed and frozen", "1 remark waits"),
    "fr": ("L’équipe ne s’est pas encore", "Encore ouverts :", "est signée et figée", "1 remarque attend"),
}  # fmt: skip
RESERVATION = "The note forgets those who answer the phone."
REPLY = "It names them now, as a risk."
RISK = "After-sales is not asked"
FREE = {"en": "Nothing blocks it", "fr": "Rien ne le bloque"}
DRAFT = {"en": "DRAFT", "fr": "BROUILLON"}
CONDITIONS = "A second administrator before lot 2."


def review(company: Company) -> Review:
    found = company.reads(reviews.latest, project_id=company.project.id)
    assert found is not None
    return found


async def sends_round(elodie: Colleague, company: Company, version: int) -> None:
    """The note as it stands now goes round, and reaches people in their hours."""
    await elodie.puts_down()
    await elodie.channel(f"#{CHANNEL}")
    await elodie.clicks("review.open", within=15)
    await elodie.opened()
    await elodie.sends()
    await elodie.puts_down()
    assert review(company).version == version
    await company.passes(minutes=2)


async def votes(person: Colleague, points: str) -> None:
    await person.puts_down()
    await person.dm()
    await person.clicks("review.vote", within=15)
    await person.opened()
    await person.fills({"points": points})
    await person.sends()
    await person.puts_down()


async def opens(person: Colleague, button: str) -> None:
    """A form or page behind a button of their private card, or of Home."""
    await person.clicks(button, within=15)
    await person.opened()


async def remarked(ines: Colleague, marc: Colleague, waits: str) -> None:
    """Inès reads, approves a section and has a reservation about the next; Marc accepts it, she reads so."""
    await ines.dm()
    await opens(ines, "review.read")
    await ines.sees("N01")
    await ines.presses("review.approve")
    await ines.sees("N02")
    await opens(ines, "review.remark")
    await ines.fills({"kind": "reservation", "words": RESERVATION})
    await ines.sends()
    await marc.home()
    await marc.sees(waits, within=15)
    await opens(marc, "review.remarks")
    await opens(marc, "review.reply")
    await marc.fills({"words": REPLY})
    await marc.sends()
    await marc.puts_down()
    await ines.puts_down()
    await ines.dm()
    await ines.sees(REPLY, within=15)


async def signed(marc: Colleague, claire: Colleague, still: str) -> None:
    """Marc reads what is still open and carries it; Claire signs with conditions."""
    await marc.dm()
    await opens(marc, "review.sign")
    await marc.sees(still)
    await marc.fills({"choice": ["carry"]})
    await marc.sends()
    await claire.dm()
    await opens(claire, "review.sign")
    await claire.fills({"choice": "conditions", "words": CONDITIONS})
    await claire.sends()
    await claire.puts_down()


async def decided(marc: Colleague, claire: Colleague) -> None:
    """Marc wants a prototype, and says why; the arbiter decides, and says what is given up."""
    await marc.channel(f"#{CHANNEL}")
    await marc.runs("/cadrage route")
    await opens(marc, "route.choose")
    await marc.fills({"option": "proto", "reason": WHY})
    await marc.submits()
    await marc.sees(WHY, within=10)
    await marc.puts_down()
    await claire.dm()
    await opens(claire, "route.decide")
    await claire.fills({"option": "proto", "reason": WHY, "loss": LOSS})
    await claire.submits()
    await claire.sees(LOSS, within=10)
    await claire.puts_down()


async def follows(elodie: Colleague, company: Company, language: str) -> str:
    """The request for a prototype that follows from the note: what blocks it is filled in, then it is made.
    What its file says."""
    await elodie.channel(f"#{CHANNEL}")
    await elodie.runs("/cadrage doc DOC4")
    await elodie.opened()
    await opens(elodie, "document.fill:prototype")
    await elodie.fills({"question": QUESTION, "criteria": CRITERIA})
    await elodie.submits()
    await elodie.sees(FREE[language], within=10)
    await elodie.puts_down()
    await elodie.channel(f"#{CHANNEL}")
    await elodie.runs("/cadrage doc DOC4")
    await elodie.opened()
    await elodie.fills({"form": "docx", "language": language})
    await elodie.submits()
    await elodie.puts_down()
    await elodie.dm()
    await elodie.sees(".docx", within=30)
    files = company.sandbox.space.world.vault.files.values()
    return readable(next(file.content for file in files if file.name.endswith(".docx")))


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_acceptance_36_what_is_signed_prints_what_is_missing(
    tmp_path: Path, playbook: Playbook, language: str
) -> None:
    early, still, frozen, waits = SAID[language]
    async with company_at(tmp_path, language=language) as company:
        await company.starts()
        await scoped(company, playbook)
        here = {"workspace": WORKSPACE, "project_id": company.project.id}
        people = [someone(company, who, playbook) for who in ("elodie", "marc", "ines", "claire")]
        async with people[0] as elodie, people[1] as marc, people[2] as ines, people[3] as claire:
            await elodie.channel(f"#{CHANNEL}")
            await elodie.runs("/cadrage note")
            await sends_round(elodie, company, 1)
            await remarked(ines, marc, waits)
            await decided(marc, claire)
            await marc.runs(f"/cadrage risk {RISK}")
            await marc.opened()
            await marc.sends()
            await marc.puts_down()
            await sends_round(elodie, company, 2)
            assert review(company).remarks == ()  # they stay with the version they were made on
            await marc.dm()
            await opens(marc, "review.sign")
            await marc.sees(early)
            for person, points in ((marc, "4"), (ines, "4"), (claire, "5")):
                await votes(person, points)
            for who in ("paul", "hugo", "sofia"):  # on their cards too: it takes a quorum to count
                given = Vote(user=PEOPLE[who]["user"], points=4)
                company.puts(reviews.vote, **here, version=2, given=given)
            await elodie.home()
            await opens(elodie, "review.count")  # not everybody has voted: it says so first
            await elodie.sends()
            await until(lambda: review(company).tally is not None, seconds=20)
            await elodie.puts_down()
            await signed(marc, claire, still)
            await company.passes(minutes=2)
            await elodie.puts_down()
            await elodie.channel(f"#{CHANNEL}")
            await elodie.sees(frozen, within=15)
            await claire.dm()
            await claire.sees("-2.pdf", within=30)
            said = await follows(elodie, company, language)
            assert CRITERIA.splitlines()[-1] in said
            assert DRAFT[language] not in said, "the note it follows from is signed"
        assert review(company).state == "signed"
        assert {one.choice for one in review(company).signatures} == {"carry", "conditions"}
        assert any(CONDITIONS in one.title.en for one in company.records("issue"))
        files = company.sandbox.space.world.vault.files.values()
        content = next(file.content for file in files if file.name.endswith("-2.pdf"))
        await verified(company, content, "Signed by the sponsor, and frozen.", code=0)
        await verified(company, content + b"\n", "no file that was delivered", code=1)


async def verified(company: Company, content: bytes, said: str, *, code: int) -> None:
    """What `cadrage verify` says of these bytes, beside the bot at work."""
    file = company.folder / "note.pdf"
    file.write_bytes(content)
    program = await start("verify", str(file), port=0, folder=company.folder, DATABASE_URL=company.database)
    output, _ = await program.process.communicate()
    assert program.process.returncode == code, output
    assert said in output.decode()
