"""People who cannot be named any more: bots, and those who have left. Said under the field that names them.

Whoever stood in an answer already may stay there: somebody who leaves does not make old answers wrong.
"""

from typing import Any

from bot import people
from bot.dialogue.load import Gesture, named, scene
from flows.dialogue.asking import GONE
from flows.dialogue.checks import BOT
from flows.dialogue.model import Value


async def met(gesture: Gesture) -> dict[str, str]:
    """Fetches the profiles of those who are being named, because their names head the next screen; and
    says, by block, who cannot be. Waits a little over a second at most."""
    users = named(gesture)
    if not users:
        return {}
    known = await people.everybody(gesture.parts, gesture.who.workspace, users)
    unfit = {user: person for user, person in known.items() if person.is_bot or person.deleted}
    found = await gesture.parts.db.read(scene, gesture) if unfit else None
    if found is None:
        return {}
    there = {user for answer in found.dialogue.answers.values() for user in _texts(answer.value)}
    errors: dict[str, str] = {}
    for block, value in gesture.fields.items():
        for user in value if isinstance(value, list) else [value]:
            if user in unfit and user not in there:
                errors.setdefault(block, found.w.of(BOT if unfit[user].is_bot else GONE))
    return errors


def _texts(value: Value) -> set[str]:
    """Every text in an answer, whatever its kind."""
    inner: Any = value.values() if isinstance(value, dict) else value
    if isinstance(inner, str):
        return {inner}
    if isinstance(value, dict | list):
        return {text for one in inner for text in _texts(one)}
    return set()
