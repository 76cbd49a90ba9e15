"""Section N15 of the scoping note: the calendar of check-ins, from scoping to everyday use (5.2).

As content plans it, not as it went: what was moved or skipped in this project is in its plan.
"""

from collections.abc import Mapping, Sequence

from flows.dialogue.show import NOTHING
from flows.document.model import Block, Table
from flows.playbook.model import Playbook
from flows.rhythm.calendar import Rule
from flows.rhythm.phases import Name
from flows.words import Words

LABEL = Words("Calendar of check-ins", "Calendrier des points réguliers")
#: The columns of 5.2 after the first six weeks, whose days are those of the plan.
STRETCHES: Mapping[Name, Words] = {
    "scoping": Words("Scoping, choice", "Cadrage, choix"),
    "build": Words("Build", "Mise en œuvre"),
    "launch": Words("Launch", "Lancement"),
    "settling": Words("Settling in", "Appropriation"),
    "everyday": Words("Everyday use", "Vie courante"),
}
AROUND = Words("Around each go-live", "Autour de chaque mise en service")
WEEKLY, EVERY = Words("weekly", "chaque semaine"), Words("every {n} weeks", "toutes les {n} semaines")
AT = Words("day {days}", "jour {days}")
AT_MANY = Words("days {days}", "jours {days}")


def check_ins(playbook: Playbook) -> tuple[Block, ...]:
    """What is asked how often in each stretch; nothing for a playbook without a calendar."""
    if not playbook.calendar:
        return ()
    named = {
        **{id: wave.title for id, wave in playbook.waves.items()},
        **{id: one.title for id, one in playbook.checkins.items()},
    }
    asked = sorted({rule.what for rule in playbook.calendar})
    rows = tuple(
        _row(what, named[what], [one for one in playbook.calendar if one.what == what]) for what in asked
    )
    head = (Words.same("Id"), Words("Check-in", "Point"), *STRETCHES.values(), AROUND)
    return (Table(label=LABEL, head=head, rows=rows),)


def _row(what: str, title: Words, rules: Sequence[Rule]) -> tuple[Words, ...]:
    cells = (_when([one for one in rules if one.in_ == name]) for name in (*STRETCHES, None))
    return (Words.same(what), title, *cells)


def _when(rules: Sequence[Rule]) -> Words:
    """ "every 2 weeks", "days 1, 15"; a dash where it is not asked."""
    found = [_said(one) for one in rules]
    if not found:
        return NOTHING
    return Words("; ".join(one.en for one in found), " ; ".join(one.fr for one in found))


def _said(rule: Rule) -> Words:
    if rule.days:
        days = ", ".join(f"−{-day}" if day < 0 else str(day) for day in rule.days)
        return (AT_MANY if len(rule.days) > 1 else AT).fill(days=days)
    return WEEKLY if rule.every == 7 else EVERY.fill(n=rule.every // 7)
