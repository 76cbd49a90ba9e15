"""DOC5, section DC03: what each vendor claims in the file it filled in, beside what people saw working.

A claim never becomes something that was seen. Compares nothing and ranks nobody. For the arbiter, never for
another vendor.
"""

from collections.abc import Iterator, Mapping, Sequence

from flows.document.blocks import line
from flows.document.missing import Find
from flows.document.model import Table
from flows.register.model import Kept
from flows.vendor_file import COVERS, MEETS, Tally, folded, tally
from flows.vendor_grid import CRITERIA, Claimed
from flows.words import Words

BESIDE = Words(
    "What vendors claim, beside what was seen", "Ce que les éditeurs affirment, à côté de ce qui a été vu"
)
HEAD = (
    Words("Option", "Option"), Words("Heading", "Rubrique"), Words("Seen in a session", "Vu en séance"),
    Words("Claimed in their file", "Affirmé dans leur fichier"),
)  # fmt: skip
NEEDS = Words("Needs", "Besoins")
NOT_SEEN = Words("not seen", "non vu")
NOT_NOTED = Words("not noted", "non noté")
NO_FILE = Words("no file", "aucun fichier")
NO_ANSWER = Words("no answer", "aucune réponse")
NOTHING = Words("—", "—")
COUNTED = Words("{level} {n}", "{level} {n}")


def beside(find: Find, options: Sequence[Kept], claims: Sequence[Claimed]) -> tuple[Table, ...]:
    """A line for the needs and one for each criterion of each option that was seen; then those of vendors
    that were not seen. Nothing while no file was brought in."""
    if not claims:
        return ()
    columns = {column.key: column.options for column in find("VEN07").question.columns}
    named = {option.value: option.label for options_ in columns.values() for option in options_}
    files = {folded(one.vendor): one for one in claims}
    rows: list[tuple[Words, ...]] = []
    for one in options:
        file = files.get(folded(one.title.en))
        rows += _lines(line(one), _seen(one, named), file, named)
    known = {folded(one.title.en) for one in options}
    for file in (one for key, one in files.items() if key not in known):
        seen = dict.fromkeys(CRITERIA, NOT_SEEN)
        rows += _lines(Words.same(file.vendor), seen, file, named)
    return (Table(label=BESIDE, head=HEAD, rows=tuple(rows)),)


def _seen(option: Kept, named: Mapping[str, Words]) -> dict[str, Words]:
    """What was shown for each criterion (VEN07)."""
    grid = option.fields.get("grid") or {}
    levels = {key: (grid.get(key) or {}).get("level") for key in CRITERIA}
    return {key: named.get(str(level), NOT_NOTED) for key, level in levels.items()}


def _lines(
    option: Words, seen: Mapping[str, Words], file: Claimed | None, named: Mapping[str, Words]
) -> Iterator[tuple[Words, ...]]:
    answers = file.answers if file is not None else {}
    missing = NO_ANSWER if file is not None else NO_FILE
    needs = tally(answers, COVERS, lambda id: id.startswith("REQ"))
    yield option, NEEDS, NOTHING, _counted(needs) or missing
    for key in CRITERIA:
        met = tally(answers, MEETS, lambda id, key=key: id.startswith(f"{key}."))  # type: ignore[misc]
        yield option, named[key], seen[key], _counted(met) or missing


def _counted(found: Tally) -> Words | None:
    """ "yes 2, partly 1"."""
    said = [COUNTED.fill(level=level, n=n) for level, n in found]
    return Words(", ".join(one.en for one in said), ", ".join(one.fr for one in said)) if said else None
