"""Sections N01 and N24 of the scoping note: the summary, the decisions and open points."""

from flows.cadence import zone
from flows.dates import short_date
from flows.dialogue.show import NOTHING, joined
from flows.document.blocks import RECORD, answer, goals, line, owner
from flows.document.facts import NoteFacts
from flows.document.missing import Find, held_back, live, records, shown
from flows.document.model import DIAGNOSIS, Block, Bullets, Missing, Paragraph, Section, Table
from flows.document.note_plan import rated
from flows.document.note_verdict import named_conditions, overrides, said_verdict
from flows.playbook.model import Playbook
from flows.register.model import Kept
from flows.words import Words

#: How much of the project fits the first page.
TOP_GOALS, TOP_RISKS = 3, 5
NOT_YET = Words("⚠ Not known yet: {what}.", "⚠ Pas encore connus : {what}.")
VERDICT = Words("verdict", "verdict")
FIRST_LOT = Words("first lot", "premier lot")
ROUTE = Words("route", "voie de choix")
NO_GO_LIVE = Words(
    "⚠ First lot, {lot}: no go-live date yet.",
    "⚠ Premier lot, {lot} : pas encore de date de mise en service.",
)
NO_RISK = Words("No risk has been written down yet.", "Aucun risque n’est encore écrit.")
NO_DECISION = Words("No decision has been accepted yet.", "Aucune décision n’est encore acceptée.")
NO_ISSUE = Words("No open issue.", "Aucune question ouverte.")
COMING = Words(
    "Records from dialogues still open, shown once they close: {n}.",
    "Fiches venant de dialogues encore ouverts, visibles à la clôture : {n}.",
)


def summary(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """N01. What is missing for a full page is listed, not left out."""
    known = {
        VERDICT: said_verdict(playbook, facts),
        FIRST_LOT: _first_lot(find, facts),
        ROUTE: _route(find),
    }
    missing = [name for name, block in known.items() if block is None]
    conditions = named_conditions(playbook, facts)
    said = [block for block in (*known.values(), conditions) if block is not None]
    blocks = (_goals(find), _risks(find, facts), *said)
    return Section(
        id="N01",
        title=Words("One-page summary", "Résumé en une page"),
        blocks=(
            *blocks,
            *overrides(facts),
            *((_unknown(missing),) if missing else ()),
        ),
    )


#: What fills each of them.
FILLED_BY = {VERDICT: DIAGNOSIS, FIRST_LOT: "PLA04", ROUTE: "RTE08"}


def _unknown(missing: list[Words]) -> Missing:
    return Missing(words=NOT_YET.fill(what=joined(missing, ", ")), question=FILLED_BY[missing[0]])


def _goals(find: Find) -> Block:
    strategic = find("OBJ02")
    top = records(strategic, "stake")[:TOP_GOALS]
    if not top:
        return goals(strategic)
    return Bullets(items=tuple(line(record) for record in top), label=strategic.question.short)


def _risks(find: Find, facts: NoteFacts) -> Block:
    known = [one for one in shown(find, facts, "risk") if rated(one)]
    risks = sorted(known, key=lambda r: (-int(r.fields.get("score", 0)), r.number))
    label = Words("Main risks", "Principaux risques")
    if not risks:
        return Paragraph(words=NO_RISK, label=label)
    return Bullets(items=tuple(line(risk) for risk in risks[:TOP_RISKS]), label=label)


def _first_lot(find: Find, facts: NoteFacts) -> Block | None:
    lots = shown(find, facts, "lot")
    if not lots:
        return None
    first = min(lots, key=lambda lot: (str(lot.fields.get("start") or "9"), lot.number))
    if first.due is None:
        return Missing(words=NO_GO_LIVE.fill(lot=line(first)), question=first.ref)
    said = Words("{lot}, go-live {day}", "{lot}, mise en service le {day}")
    label = Words("First lot", "Premier lot")
    return Paragraph(words=said.fill(lot=line(first), day=short_date(first.due)), label=label)


def _route(find: Find) -> Block | None:
    route = find("RTE08")
    return answer(route) if route.given else None


def register(find: Find, facts: NoteFacts) -> Section:
    """N24: accepted decisions, open issues by age with their owner. Never missing. What a person's
    own answer recorded waits for the closing of its dialogue, like the answer itself."""
    decisions, held = _sorted(find, live(facts, "decision"))
    issues, kept_back = _sorted(find, live(facts, "issue"))
    accepted = [record for record in decisions if record.status == "accepted"]
    proposed = [record for record in decisions if record.status == "proposed"]
    waiting = len(held) + len(kept_back)
    return Section(
        id="N24",
        title=Words("Decisions and open issues", "Décisions et questions ouvertes"),
        blocks=(
            _decisions(accepted, facts),
            *((_proposed(proposed),) if proposed else ()),
            _issues(issues, facts),
            *((Paragraph(words=COMING.fill(n=waiting)),) if waiting else ()),
        ),
    )


def _sorted(find: Find, records: list[Kept]) -> tuple[list[Kept], list[Kept]]:
    """Those that may be shown now, by age, and those that wait. An open point that only says what is
    to be found out shows nobody's answer."""
    by_age = sorted(records, key=lambda record: (record.created_at, record.number))
    waiting = [record for record in by_age if not record.asked_by and held_back(find, record)]
    return [record for record in by_age if record not in waiting], waiting


def _decisions(accepted: list[Kept], facts: NoteFacts) -> Block:
    label = Words("Decisions", "Décisions")
    if not accepted:
        return Paragraph(words=NO_DECISION, label=label)
    head = (RECORD, Words("Decision", "Décision"), Words("Recorded on", "Notée le"))
    here = zone(facts.project.zone)
    days = [short_date(record.created_at.astimezone(here).date()) for record in accepted]
    rows = tuple((Words.same(r.ref), r.title, day) for r, day in zip(accepted, days, strict=True))
    return Table(label=label, head=head, rows=rows)


def _proposed(proposed: list[Kept]) -> Block:
    label = Words("Proposed, not accepted yet", "Proposées, pas encore acceptées")
    return Bullets(items=tuple(line(record) for record in proposed), label=label)


def _issues(issues: list[Kept], facts: NoteFacts) -> Block:
    label = Words("Open issues", "Questions ouvertes")
    if not issues:
        return Paragraph(words=NO_ISSUE, label=label)
    head = (RECORD, Words("Issue", "Question"), Words("Owner", "Porteur"), Words("Due", "Échéance"))

    rows = tuple(
        (Words.same(r.ref), r.title, owner(r, facts), short_date(r.due) if r.due else NOTHING) for r in issues
    )
    return Table(label=label, head=head, rows=rows)
