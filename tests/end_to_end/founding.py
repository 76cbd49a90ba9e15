"""How the example company gets its project: set-up and invitations, played by Élodie on the screen."""

from collections.abc import Sequence
from typing import Any

from flows.playbook import Playbook
from tests.end_to_end.colleague import Colleague
from tests.end_to_end.company import CHANNEL, PEOPLE, Company

ID = {key: person["user"] for key, person in PEOPLE.items()}
TEAM = {
    "marc": "sales", "ines": "marketing", "paul": "service", "sofia": "it", "hugo": "sales",
    "nadia": "service", "thomas": "hr",
}  # fmt: skip
PROJECT: dict[str, Any] = {"SET01": "Boréal", "SET02": "replace", "SET18": "", "SET20": "en"}
COMPANY: dict[str, Any] = {
    "SET03": ["tool"], "SET04": "50_249", "SET05": "directive", "SET06": "complex_b2b", "SET07": "mixed",
}  # fmt: skip
KEY_PEOPLE: dict[str, Any] = {
    "SET10": ID["marc"], "SET11": ID["claire"], "SET12": ID["claire"],
    "SET13": [{"person": ID[key]} for key in TEAM],
}  # fmt: skip
STEERING: dict[str, Any] = {
    "SET13": [
        *({"person": ID[key], "function": function} for key, function in TEAM.items()),
        {"person": ID["claire"], "function": "management"},
    ],
    "SET08": "business",
    "SET09": ["arbiter", "coverage"],
}  # fmt: skip


def someone(company: Company, who: str, playbook: Playbook) -> Colleague:
    """A person to act as."""
    return Colleague(company.sandbox.url, who, playbook)


async def creates(elodie: Colleague, company: Company, values: dict[str, Any] | None = None) -> None:
    """The first screen: the project exists from now on."""
    flow = elodie.playbook.flows["D01"]
    today = (await company.now()).date().isoformat()
    await elodie.channel(f"#{CHANNEL}")
    assert (await elodie.runs("/cadrage new"))["ok"]
    await elodie.opened()
    wanted = {**PROJECT, "SET18": today, "SET20": company.language, **(values or {})}
    await elodie.fills_in(flow, wanted)
    await elodie.fills({"channel": CHANNEL})
    done = await elodie.sends()
    assert not done.get("errors"), done


async def sets_up(elodie: Colleague, company: Company, *, causes: Sequence[str] = ("tool",)) -> None:
    """Four screens to the first look. `causes`: what explained the gap last time."""
    flow = elodie.playbook.flows["D01"]
    await creates(elodie, company)
    for values in ({**COMPANY, "SET03": [*causes]}, KEY_PEOPLE, STEERING):
        await elodie.fills_in(flow, values)
        done = await elodie.sends()
        assert not done.get("errors"), done


async def invites(elodie: Colleague, company: Company, **form: Any) -> None:
    """The invitations are on their way."""
    await elodie.puts_down()
    await elodie.home()
    await elodie.clicks("invite.open:next")
    await elodie.opened()
    await elodie.fills(form)
    await elodie.sends()
    await elodie.puts_down()


async def founded(company: Company, playbook: Playbook) -> None:
    """Set up, everybody invited; the messages wait for their hours."""
    async with someone(company, "elodie", playbook) as elodie:
        await sets_up(elodie, company)
        await invites(elodie, company)
