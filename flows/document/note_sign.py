"""Section N25 of the scoping note: how it is supported, how it is read, what was said of it, who signs it."""

from collections.abc import Mapping
from datetime import datetime

from flows.alignment import rated, share
from flows.arbitration.model import Outcome
from flows.cadence import zone
from flows.dates import long_date
from flows.diagnosis.evidence import Alignment
from flows.dialogue.effects import PREFIX
from flows.document.blocks import answer, spread
from flows.document.facts import NoteFacts
from flows.document.missing import Find, missing
from flows.document.model import NAMED, SIGN_OFF, Block, Bullets, Missing, Paragraph, Section, Table, typed
from flows.signoff.model import Choice, Remark, Review, Signature, Tally, View
from flows.words import Words

TITLE = Words("Sign-off", "Validation")
NOT_SIGNED = Words("⚠ Not signed.", "⚠ Non signée.")
NOT_YET = Words("⚠ The sponsor has not signed this version.", "⚠ Le sponsor n’a pas signé cette version.")
NO_VOTE = Words("⚠ No vote on this version yet.", "⚠ Pas encore de vote sur cette version.")
EARLIER = Words(
    "Version {n} stays the signed one until this one is signed; signatures do not carry over.",
    "La version {n} reste la version signée tant que celle-ci ne l’est pas ; les signatures ne se reportent "
    "pas.",
)
READ_ALIKE = Words(
    "{share}% of {n} readings agree with the note.",
    "Lectures qui concordent avec la note : {share} % (sur {n}).",
)
ALIKE_ENDED = Words(
    "{share}% of the readings agreed with the note when its review ended.",
    "{share} % des lectures concordaient avec la note à la fin de sa relecture.",
)
ALIKE_THEN = Words(
    "{share}% of the readings agreed with the note when it was signed.",
    "{share} % des lectures concordaient avec la note à la signature.",
)
READ = Words("Read alike", "Lecture commune")
SUPPORT = Words("Support for the note", "Soutien à la note")
PASSED = Words(
    "{n} of {total} at 3 or more, nobody at 0 or 1: carried.",
    "{n} sur {total} à 3 ou plus, personne à 0 ou 1 : adoptée.",
)
NOT_PASSED = Words("{n} of {total} at 3 or more: not carried.", "{n} sur {total} à 3 ou plus : non adoptée.")
BY_ARBITER = Words("Decision of the arbiter", "Décision de l’arbitre")
SETTLED = Words(
    "{ref}. {choice}. Because: {reason} We accept to lose: {loss}",
    "{ref}. {choice}. Parce que : {reason} Nous acceptons de perdre : {loss}",
)
VOTED = Words("{voted} of {voters} who could vote have voted.", "Ont voté : {voted} sur {voters}.")
SPREAD = Words("{point} of 5: {n}", "{point} sur 5 : {n}")
FROZEN = Words("{version} · signed by the sponsor on {day}", "{version} · signée par le sponsor le {day}")
VIEWS = Words("Minority views, in their words", "Avis minoritaires, dans leurs mots")
SIGNED_VIEW = Words("“{words}” — {name}", "« {words} » — {name}")
UNSIGNED_VIEW = Words("“{words}”", "« {words} »")
REMARKS = Words("Remarks and replies", "Remarques et réponses")
OPEN = Words("⚠ no reply yet", "⚠ pas encore de réponse")
SIGNATURES = Words("Signatures", "Signatures")
MARK = Words("Fingerprint of this version", "Empreinte de cette version")
CONDITIONS = Words("Conditions of the sponsor", "Conditions du sponsor")
OVERRIDE = Words("Signed against the verdict, because", "Signée malgré le feu rouge, parce que")
ROLES: Mapping[str, Words] = {
    "sponsor": Words("Sponsor", "Sponsor"),
    "arbiter": Words("Arbiter", "Arbitre"),
    "lead": Words("Project lead", "Pilote du projet"),
    "team": Words("Project team member", "Membre de l’équipe projet"),
}
CHOICES: Mapping[Choice, Words] = {
    "carry": Words("has read it and can carry it", "l’a lue et peut la porter"),
    "approve": Words("signs", "signe"),
    "conditions": Words("signs with conditions", "signe sous conditions"),
    "back": Words("sends it back", "la renvoie"),
}


def sign_off(find: Find, facts: NoteFacts) -> Section:
    """N25 of a version that is being made: nobody has voted on it or signed it. Where no version went round
    yet, what D15 knows. The readings themselves (RTE12) are not in it."""
    decision = find("RTE13")
    if facts.signed is not None or facts.review is not None:
        before = EARLIER.fill(n=facts.signed) if facts.signed is not None else None
        blocks: tuple[Block, ...] = (Missing(words=NOT_SIGNED, question="RTE13"),)
        signed_before = (Paragraph(words=before),) if before is not None else ()
        return Section(id=SIGN_OFF, title=TITLE, blocks=(*blocks, *signed_before))
    return Section(
        id=SIGN_OFF,
        title=TITLE,
        blocks=(
            spread(find("RTE11")),
            *_alike(facts.alignment),
            *_against(find),
            *(
                (answer(decision),)
                if decision.given
                else (Missing(words=NOT_SIGNED, question="RTE13"), missing(decision))
            ),
        ),
    )


