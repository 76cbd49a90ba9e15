"""The sections of a digest in words (SD01 to SD07), each with its sentence for what is missing (DOC7)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.diagnosis import figures
from bot.digest.page import Do, Line, Part
from bot.rounds.cards import PHASES
from bot.words.text import N_, Wording
from flows.diagnosis.model import DiagnosisModel
from flows.digest.facts import Danger, Group, Waiting, Weight, Why
from flows.digest.summary import Digest, Moved, Shift
from flows.project import Project
from flows.wave.shown import Direction

#: One suggestion for each family, for a sponsor who has not said what their next visible act is.
ACTS = {
    1: N_("Say in the project channel, in two sentences, which customer problem the tool must solve first."),
    2: N_("Ask two departments what they expect of each other, and be there when they answer."),
    3: N_("Say publicly that worries are legitimate, and open the talk on them yourself: ten minutes."),
    4: N_("Come to the next project meeting for ten minutes, and ask what is waiting for a decision."),
}
WEIGHTS: dict[Weight, str] = {
    "solid": N_("Few worries are present."),
    "fragile": N_("Some worries are present, as in most groups."),
    "weak": N_("Worries weigh on the group."),
    "critical": N_("Worries weigh heavily on the group."),
}
WENT: dict[Direction, str] = {
    "up": N_("It has gone up since the last time."),
    "down": N_("It has gone down since the last time."),
    "stable": N_("No change since the last time."),
}
REPLIED = {
    True: N_("“You said, we did” has been posted."),
    False: N_("“You said, we did” is still to be posted."),
}
WHY: dict[Why, str] = {
    "overdue": N_("its date has passed"),
    "unowned": N_("it has no owner"),
    "stuck": N_("it is stuck"),
}
ARROWS: dict[Moved, str] = {"up": N_("↗ up"), "down": N_("↘ down"), "same": N_("→ same")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What the words of a digest are made from."""

    w: Wording
    digest: Digest
    project: Project
    model: DiagnosisModel
    names: Mapping[str, str]
    settled: Mapping[str, date | None]  # what waited when this digest was made, and does not any more


def all_parts(s: Scene) -> tuple[Part, ...]:
    """In the order of DOC7: people before figures."""
    return tuple(part(s) for part in PARTS)


def steps(s: Scene) -> Part:
    """SD01."""
    w, found = s.w, s.digest.steps
    lines = [
        Line(
            said=f"{w.of(one.told)} {one.ref}",
            do=Do(
                label=w("Thank"), action=f"digest.thank:{one.ref}", value=f"{s.project.id}:{one.ref}",
                says=w("Thank those behind {ref}", ref=one.ref),
            ),
        )
        for one in found
    ]  # fmt: skip
    missing = Line(said=w("No small step was posted this week. Ask the lead what moved."))
    title = w("Three small steps to salute") if len(found) == 3 else w("Small steps to salute")
    return Part(id="SD01", title=title, lines=tuple(lines) or (missing,))


def needed(s: Scene) -> Part:
    """SD02: what waits, then what was settled since this digest was made."""
    w, d = s.w, s.digest
    lines = [Line(said=_waits(s, one), do=_open(s, one), more=_ways(s, one)) for one in d.waiting]
    if d.more:
        more = w.plural("{n} more thing waits for you.", "{n} more things wait for you.", d.more)
        every = Do(label=w("See all"), action="todo.open:digest", value=s.project.id)
        lines.append(Line(said=more, do=every))
    lines += [Line(said=_settled(w, ref, day)) for ref, day in s.settled.items()]
    n = len(d.waiting) + d.more
    title = w("What we need from you ({n})", n=n) if n else w("What we need from you")
    return Part(id="SD02", title=title, lines=tuple(lines) or (Line(said=w("Nothing is waiting for you.")),))


