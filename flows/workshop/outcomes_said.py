"""What becomes of each step in words: read in the script before a workshop, and at the desk during it."""

from collections.abc import Mapping

from flows.words import Words

#: By script and step. A step that is not here leaves nothing but what people take home.
BECOMES: Mapping[str, Words] = {
    "W01.3": Words(
        "Each counterweight kept comes first among the actions, with its owner and date.",
        "Chaque contrepoids retenu vient en tête des actions, avec son porteur et sa date.",
    ),
    "W01.4": Words(
        "Carried: the decision on roles is recorded, and the proposed one on who steers is accepted. "
        "Not carried twice: it goes to the arbiter with both positions.",
        "Adoptée : la décision sur les rôles est enregistrée, et celle, proposée, sur le pilotage est "
        "acceptée. Pas adoptée deux fois : elle va à l’arbitre avec les deux positions.",
    ),
    "W02.4": Words(
        "What is kept becomes the goals of the project; what is not kept stays readable in the minutes.",
        "Ce qui est retenu devient les enjeux du projet ; le reste demeure lisible dans le compte rendu.",
    ),
    "W02.5": Words(
        "Each point becomes an exclusion of the scope.",
        "Chaque point devient une exclusion du périmètre.",
    ),
    "W02.6": Words(
        "Carried: the goals are shared (OBJ09), and two short questions go to everybody (OBJ08, "
        "OBJ11). Reservations become open points.",
        "Adopté : les objectifs sont partagés (OBJ09) et deux questions courtes partent à tous (OBJ08, "
        "OBJ11). Les réserves deviennent des questions ouvertes.",
    ),
    "W03.2": Words(
        "Each line with a gap becomes a gap of the register, agreed by the group.",
        "Chaque ligne qui porte un écart devient un écart du registre, reconnu par le groupe.",
    ),
    "W03.4": Words(
        "The gaps kept are agreed; each needs an owner in the next step.",
        "Les écarts retenus sont reconnus ; chacun aura un porteur à l’étape suivante.",
    ),
    "W03.5": Words(
        "Each gap gets its owner; the risk foreseen enters the register, proposed.",
        "Chaque écart reçoit son porteur ; le risque prévu entre au registre, proposé.",
    ),
    "W03.6": Words(
        "Carried: the picture is the basis of the needs. Not carried: say what is missing, and record it "
        "as an open point.",
        "Adoptée : cette image sert de base aux besoins. Sinon, dites ce qui manque et ouvrez une question.",
    ),
    "W04.4": Words(
        "Each condition chosen becomes an open point of the sponsor, to be answered within five working "
        "days. The rest stays among those who were there.",
        "Chaque condition choisie devient une question ouverte du sponsor, qui y répond sous cinq jours "
        "ouvrés. Le reste demeure entre les présents.",
    ),
    "W05.2": Words(
        "Effect and effort stand on each supporting project, as the group sees them.",
        "L’effet et l’effort figurent sur chaque chantier, tels que le groupe les voit.",
    ),
    "W05.3": Words(
        "Each one needed has an owner and a date, or an open point says that it has not; its task "
        "joins the plan.",
        "Chaque chantier nécessaire a un porteur et une date, sinon une question ouverte le dit ; sa "
        "tâche rejoint le plan.",
    ),
    "W05.4": Words(
        "Carried: the list is decided.",
        "Adoptée : la liste est décidée.",
    ),
    "W06.1": Words(
        "New needs enter the register; what says the same thing is written once.",
        "Les nouveaux besoins entrent au registre ; ce qui dit la même chose s’écrit une fois.",
    ),
    "W06.2": Words(
        "The size of each need is the middle of what people said.",
        "La taille de chaque besoin est la médiane de ce que chacun a dit.",
    ),
    "W06.3": Words(
        "The board is filled in (NEE02). A need on which people are split stays where the group’s "
        "middle is, and is said to be split.",
        "Le tableau est rempli (NEE02). Un besoin qui divise va à la place médiane, et il est dit "
        "qu’il divise.",
    ),
    "W06.5": Words(
        "Each criterion is settled (NEE11 to NEE15). One that is set aside needs its reason in writing.",
        "Chaque critère est tranché (NEE11 à NEE15). Un critère écarté demande sa raison écrite.",
    ),
    "W06.6": Words(
        "The weights are the medians, rescaled to 100 (NEE17).",
        "Les poids sont les médianes, ramenées à 100 (NEE17).",
    ),
    "W06.7": Words(
        "Carried: the board is decided.",
        "Adopté : le tableau est décidé.",
    ),
    "W07.4": Words(
        "The causes kept become proposed risks, to be worked out next.",
        "Les causes retenues deviennent des risques proposés, à préciser ensuite.",
    ),
    "W07.5": Words(
        "Each line becomes a risk (PLA02). From 10 on it needs an owner and a response.",
        "Chaque ligne devient un risque (PLA02). À partir de 10, il faut un porteur et une réponse.",
    ),
    "W07.6": Words(
        "Each line becomes an assumption (PLA03), and the weak ones get a test.",
        "Chaque ligne devient une hypothèse (PLA03), et les plus fragiles ont un test.",
    ),
    "W07.7": Words(
        "Each line becomes a lot (PLA04). One that does not say when it is done gets an open point.",
        "Chaque ligne devient un lot (PLA04). Celui qui ne dit pas quand il est terminé reçoit une "
        "question ouverte.",
    ),
    "W07.8": Words(
        "Each line becomes a task (PLA05); the critical path is worked out from them.",
        "Chaque ligne devient une tâche (PLA05) ; le chemin critique en est calculé.",
    ),
    "W07.9": Words(
        "Carried: lots and order are decided.",
        "Adoptés : les lots et leur ordre sont décidés.",
    ),
    "W08.3": Words(
        "A pair on which people are still split goes to the arbiter; the others need no decision.",
        "Un curseur qui divise encore va à l’arbitre ; les autres ne demandent pas de décision.",
    ),
    "W04.5": Words(
        "The sponsor answers each condition: yes and no become decisions with their reason, "
        "“not yet” keeps the point open.",
        "Le sponsor répond à chaque condition : oui et non deviennent des décisions motivées, "
        "« pas encore » laisse la question ouverte.",
    ),
    "W08.4": Words(
        "The arbiter decides each pair in its own case: position, reason, what we give up, review.",
        "L’arbitre tranche chaque curseur séparément : position, raison, ce que l’on abandonne, date de "
        "revue.",
    ),
    "W09.4": Words(
        "A worry becomes a proposed risk, unsigned; what people learned stands in the minutes.",
        "Une inquiétude devient un risque proposé, non signé ; ce que l’on a appris est au compte rendu.",
    ),
    "W09.5": Words(
        "Each line becomes a proposal to change a need, a criterion or a lot, for the facilitator to "
        "look at with the team.",
        "Chaque ligne devient une proposition de changement (besoin, critère, lot), que l’animateur "
        "examine avec l’équipe.",
    ),
    "W09.6": Words(
        "The grid of the session is filled in (VEN07), with how far people were apart.",
        "La grille de la séance est remplie (VEN07), avec l’écart entre les réponses.",
    ),
    "W10.2": Words(
        "What each writes is their reading of the note (RTE12): it reaches the facilitator unsigned, to be "
        "rated, and stands in no minutes.",
        "Ce que chacun écrit est sa lecture de la note (RTE12) : elle parvient à l’animateur sans signature, "
        "pour être comparée, et n’entre dans aucun compte rendu.",
    ),
    "W10.5": Words(
        "The distribution is kept with the note (RTE11).",
        "La répartition des voix est gardée avec la note (RTE11).",
    ),
    "W10.6": Words(
        "The arbiter confirms the route (RTE08), and the sponsor signs the version in review, or sends it "
        "back (RTE13): each behind its own button.",
        "L’arbitre confirme la voie (RTE08), et le sponsor signe la version en relecture ou la renvoie "
        "(RTE13) : chacun avec son propre bouton.",
    ),
    "W11.2": Words(
        "A function that only gives something up becomes a proposed risk.",
        "Une fonction qui ne fait que céder devient un risque proposé.",
    ),
    "W11.4": Words(
        "The trial that comes first becomes an initiative, with an owner and a date.",
        "L’essai arrivé en tête devient une initiative, avec un porteur et une date.",
    ),
    "W11.5": Words(
        "Carried: the rules are the draft of the charter (CHG05).",
        "Adoptées : les règles sont le projet de charte (CHG05).",
    ),
    "W11.6": Words(
        "The sponsor signs the charter (CHG05), or what is missing becomes an open point.",
        "Le sponsor signe la charte (CHG05), ou ce qui manque devient une question ouverte.",
    ),
    "W12.3": Words(
        "The obstacle that comes first becomes an action with an owner and a date.",
        "L’entrave arrivée en tête devient une action, avec un porteur et une date.",
    ),
    "W12.4": Words(
        "What has not changed yet becomes an open point of the lead.",
        "Ce qui n’a pas encore changé devient une question ouverte du pilote.",
    ),
}
