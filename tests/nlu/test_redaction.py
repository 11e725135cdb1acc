"""What is taken out of a text, and what has to stay."""

import tomllib
from pathlib import Path

import pytest

from nlu.redaction import redact


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("appelle moi au 06 39 98 12 34", "appelle moi au [phone]"),
        ("+33639981234 merci", "[phone] merci"),
        ("tel 0033 6.39.98.12.34", "tel [phone]"),
        ("٠٦٣٩٩٨١٢٣٤", "[phone]"),
        ("écris à a.b-c@example.fr vite", "écris à [email] vite"),
        ("voir https://example.org/a?b=c ici", "voir [link] ici"),
        ("je suis @monpseudo", "je suis [handle]"),
        ("snap: jolie.fleur75", "snap: [handle]"),
        ("FR76 3000 6000 0112 3456 7890 189", "[account]"),
        ("carte 4970 1234 5678 9012", "carte [account]"),
        ("passeport 18AB12345", "passeport [document]"),
        ("voiture AB-123-CD", "voiture [plate]"),
        ("je m'appelle Fatou Diallo et j'ai 16 ans", "je m'appelle [name] et j'ai 16 ans"),
        ("my name is john", "my name is [name]"),
        ("me llamo Ana María", "me llamo [name]"),
        ("اسمي فاطمة واحتاج مساعدة", "اسمي [name] واحتاج مساعدة"),
        ("Me llamo ana pérez gómez y tengo miedo", "Me llamo [name] y tengo miedo"),
        ("je m'appelle fatou jai besoin d'aide", "je m'appelle [name] jai besoin d'aide"),
        (
            "Je suis Awa Diop, chez monsieur Ba. Madame me frappe",
            "Je suis [name], chez monsieur [name]. Madame me frappe",
        ),
        ("le proxénète Carlos, 12 rue de la Paix", "le proxénète [name], [place]"),
        ("Soy Daniela, vivo en avenida Jean Jaures 5", "Soy [name], vivo en avenida [place]"),
        ("I live at 14 King Street, my boss Ahmed", "I live at [place], my boss [name]"),
        ("the bar of SARL Batiplus", "the bar of SARL [place]"),
        ("السيد أحمد ساكن في شارع الحسن الثاني", "السيد [name] ساكن في [place]"),
        ("شغلوني سنتين، واسمي ليلى ورقمي 0639981234", "شغلوني سنتين، واسمي [name] ورقمي [phone]"),
        ("smiti karim ou ana khdam", "smiti [name] ou ana khdam"),
        ("Marie Dupont m'a frappée", "[name] m'a frappée"),
        ("Vivo con Juan Carlos Pérez en Madrid", "Vivo con [name] en Madrid"),
        ("Bonjour Aminata Sow est ici", "Bonjour [name] est ici"),
        ("Олена Шевченко забрала паспорт", "[name] забрала паспорт"),
        ("пані Ірина і хазяїн Віктор", "пані [name] і хазяїн [name]"),
        ("İsmim Zeynep", "İsmim [name]"),
        ("hier fatoumata a crié", "hier [name] a crié"),
        ("محمود ضربني", "[name] ضربني"),
        ("আমার নাম রহিমা", "আমার নাম [name]"),
        ("我叫王小明，今年16岁", "我叫[name]，今年16岁"),
        ("电话0639981234谢谢", "电话[phone]谢谢"),
        ("我的电话零六三九九八一二三四", "我的电话[phone]"),
        ("〇六 三九 九八 一二 三四", "[phone]"),
        ("শূন্য ছয় তিন নয় নয় আট এক দুই তিন চার", "[phone]"),
        ("ফোন শূন্য ছয়, তিন নয়, নয় আট, এক দুই, তিন চার ধন্যবাদ", "ফোন [phone] ধন্যবাদ"),
        ("shunno chhoy tin noy noy at ek dui tin char", "[phone]"),
        ("我住在巴黎20区美丽城大街25号3楼", "我住在巴黎20区[place]"),
        ("伊夫里大街12号", "[place]"),
        ("我在巴黎，25号美丽城大街", "我在巴黎，[place]"),
        ("Rue de Belleville 12", "Rue de [place]"),
        ("rue de Belleville 12 ans", "rue de [place] 12 ans"),
        ("Fatou, c'est mon nom", "[name], c'est mon nom"),
        ("06‑39‑98‑12‑34", "[phone]"),
        ("0\u200d6\u200d3\u200d9\u200d9\u200d8\u200d1\u200d2\u200d3\u200d4 merci", "[phone] merci"),
        ("O6 39 98 12 34", "[phone]"),
        ("6 39 98 12 34", "[phone]"),
        ("06/39/98/12/34", "[phone]"),
        ("⓪⑥③⑨⑨⑧①②③④", "[phone]"),
        ("marie＠example.com ou marie (at) example.com", "[email] ou [email]"),
        ("mon snap jolie93", "mon snap [handle]"),
        ("plaque CA 1234 XX, pas AB-123-CD", "plaque [plate], pas [plate]"),
        ("hier elle a vu Zbryntka au marché", "hier elle a vu [name] au marché"),
        ("Fatoumata et Zbryntka sont parties", "[name] et [name] sont parties"),
        ("ابنتي كريمة مريضة", "ابنتي [name] مريضة"),
        ("دخترم زرفشان سه ساله است", "دخترم [name] سه ساله است"),
        ("রুবিনাকে চিনি, ঝর্ণি আপা আমাকে কাজ দিল", "[name] চিনি, [name] আপা আমাকে কাজ দিল"),
        ("em ở với chị Hoa ba tháng rồi", "em ở với chị [name] ba tháng rồi"),
        ("我和Fatoumata一起来的", "我和[name]一起来的"),
        ("my roommate is called Testimony and she cries", "my roommate is called [name] and she cries"),
    ],
)
def test_personal_data_becomes_its_kind(text: str, left: str) -> None:
    assert redact(text).text == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("né le 3 mars 2014", "né le [birth date] 2014"),
        ("03/03/2014", "[birth date] 2014"),
        ("জন্ম ২০১৪ সালের ৫ মার্চ", "জন্ম ২০১৪[birth date] "),
    ],
)
def test_a_birth_date_keeps_its_year_so_that_a_child_is_seen(text: str, left: str) -> None:
    assert redact(text).text == left


