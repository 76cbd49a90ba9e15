"""What stands in the way of a signature (D15, W10, acceptance point 36), each with what to do about it."""

from dataclasses import dataclass

from flows.signoff.model import Review
from flows.words import Words

#: The share of readings that must agree with the note (R67, the closing of W10), in percent.
ALIKE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the project stands on the day of signing. `support`: whether the vote on the note has passed, or
    the arbiter has decided that it is carried; None before it is held. `with_arbiter`: a second refusal waits
    for the arbiter's word. `alike`: the percentage of readings that agree (RTE12); None before they are
    rated. `changed`: the note says something else today; `hidden`: open points that the version does not
    print; `unwritten`: the version says of itself that it cannot be reviewed, since no goal is written;
    `same_sponsor`: whoever the version went round for is the sponsor still; `unrated`: the readings are in,
    and nobody has rated them; `verdict_no_go`: the verdict is "no go for now"."""

    changed: bool = False
    unwritten: bool = False
    same_sponsor: bool = True
    support: bool | None = None
    with_arbiter: bool = False
    alike: float | None = None
    unrated: bool = False
    verdict_no_go: bool = False
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why nobody can sign yet. `key` names it for the button that helps; `words` say it, with what to do."""

    key: str
    words: Words


CHANGED = Words(
    "What the note says has changed since version {n}: a signature would hide it. "
    "Send a new version for review.",
    "Le contenu de la note a changé depuis la version {n} : une signature le cacherait. "
    "Envoyez une nouvelle version en relecture.",
)
SPONSOR = Words(
    "The sponsor has changed since version {n} went round. Send a new version for review.",
    "Le sponsor a changé depuis l’envoi de la version {n}. Envoyez une nouvelle version en relecture.",
)
HIDDEN = Words(
    "The version does not print {list}, open since then: a signature would hide that. "
    "Send a new version for review.",
    "Ouvert depuis et absent de cette version : {list}. Une signature le cacherait. "
    "Envoyez une nouvelle version en relecture.",
)
UNWRITTEN = Words(
    "Nothing is written about the goals in version {n}: it cannot be reviewed. "
    "Write them, then send a new version for review.",
    "Rien n’est écrit sur les enjeux dans la version {n} : elle ne peut pas être relue. "
    "Écrivez-les, puis envoyez une nouvelle version en relecture.",
)
ACCEPTED = Words(
    "A remark was accepted: the text changes. Amend the note, then send a new version for review.",
    "Une remarque a été acceptée : le texte change. Corrigez la note, puis envoyez une nouvelle version en "
    "relecture.",
)
ONE_REMARK = Words(
    "One remark has no reply yet. Accept it, or answer it.",
    "Une remarque attend une réponse. Acceptez-la, ou répondez.",
)
REMARKS = Words(
    "{n} remarks have no reply yet. Accept them, or answer them.",
    "{n} remarques attendent une réponse. Acceptez-les, ou répondez.",
)
NO_VOTE = Words(
    "The team has not voted on this note yet: hold workshop W10, or its vote.",
    "L’équipe ne s’est pas encore prononcée sur cette note : tenez l’atelier W10, ou son vote.",
)
FAILED = Words(
    "The vote on this note did not pass. Amend it and vote again; a second refusal goes to the arbiter.",
    "Le vote sur cette note n’est pas passé. Corrigez-la et revotez ; un second refus va à l’arbitre.",
)
WITH_ARBITER = Words(
    "Two votes on this note in a row did not pass: the arbiter decides.",
    "Deux votes de suite sur cette note ne sont pas passés : l’arbitre tranche.",
)
NOT_ALIKE = Words(
    "The note is not read the same way by everyone: under {least}% of the readings agree. "
    "Rewrite the goals and the lots, then ask again.",
    "La note n’est pas lue de la même façon par tous : moins de {least} % des lectures concordent. "
    "Réécrivez les enjeux et les lots, puis reposez la question.",
)


UNRATED = Words(
    "What people have read in the note is not rated yet: whoever facilitates rates the readings.",
    "Ce que chacun a compris de la note n’est pas encore évalué : à l’animateur d’évaluer les lectures.",
)


def obstacles(review: Review, standing: Standing) -> tuple[Obstacle, ...]:
    """Everything that stands in the way of a signature, the heaviest first; nothing when it can be signed.
    Gaps are none: those the version prints may be signed (acceptance point 36)."""
    found = []
    if not standing.same_sponsor or review.sponsor not in review.signers:
        found.append(Obstacle(key="sponsor", words=SPONSOR.fill(n=review.version)))
    if standing.unwritten:
        found.append(Obstacle(key="goals", words=UNWRITTEN.fill(n=review.version)))
    if standing.changed:
        found.append(Obstacle(key="changed", words=CHANGED.fill(n=review.version)))
    if standing.hidden:
        found.append(Obstacle(key="hidden", words=HIDDEN.fill(list=", ".join(standing.hidden))))
    if open_ := len(review.waiting):
        found.append(Obstacle(key="remarks", words=ONE_REMARK if open_ == 1 else REMARKS.fill(n=open_)))
    if any(one.state == "accepted" for one in review.remarks):
        found.append(Obstacle(key="accepted", words=ACCEPTED))
    if not standing.support:
        failed = WITH_ARBITER if standing.with_arbiter else FAILED
        found.append(Obstacle(key="vote", words=NO_VOTE if standing.support is None else failed))
    if standing.unrated:
        found.append(Obstacle(key="unrated", words=UNRATED))
    if standing.alike is not None and standing.alike < ALIKE:
        found.append(Obstacle(key="alike", words=NOT_ALIKE.fill(least=ALIKE)))
    return tuple(found)
