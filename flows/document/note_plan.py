"""Sections N18 and N19 of the scoping note: lots, critical path, obstacles, risks, assumptions."""

from flows.diagnosis.evidence import Task
from flows.diagnosis.path import Plan, plan
from flows.document import figures
from flows.document.blocks import answer, line, origin, table
from flows.document.facts import NoteFacts
from flows.document.figures import WEEK, WEEKS, counted
from flows.document.missing import Find, Source, shown
from flows.document.model import Block, Bullets, Missing, Paragraph, Section
from flows.document.note_people import known_rules
from flows.document.note_work import PAY
from flows.playbook.model import Playbook
from flows.register.matrix import matrix
from flows.register.model import Kept
from flows.words import Words

NO_LOT = Words("⚠ No lot.", "⚠ Aucun lot.")
NO_PATH = Words(
    "⚠ Path not computed: no task is recorded.", "⚠ Chemin non calculé : aucune tâche n’est notée."
)
LOOP = Words(
    "⚠ Path not computed: these tasks wait for one another: {tasks}",
    "⚠ Chemin non calculé : ces tâches s’attendent les unes les autres : {tasks}",
)
PATH = Words("{tasks}: {weeks}", "{tasks} : {weeks}")
UNOWNED = Words(
    "⚠ {ref}, on the critical path, has no owner.", "⚠ {ref}, sur le chemin critique, n’a pas de porteur."
)
HOLDING_UP = Words("Supporting projects that hold up a lot", "Chantiers annexes qui retiennent un lot")
PREMORTEM = "W07"
FEARED = Words(
    "What the premortem found could make it fail", "Ce qui pourrait faire échouer le projet (premortem)"
)
NOT_HELD = Words("⚠ Premortem not held.", "⚠ La projection (premortem) n’a pas eu lieu.")
NONE_MEDIUM = Words("No risk of 5 or more.", "Aucun risque de 5 ou plus.")
UNRATED = Words("Proposed, not rated yet", "Proposés, pas encore cotés")
MEDIUM = 5  # the least score of a risk that the note shows
TEST_FIRST = 4, 2  # importance from which, and evidence up to which, an assumption is tested first


def steps(tasks: list[Kept]) -> Plan:
    """The critical path of the tasks of a register, by their numbers."""
    number = {one.item: one.ref for one in tasks if one.item}
    return plan([
        Task(
            id=one.ref,
            weeks=_weeks(one),
            after=tuple(number[item] for item in one.fields.get("after_items") or () if item in number),
            owner=one.owner,
        )
        for one in tasks
    ])  # fmt: skip


def _weeks(task: Kept) -> float:
    return float(task.fields.get("weeks") or 0)


def _timeline(lots: list[Kept]) -> tuple[Block, ...]:
    drawn = figures.timeline(lots, [line(lot) for lot in lots])
    return (drawn,) if drawn is not None else ()


def lots(playbook: Playbook, find: Find, facts: NoteFacts) -> Section:
    """N18."""
    source, found, tasks = find("PLA04"), shown(find, facts, "lot"), shown(find, facts, "task")
    keys = ("title", "benefit", "needs", "groups", "start", "end", "entry", "exit")
    fixed = [one for one in shown(find, facts, "constraint") if one.source == "PLA08"]
    blocks: tuple[Block, ...] = (
        table(source, found, keys) if found else Missing(words=NO_LOT, question="PLA04"),
        *_timeline(found),
        *((table(find("PLA05"), tasks, ("title", "weeks", "after", "lot", "owner")),) if tasks else ()),
        *_path(tasks),
        *_holding_up(find, facts),
        answer(find("PLA07")),
        *((table(find("PLA08"), fixed, ("title", "due")),) if fixed else ()),
        *known_rules(playbook, facts, ("R61", "R62")),
    )
    title = Words("Lots, schedule, critical path", "Lots, calendrier, chemin critique")
    return Section(id="N18", title=title, blocks=blocks)


def _holding_up(find: Find, facts: NoteFacts) -> tuple[Block, ...]:
    """The supporting projects that a lot waits for; nothing of the one about pay."""
    kept = [
        one
        for one in shown(find, facts, "annex")
        if one.fields.get("blocks") and PAY not in (one.source, one.fields.get("topic"))
    ]
    if not kept:
        return ()
    return (table(find("ANX01"), kept, ("title", "blocks", "state", "owner", "due"), HOLDING_UP),)


