"""One contribution as people read it: its words, and its cells with what each of them is."""

from collections.abc import Callable, Mapping
from typing import Any

from bot import forms
from bot.words.mrkdwn import Mrkdwn, bold, md
from bot.words.text import N_, Wording
from bot.workshops import lines
from flows.dialogue.model import Column
from flows.playbook import Playbook
from flows.workshop.model import Card

BRIEF = 28  # characters of a label that is said again beside what was answered
#: What the arbiter or the sponsor may say of what is put to them.
DECISIONS: Mapping[str, str] = {
    "yes": N_("Yes"),
    "conditions": N_("Yes, with conditions"),
    "no": N_("Not yet, or no"),
}


def said(w: Wording, playbook: Playbook, place: str, card: Card, name: Callable[[str], str]) -> Mrkdwn:
    """A contribution read back: its words, then its other cells as people say them. `name`: of a person."""
    columns = [one for one in lines.columns(playbook, place) if one.key != lines.TOPIC]  # it is called by it
    cells = [(column, card.fields.get(column.key)) for column in columns]
    told = [
        _told(w, playbook, column, value, name) for column, value in cells if value and value != card.text
    ]
    if card.kind == "decision":
        told = [w(DECISIONS[choice])] if (choice := str(card.fields.get("choice"))) in DECISIONS else []
        told += [str(card.fields.get("reason") or "")]
    parts = [bold(card.text) if told else md(card.text), *(md(one) for one in told if one)]
    return Mrkdwn(" · ").join(parts)


def _told(w: Wording, playbook: Playbook, column: Column, value: Any, name: Callable[[str], str]) -> str:
    """One cell, with what it is where that is short."""
    label, text = w.of(column.label), str(value)
    if column.kind == "person":
        return name(text)
    if column.kind == "date":
        day = forms.day(value)
        text = w.day(day) if day is not None else text
    elif (chosen := _chosen(w, playbook, column, text)) != text:
        return chosen
    if len(label) > BRIEF or not label[-1].isalpha():
        return text
    return w("{what}: {n}", what=label, n=text)


def _chosen(w: Wording, playbook: Playbook, column: Column, value: str) -> str:
    """The words of a choice; what was chosen from records stays their number."""
    if column.kind != "single" or column.options_from:
        return value
    offered = {one["value"]: one["text"]["text"] for one in lines.options(w, playbook, column, {})}
    return str(offered.get(value, value))
