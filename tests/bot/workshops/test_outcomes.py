"""What comes of each workshop is on record before anybody leaves: with owner, date and its source."""

from datetime import date, timedelta
from typing import Any

from bot.arbitration import deeds
from bot.workshops.outcomes import filling, session
from bot.workshops.outcomes import minutes as paper
from flows.arbitration.model import Case
from flows.document.markdown import markdown
from flows.document.minutes import minutes
from flows.wins.facts import Facts
from flows.workshop import events
from flows.workshop.outcomes_model import Fill
from storage import arbitration, inbox, initiative, win, win_facts
from storage import dialogue as dialogues
from storage import project as projects
from storage import workshop as workshops
from storage.register import place_of
from tests.bot.surfaces.stage import (
    BOREAL,
    CLAIRE,
    ELODIE,
    INES,
    MARC,
    PAUL,
    SOFIA,
    WORKSPACE,
    Town,
    flat,
    founded,
)
from tests.bot.workshops.playing import Play, given

WEIGHTS = 6  # the step of W06 that shares a hundred points


def answer(place: Town, project: str, flow: str, question: str) -> Any:
    """The shared answer of the latest run of a dialogue."""
    db = place.parts.db
    run = [
        one
        for one in db.read_sync(dialogues.runs, workspace=WORKSPACE, project_id=project)
        if one.flow == flow
    ][-1]
    found = db.read_sync(dialogues.answers, workspace=WORKSPACE, dialogue_id=run.id, roles=None)
    return found[question][0][1].value


def written(play: Play, language: Any = "en") -> str:
    """The minutes as they read now."""
    db = play.place.parts.db
    project = db.read_sync(projects.get, workspace=WORKSPACE, id=play.project)
    found = db.read_sync(paper.facts, parts=play.place.parts, project=project, workshop=play.workshop)
    assert found is not None
    return markdown(minutes(found), language)


def noticed(play: Play) -> Facts:
    """What the detectors of small wins read now."""
    db, parts = play.place.parts.db, play.place.parts
    project = db.read_sync(projects.get, workspace=WORKSPACE, id=play.project)
    assert project is not None
    return db.read_sync(win_facts.facts, project=project, playbook=parts.playbook, now=parts.clock.now())


