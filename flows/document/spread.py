"""Section N22: how far people were apart on what each vendor has shown, as a table. Names nobody."""

from collections.abc import Iterable

from flows.dialogue.model import Option
from flows.document.blocks import line
from flows.document.facts import NoteFacts
from flows.document.missing import Find
from flows.document.model import Table
from flows.register.model import Kept
from flows.vendor_grid import CRITERIA, LEVELS, Spread, spread
from flows.words import Words

APART = Words("{vendor}: what people saw ({n} grids)", "{vendor} : ce que l’on a vu ({n} grilles)")
CRITERION, HALF = Words("Criterion", "Critère"), Words("Half of them", "La moitié se situe")
FROM_TO = Words("{first} to {third}", "entre « {first} » et « {third} »")


def spreads(find: Find, facts: NoteFacts, vendors: Iterable[Kept]) -> tuple[Table, ...]:
    """A table for each session of which five people or more have filled a grid in; nothing below."""
    columns = {column.key: column.options for column in find("VEN07").question.columns}
    tables = []
    for one in vendors:
        grids = facts.grids.get(one.ref, ())
        found = {key: apart for key in CRITERIA if (apart := spread(grids, key)) is not None}
        if found:
            tables.append(_table(one, len(grids), found, columns["criterion"], columns["level"]))
    return tuple(tables)


def _table(
    vendor: Kept, n: int, found: dict[str, Spread], criteria: tuple[Option, ...], levels: tuple[Option, ...]
) -> Table:
    named = {option.value: option.label for option in (*criteria, *levels)}
    order = tuple(reversed(LEVELS))
    rows = tuple(
        (
            named[key],
            *(Words.same(str(apart.counts.get(level, 0))) for level in order),
            _half(apart, named),
        )
        for key, apart in found.items()
    )
    head = (CRITERION, *(named[level] for level in order), HALF)
    return Table(label=APART.fill(vendor=line(vendor), n=n), head=head, rows=rows)


def _half(apart: Spread, named: dict[str, Words]) -> Words:
    """Between which levels half of them lie."""
    if apart.first == apart.third:
        return named[apart.first]
    return FROM_TO.fill(first=named[apart.first], third=named[apart.third])
