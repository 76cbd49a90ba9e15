"""What can be brought to the arbiter: a slider of D13, a record, a question, somebody's own words."""

from dataclasses import dataclass

from bot.asker import Asker
from bot.hub import record, withheld
from bot.parts import Parts
from bot.request import Json
from bot.words import elements
from bot.words.text import N_
from flows.arbitration.model import PAIR
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Question
from flows.register.life import OVER
from flows.register.model import Kept
from flows.words import Words
from storage import arbitration, diagnosis, register
from storage.database import Connection

NOWHERE = "-"  # a point that stands nowhere yet
LONGEST = 150
MOST = 40  # of each kind in the list
#: Kinds of record that can be contested, and those of them that are offered in the list.
CONTESTABLE: tuple[RecordKind, ...] = (
    "decision", "issue", "tradeoff", "risk", "assumption", "action", "need", "annex", "gap",
)  # fmt: skip
OFFERED: tuple[RecordKind, ...] = ("issue", "decision", "tradeoff")
SLIDER = N_("Slider: {title}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a case is about. `key`: what it is stored under; "" for a point that stands nowhere else."""

    key: str
    title: Words
    consequence: str = ""
    restricted: bool = False
    seen_by: tuple[str, ...] = ()


def subject(conn: Connection, parts: Parts, who: Asker, text: str) -> Subject | None:
    """What somebody means: "ARB05", "ISS-4", "OBJ08", or words of their own. None for a number of nothing
    they may read: it must not tell whether it exists."""
    said = " ".join(text.split())
    known = said.upper()
    if known in PAIR or (question := _question(parts, known)) is not None:
        words = record.question(parts, known) if known in PAIR else question
        return Subject(key=known, title=words.short) if words is not None else None
    if register.place_of(said) is not None:
        kept = record.readable(conn, parts=parts, who=who, ref=said)
        return _of(kept) if kept is not None and kept.kind in CONTESTABLE else None
    return Subject(key="", title=Words.same(said[:LONGEST]))


def offered(conn: Connection, parts: Parts, who: Asker) -> list[Json]:
    """What the list proposes to bring: contested sliders first, open issues, decisions, tensions; and a
    point that stands nowhere yet."""
    w, project = who.w, who.here
    here = {"workspace": project.workspace, "project_id": project.id}
    busy = {case.subject for case in arbitration.pending(conn, **here)}
    cases = {f"TRD-{case.number}" for case in arbitration.of_project(conn, **here)}
    rows = [elements.option(w("A point that stands nowhere yet"), f"{project.id}:{NOWHERE}")]
    run = diagnosis.latest(conn, **here)
    for id in [one for one in (run.contested if run else ()) if one in PAIR and one not in busy]:
        question = record.question(parts, id)
        if question is not None:
            rows.append(elements.option(w(SLIDER, title=question.short), f"{project.id}:{id}"))
    for kind in OFFERED:
        roles = project.cast.roles_of(who.actor.user)
        kept = register.records(conn, **here, kinds=(kind,), roles=roles)
        kept = withheld.shown(conn, kept, parts=parts, project=project, user=who.actor.user)
        live = [one for one in kept if one.status not in OVER and one.ref not in (busy | cases)]
        for one in live[-MOST:]:
            rows.append(elements.option(f"{one.ref} {w.of(one.title)}", f"{project.id}:{one.ref}"))
    return rows[:100]


def _of(kept: Kept) -> Subject:
    return Subject(
        key=kept.ref,
        title=kept.title,
        consequence=str(kept.fields.get("consequence") or ""),
        restricted=kept.restricted,
        seen_by=kept.seen_by,
    )


def _question(parts: Parts, id: str) -> Question | None:
    """A named question of the playbook: what is anonymous is never brought to anybody by its answer."""
    found = record.question(parts, id) if id.isalnum() and len(id) <= 8 else None
    return found if found is not None and found.visibility == "open" else None
