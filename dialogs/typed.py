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
moi;c est moi;pour moi;c est pour moi;c pour moi;moi meme;pour moi meme;me;it is me;it s me;its me;for me;it is for me;it s for me;its for me;myself;na me
yo;para mi;es para mi;soy yo;mi;لي;ليا;انا;من اجلي;هذا لي;لنفسي;ana;liya;lia""",
    "about_me": """
c est moi la personne;la personne c est moi;je suis la personne;je suis cette personne;c est de moi qu il s agit;il s agit de moi
je parle de moi;c est de moi que je parle;c est ma situation;c est mon histoire;ca me concerne;c est moi qui suis concernee
c est moi qui suis concerne;c est moi dont je parle;it is about me;it s about me;its about me;this is about me
i am the person;i m the person;im the person;the person is me;i mean me;i mean myself
this is my situation;it is my situation;it is my story;i am talking about myself;i m talking about myself
soy yo la persona;yo soy la persona;la persona soy yo;soy esa persona;se trata de mi;es sobre mi;hablo de mi;estoy hablando de mi
es mi situacion;es mi historia;me pasa a mi;esto me pasa a mi;انا الشخص;انا هو الشخص;انا الشخص المعني;انا الشخص المقصود
الشخص هو انا;انا المعني;انا المعنية;الامر يخصني;هذا يخصني;الامر يتعلق بي;انا اتحدث عن نفسي;اتكلم عن نفسي;هذا وضعي""",
    "reconsider": """
j ai change d avis;finalement oui;en fait oui;si finalement;finalement je veux bien;finalement je suis d accord;finalement j accepte
je veux bien finalement;j ai change d avis je suis d accord;j ai change d avis oui;i changed my mind;i have changed my mind
changed my mind;actually yes;i changed my mind yes;yes after all;after all yes;i agree after all;on second thoughts yes
he cambiado de opinion;cambie de opinion;cambie de idea;he cambiado de idea;al final si;finalmente si;pensandolo bien si;mejor si
غيرت رايي;لقد غيرت رايي;بدلت رايي;في النهاية نعم;نعم في النهاية;في الحقيقة نعم;اوافق في النهاية;بدلت ريي""",
    "lost_it": """
je l ai perdu;j ai perdu mon recu;j ai perdu le recu;je ne l ai pas note;je l ai pas note;je ne l ai pas ecrit;je l ai pas ecrit
je n ai pas note le recu;j ai pas note le recu;je n ai pas note;j ai oublie de noter;je n ai plus le recu;j ai plus le recu;i lost it
i have lost it;i lost my receipt;i lost the receipt;i did not write it down;i didn t write it down;i did not note it
i didn t note it;i forgot to write it down;i don t have the receipt;i do not have the receipt;lo perdi;lo he perdido
perdi el recibo;he perdido el recibo;perdi mi recibo;no lo apunte;no lo he apuntado;no lo anote;no lo escribi;no tengo el recibo
ضاع مني;ضاع الوصل;ضاع الايصال;فقدته;فقدت الايصال;فقدت الوصل;لم اكتبه;لم اكتب الايصال;لم اكتب الوصل;ما كتبتوش;ليس عندي الايصال""",
    "why_asked": """
pourquoi vous demandez ca;pourquoi vous demandez cela;pourquoi tu demandes ca;pourquoi cette question;pourquoi ces questions;pk cette question
pourquoi vous me demandez ca;pourquoi tu me demandes ca;pk tu demandes ca;pourquoi;pk;why;why do you ask;why do you ask this
why do you ask that;why do you ask me this;why do you ask me that;why are you asking;why are you asking this;why this question
por que;por q;pq;por que preguntas eso;por q preguntas eso;pq preguntas eso;por que pregunta eso;por que me preguntas eso
por q me preguntas eso;por que me pregunta eso;por que esta pregunta;por que preguntas esto;por que pregunta esto
لماذا;ليش;علاش;لماذا تسال;لماذا تسالني;لماذا تسالون;لماذا هذا السؤال;لماذا تسال هذا السؤال;ليش تسال;ليش هالسؤال;ليه بتسال
علاش تسقسي;علاش راك تسقسي;علاش هاد السؤال;3lach;3lach had soual""",
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
LONGEST = 14  # words of an answer that begins with yes or no


def bare(text: str) -> str:
    """Small letters and figures only, words one space apart, without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in spread if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(kept.replace("ـ", "").split())


KNOWN = {
    bare(word): meaning for meaning, words in WORDS.items() for word in words.replace("\n", ";").split(";") if word
}


def meaning(text: str) -> str | None:
    """What a whole short text says: a key of WORDS, or None."""
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
