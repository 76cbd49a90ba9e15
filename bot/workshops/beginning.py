"""When a workshop is to begin, as the form that prepares it says; or what is wrong with it, by field."""

from datetime import datetime, time
from typing import Any

from bot import forms
from bot.asker import Asker
from bot.workshops.preparing_form import DAY, HOUR, NOW, OTHER, WHEN
from flows import cadence


def begins(who: Asker, fields: dict[str, Any], now: datetime) -> tuple[datetime | None, dict[str, str]]:
    """The moment chosen (UTC); None: as soon as it is opened. Or what is wrong, by field."""
    w, said = who.w, str(fields.get(WHEN) or NOW)
    if said == NOW:
        return None, {}
    if said != OTHER:
        try:
            moment = datetime.fromisoformat(said)
        except ValueError:
            return None, {WHEN: w("Choose a moment.")}
        return (
            (moment, {}) if moment.tzinfo and moment > now else (None, {WHEN: w("Choose a moment to come.")})
        )
    day, hour = forms.day(fields.get(DAY)), hour_of(str(fields.get(HOUR) or ""))
    if day is None:
        return None, {DAY: w("Choose a day.")}
    if hour is None:
        return None, {HOUR: w("A time such as {time}", time=w.hour(time(14, 30)))}
    moment = cadence.at(day, hour, cadence.zone(who.here.zone))
    return (moment, {}) if moment > now else (None, {DAY: w("Choose a moment to come.")})


def hour_of(text: str) -> time | None:
    """ "14:30", "14h30", "14 h", "9.15"; None for anything else."""
    digits = "".join(char if char.isdigit() else " " for char in text).split()
    if not 1 <= len(digits) <= 2 or any(len(one) > 2 for one in digits):
        return None
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None
