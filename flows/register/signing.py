"""What route, review and signature (D15) record."""

from flows.dialogue.effects import Draft
from flows.dialogue.predicates import NO_GO
from flows.dialogue.who import holder
from flows.register.said import Said, Setting, decision, in_title, issue
from flows.words import Words

APPROACH = 4
SIGNED = {
    "approve": Words("The sponsor signs the scoping note", "Le sponsor signe la note de cadrage"),
    "conditions": Words(
        "The sponsor signs the scoping note with conditions",
        "Le sponsor signe la note de cadrage sous conditions",
    ),
    "back": Words("The sponsor sends the scoping note back", "Le sponsor renvoie la note de cadrage"),
}


def route(said: Said) -> tuple[Draft | Setting, ...]:
    """RTE08: the route, proposed until the arbiter confirms it by answering."""
    if said.value is None:
        return ()
    arbiter = holder(said.dialogue, "arbiter")
    answer = said.dialogue.answers.get(said.question.id)
    confirmed = answer is not None and answer.author == arbiter
    title = Words("Route: {route}", "Voie retenue : {route}").fill(route=said.label(said.value))
    status = "accepted" if confirmed else "proposed"
    return (decision(said, title, status, by=arbiter, reason=said.follow("a")),)


def remark(said: Said) -> tuple[Draft | Setting, ...]:
    """RTE10: a remark on the note, which gets an answer before the review closes (W10)."""
    if said.value is None:
        return ()
    title = Words("Remark on the note: {text}", "Remarque sur la note : {text}")
    fields = {"detail": said.value, "by": said.dialogue.person}
    return (issue(said, "remark", title.fill(text=in_title(said.value)), "lead", family=APPROACH, **fields),)


def signature(said: Said) -> tuple[Draft | Setting, ...]:
    """RTE13: the sponsor's decision. Against the verdict it holds only with its reason."""
    if said.value is None:
        return ()
    reason = said.follow("a")
    against = said.value == "approve" and said.dialogue.facts.get("verdict") == NO_GO
    if against and reason is None:
        return ()
    more = {"override_reason": reason} if against else {}
    return (decision(said, SIGNED[said.value], "accepted", **more),)
