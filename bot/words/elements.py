# ruff: noqa: PLR0913 - one argument for each option Slack offers
"""Builders of Slack's interactive elements (buttons, selects, fields) as plain dicts.

Counts that Slack refuses are refused here too, because they are mistakes of the caller; texts are
kept within their limit.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from bot.words import limits
from bot.words.blocks import text
from bot.words.clusters import units
from bot.words.limits import fit
from bot.words.mrkdwn import sendable

Json = dict[str, Any]


def option(words: str, value: str, *, description: str = "") -> Json:
    """One choice. The value is an id of at most 150 characters."""
    if len(value) > limits.OPTION_VALUE:
        raise ValueError(f"option value of {len(value)} characters: {value[:40]}…")
    built: Json = {"text": text(words, limits.OPTION), "value": value}
    if description:
        built["description"] = text(description, limits.OPTION_DESCRIPTION)
    return built


def button(
    words: str,
    action: str,
    *,
    value: str = "",
    style: Literal["primary", "danger"] | None = None,
    label: str = "",
    sure: Json | None = None,
) -> Json:
    """A button. `label` is what a screen reader says when the words alone say too little (8.4). `sure`: what
    Slack asks before it is pressed (`confirmation`)."""
    if len(action) > limits.ID or len(value) > limits.BUTTON_VALUE:
        raise ValueError(f"action {action[:40]} or its value is too long")
    built: Json = {"type": "button", "action_id": action, "text": text(words, limits.BUTTON)}
    if value:
        built["value"] = value
    if style:
        built["style"] = style
    if label:
        built["accessibility_label"] = fit(label, limits.ACCESSIBILITY)
    if sure is not None:
        built["confirm"] = sure
    return built


def confirmation(title: str, words: str, *, yes: str, no: str) -> Json:
    """The question before what cannot be taken back: its title, what follows, go ahead, leave it."""
    asked = {"title": text(title, limits.CONFIRM_TITLE), "text": text(words, limits.CONFIRM)}
    buttons = {"confirm": text(yes, limits.CONFIRM_BUTTON), "deny": text(no, limits.CONFIRM_BUTTON)}
    return {**asked, **buttons, "style": "danger"}


def overflow(action: str, options: Sequence[Json]) -> Json:
    """The menu behind "⋯": one to five choices."""
    _counted(action, options, limits.OVERFLOW_OPTIONS)
    return {"type": "overflow", "action_id": action, "options": list(options)}


def radio(action: str, options: Sequence[Json], *, initial: str | None = None) -> Json:
    """One of at most ten choices, all visible."""
    _counted(action, options, limits.RADIO_OPTIONS)
    return _chosen({"type": "radio_buttons", "action_id": action, "options": list(options)}, initial)


def checkboxes(action: str, options: Sequence[Json], *, initial: Iterable[str] = ()) -> Json:
    """Any of at most ten choices, all visible."""
    _counted(action, options, limits.RADIO_OPTIONS)
    return _ticked({"type": "checkboxes", "action_id": action, "options": list(options)}, initial)


def select(action: str, options: Sequence[Json], *, initial: str | None = None, hint: str = "") -> Json:
    """One of at most a hundred choices, in a list that opens."""
    _counted(action, options, limits.SELECT_OPTIONS)
    built = _hinted({"type": "static_select", "action_id": action, "options": list(options)}, hint)
    return _chosen(built, initial)


def multi_select(
    action: str, options: Sequence[Json], *, initial: Iterable[str] = (), hint: str = ""
) -> Json:
    """Any of at most a hundred choices, in a list that opens."""
    _counted(action, options, limits.SELECT_OPTIONS)
    built = _hinted({"type": "multi_static_select", "action_id": action, "options": list(options)}, hint)
    return _ticked(built, initial)


def user(action: str, *, initial: str | None = None, hint: str = "") -> Json:
    """One person of the workspace."""
    built = _hinted({"type": "users_select", "action_id": action}, hint)
    return {**built, **({"initial_user": initial} if initial else {})}


def users(action: str, *, initial: Sequence[str] = (), most: int | None = None, hint: str = "") -> Json:
    """Several people of the workspace."""
    built = _hinted({"type": "multi_users_select", "action_id": action}, hint)
    if most:
        built["max_selected_items"] = most
    return {**built, **({"initial_users": list(initial)} if initial else {})}


def conversation(action: str, *, initial: str | None = None, hint: str = "") -> Json:
    """A channel, public or private, of this company only (Slack Connect channels are left out)."""
    built = _hinted({"type": "conversations_select", "action_id": action}, hint)
    built["filter"] = {
        "include": ["public", "private"],
        "exclude_external_shared_channels": True,
        "exclude_bot_users": True,
    }
    return {**built, **({"initial_conversation": initial} if initial else {})}


def date(action: str, *, initial: str | None = None, hint: str = "") -> Json:
    """A day, as YYYY-MM-DD."""
    built = _hinted({"type": "datepicker", "action_id": action}, hint)
    return {**built, **({"initial_date": initial} if initial else {})}


def hour(action: str, *, initial: str | None = None) -> Json:
    """An hour of a day, as HH:MM."""
    built: Json = {"type": "timepicker", "action_id": action}
    return {**built, **({"initial_time": initial} if initial else {})}


def number(
    action: str,
    *,
    initial: int | None = None,
    least: int | None = None,
    most: int | None = None,
    decimals: bool = False,
) -> Json:
    """A figure. Slack keeps it between `least` and `most`, and sends it as a string."""
    built: Json = {"type": "number_input", "action_id": action, "is_decimal_allowed": decimals}
    if initial is not None:
        built["initial_value"] = str(initial)
    if least is not None:
        built["min_value"] = str(least)
    if most is not None:
        built["max_value"] = str(most)
    return built


def words(
    action: str,
    *,
    initial: str | None = None,
    several_lines: bool = False,
    hint: str = "",
    most: int | None = None,
    least: int | None = None,
) -> Json:
    """A text field. An older text longer than `most` stays whole: whoever reads the form says so."""
    built = _hinted({"type": "plain_text_input", "action_id": action, "multiline": several_lines}, hint)
    kept = fit(sendable(initial), limits.INPUT) if initial else ""
    if kept:
        built["initial_value"] = kept
    if most is not None:
        built["max_length"] = min(max(most, units(kept)), limits.INPUT)
    if least is not None:
        built["min_length"] = least
    return built


def file(action: str, ending: str = "csv") -> Json:
    """One file, which stays in Slack: what is sent back is its id."""
    return {"type": "file_input", "action_id": action, "filetypes": [ending], "max_files": 1}


def _hinted(built: Json, hint: str) -> Json:
    return {**built, "placeholder": text(hint, limits.PLACEHOLDER)} if hint else built


def _counted(action: str, options: Sequence[Json], most: int) -> None:
    if not 1 <= len(options) <= most:
        raise ValueError(f"{action} has {len(options)} options; 1 to {most} are allowed")


def _chosen(built: Json, initial: str | None) -> Json:
    """Slack wants the whole option again, and refuses one that is not offered."""
    found = next((one for one in built["options"] if one["value"] == initial), None)
    return {**built, "initial_option": found} if found else built


def _ticked(built: Json, initial: Iterable[str]) -> Json:
    wanted = set(initial)
    found = [one for one in built["options"] if one["value"] in wanted]
    return {**built, "initial_options": found} if found else built
