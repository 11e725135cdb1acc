"""Two languages in one Telegram chat: halves with their directions, labels that are not cut, nothing that tells."""

from typing import Any

from bot.channels.telegram.outgoing import SHORT_ROW, outgoing
from bot.channels.telegram.text import BETWEEN
from bot.messages import Half, Reply, Shown, ShownChoice
from bot.turns import Host
from tests.bot.channels.telegram.stage import running
from tests.emulator.bot_api import BotApi
from tests.emulator.markup import check_entities, seen

LRM, RLM = "\u200e", "\u200f"


def shown(
    *choices: ShownChoice, text: tuple[str, ...] = ("Oui ou non ?",), half: tuple[str, ...] = ("نعم أم لا؟",)
) -> Shown:
    return Shown(text, choices, False, "fr", "ltr", beside=Half(half, "ar", "rtl"))


def sent(screen: Shown) -> dict[str, Any]:
    (call,) = outgoing(Reply(7, "fr", "f", "s", (screen,)), "77")
    check_entities(call.arguments["text"], call.arguments["entities"])
    return call.arguments


def test_each_half_is_read_from_its_own_side():
    text = sent(shown(ShownChoice("a", "Oui", None, "answer", "نعم"), half=("17 هو الرقم", "CCEM جمعية\nسطر")))["text"]
    own, theirs = text.split(f"\n\n{BETWEEN}\n\n")
    assert own == f"{LRM}Oui ou non ?"
    assert theirs == f"{RLM}17 هو الرقم\n\n{RLM}CCEM جمعية\n{RLM}سطر"


def test_short_labels_share_a_button_and_long_ones_get_one_each_for_the_same_answer():
    long = ShownChoice("b", "Je préfère ne pas le dire maintenant", None, "answer", "أفضّل ألا أقول ذلك الآن")
    rows = sent(shown(ShownChoice("a", "Oui", None, "answer", "نعم"), long))["reply_markup"]["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    assert [button["text"] for button in buttons] == ["⁨Oui⁩ · ⁨نعم⁩", long.label, long.beside]
    assert [button["callback_data"] for button in buttons] == ["7.a", "7.b", "7.b"]
    assert all(len(button["text"]) <= max(SHORT_ROW, len(long.label)) for button in buttons)


def test_the_same_words_are_said_once():
    rows = sent(shown(ShownChoice("ar", "العربية", None, "answer", "العربية")))["reply_markup"]["inline_keyboard"]
    assert [button["text"] for row in rows for button in row] == ["العربية"]


def test_a_number_is_there_in_both_halves_and_open():
    call = ShownChoice("call", "Appeler le 17 : police", "tel:17", "link", "اتصال 17: الشرطة")
    arguments = sent(shown(call))
    preview = seen(arguments["text"], arguments["entities"])
    assert preview.count("17") == 2
    assert "police" not in preview
    assert "شرطة" not in preview


def test_what_tells_is_covered_in_both_halves():
    arguments = sent(shown(text=("La police vient.",), half=("الشرطة قادمة",)))
    preview = seen(arguments["text"], arguments["entities"])
    assert "police" not in preview
    assert "شرطة" not in preview


async def test_a_talk_of_two(host: Host):
    async with BotApi() as api, running(api, host):
        ana = api.person(77, "fr")
        await ana.says("/start")
        for label in ("Français", "Je suis professionnel ou professionnelle", "Demander ensemble, en deux langues"):
            await api.until(lambda label=label: label in ana.buttons())
            await ana.taps(label)
        await api.until(lambda: "Un enfant" in ana.buttons())
        await ana.taps("Personne d’autre : la personne est seule avec moi")
        await api.until(lambda: "العربية" in ana.buttons())
        await ana.says("arabe")
        await api.until(lambda: "⁨Je comprends⁩ · ⁨فهمت⁩" in ana.buttons())
        await ana.taps("أدر الشاشة نحو الشخص")
        await api.until(lambda: any("Français" in label and "إعادة" in label for label in ana.buttons()))
        await ana.says("فهمت")
        await api.until(lambda: "طلب مساعدة" in ana.buttons())
        assert "خطر: مساعدة الآن" in ana.buttons()
