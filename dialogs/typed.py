"""Short answers as people type them, in the languages of the assistant: what a button would have said."""

import re
import unicodedata

WORDS = {
    "affirm": """
oui;ouais;ouai;ouaip;oue;wi;ui;c oui;c est oui;bien sur;d accord;oui d accord;je suis d accord;oui je suis d accord;ok;okay
yes;yep;yeah;yea;yup;ya;yes o;yes oo;na so;sure;of course;i agree;yes i agree;i do agree;agreed
si;sip;claro;claro que si;vale;por supuesto;de acuerdo;si de acuerdo;estoy de acuerdo;si estoy de acuerdo;si claro
نعم;ايه;ايوا;ايوه;اه;اييه;اجل;واه;اكيد;طبعا;موافق;موافقة;نعم موافق;نعم موافقة;انا موافق;انا موافقة;اوافق;نعم اوافق
wah;wahh;iyeh;iyyeh;iyah;ayeh;naam;na3am;aywa;ewa;wakha;akid
是;是的;对;对的;好;好的;可以;行;嗯;没错;当然;同意;我同意;是的我同意;愿意;我愿意
হ্যাঁ;হা;হাঁ;জি;জী;জি হ্যাঁ;হুম;ঠিক আছে;আচ্ছা;অবশ্যই;রাজি;আমি রাজি;হ্যাঁ আমি রাজি;সম্মত;আমি সম্মত
haa;hae;hyan;ji;ji ha;thik ache;thik ase;accha;acha;raji;ami raji""",
    "deny": """
non;nan;nn;nop;jamais;pas d accord;je ne suis pas d accord;non je ne suis pas d accord;je refuse;non merci
no;nope;nah;no o;never;no thanks;i do not agree;i don t agree;no i do not agree;no i don t agree
nunca;no gracias;no acepto;no estoy de acuerdo;no no estoy de acuerdo
لا;لالا;لا لا;كلا;ابدا;لا شكرا;لا اوافق;لست موافق;لست موافقة;غير موافق;غير موافقة;ماشي موافق;ماشي موافقة;ارفض
la;laa;lala;la2;la la;lla
不;不是;不对;不要;不行;不可以;不用;不用了;没有;没;从来没有;不愿意;不同意;我不同意
না;নাহ;না না;জি না;কখনো না;কখনোই না;লাগবে না;রাজি না;আমি রাজি না;আমি রাজি নই;na;naa;na na;ji na;kokhono na;raji na;ami raji na""",
    "not_sure": """
je sais pas;je ne sais pas;j sais pas;je sai pa;je sai pas;jse pa;jsp;sais pas;chais pas;chepa;aucune idee
non je sais pas;peut etre;i don t know;i do not know;idk;dont know;i dont know;dunno;not sure;maybe;i no know;i no sabi
no se;no lo se;ni idea;quien sabe;quizas;tal vez
لا اعرف;لا ادري;ما نعرفش;مانعرفش;ما عرفتش;ماعرفتش;معرفتش;ما نعرف;مش عارف;مش عارفة;ربما;يمكن
ma n3refch;man3refch;ma3reftch;m3reftch;mn3rfch;ma3raftch
不知道;我不知道;不清楚;我不清楚;不太清楚;不确定;我不确定;也许;可能;可能吧;说不好
জানি না;আমি জানি না;ঠিক জানি না;বলতে পারি না;বলতে পারছি না;হয়তো;হয়ত;নিশ্চিত না;নিশ্চিত নই;আমি নিশ্চিত নই
jani na;ami jani na;hoyto;bolte pari na
je ne sais pas ou je suis;je sais pas ou je suis;sais pas ou;je ne sais pas ou;je connais pas;je ne connais pas l endroit
i don t know where i am;i do not know where i am;dont know where i am;i don t know where;i don t know the place
no se donde estoy;no se donde;لا اعرف اين انا;ما نعرفش وين انا;لا ادري اين انا
不知道在哪里;我不知道在哪里;不知道我在哪里;我不知道我在哪里;不知道在哪儿;不知道这是哪里;我不知道这是哪里;不晓得;我不晓得;不认识;bu zhidao;wo bu zhidao
জানি না কোথায়;কোথায় আছি জানি না;আমি কোথায় জানি না;আমি জানি না কোথায় আছি;জানিনা;আমি জানিনা;jani na kothay;kothay achi jani na;ami jani na kothay achi;janina;ami janina""",
    "for_me": """
moi;c est moi;pour moi;c est pour moi;c pour moi;moi meme;pour moi meme;me;it is me;it s me;its me;for me;it is for me;it s for me;its for me;myself;na me
yo;para mi;es para mi;soy yo;mi;لي;ليا;انا;من اجلي;هذا لي;لنفسي;ana;liya;lia
我;是我;为我;给我;我自己;为我自己;给我自己;是我自己
আমি;আমার জন্য;এটা আমার জন্য;নিজের জন্য;আমার নিজের জন্য;ami;amar jonno;nijer jonno""",
    "about_me": """
c est moi la personne;la personne c est moi;je suis la personne;je suis cette personne;c est de moi qu il s agit;il s agit de moi
je parle de moi;c est de moi que je parle;c est ma situation;c est mon histoire;ca me concerne;c est moi qui suis concernee
c est moi qui suis concerne;c est moi dont je parle;it is about me;it s about me;its about me;this is about me
i am the person;i m the person;im the person;the person is me;i mean me;i mean myself
this is my situation;it is my situation;it is my story;i am talking about myself;i m talking about myself
soy yo la persona;yo soy la persona;la persona soy yo;soy esa persona;se trata de mi;es sobre mi;hablo de mi;estoy hablando de mi
es mi situacion;es mi historia;me pasa a mi;esto me pasa a mi;انا الشخص;انا هو الشخص;انا الشخص المعني;انا الشخص المقصود
الشخص هو انا;انا المعني;انا المعنية;الامر يخصني;هذا يخصني;الامر يتعلق بي;انا اتحدث عن نفسي;اتكلم عن نفسي;هذا وضعي
关于我;是关于我的;说的是我;我说的是我自己;就是我;这是我的情况;这是我的事
আমার কথা;এটা আমার কথা;আমার নিজের কথা;আমিই সেই ব্যক্তি;আমার ব্যাপারে;এটা আমার ব্যাপারে;amar kotha;amar nijer kotha""",
    "reconsider": """
j ai change d avis;finalement oui;en fait oui;si finalement;finalement je veux bien;finalement je suis d accord;finalement j accepte
je veux bien finalement;j ai change d avis je suis d accord;j ai change d avis oui;i changed my mind;i have changed my mind
changed my mind;actually yes;i changed my mind yes;yes after all;after all yes;i agree after all;on second thoughts yes
he cambiado de opinion;cambie de opinion;cambie de idea;he cambiado de idea;al final si;finalmente si;pensandolo bien si;mejor si
غيرت رايي;لقد غيرت رايي;بدلت رايي;في النهاية نعم;نعم في النهاية;في الحقيقة نعم;اوافق في النهاية;بدلت ريي
我改变主意了;改变主意了;我还是同意;还是同意吧;我还是愿意;还是好吧
আমি মত বদলেছি;মত বদলেছি;আসলে হ্যাঁ;শেষ পর্যন্ত হ্যাঁ;আসলে আমি রাজি""",
    "lost_it": """
je l ai perdu;j ai perdu mon recu;j ai perdu le recu;je ne l ai pas note;je l ai pas note;je ne l ai pas ecrit;je l ai pas ecrit
je n ai pas note le recu;j ai pas note le recu;je n ai pas note;j ai oublie de noter;je n ai plus le recu;j ai plus le recu;i lost it
i have lost it;i lost my receipt;i lost the receipt;i did not write it down;i didn t write it down;i did not note it
i didn t note it;i forgot to write it down;i don t have the receipt;i do not have the receipt;lo perdi;lo he perdido
perdi el recibo;he perdido el recibo;perdi mi recibo;no lo apunte;no lo he apuntado;no lo anote;no lo escribi;no tengo el recibo
ضاع مني;ضاع الوصل;ضاع الايصال;فقدته;فقدت الايصال;فقدت الوصل;لم اكتبه;لم اكتب الايصال;لم اكتب الوصل;ما كتبتوش;ليس عندي الايصال
丢了;我弄丢了;回执丢了;我把回执弄丢了;找不到回执;我没有记下来;没记下来;我没写下来
হারিয়ে ফেলেছি;আমি হারিয়ে ফেলেছি;রসিদ হারিয়ে ফেলেছি;আমার রসিদ হারিয়ে গেছে;লিখে রাখিনি;আমি লিখে রাখিনি;রসিদ নেই""",
    "why_asked": """
pourquoi vous demandez ca;pourquoi vous demandez cela;pourquoi tu demandes ca;pourquoi cette question;pourquoi ces questions;pk cette question
pourquoi vous me demandez ca;pourquoi tu me demandes ca;pk tu demandes ca;pourquoi;pk;why;why do you ask;why do you ask this
why do you ask that;why do you ask me this;why do you ask me that;why are you asking;why are you asking this;why this question
por que;por q;pq;por que preguntas eso;por q preguntas eso;pq preguntas eso;por que pregunta eso;por que me preguntas eso
por q me preguntas eso;por que me pregunta eso;por que esta pregunta;por que preguntas esto;por que pregunta esto
لماذا;ليش;علاش;لماذا تسال;لماذا تسالني;لماذا تسالون;لماذا هذا السؤال;لماذا تسال هذا السؤال;ليش تسال;ليش هالسؤال;ليه بتسال
علاش تسقسي;علاش راك تسقسي;علاش هاد السؤال;3lach;3lach had soual
为什么;为什么问这个;你为什么问这个;您为什么问这个;为什么问我这个;为什么要问
কেন;কেন জিজ্ঞেস করছেন;এটা কেন জিজ্ঞেস করছেন;এই প্রশ্ন কেন;কেন এই প্রশ্ন;কেন জানতে চান;কেন জানতে চাইছেন;keno;keno jiggesh korchen;keno ei proshno""",
    "pause": """
pause;une pause;faire une pause;une petite pause;une pause svp;je veux une pause;j ai besoin d une pause;on fait une pause
a pause;take a pause;break;a break;take a break;a break please;i need a break;i want a break;can we pause;pausa;una pausa
quiero una pausa;necesito una pausa;hacer una pausa;una pausa por favor;descanso;un descanso;necesito un descanso
استراحة;اريد استراحة;احتاج الى استراحة;استراحة من فضلك;暂停;暂停一下;休息;休息一下;歇一下;我想休息一下;我要休息
বিরতি;একটু বিরতি;বিরতি চাই;আমি বিরতি চাই;বিরতি নিতে চাই;একটু থামি;biroti;ektu biroti""",
    "of_age": """
成年;成年人;我成年;我成年了;已成年;我已成年;我已经成年;我已经成年了;我是成年人;他是成年人;她是成年人;已满18岁;满18岁;超过18岁
প্রাপ্তবয়স্ক;প্রাপ্ত বয়স্ক;আমি প্রাপ্তবয়স্ক;আমি একজন প্রাপ্তবয়স্ক;সাবালক;আমি সাবালক;উনি প্রাপ্তবয়স্ক;18 বছরের বেশি;১৮ বছরের বেশি;আমার বয়স 18 বছরের বেশি""",
    "stop": """
stop;stopper;arret;arreter;arretez;je veux arreter;arrete;stop it;i want to stop;stop please
para;parar;basta;quiero parar;توقف;توقفي;قف;وقف;حبس;اريد التوقف;بغيت نوقف;hbes;7bes
停;停止;停下;停下来;我想停止;我不想继续;不想继续了;别问了
থামুন;থামো;বন্ধ করুন;বন্ধ করো;আমি থামতে চাই;thamun;thamo;bondho korun""",
}
STOPPED = re.compile(
    r"[,.!;:،؛…，。！；：।-]|$|\s(?:(?:o+|pas|jamais|never|nunca|nada|personne|nobody|nadie|ابدا)\b|কেউ|কিছু|কখনো)"
)
YES = re.compile(
    r"(?:oui|ouais|ouai|wi|yes|yeah|yep|claro|sí|si,|نعم|أيوا|ايوا|ايوه|إيه|ايه|واه|iyeh|iyyeh|wah|aywa)\b"
    r"|(?:是的?|对的?|有的?|没错|嗯+)(?=[，,。！!、\s])|(?:হ্যাঁ|হাঁ|জি|জ্বি|জী)(?![\s,]*না)(?=[\s,.!।])"
)
NO = re.compile(r"(?:non|nan|nn|nope|no|nunca|never|jamais|لا|كلا|la2|lla)\b|不是的?|没有?|不|否|从来没有?|না")
UNCLEAR = re.compile(
    r"[?؟？]|\b(?:mais|but|pero|لكن|walakin|sais|sai|know|sé|اعرف|نعرف)\b|但|可是|不过|知道|清楚|有时|কিন্তু|তবে|জানি|মাঝে মাঝে"
)
GROWN = frozenset(
    ("adulte", "adultes", "majeur", "majeure", "majeurs", "majeures", "adult", "adults", "grown", "adulto", "adulta",
     "adultos", "adultas", "mayor", "بالغ", "بالغة", "راشد", "راشدة")
)  # fmt: skip
YOUNG = frozenset(
    ("mineur", "mineure", "minor", "child", "enfant", "menor", "moins", "under", "pas", "not", "no", "ni", "ليس", "ليست",
     "لست", "قاصر", "قاصرة", "طفل")
)  # fmt: skip
WHOSE_AGE = """
i m;im;i am;he is;he s;she is;she s;they are;j ai;il a;elle a;tengo;yo tengo;tiene;عمري;عندي;عمره;عمرها
我;他;她;我今年;他今年;她今年;আমি;আমার বয়স;তার বয়স;তাঁর বয়স"""  # "under 18" and "3 years" are no age
ALIKE = str.maketrans({"ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك", "ـ": None})  # Arabic letters typed one for the other
CHINESE = re.compile("[\u4e00-\u9fff]")  # signs of words that no space parts
LONGEST = 14  # words of an answer that begins with yes or no


