"""What Slack refuses in each interactive element: sizes, missing parts, unknown properties."""

from __future__ import annotations

from collections.abc import Callable

from sandbox.inspection import Inspection
from sandbox.refusal import Json

Rule = Callable[[Inspection, str, Json], None]

COMMON = {"type", "action_id"}
INPUT = {"focus_on_load"}
PLACEHOLDER = {"placeholder"}
CONFIRM = {"confirm"}
TEXTUAL = COMMON | INPUT | PLACEHOLDER | {"initial_value", "dispatch_action_config"}
SELECT = COMMON | INPUT | PLACEHOLDER | CONFIRM
MULTI = SELECT | {"max_selected_items"}

# what each element may carry; Slack refuses anything else
KEYS: dict[str, set[str]] = {
    "button": COMMON | CONFIRM | {"text", "url", "value", "style", "accessibility_label"},
    "icon_button": COMMON
    | CONFIRM
    | {"icon", "text", "value", "accessibility_label", "visible_to_user_ids", "alt_text"},
    "feedback_buttons": COMMON | {"positive_button", "negative_button"},
    "workflow_button": COMMON | {"text", "workflow", "style", "accessibility_label"},
    "image": {"type", "image_url", "alt_text", "slack_file"},
    "overflow": COMMON | CONFIRM | {"options"},
    "static_select": SELECT | {"options", "option_groups", "initial_option"},
    "multi_static_select": MULTI | {"options", "option_groups", "initial_options"},
    "external_select": SELECT | {"initial_option", "min_query_length"},
    "multi_external_select": MULTI | {"initial_options", "min_query_length"},
    "users_select": SELECT | {"initial_user"},
    "multi_users_select": MULTI | {"initial_users"},
    "conversations_select": SELECT
    | {"initial_conversation", "default_to_current_conversation", "response_url_enabled", "filter"},
    "multi_conversations_select": MULTI
    | {"initial_conversations", "default_to_current_conversation", "filter"},
    "channels_select": SELECT | {"initial_channel", "response_url_enabled"},
    "multi_channels_select": MULTI | {"initial_channels"},
    "radio_buttons": COMMON | INPUT | CONFIRM | {"options", "initial_option"},
    "checkboxes": COMMON | INPUT | CONFIRM | {"options", "initial_options"},
    "datepicker": SELECT | {"initial_date"},
    "timepicker": SELECT | {"initial_time", "timezone"},
    "datetimepicker": COMMON | INPUT | CONFIRM | {"initial_date_time"},
    "plain_text_input": TEXTUAL | {"multiline", "min_length", "max_length"},
    "number_input": TEXTUAL | {"is_decimal_allowed", "min_value", "max_value"},
    "email_text_input": TEXTUAL,
    "url_text_input": TEXTUAL,
    "rich_text_input": TEXTUAL | {"min_lines", "max_lines"},
    "file_input": COMMON | {"filetypes", "max_files"},
}


def check_element(it: Inspection, where: str, element: Json) -> None:
    """Everything about one element, wherever it stands."""
    kind = element.get("type", "")
    where = f"{where} ({kind})"
    it.keys(where, element, KEYS[kind])
    it.string(f"{where}, action_id", element.get("action_id"), 255, 1)
    it.text(f"{where}, placeholder", element.get("placeholder"), 150, plain=True)
    check_confirm(it, f"{where}, confirm", element.get("confirm"))
    it.number(f"{where}, max_selected_items", element.get("max_selected_items"), 1, 10_000)
    it.focused += bool(element.get("focus_on_load"))
    if rule := RULES.get(kind):
        rule(it, where, element)


def check_confirm(it: Inspection, where: str, confirm: Json | None) -> None:
    """The dialog asked before a press counts."""
    if confirm is None:
        return
    it.keys(where, confirm, {"title", "text", "confirm", "deny", "style"})
    it.required(where, confirm, "title", "text", "confirm", "deny")
    it.text(f"{where}, title", confirm.get("title"), 100, plain=True)
    it.text(f"{where}, text", confirm.get("text"), 300)
    it.text(f"{where}, confirm", confirm.get("confirm"), 30, plain=True)
    it.text(f"{where}, deny", confirm.get("deny"), 30, plain=True)
    it.one_of(f"{where}, style", confirm.get("style"), ("primary", "danger"))


def check_options(it: Inspection, where: str, options: object, most: int, *, plain: bool = True) -> None:
    """A list of options: text 75, value 150, description 75."""
    for number, option in enumerate(it.items(f"{where}, options", options, most), 1):
        place = f"{where}, option {number}"
        if not isinstance(option, dict):
            it.say(place, "must be an object")
            continue
        it.keys(place, option, {"text", "value", "description", "url"})
        it.required(place, option, "text", "value")
        it.text(place, option.get("text"), 75, plain=plain)
        it.string(f"{place}, value", option.get("value"), 150, 1)
        it.text(f"{place}, description", option.get("description"), 75, plain=plain)
        it.string(f"{place}, url", option.get("url"), 3000)


