"""What stands under the pictures of workshops, and what people write in them, in both languages."""

from typing import NamedTuple

#: Pictures that are taken of a desktop too.
DESKTOP = frozenset({"fist", "desk", "grid"})
CAPTIONS = {
    "workshop-prepare": "Preparing a workshop: what is there, what is missing, who is invited",
    "workshop-invited": "The private invitation to a workshop",
    "workshop-talk": "A step in which people talk: one card for everybody",
    "workshop-cards": "Reading a card together, and writing what one thinks of it",
    "workshop-desk": "The facilitator’s desk: where it stands, what to say, what can be done now",
    "workshop-agenda": "Agenda and rules, for everybody",
    "workshop-dots": "Dots: the form of a secret vote",
    "workshop-dots-result": "Dots, revealed: what is above the line is kept, a tie is run off",
    "workshop-run-off": "The run-off between what is tied",
    "workshop-fist": "A support vote from 0 to 5, secret until the reveal",
    "workshop-amendment": "Not carried yet: what each point means, why, and what would bring people to 3",
    "workshop-carried": "The second vote, on the amended text",
    "workshop-parking": "A point is put aside: it becomes an open point",
    "workshop-close": "Closing: what is on record is read back, corrected on the spot, and the hour scored",
    "workshop-show": "Showing answers side by side",
    "workshop-pairs": "Writing two by two, privately",
    "workshop-cluster": "Alike ideas put together at the desk before they are voted on",
    "workshop-rows": "Lines that are filled together",
    "workshop-moscow": "Placing needs: a hidden proposal of each",
    "workshop-moscow-result": "The board that comes of it",
    "workshop-criteria": "The five criteria: a vote with a reason",
    "workshop-points": "A hundred points to share",
    "workshop-grid-form": "Effect and effort of each",
    "workshop-grid": "The grid of effect and effort, with its picture",
    "workshop-round": "One cause each, in turn",
    "workshop-sliders": "Sliders between two good things",
    "workshop-sliders-result": "Where people agree, where they differ",
    "workshop-decide": "The arbiter decides, with a reason",
    "workshop-read": "Reading in silence",
}


class Words(NamedTuple):
    """What people write, in one language."""

    cards: tuple[str, str]
    to_three: str
    parked: str
    goals: tuple[str, str, str]
    needs: tuple[str, str, str]
    causes: tuple[str, str, str]


EN = Words(
    cards=("It will see figures and deadlines well", "It might not see what a technician lives on site"),
    to_three="Say what sales decides alone, and what it does not",
    parked="Who talks to customers during the changeover?",
    goals=(
        "Customers tell their story once",
        "Every customer tells the story only once",
        "No visit without history",
    ),
    needs=(
        "See every call before a visit | nobody has to phone around",
        "One address per customer | invoices arrive",
        "Find a quote in a minute | the customer does not wait",
    ),
    causes=(
        "Nobody had time to enter anything",
        "Two lists of contacts lived on",
        "The regions were told last",
    ),
)
FR = Words(
    cards=("Ce profil verra bien les chiffres et les délais", "Il pourrait ne pas voir le terrain"),
    to_three="Dire ce que la vente décide seule, et ce qu’elle ne décide pas",
    parked="Qui parle aux clients pendant la bascule ?",
    goals=(
        "Le client ne raconte son histoire qu’une fois", "Chaque client ne raconte son histoire qu’une fois",
        "Aucune visite sans historique",
    ),
    needs=(
        "Voir tous les appels avant une visite | ne pas appeler tout le monde",
        "Une seule adresse par client | les factures arrivent",
        "Retrouver un devis en une minute | le client n’attend pas",
    ),
    causes=(
        "Personne n’avait le temps de saisir", "Deux listes de contacts ont survécu",
        "Les agences ont été prévenues en dernier",
    ),
)  # fmt: skip


def words(language: str) -> Words:
    """What people write, in this language."""
    return FR if language == "fr" else EN
