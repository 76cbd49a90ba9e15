"""Dates, figures, plurals, typography and escaping read as the design says (journeys 8.12 to 8.14)."""

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.words import blocks, elements
from bot.words.clusters import clusters, units
from bot.words.limits import fit
from bot.words.mrkdwn import Mrkdwn, clean, line, md, mention, plain, quote, unescape
from bot.words.text import words
from bot.words.typography import typographic
from flows.words import Words

en, fr = words("en"), words("fr")
HALF_PAST_NINE = datetime(2026, 2, 19, 8, 30, tzinfo=UTC)


def test_a_moment_is_said_in_the_zone_of_the_reader() -> None:
    assert en.moment(HALF_PAST_NINE, "Europe/Paris") == "Thu 19 Feb, 09:30"
    assert fr.moment(HALF_PAST_NINE, "Europe/Paris") == "jeudi 19 février, 9\u00a0h\u00a030"
    assert en.moment(HALF_PAST_NINE, "../../etc/passwd") == "Thu 19 Feb, 08:30"


def test_days_and_hours() -> None:
    assert en.full_day(date(2026, 2, 19)) == "Thursday 19 February 2026"
    assert fr.full_day(date(2026, 2, 1)) == "dimanche 1er février 2026"
    assert fr.day(date(2026, 6, 1)) == "lundi 1er juin"
    assert fr.day(date(2028, 5, 16), date(2026, 11, 23)) == "mardi 16 mai 2028", "far away: which year?"
    assert fr.day(date(2027, 5, 17), date(2026, 11, 23)) == "lundi 17 mai"
    assert fr.hour(datetime(2026, 1, 1, 14, tzinfo=UTC)) == "14\u00a0h"


def test_figures() -> None:
    assert (en.number(1640), fr.number(1640)) == ("1,640", "1\u202f640")
    assert (en.percent(75), fr.percent(75)) == ("75%", "75\u00a0%")


def test_zero_is_singular_in_french_and_plural_in_english() -> None:
    said = {w.language: w.plural("{n} question", "{n} questions", 0) for w in (en, fr)}
    assert said == {"en": "0 questions", "fr": "0 question"}


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Qui tranche ?", "Qui tranche\u202f?"),
        ("Clôture : jeudi ; fin", "Clôture\u00a0: jeudi\u202f; fin"),
        ("« Je ne sais pas »", "«\u00a0Je ne sais pas\u00a0»"),
        ("l'arbitre", "l’arbitre"),
        ("75 % et 3 minutes", "75\u00a0% et 3\u00a0minutes"),
        ("`/cadrage 'aide' ?`", "`/cadrage 'aide' ?`"),
    ],
)
def test_french_typography(plain: str, set_: str) -> None:
    assert typographic(plain, "fr") == set_
    assert typographic(set_, "fr") == set_


def test_english_typography() -> None:
    assert typographic('It\'s "so"', "en") == "It’s “so”"


def test_content_inside_a_phrase_keeps_its_typography() -> None:
    asked = Words(en="Where from?", fr="D’où partez-vous ?")
    assert words("fr").md("{asked}", asked=asked) == "D’où partez-vous\u202f?"
    assert words("fr")("{asked}", asked=words("fr").of(asked)) == "D’où partez-vous\u202f?"
    assert words("fr")("{a}", a="x \n\u2028 y\t") == "x y"


def test_what_a_person_typed_is_shown_as_written() -> None:
    assert fr.of(Words.same("l'ERP ?")) == "l'ERP ?"
    assert fr("Marc : {x}", x="l'ERP ?") == "Marc\u00a0: l'ERP ?"


def test_a_value_cannot_name_another_value() -> None:
    assert en("{a} {b}", a="{b}", b="2") == "{b} 2"