def _path(tasks: list[Kept]) -> tuple[Block, ...]:
    found = steps(tasks)
    if found.loop:
        return (Missing(words=LOOP.fill(tasks=" → ".join(map(str, found.loop))), question="PLA05"),)
    if found.path is None:
        return (Missing(words=NO_PATH, question="PLA05"),)
    refs = [str(id) for id in found.path.tasks]
    said = PATH.fill(tasks=" → ".join(refs), weeks=counted(found.path.weeks, WEEK, WEEKS))
    drawn = [(one.ref, one.title, found.starts[one.ref], _weeks(one)) for one in tasks]
    nobody = [one.ref for one in tasks if one.ref in refs and not one.owner]
    return (
        Paragraph(words=said, label=Words("Critical path", "Chemin critique")),
        *((figures.path(drawn, refs, found.path.weeks),) if found.path.weeks else ()),
        *(Missing(words=UNOWNED.fill(ref=ref), question=ref) for ref in nobody),
    )


def obstacles(find: Find, facts: NoteFacts) -> Section:
    """N19: the risks from medium on, and what must be true and is to be tested first."""
    risks = sorted(shown(find, facts, "risk"), key=lambda one: (-score(one), one.number))
    kept = [one for one in risks if rated(one) and score(one) >= MEDIUM]
    waiting = (one for one in risks if not rated(one) and not one.source.startswith(f"{PREMORTEM}."))
    unrated = tuple(line(one) for one in waiting)
    first = [one for one in shown(find, facts, "assumption") if to_test(one)]
    placed = matrix(one for one in risks if rated(one))
    keys = ("title", "family", "likelihood", "impact", "score", "sign", "response", "owner", "state")
    label = Words("To be tested first (assumed so far)", "À vérifier d’abord (supposé à ce jour)")
    assumed = (
        table(find("PLA03"), first, ("title", "importance", "evidence", "test", "owner", "due"), label),
    )
    return Section(
        id="N19",
        title=Words("Obstacles, risks, assumptions", "Entraves, risques, hypothèses"),
        blocks=(
            *_premortem(find),
            _risks(find("PLA02"), kept, keys),
            *((Bullets(items=unrated, label=UNRATED),) if unrated else ()),
            *((figures.risks(placed),) if placed.levels else ()),
            *(assumed if first or not find("PLA03").given else ()),
        ),
    )


def _risks(source: Source, kept: list[Kept], keys: tuple[str, ...]) -> Block:
    """Those from medium on; that there is none is something else than that nobody has said."""
    if not kept and source.given:
        return Paragraph(words=NONE_MEDIUM, label=source.question.short, origin=origin(source))
    return table(source, kept, keys)


def rated(risk: Kept) -> bool:
    """Whether somebody has taken it up: the figures of a risk that was only proposed are nobody's."""
    return risk.status != "proposed"


def to_test(assumption: Kept) -> bool:
    """Whether it is important and not proven so far (PLA03): such a one is tested first."""
    importance, evidence = TEST_FIRST
    weighs, proven = (int(assumption.fields.get(key) or 0) for key in ("importance", "evidence"))
    return weighs >= importance and proven <= evidence


def _premortem(find: Find) -> tuple[Block, ...]:
    """What people feared most in it, as it was kept; else that it was not held, unless the part of the plan
    that follows it is filled in."""
    facts = find("PLA02").facts
    feared = [one for one in shown(find, facts, "risk") if one.source.startswith(f"{PREMORTEM}.")]
    if feared:
        return (Bullets(items=tuple(line(one) for one in feared), label=FEARED),)
    if PREMORTEM in facts.held or find("PLA02").given:
        return ()
    return (Missing(words=NOT_HELD, question=PREMORTEM),)


def score(risk: Kept) -> int:
    """Likelihood times impact; 0 while one of them is not known."""
    likelihood, impact = risk.fields.get("likelihood"), risk.fields.get("impact")
    return int(likelihood) * int(impact) if likelihood and impact else int(risk.fields.get("score") or 0)
