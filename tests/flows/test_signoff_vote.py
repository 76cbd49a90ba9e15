"""The vote on a version, the mark of what is signed, and section N25 as people read it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.arbitration.model import Outcome
from flows.diagnosis.evidence import Alignment
from flows.dialogue.model import Dialogue
from flows.dialogue.path import relevant
from flows.dialogue.predicates import ON_THE_CARDS
from flows.document import keeping
from flows.document.facts import NoteFacts
from flows.document.markdown import written
from flows.document.missing import Source
from flows.document.missing import find as _find
from flows.document.model import DIAGNOSIS, Block, Document, Missing, Paragraph, Section, Table
from flows.document.note_sign import sign_off, signed_off
from flows.document.note_verdict import WAITS
from flows.document.text import Reading
from flows.playbook import Playbook
from flows.project import Cast, Member, Project
from flows.signoff import signing, voting
from flows.signoff.fingerprint import fingerprint, hidden, moved, registered, short
from flows.signoff.model import Remark, Review, Signature, Tally, View, Vote
from flows.signoff.obstacles import Standing, obstacles
from flows.signoff.signing import Refused
from flows.words import Language, Words
from tests.flows.stage import BOREAL

NOW = datetime(2026, 2, 16, 9, 30, tzinfo=UTC)
TEAM = ("marc", "ines", "claire")
ROUND = Review(version=3, fingerprint="7c1f09aa" * 8, sponsor="claire", signers=TEAM)
BOREAL_PROJECT = Project(
    id="p", workspace="T1", name="Boréal", channel="C1", language="fr", created_at=NOW, creator="elodie"
)
NAMES = {"marc": "Marc", "ines": "Inès", "claire": "Claire"}


def refused(found: object) -> Refused:
    assert isinstance(found, Refused)
    return found


def tally(**counts: int) -> Tally:
    return Tally(counts={point.removeprefix("p"): n for point, n in counts.items()}, voters=3, at=NOW)


# -- the vote ----------------------------------------------------------------------------------------------


def test_a_vote_keeps_the_words_of_those_who_are_below_three() -> None:
    low = voting.cast(ROUND, TEAM, Vote(user="ines", points=2, words=" Couper le lot. ", signed=True))
    assert low == Vote(user="ines", points=2, words="Couper le lot.", signed=True)
    high = voting.cast(ROUND, TEAM, Vote(user="ines", points=4, words="Bravo", signed=True))
    assert high == Vote(user="ines", points=4)


@pytest.mark.parametrize(
    ("review", "vote", "words"),
    [
        (replace(ROUND, state="signed"), Vote(user="ines", points=4), signing.CLOSED.fill(n=3)),
        (ROUND, Vote(user="elodie", points=4), voting.NOT_ASKED),
        (replace(ROUND, tally=tally(p4=3)), Vote(user="ines", points=4), voting.COUNTED.fill(n=3)),
        (ROUND, Vote(user="ines", points=6), voting.CHOOSE),
    ],
)
def test_who_may_not_vote_reads_why(review: Review, vote: Vote, words: Words) -> None:
    assert refused(voting.cast(review, TEAM, vote)).words == words


def test_votes_are_counted_without_names_but_of_those_who_sign() -> None:
    votes = (
        Vote(user="marc", points=4),
        Vote(user="ines", points=2, words="Couper le lot."),
        Vote(user="claire", points=1, words="Trop tôt.", signed=True),
        Vote(user="gone", points=5),
    )
    found = voting.counted(votes, TEAM, at=NOW)
    assert isinstance(found, Tally)
    assert dict(found.counts) == {"0": 0, "1": 1, "2": 1, "3": 0, "4": 1, "5": 0}
    assert (found.n, found.supporting, found.passed) == (3, 1, False)
    assert found.views == (View(words="Couper le lot."), View(words="Trop tôt.", user="claire"))
    assert refused(voting.counted((), TEAM, at=NOW)).words == voting.NOBODY


def test_a_few_votes_do_not_carry_the_note() -> None:
    """4.1: 60 % of the team, each of its front-office functions, and the arbiter where they vote."""
    functions = {"a": "sales", "b": "service", "c": "it", "d": "hr", "e": "finance"}
    cast = Cast(
        holders={"sponsor": "s", "arbiter": "s", "facilitator": "f"},
        members=tuple(Member(user=user, function=what) for user, what in functions.items()),
    )
    everybody = (*functions, "s")

    def lacks(voted: str, settles: tuple[str, ...] = ("s",)) -> Words | None:
        return voting.lacking(voting.quorum(cast, everybody, voted, settles))

    few = lacks("abs")
    assert few is not None
    assert "3 of the 5" in few.en
    assert "il y en a 2" in few.fr
    assert lacks("acdes") == voting.NOT_ALL_SIDES, "nobody of service"
    assert lacks("abc") == voting.NOT_ALL_SIDES, "nor the arbiter"
    assert lacks("abcs") is None
    assert lacks("abcd", settles=("x", "d")) is None, "who stands in for an arbiter without a vote"
    assert lacks("abc", settles=("x",)) is None, "an arbiter who has no vote on the note"
    assert voting.lacking(voting.quorum(Cast(), (), (), ())) is None, "no team to count"


def test_the_vote_of_the_workshop_takes_the_place_of_an_earlier_one() -> None:
    once = voting.tallied(ROUND, tally(p4=3))
    assert isinstance(once, Review)
    assert once.tally == tally(p4=3)
    assert refused(voting.tallied(once, tally(p5=3))).words == voting.COUNTED.fill(n=3)
    again = voting.tallied(once, replace(tally(p5=3), where="W10"))
    assert isinstance(again, Review)
    assert again.tally is not None
    assert again.tally.where == "W10"
    assert refused(voting.tallied(replace(ROUND, state="back"), tally(p4=3))).words == signing.CLOSED.fill(
        n=3
    )


# -- what is signed ----------------------------------------------------------------------------------------


def content(*blocks: object, issues: tuple[str, ...] = (), day: str = "16 February") -> dict[str, object]:
    rows = tuple((Words.same(ref), Words.same("Who?")) for ref in issues)
    sections = (
        Section(id="N02", title=Words("Context", "Contexte"), blocks=blocks),  # type: ignore[arg-type]
        Section(id="N24", title=Words("Open", "Ouvert"), blocks=(
            Paragraph(words=Words.same("ISS-90 is spoken of")),
            Table(label=Words.same("Issues"), head=(), rows=rows),
        )),
        Section(id="N25", title=Words("Sign-off", "Validation"), blocks=(Paragraph(words=Words.same(day)),)),
    )  # fmt: skip
    return keeping.plain(
        Document(title=Words.same("Note"), version=Words.same(day), notices=(), changes=(), sections=sections)
    )


def said(text: str) -> Paragraph:
    return Paragraph(words=Words.same(text))


def waiting(days: int) -> Missing:
    return Missing(
        words=Words(
            f"Goal: asked, unanswered for {days} days", f"Enjeu : demandé, sans réponse depuis {days} jours"
        )
    )


def test_the_same_data_has_the_same_mark_whatever_the_day_and_whoever_is_erased() -> None:
    named = keeping.by_id(("UINES", "UMARC"))
    first = content(said(named["UINES"]), said(named["UMARC"]), waiting(6))
    later = content(said(named["UINES"]), said(named["UMARC"]), waiting(9), day="19 February")
    erased = keeping.by_id(("former:1a2b", "UMARC"))
    without = content(said(erased["former:1a2b"]), said(erased["UMARC"]), waiting(9))
    assert fingerprint(first) == fingerprint(later) == fingerprint(without)
    swapped = content(said(named["UINES"]), said(named["UINES"]), waiting(6))
    assert fingerprint(swapped) != fingerprint(first)
    assert fingerprint(content(said("Other"))) != fingerprint(first)
    assert short(fingerprint(first)) == f"{fingerprint(first)[:4]} {fingerprint(first)[4:8]}"


def test_what_has_moved_is_named_and_open_points_are_not_hidden() -> None:
    before, now = (
        content(said("A"), issues=("ISS-1",)),
        content(said("B"), issues=("ISS-1", "ISS-2", "ISS-3")),
    )
    assert moved(before, now) == ("N02",)
    assert moved(before, content(said("A"), issues=("ISS-2",), day="tomorrow")) == ()
    assert hidden(before, now, frozenset({"ISS-3"})) == ("ISS-2",)
    ways = obstacles(ROUND, Standing(support=True, hidden=("ISS-2",)))
    assert [one.key for one in ways] == ["hidden"]
    assert "ISS-2" in ways[0].words.fr


def test_what_the_register_lists_anew_or_no_more_is_named() -> None:
    before = content(issues=("ISS-1", "ISS-2"))
    assert registered(before, content(issues=("ISS-1", "ISS-2"))) == frozenset()
    assert registered(before, content(issues=("ISS-2", "ISS-3"))) == {"ISS-1", "ISS-3"}


def test_a_need_that_moves_on_the_board_moves_the_note() -> None:
    def board(priority: str) -> Table:
        rows = ((Words.same("REQ-7"), Words.same("Enter a visit")),)
        return Table(
            label=Words.same(priority), head=(Words("Record", "Fiche"), Words("Need", "Besoin")), rows=rows
        )

    assert moved(content(board("Important")), content(board("Important"))) == ()
    assert moved(content(board("Important")), content(board("Souhaitable"))) == ("N02",)


def test_somebody_else_in_a_role_moves_the_note() -> None:
    named = keeping.by_id(("UPAUL", "UHUGO"))
    before, now = content(said(named["UPAUL"])), content(said(named["UHUGO"]))
    assert fingerprint(before) == fingerprint(now), "a mark does not know whom it is about"
    assert moved(before, now) == ("N02",)


def drawn(*blocks: Block, pairs: tuple[Block, ...] = (), verdict: Block) -> dict[str, object]:
    """A note with what the diagnosis feeds: rules, contested pairs, the verdict."""
    texts = {"N10": blocks, "N17": (verdict,), "N20": pairs}
    sections = tuple(Section(id=id, title=Words.same(id), blocks=found) for id, found in texts.items())
    return keeping.plain(
        Document(title=Words.same("Note"), version=Words.same("1"), notices=(), changes=(), sections=sections)
    )


def test_a_verdict_that_waits_changes_nothing_that_is_signed() -> None:
    waits = Missing(words=WAITS, question=DIAGNOSIS)
    there = Paragraph(words=Words.same("GO, 80/100"))
    rule = Missing(words=Words.same("⚠ R14: too few"), question="R14")
    split = Missing(words=Words.same("❓ split"), question="ARB05")
    none = Paragraph(words=Words.same("No trade-off is contested."))
    strong, weak = (
        Paragraph(words=Words.same("We share"), origin=Words.same(f"ORG05, {how}"))
        for how in ("contested", "6")
    )
    settled = Table(label=Words.same("Settled"), head=(), rows=((Words.same("TRD-1"), Words.same("First")),))
    before = drawn(strong, rule, pairs=(settled, split), verdict=there)
    without = drawn(weak, pairs=(settled, none), verdict=waits)
    assert moved(before, without) == ()
    assert moved(without, before) == (), "nor when it has come"
    assert moved(before, drawn(strong, pairs=(settled, split), verdict=there)) == ("N10",)
    assert moved(without, drawn(said("We hide"), pairs=(settled,), verdict=there)) == ("N10",)
    assert moved(without, drawn(weak, pairs=(none,), verdict=there)) == ("N20",)
    decided = Paragraph(words=weak.words, origin=Words.same("ORG05, decided, DEC-2"))
    assert moved(without, drawn(decided, pairs=(settled,), verdict=there)) == ("N10",)


# -- N25 ---------------------------------------------------------------------------------------------------


def n25(review: Review, language: Language = "fr", alignment: Alignment | None = None) -> str:
    section = signed_off(review, alignment=alignment, where="Europe/Paris")
    document = Document(
        title=Words.same("Note"), version=Words.same("3"), notices=(), changes=(), sections=(section,)
    )
    return written(document, Reading(language=language, names=NAMES))


def by(user: str, role: str, choice: str, **more: str) -> Signature:
    return Signature(user=user, role=role, choice=choice, at=NOW, fingerprint="7c1f", **more)  # type: ignore[arg-type]


def remark(id: str, **more: str) -> Remark:
    return Remark(id=id, section="N18", author="ines", kind="change", words="Trop gros.", at=NOW, **more)  # type: ignore[arg-type]


def test_a_version_in_review_says_what_it_waits_for() -> None:
    text = n25(replace(ROUND, remarks=(remark("r1"),)))
    for expected in (
        "Pas encore de vote",
        "⚠ pas encore de réponse",
        "Le sponsor n’a pas signé",
        ROUND.fingerprint,
    ):
        assert expected in text
    assert ROUND.fingerprint in text
    assert "concordent" in n25(ROUND, alignment=Alignment(aligned=6, partly=1))
    assert "concordent" not in n25(ROUND, alignment=Alignment())


def test_what_the_arbiter_decides_of_a_version_stands_below_its_vote() -> None:
    made = Outcome(
        option="o1", words=Words.same("L’équipe soutient la note"), reason="Le lot 1 est petit.",
        loss="Un mois d’étude.", reversible=True, review=None, by="claire", at=NOW, decision=7,
    )  # fmt: skip
    section = signed_off(ROUND, alignment=None, where="Europe/Paris", settled=made)
    words = next(one.words for one in section.blocks if isinstance(one, Paragraph))
    assert "DEC-7" in words.fr
    assert "Le lot 1 est petit." in words.fr
    assert "We accept to lose" in words.en


def test_a_version_whose_review_has_ended_prints_the_readings_of_then() -> None:
    today = Alignment(aligned=6, partly=1)
    assert "Lecture commune" not in n25(replace(ROUND, state="back"), alignment=today)
    ended = n25(replace(ROUND, state="replaced", alike=57.1), alignment=today)
    assert "57 % des lectures concordaient avec la note à la fin de sa relecture." in ended


def test_a_signed_version_prints_vote_views_readings_remarks_and_signatures() -> None:
    views = (View(words="Trop tôt."), View(words="Non.", user="ines"))
    review = replace(
        ROUND, state="signed", alike=86.6, tally=replace(tally(p2=1, p4=4), voters=6, views=views),
        remarks=(
            remark("r1", state="accepted", reply="Coupé en deux."),
            remark("r2", state="answered", reply="Voir N07."), remark("r3", state="answered", issue="ISS-7"),
        ),
        signatures=(
            by("marc", "lead", "carry"),
            by("claire", "sponsor", "conditions", words="Recruter.", override="Le comité porte ce risque."),
        ),
    )  # fmt: skip
    text = n25(review)
    for expected in (
        "4 sur 5 à 3 ou plus, personne à 0 ou 1 : adoptée.", "Ont voté : 5 sur 6.", "« Trop tôt. »",
        "« Non. » — Inès",
        "87 % des lectures", "Acceptée. Coupé en deux.", "Voir N07.", "Question ouverte ISS-7.",
        "| Claire | Sponsor | signe sous conditions | lundi 16 février 2026, 10 h 30 |",
        "| Marc | Pilote du projet | l’a lue et peut la porter |", "Recruter.", "Le comité porte ce risque.",
    ):  # fmt: skip
        assert expected in text, text
    assert text.index("| Claire |") < text.index("| Marc |")
    assert "Monday 16 February 2026, 10:30" in n25(review, "en")
    back = n25(replace(ROUND, state="back", tally=tally(p1=1, p4=1),
                       signatures=(by("claire", "sponsor", "back", words="Trop court."),)))  # fmt: skip
    assert "non adoptée" in back
    assert "la renvoie" in back


def test_a_new_version_is_not_signed_and_says_which_one_is(playbook: Playbook) -> None:
    def find(id: str) -> Source:
        return _find(playbook, NoteFacts(project=BOREAL_PROJECT, names={}, today=NOW.date()), id)

    for more, there in (({"review": 1}, False), ({"review": 1, "signed": 1}, True)):
        facts = NoteFacts(project=BOREAL_PROJECT, names={}, today=NOW.date(), **more)
        section = sign_off(find, facts)
        assert not section.complete
        assert any("Version 1 stays the signed one" in one.words.en for one in section.blocks
                   if isinstance(one, Paragraph)) == there  # fmt: skip


def test_what_the_cards_ask_d15_asks_no_more(playbook: Playbook) -> None:
    sheet = Dialogue(id="d", flow="D15", person="claire", cast=BOREAL, parts=frozenset({"W10"}))
    flow = playbook.flows["D15"]
    assert {"RTE10", "RTE11", "RTE12", "RTE13"} <= {*relevant(flow, sheet)}
    asked = {*relevant(flow, replace(sheet, facts={"review": "review"}))}
    assert "RTE12" in asked
    assert not asked & ON_THE_CARDS