@pytest.mark.parametrize(
    "text",
    [
        "我今年十六岁，在13区街上，工资一千二百三十四欧元",
        "二零二四年来的，打三一一四",
        "零八零零零五九五九五",
        "শূন্য আট শূন্য শূন্য শূন্য পাঁচ নয় পাঁচ নয় পাঁচ",
        "আমার বয়স ষোলো, এক দুই তিন দিন খাই নাই",
        "call 15, 17, 18, 112, 114, 115 or 119",
        "3114 et 3919, 116 006 ou 116 000",
        "j'ai 16 ans et elle 25",
        "2000 euros, 15 000 euros, 1 500 puis 2 000 puis 3 000",
        "en 2024 2025 2026",
        "département 75 et 93",
        "article 225-4-1 du code pénal",
        "je m'appelle pas comme ça",
        "10 personnes depuis 12 mois",
        "Je suis Marocaine, je suis Infirmière",
        "I am Nigerian and this is Not my fault",
        "Soy Colombiana y Soy Menor de edad",
        "JE SUIS EN DANGER MADAME ARRIVE",
        "je suis à la rue depuis hier",
        "Je viens de Côte d'Ivoire et du Burkina Faso",
        "Je suis logée chez Ac.Sé à Nice, ou à Saint Denis",
        "elle dort à Saint-Denis, pas à San Diego",
        "chủ đánh đuổi em ra đường",
        "她叫不醒",
        "le 115 et le 3919, ou 0 800 05 95 95",
        "besoin d'une chambre au rez-de-chaussée, bébé de 4 mois, fauteuil roulant",
        "Code Pénal, Cour Nationale du Droit d'Asile",
        "Mon Patron A Pris Mon Passeport Hier Soir",
        "Buenos Aires, Rio de Janeiro, Nova Iguaçu",
        "on m'a emmenée de Sabratha à Rosarno puis à Wrocław",
        "від Одеси до Кракова, потім у Бресті",
        "Debrecenből vittek Bécsbe",
        "the Red Cross in Tirana, at Easter",
    ],
)
def test_numbers_that_help_stay(text: str) -> None:
    assert redact(text).text == text
    assert redact(text).found == ()


def test_what_was_found_says_its_kind_and_place() -> None:
    found = redact("a@example.org ou 0639981234").found
    assert [(one.kind, one.start, one.end) for one in found] == [("email", 0, 13), ("phone", 17, 27)]


def test_controls_and_direction_overrides_disappear() -> None:
    assert redact("a\x00b\u202ec\u2066d\ne").text == "abcd\ne"


def test_the_caller_caps_the_length() -> None:
    assert redact("x" * 50, longest=10).text == "x" * 10


def helplines() -> list[str]:
    listed = tomllib.loads(Path("dialogs/helplines.toml").read_text("utf-8"))["helpline"]
    return [line["number"] for line in listed]


@pytest.mark.parametrize("number", helplines())
def test_every_helpline_that_we_show_stays_however_it_is_written(number: str) -> None:
    together = number.replace(" ", "")
    at_home = "0" + together.removeprefix("+33") if together.startswith("+33") else together
    abroad = "+33" + at_home[1:] if len(at_home) == 10 and at_home[0] == "0" else together
    for written in (number, together, at_home, abroad, abroad.replace("+", "00"), ".".join(number.split())):
        assert redact(f"is {written} free?").text == f"is {written} free?"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("+33 1 80 52 33 77, 0 625 009 908", "[phone], [phone]"),
        ("0180523376 or 06 39 98 12 34", "0180523376 or [phone]"),
        ("0180523376/0639981234", "[phone]/[phone]"),
        ("0180523376, call me on 0639981234", "0180523376, call me on [phone]"),
        ("https://example.org/0180523376/ana", "[link]"),
    ],
)
def test_beside_a_helpline_what_is_private_is_taken_out(text: str, left: str) -> None:
    assert redact(text).text == left
