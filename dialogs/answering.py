"""What a typed text answers where yes, no and "I don't know" are the choices, and what takes an answer back.

A text that only half says so ("I don't think so", "yes and no") is never taken: the choices are asked again.
"""

from typing import Literal

from dialogs.typed import bare, meaning

Answered = Literal["affirm", "deny", "not_sure", "unclear"]

LONGEST = 7  # words of a correction
ANSWERS: dict[Answered, str] = {
    "affirm": """
effectivement;en effet;je crois que oui;je pense que oui;oui je crois;malheureusement oui;helas oui;c est arrive;ca m est arrive
i think so;yes i think so;i believe so;he does;she does;they do;he did;she did;they did;it does;it did;it happened;it is so
sadly yes;unfortunately yes;it happened to me;es verdad;es cierto;asi es;creo que si;pienso que si;desgraciadamente si
por desgracia si;me paso;me ha pasado;اظن نعم;اعتقد نعم;اظن ان نعم;حدث ذلك;حدث لي;صحيح;للاسف نعم""",
    "deny": """
personne;non personne;rien;ni l un ni l autre;aucun;aucune;c est faux;nobody;no one;none;none of that;nothing;neither
he does not;he doesn t;she does not;she doesn t;they don t;they do not;he didn t;they didn t;it didn t happen;no it didn t
nadie;nada;ninguno;ninguna;ni una cosa ni la otra;es falso;no me paso;eso no;لا احد;لا شيء;لم يحدث;لم يحدث لي;غير صحيح""",
    "not_sure": """
je sais plus;je ne sais plus;je me souviens pas;je ne me souviens pas;je me rappelle plus;j en sais rien;pas sur;pas sure
je suis pas sur;je suis pas sure;je ne suis pas sur;je ne suis pas sure;i can t remember;i cannot remember;i don t remember
hard to say;i m not sure;no me acuerdo;no recuerdo;no estoy seguro;no estoy segura;no sabria decir
لا اتذكر;لا اذكر;لست متاكدا;لست متاكدة;غير متاكد;غير متاكدة;ما نتفكرش""",
    "unclear": """
je crois pas;je ne crois pas;je pense pas;je ne pense pas;pas vraiment;oui et non;non et oui;ni oui ni non;ca depend;euh;bof
attends;attendez;une minute;une seconde;un instant;i don t think so;not really;yes and no;no and yes;it depends;depends;um
hmm;wait;one moment;just a moment;hold on;no creo;creo que no;no lo creo;la verdad no mucho;si y no;no y si;depende;espera;espere;un momento;a veces si a veces no
sometimes yes sometimes no;parfois oui parfois non;لا اظن;لا اعتقد;نعم ولا;لا ونعم;يعتمد;حسب;انتظر;انتظري;لحظة;دقيقة;احيانا نعم احيانا لا""",
}
KNOWN: dict[str, Answered] = {
    bare(words): answered
    for answered, listed in ANSWERS.items()
    for words in listed.replace("\n", ";").split(";")
    if words
}
TAKES_BACK = frozenset(
    bare(word)
    for word in [
        "attends",
        "attendez",
        "oups",
        "oula",
        "pardon",
        "excusez",
        "excuse",
        "desole",
        "desolee",
        "erreur",
        "trompe",
        "trompee",
        "voulais",
        "dire",
        "finalement",
        "wait",
        "oops",
        "ops",
        "sorry",
        "meant",
        "mean",
        "mistake",
        "actually",
        "correction",
        "espera",
        "espere",
        "perdon",
        "disculpe",
        "queria",
        "quise",
        "decir",
        "equivoque",
        "equivocado",
        "equivocada",
        "realidad",
        "انتظر",
        "انتظري",
        "لحظة",
        "عفوا",
        "اسف",
        "اسفة",
        "معذرة",
        "قصدت",
        "اقصد",
        "غلطت",
        "اخطات",
        "الحقيقة",
    ]
)
BESIDE = frozenset(
    bare(word)
    for word in [
        "je",
        "j",
        "ai",
        "me",
        "suis",
        "en",
        "fait",
        "c",
        "est",
        "c",
        "etait",
        "une",
        "un",
        "une",
        "minute",
        "moi",
        "la",
        "reponse",
        "est",
        "plutot",
        "i",
        "it",
        "is",
        "was",
        "my",
        "a",
        "made",
        "the",
        "answer",
        "no",
        "non",
        "oui",
        "oh",
        "ah",
        "me",
        "he",
        "un",
        "en",
        "la",
        "era",
        "es",
        "mi",
        "respuesta",
        "mas",
        "bien",
        "yo",
        "انا",
        "في",
        "كنت",
        "الجواب",
        "هو",
        "لا",
        "بل",
    ]
)
SAYS: dict[str, Answered] = {
    **dict.fromkeys(("oui", "ouais", "si", "yes", "yeah", "yep", "نعم", "ايوه", "ايه", "واه"), "affirm"),
    **dict.fromkeys(("non", "nan", "no", "nope", "لا", "كلا"), "deny"),
}


def answered(text: str) -> Answered | None:
    """What a whole short text says at a question with yes, no and "I don't know"; `unclear` is no answer."""
    return KNOWN.get(bare(text))


def corrected(text: str) -> Answered | None:
    """The answer that a text puts in the place of one just given ("wait, yes", "sorry, I meant no"), or None."""
    if meaning(text) == "reconsider":
        return "affirm"
    words = bare(text).split()
    takes_back = any(word in TAKES_BACK for word in words)
    if not takes_back or not 1 < len(words) <= LONGEST or words[-1] not in SAYS:
        return None
    known = all(word in TAKES_BACK or word in BESIDE or word in SAYS for word in words)
    return SAYS[words[-1]] if known else None
