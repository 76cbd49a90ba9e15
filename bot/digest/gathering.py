"""Reads what a digest of one project is made from (DOC7): nothing restricted, no answer, no activity."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.diagnosis.picture import Reader
from bot.hub import withheld
from bot.parts import Parts
from bot.progress import reading
from bot.waves.opening import ANSWERED_FIRST, reply_owed
from flows import cadence
from flows.arbitration.life import waited
from flows.arbitration.model import Case
from flows.diagnosis.advice import headline
from flows.diagnosis.figures import below
from flows.dialogue.effects import RecordKind
from flows.digest import groups
from flows.digest.dangers import dangers
from flows.digest.facts import Danger, Facts, Group, Kind, Score, Step, Waiting
from flows.project import Project, Role
from flows.register.life import OVER
from flows.register.model import Kept
from flows.words import Words
from storage import arbitration, checkin, diagnosis, register, upkeep
from storage import review as reviews
from storage import wave as waves
from storage import win as wins
from storage.database import Connection

TO_SIGN = Words("Version {n} of the scoping note: to sign", "Version {n} de la note de cadrage : à signer")
KINDS: tuple[RecordKind, ...] = ("action", "issue", "risk", "annex", "task", "lot")
GRAVE = ("blocking", "high")
SPONSOR: frozenset[Role] = frozenset({"sponsor"})
#: The anonymous check-ins of each kind: the worries were asked first with the dialogue on them (D07).
CHECK_INS: dict[Kind, tuple[str, ...]] = {"steps": ("C01",), "worries": ("C02", "D07")}
LATELY = 14  # days for which a visible act that was announced is the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A project, its sponsor, the day where the sponsor is."""

    project: Project
    sponsor: str  # Slack user; "": nobody
    on: date
    private: bool = True  # the sponsor reads it: what they said in their own check-in may stand in it


def about(project: Project, zone: str, now: datetime, *, reader: str = "") -> About:
    """Today, where the sponsor is. `zone`: of the sponsor's profile; it may be empty or unknown. `reader`:
    Slack user; "": the sponsor."""
    on = now.astimezone(cadence.zone(zone, default=project.zone)).date()
    sponsor = project.cast.holder("sponsor") or ""
    return About(project=project, sponsor=sponsor, on=on, private=reader in ("", sponsor))


def gather(conn: Connection, parts: Parts, it: About) -> Facts:
    """The facts of one day. Reads; writes nothing."""
    here = {"workspace": it.project.workspace, "project_id": it.project.id}
    every = register.records(conn, **here, kinds=KINDS, roles=())
    kept = withheld.shown(conn, every, parts=parts, project=it.project)
    mine = [one for one in every if one.kind == "action" and it.sponsor and one.owner == it.sponsor]
    runs = diagnosis.history(conn, workspace=it.project.workspace, project_id=it.project.id, most=1)
    score = Score(
        verdict=runs[0].verdict,
        readiness=runs[0].readiness,
        provisional=below(runs[0].coverage, parts.playbook.diagnosis.limits["provisional"]),
        families={n: family.score for n, family in runs[0].families.items()},
    ) if runs else None  # fmt: skip
    return Facts(
        on=it.on,
        steps=_steps(conn, it),
        waiting=(
            *_cases(conn, it),
            *_signature(conn, it),
            *_conditions(it, every),
            *_actions(conn, it, mine),
        ),
        progress=reading.progress(conn, parts, project=it.project, kept=kept, on=it.on),
        dangers=(*dangers(kept, it.on), *_rules(parts, runs)),
        groups=_groups(conn, parts, it),
        score=score,
        act=_act(conn, it) if it.private else "",
    )


def _act(conn: Connection, it: About) -> str:
    """The next visible act, as the sponsor said it lately (C03c). Theirs alone."""
    found = checkin.answered(conn, workspace=it.project.workspace, project_id=it.project.id, what="C03")
    mine = [one for one in found if one.user == it.sponsor and (it.on - one.day).days <= LATELY]
    said = mine[-1].answers.get("C03c") if mine else None
    return " ".join(str(said or "").split())


def _steps(conn: Connection, it: About) -> tuple[Step, ...]:
    """The newest small wins that the team has read and the sponsor has not thanked for."""
    zone = cadence.zone(it.project.zone)
    found = wins.newest(conn, workspace=it.project.workspace, project_id=it.project.id)
    return tuple(
        Step(
            ref=one.name, told=one.said, function=next(iter(one.functions), ""),
            on=one.found_at.astimezone(zone).date(),
        )
        for one in found
        if one.thanks is None and all(each.consent == "yes" for each in one.people)
    )  # fmt: skip


