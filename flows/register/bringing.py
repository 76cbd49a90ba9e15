"""Issues and decisions from the lines of a table: what each would make, or why it is refused.

The names of columns, states, kinds and families are known in both languages, as `takeaway` writes them. Pure:
opens no file, and knows of the register only what it is told. A cell is text, whatever it begins with.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flows.dialogue.effects import Draft, RecordKind
from flows.register.finding import fold
from flows.register.life import LIFE, STATES
from flows.register.shown import FAMILIES, FIXED, MASCULINE, METHODS, YES_NO
from flows.register.takeaway import CHOICE, HEAD, OPENING, SUPERSEDES, TAIL
from flows.words import Words

KINDS: Mapping[str, RecordKind] = {
    "decision": "decision", "decisions": "decision", "dec": "decision",
    "issue": "issue", "issues": "issue", "iss": "issue", "open issue": "issue", "open issues": "issue",
    "question": "issue", "questions": "issue", "question ouverte": "issue", "questions ouvertes": "issue",
}  # fmt: skip
FIRST: Mapping[RecordKind, str] = {"decision": "proposed", "issue": "open"}  # where no state is given
LONGEST_TITLE, LONGEST = 200, 3000  # characters (0.4)
#: Fields that are text as typed.
TEXTS = ("question", "context", "options", "choice", "reason", "loss", "minority", "decided_by", "detail",
         "if_nobody", "resolution")  # fmt: skip
DAYS = ("date", "review_date")
_LEFT_OUT = {fold(word) for words in (SUPERSEDES, *TAIL.values()) for word in (words.en, words.fr)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a line is left out: where it stands, what is wrong, what to do."""

    line: int  # of the file, the head is 1
    column: str
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a line would make."""

    line: int
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what, by position; `unknown`: those that are left out."""

    at: Mapping[str, int]
    named: Mapping[str, str]
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """What is there already, and what the lines read so far would make. `people`: folded name to Slack id."""

    people: Mapping[str, str]
    titles: dict[tuple[str, str], str] = field(default_factory=dict)  # (kind, folded title): where
    ids: dict[str, int] = field(default_factory=dict)  # number in the file: line


def columns(head: Sequence[str]) -> Columns:
    """What each name in the head stands for. A name that stands for nothing is left out, and said."""
    at: dict[str, int] = {}
    named: dict[str, str] = {}
    unknown = []
    for position, name in enumerate(head):
        key = _NAMES.get(fold(name.strip()))
        if key is not None and key not in at:
            at[key], named[key] = position, name.strip()
        elif name.strip() and fold(name.strip()) not in _LEFT_OUT:
            unknown.append(name.strip())
    return Columns(at=at, named=named, unknown=tuple(unknown))


def read(
    lines: Iterable[tuple[int, Sequence[str]]],
    found: Columns,
    known: Known,
    *,
    kind: RecordKind | None,
    batch: str,
) -> Iterator[Taken | Refused]:
    """Each line that is not empty, in order. `kind`: of lines that do not say theirs; `batch`: the id of the
    import, from which each record knows where it comes from."""
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            yield _Line(line, cells, found).read(known, kind, batch)


class _Bad(Exception):
    """This line cannot be taken."""

    def __init__(self, key: str, en: str, fr: str) -> None:
        super().__init__(en)
        self.key, self.why = key, Words(en, fr)


