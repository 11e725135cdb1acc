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
por desgracia si;me paso;me ha pasado;اظن نعم;اعتقد نعم;اظن ان نعم;حدث ذلك;حدث لي;صحيح;للاسف نعم
有过;有这回事;有发生;真的;真有;是真的;发生过;确实发生过;发生在我身上;我觉得是;我觉得是的;我觉得有;我认为是;我想是;可惜是;可惜是的;很遗憾是的;shide;shi de;dui de;you de
সত্য;আছে;ছিল;হয়েছে;হয়েছিল;হ্যাঁ হয়েছে;ঘটেছে;ঘটেছিল;করেছে;করেছিল;হ্যাঁ করেছে;আমার সাথে হয়েছে;আমার সঙ্গে হয়েছে;আমার সাথে ঘটেছে
মনে হয় হ্যাঁ;আমার মনে হয় হ্যাঁ;দুর্ভাগ্যবশত হ্যাঁ;hea;hoyeche;hoyechilo;koreche;amar sathe hoyeche;mone hoy ha;mone hoy hae""",
    "deny": """
personne;non personne;rien;ni l un ni l autre;aucun;aucune;c est faux;nobody;no one;none;none of that;nothing;neither
he does not;he doesn t;she does not;she doesn t;they don t;they do not;he didn t;they didn t;it didn t happen;no it didn t
nadie;nada;ninguno;ninguna;ni una cosa ni la otra;es falso;no me paso;eso no;لا احد;لا شيء;لم يحدث;لم يحدث لي;غير صحيح
没人;没有人;沒人;沒有人;谁也没有;什么都没有;都没有;都不是;没发生;没发生过;没有发生;没有发生过;没有这回事;没这回事;不是真的;假的;从没;从没有
কেউ না;কেউ নয়;কেউ নেই;কিছু না;কিছুই না;কোনোটাই না;হয়নি;এমন হয়নি;এমন কিছু হয়নি;আমার সাথে হয়নি;ঘটেনি;করেনি;মিথ্যা;মিথ্যে;সত্যি না;সত্য নয়
keu na;keu nei;kichu na;kichui na;hoyni;hoy ni;emon hoyni;koreni;mittha""",
    "not_sure": """
je sais plus;je ne sais plus;je me souviens pas;je ne me souviens pas;je me rappelle plus;j en sais rien;pas sur;pas sure
je suis pas sur;je suis pas sure;je ne suis pas sur;je ne suis pas sure;i can t remember;i cannot remember;i don t remember
hard to say;i m not sure;no me acuerdo;no recuerdo;no estoy seguro;no estoy segura;no sabria decir
لا اتذكر;لا اذكر;لست متاكدا;لست متاكدة;غير متاكد;غير متاكدة;ما نتفكرش
很难说;难说;说不清;说不清楚;不记得;不记得了;我不记得了;不記得;记不清;记不清了;忘了;忘记了;我忘了;忘記了;想不起来;想不起来了;没印象;bu zhi dao;wo bu zhi dao
জানা নেই;আমার জানা নেই;মনে নেই;আমার মনে নেই;মনে পড়ছে না;ভুলে গেছি;বলা কঠিন;বলা মুশকিল;কে জানে;ke jane;mone nei;mone porche na;bhule gechi""",
    "unclear": """
je crois pas;je ne crois pas;je pense pas;je ne pense pas;pas vraiment;oui et non;non et oui;ni oui ni non;ca depend;euh;bof
attends;attendez;une minute;une seconde;un instant;i don t think so;not really;yes and no;no and yes;it depends;depends;um
hmm;wait;one moment;just a moment;hold on;no creo;creo que no;no lo creo;la verdad no mucho;si y no;no y si;depende;espera;espere;un momento;a veces si a veces no
sometimes yes sometimes no;parfois oui parfois non;لا اظن;لا اعتقد;نعم ولا;لا ونعم;يعتمد;حسب;انتظر;انتظري;لحظة;دقيقة;احيانا نعم احيانا لا
我觉得不是;我觉得没有;我想不是;我想没有;应该不是;应该没有;好像不是;好像没有;可能不是;可能没有;我覺得不是;應該不是;應該沒有;又是又不是;是也不是;是又不是
有也没有;有又没有;看情况;看情況;不一定;算是;不完全;不完全是;不太是;是吗;有时;有时候;有時候;有时是有时不是;有时是 有时不是;有时有有时没有;有时有 有时没有
等一下;等等;等会儿;等一会儿;稍等;稍等一下
মনে হয় না;আমার মনে হয় না;হ্যাঁ আবার না;হ্যাঁ এবং না;হ্যাঁ আর না;নির্ভর করে;কিছুটা;পুরোপুরি না;ঠিক তা না;মাঝে মাঝে;মাঝেমধ্যে;কখনো কখনো
দাঁড়ান;দাঁড়াও;একটু দাঁড়ান;একটু দাঁড়াও;অপেক্ষা করুন;একটু অপেক্ষা করুন;এক মিনিট;mone hoy na;puropuri na;majhe majhe;kokhono kokhono;darao;daran;ek minute""",
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

# Chinese parts no words, and Bengali loses its vowel signs in the bare form: there, whole phrases.
TAKES_IT_BACK = """
等等;等一下;不对;说错了;我说错了;不对我说错了;点错了;我点错了;打错了;弄错了;我弄错了;我是说
দাঁড়ান;দাঁড়াও;একটু দাঁড়ান;ভুল;ভুল হয়েছে;ভুল বলেছি;ভুল হয়ে গেছে"""
SAID_BACK: dict[str, Answered] = {
    **dict.fromkeys(("是", "是的", "有", "有的", "对", "对的", "হ্যাঁ", "হাঁ", "জি"), "affirm"),
    **dict.fromkeys(("不是", "没有", "没", "不", "না", "নাহ"), "deny"),
}
BACK: dict[str, Answered] = {
    bare(f"{back}{between}{said}"): answer
    for back in TAKES_IT_BACK.replace("\n", ";").split(";")
    for said, answer in SAID_BACK.items()
    for between in ("", " ")
    if back
}


def answered(text: str) -> Answered | None:
    """What a whole short text says at a question with yes, no and "I don't know"; `unclear` is no answer."""
    return KNOWN.get(bare(text))


def corrected(text: str) -> Answered | None:
    """The answer that a text puts in the place of one just given ("wait, yes", "sorry, I meant no"), or None."""
    if meaning(text) == "reconsider":
        return "affirm"
    words = bare(text).split()
    if whole := BACK.get(" ".join(words)):
        return whole
    takes_back = any(word in TAKES_BACK for word in words)
    if not takes_back or not 1 < len(words) <= LONGEST or words[-1] not in SAYS:
        return None
    known = all(word in TAKES_BACK or word in BESIDE or word in SAYS for word in words)
    return SAYS[words[-1]] if known else None