def _cases(conn: Connection, it: About) -> Iterable[Waiting]:
    """What the sponsor is to settle; and what somebody else has not settled within five working days."""
    project = it.project
    theirs = arbitration.for_arbiter(conn, workspace=project.workspace, user=it.sponsor) if it.sponsor else []
    own = [case for case in theirs if case.project_id == project.id and it.sponsor in case.deciders]
    late = arbitration.for_digest(conn, workspace=project.workspace, project_id=project.id)
    known = {case.id for case in own}
    yield from (_case(case, it.on, "case") for case in own)
    yield from (_case(case, it.on, "late") for case in late if case.id not in known)


def _case(case: Case, on: date, kind: str) -> Waiting:
    return Waiting(
        kind="case" if kind == "case" else "late",
        ref=case.ref,
        id=case.id,
        title=Words.same("") if case.restricted else case.title,
        due=case.due,
        waited=waited(case, on),
        without="" if case.restricted else case.consequence,
        confidential=case.restricted,
    )


def _signature(conn: Connection, it: About) -> Iterable[Waiting]:
    """The version of the note in review, which the sponsor signs or sends back."""
    found = reviews.latest(conn, workspace=it.project.workspace, project_id=it.project.id)
    if found is not None and found.state == "review" and found.sponsor == it.sponsor:
        yield Waiting(
            kind="signature", ref=f"DOC1 v{found.version}", id=str(found.version),
            title=TO_SIGN.fill(n=found.version),
        )  # fmt: skip


def _conditions(it: About, every: Iterable[Kept]) -> Iterable[Waiting]:
    """Conditions of success that people asked for (W04) and the sponsor has not answered."""
    for one in every:
        if one.kind == "issue" and one.fields.get("condition") and one.status not in OVER:
            yield Waiting(
                kind="condition", ref=one.ref, id=one.ref, title=one.title, due=one.due,
                waited=cadence.working_days_between(one.created_at.date(), it.on),
            )  # fmt: skip


def _actions(conn: Connection, it: About, mine: Iterable[Kept]) -> Iterable[Waiting]:
    """What the sponsor is to do. Whether they have put it off is for them alone."""
    kept = upkeep.of_project(conn, workspace=it.project.workspace, project_id=it.project.id)
    for one in mine:
        if one.status not in OVER:
            quiet = kept[one.ref].quiet_until if it.private and one.ref in kept else None
            yield Waiting(
                kind="action", ref=one.ref, id=one.ref, title=one.title, due=one.due,
                waited=cadence.working_days_between(one.created_at.date(), it.on),
                later=quiet if quiet and quiet > it.on else None,
            )  # fmt: skip


def _rules(parts: Parts, runs: list[diagnosis.Run]) -> Iterable[Danger]:
    """Blocking and high rules of the latest run that are for more people than a few roles: what is
    restricted stays inside Slack."""
    model, reader = parts.playbook.diagnosis, Reader(roles=SPONSOR)
    for fired in runs[0].rules if runs else ():
        rule = model.rules.get(fired.id)
        if fired.severity in GRAVE and rule is not None and not rule.seen_by and reader.sees(rule):
            yield Danger(
                kind="rule", ref=fired.id, title=headline(rule.words), why="fired", severity=fired.severity
            )  # fmt: skip


def _groups(conn: Connection, parts: Parts, it: About) -> tuple[Group, ...]:
    """Of each kind of check-in the latest wave: open, too thin, or read beside the one before it."""
    every = waves.of_project(conn, workspace=it.project.workspace, project_id=it.project.id)
    found = []
    for kind, whats in CHECK_INS.items():
        of_kind = [one for one in every if one.what in whats and one.what in parts.playbook.waves]
        if of_kind:
            found.append(_group(conn, parts, it.project, kind, of_kind))
    return tuple(found)


def _group(conn: Connection, parts: Parts, project: Project, kind: Kind, of_kind: list[waves.Wave]) -> Group:
    latest = of_kind[-1]
    if latest.open or latest.outcome != "kept":
        return groups.unread(kind, until=latest.closes_on if latest.open else None)
    alike = [one for one in of_kind[:-1] if bool(one.lots) == bool(latest.lots)]  # users with users
    earlier = [one for one in alike if one.outcome == "kept"][-1:]
    kept = waves.results(conn, workspace=latest.workspace, ids=[one.id for one in (latest, *earlier)])
    now, before = kept[latest.id], kept[earlier[0].id] if earlier else {}
    content = parts.playbook.waves[latest.what]
    if kind == "steps":
        words = {question.id: question.short for question in content.questions}
        found = groups.steps(now, before, content.steps, words)
    else:
        found = groups.worries(latest.what, now, earlier[0].what if earlier else "", before)
    if latest.what not in ANSWERED_FIRST:
        return found
    owed = reply_owed(conn, project=project, what=latest.what)
    return replace(found, replied=not owed)
