"""The vote on a version of the note (RTE11): hidden until it is counted; then only its spread remains."""

from dataclasses import replace
from datetime import datetime

from flows.signoff.model import Review, Tally, View, Vote
from flows.signoff.signing import CLOSED, Refused
from flows.words import Words
from flows.workshop.fist import POINTS, SUPPORTS

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
