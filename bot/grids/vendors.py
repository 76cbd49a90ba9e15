"""[Vendors side by side]: what each was seen to do, how far people were apart, what it claims, declared ties.

Read by everybody in the project. Ranks no vendor, and says of nobody what they saw.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.asker import Asker
from bot.grids import asked, claimed
from bot.hub import pages
from bot.parts import Parts
from bot.policy import Allow
from bot.request import Json
from bot.words import blocks, elements
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows import vendor_grid
from flows.dialogue.effects import RecordKind
from flows.dialogue.model import Column, Flow
from flows.project import Project
from flows.register.life import OVER
from flows.register.model import Kept
from flows.vendor_grid import CRITERIA, ENOUGH, LEVELS, Spread
from flows.words import Words
from storage import dialogue as dialogues
from storage import grid as grids
from storage import register
from storage.database import Connection
from storage.grid import Claim

TITLE = N_("Vendors side by side")
NO_RANK = N_("Seen is what people saw working; claimed is what a vendor says. No vendor is ranked.")
SESSIONS: tuple[RecordKind, ...] = ("vendor",)
FLOW, GRID, TIE = "D14", "VEN07", "VEN08"
MOST = 12  # vendors on one page: Slack takes a hundred blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """All that is known of the vendors of one project."""

    project: Project
    flow: Flow
    sessions: tuple[Kept, ...]  # those that were held
    coming: tuple[Kept, ...]  # those that are to come
    grids: Mapping[str, list[dict[str, str]]]  # by session, without whose they are
    ties: Mapping[str, str]  # by session: "no", or what was declared; no key: not asked
    claims: tuple[Claim, ...]

    def column(self, key: str) -> Column:
        """A column of VEN07. StopIteration for one it has not."""
        return next(one for one in self.flow.by_id[GRID].columns if one.key == key)

    def level(self, value: str) -> Words:
        """What a level is called."""
        known = (one.label for one in self.column("level").options if one.value == value)
        return next(known, Words.same(value))


def side(conn: Connection, parts: Parts, project: Project) -> Side:
    """As it stands now."""
    here = {"workspace": project.workspace, "project_id": project.id}
    kept = register.records(conn, **here, kinds=SESSIONS)
    return Side(
        project=project,
        flow=parts.playbook.flows[FLOW],
        sessions=tuple(one for one in kept if one.fields.get("attendees")),
        coming=tuple(one for one in kept if one.status not in OVER and not one.fields.get("attendees")),
        grids=grids.grids(conn, **here),
        ties=ties(conn, project),
        claims=tuple(grids.claims(conn, **here)),
    )


def ties(conn: Connection, project: Project) -> dict[str, str]:
    """What was declared for each session (VEN08): the nature of a tie, written with the person concerned."""
    runs = dialogues.runs(conn, workspace=project.workspace, project_id=project.id)
    found: dict[str, str] = {}
    for run in runs:
        if run.flow == FLOW:
            said = dialogues.answers(conn, workspace=project.workspace, dialogue_id=run.id)
            for id, pairs in said.items():
                question, _, ref = id.partition("@")
                given = [str(answer.value) for _, answer in pairs if answer.given]
                if question == TIE and given:
                    nature = [one.value for _, one in said.get(f"{TIE}a@{ref}", ()) if one.given]
                    found[ref] = str(nature[-1]) if nature and given[-1] == "yes" else given[-1]
    return found


def page(conn: Connection, *, parts: Parts, who: Asker) -> list[Json]:
    """The page."""
    if who.project is None:
        return pages.nowhere(who.w, who)
    w, found = who.w, side(conn, parts, who.project)
    rows: list[Json] = []
    for session in found.sessions[:MOST]:
        rows += _session(who, found, session)
    if not found.sessions:
        rows.append(
            blocks.section(w("No vendor has been seen yet: attendance is noted at the start of W09."))
        )
    rows += _to_pass_on(conn, parts, who, found)
    rows += claimed.rows(who, found.claims, parts)
    rows.append(
        blocks.context(
            w("Seen is what people saw working; claimed is what a vendor says. No vendor is ranked.")
        )
    )
    if ways := claimed.ways(who):
        rows.append(blocks.actions(*ways))
    return rows


def _to_pass_on(conn: Connection, parts: Parts, who: Asker, found: Side) -> Iterable[Json]:
    """For those who prepare a session: what people want to ask its vendor (VEN02)."""
    if not found.coming or who.may("document.issue") != Allow():
        return []
    return asked.rows(who.w, found.coming, asked.questions(conn, parts, found.project))


def _session(who: Asker, found: Side, session: Kept) -> Iterable[Json]:
    """One session: each criterion, how grids are spread, ties, and the way to one's own grid."""
    w, mine = who.w, who.actor.user in (session.fields.get("attendees") or ())
    head = Mrkdwn(" ").join([bold(session.ref), w.md("{vendor}", vendor=session.title)])
    go = None
    if mine:
        value = f"{found.project.id}:{session.ref}"
        label = w("{what}: {question}", what=w("My grid"), question=session.ref)
        go = elements.button(w("My grid"), f"grid.fill:{session.ref}", value=value, label=label)
    yield blocks.section(head, accessory=go)
    yield blocks.section(Mrkdwn("\n").join(_criterion(w, found, session, key) for key in CRITERIA))
    yield blocks.context(
        _how_many(w, len(found.grids.get(session.ref, ()))), _tie(w, found.ties.get(session.ref))
    )


def _criterion(w: Wording, found: Side, session: Kept, key: str) -> Mrkdwn:
    """ "• K1 Recent, open: seen · seen 3, claimed 2"."""
    column = found.column("criterion")
    named = next((one.label for one in column.options if one.value == key), Words.same(key))
    kept = (session.fields.get("grid") or {}).get(key) or {}
    level = found.level(str(kept["level"])) if kept.get("level") else w("not noted")
    line = w.md("• {criterion}: *{level}*", criterion=named, level=level)
    notes = [str(kept["note"])] if kept.get("note") else []
    apart = vendor_grid.spread(found.grids.get(session.ref, ()), key)
    if apart is not None:
        notes.append(_spread(w, found, apart))
    return Mrkdwn(" · ").join([line, *[w.md("{note}", note=note) for note in notes]])


def _spread(w: Wording, found: Side, apart: Spread) -> str:
    """ "seen 3, claimed 2; half of them between claimed and seen"."""
    counts = [
        w("{level} {n}", level=found.level(one), n=apart.counts[one])
        for one in reversed(LEVELS)
        if one in apart.counts
    ]
    if apart.first == apart.third:
        return ", ".join(counts)
    return w("{counts}; half of them from {first} to {third}", counts=", ".join(counts),
             first=found.level(apart.first), third=found.level(apart.third))  # fmt: skip


def _how_many(w: Wording, n: int) -> str:
    if n == 0:
        return w("No grid yet: those who were there may fill one in.")
    if n < ENOUGH:
        return w.plural(
            "{n} grid; how they are spread is shown from {least} on.",
            "{n} grids; how they are spread is shown from {least} on.", n, least=ENOUGH,
        )  # fmt: skip
    return w.plural("{n} grid", "{n} grids", n)


def _tie(w: Wording, said: str | None) -> Mrkdwn:
    """What was declared (VEN08)."""
    if said is None:
        return w.md("Ties with the vendor: not asked yet.")
    if said == "no":
        return w.md("No tie with the vendor is declared.")
    return w.md("A tie has been declared: {what}", what=said)
