"""Short answers as people type them, in the languages of the assistant: what a button would have said."""

import re
import unicodedata

WORDS = {
    "affirm": """
oui;ouais;ouai;ouaip;oue;wi;ui;c oui;c est oui;bien sur;d accord;oui d accord;je suis d accord;oui je suis d accord;ok;okay
yes;yep;yeah;yea;yup;ya;yes o;yes oo;na so;sure;of course;i agree;yes i agree;i do agree;agreed
si;sip;claro;claro que si;vale;por supuesto;de acuerdo;si de acuerdo;estoy de acuerdo;si estoy de acuerdo;si claro
نعم;ايه;ايوا;ايوه;اه;اييه;اجل;واه;اكيد;طبعا;موافق;موافقة;نعم موافق;نعم موافقة;انا موافق;انا موافقة;اوافق;نعم اوافق
wah;wahh;iyeh;iyyeh;iyah;ayeh;naam;na3am;aywa;ewa;wakha;akid""",
    "deny": """
non;nan;nn;nop;jamais;pas d accord;je ne suis pas d accord;non je ne suis pas d accord;je refuse;non merci
no;nope;nah;no o;never;no thanks;i do not agree;i don t agree;no i do not agree;no i don t agree
nunca;no gracias;no acepto;no estoy de acuerdo;no no estoy de acuerdo
لا;لالا;لا لا;كلا;ابدا;لا شكرا;لا اوافق;لست موافق;لست موافقة;غير موافق;غير موافقة;ماشي موافق;ماشي موافقة;ارفض
la;laa;lala;la2;la la;lla""",
    "not_sure": """
je sais pas;je ne sais pas;j sais pas;je sai pa;je sai pas;jse pa;jsp;sais pas;chais pas;chepa;aucune idee
non je sais pas;peut etre;i don t know;i do not know;idk;dont know;i dont know;dunno;not sure;maybe;i no know;i no sabi
no se;no lo se;ni idea;quien sabe;quizas;tal vez
لا اعرف;لا ادري;ما نعرفش;مانعرفش;ما عرفتش;ماعرفتش;معرفتش;ما نعرف;مش عارف;مش عارفة;ربما;يمكن
ma n3refch;man3refch;ma3reftch;m3reftch;mn3rfch;ma3raftch""",
    "for_me": """
moi;pour moi;c est pour moi;c pour moi;moi meme;pour moi meme;me;for me;it is for me;it s for me;its for me;myself;na me
yo;para mi;es para mi;soy yo;mi;لي;ليا;انا;من اجلي;هذا لي;لنفسي;ana;liya;lia""",
    "stop": """
stop;stopper;arret;arreter;arretez;je veux arreter;arrete;stop it;i want to stop;stop please
para;parar;basta;quiero parar;توقف;توقفي;قف;وقف;حبس;اريد التوقف;بغيت نوقف;hbes;7bes""",
}
STOPPED = re.compile(r"[,.!;:،؛…-]|$|\s(?:o+|pas|jamais|never|nunca|nada|personne|nobody|nadie|ابدا)\b")
YES = re.compile(
    r"(?:oui|ouais|ouai|wi|yes|yeah|yep|claro|sí|si,|نعم|أيوا|ايوا|ايوه|إيه|ايه|واه|iyeh|iyyeh|wah|aywa)\b"
)
NO = re.compile(r"(?:non|nan|nn|nope|no|nunca|never|jamais|لا|كلا|la2|lla)\b")
UNCLEAR = re.compile(r"[?؟]|\b(?:mais|but|pero|لكن|walakin|sais|sai|know|sé|اعرف|نعرف)\b")
GROWN = frozenset(
    ("adulte", "adultes", "majeur", "majeure", "majeurs", "majeures", "adult", "adults", "grown", "adulto", "adulta",
     "adultos", "adultas", "mayor", "بالغ", "بالغة", "راشد", "راشدة")
)  # fmt: skip
YOUNG = frozenset(
    ("mineur", "mineure", "minor", "child", "enfant", "menor", "moins", "under", "pas", "not", "no", "ni", "ليس", "ليست",
     "لست", "قاصر", "قاصرة", "طفل")
)  # fmt: skip
LONGEST = 8  # words of an answer that begins with yes or no


def bare(text: str) -> str:
    """Small letters and figures only, words one space apart, without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in spread if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(kept.replace("ـ", "").split())


KNOWN = {
    bare(word): meaning for meaning, words in WORDS.items() for word in words.replace("\n", ";").split(";") if word
}


def meaning(text: str) -> str | None:
    """What a whole short text says: `affirm`, `deny`, `not_sure`, `for_me`, `stop`, or None."""
    return KNOWN.get(bare(text))


def begins(text: str) -> str | None:
    """`affirm` or `deny` where a short answer begins with yes or no and takes nothing back.

    "No entiendo" is no answer: after "no" comes a stop, or another word of denial.
    """
    lowered = text.casefold().strip()
    if len(lowered.split()) > LONGEST or UNCLEAR.search(lowered):
        return None
    if YES.match(lowered):
        return "affirm"
    denied = NO.match(lowered)
    if denied and (lowered.startswith("non ") or STOPPED.match(lowered, denied.end())):
        return "deny"
    return None


def grown(text: str) -> bool:
    """Whether a text says that somebody is of age, and nothing of the contrary."""
    said = frozenset(bare(text).split())
    return not GROWN.isdisjoint(said) and YOUNG.isdisjoint(said)