HOSTILE = [
    "<!channel>", "<@U123>", "<!subteam^S1>", "<https://evil.example|Open the decision>", "<!date^1^x|y>",
    "a & b", "&lt;!here&gt;", "*bold* _it_ ~no~ `code`", "line\nAnother bot: approved", "\u202eevil",
    "a\x00b", "\ud800", "👨‍👩‍👧‍👦" * 30, "e" + "\u0301" * 50, "{name}", "{{ 7*7 }}", "|", "> quoted",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_harmless_in_markup(text: str) -> None:
    shown = en.md("*{name}* said", name=text)
    assert "<" not in shown.replace("&lt;", "")
    assert not any(char in shown for char in "\u202e\x00\ud800")
    assert "\n" not in shown


def test_escaping_happens_once() -> None:
    assert md(md("a & b")) == "a &amp; b"
    assert unescape(md("<&lt;>")) == "<&lt;>"


@pytest.mark.parametrize("typed", ["*bold*", "a _little_ more", "~no~", "`code`", "5* hotel", "*x* and *y*"])
def test_signs_of_formatting_that_people_type_are_shown_as_typed(typed: str) -> None:
    shown = str(md(typed))
    assert not any(re.search(rf"\{sign}(?=[^\s\u200b])", shown) for sign in "*_~`")  # nothing begins
    assert not any(re.search(rf"(?<=[^\s\u200b])\{sign}", shown) for sign in "*_~`")  # nothing ends
    assert plain(md(typed)) == typed
    assert clean(shown) == typed  # copied back into a form


@pytest.mark.parametrize("typed", ["snake_case", "2 * 3", "a ~ b", "See REQ_1 and file_name.md"])
def test_signs_that_format_nothing_stay_untouched(typed: str) -> None:
    assert str(md(typed)) == typed


def test_on_one_line_too_they_are_shown_as_typed() -> None:
    assert "*a*" not in line(md("*a*\nb"))


def test_a_list_of_one_is_escaped_once_too() -> None:
    assert md(en.listed([md("R&D")])) == "R&amp;D"
    assert md(en.listed(["R&D"])) == "R&amp;D"
    assert en.listed([]) == ""


def test_what_a_message_says_to_a_screen_reader_is_escaped_whatever_block_it_stands_in() -> None:
    button = elements.button("<!channel>", "a")
    rows = [blocks.header("<!here> & co"), blocks.section("a < b"), blocks.actions(button)]
    assert blocks.said(rows) == "&lt;!here&gt; &amp; co a &lt; b [&lt;!channel&gt;]"


def test_mentions_are_made_of_ids_only() -> None:
    assert mention("U123") == "<@U123>"
    assert mention("!channel") == "!channel"


def test_a_quotation_marks_each_line() -> None:
    assert quote("a\n<b>\n\nc") == "> a\n> &lt;b&gt;\n>\n> c"


def test_zwj_is_kept_in_emoji_only() -> None:
    assert clean("👨\u200d👩 a\u200db") == "👨\u200d👩 ab"


PIECES = st.sampled_from(
    ["a", "é", "e\u0301", "👨‍👩‍👧‍👦", "🇫🇷", "&", "<", ">", " ", "<@U1>", "\U0001f44d\U0001f3fd"]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=120).map("".join))


@settings(deadline=None)
@given(text=TEXTS, limit=st.integers(min_value=1, max_value=100))
def test_fit_keeps_whole_characters_within_the_limit(text: str, limit: int) -> None:
    cut = fit(text, limit)
    assert units(cut) <= limit
    assert bool(cut) == bool(text)
    if cut != text:
        kept = cut.removesuffix("…")
        assert text.startswith(kept)
        whole = ["".join(list(clusters(text))[:n]).rstrip() for n in range(len(text) + 1)]
        assert kept in whole


@settings(deadline=None)
@given(text=TEXTS, limit=st.integers(min_value=1, max_value=100))
def test_fit_splits_no_entity_and_no_token(text: str, limit: int) -> None:
    cut = fit(Mrkdwn(md(text) + mention("U123") + md(text)), limit)
    assert units(cut) <= limit
    rest = cut.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "").replace("<@U123>", "")
    assert not set("&<>") & set(rest)


def test_what_is_drawn_again_keeps_the_ids_of_what_can_be_pressed() -> None:
    def drawn(said: str) -> list[str]:
        return [
            block.get("block_id", "")
            for block in blocks.steady(
                [
                    blocks.section(
                        said, accessory=elements.button("Go on", "dialogue.open:next", value="D1")
                    ),
                    blocks.section(said),
                    blocks.actions(
                        elements.button("Help", "help.open"), elements.button("Team", "team.open")
                    ),
                    blocks.actions(elements.button("Help", "help.open")),
                    blocks.actions(elements.button("Own id", "own.open"), block_id="own"),
                ]
            )
        ]

    assert drawn("3 of 4") == drawn("4 of 4")
    assert drawn("3 of 4") == ["dialogue.open:next=D1", "", "help.open=", "help.open=#2", "own"]


def test_what_would_do_something_else_has_another_id() -> None:
    """A press on what has become another thing must not do that other thing."""
    before, after = (
        blocks.steady([blocks.section("x", accessory=elements.button("Go", "dialogue.open", value=value))])
        for value in ("D1", "D2")
    )
    assert before[0]["block_id"] != after[0]["block_id"]


def test_a_long_purpose_stays_within_slacks_limit() -> None:
    row = blocks.actions(elements.button("Go", "dialogue.open", value="é" * 2000))
    ids = [block["block_id"] for block in blocks.steady([row, row])]
    assert len(set(ids)) == 2
    assert all(len(id) <= 255 for id in ids)
