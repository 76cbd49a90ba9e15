"""The note goes round, is remarked on, and is signed; what stands in the way (G3 to G5, N25)."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from flows.signoff import signing
from flows.signoff.model import Choice, Kind, Remark, Review, Signature
from flows.signoff.obstacles import Standing, obstacles
from flows.signoff.signing import Refused

NOW = datetime(2026, 2, 16, 9, tzinfo=UTC)
PRINT = "7c1f09aa"
READY = Standing(support=True, alike=86)
TEAM = ("marc", "ines", "claire")
LONG = "Nous ouvrons le lot 1 sans attendre le chantier des données ; le comité de direction porte ce risque."


def review(**more: object) -> Review:
    given = {"version": 3, "fingerprint": PRINT, "sponsor": "claire", "signers": TEAM, **more}
    return Review(**given)  # type: ignore[arg-type]


def by(user: str, choice: Choice = "carry", **more: str) -> Signature:
    return Signature(user=user, role="lead", choice=choice, at=NOW, fingerprint="", **more)


def said(id: str = "r1", kind: Kind = "change") -> Remark:
    return Remark(id=id, section="N18", author="ines", kind=kind, words="Le lot 1 est trop gros.", at=NOW)


def kept(found: Review | Refused) -> Review:
    assert isinstance(found, Review), found
    return found


def refused(found: Review | Refused) -> Refused:
    assert isinstance(found, Refused)
    return found


def test_all_sign_and_the_sponsor_freezes_the_version() -> None:
    now = review()
    for user in ("marc", "ines"):
        now = kept(signing.sign(now, by(user), READY))
    assert now.state == "review"
    assert not now.complete
    now = kept(signing.sign(now, by("claire", "approve"), READY))
    assert now.state == "signed"
    assert now.complete
    assert {one.fingerprint for one in now.signatures} == {PRINT}


@pytest.mark.parametrize("order", [*permutations(TEAM)])
def test_the_order_of_signatures_does_not_matter(order: tuple[str, ...]) -> None:
    now = review()
    for user in order:
        now = kept(signing.sign(now, by(user, "approve" if user == "claire" else "carry"), READY))
    assert now.state == "signed"
    assert now.complete


def test_a_member_may_carry_a_version_that_is_frozen_although_the_project_has_moved_on() -> None:
    signed = kept(signing.sign(review(), by("claire", "approve"), READY))
    later = Standing(changed=True)
    assert kept(signing.sign(signed, by("ines"), later)).signature("ines") is not None


def test_signing_twice_is_signing_once() -> None:
    once = kept(signing.sign(review(), by("marc"), READY))
    later = replace(by("marc"), at=NOW.replace(hour=17))
    assert signing.sign(once, later, READY) is once
    frozen = kept(signing.sign(once, by("claire", "approve"), READY))
    assert signing.sign(frozen, later, READY) is frozen


def test_only_those_asked_sign_each_in_their_own_way() -> None:
    assert refused(signing.sign(review(), by("hugo"), READY)).words == signing.NOT_ASKED
    assert refused(signing.sign(review(), by("marc", "approve"), READY)).words == signing.NOT_THEIRS
    assert refused(signing.sign(review(), by("claire"), READY)).words == signing.NOT_THEIRS


def test_conditions_and_sending_back_need_their_words() -> None:
    for choice, words in (("conditions", signing.SAY_CONDITIONS), ("back", signing.SAY_WHY)):
        no = refused(signing.sign(review(), by("claire", choice, words="trop court"), READY))  # type: ignore[arg-type]
        assert (no.words, no.field) == (words, "words")
    now = kept(signing.sign(review(), by("claire", "conditions", words="Recruter avant le lot 2."), READY))
    assert now.state == "signed"
    assert now.signatures[0].words == "Recruter avant le lot 2."


def test_sending_back_is_possible_whatever_stands_in_the_way() -> None:
    early = Standing(changed=True, support=False, alike=20)
    now = kept(signing.sign(review(), by("claire", "back", words="Les lots ne tiennent pas."), early))
    assert now.state == "back"
    assert not now.complete
    closed = refused(signing.sign(now, by("marc"), READY))
    assert closed.words.en.startswith("Version 3 is no longer in review")


def test_against_the_verdict_a_reason_is_printed() -> None:
    red = replace(READY, verdict_no_go=True)
    no = refused(signing.sign(review(), by("claire", "approve", override="Il le faut."), red))
    assert no.field == "override"
    assert "100" in no.words.fr
    assert kept(signing.sign(review(), by("claire", "approve", override=LONG), red)).state == "signed"
    assert kept(signing.sign(review(), by("marc"), red)).signature("marc") is not None


def test_a_signature_is_taken_back_until_the_sponsor_signs() -> None:
    now = kept(signing.sign(review(), by("marc"), READY))
    assert kept(signing.withdraw(now, "marc")).signatures == ()
    assert refused(signing.withdraw(now, "ines")).words == signing.NOT_SIGNED
    frozen = kept(signing.sign(now, by("claire", "approve"), READY))
    assert "frozen" in refused(signing.withdraw(frozen, "marc")).words.en


def test_nobody_signs_what_hides_something() -> None:
    changed = refused(signing.sign(review(), by("marc"), replace(READY, changed=True)))
    assert "new version" in changed.words.en
    assert "nouvelle version" in changed.words.fr


@pytest.mark.parametrize(
    ("standing", "keys"),
    [
        (READY, ()),
        (Standing(support=True), ()),
        (Standing(support=True, alike=79.5), ("alike",)),
        (Standing(), ("vote",)),
        (Standing(support=True, unrated=True), ("unrated",)),
        (Standing(support=True, alike=86, unwritten=True), ("goals",)),
        (
            Standing(changed=True, hidden=("ISS-1",), support=False, alike=50),
            ("changed", "hidden", "vote", "alike"),
        ),
    ],
)
def test_what_stands_in_the_way_is_said_all_at_once(standing: Standing, keys: tuple[str, ...]) -> None:
    assert tuple(one.key for one in obstacles(review(), standing)) == keys


def test_each_remark_gets_a_reply_before_anybody_signs() -> None:
    now = kept(signing.remark(kept(signing.remark(review(), said())), said("r2", "question")))
    assert "2 remarks" in obstacles(now, READY)[0].words.en
    now = kept(signing.accept(now, "r1", " Le lot est coupé en deux. "))
    assert "Une remarque" in obstacles(now, READY)[0].words.fr
    assert refused(signing.answer(now, "r2", " ")).field == "reply"
    now = kept(signing.answer(now, "r2", "", issue="ISS-7"))
    assert [one.key for one in obstacles(now, READY)] == ["accepted"], "the text was to change"
    assert "new version" in refused(signing.sign(now, by("claire", "approve"), READY)).words.en
    assert [one.state for one in now.remarks] == ["accepted", "answered"]
    assert now.remarks[0].reply == "Le lot est coupé en deux."


def test_a_reply_stands_and_the_same_again_is_nothing() -> None:
    now = kept(signing.accept(kept(signing.remark(review(), said())), "r1", "Coupé en deux."))
    assert signing.accept(now, "r1", "Coupé en deux.") is now
    assert refused(signing.answer(now, "r1", "Le texte reste.")).words == signing.REPLIED
    assert now.remarks[0].state == "accepted"


def test_a_remark_sent_twice_is_one_and_none_comes_after_the_review() -> None:
    now = kept(signing.remark(review(), said()))
    assert signing.remark(now, said()) is now
    over = replace(now, state="signed")
    for late in (
        signing.remark(over, said("r2")),
        signing.accept(over, "r1"),
        signing.answer(over, "r1", "Non."),
    ):
        assert "no longer in review" in refused(late).words.en
    assert refused(signing.accept(now, "r9")).words == signing.NO_REMARK


def test_who_joins_is_asked_and_nobody_waits_for_who_has_left() -> None:
    now = kept(signing.sign(review(), by("marc"), READY))
    now = signing.asked(now, ("marc", "claire", "paul"))
    assert now.signers == ("marc", "claire", "paul")
    now = kept(signing.sign(now, by("paul"), READY))
    assert refused(signing.sign(now, by("ines"), READY)).words == signing.NOT_ASKED
    now = kept(signing.sign(now, by("claire", "approve"), READY))
    assert now.complete
    assert signing.asked(now, ("ines",)) == now


def test_a_version_is_signed_by_the_sponsor_it_went_round_for() -> None:
    now = signing.asked(review(), ("marc", "ines", "paul"))
    assert [one.key for one in obstacles(now, READY)] == ["sponsor"]
    assert "3" in obstacles(now, READY)[0].words.en


def test_a_second_refusal_waits_for_the_arbiter() -> None:
    ways = obstacles(review(), replace(READY, support=False, with_arbiter=True))
    assert [one.words.en for one in ways] == [
        "Two votes on this note in a row did not pass: the arbiter decides."
    ]
    assert review().subject == "DOC1.v3"


def test_who_is_sponsor_no_more_neither_signs_nor_sends_back() -> None:
    other = replace(READY, same_sponsor=False)  # still of the team
    for choice in ("approve", "conditions", "back"):
        given = by("claire", choice, words="Le lot 1 reste trop gros.")
        assert "sponsor has changed" in refused(signing.sign(review(), given, other)).words.en
    assert [one.key for one in obstacles(review(), other)] == ["sponsor"]


def test_a_newer_version_ends_the_review_and_leaves_what_is_signed() -> None:
    assert signing.supersede(review()).state == "replaced"
    signed = review(state="signed")
    assert signing.supersede(signed) is signed
