"""The attack: whoever holds the database, the logs and all that passed between Slack and the bot, but not the
key, cannot tell whose answers are whose (I6 of reliability 5). Point 21, where there are five answers."""

import json
import re
from pathlib import Path

from flows.playbook import Playbook
from storage import wave as waves
from tests.end_to_end.company import PEOPLE, Company
from tests.end_to_end.founding import ID, TEAM, someone
from tests.end_to_end.sitting import (
    TITLE,
    WISHES,
    Json,
    Log,
    answers,
    changed,
    dump,
    files,
    given,
    quiet,
    until_closed,
)

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
DIFFERS = (
    "id", "hash", "trigger_id", "root_view_id", "view_id", "previous_view_id", "action_ts", "user", "name",
    "username", "envelope_id",
)  # fmt: skip


def scrubbed(said: Json, user: str) -> str:
    """What passed, or a line of the log, without what differs from person to person anyway: who they are,
    ids made at random, moments."""
    names = ("n", "at", "ms", "took", "timestamp", "request_id", "seconds", "duration")
    kept = {key: value for key, value in said.items() if key not in names}
    said_ = json.dumps(kept, sort_keys=True).replace(user, "USER")
    said_ = re.sub(rf'"({"|".join(DIFFERS)})": "[^"]*"', "", said_)
    return re.sub(r'"block_id": "[0-9a-f]{8}"', "", said_)


async def test_nothing_that_is_kept_or_passes_tells_whose_answers_are_whose(
    polled: tuple[Company, Log], playbook: Playbook, tmp_path: Path
) -> None:
    company, log = polled
    (wave,) = company.reads(waves.of_project, project_id=company.project.id)
    passed: dict[str, list[str]] = {}
    noted: dict[str, list[str]] = {}
    for n, key in enumerate(TEAM, start=1):
        async with someone(company, key, playbook) as who:
            await who.home()
            await who.sees(TITLE, within=15)
            await quiet(company)
            before, since, lines = dump(company), company.sandbox.space.traffic.n, len(log.lines)
            await answers(who, wave.id, given(n))
            assert await who.sees("Recorded, thank you")
            await quiet(company)
            assert set(changed(before, dump(company))) == {("ballot_ledger", 1), ("ballot_box", 0)}
            exchanges = (await company.sandbox.looks(f"traffic?since={since}"))["exchanges"]
            forms = [n for n, one in enumerate(exchanges) if "view_submission" in one["method"]]
            assert [exchanges[n]["masked"] for n in forms] == [True, True, True]
            # what came before, the press in Home, carries a person's Home and no answer
            passed[key] = [scrubbed(one, ID[key]) for one in exchanges[forms[0] :]]
            noted[key] = [scrubbed(json.loads(line), ID[key]) for line in log.lines[lines:]]
    # what passed, and what was noted, is the same for everybody: it tells nothing, so no guess from it beats
    # chance. All of it, for what tells of a ballot may stand in another message, or on an innocent line.
    assert len({tuple(one) for one in passed.values()}) == 1
    assert len({tuple(one) for one in noted.values()}) == 1
    everything = files(tmp_path)
    assert b"canary" not in everything
    assert "canary" not in json.dumps((await company.sandbox.looks("traffic?since=0"))["exchanges"])
    await until_closed(company, wave.id)
    kept = company.reads(waves.results, ids=[wave.id])[wave.id]
    assert kept["BEL01"].n == len(TEAM)
    said = files(tmp_path)
    assert all((f"canary {'x' * n} {n}".encode() in said) is (WISHES[n % 2] == "quote") for n in range(1, 8))
    await reads_group_results(company, playbook)
    rows = dump(company)
    assert not rows["ballot_ledger"]
    assert not rows["ballot_box"]
    assert not any(user in repr(rows["wave_result"]) for user in ID.values())
    await log.ends()
    output = "".join(log.lines)
    assert "canary" not in output
    assert "anonymous" not in output, "no line of the log is about a ballot"


async def reads_group_results(company: Company, playbook: Playbook) -> None:
    """21: for the group, without a date, a name or an order anybody could know."""
    async with someone(company, "hugo", playbook) as hugo:
        await hugo.puts_down()
        await hugo.channel("#boreal")
        await hugo.clicks("See the group results", within=15)
        await hugo.opened()
        page = await hugo.reads()
        assert "Anonymous" in page
        assert "from 5 answers" in page
        assert re.findall(r"canary x+ \d", page)
        assert not re.search(rf"20\d\d|\d:\d\d|\b({MONTHS})\b", page)
        assert not [one["name"] for one in PEOPLE.values() if one["name"] in page]
