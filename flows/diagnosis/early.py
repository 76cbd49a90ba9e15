"""Evidence from answers alone, before waves and records: for the first look and the note's conditions."""

from collections.abc import Mapping
from datetime import date

from flows.diagnosis.evidence import Evidence, Form, Respondent
from flows.dialogue.model import Answer
from flows.project import Cast

#: No rule that reads the day can fire before the phase of scoping has begun.
NO_DAY = date.min


def early(answers: Mapping[str, Answer], cast: Cast) -> Evidence:
    """The evidence of forms by question id (exits included), and of who is in the team."""
    forms = {
        id: Form(value=answer.value if answer.given else None, unknown=answer.exit == "unknown")
        for id, answer in answers.items()
    }
    return Evidence(today=NO_DAY, people=respondents(cast), forms=forms)


def respondents(cast: Cast) -> tuple[Respondent, ...]:
    """`team_all` of a project. A sponsor who also leads is the sponsor."""
    sponsor, lead = cast.holder("sponsor"), cast.holder("lead")
    return tuple(
        Respondent(
            user=user,
            role="sponsor" if user == sponsor else "lead" if user == lead else "member",
            function=cast.function_of(user),
        )
        for user in cast.people("team_all")
    )
