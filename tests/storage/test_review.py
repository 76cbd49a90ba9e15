"""A version of the note goes round: what is said of it and who signs it is kept, and read again as it was."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from flows.signoff.model import Remark, Review, Signature, Tally, View, Vote
from storage import review
from tests.storage.scoping import ANNE, CLAIRE, KARIM, NOW, SOPHIE, Scoping, T

ROUND = Review(version=3, fingerprint="7c1f", sponsor=CLAIRE, signers=(KARIM, ANNE, CLAIRE))
SAID = Remark(id="r1", section="N18", author=ANNE, kind="change", words="Le lot 1 est trop gros.", at=NOW)
SIGNED = Signature(user=KARIM, role="lead", choice="carry", at=NOW, fingerprint="7c1f")


def begun(scoping: Scoping, new: Review = ROUND) -> Review:
    scoping.db.run_sync(review.begin, workspace=T, project_id=scoping.project, new=new, by=SOPHIE, now=NOW)
    return new


def moved(scoping: Scoping, old: Review, new: Review) -> Review:
    scoping.db.run_sync(review.move, workspace=T, project_id=scoping.project, old=old, new=new)
    return new


def found(scoping: Scoping, workspace: str = T) -> Review | None:
    return scoping.db.read_sync(review.latest, workspace=workspace, project_id=scoping.project)


def test_what_is_said_and_signed_is_read_again_as_it_was(scoping: Scoping) -> None:
    now = moved(scoping, begun(scoping), replace(ROUND, remarks=(SAID,), signatures=(SIGNED,)))
    assert found(scoping) == now
    replied = replace(SAID, state="answered", reply="Il est coupé en deux.", issue="ISS-7")
    sponsor = replace(SIGNED, user=CLAIRE, role="sponsor", choice="conditions", words="Recruter d’abord.")
    later = replace(sponsor, at=NOW + timedelta(hours=1), override="Le comité en porte le risque.")
    now = moved(scoping, now, replace(now, state="signed", remarks=(replied,), signatures=(SIGNED, later)))
    assert found(scoping) == now


def test_a_signature_taken_back_is_gone_and_may_be_given_again(scoping: Scoping) -> None:
    now = moved(scoping, begun(scoping), replace(ROUND, signatures=(SIGNED,)))
    now = moved(scoping, now, ROUND)
    assert found(scoping) == ROUND
    again = replace(SIGNED, at=NOW + timedelta(minutes=5))
    assert moved(scoping, now, replace(ROUND, signatures=(again,))) == found(scoping)


def test_the_latest_version_counts_and_the_one_before_stays(scoping: Scoping) -> None:
    begun(scoping)
    newer = begun(scoping, replace(ROUND, version=4, fingerprint="09aa"))
    assert found(scoping) == newer
    key = {"workspace": T, "project_id": scoping.project}
    assert scoping.db.read_sync(review.get, **key, version=3) == ROUND
    assert scoping.db.read_sync(review.get, **key, version=5) is None


def test_a_version_goes_round_once_and_is_seen_by_its_own_workspace_only(scoping: Scoping) -> None:
    begun(scoping)
    with pytest.raises(IntegrityError):
        begun(scoping)
    assert found(scoping, "TOTHER") is None


def test_votes_are_held_until_they_are_counted_and_only_their_spread_remains(scoping: Scoping) -> None:
    now = begun(scoping)
    key: dict[str, Any] = {"workspace": T, "project_id": scoping.project, "version": 3}
    for given in (Vote(user=ANNE, points=1, words="Couper le lot 1."), Vote(user=KARIM, points=4)):
        scoping.db.run_sync(review.vote, **key, given=given)
    changed = Vote(user=ANNE, points=2, words="Couper le lot 1.", signed=True)
    scoping.db.run_sync(review.vote, **key, given=changed)
    assert scoping.db.read_sync(review.votes, **key) == (changed, Vote(user=KARIM, points=4))
    tally = Tally(
        counts={"2": 1, "4": 1}, voters=3, at=NOW, views=(View(words="Couper le lot 1.", user=ANNE),)
    )
    now = moved(scoping, now, replace(now, tally=tally))
    assert found(scoping) == now
    assert scoping.db.read_sync(review.votes, **key) == ()


@pytest.mark.parametrize("state", ["replaced", "back"])
def test_votes_that_nobody_counts_go_with_the_review(scoping: Scoping, state: Any) -> None:
    now = begun(scoping)
    key: dict[str, Any] = {"workspace": T, "project_id": scoping.project, "version": 3}
    scoping.db.run_sync(review.vote, **key, given=Vote(user=ANNE, points=1, words="Couper le lot 1."))
    moved(scoping, now, replace(now, state=state))
    assert scoping.db.read_sync(review.votes, **key) == ()


def test_what_is_signed_never_changes_but_for_a_member_who_joins(scoping: Scoping) -> None:
    sponsor = replace(SIGNED, user=CLAIRE, role="sponsor", choice="approve")
    frozen = moved(scoping, begun(scoping), replace(ROUND, state="signed", signatures=(sponsor,), alike=86))
    for other in (
        replace(frozen, state="review"),
        replace(frozen, remarks=(SAID,)),
        replace(frozen, alike=40),
        replace(frozen, signatures=()),
    ):
        with pytest.raises(review.Frozen):
            moved(scoping, frozen, other)
        with pytest.raises(review.Frozen):  # whoever still thinks it is in review changes nothing either
            moved(scoping, ROUND, replace(other, state="back"))
        assert found(scoping) == frozen
    later = replace(SIGNED, at=NOW + timedelta(hours=2))
    assert moved(scoping, frozen, replace(frozen, signatures=(sponsor, later))) == found(scoping)


def test_how_each_version_stands_and_what_sponsors_have_decided(scoping: Scoping) -> None:
    back = replace(SIGNED, user=CLAIRE, role="sponsor", choice="back", words="Les lots ne tiennent pas.")
    moved(scoping, begun(scoping), replace(ROUND, state="back", signatures=(SIGNED, back)))
    begun(scoping, replace(ROUND, version=4))
    key: dict[str, Any] = {"workspace": T, "project_id": scoping.project}
    assert scoping.db.read_sync(review.states, **key) == {3: "back", 4: "review"}
    assert scoping.db.read_sync(review.decided, **key) == (back,)
