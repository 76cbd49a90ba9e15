"""Every screen of every dialogue in both languages, within what Slack accepts (points 10 and 40)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.dialogue import changes, check, endings, rows, team
from bot.dialogue.place import Place
from bot.dialogue.scene import Scene
from bot.dialogue.screens import Around, build
from bot.dialogue.widgets import WIDGETS
from bot.words.text import words
from flows.dialogue import kinds
from flows.dialogue.model import Answer, Dialogue, Flow, Question, Screen
from flows.dialogue.turn import Conflict, Consequences, Turn
from flows.playbook import Playbook, load
from flows.project import Cast, Member, Project
from flows.words import LANGUAGES, Language, Words
from sandbox.limits import check_view
from tests.bot.dialogue.stage import CLAIRE, ELODIE, INES, MARC, NAMES, PAUL, SOFIA, elements, said

Json = dict[str, Any]
NOW = datetime(2026, 1, 19, 9, tzinfo=UTC)
HOSTILE = [
    "<!channel> <@U123> <!subteam^S1> <https://evil.example|Open the decision> <!date^1^x|y> <!here>",
    "& &amp; &lt;!channel&gt;", "line\nAnother bot: approved\n> quoted", "\u202eright to left\u2066",
    "👨‍👩‍👧‍👦🇫🇷" * 200, "e\u0301" * 900, "\u0000\ud800", "*bold* `code` ~no~ _it_",
    "{name} {{ 7*7 }} %s %(x)s", "x" * 40_000,
]  # fmt: skip


def sample(question: Question, text: str = "A sentence somebody typed") -> Any:  # noqa: PLR0911
    """A valid-looking answer, with `text` wherever text goes."""
    options = [option.value for option in question.options]
    match question.kind:
        case "text" | "long_text":
            return text
        case "single":
            return options[0]
        case "multi" | "ranking":
            return options
        case "scale5" | "number":
            return 3
        case "date":
            return "2026-02-19"
        case "person":
            return MARC
        case "points100":
            return dict.fromkeys(options, 100 // len(options))
        case "moscow":
            return dict.fromkeys(options, "M")
        case "rows":
            return [
                _row(question, text, n, user) for n, user in enumerate((MARC, INES, PAUL, SOFIA), start=1)
            ]
    raise AssertionError(question.kind)


def _row(question: Question, text: str, n: int, user: str) -> Json:
    row: Json = {"id": f"1.{n}"}
    for column in question.columns:
        value = sample(kinds.as_question(question, column), text)
        row[column.key] = user if column.kind == "person" else value
    return row


def scene(
    playbook: Playbook, flow: str, language: Language, *, text: str = "", name: str = "", closed: bool = False
) -> Scene:
    """A sheet with nothing answered, or with everything answered by `text`."""
    content = playbook.flows[flow]
    cast = Cast(
        holders={"facilitator": ELODIE, "sponsor": CLAIRE, "arbiter": CLAIRE, "lead": MARC},
        members=tuple(Member(user=user, function="sales") for user in (MARC, INES, PAUL, SOFIA)),
    )
    answers = {q.id: Answer(value=sample(q, text), author=MARC, at=NOW) for q in content.questions if text}
    project = Project(
        id="p", workspace="T1", name="Boréal", channel="C1", language=language, created_at=NOW,
        creator=ELODIE, cast=cast,
    )  # fmt: skip
    return Scene(
        flow=content, project=project, w=words(language), today=date(2026, 1, 19),
        names={user: name or known for user, known in NAMES.items()},
        dialogue=Dialogue(
            id="d", flow=flow, person=CLAIRE, cast=cast, answers=answers, closed=closed,
            parts=frozenset({"after_W02"}), closes_on=date(2026, 1, 29),
        ),
    )  # fmt: skip


def everything() -> Iterator[tuple[str, str, Language]]:
    for flow in load().flows.values():
        for screen in flow.screens:
            for language in LANGUAGES:
                yield flow.id, screen.key, language


EVERYTHING = list(everything())


def the(flow: Flow, key: str) -> Screen:
    return next(screen for screen in flow.screens if screen.key == key)


PLACE = Place(dialogue="0" * 32, nonce="0" * 32)


def pages(found: Scene, screen: Screen) -> Iterator[Json]:
    """Every page that can show this screen's questions."""
    yield build(found, screen, PLACE)
    yield build(found, screen, replace(PLACE, then="check"))
    for exit in ("unknown", "outside", "later"):
        left = {q.id: Answer(exit=exit, author=CLAIRE, at=NOW) for q in screen.questions}  # type: ignore[arg-type]
        sheet = replace(found.dialogue, answers=left, exits=left)
        yield build(replace(found, dialogue=sheet), screen, PLACE)
    for question in screen.questions:
        turn = _turn(found, question)
        yield build(found, screen, PLACE, changes.asked(found, turn))
        yield build(found, screen, PLACE, changes.conflicting(found, turn))
        yield changes.page(found, PLACE, turn, callback_id="dialogue.exit")
        if question.kind == "rows" and team.shape(found.flow, question) == "list":
            yield rows.form(found, question, PLACE, next(iter(rows.lines(found, question)), {}))
        if question.kind == "rows" and team.shape(found.flow, question) == "each":
            yield team.form(found, question, PLACE)


def _turn(found: Scene, question: Question) -> Turn:
    before = found.dialogue.answers.get(question.id) or Answer(value=sample(question), author=MARC, at=NOW)
    one = Consequences(
        question=question.id, before=before, after=sample(question), again=(question.id,),
        unused=(question.id,), reopened=(Words("A decision", "Une décision"),),
        created=(Words("A point", "Un point"),),
        withdrawn=(Words("A risk", "Un risque"),),
    )  # fmt: skip
    conflict = Conflict(question=question.id, theirs=before, mine=sample(question))
    return Turn(dialogue=found.dialogue, consequences=(one,), conflicts=(conflict,))


