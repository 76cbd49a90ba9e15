"""The pages behind the diagnosis: all advice and conditions, how it is worked out, the runs so far."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.diagnosis import figures, lines, loose
from bot.diagnosis.issues import TIME_TO_SETTLE
from bot.diagnosis.picture import Picture, Reader
from bot.diagnosis.reckoning import reckoning
from bot.diagnosis.ways import way
from bot.request import Json
from bot.words import blocks
from bot.words.mrkdwn import Mrkdwn, bold
from bot.words.text import N_, Wording
from flows import cadence
from flows.cadence import add_working_days
from flows.diagnosis.model import Severity
from flows.register.model import Kept
from flows.words import Words
from storage.diagnosis import Run

#: Runs on one page.
SHOWN = 20
#: Advice on one page: Slack takes a hundred blocks.
MOST = 80
SEVERITIES: Mapping[Severity, str] = {
    "blocking": N_("Blocking"),
    "high": N_("Important"),
    "warning": N_("To watch"),
    "info": N_("Good to know"),
}
CAUSES: Mapping[str, str] = {
    "dialogue": N_("a dialogue closed"),
    "wave": N_("an anonymous wave closed"),
    "weekly": N_("every week"),
    "asked": N_("asked for"),
}


def all_advice(
    w: Wording, picture: Picture, reader: Reader, user: str, issues: Mapping[str, Kept]
) -> list[Json]:
    """Every advice by severity, then the conditions with owner, date and "done when"."""
    rows: list[Json] = []
    last = ""
    for fired in reader.advice(picture)[:MOST]:
        if fired.severity != last:
            rows.append(blocks.header(w(SEVERITIES[fired.severity])))
            last = fired.severity
        go = way(w, picture, fired.id, reader, user)
        rows.append(blocks.section(lines.advice(w, picture, fired, reader), accessory=go))
    rows += _conditions(w, picture, reader, issues)
    return rows or [blocks.section(w("No advice at present."))]


def _conditions(w: Wording, picture: Picture, reader: Reader, issues: Mapping[str, Kept]) -> list[Json]:
    rules = picture.model.rules
    hangs = [c for c in picture.found.conditions if c.id not in rules or reader.sees(rules[c.id])]
    if not hangs:
        return []
    said = [_condition(w, picture, one.id, one.owner, issues.get(one.id)) for one in hangs]
    pages = [said[at : at + 8] for at in range(0, len(said), 8)]
    return [
        blocks.divider(),
        blocks.header(w("Conditions of the go")),
        *(blocks.section(Mrkdwn("\n").join(page)) for page in pages),
    ]


def _condition(w: Wording, picture: Picture, id: str, role: str, issue: Kept | None) -> Mrkdwn:
    holder = issue.owner if issue else next(iter(_holders(picture, role)), None)
    parts: list[str] = [bold(w.of(loose.called(picture, id)))]
    nobody = w("nobody yet")
    parts.append(w("owner: {name}", name=picture.names.get(holder or "", holder or nobody)))
    due = issue.due if issue else add_working_days(picture.evidence.today, TIME_TO_SETTLE)
    if due is not None:
        parts.append(w("by {day}", day=w.day(due)))
    parts.append(w("done when: {done}", done=done_when(picture, id)))
    return Mrkdwn("• ") + Mrkdwn(" · ").join(parts + ([issue.ref] if issue else []))


def _holders(picture: Picture, role: str) -> Sequence[str]:
    known = {"sponsor", "arbiter", "lead", "facilitator", "expert", "coach"}
    cast = picture.project.cast
    if role in known:
        return [user for user in (cast.holder(role),) if user]  # type: ignore[arg-type]  # one of those
    return [member.user for member in cast.members if member.function == role]


def done_when(picture: Picture, id: str) -> Words:
    """When a condition is met, in the words of content."""
    model = picture.model
    if id in model.gates:
        return model.gates[id].done
    reached = model.condition.fill(
        indicator=loose.called(picture, id), score=figures.whole(model.limits["go"])
    )
    return model.rules[id].done or reached if id in model.rules else reached


def why(w: Wording, picture: Picture, reader: Reader) -> list[Json]:
    """How it is worked out: formula, weights, coverage, each indicator (group level if anonymous)."""
    return reckoning(w, picture, reader)


def history(w: Wording, picture: Picture, runs: Sequence[Run]) -> list[Json]:
    """The runs so far, newest first: date, verdict, readiness, the four families."""
    if not runs:
        return [blocks.section(w("No run yet: the first one comes when a dialogue closes."))]
    rows: list[Json] = []
    for run in runs[:SHOWN]:
        head = w.md(
            "*{day}* · {verdict}",
            day=w.full_day(_day(picture, run)),
            verdict=picture.model.labels[run.verdict],
        )
        rows += [blocks.section(head), blocks.context(_figures(w, picture, run))]
    return rows


def _figures(w: Wording, picture: Picture, run: Run) -> Mrkdwn:
    """One run in figures; none while nothing could be concluded."""
    covered = w("{coverage} of the answers", coverage=w.percent(figures.percent(run.coverage)))
    cause = w(CAUSES[run.cause])
    if run.verdict == "INSUFFICIENT":
        return Mrkdwn(" · ").join([covered, cause])
    parts = [w("readiness {score}/100", score=figures.whole(run.readiness or 0.0))]
    parts += [
        w("{family} {score}", family=picture.model.families[number], score=figures.whole(family.score))
        for number, family in run.families.items()
        if family.score is not None
    ]
    return Mrkdwn(" · ").join([*parts, covered, cause])


def _day(picture: Picture, run: Run) -> date:
    return run.at.astimezone(cadence.zone(picture.project.zone)).date()
