"""One case as one person reads it: content, project, names, the day. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot import asker, people
from bot.parts import Parts
from bot.words.text import Wording, words
from flows import cadence
from flows.arbitration.life import Standing, standing
from flows.arbitration.model import Case
from flows.arbitration.slider import MIDDLE, Stand, points, stand
from flows.dialogue.model import RESTRICTED_TO, Question
from flows.project import Person, Project
from flows.words import Words
from storage import arbitration
from storage import dialogue as dialogues
from storage import project as projects
from storage.database import Connection

TRADEOFFS = "D13"
ARROW = "↔"  # between the two sides of a slider


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Everything that cards and pages of one case are drawn from."""

    w: Wording
    case: Case
    project: Project
    me: Person  # who reads; in the channel: nobody in particular
    names: Mapping[str, str]
    today: date  # where the project is
    poles: tuple[Words, Words] | None = None  # of a slider: what its first and its second side want
    stand: Stand | None = None  # of a slider whose dialogue has closed: how many stand where

    @property
    def standing(self) -> Standing:
        """How it stands today."""
        return standing(self.case, self.today)

    def name(self, user: str) -> str:
        """A display name."""
        return self.names.get(user, user)

    def concerns(self, user: str) -> bool:
        """Whether it was sent to this person by name: a side, the arbiter, or whoever brought it, or looks
        after it."""
        return user in (*concerned(self.case), keeper(self.case, self.project))

    def readable(self, user: str) -> bool:
        """Those it concerns, and the project; where it is restricted, only the roles that may."""
        roles = self.project.cast.roles_of(user)
        allowed = roles & {*(self.case.seen_by or RESTRICTED_TO)} if self.case.restricted else roles
        return self.concerns(user) or bool(allowed)


def concerned(case: Case) -> tuple[str, ...]:
    """Everybody whose Home says something of it, each once."""
    sides = (one.author for one in case.positions if one.state != "declined")
    return tuple(dict.fromkeys(user for user in (case.asked_by, *sides, *case.deciders) if user))


def keeper(case: Case, project: Project) -> str:
    """Who may take it back: whoever brought it; where nobody did, the facilitator. "": nobody."""
    return case.asked_by or project.cast.holder("facilitator") or project.cast.holder("lead") or ""


def hearing(conn: Connection, parts: Parts, *, workspace: str, id: str, reader: str = "") -> Hearing | None:
    """The case as `reader` ("": the channel) would read it; None when it or its project is gone."""
    case = arbitration.get(conn, workspace=workspace, id=id)
    return None if case is None else of(conn, parts, case, reader)


def of(conn: Connection, parts: Parts, case: Case, reader: str = "") -> Hearing | None:
    """The same, for a case that has been read already."""
    project = projects.get(conn, workspace=case.workspace, id=case.project_id)
    if project is None:
        return None
    also = (*concerned(case), *(step.by for step in case.trail), *(step.to for step in case.trail), reader)
    names = asker.named(conn, project=project, also=[user for user in also if user])
    me = people.several(conn, workspace=case.workspace, users=(reader,))[reader]
    language = people.language(me, project) if reader else project.language
    question = _slider(case.pair, parts)
    return Hearing(
        w=words(language),
        case=scaled(case, parts),
        project=project,
        me=me,
        names=names,
        today=parts.clock.now().astimezone(cadence.zone(project.zone)).date(),
        poles=_poles(question) if question is not None else None,
        stand=_stand(conn, case, reader) if question is not None and case.live else None,
    )


def scaled(case: Case, parts: Parts) -> Case:
    """The case with the five points of its slider, where it is about one of D13."""
    return replace(case, scale=scale(case.pair, parts)) if case.pair else case


def scale(pair: str, parts: Parts) -> dict[str, Words]:
    """The five points of a slider, by key, with the words of its two sides; {} for what content does not
    know."""
    question = _slider(pair, parts)
    if question is None:
        return {}
    labels, poles = {option.value: option.label for option in question.options}, _poles(question)
    return points(poles, labels[MIDDLE]) if poles is not None else labels


def both(pair: str, parts: Parts) -> Words | None:
    """A slider by both its sides, as people quote it; None for what content does not know."""
    question = _slider(pair, parts)
    return question.short if question is not None else None


def _slider(pair: str, parts: Parts) -> Question | None:
    flow = parts.playbook.flows.get(TRADEOFFS)
    return flow.question(pair) if flow is not None and pair else None


def _poles(question: Question) -> tuple[Words, Words] | None:
    """What stands on either side of the arrow in its words."""
    en, fr = question.words.en.split(ARROW), question.words.fr.split(ARROW)
    if len(en) != len(fr) or len(en) != len(("first", "second")):
        return None
    first, second = (Words(a.strip(), b.strip()) for a, b in zip(en, fr, strict=True))
    return first, second


def _stand(conn: Connection, case: Case, reader: str) -> Stand | None:
    """How many have chosen which point; None until the answers may be read, once the dialogue has closed."""
    here = {"workspace": case.workspace, "project_id": case.project_id}
    closed = [run for run in dialogues.runs(conn, **here) if run.flow == TRADEOFFS and run.status == "closed"]
    if not closed:
        return None
    said = dialogues.answers(conn, workspace=case.workspace, dialogue_id=closed[-1].id, roles=None)
    given = {user: answer.value for user, answer in said.get(case.pair, ()) if answer.given}
    return stand(given, reader)
