"""What documents for vendors ask when nothing of the project's own says it (7.3 to 7.5), in both languages:
standard questions, fixed templates. Content, no logic.
"""

from collections.abc import Mapping

from flows.words import Words

SECURITY = (
    Words("Where is our data kept, and under which law?", "Où nos données sont-elles hébergées, et sous "
                                                          "quel droit ?"),
    Words("Who of your staff or suppliers can read it, and how is that traced?",
          "Qui, chez vous ou chez vos prestataires, peut les lire, et quelle trace en reste-t-il ?"),
    Words("Which certificates do you hold (ISO 27001, SOC 2 or other), and until when?",
          "Quelles certifications avez-vous (ISO 27001, SOC 2 ou autre), et jusqu’à quand ?"),
    Words("How do people sign in, and does our own directory decide who may?",
          "Comment se connecte-t-on, et notre annuaire décide-t-il de qui peut entrer ?"),
    Words("How are backups made, and how long did the last full restore take?",
          "Comment les sauvegardes sont-elles faites, et combien de temps a pris la dernière restauration "
          "complète ?"),
    Words("How do you help us to answer people who ask for their data, or want it erased?",
          "Comment nous aidez-vous à répondre aux personnes qui demandent leurs données, ou leur "
          "effacement ?"),
    Words("Which of our data do your own tools, including artificial intelligence, learn from?",
          "Lesquelles de nos données servent à entraîner vos outils, IA comprise ?"),
    Words("On leaving: in which open format do we get everything back, within how many days, at what price?",
          "À la sortie : dans quel format ouvert récupérons-nous tout, sous combien de jours, à quel prix ?"),
)  # fmt: skip

INTEGRATOR = (
    Words("Who exactly would work with us, how many days a week, and what have they done before?",
          "Qui précisément travaillerait avec nous, combien de jours par semaine, et avec quelle "
          "expérience ?"),
    Words("What do you do in the first three weeks, before anything is set up?",
          "Que faites-vous les trois premières semaines, avant tout paramétrage ?"),
    Words("How do future users try things and say what they think, before each go-live?",
          "Comment les futurs utilisateurs essaient-ils et donnent-ils leur avis avant chaque mise en "
          "service ?"),
    Words("What do you expect of us: people, time, decisions, data?",
          "Qu’attendez-vous de nous : personnes, temps, décisions, données ?"),
    Words("When are you paid, and for which working result?",
          "Quand êtes-vous payés, et pour quel résultat en état de marche ?"),
    Words("Tell us of a project that went wrong, and of what you have changed since.",
          "Racontez-nous un projet qui s’est mal passé, et ce que vous avez changé depuis."),
)  # fmt: skip

#: What is asked of each criterion before anybody has asked anything (RI03).
CRITERIA: Mapping[str, Words] = {
    "K1": Words("How old is the architecture of your product, and what does its open interface not cover?",
                "De quand date l’architecture de votre produit, et que ne couvre pas son interface "
                "ouverte ?"),
    "K2": Words("Do marketing, sales and service share one customer record, and what has to be bought "
                "separately?",
                "Le marketing, la vente et le service partagent-ils une même fiche client, et que faut-il "
                "acheter à part ?"),
    "K3": Words("What do chat, messaging and artificial intelligence write to the record today, and not "
                "tomorrow?",
                "Qu’écrivent dès aujourd’hui dans la fiche le chat, les messageries et l’IA ?"),
    "K4": Words("What can a business administrator change without you, after how many days of training?",
                "Que peut changer un administrateur métier sans vous, après combien de jours de formation ?"),
    "K5": Words("What from social networks reaches the record, and how is consent kept?",
                "Que reprend la fiche des réseaux sociaux, et comment garde-t-elle le consentement ?"),
}  # fmt: skip

#: RI04: never missing.
PROFILE = (
    Words("Your product: in which generation it is, since when, and what comes next",
          "Votre produit : sa génération, depuis quand, et la suite prévue"),
    Words("Two or three customers like us, whom we may call",
          "Deux ou trois clients qui nous ressemblent, que nous pouvons appeler"),
    Words("The team you would put forward, by role, and where it works",
          "L’équipe que vous proposeriez, par rôle, et son lieu de travail"),
    Words("Your partners for integration, training and support",
          "Vos partenaires pour l’intégration, la formation et l’assistance"),
    Words("How you charge, and a rough price range for a project like ours: no detailed price",
          "Votre façon de facturer, et l’ordre de grandeur d’un projet comme le nôtre : aucun prix détaillé"),
)  # fmt: skip