def where(s: Scene) -> Part:
    """SD03."""
    w, d = s.w, s.digest
    said = [w.of(PHASES.get(d.phase, PHASES["P1"]))]
    closed = w.plural(
        "{n} dialogue of {total} closed", "{n} dialogues of {total} closed", d.closed, total=d.total
    )
    said.append(closed)
    if d.next:
        said.append(w("next: {what}, {day}", what=d.next.what, day=w.day(d.next.day)))
    else:
        said.append(w("⚠ to be completed: nothing ahead has a date"))
    lines = [Line(said=" · ".join(said)), *(Line(said=_shift(w, one)) for one in d.shifts)]
    return Part(id="SD03", title=w("Where we are"), lines=tuple(lines))


def could_stop(s: Scene) -> Part:
    """SD04."""
    lines = tuple(Line(said=_danger(s, one)) for one in s.digest.dangers)
    missing = Line(said=s.w("No critical point."))
    return Part(id="SD04", title=s.w("What could stop us"), lines=lines or (missing,))


def group(s: Scene) -> Part:
    """SD05: never a figure."""
    w, d = s.w, s.digest
    lines = [Line(said=_group(w, one)) for one in d.groups]
    missing = Line(said=w("No group check-in has been held yet."))
    return Part(id="SD05", title=w("How the group is doing"), lines=tuple(lines) or (missing,))


def readiness(s: Scene) -> Part:
    """SD06: the four bands, the arrow, the verdict."""
    w, found = s.w, s.digest.readiness
    title = w("Readiness and verdict")
    if found is None:
        return Part(id="SD06", title=title, lines=(Line(said=w("The diagnosis has not been run yet.")),))
    verdict = w("Verdict: {verdict}.", verdict=s.model.labels[found.verdict])
    if found.score is None:
        return Part(id="SD06", title=title, lines=(Line(said=verdict),))
    arrow = w(ARROWS[found.moved]) if found.moved else ""
    score = " ".join(part for part in (f"{found.score}/100", arrow) if part)
    tag = w("provisional: answers are missing") if found.provisional else ""
    first = ". ".join((" · ".join(part for part in (score, tag) if part), verdict))
    bands = " · ".join(_band(s, one.family, one.score, one.moved) for one in found.bands)
    return Part(id="SD06", title=title, lines=(Line(said=first), Line(said=bands)))


def next_act(s: Scene) -> Part:
    """SD07."""
    w, act = s.w, s.digest.act
    said = act.words or w(ACTS.get(act.family, ACTS[4]))
    return Part(id="SD07", title=w("Your next visible act"), lines=(Line(said=said),))


PARTS: tuple[Callable[[Scene], Part], ...] = (
    steps, needed, where, could_stop, group, readiness, next_act,
)  # fmt: skip


def _waits(s: Scene, one: Waiting) -> str:
    """ "TRD-2 Title. Waiting 5 working days, due today. Without a decision: …" """
    w = s.w
    title = w("confidential, open it to read") if one.confidential else w.of(one.title)
    said = [f"{one.ref} {title}."]
    said.append(" ".join(part for part in (_age(w, one), _due(w, one, s.digest.on)) if part))
    if one.later is not None:
        said.append(w("Put off until {day}.", day=w.day(one.later)))
    if one.kind == "late":
        said.append(w("It is not yours to settle, and it has waited too long."))
    if one.without:
        said.append(w("Without a decision: {what}", what=one.without))
    return " ".join(part for part in said if part)


def _age(w: Wording, one: Waiting) -> str:
    if not one.waited:
        return ""
    return w.plural("Waiting {n} working day.", "Waiting {n} working days.", one.waited)


def _due(w: Wording, one: Waiting, on: date) -> str:
    if one.due is None:
        return ""
    if one.due == on:
        return w("Due today.")
    return w("Due {day}.", day=w.day(one.due)) if one.due > on else w("It was due {day}.", day=w.day(one.due))


