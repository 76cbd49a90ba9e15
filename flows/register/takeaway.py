"""What is taken away of a record: the cells of its line in a table, its event in a calendar, its page.

Pure: makes texts, writes no file. Cells are text and never a formula (`neutral`). Does not say who may take
what: whoever reads the records has left out what is not theirs.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flows.dialogue.model import Question
from flows.dialogue.show import Names
from flows.document.markdown import escape
from flows.register.finding import fold
from flows.register.life import OVER
from flows.register.model import Kept
from flows.register.shown import FIXED, TO_DECIDE, Field, fields, state
from flows.words import Language, Words

#: What stands before the fields of a record in a table; import knows these names again.
HEAD: Mapping[str, Words] = {
    "id": Words("Number", "Numéro"),
    "kind": Words("Kind", "Type"),
    "title": Words("Title", "Titre"),
    "status": Words("State", "État"),
    "owner": Words("Owner", "Porteur"),
    "due": Words("Due", "Échéance"),
}
CHOICE = Words("Choice", "Choix")
SUPERSEDES = Words("Replaces", "Remplace")
TAIL: Mapping[str, Words] = {
    "supersedes": SUPERSEDES,
    "source": Words("Comes from", "Vient de"),
    "created": Words("Recorded on", "Noté le"),
}
#: Fields of a table, in the order of the decision log (7.7), then those of the other kinds.
KEYS = (
    "question", "context", "options", "choice", "reason", "loss", "decided_by", "authority", "method",
    "date", "minority", "reversible", "review_date", "family", "blocking", "if_nobody", "detail", "cause",
    "likelihood", "impact", "score", "sign", "response", "importance", "evidence", "test", "resolution",
)  # fmt: skip
#: Signs that a spreadsheet takes for the beginning of a formula (reliability T9).
OPENING = "=+-@\t\r\0＝＋－＠"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom it is written: language, names of people, how questions and kinds are called."""

    language: Language
    names: Names
    find: Callable[[str], Question | None]
    kinds: Mapping[str, str]  # by kind: what one list of them is called
    replaces: Mapping[str, Sequence[str]]  # by number: the numbers it supersedes


