"""Whole sayings that are sure: what they lead to, what they are not, and the danger beside them that stays heard."""

import pytest

from nlu.understanding import EmbeddedUnderstander

HEARS = EmbeddedUnderstander(year=2026)


@pytest.mark.parametrize(
    "text",
    [
        "como borro esto rapido",
        "como borro la conversacion",
        "como puedo borrar esto para que nadie lo vea",
        "comment j'efface tout ça",
        "how do I delete this",
        "كيف أمسح هذه المحادثة",
        "kifach nmsah hadchi",
        "怎么删掉这些",
        "怎麼刪除聊天記錄",
        "এটা কীভাবে মুছব",
        "eta kivabe delete korbo",
    ],
)
def test_how_to_erase_leads_to_erasing(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == ("delete_my_data", ())


@pytest.mark.parametrize(
    "text",
    [
        "ya viene tengo q cortar",
        "viene ya viene",
        "espera viene",
        "cierra rapido que viene mi jefe",
        "il vient, je dois couper",
        "he's coming gotta go",
        "راه جاي",
        "他来了",
        "老板回来了",
        "সে আসছে",
        "malik ashche",
    ],
)
def test_somebody_comes_hides_at_once(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == ("quick_exit", ())


@pytest.mark.parametrize(
    "text",
    [
        "unos dias aki pero el viene",
        "viene de colombia",
        "viene con un cuchillo tengo que cortar",
        "快来人啊",
        "我被关起来了",
        "আমার ভাই ফ্রান্সে আসছে, কাজে যেতে চায়",
    ],
)
def test_somebody_comes_beside_much_else_hides_nothing(text: str) -> None:
    assert HEARS.understand(text, None).intent != "quick_exit"


@pytest.mark.parametrize("text", ["kiero irme pero me da miedo", "no kiero q nadie lea esto"])
def test_fear_and_shyness_are_no_wish_to_die(text: str) -> None:
    assert HEARS.understand(text, "es").danger == ()


@pytest.mark.parametrize(
    "text",
    [
        "el dice q si me voy le pasa algo a mi mama",
        "هددوني بقتل امي في الجزائر",
        "3youni wrahoum yderbouni kol lila",
        "gola kete felbe bolche",
        "malik bolse mere felbe",
        "মালিক বলছে মেরে ফেলবে",
        "他说我敢跑就打死我",
        "il dit que si je pars il arrivera malheur à ma mère",
        "he says if I leave something will happen to my mother",
    ],
)
def test_threats_and_beatings_are_heard_as_such(text: str) -> None:
    assert HEARS.understand(text, None).danger == ("threat",)


@pytest.mark.parametrize("text", ["amar baccha desh e, oder marbe bolse", "他说要杀我的孩子"])
def test_a_threat_to_children_is_no_wish_to_die(text: str) -> None:
    danger = HEARS.understand(text, None).danger
    assert "threat" in danger
    assert "suicide" not in danger
    assert "medical" not in danger


@pytest.mark.parametrize("text", ["就命", "救命啊", "jiu ming", "jiuming", "আমাকে বাঁচান", "amake bachao"])
def test_a_cry_for_rescue_is_danger(text: str) -> None:
    assert "threat" in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    "text",
    ["আমি ফাঁসি দেব", "আমি গলায় ফাঁসি দেব", "ami fansi dibo", "fansi dibo", "golay dori dimu", "ami bish khabo",
     "ami morte chai", "我要上吊", "wo yao zisha", "wo bu xiang huo le"],
)  # fmt: skip
def test_who_wants_to_die_is_heard_and_is_no_child_for_it(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert heard.intent == "report_suicidal"
    assert "suicide" in heard.danger
    assert "minor" not in heard.danger


@pytest.mark.parametrize("text", ["video fas kore dibo bolche", "আমি এই কাজ করতে চাই না"])
def test_leaks_and_work_that_sound_like_it_are_no_wish_to_die(text: str) -> None:
    assert "suicide" not in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    "text",
    ["malik amake mare na", "amake mare na", "মালিক আমাকে মারে না", "老板没打我", "老板不打我", "他没有打我", "没人打我"],
)
def test_nobody_beats_them_is_no_danger(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert heard.danger == ()
    assert "report_danger" not in dict(heard.ranking)


@pytest.mark.parametrize("text", ["malik amake mare", "老板打我", "老板没打我，他说要杀我"])
def test_beside_it_or_without_the_negation_danger_is_heard(text: str) -> None:
    assert "threat" in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    "text",
    ["quiero irme de este mundo pero me da miedo", "no puedo mas me pega todas las noches"],
)
def test_the_wish_to_die_beside_them_is_heard(text: str) -> None:
    assert "suicide" in HEARS.understand(text, "es").danger


@pytest.mark.parametrize("text", ["bghit nehreb", "hoy me voi a escapar", "ami palabo"])
def test_who_will_run_away_is_offered_numbers_and_help(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert [intent for intent, _ in heard.ranking] == ["ask_helplines", "make_referral"]


@pytest.mark.parametrize("text", ["আমি পালাতে চাই", "我想逃跑"])
def test_who_is_understood_to_run_to_help_is_led_there(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == ("make_referral", ())


@pytest.mark.parametrize(
    "text",
    [
        "soi de colombia no tengo papeles puedo pedir ayuda",
        "هل الشرطة تسجنني",
        "هل الشرطة تسجنني اذا سرقت وانا مجبر",
        "wach la police t7ebesni? ana nesra9 bessah machi b khatri",
        "no kiero policia",
        "没有证件可以帮我吗",
        "我不要警察",
    ],
)
def test_papers_police_and_prison_are_questions_of_right(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == ("ask_residence_permit", ())


@pytest.mark.parametrize(
    "text",
    [
        "el jefe se quedó con mi pasaporte, no puedo salir",
        "the boss took my passport, I cannot get out",
        "le patron garde mon passeport, je ne peux pas sortir",
        "أخذ صاحب العمل جواز سفري ولا أستطيع الخروج",
        "rab lkhedma khda passport dyali man9derch nkhrej",
        "老版扣了我的护找，我不能出去",
        "老板拿走了我的护照，不让我离开",
        "huzhao bei laoban nazou le bu neng chuqu",
        "মালিক পাসপোর্ট নিয়ে গেছে, বাইরে যেতে দেয় না",
        "passport niye gese, baire jete dey na",
        "her pimp waits outside",
        "son proxénète attend dehors",
        "su proxeneta la espera afuera",
        "القواد ينتظرها في الخارج",
    ],
)
def test_who_cannot_get_out_or_is_waited_for_is_in_danger(text: str) -> None:
    assert "threat" in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    "text",
    [
        "elle veut retourner avec lui",
        "je veux retourner chez lui",
        "she wants to go back to him",
        "she wants to return to her pimp",
        "ella quiere volver con él",
        "تريد العودة إليه",
        "她想回到他身边",
        "se tar kache fire jete chay",
    ],
)
def test_back_to_who_exploits_is_no_journey_home(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert (heard.intent, heard.danger) == (None, ())
    assert [intent for intent, _ in heard.ranking] == ["ask_protection", "ask_psychological_support"]


@pytest.mark.parametrize(
    "text",
    ["elle veut retourner au pays", "quiero volver a mi país", "أريد العودة إلى بلدي", "我想回国", "দেশে ফিরতে চাই"],
)
def test_a_journey_home_stays_one(text: str) -> None:
    assert HEARS.understand(text, None).intent == "ask_return"


@pytest.mark.parametrize("text", ["tomra ki police ke bolba", "পুলিশকে বলবেন না তো", "你们会告诉警察吗", "别让老板知道"])
def test_whom_it_is_told_to_is_a_question_of_privacy(text: str) -> None:
    assert HEARS.understand(text, None).intent == "ask_privacy"


@pytest.mark.parametrize("text", ["我会报警", "你能帮我报警吗"])
def test_who_wants_the_police_asks_for_no_privacy(text: str) -> None:
    assert HEARS.understand(text, "zh").intent != "ask_privacy"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("সাহায্য", "bn"),
        ("সাহায্য করুন", "bn"),
        ("shahajjo koren", "bn"),
        ("help koro bhai", "bn"),
        ("帮忙", "zh"),
        ("bang wo", "zh"),
    ],
)
def test_help_alone_asks_for_help(text: str, language: str) -> None:
    assert HEARS.understand(text, language).intent == "make_referral"


@pytest.mark.parametrize(
    "text",
    [
        "j'ai 3 enfants", "j'ai deux filles", "avec mes 2 enfants", "I have 3 kids", "i have two children",
        "a break please", "I will wait here", "tengo dos hijos", "soy madre de 3 hijos",
        "عندي 3 أولاد", "عندي طفلين", "我有两个孩子",
        "আমার দুইটা বাচ্চা আছে", "不想干活了",
    ],
)  # fmt: skip
def test_children_one_has_and_a_break_are_no_danger(text: str) -> None:
    heard = HEARS.understand(text, None)
    assert heard.danger == ()
    assert not heard.intent or not heard.intent.startswith("report_")


@pytest.mark.parametrize(
    ("text", "kind"),
    [("j'ai 3 enfants et il les frappe", "threat"), ("I have a kid 15 years old", "minor"), ("j'ai 15 ans", "minor"),
     ("我有两个孩子他打我", "threat"), ("he took my kids", "threat"), ("救救我", "threat")],
)  # fmt: skip
def test_danger_said_beside_children_is_heard(text: str, kind: str) -> None:
    assert kind in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    "text",
    [
        "他从来没打过我",
        "他们没有锁我",
        "我不会自杀",
        "孩子们在上学",
        "সে আমাকে কখনো মারেনি",
        "ওরা আমাকে আটকে রাখে না",
        "আমি আত্মহত্যা করব না",
        "لم يضربني أبدا",
        "ما حدا ضربني",
        "لن أقتل نفسي",
        "mis hijos están en el colegio",
        "等等",
        "没有，我自己来的",
        "bu zhi dao",
        "মাঝে মাঝে",
        "না, আমি নিজে এসেছি",
    ],
)
def test_who_is_not_hurt_and_wants_to_live_raises_no_alarm(text: str) -> None:
    assert HEARS.understand(text, None).danger == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("他没打我但是要杀我", "threat"),
        ("他昨天没打我今天打了", "threat"),
        ("সে আমাকে মারে", "threat"),
        ("আমি আত্মহত্যা করব", "suicide"),
        ("لم يضربني لكنه يهددني بالقتل", "threat"),
        ("سأقتل نفسي", "suicide"),
        ("il m'a battu au visage", "threat"),
        ("he stabbed me in the back with a knife, I'm bleeding", "medical"),
    ],
)
def test_danger_beside_or_unlike_a_denial_is_heard(text: str, kind: str) -> None:
    assert kind in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("no, quiero morir", ("suicide",)),
        ("no quiero morir", ()),
        ("no, soy mayor de edad", ()),
        ("no soy mayor de edad", ("minor",)),
        ("non, il va me tuer", ("threat",)),
        ("不，我成年了", ()),
    ],
)
def test_a_no_that_answers_negates_nothing_of_what_follows(text: str, danger: tuple[str, ...]) -> None:
    assert HEARS.understand(text, None).danger == danger


