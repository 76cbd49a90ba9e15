"""Signing, taking a signature back, remarks and their replies: what each changes, when it is refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flows.signoff.model import SPONSORS, Remark, Review, Signature
from flows.signoff.obstacles import Standing, obstacles
from flows.words import Words

#: Characters that a reason to sign against the verdict has at least (3.6, RTE13).
OVERRIDE = 100
#: Characters that conditions, and a reason to send back, have at least; and the reply to a remark.
REASON, ANSWER = 15, 3

CLOSED = Words(
    "Version {n} is no longer in review: nothing has been changed. Open the latest one.",
    "La version {n} n’est plus en relecture : rien n’a été modifié. Ouvrez la plus récente.",
)
NOT_ASKED = Words(
    "This note is signed by the project team and the sponsor.",
    "Cette note est signée par l’équipe projet et le sponsor.",
)
NOT_THEIRS = Words(
    "The sponsor signs, signs with conditions or sends back; the team carries the note.",
    "Le sponsor signe, signe sous conditions ou renvoie ; l’équipe porte la note.",
)
SAY_CONDITIONS = Words("Write the conditions, in a sentence.", "Écrivez les conditions, en une phrase.")
SAY_WHY = Words(
    "Say why it goes back, so that it can be mended.",
    "Dites pourquoi vous la renvoyez, pour qu’elle puisse être reprise.",
)
OVERRIDE_WHY = Words(
    "The verdict is “No go for now”. To sign all the same, give a reason of at least {least} characters: "
    "it will be printed in the note.",
    "Le verdict est « Feu rouge pour l’instant ». Pour signer quand même, donnez une raison d’au moins "
    "{least} caractères : elle sera imprimée dans la note.",
)
FROZEN = Words(
    "The sponsor has signed: version {n} is frozen, and so are its signatures.",
    "Le sponsor a signé : la version {n} est figée, et ses signatures aussi.",
)
NOT_SIGNED = Words("You have not signed this version.", "Vous n’avez pas signé cette version.")
SAY_REPLY = Words("Say what becomes of this remark.", "Dites ce que devient cette remarque.")
NO_REMARK = Words("This remark is no longer there.", "Cette remarque n’existe plus.")
REPLIED = Words(
    "This remark has its reply already: nothing has been changed.",
    "Cette remarque a déjà sa réponse : rien n’a été modifié.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was changed, and why. `field`: what of the form it is about; "" for all of it."""

    words: Words
    field: str = ""


def sign(review: Review, given: Signature, standing: Standing) -> Review | Refused:
    """The review with this signature. Signing the same way twice changes nothing. The sponsor's freezes the
    version, or sends it back; sending back is possible whatever stands in the way, as long as they are the
    sponsor. A member may still carry what the sponsor has signed."""
    before = review.signature(given.user)
    if before is not None and before.choice == given.choice:
        return review
    refused = _admitted(review, given) or _worded(given, standing)
    if refused is not None:
        return refused
    back = given.choice == "back" and standing.same_sponsor
    free = back or review.state == "signed"  # what is frozen changes no more
    ways = () if free else obstacles(review, standing)
    if ways:
        return Refused(words=ways[0].words)
    kept = tuple(one for one in review.signatures if one.user != given.user)
    signed = replace(given, fingerprint=review.fingerprint)
    state = {"approve": "signed", "conditions": "signed", "back": "back"}.get(given.choice, review.state)
    return replace(review, state=state, signatures=(*kept, signed))  # type: ignore[arg-type]


def withdraw(review: Review, user: str) -> Review | Refused:
    """The review without this person's signature: until the sponsor signs (G4)."""
    if review.signature(user) is None:
        return Refused(words=NOT_SIGNED)
    if review.state != "review":
        return Refused(words=FROZEN.fill(n=review.version))
    return replace(review, signatures=tuple(one for one in review.signatures if one.user != user))


def remark(review: Review, made: Remark) -> Review | Refused:
    """The review with one more remark; the same one twice is one."""
    if review.state != "review":
        return Refused(words=CLOSED.fill(n=review.version))
    if any(one.id == made.id for one in review.remarks):
        return review
    return replace(review, remarks=(*review.remarks, made))


def accept(review: Review, id: str, reply: str = "") -> Review | Refused:
    """The remark is taken over into the text, which is another version."""
    return _replied(review, id, lambda one: replace(one, state="accepted", reply=reply.strip()))


def answer(review: Review, id: str, reply: str, issue: str = "") -> Review | Refused:
    """The remark is answered in words, or has become the open point `issue`."""
    if len(reply.strip()) < ANSWER and not issue:
        return Refused(words=SAY_REPLY, field="reply")
    return _replied(review, id, lambda one: replace(one, state="answered", reply=reply.strip(), issue=issue))


def asked(review: Review, signers: tuple[str, ...]) -> Review:
    """Those who are asked to sign from now on: somebody has joined, or left. What they have signed and said
    stays. A review that is over asks nobody anew."""
    return replace(review, signers=signers) if review.state == "review" else review


def supersede(review: Review) -> Review:
    """A newer version goes into review: this one waits for nobody any more. What is signed stays signed."""
    return replace(review, state="replaced") if review.state == "review" else review


def _admitted(review: Review, given: Signature) -> Refused | None:
    if review.state != "review" and not (review.state == "signed" and given.choice == "carry"):
        return Refused(words=CLOSED.fill(n=review.version))
    if given.user not in review.signers:
        return Refused(words=NOT_ASKED)
    if (given.user == review.sponsor) != (given.choice in SPONSORS):
        return Refused(words=NOT_THEIRS)
    return None


def _worded(given: Signature, standing: Standing) -> Refused | None:
    if given.choice in ("conditions", "back") and len(given.words.strip()) < REASON:
        return Refused(words=SAY_CONDITIONS if given.choice == "conditions" else SAY_WHY, field="words")
    against = standing.verdict_no_go and given.choice == "approve"
    if against and len(given.override.strip()) < OVERRIDE:
        return Refused(words=OVERRIDE_WHY.fill(least=OVERRIDE), field="override")
    return None


def _replied(review: Review, id: str, change: Callable[[Remark], Remark]) -> Review | Refused:
    if review.state != "review":
        return Refused(words=CLOSED.fill(n=review.version))
    found = next((one for one in review.remarks if one.id == id), None)
    if found is None:
        return Refused(words=NO_REMARK)
    if found.state != "open":  # the same form sent twice has replied once
        return review if change(found) == found else Refused(words=REPLIED)
    rows = tuple(change(one) if one.id == id else one for one in review.remarks)
    return replace(review, remarks=rows)
