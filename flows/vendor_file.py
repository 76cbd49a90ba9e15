"""The workbook that vendors fill in: what is asked of them, and what a filled one answers (TR05, TR06, TR12).

Made of what may leave the house only (flows/document/outside.py). Read by ids, never by place, so that rows
may be sorted. What a vendor answers is a claim; nothing of it becomes something that was seen. Pure.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from flows.dialogue.show import MOSCOW_WORDS, in_words, joined
from flows.document.facts import NoteFacts
from flows.document.missing import Find, find, question, shown
from flows.document.sweep import said_in
from flows.document.terms_needs import PLACES, WAIVED
from flows.playbook.model import Playbook
from flows.register.takeaway import neutral
from flows.route import CRITERIA
from flows.words import Language, Words

#: How a vendor covers a need, and meets a check.
COVERS: Mapping[str, Words] = {
    "standard": Words("standard", "standard"),
    "settings": Words("settings", "paramétrage"),
    "add_on": Words("add-on", "module complémentaire"),
    "custom": Words("custom", "développement spécifique"),
    "no": Words("no", "non"),
}
MEETS: Mapping[str, Words] = {
    "yes": Words("yes", "oui"), "partly": Words("partly", "en partie"), "no": Words("no", "non"),
}  # fmt: skip
COMPANY = Words("Your company", "Votre société")
TITLE = Words("What we ask of you: {project}", "Ce que nous vous demandons : {project}")
HOW = Words(
    "Write your company’s name, then an answer and a comment on each line of the two next sheets. Only the "
    "light cells can be filled in. Send the file back as it is; formulas are not read.",
    "Indiquez le nom de votre société, puis une réponse et un commentaire à chaque ligne des deux feuilles "
    "suivantes. Seules les cellules claires se remplissent. Renvoyez le fichier tel quel ; les formules ne "
    "sont pas lues.",
)
CODE = Words("Code of this file, please leave it", "Code de ce fichier, à laisser tel quel")
HEAD_NEEDS = (
    Words("Id", "N°"), Words("Need", "Besoin"), Words("So that", "Afin de"), Words("Rank", "Rang"),
    Words("Your answer", "Votre réponse"), Words("Comment", "Commentaire"),
)  # fmt: skip
HEAD_CHECKS = (
    Words("Id", "N°"), Words("Criterion", "Critère"),
    Words("What we ask you to show", "Ce que nous demandons de montrer"),
    Words("Status", "Statut"), Words("Your answer", "Votre réponse"), Words("Comment", "Commentaire"),
)  # fmt: skip
HEAD_SCORES = (Words("Heading", "Rubrique"), Words("Weight of 100", "Poids sur 100"))
SCALE = (
    Words("0: no", "0 : non"), Words("1: promised", "1 : promis"), Words("2: shown", "2 : montré"),
    Words("3: shown by a reference customer", "3 : montré par un client de référence"),
)  # fmt: skip
NAMES = (
    Words("Read me", "Lisez-moi"), Words("Needs", "Besoins"), Words("Criteria", "Critères"),
    Words("Evaluation", "Évaluation"),
)  # fmt: skip
TO_CONFIRM = Words("to be confirmed", "à confirmer")
ANSWER, COMMENT = 4, 5  # columns, from 0
LONGEST = 2_000  # characters of a comment
MOST_PROBLEMS = 20
ID = re.compile(r"(REQ-\d{1,6}|K[1-5]\.\d{1,2})")
TOKEN = re.compile(r"CADRAGE-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line to be answered: its id, what stands before the answer, and which answers there are."""

    id: str
    cells: tuple[Words, Words, Words]
    choices: Mapping[str, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of vendors of one project. `token` tells one project's file from another's."""

    token: str
    project: str
    needs: tuple[Line, ...]
    checks: tuple[Line, ...]
    weights: tuple[tuple[Words, int], ...]  # (): not fixed yet

    @property
    def lines(self) -> dict[str, Line]:
        """Every line by its id."""
        return {one.id: one for one in (*self.needs, *self.checks)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: its rows as text. `open`: which cells may be filled in, as (row, column) from 0; `choices`:
    what the answer column offers; `widths` in characters."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    open: frozenset[tuple[int, int]] = frozenset()
    choices: tuple[str, ...] = ()
    head: int = 0  # the row of the column names


def asked(playbook: Playbook, facts: NoteFacts, token: str) -> Asked:
    """What is asked, out of facts that may leave the house: what TR05 and TR06 print, and nothing that waits
    for the closing of its dialogue. Needs that are not placed, or not this time, are not asked; nor is a
    criterion that is set aside."""
    seek = partial(find, playbook, facts)
    return Asked(
        token=token,
        project=facts.project.name,
        needs=tuple(_needs(seek, facts)),
        checks=tuple(_checks(playbook, seek)),
        weights=tuple(_weights(playbook, seek)),
    )


def _needs(seek: Find, facts: NoteFacts) -> Iterator[Line]:
    found = [one for one in shown(seek, facts, "need") if one.fields.get("priority") in PLACES]
    for one in sorted(found, key=lambda one: (PLACES.index(str(one.fields["priority"])), one.number)):
        why, place = Words.same(str(one.fields.get("why") or "")), MOSCOW_WORDS[str(one.fields["priority"])]
        yield Line(id=one.ref, cells=(one.title, why, place), choices=COVERS)


def _checks(playbook: Playbook, seek: Find) -> Iterator[Line]:
    for number, id in enumerate(CRITERIA, start=1):
        kept, known = _given(seek, id), question(playbook, id)
        if kept == WAIVED or known is None:
            continue
        status = in_words(known, kept, {}) if kept not in (None, "undecided") else TO_CONFIRM
        for n, check in enumerate(playbook.criteria.get(f"K{number}", ()), start=1):
            yield Line(id=f"K{number}.{n}", cells=(known.short, check, status), choices=MEETS)


def _weights(playbook: Playbook, seek: Find) -> Iterator[tuple[Words, int]]:
    known, points = question(playbook, "NEE17"), _given(seek, "NEE17")
    if known is not None and isinstance(points, Mapping):
        for one in known.options:
            yield one.label, int(points.get(one.value) or 0)


def _given(seek: Find, id: str) -> object:
    return next((answer.value for _, answer in seek(id).given), None)


def sheets(found: Asked, language: Language) -> tuple[Sheet, ...]:
    """The workbook in one language. Same data, same sheets."""
    about, needs, checks, scores = (name.in_(language) for name in NAMES)
    title = TITLE.fill(project=found.project)
    first = (
        (said_in(language, title),), (HOW.in_(language),), (COMPANY.in_(language), ""),
        (CODE.in_(language), found.token),
    )  # fmt: skip
    made = [
        Sheet(name=about, rows=_safe(first), widths=(48, 40), open=frozenset({(2, 1)})),
        _answered(needs, HEAD_NEEDS, found.needs, language),
        _answered(checks, HEAD_CHECKS, found.checks, language),
    ]
    if found.weights:
        said = [tuple(one.in_(language) for one in HEAD_SCORES)]
        said += [(heading.in_(language), str(points)) for heading, points in found.weights]
        said += [("", ""), *((one.in_(language), "") for one in SCALE)]
        made.append(Sheet(name=scores, rows=_safe(said), widths=(44, 16)))
    return tuple(made)


def _answered(name: str, head: tuple[Words, ...], lines: tuple[Line, ...], language: Language) -> Sheet:
    rows = [tuple(one.in_(language) for one in head)]
    rows += [(one.id, *(said_in(language, cell) for cell in one.cells), "", "") for one in lines]
    open_ = {(row, column) for row in range(1, len(rows)) for column in (ANSWER, COMMENT)}
    offered = tuple(words.in_(language) for words in lines[0].choices.values()) if lines else ()
    return Sheet(
        name=name, rows=_safe(rows), widths=(9, 40, 40, 18, 24, 48), open=frozenset(open_), choices=offered
    )


def _safe(rows: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Nothing that a spreadsheet would take for a formula, also once somebody has copied it."""
    return tuple(tuple(neutral(cell) for cell in row) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a file, or one cell of it, is not taken. `cell` is "Needs E7", "" for the whole file."""

    cell: str
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a file answers. With a problem nothing of it may be kept."""

    vendor: str = ""
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # id -> answer, comment
    unanswered: int = 0
    problems: tuple[Problem, ...] = ()


NOT_OURS = Words(
    "This is not the file that was made for vendors, or its code is gone.",
    "Ce n’est pas le fichier préparé pour les éditeurs, ou son code a disparu.",
)
ANOTHER = Words("This file belongs to another project.", "Ce fichier appartient à un autre projet.")
NO_VENDOR = Words(
    "The name of the company is missing on the first sheet.",
    "Le nom de la société manque sur la première feuille.",
)
NOTHING = Words("No line of it is answered.", "Aucune ligne n’a de réponse.")
UNKNOWN = Words("{id} is not asked in this project.", "{id} n’est pas demandé dans ce projet.")
TWICE = Words("{id} stands there twice.", "{id} y figure deux fois.")
NO_CHOICE = Words("“{said}” is none of: {known}.", "« {said} » n’est pas dans : {known}.")
TOO_LONG = Words("A comment has {n} characters at most.", "Un commentaire a {n} caractères au plus.")

#: A sheet as it was read: its name, and each row with its number and its cells by column, from 0.
Grid = tuple[str, Sequence[tuple[int, Mapping[int, str]]]]


def read(found: Asked, grids: Sequence[Grid]) -> Filled:
    """What a filled file answers, or everything that is wrong with it, cell by cell."""
    cells = (cell.strip() for _, rows in grids for _, row in rows for cell in row.values())
    tokens = {cell for cell in cells if TOKEN.fullmatch(cell)}
    if not tokens:
        return Filled(problems=(Problem(cell="", words=NOT_OURS),))
    if tokens != {found.token}:
        return Filled(problems=(Problem(cell="", words=ANOTHER),))
    answers: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for sheet, number, row in _rows(grids):
        problems += _line(found.lines, answers, f"{sheet} ", number, row)
    vendor = _vendor(grids)
    if not vendor:
        problems.append(Problem(cell="", words=NO_VENDOR))
    elif not answers and not problems:
        problems.append(Problem(cell="", words=NOTHING))
    left = len(found.lines) - sum(bool(said["answer"]) for said in answers.values())
    return Filled(vendor=vendor, answers=answers, unanswered=left, problems=tuple(problems[:MOST_PROBLEMS]))


def _rows(grids: Sequence[Grid]) -> Iterator[tuple[str, int, Mapping[int, str]]]:
    """The rows that answer a line, of every sheet."""
    for name, rows in grids:
        for number, row in rows:
            if ID.fullmatch(row.get(0, "").strip()):
                yield name, number, row


def _line(
    lines: Mapping[str, Line], answers: dict[str, dict[str, str]], sheet: str, number: int,
    row: Mapping[int, str],
) -> Iterator[Problem]:  # fmt: skip
    """Take one line in, or say what is wrong with it."""
    id, said, comment = (row.get(at, "").strip() for at in (0, ANSWER, COMMENT))
    if id not in lines:
        if said or comment:
            yield Problem(cell=f"{sheet}A{number}", words=UNKNOWN.fill(id=id))
        return
    if id in answers:
        yield Problem(cell=f"{sheet}A{number}", words=TWICE.fill(id=id))
        return
    choice = _choice(lines[id].choices, said)
    if said and not choice:
        known = joined(list(lines[id].choices.values()), ", ")
        yield Problem(cell=f"{sheet}E{number}", words=NO_CHOICE.fill(said=said[:40], known=known))
    if len(comment) > LONGEST:
        yield Problem(cell=f"{sheet}F{number}", words=TOO_LONG.fill(n=LONGEST))
    if said or comment:
        answers[id] = {"answer": choice, "comment": comment[:LONGEST]}


def _choice(choices: Mapping[str, Words], said: str) -> str:
    """Which answer it is, in either language, whatever its case and accents; "" for none."""
    wanted = folded(said)
    return next((key for key, words in choices.items() if wanted in (folded(words.en), folded(words.fr))), "")


def _vendor(grids: Sequence[Grid]) -> str:
    """The name beside "Your company"."""
    asked_ = {folded(COMPANY.en), folded(COMPANY.fr)}
    for _, rows in grids:
        for _, row in rows:
            if folded(row.get(0, "")) in asked_:
                return " ".join(row.get(1, "").split())[:80]
    return ""


def folded(text: str) -> str:
    """Without case, accents and spare spaces: how a vendor's name is told from another."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:80]


#: How many lines of each kind have which answer, in the order the answers stand.
Tally = tuple[tuple[Words, int], ...]


def tally(
    answers: Mapping[str, Mapping[str, str]], choices: Mapping[str, Words], of: Callable[[str], bool]
) -> Tally:
    """How often each answer was given, among the lines that `of` lets through; answers nobody gave are left
    out."""
    said = [one.get("answer") for id, one in answers.items() if of(id)]
    return tuple((words, said.count(key)) for key, words in choices.items() if key in said)
