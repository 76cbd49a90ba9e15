"""Section N25 of the scoping note: how it is supported, how it is read, whether it is signed."""

from flows.alignment import rated, share
from flows.document.blocks import answer, spread
from flows.document.facts import NoteFacts
from flows.document.missing import Find, missing
from flows.document.model import Block, Missing, Paragraph, Section
from flows.words import Words

NOT_SIGNED = Words("⚠ Not signed.", "⚠ Non signée.")
READ_ALIKE = Words(
    "{share}% of {n} readings agree with the note.", "{share} % de {n} lectures concordent avec la note."
)


def sign_off(find: Find, facts: NoteFacts) -> Section:
    """N25. The readings themselves (RTE12) are not in it."""
    decision = find("RTE13")
    return Section(
        id="N25",
        title=Words("Sign-off", "Validation"),
        blocks=(
            spread(find("RTE11")),
            *_alike(facts),
            *_against(find),
            *(
                (answer(decision),)
                if decision.given
                else (Missing(words=NOT_SIGNED, question="RTE13"), missing(decision))
            ),
        ),
    )


def _alike(facts: NoteFacts) -> tuple[Block, ...]:
    counts = facts.alignment
    found = share(counts) if counts is not None else None
    if counts is None or found is None:
        return ()
    said = READ_ALIKE.fill(share=int(found + 0.5), n=rated(counts))
    return (Paragraph(words=said, label=Words("Read alike", "Lue de la même façon")),)


def _against(find: Find) -> tuple[Block, ...]:
    """Why the sponsor goes on against the verdict, where they do."""
    reason = find("RTE13a")
    return (answer(reason),) if reason.given else ()
