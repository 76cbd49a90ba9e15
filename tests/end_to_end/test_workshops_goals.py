"""W01 and W02 from their command to their minutes, live and in the channel: roles and goals, on record."""

from pathlib import Path

import pytest

from flows.cadence import add_working_days
from flows.playbook import Playbook
from flows.register.said import TIME_TO_SETTLE
from storage import dialogue as dialogues
from tests.end_to_end.workshop_people import Meeting, company_meeting
from tests.end_to_end.workshop_record import ID, Left


@pytest.mark.parametrize(("mode", "language"), [("live", "fr"), ("async", "en")])
async def test_w01_agrees_on_who_steers_and_which_counterweights_come_first(
    tmp_path: Path, playbook: Playbook, mode: str, language: str
) -> None:
    async with company_meeting(tmp_path, playbook, language) as w01:
        facilitator, people, left = w01.facilitator, w01.people, Left(room=w01.room)
        await facilitator.prepares("W01")
        await facilitator.opens(mode)
        await people.puts_in("claire", "We lose customers between two lists.")
        await facilitator.next()
        await people.puts_in("ines", "Sees the field well; may not see the data.")
        await facilitator.next()
        await people.vote({"human": 1, "business_pilot": 1}, marc={"human": 1})
        await facilitator.next()
        await people.support(4, marc=5, hugo=(2, "Say who settles when Claire is away"))
        await facilitator.next()
        await facilitator.next()  # the coach
        await people.press("marc", "workshop.done")
        await people.puts_in("nadia", "We have met at last")
        await facilitator.next()
        assert w01.room.workshop.state == "ended"

        (copilot,) = left.made(
            "action",
            "Put in place: A business co-lead decides on everyday use",
        )
        assert (copilot.owner, copilot.source) == (ID["marc"], "W01.3"), "a new one is the lead’s"
        assert copilot.due == add_working_days(await left.today(), TIME_TO_SETTLE)
        (human,) = left.of("action", "SET09", "a named person looks after the human side")
        assert human.fields["first"], "one that was missing already comes first, and is not doubled"
        (roles,) = left.made(
            "decision",
            "Who drives, who settles, who contributes, who is informed: the team carries it",
        )
        assert (roles.status, roles.source, roles.fields["method"]) == ("accepted", "W01.4", "vote")
        assert roles.fields["distribution"] == {"0": 0, "1": 0, "2": 1, "3": 0, "4": 6, "5": 1}
        assert roles.fields["minority"] == "Say who settles when Claire is away"
        (steers,) = left.of("decision", "SET08", "Who steers")
        assert steers.status == "accepted", "who steers is no longer only proposed"
        left.all_checked()
        assert left.wins() == ["We have met at last"]
        await left.channel(
            *{"en": ("Carried.", "7 of 8 at 3 or more", "Closed: 8 people took part."),
              "fr": ("Adopté.", "7 sur 8 à 3 ou plus", "Clos : 8 personnes y ont participé.")}[language],
        )  # fmt: skip
        minutes = await left.in_minutes()
        assert "Sees the field well" in minutes
        assert "Inès" not in minutes, "nobody is named who wrote"


@pytest.mark.parametrize(("mode", "language"), [("live", "en"), ("async", "fr")])
async def test_w02_agrees_on_written_goals_and_on_what_the_project_is_not(
    tmp_path: Path, playbook: Playbook, mode: str, language: str
) -> None:
    async with company_meeting(tmp_path, playbook, language) as w02:
        facilitator, people, left = w02.facilitator, w02.people, Left(room=w02.room)
        fields = {"statement": "Fewer lost customers", "level": "strategic"}
        known = await w02.known("stake", "Fewer lost customers", fields=fields)
        await facilitator.prepares("W02")
        await facilitator.opens(mode)
        await people.puts_in("paul", "Nobody ranks reporting first")
        await facilitator.next()
        await people.write(
            marc={
                "text": "Answer within a day",
                "level": "operational",
                "indicator": "Delay",
                "target": "1 day",
            },
            ines={"text": "Win back lost customers", "level": "strategic"},
        )
        await facilitator.next()
        await people.puts_in("sofia", "“Customer” means “account” for some")
        await facilitator.next()
        await people.vote({known.ref: 1, "Answer": 1}, hugo={"Win back": 2})
        await facilitator.next()
        await people.puts_in("hugo", "Not a reporting project")
        await facilitator.next()
        await people.support(4, ines=5, marc=(2, "Too vague"))
        await facilitator.next()
        await people.press("marc", "workshop.done")
        await facilitator.next()
        assert w02.room.workshop.state == "ended"

        answer, back = left.made("stake", "Answer within a day", "Win back lost customers")
        cells = {key: answer.fields[key] for key in ("level", "indicator", "target", "kept_in", "workshop")}
        assert cells == {
            "level": "operational", "indicator": "Delay", "target": "1 day", "kept_in": "W02.4",
            "workshop": "W02.4",
        }  # fmt: skip
        assert back.fields["level"] == "strategic"
        (fewer,) = left.of("stake", "", "Fewer lost customers")
        assert fewer.fields["kept_in"] == "W02.4", "a goal that was written stays itself"
        (out,) = left.made("exclusion", "Not a reporting project")
        assert out.source == "W02.5"
        (basis,) = left.made("decision", "The written goals are the basis of our work")
        assert (basis.source, basis.fields["minority"]) == ("W02.6", "Too vague")
        left.all_checked()
        (run,) = [one for one in runs(w02) if one.flow == "D02"]
        assert "after_W02" in run.parts, "two short questions reach everybody by message"
        minutes = await left.in_minutes()
        assert f"{known.ref} Fewer lost customers" in minutes


def runs(held: Meeting) -> list[dialogues.Run]:
    """The dialogues of the project."""
    company = held.room.company
    return [*company.reads(dialogues.runs, project_id=company.project.id)]
