"""Records by hand: made, changed, moved on; what happened to each; what an answer cannot undo."""

from datetime import date

from sqlalchemy import Connection

from flows.dialogue.effects import Draft
from flows.register.model import Kept
from flows.words import Words
from storage import capturing, dialogue, life, linking, register
from tests.storage.scoping import CLAIRE, KARIM, NOW, SOPHIE, Scoping, T


def made(scoping: Scoping, **more: object) -> Kept:
    draft = Draft(kind="decision", item="nonce", title=Words.same("Lot 1 first"), status="proposed", **more)  # type: ignore[arg-type]
    return scoping.db.run_sync(
        life.make, workspace=T, project_id=scoping.project, draft=draft, by=KARIM, now=NOW
    )


def changed(scoping: Scoping, ref: str, **what: object) -> Kept:
    def both(conn: Connection) -> Kept:
        held = life.hold(conn, workspace=T, project_id=scoping.project, ref=ref)
        assert held is not None
        return life.change(conn, held, by=CLAIRE, now=NOW, **what)  # type: ignore[arg-type]

    return scoping.db.run_sync(both)


def past(scoping: Scoping, ref: str) -> list[life.Change]:
    return scoping.db.read_sync(life.history, workspace=T, project_id=scoping.project, ref=ref)


def test_a_record_by_hand_has_a_number_and_a_history(scoping: Scoping) -> None:
    one = made(scoping)
    now = changed(
        scoping, one.ref, move="accept", status="accepted", fields={"reason": "Useful"}, reason="Useful"
    )
    assert (now.ref, now.status, now.fields["reason"]) == ("DEC-1", "accepted", "Useful")
    told = [(e.n, e.by, e.move, e.before, e.after, e.reason) for e in past(scoping, "DEC-1")]
    assert told == [
        (1, KARIM, "recorded", "", "proposed", None),
        (2, CLAIRE, "accept", "proposed", "accepted", "Useful"),
    ]
    assert past(scoping, "DEC-1")[1].changed == {"reason": (None, "Useful")}
    assert past(scoping, "?") == past(scoping, "DEC-9") == []
    assert scoping.db.run_sync(life.hold, workspace=T, project_id=scoping.project, ref="DEC-9") is None
    assert scoping.db.run_sync(life.hold, workspace=T, project_id=scoping.project, ref="?") is None


def test_changing_nothing_leaves_no_trace(scoping: Scoping) -> None:
    one = made(scoping, fields={"reason": "Useful"})
    assert changed(scoping, one.ref, move="edited", fields={"reason": "Useful"}).fields == one.fields
    assert len(past(scoping, one.ref)) == 1


def test_answering_again_leaves_what_was_changed_by_hand(scoping: Scoping) -> None:
    d03 = scoping.opens("D03")
    scoping.submits(d03, CLAIRE, "commitment", SPO01="written", SPO02="2", SPO03=["thank"], SPO04="none")
    ref = "DEC-1"
    changed(
        scoping,
        ref,
        move="edited",
        title=Words.same("In writing"),
        fields={"owner": SOPHIE, "due": date(2027, 1, 4), "minority": "Too soon."},
    )
    scoping.submits(d03, CLAIRE, "commitment", SPO01="announced", SPO02="2", SPO03=["thank"], SPO04="none")
    found = scoping.db.read_sync(register.get, workspace=T, project_id=scoping.project, ref=ref, roles=None)
    assert found is not None
    assert (found.title.en, found.owner, found.due) == ("In writing", SOPHIE, date(2027, 1, 4))
    assert found.fields["minority"] == "Too soon."
    assert found.fields["choice"] == "announced"


def test_links_are_read_both_ways_and_said_once(scoping: Scoping) -> None:
    here = {"workspace": T, "project_id": scoping.project}
    for _ in range(2):
        scoping.db.run_sync(linking.link, **here, ref="DEC-2", link="supersedes", to="DEC-1")
    assert scoping.db.read_sync(linking.links, **here, ref="DEC-2") == (
        linking.Linked(link="supersedes", ref="DEC-1", outward=True),
    )
    assert scoping.db.read_sync(linking.links, **here, ref="DEC-1") == (
        linking.Linked(link="supersedes", ref="DEC-2", outward=False),
    )
    assert scoping.db.read_sync(linking.links, **here, ref="?") == ()


