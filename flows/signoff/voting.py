"""The vote on a version of the note (RTE11): hidden until it is counted; then only its spread remains."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from flows.project import FRONT_OFFICE, Cast
from flows.signoff.model import Review, Tally, View, Vote
from flows.signoff.signing import CLOSED, Refused
from flows.words import Words
from flows.workshop.fist import POINTS, SUPPORTS
from flows.workshop.quorum import Quorum

#: The longest minority view, in characters.
LONGEST = 300

NOT_ASKED = Words(
    "The project team and the sponsor vote on this note.",
    "L’équipe projet et le sponsor votent sur cette note.",
)
COUNTED = Words(
    "The votes on version {n} are counted already: yours could no longer change anything.",
    "Le vote sur la version {n} est déjà dépouillé : votre voix n’y changerait plus rien.",
)
CHOOSE = Words("Choose a point from 0 to 5.", "Choisissez un point de 0 à 5.")
NOBODY = Words("Nobody has voted yet.", "Personne n’a encore voté.")
TOO_FEW = Words(
    "The votes are not counted yet: it takes the votes of {needed} of the {team} people of the team, and {n} "
    "of them are in. Voting stays open.",
    "Le vote n’est pas encore dépouillé : il y faut {needed} voix de l’équipe sur {team}, et il y en a {n}. "
    "Le vote reste ouvert.",
)
NOT_ALL_SIDES = Words(
    "The votes are not counted yet: it takes one vote of each front-office function of the team, and the "
    "arbiter’s where they vote. Voting stays open.",
    "Le vote n’est pas encore dépouillé : il y faut une voix de chaque fonction de front-office de l’équipe, "
    "et celle de l’arbitre s’il vote. Le vote reste ouvert.",
)


def cast(review: Review, voters: tuple[str, ...], vote: Vote) -> Vote | Refused:
    """The vote as it is kept until it is counted, in place of this person's earlier one; or why not. Words
    are kept of those below 3 only: they say what would bring them there."""
    if review.state != "review":
        return Refused(words=CLOSED.fill(n=review.version))
    if vote.user not in voters:
        return Refused(words=NOT_ASKED)
    if review.tally is not None:
        return Refused(words=COUNTED.fill(n=review.version))
    if vote.points not in POINTS:
        return Refused(words=CHOOSE, field="points")
    words = vote.words.strip()[:LONGEST] if vote.points < SUPPORTS else ""
    return replace(vote, words=words, signed=vote.signed and bool(words))


def quorum(
    cast: Cast, voters: Collection[str], voted: Collection[str], settles: Collection[str] = ()
) -> Quorum:
    """Who has voted, as a head count (4.1). `settles`: the arbiter, and who stands in for them; not missed
    where none of them has a vote on the note."""
    team = [user for user in cast.people("team") if user in voters]
    arbiters = [user for user in settles if user in voters]
    known = {user: cast.function_of(user) for user in team}
    return Quorum(
        here=sum(user in voted for user in team),
        team=len(team),
        functions={
            function: any(known[user] == function for user in team if user in voted)
            for function in FRONT_OFFICE
            if function in known.values()
        },
        arbiter=any(user in voted for user in arbiters) if arbiters else None,
    )


def lacking(found: Quorum) -> Words | None:
    """Why the votes cannot be counted yet, in counts; None once there are enough. Says of nobody whether they
    have voted."""
    if found.team and not found.enough:
        return TOO_FEW.fill(n=found.here, needed=found.needed, team=found.team)
    return None if found.reached or not found.team else NOT_ALL_SIDES


def counted(
    votes: tuple[Vote, ...], voters: tuple[str, ...], *, at: datetime, second: bool = False
) -> Tally | Refused:
    """The votes of those who may vote, as a distribution without names. Views stand in an order that says
    nothing of who wrote them."""
    valid = [vote for vote in votes if vote.user in voters]
    if not valid:
        return Refused(words=NOBODY)
    counts = {str(point): sum(vote.points == point for vote in valid) for point in POINTS}
    views = {View(words=vote.words, user=vote.user if vote.signed else "") for vote in valid if vote.words}
    return Tally(
        counts=counts, voters=len(voters), at=at, second=second,
        views=tuple(sorted(views, key=lambda view: (view.words, view.user))),
    )  # fmt: skip


def tallied(review: Review, tally: Tally) -> Review | Refused:
    """The version with how the vote on it was spread; that of the workshop takes the place of an earlier."""
    if review.state != "review":
        return Refused(words=CLOSED.fill(n=review.version))
    if review.tally is not None and tally.where != "W10":
        return Refused(words=COUNTED.fill(n=review.version))
    return replace(review, tally=tally)