def bare(text: str) -> str:
    """Small letters and figures only, words one space apart, without accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(sign if sign.isalnum() else " " for sign in spread if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(kept.replace("ـ", "").split())


KNOWN = {
    bare(word): meaning for meaning, words in WORDS.items() for word in words.replace("\n", ";").split(";") if word
}

YEARS = re.compile(
    f"(?:{'|'.join(bare(who) for who in WHOSE_AGE.replace(chr(10), ';').split(';') if who)}) ?([0-9]{{1,3}})"
)


def meaning(text: str) -> str | None:
    """What a whole short text says: a key of WORDS, or None."""
    return KNOWN.get(bare(text))


def begins(text: str) -> str | None:
    """`affirm` or `deny` where a short answer begins with yes or no and takes nothing back.

    "No entiendo" is no answer: after "no" comes a stop, or another word of denial.
    """
    lowered = text.casefold().strip()
    longest = max(len(lowered.split()), len(CHINESE.findall(lowered)) // 2)
    if longest > LONGEST or UNCLEAR.search(lowered):
        return None
    if YES.match(lowered):
        return "affirm"
    denied = NO.match(lowered)
    if denied and (lowered.startswith("non ") or STOPPED.match(lowered, denied.end())):
        return "deny"
    return None


def years(text: str) -> str | None:
    """The number in a text that says an age in so many words ("I'm 30"), and nothing more."""
    said = YEARS.fullmatch(bare(text))
    return said.group(1) if said else None


def grown(text: str) -> bool:
    """Whether a text says that somebody is of age, and nothing of the contrary."""
    said = frozenset(bare(text).split())
    return not GROWN.isdisjoint(said) and YOUNG.isdisjoint(said)