def test_what_rests_on_a_decision_that_does_not_stand_is_found_by_its_owner(scoping: Scoping) -> None:
    here = {"workspace": T, "project_id": scoping.project}
    mine, other = made(scoping, owner=CLAIRE), made(scoping, owner=SOPHIE)
    for one in (mine, other):
        scoping.db.run_sync(linking.link, **here, ref=one.ref, link="serves", to=made(scoping).ref)
    assert scoping.db.read_sync(linking.shaken, **here, owner=CLAIRE) == [("DEC-1", "DEC-3")]
    changed(scoping, "DEC-3", move="accept", status="accepted")
    assert scoping.db.read_sync(linking.shaken, **here, owner=CLAIRE) == []
    scoping.db.run_sync(linking.cut, **here, ref="DEC-2", link="serves")
    assert scoping.db.read_sync(linking.links, **here, ref="DEC-2") == ()
    assert len(scoping.db.read_sync(linking.links, **here, ref="DEC-1")) == 1, "nobody else's"


def test_what_has_taken_the_place_of_decisions_is_read_at_once(scoping: Scoping) -> None:
    here = {"workspace": T, "project_id": scoping.project}
    for _ in range(3):
        made(scoping)
    for new in ("DEC-2", "DEC-3"):
        scoping.db.run_sync(linking.link, **here, ref=new, link="supersedes", to="DEC-1")
    assert scoping.db.read_sync(linking.instead, **here, refs=["DEC-1"]) == {}, "both are only proposed"
    changed(scoping, "DEC-3", move="accept", status="accepted")
    assert scoping.db.read_sync(linking.instead, **here, refs=["DEC-1", "DEC-2"]) == {"DEC-1": ["DEC-3"]}
    assert scoping.db.read_sync(linking.instead, **here, refs=["ISS-1"]) == {}


def test_the_words_of_a_message_are_copied_anew_only_where_it_was_edited(scoping: Scoping) -> None:
    here, ref = {"workspace": T, "project_id": scoping.project}, made(scoping).ref
    message = capturing.Message(channel="C1", ts="1.1", text="Old words")
    scoping.db.run_sync(capturing.remember, **here, ref=ref, message=message)
    new = {**here, "ref": ref, "text": "New words", "now": NOW}
    assert not scoping.db.run_sync(capturing.refresh, **new)
    scoping.db.run_sync(capturing.became, workspace=T, channel="C1", ts="1.1", state="edited", now=NOW)
    assert scoping.db.run_sync(capturing.refresh, **new)
    found = scoping.db.read_sync(capturing.source, **here, ref=ref)
    assert found is not None
    assert (found.text, found.state) == ("New words", "there")


def test_a_later_version_of_the_board_supersedes_the_one_before_with_a_link(scoping: Scoping) -> None:
    d11 = scoping.opens("D11")
    scoping.db.run_sync(dialogue.send_part, workspace=T, id=d11, part="W06")
    need = {"need": "Know who called", "why": "serve them", "function": "sales"}
    scoping.submits(d11, KARIM, "needs", NEE01=[need])
    for place in ("M", "S", "C"):
        scoping.submits(d11, SOPHIE, "board", NEE02={"REQ-1": place})
    where = {"workspace": T, "project_id": scoping.project}
    found = scoping.db.read_sync(register.records, **where, kinds=["decision"], roles=None)
    assert [(one.ref, one.status) for one in found] == [
        ("DEC-1", "superseded"), ("DEC-2", "superseded"), ("DEC-3", "accepted"),
    ]  # fmt: skip
    assert scoping.db.read_sync(linking.links, **where, ref="DEC-2") == (
        linking.Linked(link="supersedes", ref="DEC-1", outward=True),
        linking.Linked(link="supersedes", ref="DEC-3", outward=False),
    )