def check_choices(it: Inspection, where: str, body: Json) -> None:
    """`options` or `option_groups`, never both: at most 100 of each."""
    if ("options" in body) == ("option_groups" in body):
        it.say(where, "needs either options or option_groups")
    if "options" in body:
        check_options(it, where, body["options"], 100)
    for number, group in enumerate(body.get("option_groups") or [], 1):
        it.text(f"{where}, group {number}, label", group.get("label"), 75, plain=True)
        check_options(it, f"{where}, group {number}", group.get("options"), 100)
    if "option_groups" in body:
        it.items(f"{where}, option_groups", body["option_groups"], 100)


def _initial(it: Inspection, where: str, element: Json) -> None:
    """Initial options must be among those offered, exactly."""
    offered = list(element.get("options") or [])
    for group in element.get("option_groups") or []:
        offered.extend(group.get("options") or [])
    values = [(o.get("value"), (o.get("text") or {}).get("text")) for o in offered if isinstance(o, dict)]
    first = element.get("initial_option")
    chosen = element.get("initial_options") or ([first] if first else [])
    if element.get("initial_options") == []:
        it.say(f"{where}, initial_options", "0 items, at least 1 needed")
    for option in chosen:
        if (option.get("value"), (option.get("text") or {}).get("text")) not in values:
            it.say(f"{where}, initial option", f"{option.get('value')!r} is not among the options")


def _button(it: Inspection, where: str, element: Json) -> None:
    it.required(where, element, "text")
    it.text(where, element.get("text"), 75, plain=True)
    it.string(f"{where}, value", element.get("value"), 2000)
    it.string(f"{where}, url", element.get("url"), 3000)
    it.string(f"{where}, accessibility_label", element.get("accessibility_label"), 75)
    it.one_of(f"{where}, style", element.get("style"), ("primary", "danger"))


def _icon_button(it: Inspection, where: str, element: Json) -> None:
    it.required(where, element, "icon", "text")
    it.text(where, element.get("text"), 75, plain=True)
    it.string(f"{where}, value", element.get("value"), 2000)


def _feedback(it: Inspection, where: str, element: Json) -> None:
    it.required(where, element, "positive_button", "negative_button")
    for name in ("positive_button", "negative_button"):
        if isinstance(button := element.get(name), dict):
            it.text(f"{where}, {name}", button.get("text"), 75, plain=True)
            it.string(f"{where}, {name} value", button.get("value"), 2000)


def check_image(it: Inspection, where: str, element: Json) -> None:
    """An image by URL or by Slack file, always with words instead."""
    if not element.get("image_url") and not element.get("slack_file"):
        it.say(where, "needs image_url or slack_file")
    it.required(where, element, "alt_text")
    it.string(f"{where}, image_url", element.get("image_url"), 3000)
    it.string(f"{where}, alt_text", element.get("alt_text"), 2000)


def _overflow(it: Inspection, where: str, element: Json) -> None:
    check_options(it, where, element.get("options"), 5)


def _static(it: Inspection, where: str, element: Json) -> None:
    check_choices(it, where, element)
    _initial(it, where, element)


def _boxes(it: Inspection, where: str, element: Json) -> None:
    check_options(it, where, element.get("options"), 10, plain=False)
    _initial(it, where, element)


def _date(it: Inspection, where: str, element: Json) -> None:
    it.matches(f"{where}, initial_date", element.get("initial_date"), r"\d{4}-\d\d-\d\d", "2026-02-16")


def _time(it: Inspection, where: str, element: Json) -> None:
    it.matches(f"{where}, initial_time", element.get("initial_time"), r"([01]\d|2[0-3]):[0-5]\d", "09:30")


def _plain(it: Inspection, where: str, element: Json) -> None:
    it.number(f"{where}, max_length", element.get("max_length"), 1, 3000)
    it.number(f"{where}, min_length", element.get("min_length"), 0, 3000)
    it.string(f"{where}, initial_value", element.get("initial_value"), element.get("max_length") or 3000)
    _dispatch(it, where, element)


def _number(it: Inspection, where: str, element: Json) -> None:
    it.required(where, element, "is_decimal_allowed")
    for name in ("initial_value", "min_value", "max_value"):
        it.matches(f"{where}, {name}", element.get(name), r"-?\d+(\.\d+)?", 'a number in quotes, as "3"')


def _dispatch(it: Inspection, where: str, element: Json) -> None:
    config = element.get("dispatch_action_config")
    if config is not None:
        for what in it.items(f"{where}, trigger_actions_on", config.get("trigger_actions_on"), 2):
            it.one_of(f"{where}, trigger_actions_on", what, ("on_enter_pressed", "on_character_entered"))


def _file(it: Inspection, where: str, element: Json) -> None:
    it.number(f"{where}, max_files", element.get("max_files"), 1, 10)


RULES: dict[str, Rule] = {
    "button": _button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "image": check_image,
    "overflow": _overflow,
    "static_select": _static,
    "multi_static_select": _static,
    "radio_buttons": _boxes,
    "checkboxes": _boxes,
    "datepicker": _date,
    "timepicker": _time,
    "plain_text_input": _plain,
    "number_input": _number,
    "email_text_input": _dispatch,
    "url_text_input": _dispatch,
    "rich_text_input": _dispatch,
    "file_input": _file,
}
