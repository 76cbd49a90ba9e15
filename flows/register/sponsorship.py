"""What sponsorship (D03) records: the commitment, the gestures, whose project it is."""

from flows.dialogue.effects import Draft
from flows.dialogue.who import holder, owner
from flows.register.said import Said, Setting, decided, decision
from flows.words import Words


def official(said: Said) -> tuple[Draft | Setting, ...]:
    """SPO01: a decision when the commitment is written, announced or not."""
    if said.value not in ("announced", "written"):
        return ()
    title = Words("The sponsor’s commitment: {state}", "L’engagement du sponsor : {state}")
    return (decision(said, title.fill(state=said.label(said.value)), "accepted"),)


def commitments(said: Said) -> tuple[Draft | Setting, ...]:
    """SPO03: what the sponsor will do in person, followed privately in C03."""
    return tuple(
        Draft(kind="commitment", item=value, title=said.label(value), owner=said.dialogue.person)
        for value in said.value or ()
    )


def belongs_to(said: Said) -> tuple[Draft | Setting, ...]:
    """SPO05, put to sponsor and lead: when they differ the lower score counts and an issue opens for
    the arbiter; when one only has answered, that answer stands (3.1, 3.4)."""
    given = dict(said.dialogue.facts.get("SPO05", {}))
    scores = {option.value: option.score or 0.0 for option in said.question.options}
    answers = sorted((value for value in given.values() if value in scores), key=lambda v: (scores[v], v))
    if not answers:
        return ()
    lowest = answers[0]
    title = Words("Who the project belongs to: {who}", "À qui appartient le projet : {who}")
    agreed = len(answers) > 1 and len(set(answers)) == 1
    # Sponsor and lead decide it together: both have said the same, or nothing is decided yet.
    sponsor = holder(said.dialogue, "sponsor")
    together = decided(said, sponsor if sponsor in given else said.dialogue.person, "consensus")
    draft = Draft(
        kind="decision", item="SPO05", title=title.fill(who=said.label(lowest)),
        status="accepted" if agreed else "proposed",
        fields={"choice": lowest, "date": said.today.isoformat(), **together},
    )  # fmt: skip
    if len(set(answers)) == 1:
        return (draft,)
    differ = Words(
        "Sponsor and lead do not say the same thing: who does this project belong to?",
        "Sponsor et pilote ne répondent pas la même chose : à qui appartient ce projet ?",
    )
    issue = Draft(
        kind="issue", item="SPO05-differ", title=differ, owner=owner(said.dialogue, "arbiter"), due=said.due,
        fields={"family": 2, "blocking": False},
    )  # fmt: skip
    return (draft, issue)
