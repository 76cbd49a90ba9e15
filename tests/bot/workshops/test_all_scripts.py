"""Every script in both modes, from its opening to its minutes: what it is for is on record, no vote stays."""

from collections.abc import Mapping

import pytest
from sqlalchemy import func, select

from bot.workshops.outcomes import minutes as paper
from flows.dialogue.effects import RecordKind
from flows.document.markdown import markdown
from flows.document.minutes import minutes
from flows.words import Language
from flows.workshop.model import CardKind, Mode
from storage import project as projects
from storage.tables import workshop_vote
from tests.bot.surfaces.stage import ELODIE, INES, MARC, PAUL, SOFIA, WORKSPACE, Town, founded
from tests.bot.workshops.playing import Play, Put, given

ROW: CardKind = "row"
LANGUAGES: tuple[Language, ...] = ("en", "fr")
BEFORE: tuple[tuple[RecordKind, str], ...] = (("gap", "Two lists"), ("need", "See calls"), ("vendor", "Aria"))
#: What is put in, by script: enough for each step to have something to work on.
PUT: Mapping[str, Put] = {
    "W02": {
        2: [(MARC, "idea", "Answer within a day", {"indicator": "Delay", "target": "1 day"})],
        5: [(INES, "note", "Not a reporting project", {})],
    },
    "W03": {2: [(MARC, ROW, "", {"step": "Offer", "lived": "By mail", "severity": 4})]},
    "W04": {4: [(ELODIE, "idea", "Nobody is measured by it", {})]},
    "W05": {
        3: [
            (ELODIE, ROW, "Data", {"topic": "ANX05", "choice": "needed", "owner": SOFIA, "due": "2099-04-01"})
        ]
    },
    "W06": {1: [(INES, ROW, "", {"need": "Find a contact", "why": "to call", "function": "marketing"})]},
    "W07": {
        2: [(MARC, "idea", "Nobody has time", {})],
        5: [(ELODIE, ROW, "Time", {"cause": "Time", "family": "4", "likelihood": 4, "impact": 4})],
        6: [(ELODIE, ROW, "Clean", {"statement": "Clean", "importance": 3, "evidence": 2})],
        8: [(ELODIE, ROW, "Clean", {"task": "Clean", "weeks": 3, "owner": PAUL})],
    },
    "W09": {
        4: [(MARC, "idea", "Fast", {"learned": "Fast", "worry": "No help in French"})],
        5: [(ELODIE, ROW, "Log calls", {"what": "need", "text": "Log calls"})],
    },
    "W11": {3: [(MARC, "idea", "Shared by default", {})], 4: [(INES, "idea", "One list of accounts", {})]},
    "W12": {2: [(MARC, "idea", "Slow access", {})]},
}
#: Of which kinds something new is on record afterwards.
LEAVES: Mapping[str, tuple[RecordKind, ...]] = {
    "W01": ("decision",), "W02": ("decision", "stake", "exclusion"), "W03": ("decision", "gap"),
    "W04": ("issue",), "W05": ("decision", "annex"), "W06": ("decision", "need"),
    "W07": ("decision", "risk", "assumption", "task"), "W08": (), "W09": ("risk", "issue"),
    "W10": ("decision",), "W11": ("decision", "action"), "W12": ("action",),
}  # fmt: skip


@pytest.mark.parametrize("mode", ["live", "async"])
@pytest.mark.parametrize("script", sorted(LEAVES))
async def test_a_script_leaves_what_it_is_for(place: Town, script: str, mode: Mode) -> None:
    project = await founded(place)
    for kind, title in BEFORE:
        given(place, project, kind, title)
    play = Play(place=place, project=project, script=script, mode=mode, put=PUT.get(script, {}))
    play.about = "VND-1" if script == "W09" else ""
    before = {kind: {one.ref for one in play.records(kind)} for kind in LEAVES[script]}
    play.plays()
    for kind in LEAVES[script]:
        new = [one for one in play.records(kind) if one.ref not in before[kind]]
        assert new, f"{script} leaves no {kind}"
        assert all(str(one.fields.get("workshop", "")).startswith(script) for one in new), new
    db = place.parts.db
    votes = db.read_sync(lambda conn: conn.execute(select(func.count()).select_from(workshop_vote)).scalar())
    assert votes == 0, "after the reveal only totals exist"
    here = db.read_sync(projects.get, workspace=WORKSPACE, id=project)
    assert here is not None
    found = db.read_sync(paper.facts, parts=place.parts, project=here, workshop=play.workshop)
    assert found is not None
    for language in LANGUAGES:
        text = markdown(minutes(found), language)
        assert f"{script}." in text
        assert "{" not in text
        assert all(one.ref in text for kind in LEAVES[script] for one in found.records if one.kind == kind)