class _Line:
    """One line being read."""

    def __init__(self, line: int, cells: Sequence[str], found: Columns) -> None:
        self.line, self.cells, self.found = line, cells, found

    def read(self, known: Known, kind: RecordKind | None, batch: str) -> Taken | Refused:
        """What the line gives: a record, or why it cannot be one."""
        try:
            draft = self._draft(known, kind, f"{batch}:{self.line}")
        except _Bad as bad:
            return Refused(line=self.line, column=self.found.named.get(bad.key, bad.key), why=bad.why)
        return Taken(line=self.line, draft=draft)

    def _draft(self, known: Known, usual: RecordKind | None, item: str) -> Draft:
        kind = self._kind(usual)
        title = self._text("title", LONGEST_TITLE)
        if not title:
            raise _Bad("title", "There is no title: give one.", "Il n’y a pas de titre : donnez-en un.")
        fields: dict[str, object] = {key: said for key in TEXTS if (said := self._text(key, LONGEST))}
        fields |= {key: day.isoformat() for key in DAYS if (day := self._day(key))}
        fields |= self._choices()
        if fields.get("method") == "arbitration" and not fields.get("reason"):
            raise _Bad("reason", "A decision by arbitration needs its reason: give it.",
                       "Une décision par arbitrage a besoin de sa raison : donnez-la.")  # fmt: skip
        self._alone(known, kind, title)
        return Draft(
            kind=kind, item=item, title=Words.same(title), owner=self._owner(known), due=self._day("due"),
            status=self._status(kind), fields=fields,
        )  # fmt: skip

    def _cell(self, key: str) -> str:
        position = self.found.at.get(key, -1)
        said = self.cells[position].strip() if 0 <= position < len(self.cells) else ""
        # the apostrophe that keeps a cell from opening a formula is no part of what was said
        return said[1:] if said.startswith("'") and said[1:].lstrip().startswith(tuple(OPENING)) else said

    def _text(self, key: str, most: int) -> str:
        said = self._cell(key)
        if len(said) > most:
            raise _Bad(key, f"{len(said)} characters; at most {most}: shorten it.",
                       f"{len(said)} caractères ; {most} au plus : raccourcissez.")  # fmt: skip
        return said

    def _kind(self, usual: RecordKind | None) -> RecordKind:
        said = self._cell("kind")
        kind = KINDS.get(fold(said)) if said else usual
        if kind is None:
            raise _Bad("kind", f"“{said[:40]}” is not brought in: write decision or issue.",
                       f"« {said[:40]} » ne s’importe pas : écrivez décision ou question.")  # fmt: skip
        return kind

    def _status(self, kind: RecordKind) -> str:
        said = self._cell("status")
        status = _STATES.get(fold(said)) if said else FIRST[kind]
        if status is None or status not in LIFE[kind] or status == "withdrawn":
            raise _Bad("status", f"“{said[:40]}” is no state of such a record.",
                       f"« {said[:40]} » n’est pas un état de ce type.")  # fmt: skip
        return status

    def _day(self, key: str) -> date | None:
        said = self._cell(key)
        if not said:
            return None
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S"):
            try:
                return datetime.strptime(said, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        raise _Bad(key, f"“{said[:40]}” is no day: write 2026-03-31 or 31/03/2026.",
                   f"« {said[:40]} » n’est pas un jour : écrivez 2026-03-31 ou 31/03/2026.")  # fmt: skip

    def _owner(self, known: Known) -> str | None:
        said = self._cell("owner")
        user = known.people.get(fold(said.removeprefix("@"))) if said else None
        if said and user is None:
            raise _Bad("owner", f"Nobody in the project is called “{said[:40]}”: leave it empty.",
                       f"Personne du projet ne s’appelle « {said[:40]} » : laissez vide.")  # fmt: skip
        return user

    def _choices(self) -> dict[str, object]:
        kept: dict[str, object] = {}
        for key, words in _CHOICES.items():
            said = self._cell(key)
            if not said:
                continue
            if fold(said) not in words:
                raise _Bad(key, f"“{said[:40]}” is not one of its choices.",
                           f"« {said[:40]} » n’est pas l’un de ses choix.")  # fmt: skip
            kept[key] = words[fold(said)]
        return kept

    def _alone(self, known: Known, kind: RecordKind, title: str) -> None:
        """Neither the same number nor the same title twice."""
        id, same = self._cell("id").upper(), (kind, fold(title))
        if id and id in known.ids:
            raise _Bad("id", f"{id} is on line {known.ids[id]} too: keep one.",
                       f"{id} est aussi à la ligne {known.ids[id]} : gardez-en une.")  # fmt: skip
        if same in known.titles:
            where = known.titles[same]
            raise _Bad("title", f"{where} has this title already: leave it out, or say what differs.",
                       f"{where} a déjà ce titre : retirez la ligne, ou dites ce qui diffère.")  # fmt: skip
        known.titles[same] = f"L{self.line}"
        if id:
            known.ids[id] = self.line


def _folded(table: Mapping[str, Words]) -> dict[str, str]:
    return {fold(word): key for key, words in table.items() for word in (words.en, words.fr, key)}


_NAMES: Mapping[str, str] = {
    **_folded({key: name for key, (name, _) in FIXED.items() if key in (*TEXTS, *DAYS, "method", "reversible",
               "family", "blocking")}),
    **_folded({**HEAD, "choice": CHOICE}),
    "statement": "title", "intitule": "title", "type": "kind", "raison": "reason", "reponse": "resolution",
    "state": "status", "responsable": "owner", "deadline": "due", "date limite": "due",
}  # fmt: skip
_STATES: Mapping[str, str] = {**_folded(STATES), **_folded(MASCULINE), "ouverte": "open", "ouvert": "open",
                              "replaced": "superseded"}  # fmt: skip
_TRUE = {
    "yes": True,
    "oui": True,
    "true": True,
    "1": True,
    "no": False,
    "non": False,
    "false": False,
    "0": False,
}
_CHOICES: Mapping[str, Mapping[str, object]] = {
    "method": _folded(METHODS),
    "reversible": _folded(YES_NO),
    "family": _folded(FAMILIES),
    "blocking": _TRUE,
}