@pytest.mark.parametrize(
    "text",
    [
        "I was 15 when I came to France, now I'm 28",
        "j'avais 15 ans quand je suis arrivée, j'en ai 28",
        "tenía 15 años cuando llegué, ahora tengo 28",
        "كان عمري 15 لما وصلت فرنسا والآن 28",
        "我来法国时15岁，现在28岁",
        "ফ্রান্সে আসার সময় বয়স ছিল ১৫, এখন ২৮",
    ],
)
def test_who_was_a_child_once_and_is_grown_up_now_is_no_minor(text: str) -> None:
    assert HEARS.understand(text, None).danger == ()


@pytest.mark.parametrize(
    "text",
    [
        "I was 15 when I came and now I'm 17",
        "j'avais 12 ans, et ma sœur a 14 ans, elle est avec eux",
        "كان عمري 14 ودابا 16",
    ],
)
def test_who_is_still_a_child_is(text: str) -> None:
    assert "minor" in HEARS.understand(text, None).danger


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("хоћу да се убијем", "suicide"),
        ("hocu da se ubijem", "suicide"),
        ("ne mogu više ovako, ubiću se", "suicide"),
        ("izgubila je svest", "medical"),
        ("gusto kong tapusin ang buhay ko", "suicide"),
        ("gusto niya akong patayin", "threat"),
        ("میخواد منو بکشه", "threat"),
        ("vuole uccidermi", "threat"),
        ("minden nap ver", "threat"),
        ("dem no dey allow me comot", "threat"),
    ],
)
def test_danger_that_likeness_misses_is_heard(text: str, kind: str) -> None:
    assert kind in HEARS.understand(text, "fr").danger


@pytest.mark.parametrize("text", ["ne želim da se ubijem", "nessuno vuole uccidermi", "dem dey allow me comot"])
def test_the_same_denied_is_not(text: str) -> None:
    assert HEARS.understand(text, "fr").danger == ()