async def test_w01_counterweights_and_roles(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W01").plays()
    first = [one for one in play.records("action") if one.fields.get("first")]
    assert first, "what is missing is an action already; the group says which comes first"
    assert all(one.owner == CLAIRE and one.due for one in first)
    steers = next(one for one in play.records("decision") if one.source == "SET08")
    assert steers.status == "accepted", "who steers was proposed until W01"
    carried = next(one for one in play.records("decision") if one.source == "W01.4")
    assert carried.fields["method"] == "vote"
    assert carried.fields["distribution"]["4"] == 6
    assert noticed(play).roles_carried


async def test_w02_goals_are_shared_and_two_questions_leave(place: Town) -> None:
    put = {
        2: [(MARC, "idea", "Answer every customer within a day", {"indicator": "Delay", "target": "1 day"})],
        5: [(INES, "note", "Not a reporting project", {})],
    }
    play = Play(place=place, project=await founded(place), script="W02", put=put).plays()
    (goal,) = play.records("stake")
    assert (goal.fields["indicator"], goal.fields["level"]) == ("Delay", "strategic")
    assert [one.title.en for one in play.records("exclusion")] == ["Not a reporting project"]
    assert answer(place, play.project, "D02", "OBJ09") == "shared"
    runs = place.parts.db.read_sync(dialogues.runs, workspace=WORKSPACE, project_id=play.project)
    assert "after_W02" in next(one for one in runs if one.flow == "D02").parts
    assert f"- {goal.ref} Answer every customer" in written(play)


async def test_w02_takes_up_goals_that_were_closed_where_they_stand(place: Town) -> None:
    """Nobody is asked the first part again, and what was said in it stays in sight."""
    project, db, now = await founded(place), place.parts.db, place.clock.now()
    here = {"workspace": WORKSPACE, "project_id": project}
    before = db.run_sync(dialogues.open, **here, flow="D02", opened_by=ELODIE, closes_on=None, now=now)
    db.run_sync(dialogues.close, workspace=WORKSPACE, id=before, by=ELODIE, now=now)
    Play(place=place, project=project, script="W02").plays()
    [run] = [one for one in db.read_sync(dialogues.runs, **here) if one.flow == "D02"]
    assert (run.id, run.status, run.parts) == (before, "open", ("after_W02",))
    took = db.read_sync(dialogues.participations, workspace=WORKSPACE, dialogue_id=run.id)
    assert {INES, MARC} <= {one.user for one in took if one.invited_at is not None}


async def test_w03_gaps_have_owners(place: Town) -> None:
    project = await founded(place)
    known = given(place, project, "gap", "Two lists of contacts")
    put = {
        2: [
            (MARC, "row", "", {"step": "Offer", "planned": "In the tool", "lived": "By mail", "severity": 4})
        ],
        5: [(ELODIE, "row", "", {"gap": known.ref, "owner": PAUL, "risk": "Nobody answers"})],
    }
    play = Play(place=place, project=project, script="W03", put=put).plays()
    first, second = play.records("gap")
    assert (first.owner, first.fields["agreed_in"]) == (PAUL, "W03.5")
    assert second.fields["lived"] == "By mail"
    (risk,) = play.records("risk")
    assert (risk.status, risk.fields["serves"]) == ("proposed", known.ref)
    assert [(one.agreed, one.owned) for one in noticed(play).gaps] == [(True, True), (True, False)]


async def test_w05_projects_fill_d05_and_the_tasks(place: Town) -> None:
    project = await founded(place)
    due = "2099-04-01"
    put = {
        3: [
            (ELODIE, "row", "Customer data", {
                "topic": "ANX05", "choice": "needed", "owner": SOFIA, "due": due, "lot": "LOT-1",
            }),
            (ELODIE, "row", "", {"topic": "ANX04", "choice": "not_needed", "reason": "Redrawn last year"}),
        ],
    }  # fmt: skip
    play = Play(place=place, project=project, script="W05", put=put).plays()
    assert answer(place, project, "D05", "ANX05") == "needed"
    assert answer(place, project, "D05", "ANX04e") == "Redrawn last year"
    annexes = {one.fields["topic"]: one for one in play.records("annex")}
    assert (annexes["data"].owner if "data" in annexes else annexes["ANX05"].owner) == SOFIA
    (task,) = play.records("task")
    assert task.owner == SOFIA


async def test_decisions_are_read_back_at_the_end_and_not_posted_one_by_one_meanwhile(place: Town) -> None:
    project = await founded(place)
    place.delivers()
    before = len(place.to(BOREAL, "decision_card"))
    play = Play(place=place, project=project, script="W06").plays()
    place.delivers()
    made = [one for one in play.records("decision") if one.fields.get("workshop")]
    assert len(made) >= 5
    assert len(place.to(BOREAL, "decision_card")) == before
    closing = place.to(BOREAL, "workshop_step")[-1].text + str(place.to(BOREAL, "workshop_step")[-1].message)
    assert all(one.ref in closing for one in made[:5])


async def test_w06_the_board_the_criteria_and_the_weights_stand_in_d11(place: Town) -> None:
    project = await founded(place)
    first = given(place, project, "need", "See every call")
    given(place, project, "need", "Print a list")
    put = {1: [(INES, "row", "", {"need": "Find a contact", "why": "to call back", "function": "marketing"})]}
    play = Play(place=place, project=project, script="W06", put=put).plays()
    needs = {one.ref: one for one in play.records("need")}
    assert needs[first.ref].fields["priority"] == "M"
    assert needs[first.ref].fields["effort"]
    assert not noticed(play).let_go
    again = Play(place=place, project=project, script="W06", first="S").plays()
    assert [one.ref for one in noticed(again).let_go] == [first.ref], (
        "nobody holds it for a must-have any more"
    )
    assert len(needs) == 3
    assert answer(place, project, "D11", "NEE11") == "required"
    weights = answer(place, project, "D11", "NEE17")
    assert sum(weights.values()) == 100
    decisions = {one.source: one for one in play.records("decision")}
    assert decisions["NEE02"].fields["method"] == "vote", "the group has decided, not a form"
    assert {"NEE02", "NEE11", "NEE17", "W06.7"} <= {*decisions}
    assert decisions["NEE17"].ref in written(play)


async def test_w07_risks_assumptions_lots_and_tasks(place: Town) -> None:
    project = await founded(place)
    put = {
        2: [(MARC, "idea", "Nobody has time", {})],
        5: [(ELODIE, "row", "Nobody has time", {
            "cause": "Nobody has time", "family": "4", "likelihood": 4, "impact": 4,
        })],
        6: [
            (ELODIE, "row", "Data is clean", {"statement": "Data is clean", "importance": 3, "evidence": 2}),
            (ELODIE, "row", "Vital", {"statement": "Vital", "importance": 5, "evidence": 1}),
        ],
        7: [(ELODIE, "row", "Lot 1", {
            "name": "Lot 1", "benefit": "Sales", "needs": "REQ-1", "groups": "Sales", "start": "2099-01-01",
            "end": "2099-05-01",
        })],
        8: [(ELODIE, "row", "Clean", {"task": "Clean", "weeks": 3, "owner": PAUL})],
    }  # fmt: skip
    play = Play(place=place, project=project, script="W07", put=put).plays()
    assert [one.title.en for one in play.records("assumption")] == ["Data is clean"]
    assert [one.title.en for one in play.records("lot")] == ["Lot 1"]
    assert [one.owner for one in play.records("task")] == [PAUL]
    worked_out = [one for one in play.records("risk") if one.source == "PLA02"]
    assert worked_out[0].fields["score"] == 16
    issues = {one.source: one for one in play.records("issue")}
    assert "Vital" in issues["W07.PLA03"].title.en, "what the form refuses is not lost"
    assert {"W07.5", "W07.7"} <= {*issues}, "a high risk without owner, a lot without an end"
    assert noticed(play).causes == 1


async def test_w08_pairs_on_which_people_agree_need_no_arbiter(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W08").plays()
    cases = place.parts.db.read_sync(arbitration.of_project, workspace=WORKSPACE, project_id=play.project)
    assert not cases


async def test_w09_the_grid_of_the_session_says_how_far_people_were_apart(place: Town) -> None:
    project = await founded(place)
    session = given(place, project, "vendor", "Aria", fields={"attendees": [MARC, INES]})
    put = {
        4: [(MARC, "idea", "Fast", {"learned": "Fast", "worry": "No help in French"})],
        5: [(ELODIE, "row", "Log calls", {"what": "need", "text": "Log calls"})],
    }
    play = Play(place=place, project=project, script="W09", put=put, about=session.ref).plays()
    (kept,) = play.records("vendor")
    assert kept.fields["grid"]["K1"]["level"] == "seen"
    assert "6" in kept.fields["grid"]["K1"]["note"]
    assert [one.title.en for one in play.records("risk")] == ["No help in French"]
    assert any(one.fields.get("session") == session.ref for one in play.records("issue"))


async def test_w11_the_trial_and_the_rules(place: Town) -> None:
    put = {3: [(MARC, "idea", "Everything is shared by default", {})], 4: [(INES, "idea", "One list", {})]}
    play = Play(place=place, project=await founded(place), script="W11", put=put).plays()
    (decision,) = [one for one in play.records("decision") if one.source == "W11.5"]
    assert decision.fields["choice"] == "Everything is shared by default"
    tries = place.parts.db.read_sync(initiative.of_project, workspace=WORKSPACE, project_id=play.project)
    assert len(tries) == 1


async def test_w11_the_rules_draft_the_charter_and_the_sponsor_signs_it(place: Town) -> None:
    rules = [(MARC, "idea", "Everything is shared by default", {})]
    signs = [(CLAIRE, "decision", "I sign it", {"choice": "yes", "reason": "It is fair"})]
    play = Play(place=place, project=await founded(place), script="W11", put={3: rules, 6: signs}).plays()
    assert answer(place, play.project, "D09", "CHG05") == "signed"
    (signed,) = [one for one in play.records("decision") if one.source == "CHG05"]
    assert (signed.status, signed.fields["method"], signed.fields["workshop"]) == (
        "accepted", "sponsor", "W11",
    )  # fmt: skip


async def test_w12_the_obstacle_what_was_parked_and_what_pleases(place: Town) -> None:
    put = {
        2: [(MARC, "idea", "Slow access", {}), (PAUL, "parked", "Who answers on Mondays?", {})],
        5: [(INES, "pleased", "We found the cause together", {})],
    }
    play = Play(place=place, project=await founded(place), script="W12", put=put).plays()
    (action,) = [one for one in play.records("action") if one.source == "W12.3"]
    assert (action.title.en, action.owner) == ("Remove: Slow access", MARC)
    (parked,) = play.records("issue")
    assert (parked.title.en, parked.owner) == ("Who answers on Mondays?", ELODIE)
    found = place.parts.db.read_sync(win.newest, workspace=WORKSPACE, project_id=play.project)
    told = place.parts.db.read_sync(
        win.in_state, workspace=WORKSPACE, project_id=play.project, states=("waiting", "posted")
    )
    assert "We found the cause together" in [one.said.en for one in (*found, *told)]
    place.delivers()
    assert place.to(play.workshop.channel, "workshop_minutes"), "the minutes are in the channel"


async def test_without_quorum_nothing_is_decided_and_it_is_said(place: Town) -> None:
    everybody = (INES, PAUL, SOFIA, CLAIRE)
    play = Play(place=place, project=await founded(place), script="W01", absent=everybody).plays()
    assert not [one for one in play.records("decision") if one.source == "W01.4"]
    (waits,) = [one for one in play.records("issue") if one.fields.get("replay") == "W01.4"]
    assert place_of(waits.ref)
    assert "Without quorum" in written(play)


async def test_what_fails_twice_goes_to_the_arbiter_and_not_on_record_as_decided(place: Town) -> None:
    play = Play(place=place, project=await founded(place), script="W01", points=2).plays()
    assert not [one for one in play.records("decision") if one.source == "W01.4"]
    (case,) = place.parts.db.read_sync(arbitration.of_project, workspace=WORKSPACE, project_id=play.project)
    assert case.arbiter == CLAIRE
    assert len(case.extra) == 2
    assert "2\u00a0: 6" in case.why


async def test_w04_the_sponsor_answers_each_condition_and_nobody_is_named(place: Town) -> None:
    project = await founded(place)
    play = Play(place=place, project=project, script="W04", put={4: [(ELODIE, "idea", "No measuring", {})]})
    play.plays()
    asked = [one for one in play.records("issue") if one.fields.get("condition")]
    assert [one.owner for one in asked] == [CLAIRE]
    text = written(play)
    assert "What was said stays there" in text
    assert "W04.3" in text
    place.delivers()
    (card,) = place.to(CLAIRE, "workshop_conditions")
    claire = await place.person(CLAIRE).presses("Répondre aux conditions", on=card)
    ref = asked[0].ref
    await claire.sends()
    assert f"says:{ref}" in claire.errors, "nothing was answered"
    claire.fills({f"why:{ref}": "Personne ne sera mesuré avec cet outil."})
    await claire.sends()
    assert claire.errors == {f"says:{ref}": "Choisissez oui, pas encore ou non."}
    claire.fills({f"says:{ref}": "yes", f"why:{ref}": "court"})
    await claire.sends()
    assert f"why:{ref}" in claire.errors
    claire.fills({f"says:{ref}": "yes", f"why:{ref}": "Personne ne sera mesuré avec cet outil."})
    await claire.sends()
    decision = next(one for one in play.records("decision") if one.fields.get("condition") == "granted")
    assert decision.fields["settles"] == ref
    assert [one.key for one in noticed(play).answered] == [decision.ref]


async def test_w09_is_about_the_session_of_its_day_or_the_next_that_was_not_held(place: Town) -> None:
    project_id = await founded(place)
    db, day = place.parts.db, date(2026, 2, 10)
    project = db.read_sync(projects.get, workspace=WORKSPACE, id=project_id)
    assert project is not None

    def about(script: str = "W09") -> str:
        return db.read_sync(session.about, project=project, script=script, day=day)

    assert not about()
    past = given(place, project_id, "vendor", "Past", due=date(2026, 2, 1))
    assert about() == past.ref
    later = given(place, project_id, "vendor", "Later", due=date(2026, 2, 20))
    assert about() == later.ref
    same = given(place, project_id, "vendor", "Same day", due=day)
    given(place, project_id, "vendor", "Held", due=day, fields={"attendees": [MARC]})
    assert (about(), about("W08")) == (same.ref, "")


async def failed_twice(place: Town) -> Play:
    """W03 stands behind a support vote that was not carried twice."""
    play = Play(place=place, project=await founded(place), script="W03", points=1).opens()
    read = place.parts.db.read_sync
    while not any(
        one.verdict == "failed" for one in read(workshops.results, workspace=WORKSPACE, id=play.id)
    ):
        play.on()
    return play


def cases(play: Play) -> list[Case]:
    """What the arbiter was asked in its project."""
    db = play.place.parts.db
    return db.read_sync(arbitration.of_project, workspace=WORKSPACE, project_id=play.project)


async def test_what_the_arbiter_has_decided_is_not_brought_again_when_the_step_is_left(place: Town) -> None:
    play = await failed_twice(place)
    (case,) = cases(play)
    place.parts.db.run_sync(
        deeds.settled_elsewhere, parts=place.parts, workspace=WORKSPACE, id=case.id, now=play.now
    )
    place.parts.db.run_sync(inbox.purge, before=play.now + timedelta(days=8))  # it stood paused for a week
    play.goes_on()
    (same,) = cases(play)
    assert not same.live


async def test_what_is_carried_after_all_waits_for_the_arbiter_no_more(place: Town) -> None:
    play = await failed_twice(place)
    assert [case.live for case in cases(play)] == [True]
    play.points = 4
    step = play.workshop.step
    play.happens(events.Reopened(by=ELODIE, at=play.now, step=step, seen=play.workshop.move))
    play.on()
    assert f"W03.{step}" in {one.source for one in play.records("decision")}
    assert [case.live for case in cases(play)] == [False]


async def test_what_somebody_changes_in_the_form_after_a_vote_stays_until_the_step_closes_again(
    place: Town,
) -> None:
    project = await founded(place)
    play = Play(place=place, project=project, script="W06").opens()
    while not (play.workshop.step == WEIGHTS and play.workshop.phase == "shown"):
        play.on()
    voted = answer(place, project, "D11", "NEE17")
    first, second = sorted(voted)[:2]
    changed = {**voted, first: voted[first] - 1, second: voted[second] + 1}
    fill_in(play, {"NEE17": changed})
    play.happens(events.NextPressed(by=ELODIE, at=play.now, seen=play.workshop.move))
    assert answer(place, project, "D11", "NEE17") == changed, "leaving the step fills nothing in again"
    play.happens(events.Reopened(by=ELODIE, at=play.now, step=WEIGHTS, seen=play.workshop.move))
    assert answer(place, project, "D11", "NEE17") == changed, "nor does opening it again"
    play.on()
    assert play.workshop.phase == "shown"
    assert answer(place, project, "D11", "NEE17") == voted
    place.delivers()
    lines = [one.text for one in place.to(BOREAL, "workshop_line")]
    assert any(flat("L’étape 6 de W06 s’est close une nouvelle fois.") in one for one in lines)
    assert sum("une nouvelle fois" in one for one in lines) == 1


def fill_in(play: Play, values: dict[str, Any]) -> None:
    """Somebody changes the form of D11 by hand."""
    parts = play.place.parts
    project = parts.db.read_sync(projects.get, workspace=WORKSPACE, id=play.project)
    what = Fill(flow="D11", part="W06", values=values)
    parts.db.run_sync(
        filling.fill, parts=parts, project=project, workshop=play.workshop, what=what, now=play.now
    )