def neutral(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula: what could open one, even behind blanks, gets
    an apostrophe before it."""
    text = text.replace("\0", "")
    return f"'{text}" if text.lstrip(" \n\v\f\u00a0").startswith(tuple(OPENING)) else text


def header(language: Language) -> list[str]:
    """The names of the columns."""
    named = {**{key: name for key, (name, _) in FIXED.items()}, "choice": CHOICE}
    both = [*HEAD.values(), *(named[key] for key in KEYS if key in named), *TAIL.values()]
    return [words.in_(language) for words in both]


def cells(record: Kept, reader: Reader) -> list[str]:
    """One line of a table, already neutral."""
    said = _said(record, reader)
    now = state(record.kind, record.status)
    head = [
        record.ref,
        reader.kinds.get(record.kind, record.kind),
        record.title.in_(reader.language),
        now.in_(reader.language) if now else record.status,
        _name(reader, record.owner),
        record.due.isoformat() if record.due else "",
    ]
    known = {*FIXED, "choice"}
    middle = [said.get(key, "") for key in KEYS if key in known]
    asked = reader.find(record.source)
    tail = [
        ", ".join(reader.replaces.get(record.ref, ())),
        asked.short.in_(reader.language) if asked else "",
        record.created_at.date().isoformat(),
    ]
    return [neutral(cell) for cell in (*head, *middle, *tail)]


def plain(record: Kept, reader: Reader) -> dict[str, Any]:
    """One record as JSON: codes and not words, so that a program can read it."""
    return {
        "id": record.ref,
        "kind": record.kind,
        "title": {"en": record.title.en, "fr": record.title.fr},
        "status": record.status,
        "owner": record.owner,
        "owner_name": _name(reader, record.owner) or None,
        "due": record.due.isoformat() if record.due else None,
        "fields": dict(record.fields),
        "supersedes": list(reader.replaces.get(record.ref, ())),
        "source": record.source or None,
        "confidential": record.restricted,
        "created_at": record.created_at.isoformat(),
    }


def adr(record: Kept, reader: Reader) -> str:
    """A decision as an architecture decision record: status, context, decision, consequences."""
    said, language = _said(record, reader), reader.language
    now = state(record.kind, record.status)
    replaced = ", ".join(reader.replaces.get(record.ref, ()))
    parts = [
        f"# {record.ref}. {_line(record.title.in_(language))}",
        f"{_day(language)} {said.get('date') or record.created_at.date().isoformat()}",
        _section(_STATUS, language, [now.in_(language) if now else record.status,
                 f"{SUPERSEDES.in_(language)} {replaced}" if replaced else ""]),
        _section(_CONTEXT, language, [said.get("question", ""), said.get("context", "")]),
        _section(_OPTIONS, language, [said.get("options", "")]),
        _section(_DECISION, language, [said.get("choice") or record.title.in_(language),
                 said.get("reason") or NO_REASON.in_(language)]),
        _section(_CONSEQUENCES, language, [_pair("loss", said, language), _pair("reversible", said, language),
                 _pair("review_date", said, language)]),
        _section(_WHO, language, [_pair("decided_by", said, language, _by_whom(record)),
                 _pair("authority", said, language), _pair("method", said, language),
                 _pair("minority", said, language)]),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def file_name(record: Kept, language: Language) -> str:
    """ "0012-who-steers.md": the number first, so that files sort as decisions do."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(record.title.in_(language))).strip("-")[:50].strip("-")
    return f"{record.number:04d}-{slug or record.kind}.md"


def events(record: Kept, reader: Reader, *, uid: str, stamp: datetime) -> list[str]:
    """The lines of a calendar for what of a record has a day: until when it is due, when it is reviewed.
    Nothing for what is over. `uid` names the project; `stamp` is when the file is made, UTC."""
    if record.status in OVER:
        return []
    days: list[tuple[str, date, Words]] = []
    if record.due:
        days.append(("due", record.due, Words("{ref} is due: {title}", "Échéance {ref} : {title}")))
    review = record.fields.get("review_date")
    if isinstance(review, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", review):
        day = date.fromisoformat(review)
        days.append(("review", day, Words("{ref} to be reviewed: {title}", "À revoir, {ref} : {title}")))
    title = record.title.in_(reader.language)
    lines: list[str] = []
    for what, day, words in days:
        said = words.in_(reader.language).format(ref=record.ref, title=title)
        lines += _event(f"{record.ref}-{what}@{uid}", day, said, stamp)
    return lines


def calendar(lines: Iterable[str]) -> Iterable[str]:
    """Around the events, what makes a calendar of them; each line folded at 75 bytes (RFC 5545)."""
    for line in ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cadrage//EN", *lines, "END:VCALENDAR"):
        yield _folded(line)


NO_REASON = Words("Reason not given.", "Raison non donnée.")
_STATUS = Words("Status", "Statut")
_CONTEXT = Words("Context", "Contexte")
_OPTIONS = Words("Options considered", "Options envisagées")
_DECISION = Words("Decision", "Décision")
_CONSEQUENCES = Words("Consequences", "Conséquences")
_WHO = Words("Who decided, and how", "Qui a décidé, et comment")


def _day(language: Language) -> str:
    return Words("Date:", "Date :").in_(language)


def _said(record: Kept, reader: Reader) -> dict[str, str]:
    """Each field in words, by its key."""
    found: tuple[Field, ...] = fields(record, reader.find, reader.names)
    said = {one.key: one.value.in_(reader.language) for one in found}
    choice = record.fields.get("choice")
    if not record.source and isinstance(choice, str):  # by hand: there is no question to name it
        said.setdefault("choice", choice)
    return said


def _name(reader: Reader, user: str | None) -> str:
    return reader.names.get(user, user) if user else ""


def _by_whom(record: Kept) -> Words:
    """What the name of who decides is called: of what is only proposed, nobody has decided."""
    return TO_DECIDE if record.status == "proposed" else FIXED["decided_by"][0]


def _pair(key: str, said: Mapping[str, str], language: Language, name: Words | None = None) -> str:
    if not said.get(key) or key not in FIXED:
        return ""
    colon = " : " if language == "fr" else ": "
    return f"{(name or FIXED[key][0]).in_(language)}{colon}{said[key]}"


def _section(title: Words, language: Language, lines: Sequence[str]) -> str:
    body = "\n\n".join(_line(line) for line in lines if line)
    return f"## {title.in_(language)}\n\n{body}" if body else ""


def _line(text: str) -> str:
    return escape(" ".join(text.split()))


def _event(uid: str, day: date, said: str, stamp: datetime) -> list[str]:
    text = re.sub(r"([\\;,])", r"\\\1", " ".join(said.split()))
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{text}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _folded(line: str) -> str:
    """At most 75 bytes a line, cut between characters; what follows begins with a blank."""
    parts, current = [], ""
    for letter in line:
        if len((current + letter).encode()) > 74:
            parts.append(current)
            current = ""
        current += letter
    return "\r\n ".join([*parts, current]) + "\r\n"