def _open(s: Scene, one: Waiting) -> Do:
    """The existing page or form that settles it."""
    w = s.w
    if one.kind == "action":
        return Do(
            label=w.p("button", "Open"), action=f"record.open:{one.ref}", value=f"{s.project.id}:{one.ref}",
            says=w("Open {ref}", ref=one.ref),
        )  # fmt: skip
    if one.kind == "condition":
        return Do(
            label=w("Answer"), action=f"workshop.conditions:{one.ref}", value=s.project.id,
            says=w("{what}: {ref}", what=w("Answer"), ref=one.ref),
        )  # fmt: skip
    if one.kind == "signature":
        return Do(
            label=w("Sign"), action=f"review.sign:{one.id}", value=f"{s.project.id}:{one.id}",
            says=w("{what}: {ref}", what=w("Sign"), ref=one.ref),
        )  # fmt: skip
    label, action = (w("Read"), "read") if one.kind == "late" else (w("Decide"), "decide")
    says = w("{what}: {question}", what=label, question=one.ref)
    return Do(label=label, action=f"arbitration.{action}:{one.id}", value=one.id, says=says)


def _ways(s: Scene, one: Waiting) -> tuple[Do, ...]:
    """What the sponsor can do at once about something that is theirs to do (journeys D1)."""
    if one.kind != "action":
        return ()
    w, ref, here = s.w, one.ref, f"{s.project.id}:{one.ref}"
    ways: list[tuple[str, str, str]] = [
        (w.p("step", "Done"), f"record.move:finish:{ref}", f"{here}:finish"),
        (w("Delegate"), f"item.pass:{ref}", here),
    ]
    if one.due is not None and one.later is None:
        ways.append((w("Later"), f"item.menu:{ref}", f"{here}:week"))
    return tuple(
        Do(label=label, action=action, value=value, says=w("{what}: {ref}", what=label, ref=ref))
        for label, action, value in ways
    )


def _settled(w: Wording, ref: str, day: date | None) -> str:
    if day is None:
        return w("{ref}: no longer waiting, thank you.", ref=ref)
    return w("{ref}: decided on {day}, thank you.", ref=ref, day=w.day(day))


def _shift(w: Wording, one: Shift) -> str:
    before = w.day(one.before) if one.before else ""
    if one.lot.day is None:
        return w("{lot}: was {before}, has no date any more", lot=one.lot.name, before=before)
    return w("{lot}: moved from {before} to {day}", lot=one.lot.name, before=before, day=w.day(one.lot.day))


def _danger(s: Scene, one: Danger) -> str:
    w, title = s.w, s.w.of(one.title)
    if one.kind == "risk":
        owner = s.names.get(one.owner, "")
        held = w("owned by {name}", name=owner) if owner else w("without an owner")
        return f"{one.ref} {title} ({one.score}), {held}"
    if one.kind == "rule":
        return f"{one.ref} {title}"
    why = w(WHY[one.why])
    if one.kind == "task":
        return w("{ref} {title}: on the critical path, {why}", ref=one.ref, title=title, why=why)
    return w("{ref} {title}: {why}", ref=one.ref, title=title, why=why)


def _group(w: Wording, one: Group) -> str:
    name = w("Pulse") if one.kind == "steps" else w("Worries and trust")
    if one.asked == "open" and one.until is not None:
        said = w("open until {day}", day=w.day(one.until))
        return w("{what}: {question}", what=name, question=said)
    if one.asked != "read":
        said = w("not published: fewer than 5 answers")
        return w("{what}: {question}", what=name, question=said)
    if one.kind == "worries" and one.weight is not None:
        said = w(WEIGHTS[one.weight])
    elif one.step is not None:
        said = w("First to act on: {step}.", step=one.step)
    else:
        said = w("No step stands out as a barrier.")
    went = w(WENT[one.went]) if one.went else ""
    replied = "" if one.replied is None else w(REPLIED[one.replied])
    return " ".join(part for part in (said, went, replied) if part)


def _band(s: Scene, family: int, score: int, moved: Moved | None) -> str:
    """ "Solution: to strengthen (65) ↗ up"."""
    words = s.w.of(s.model.band(score).words)
    said = s.w(
        "{family}: {band} ({score})",
        family=s.model.families[family], band=words[:1].lower() + words[1:], score=score,
    )  # fmt: skip
    icon = figures.BANDS.get(s.model.band(score).code, "")
    return " ".join(part for part in (icon, said, s.w(ARROWS[moved]) if moved else "") if part)
