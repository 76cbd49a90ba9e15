"""D04 through Slack's protocol: two people describe their steps apart, and meet once it has closed."""

from typing import Any

from flows.playbook import Playbook
from tests.end_to_end import seeding
from tests.end_to_end.answering import answers
from tests.end_to_end.company import Company
from tests.end_to_end.founding import founded, someone


def says(lived: str, severity: int) -> Any:
    """What somebody of sales answers."""

    def step(name: str, really: str, gap: int) -> dict[str, Any]:
        return {"step": name, "planned": "Same day", "lived": really, "severity": gap}

    said = {
        "PRO01": "sales", "PRO03": "Between two tools", "PRO04": "old", "PRO05": 3, "PRO06": 3, "PRO08": 3,
        "PRO02": [step("Quote", lived, severity), step("Order", "Same day", 1), step("Visit", "Late", 2)],
        "PRO07": ["social"], "PRO09": ["write"],
    }  # fmt: skip
    return said.__getitem__


async def test_declared_and_lived_are_confronted_without_either_seeing_the_other_first(
    company: Company, playbook: Playbook
) -> None:
    await company.office_hours()
    await founded(company, playbook)
    flow, now = playbook.flows["D04"], await company.now()
    run = company.puts(seeding.sent, project=company.project, flow=flow, now=now)
    async with someone(company, "marc", playbook) as marc, someone(company, "hugo", playbook) as hugo:
        await answers(marc, flow, says("Three days", 4))
        await answers(hugo, flow, says("Never before Friday", 1))
        await hugo.home()
        await hugo.does_not_see("Planned and lived")
        async with someone(company, "elodie", playbook) as elodie:
            await elodie.home()
            await elodie.chooses(f"run.menu:{run}", f"close:{run}")
            await elodie.opened()
            await elodie.sends()
        await hugo.channel("#boreal")
        await hugo.sees("closed: 2 of", within=15)
        await hugo.clicks("confrontation.open")
        await hugo.opened()
        for words in (
            "seen differently: from no gap to a serious gap", "Three days", "Never before Friday",
            "Nobody has described this area.", "Workshop W03 still needs here",
        ):  # fmt: skip
            await hugo.sees(words)
        await hugo.presses("record.open:GAP-1")
        await hugo.sees("GAP-1", "Said by")
