"""What the set-up (D01) records: project facts, roles, team, risks, counterweights, groups."""

from collections.abc import Mapping
from typing import Literal

from flows.dialogue.effects import Assign, Draft, SetProject, Team
from flows.dialogue.model import NOBODY
from flows.dialogue.who import holder, owner
from flows.project import CHAIN, Cast, Member, Role
from flows.register.said import Recording, Said, Setting, decision, in_title
from flows.words import Words


def project(field: Literal["name", "start", "language"]) -> Recording:
    """SET01, SET18, SET20: a fact of the project itself."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        return () if said.value is None else (SetProject(field=field, value=said.value),)

    return record


def role(role: Role) -> Recording:
    """SET10 to SET12, SET16: who holds a role. Somebody outside the workspace holds none in Slack."""

    def record(said: Said) -> tuple[Draft | Setting, ...]:
        user = said.value
        inside = isinstance(user, str) and user != NOBODY and " " not in user and "@" not in user
        return (Assign(role=role, user=user if inside else None),)

    return record


def team(said: Said) -> tuple[Draft | Setting, ...]:
    """SET13: the team, and an issue for each function of the customer's path nobody holds. While
    functions are still being filled in, no issue: it would be closed a screen later."""
    if said.value is None:
        return ()
    members = tuple(
        Member(user=r["person"], function=r.get("function"), daci=r.get("daci"), hours=r.get("hours"))
        for r in said.value
    )
    if any(member.function is None for member in members):
        return (Team(members=members),)
    roles: tuple[Role, ...] = ("lead", "sponsor", "arbiter", "coach", "facilitator", "expert")
    holders = {role: user for role in roles if (user := holder(said.dialogue, role))}
    cast = Cast(holders=holders, members=members)
    inside = set(cast.people("team"))
    held = {member.function for member in members if member.user in inside}
    names = {
        "marketing": Words("marketing", "le marketing"), "sales": Words("sales", "la vente"),
        "service": Words("after-sales", "l’après-vente"), "it": Words("IT", "l’informatique"),
    }  # fmt: skip
    title = Words("Nobody in the team speaks for {function}", "Personne dans l’équipe pour {function}")
    missing = (
        Draft(
            kind="issue", item=f"function-{function}", title=title.fill(function=names[function]),
            owner=owner(said.dialogue, "lead"), due=said.due, fields={"family": 4, "blocking": False},
        )
        for function in CHAIN if function not in held
    )  # fmt: skip
    return (Team(members=members), *missing)


#: Causes of last time's disappointment (SET03) and the family of the risk each one is. The
#: product itself is not a risk of this time.
CAUSES: Mapping[str, int] = {"org": 2, "human": 3, "approach": 4}


def risks_of_last_time(said: Said) -> tuple[Draft | Setting, ...]:
    """SET03: a risk for each cause of last time other than the product."""
    title = Words("As last time: {cause}", "Comme la dernière fois : {cause}")
    return tuple(
        Draft(
            kind="risk", item=cause, title=title.fill(cause=said.label(cause)),
            fields={"family": family, "likelihood": 3, "impact": 3, "score": 9},
        )
        for cause, family in CAUSES.items() if cause in (said.value or ())
    )  # fmt: skip


def who_steers(said: Said) -> tuple[Draft | Setting, ...]:
    """SET08: proposed until the kick-off W01 accepts it."""
    if said.value in (None, "undecided"):
        return ()
    title = Words("Who steers: {who}", "Qui pilote : {who}").fill(who=said.label(said.value))
    return (decision(said, title, "proposed", method="facilitator form"),)


def missing_counterweights(said: Said) -> tuple[Draft | Setting, ...]:
    """SET09: one action for the sponsor per counterweight that is not in place."""
    if said.value is None:
        return ()
    title = Words("Put in place: {what}", "Mettre en place : {what}")
    return tuple(
        Draft(
            kind="action", item=option.value, title=title.fill(what=_inside(option.label)),
            owner=owner(said.dialogue, "sponsor"), due=said.due,
        )
        for option in said.question.options if option.value != "none" and option.value not in said.value
    )  # fmt: skip


def _inside(label: Words) -> Words:
    """A label as it stands inside a sentence: without its capital."""
    return Words(en=label.en[:1].lower() + label.en[1:], fr=label.fr[:1].lower() + label.fr[1:])


#: How a group outside the team is treated (SET21), by power and interest.
HIGH = 4


def treatment(power: int, interest: int) -> str:
    """closely, meet (the sponsor meets them), inform or watch."""
    if power >= HIGH:
        return "closely" if interest >= HIGH else "meet"
    return "inform" if interest >= HIGH else "watch"


def stakeholders(said: Said) -> tuple[Draft | Setting, ...]:
    """SET21, restricted: one group a line, and an issue for a powerful group without a contact."""
    drafts: list[Draft] = []
    title = Words("Name a contact for: {group}", "Désigner un contact pour : {group}")
    for row in said.value or ():
        how = treatment(row["power"], row["interest"])
        fields = {k: row.get(k) for k in ("group", "power", "interest", "need", "by")}
        drafts.append(
            Draft(
                kind="stakeholder", item=row["id"], title=in_title(row["group"]), owner=row.get("by"),
                restricted=True, fields={**fields, "treatment": how},
            )
        )  # fmt: skip
        if row["power"] >= HIGH and not row.get("by"):
            drafts.append(
                Draft(
                    kind="issue", item=f"contact-{row['id']}", title=title.fill(group=in_title(row["group"])),
                    owner=owner(said.dialogue, "lead"), due=said.due, restricted=True,
                    fields={"family": 4, "blocking": False},
                )
            )  # fmt: skip
    return tuple(drafts)