#: TR13: the lines of the five-year cost table, with what each is about.
COSTS = (
    (Words("Licences or subscriptions", "Licences ou abonnements"),
     Words("by kind of user, with how prices may rise", "par type d’utilisateur, avec les hausses "
                                                        "possibles")),
    (Words("Integration and settings", "Intégration et paramétrage"),
     Words("in days and daily rates, by lot", "en jours et tarifs journaliers, par lot")),
    (Words("Data migration", "Reprise des données"),
     Words("cleaning included or not", "nettoyage compris ou non")),
    (Words("Training", "Formation"),
     Words("users, business administrators", "utilisateurs, administrateurs métier")),
    (Words("Running and support", "Exploitation et assistance"),
     Words("hours, response times, updates", "horaires, délais de réponse, mises à jour")),
    (Words("Leaving", "Réversibilité"),
     Words("getting all data back, help with the move", "restitution des données, aide au départ")),
)  # fmt: skip
PRICES = (
    Words("All prices before tax, in {currency}; say until when they hold.",
          "Tous les prix hors taxes, en {currency} ; dites jusqu’à quand ils valent."),
    Words("A price that is not in this table will not be paid.",
          "Un prix qui n’est pas dans ce tableau ne sera pas payé."),
    Words("Say what each line depends on: number of users, volume, options.",
          "Dites de quoi dépend chaque ligne : nombre d’utilisateurs, volumes, options."),
)  # fmt: skip

#: TR15: never missing.
ANSWER = (
    Words("A letter of two pages at most: what you have understood, what you propose, what you would not do.",
          "Une lettre de deux pages au plus : ce que vous avez compris, ce que vous proposez, ce que vous "
          "ne feriez pas."),
    Words("The table of needs (TR05), filled in line by line.",
          "Le tableau des besoins (TR05), rempli ligne par ligne."),
    Words("The table of criteria (TR06), with a proof for each: a screen, an address, a customer to call.",
          "Le tableau des critères (TR06), avec une preuve par ligne : un écran, une adresse, un client à "
          "appeler."),
    Words("Your answers to what TR09 and TR10 ask.", "Vos réponses à ce que demandent TR09 et TR10."),
    Words("The five-year cost table (TR13); no price is given by word of mouth only.",
          "Le tableau des coûts sur cinq ans (TR13) ; aucun prix ne se donne seulement de vive voix."),
    Words("Two references whom we may call without you.", "Deux références que nous pouvons appeler sans "
                                                          "vous."),
    Words("Your standard contract, with what you are ready to change in it.",
          "Votre contrat type, avec ce que vous acceptez d’y changer."),
)  # fmt: skip

#: TR12: what the points of an evaluation mean.
SCALE = (
    (Words("0", "0"), Words("no", "non")),
    (Words("1", "1"), Words("promised", "promis")),
    (Words("2", "2"), Words("shown", "montré")),
    (Words("3", "3"), Words("shown by a reference customer", "montré par un client de référence")),
)

TIES = Words(
    "Anyone on our team who has a tie with a bidder declares it, may say what they think, and has no part "
    "in the evaluation. Tell us of any tie on your side.",
    "Toute personne de notre équipe qui a un lien avec un candidat le déclare, peut dire ce qu’elle pense "
    "et ne "
    "prend pas part à l’évaluation. Signalez-nous tout lien de votre côté.",
)
FAIR = Words(
    "Questions go through this channel only; question and answer go to all, without saying who asked.",
    "Les questions passent par ce seul canal ; question et réponse sont envoyées à tous, sans dire qui a "
    "demandé.",
)

#: PT08: what follows a prototype.
AFTER = (
    (Words("Stop", "Arrêter"),
     Words("fewer than half of the criteria are met: what was learnt is written down, nothing more is owed",
           "moins de la moitié des critères sont atteints : ce qui a été appris est écrit, plus rien "
           "n’est dû")),
    (Words("Adjust", "Ajuster"),
     Words("most are met, a decisive one is not: one more round, two weeks at most",
           "la plupart sont atteints, un critère décisif ne l’est pas : un tour de plus, deux semaines au "
           "plus")),
    (Words("Buy", "Acheter"),
     Words("all decisive ones are met: the terms below apply",
           "tous les critères décisifs sont atteints : les conditions ci-dessous s’appliquent")),
)  # fmt: skip
#: PT05: asked of every prototype.
LIVE_CHANGE = Words(
    "K4: one of our users adds a field and a rule in front of us, without you.",
    "K4 : l’un de nos utilisateurs ajoute un champ et une règle devant nous, sans vous.",
)
#: PT07: what those who try it are asked (VEN03, VEN04).
TRIED = (
    Words("What I saw would help to close our gaps.", "Ce que j’ai vu aiderait à combler nos écarts."),
    Words("I could use this on an ordinary Tuesday.", "Je pourrais m’en servir un mardi comme les autres."),
)
