"""What Slack refuses, the sandbox refuses, and says why in a sentence with the place and the figure."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, Option, SectionBlock, StaticSelectElement

from sandbox import limits
from sandbox.refusal import Refused
from tests.sandbox.tinyapp import FORM, button, field, modal, option, plain

Json = dict[str, Any]


def text(size: int, kind: str = "mrkdwn") -> Json:
    return {"type": kind, "text": "x" * size}


def section(**parts: Any) -> Json:
    return {"type": "section", **parts}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def select(options: list[Json], **more: Any) -> Json:
    return {"type": "static_select", "action_id": "s", "options": options, **more}


def in_view(element: Json, **more: Any) -> Json:
    return modal([field("Label", element, block_id="b", **more)])


def bars(*, title: str = "t", categories: Sequence[str] = ("a", "b"), value: Any = 1) -> Json:
    """A chart of two bars."""
    data = [{"label": "a", "value": value}, {"label": "b", "value": 2}]
    axis = {"categories": list(categories)}
    chart = {"type": "bar", "series": [{"name": "Now", "data": data}], "axis_config": axis}
    return {"type": "data_visualization", "title": title, "chart": chart}


MESSAGES = [
    ([{"type": "sparkles"}], "block 1: unsupported type: sparkles"),
    ([{"type": "divider"}] * 51, "blocks: 51 items, 50 allowed"),
    ([section(text=text(3001))], "block 1 (section): 3001 characters, 3000 allowed"),
    ([section(text=text(0))], "block 1 (section): 0 characters, at least 1 needed"),
    ([section()], "block 1 (section): needs text or fields"),
    ([section(fields=[text(1)] * 11)], "block 1 (section), fields: 11 items, 10 allowed"),
    ([section(fields=[text(2001)])], "field 1: 2001 characters, 2000 allowed"),
    ([section(text=text(1), colour="red")], "there is no property 'colour'"),
    ([{"type": "header", "text": text(151, "plain_text")}], "151 characters, 150 allowed"),
    ([{"type": "header", "text": text(3)}], "must be plain_text, not 'mrkdwn'"),
    ([{"type": "context", "elements": [text(1)] * 11}], "11 items, 10 allowed"),
    ([actions(*[button("b", f"a{n}") for n in range(26)])], "26 items, 25 allowed"),
    ([actions(button("x" * 76, "a"))], "element 1 (button): 76 characters, 75 allowed"),
    ([actions(button("b", "a", value="v" * 2001))], "value: 2001 characters, 2000 allowed"),
    ([actions(button("b", "a", style="blue"))], "must be one of primary, danger, not 'blue'"),
    ([actions(button("b", "a"), button("c", "a"))], "action_id 'a' is used twice in this block"),
    ([actions(button("b", "a" * 256))], "action_id: 256 characters, 255 allowed"),
    ([actions(select([option("x" * 81, "v")]))], "option 1: 81 characters, 75 allowed"),
    ([actions(select([option("x", "v" * 151)]))], "option 1, value: 151 characters, 150 allowed"),
    ([actions(select([option("x", str(n)) for n in range(101)]))], "options: 101 items, 100 allowed"),
    ([actions(select([]))], "options: 0 items, at least 1 needed"),
    ([actions(select([option("x", "v")], initial_option=option("y", "w")))], "'w' is not among the options"),
    (
        [
            actions(
                {
                    "type": "radio_buttons",
                    "action_id": "r",
                    "options": [option("x", str(n)) for n in range(11)],
                }
            )
        ],
        "options: 11 items, 10 allowed",
    ),
    (
        [actions({"type": "overflow", "action_id": "o", "options": [option("x", str(n)) for n in range(6)]})],
        "options: 6 items, 5 allowed",
    ),
    ([actions({"type": "plain_text_input", "action_id": "t"})], "a plain_text_input cannot stand in actions"),
    ([{"type": "divider", "block_id": "d"}] * 2, "block_id 'd' is used twice"),
    ([{"type": "image", "image_url": "https://x.test/a.png"}], "alt_text is missing"),
    (
        [{"type": "markdown", "text": "x" * 6001}] * 2,
        "12002 characters in all markdown blocks, 12000 allowed",
    ),
    ([{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}] * 21]}], "21 items, 20 allowed"),
    ([{"type": "data_table", "caption": "c", "rows": [[]]}], "rows: 1 items, at least 2 needed"),
    (
        [{"type": "context_actions", "elements": [button("b", "a")]}],
        "a button cannot stand in context_actions",
    ),
    ([bars(title="t" * 51)], "title: 51 characters, 50 allowed"),
    ([bars(categories=["a", "c"])], "needs a figure for each category, in their order"),
    ([bars(value="much")], "value must be a number"),
    ([bars()] * 3, "3 charts, 2 allowed"),
    (
        [actions(button("b", "a", confirm={"title": plain("t"), "text": text(301), "confirm": plain("y")}))],
        "deny is missing",
    ),
]


@pytest.mark.parametrize(("blocks", "sentence"), MESSAGES, ids=[sentence for _, sentence in MESSAGES])
def test_a_message_is_refused_with_a_sentence(blocks: list[Json], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        limits.check_message_blocks(blocks)
    assert refused.value.code == "invalid_blocks"
    assert sentence in " / ".join(refused.value.why)


VIEWS = [
    (modal([], title="x" * 25), "title: 25 characters, 24 allowed"),
    (modal([{"type": "divider"}] * 101), "blocks: 101 items, 100 allowed"),
    (modal(FORM, private_metadata="x" * 3001), "private_metadata: 3001 characters, 3000 allowed"),
    (modal(FORM, callback_id="x" * 256), "callback_id: 256 characters, 255 allowed"),
    (
        {k: v for k, v in modal(FORM).items() if k != "submit"},
        "submit is missing, and there are input blocks",
    ),
    ({k: v for k, v in modal(FORM).items() if k != "title"}, "title is missing"),
    (modal(FORM, footer=1), "there is no property 'footer'"),
    (modal([{"type": "table", "rows": []}]), "not allowed in a modal, only in messages"),
    (modal([{"type": "markdown", "text": "x"}]), "not allowed in a modal"),
    (modal(FORM) | {"type": "home"}, "must be 'modal', not 'home'"),
    (
        in_view({"type": "plain_text_input", "action_id": "a", "max_length": 3001}),
        "whole number from 1 to 3000",
    ),
    (
        in_view({"type": "plain_text_input", "action_id": "a", "placeholder": plain("x" * 151)}),
        "151 characters",
    ),
    (in_view({"type": "number_input", "action_id": "a"}), "is_decimal_allowed is missing"),
    (
        in_view({"type": "datepicker", "action_id": "a", "initial_date": "16/02/2026"}),
        "must look like 2026-02-16",
    ),
    (in_view({"type": "checkboxes", "action_id": "a", "options": []}), "at least 1 needed"),
    (
        in_view({"type": "datepicker", "action_id": "a"}, hint=plain("x" * 2001)),
        "hint: 2001 characters, 2000 allowed",
    ),
    (in_view(button("b", "a")), "a button cannot stand in input"),
    (
        modal(
            [
                field(
                    str(n), {"type": "datepicker", "action_id": "a", "focus_on_load": True}, block_id=str(n)
                )
                for n in range(2)
            ]
        ),
        "focus_on_load on 2 elements, 1 allowed",
    ),
]


@pytest.mark.parametrize(("view", "sentence"), VIEWS, ids=[sentence for _, sentence in VIEWS])
def test_a_view_is_refused_with_a_sentence(view: Json, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        limits.check_view(view, "modal")
    assert refused.value.code == "invalid_arguments"
    assert sentence in " / ".join(refused.value.why)


def test_a_view_over_250_kilobytes_is_too_large() -> None:
    with pytest.raises(Refused, match="view_too_large"):
        limits.check_view(modal([section(text=text(2990)) for _ in range(90)]), "modal")


def test_two_tables_in_one_message_are_refused() -> None:
    table = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
    limits.check_message_blocks([table])
    with pytest.raises(Refused, match="only one table"):
        limits.check_message_blocks([table, table])


ALLOWED = [
    section(text=text(3000), accessory=button("x" * 75, "a", value="v" * 2000)),
    section(fields=[text(2000)] * 10),
    {"type": "header", "text": text(150, "plain_text")},
    {
        "type": "context",
        "elements": [text(1), {"type": "image", "image_url": "https://x.test", "alt_text": "x"}],
    },
    actions(select([option("x" * 75, "v" * 150)] * 100)),
    actions({"type": "checkboxes", "action_id": "c", "options": [{"text": text(75), "value": "v"}] * 10}),
    {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    },
    {"type": "data_table", "caption": "c", "rows": [[{"type": "raw_text", "text": "a"}]] * 2},
    {
        "type": "data_visualization",
        "title": "t" * 50,
        "chart": {
            "type": "bar",
            "series": [
                {"name": "n" * 20, "data": [{"label": "l" * 20, "value": 1}]},
                {"name": "m", "data": [{"label": "l" * 20, "value": 2.5}]},
            ],
            "axis_config": {"categories": ["l" * 20], "x_label": "x" * 50, "y_label": "y"},
        },
    },
    {
        "type": "data_visualization",
        "title": "t",
        "chart": {"type": "pie", "segments": [{"label": str(n), "value": 1} for n in range(6)]},
    },
    {"type": "alert", "text": text(5), "level": "warning"},
    {"type": "markdown", "text": "# x"},
    {"type": "file", "external_id": "x", "source": "remote"},
]


@pytest.mark.parametrize("block", ALLOWED, ids=[f"{n} {block['type']}" for n, block in enumerate(ALLOWED)])
def test_what_is_just_within_the_limits_passes(block: Json) -> None:
    limits.check_message_blocks([block])


def test_every_input_element_passes_in_a_modal() -> None:
    plain_kinds = ["plain_text_input", "email_text_input", "url_text_input", "rich_text_input", "datepicker"]
    plain_kinds += [
        "timepicker",
        "datetimepicker",
        "users_select",
        "multi_users_select",
        "conversations_select",
    ]
    plain_kinds += ["channels_select", "external_select", "multi_external_select", "file_input"]
    elements = [{"type": kind, "action_id": "a"} for kind in plain_kinds]
    elements += [
        {"type": kind, "action_id": "a", "options": [option("x", "v")]}
        for kind in ("static_select", "multi_static_select", "radio_buttons", "checkboxes")
    ]
    elements.append({"type": "number_input", "action_id": "a", "is_decimal_allowed": False})
    limits.check_view(modal([field("L", e, block_id=str(n)) for n, e in enumerate(elements)]), "modal")


@given(st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=12), st.integers(0, 160))
def test_we_agree_with_the_sdk_about_options(labels: list[str], value_size: int) -> None:
    """Where Slack's Python SDK has a rule for options and buttons, ours accepts and refuses the same."""
    options = [option(label, "v" * max(1, value_size)) for label in labels]
    block = actions(select(options), button(labels[0], "b"))
    try:
        limits.check_message_blocks([block])
        ours = True
    except Refused:
        ours = False
    assert ours == (max(map(len, labels)) <= 75 and value_size <= 150)


def test_blocks_made_by_the_sdk_pass() -> None:
    blocks = [
        SectionBlock(text="hello", accessory=ButtonElement(text="Press", action_id="a", value="v")),
        ActionsBlock(elements=[StaticSelectElement(action_id="s", options=[Option(text="x", value="v")])]),
    ]
    limits.check_message_blocks([block.to_dict() for block in blocks])


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled(draw: st.DrawFn) -> Json:
    """A good block or view with one of its parts, at any depth, replaced by anything."""
    whole: Json = copy.deepcopy({"blocks": draw(st.sampled_from([FORM, *[[block] for block in ALLOWED]]))})
    here: Any = whole
    while True:
        key = draw(st.sampled_from(list(here) if isinstance(here, dict) else range(len(here))))
        inner = here[key]
        if not isinstance(inner, (dict, list)) or not inner or draw(st.booleans()):
            here[key] = draw(JSON_VALUES)
            return whole
        here = inner


@given(spoiled())
def test_nonsense_is_refused_and_never_an_accident(whole: Json) -> None:
    for check in (
        lambda: limits.check_message_blocks(whole["blocks"]),
        lambda: limits.check_view(modal([]) | whole, "modal"),
    ):
        with contextlib.suppress(Refused):
            check()