def signed_off(
    review: Review, *, alignment: Alignment | None, where: str, settled: Outcome | None = None
) -> Section:
    """N25 of a version that went round, as it stands: the vote, minority views, readings, remarks with their
    replies, signatures, and the fingerprint of what is signed. People by their ids. `where`: time zone.
    `settled`: what the arbiter has decided of a version that was refused twice."""
    return Section(
        id=SIGN_OFF,
        title=TITLE,
        blocks=(
            *_vote(review.tally),
            *((_settled(settled),) if settled is not None else ()),
            *(_alike(alignment) if review.state == "review" else _alike_then(review)),
            *_remarks(review.remarks),
            *_signatures(review, where),
            Paragraph(words=Words.same(review.fingerprint), label=MARK),
        ),
    )


def _alike(counts: Alignment | None) -> tuple[Block, ...]:
    found = share(counts) if counts is not None else None
    if counts is None or found is None:
        return ()
    return (Paragraph(words=READ_ALIKE.fill(share=int(found + 0.5), n=rated(counts)), label=READ),)


def _alike_then(review: Review) -> tuple[Block, ...]:
    """The readings as they were when the review ended; those of today say nothing of this version."""
    if review.alike is None:
        return ()
    words = ALIKE_THEN if review.state == "signed" else ALIKE_ENDED
    return (Paragraph(words=words.fill(share=int(review.alike + 0.5)), label=READ),)


def _against(find: Find) -> tuple[Block, ...]:
    """Why the sponsor goes on against the verdict, where they do."""
    reason = find("RTE13a")
    return (answer(reason),) if reason.given else ()


def _vote(tally: Tally | None) -> tuple[Block, ...]:
    """How the vote was spread (RTE11), without names; what those said who could not follow."""
    if tally is None:
        return (Missing(words=NO_VOTE, question="RTE11"),)
    said = (PASSED if tally.passed else NOT_PASSED).fill(n=tally.supporting, total=tally.n)
    points = [SPREAD.fill(point=point, n=n) for point, n in sorted(tally.counts.items()) if n]
    spread_ = Words(" · ".join(one.en for one in points), " · ".join(one.fr for one in points))
    voted = VOTED.fill(voted=tally.n, voters=tally.voters)
    views = tuple(_view(one) for one in tally.views)
    return (
        Bullets(items=(said, voted, spread_), label=SUPPORT),
        *((Bullets(items=views, label=VIEWS),) if views else ()),
    )


def _settled(made: Outcome) -> Block:
    """The word of the arbiter, with why and what is given up (4.1)."""
    said = SETTLED.fill(
        ref=f"{PREFIX['decision']}-{made.decision}", choice=typed(made.words), reason=typed(made.reason),
        loss=typed(made.loss),
    )  # fmt: skip
    return Paragraph(words=said, label=BY_ARBITER)


def _view(view: View) -> Words:
    if view.user:
        return SIGNED_VIEW.fill(words=typed(view.words), name=_name(view.user))
    return UNSIGNED_VIEW.fill(words=typed(view.words))


def _remarks(remarks: tuple[Remark, ...]) -> tuple[Block, ...]:
    if not remarks:
        return ()
    head = (
        Words("Section", "Section"), Words("By", "De"), Words("Remark", "Remarque"), Words("Reply", "Réponse")
    )  # fmt: skip
    rows = tuple(
        (Words.same(one.section), Words.same(_name(one.author)), Words.same(one.words), _reply(one))
        for one in sorted(remarks, key=lambda one: (one.section, one.at, one.id))
    )
    return (Table(label=REMARKS, head=head, rows=rows),)


ACCEPTED, ANSWERED = Words("Accepted. {reply}", "Acceptée. {reply}"), Words("{reply}", "{reply}")
BECAME = Words("Open point {ref}. {reply}", "Question ouverte {ref}. {reply}")


def _reply(one: Remark) -> Words:
    if one.state == "open":
        return OPEN
    words = BECAME.fill(ref=one.issue) if one.issue else ACCEPTED if one.state == "accepted" else ANSWERED
    said = words.fill(reply=typed(one.reply))
    return Words(said.en.strip(), said.fr.strip())


def _signatures(review: Review, where: str) -> tuple[Block, ...]:
    """Who, in which role, how and when; the conditions and the reason to go against the verdict."""
    given = sorted(review.signatures, key=lambda one: (one.user != review.sponsor, one.at, one.user))
    head = (Words("Name", "Nom"), Words("Role", "Rôle"), Words("Signature", "Signature"), Words("On", "Le"))
    rows = tuple(
        (
            Words.same(_name(one.user)),
            ROLES.get(one.role, ROLES["team"]),
            CHOICES[one.choice],
            _at(one.at, where),
        )
        for one in given
    )
    table = (Table(label=SIGNATURES, head=head, rows=rows),) if rows else ()
    unsigned = (Missing(words=NOT_YET, question="RTE13"),) if review.state != "signed" else ()
    return (*table, *unsigned, *(block for one in given for block in _why(one)))


def _why(given: Signature) -> tuple[Block, ...]:
    label = CONDITIONS if given.choice == "conditions" else CHOICES[given.choice]
    words = (Paragraph(words=Words.same(given.words), label=label),) if given.words else ()
    return (
        *words,
        *((Paragraph(words=Words.same(given.override), label=OVERRIDE),) if given.override else ()),
    )


def _name(user: str) -> str:
    """Somebody by id: the name of today is put in when the note is read."""
    return f"{NAMED[0]}{user}{NAMED[1]}"


def _at(moment: datetime, where: str) -> Words:
    local = moment.astimezone(zone(where))
    day = long_date(local.date())
    return Words(f"{day.en}, {local:%H:%M}", f"{day.fr}, {local.hour} h {local.minute:02}")