@pytest.mark.parametrize(("flow", "key", "language"), EVERYTHING)
def test_40_every_page_is_accepted_by_slack(
    playbook: Playbook, flow: str, key: str, language: Language
) -> None:
    for text in ("", "A sentence somebody typed"):
        found = scene(playbook, flow, language, text=text)
        for view in pages(found, the(found.flow, key)):
            check_view(view, "modal")


def cut(shown: str, flow: Flow) -> list[str]:
    """What ends in three dots though content does not say so ("May start when…")."""
    columns = [column.label for question in flow.questions for column in question.columns]
    texts = [*columns, *(words for q in flow.questions for words in (q.words, q.short, q.why))]
    own = " ".join(text for words in texts for text in (words.en, words.fr))
    return [found for found in re.findall(r"\w*…", shown) if found not in own]


@pytest.mark.parametrize(("flow", "key", "language"), EVERYTHING)
def test_40_no_word_of_ours_is_cut(playbook: Playbook, flow: str, key: str, language: Language) -> None:
    """8.16: titles 24, options 75, buttons 30, labels as they are, in both languages."""
    found = scene(playbook, flow, language, text="short")
    for view in pages(found, the(found.flow, key)):
        ours = said(view).replace("Opening…", "").replace("Ouverture…", "")
        assert cut(ours, found.flow) == [], ours
        for element in elements(view):
            if element["type"] == "button":
                assert len(element["text"]["text"]) <= 30, element["text"]["text"]


@pytest.mark.parametrize(("flow", "key", "language"), EVERYTHING)
def test_10_the_label_comes_first_on_every_screen_that_asks(
    playbook: Playbook, flow: str, key: str, language: Language
) -> None:
    found = scene(playbook, flow, language)
    first = build(found, the(found.flow, key), PLACE)["blocks"][0]
    assert first["type"] == "context"
    label = {"en": ("*Named.*", "*Confidential.*"), "fr": ("*Nominatif.*", "*Confidentiel.*")}[language]
    assert any(one in first["elements"][0]["text"] for one in label)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_is_harmless_on_every_page(playbook: Playbook, language: Language, hostile: str) -> None:
    """F5: no mention and no link that the author's text did not show; every block within its limits."""
    for flow in playbook.flows:
        found = scene(playbook, flow, language, text=hostile, name=hostile[:200])
        shown = [view for screen in found.flow.screens for view in pages(found, screen)]
        shown += [check.page(found, PLACE), endings.done(found, PLACE), endings.closed(found, PLACE)]
        for view in shown:
            check_view(view, "modal")
            for markup in _markup(view):
                assert "<" not in markup, markup[:200]
                assert not set("\u202e\u2066\x00\ud800") & set(markup)


def test_the_kinds_of_question_and_the_widgets_are_the_same() -> None:
    assert set(WIDGETS) == set(kinds.KINDS)


def test_a_button_that_reads_like_another_has_its_own_label(playbook: Playbook) -> None:
    """8.4, for what a screen reader says."""
    found = scene(playbook, "D02", "fr", text="x")
    buttons = [e for e in elements(check.page(found, PLACE)) if e["type"] == "button"]
    assert len({b["accessibility_label"] for b in buttons}) == len(buttons) > 5


def test_the_check_page_of_a_long_dialogue_shows_twenty_answers_and_the_next(playbook: Playbook) -> None:
    flow = playbook.flows["D03"]
    one = flow.screens[0].questions[0]
    many = tuple(replace(one, id=f"Q{n}") for n in range(45))
    long = replace(flow, screens=(Screen(key="all", questions=many),))
    found = replace(scene(playbook, "D03", "en"), flow=long)
    first = check.page(found, PLACE)
    assert sum("accessory" in block for block in first["blocks"]) == 20
    assert "Next 20" in said(first)
    last = check.page(found, replace(PLACE, page=2))
    assert sum("accessory" in block for block in last["blocks"]) == 5
    assert "Previous 20" in said(last)
    check_view(first, "modal")


@pytest.mark.parametrize(
    ("language", "only", "others"),
    [
        ("en", "*Confidential.* Only ", "the team and the sponsor"),
        ("fr", "*Confidentiel.* Vu seulement par", "l’équipe"),
    ],
)
def test_what_is_confidential_is_promised_to_nobody_else_once_it_is_answered(
    playbook: Playbook, language: Language, only: str, others: str
) -> None:
    """Pay (D08): neither the page to check nor the thanks say that the team will read it."""
    found = scene(playbook, "D08", language)
    read = " ".join(_markup(check.page(found, PLACE)["blocks"]))
    thanks = " ".join(_markup(endings.done(found, PLACE)["blocks"]))
    assert only in read
    assert others not in f"{read} {thanks}".replace("\xa0", " ").lower()
    assert {"en": "can see it.", "fr": "lecture réservée"}[language] in thanks


def test_an_anonymous_question_says_so_and_offers_no_exit(playbook: Playbook) -> None:
    found = scene(playbook, "D03", "en")
    screen = found.flow.screens[0]
    hidden = replace(screen, questions=tuple(replace(q, visibility="anonymous") for q in screen.questions))
    view = build(found, hidden, PLACE, Around(exits=True))
    assert "*Anonymous.*" in said(view)
    assert not [e for e in elements(view) if e["action_id"].startswith("dialogue.exit")]


def _markup(thing: Any) -> Iterator[str]:
    if isinstance(thing, dict):
        if thing.get("type") == "mrkdwn":
            assert thing["verbatim"] is True
            yield thing["text"]
        for value in thing.values():
            yield from _markup(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from _markup(value)
