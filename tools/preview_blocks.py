"""Slack's blocks as plain HTML, as wide as a phone: what a view says, in the order it says it.

Does not imitate Slack's look. A block or element that is not known here stops the page: every screen
must be seen whole.
"""

import re
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from bot.words.mrkdwn import unescape
from bot.words.text import words
from flows.words import Language, Words
from tools.preview_example import NAMES

Json = dict[str, Any]
STYLE = (Path(__file__).parent / "preview.css").read_text(encoding="utf-8")


def view(shown: Json, language: Language, caption: str, id: str) -> str:
    """One view with its title, blocks and buttons. `id`: of the panel, to link to it."""
    blocks = "".join(BLOCKS[block["type"]](block) for block in shown["blocks"])
    names = {"close": "", "submit": ' class="primary"'}
    buttons = "".join(f"<button{look}>{text(shown[k])}</button>" for k, look in names.items() if k in shown)
    blocks = _CLIENT.sub(lambda found: _of_slack(found[1], language), blocks)
    return (
        f"<figure lang={language} id='{escape(id)}'><figcaption>{escape(caption)}</figcaption>"
        f"<div class=view><h4>{text(shown['title'])}</h4>{blocks}"
        f"<div class=foot>{buttons}</div></div></figure>"
    )


#: What Slack itself writes into a form, in the language of the reader.
OF_SLACK = {
    "Select an option": Words("Select an option", "Choisir une option"),
    "Select a date": Words("Select a date", "Choisir une date"),
    "Select a person": Words("Select a person", "Choisir une personne"),
    "Select people": Words("Select people", "Choisir des personnes"),
    "Select a time": Words("Select a time", "Choisir une heure"),
    "Select a channel": Words("Select a channel", "Choisir un canal"),
    "(optional)": Words("(optional)", "(facultatif)"),
}
_CLIENT = re.compile(r"<slack>(.*?)</slack>")


def _of_slack(said: str, language: Language) -> str:
    """Slack's own words, or a date as it shows it."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", said):
        return words(language).full_day(date.fromisoformat(said))
    return OF_SLACK[said].in_(language) if said in OF_SLACK else said


def _section(block: Json) -> str:
    told = f"<p>{text(block['text'])}</p>" if "text" in block else ""
    if "fields" in block:
        told += f"<div class=two>{''.join(f'<div>{text(cell)}</div>' for cell in block['fields'])}</div>"
    if "accessory" not in block:
        return told
    return f"<div class=beside><div>{told}</div><div>{_element(block['accessory'])}</div></div>"


def _input(block: Json) -> str:
    hint = f"<div class=small>{text(block['hint'])}</div>" if "hint" in block else ""
    optional = " <i><slack>(optional)</slack></i>" if block.get("optional") else ""
    return f"<div class=label>{text(block['label'])}{optional}</div>{_element(block['element'])}{hint}"


def _image(block: Json) -> str:
    return f"<p class=box>[{escape(block['alt_text'])}]</p>"


BLOCKS: dict[str, Callable[[Json], str]] = {
    "header": lambda block: f"<h5>{text(block['text'])}</h5>",
    "section": _section,
    "context": lambda block: "".join(f"<p class=small>{text(e)}</p>" for e in block["elements"]),
    "alert": lambda block: f"<p class='alert {block['level']}'>{text(block['text'])}</p>",
    "input": _input,
    "actions": lambda block: f"<p>{''.join(_element(e) for e in block['elements'])}</p>",
    "divider": lambda block: "<hr>",
    "image": _image,
}


def _element(element: Json) -> str:
    return ELEMENTS[element["type"]](element)


def _button(element: Json) -> str:
    return f"<button class='{element.get('style', '')}'>{text(element['text'])}</button>"


def _listed(mark: str, ticked: str) -> Callable[[Json], str]:
    """Choices that are all visible."""

    def drawn(element: Json) -> str:
        one = element.get("initial_option")
        chosen = [o["value"] for o in element.get("initial_options", [one] if one else [])]
        lines = (
            f"<li>{ticked if o['value'] in chosen else mark} {text(o['text'])}</li>"
            for o in element["options"]
        )
        return f"<ul class=choices>{''.join(lines)}</ul>"

    return drawn


def _opens(element: Json) -> str:
    """A list that opens: what is chosen, or what it says while nothing is."""
    chosen = element.get("initial_option") or next(iter(element.get("initial_options", [])), None)
    hint = text(element["placeholder"]) if "placeholder" in element else "<slack>Select an option</slack>"
    shown = text(chosen["text"]) if chosen else f"<span class=empty>{hint}</span>"
    offered = "".join(f"<option>{text(o['text'])}</option>" for o in element.get("options", []))
    return f"<div class=box title='list'>{shown} ▾</div><datalist>{offered}</datalist>"


def _several(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _typed(element: Json) -> str:
    for key in ("initial_value", "initial_date", "initial_user", "initial_users", "initial_time"):
        if key in element:
            value = [escape(NAMES.get(one, one)) for one in _several(element[key])]
            value = [f"<slack>{one}</slack>" if key == "initial_date" else one for one in value]
            return f"<div class=box>{', '.join(value)}</div>"
    hint = (
        text(element["placeholder"])
        if "placeholder" in element
        else f"<slack>{WAITING[element['type']]}</slack>"
    )
    tall = " style='min-height:4.2em'" if element.get("multiline") else ""
    return f"<div class='box empty'{tall}>{hint}</div>"


WAITING = {
    "datepicker": "Select a date",
    "users_select": "Select a person",
    "multi_users_select": "Select people",
    "number_input": "0",
    "plain_text_input": "&nbsp;",
    "timepicker": "Select a time",
    "conversations_select": "Select a channel",
}
ELEMENTS: dict[str, Callable[[Json], str]] = {
    "button": _button,
    "radio_buttons": _listed("○", "◉"),
    "checkboxes": _listed("☐", "☑"),
    "static_select": _opens,
    "multi_static_select": _opens,
    "overflow": lambda element: "<button title='more'>⋯</button>",
    **dict.fromkeys(WAITING, _typed),
}


def text(thing: Json) -> str:
    """A text object; markup as it will look."""
    said = thing.get("text", "")
    plain = said if isinstance(said, str) else said.get("text", "")
    if thing.get("type") == "plain_text" or not isinstance(said, str):
        return escape(plain)
    return _marked(plain)


def _marked(markup: str) -> str:
    lines = []
    for line in markup.split("\n"):
        safe = escape(unescape(re.sub(r"<[@#]([A-Z0-9]+)[^>]*>", r"@\1", line)), quote=False)
        safe = re.sub(r"(?<!\w)\*(?!\u200b)([^*]+)(?<!\u200b)\*(?!\w)", r"<b>\1</b>", safe)
        safe = re.sub(r"(?<!\w)_(?!\u200b)([^_]+)(?<!\u200b)_(?!\w)", r"<i>\1</i>", safe)
        quoted = safe.startswith("&gt;")
        lines.append(f"<blockquote>{safe[4:].strip()}</blockquote>" if quoted else f"{safe}<br>")
    return "".join(lines).removesuffix("<br>")
