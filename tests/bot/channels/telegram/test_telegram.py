"""The Telegram channel against a stand-in for the Bot API: what arrives, in which order, whatever breaks."""

import asyncio
import logging
from dataclasses import replace

import aiohttp
import pytest
from aiohttp import web
from telegram.error import NetworkError, TimedOut

from bot.channels.telegram.channel import HOOK, LONGEST_BODY, SECRET_HEADER, Telegram
from bot.channels.telegram.requests import make_bot
from bot.messages import Incoming
from locales.languages import listed
from tests.bot.channels.telegram.stage import running
from tests.emulator.bot_api import BotApi, Fault
from tests.emulator.host import MemoryHost


@pytest.fixture(params=[True, False], ids=["webhook", "polling"])
def webhook(request) -> bool:
    return bool(request.param)


async def test_a_conversation(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(), webhook):
        ana = api.person(77)
        await ana.says("/start")
        await api.until(lambda: "« start »" in ana.sees())
        await ana.taps("Menu")
        await api.until(lambda: "choisi Menu" in ana.sees())
        assert "« start »\n\n✓ Menu" in ana.sees()
        assert [i.key for i in host.taken] == ["700000001", "700000002"]
        assert sum(api.answered.values()) == 1
        await api.until(lambda: not host.outbox)
        assert all(message["silent"] for message in ana.chat.messages.values() if message["from"]["is_bot"])


async def test_a_tapped_answer_that_must_not_stay_is_deleted():
    async with BotApi() as api, running(api, MemoryHost()):
        ana = api.person(77)
        await ana.says("bonjour")
        await api.until(lambda: "Danger" in ana.buttons())
        await ana.taps("Danger")
        await api.until(lambda: "choisi Danger" in ana.sees())
        assert ana.sees() == ["bonjour", "choisi Danger"]


async def test_what_cannot_be_deleted_is_blanked():
    async with BotApi() as api, running(api, MemoryHost()):
        ana = api.person(77)
        await ana.says("bonjour")
        await api.until(lambda: "Danger" in ana.buttons())
        list(ana.chat.messages.values())[-1]["date"] -= 50 * 3600
        await ana.taps("Danger")
        await api.until(lambda: "choisi Danger" in ana.sees())
        assert ana.sees() == ["bonjour", "…", "choisi Danger"]


async def test_a_double_tap_answers_once_and_shows_the_present_screen():
    async with BotApi() as api, running(api, host := MemoryHost()):
        ana = api.person(77)
        await ana.says("bonjour")
        await api.until(lambda: "Menu" in ana.buttons())
        message, button = ana.buttons()["Menu"]
        before = api._public(message)
        await ana.taps_on(before, button["callback_data"])
        await ana.taps_on(before, button["callback_data"])
        await api.until(lambda: not host.outbox)
        assert ana.sees()[-2:] == ["choisi Menu", "choisi None"]


async def test_hide_deletes_both_sides_and_says_nothing(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(), webhook):
        ana = api.person(77)
        for word in ("un", "deux", "trois"):
            await ana.says(word)
        await api.until(lambda: "« trois »" in ana.sees())
        await ana.says("/cacher")
        await api.until(lambda: not host.outbox and len(host.taken) == 4)
        assert ana.sees() == []
        assert host.ids == {}


async def test_hide_deletes_what_it_can_when_something_is_too_old():
    async with BotApi() as api, running(api, host := MemoryHost()):
        ana = api.person(77)
        await ana.says("un")
        await api.until(lambda: "« un »" in ana.sees())
        next(iter(ana.chat.messages.values()))["date"] -= 50 * 3600
        await ana.says("/hide")
        await api.until(lambda: not host.outbox)
        assert ana.sees() == ["un"]


async def test_erase_deletes_and_tells_what_remains():
    async with BotApi() as api, running(api, host := MemoryHost()):
        ana = api.person(77)
        await ana.says("un")
        await api.until(lambda: len(host.ids.get("77", ())) == 2)
        await ana.says("/effacer")
        await api.until(lambda: not host.outbox)
        assert ana.sees() == ["Ce qui reste"]


async def test_shared_things_are_never_downloaded():
    async with BotApi() as api, running(api, host := MemoryHost()):
        ana = api.person(77)
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        for _ in range(3):
            await ana.shares(photo=photo, media_group_id="a1")
        await ana.shares(voice={"file_id": "f", "file_unique_id": "u", "duration": 2})
        await api.until(lambda: not host.outbox and len(host.taken) == 2)
        assert ana.sees().count("pas ouvert") == 2
        assert not api.called("getFile")


async def test_words_under_a_picture_are_read_whichever_of_an_album_has_them():
    async with BotApi() as api, running(api, host := MemoryHost()):
        ana = api.person(77)
        photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
        for words in ({}, {"caption": "il a un couteau"}, {}):
            await ana.shares(photo=photo, media_group_id="a1", **words)
        await api.until(lambda: not host.outbox and len(host.taken) == 2)
        assert "« il a un couteau »" in ana.sees()
        assert not api.called("getFile")


async def test_what_can_never_be_sent_does_not_stay_in_the_outbox():
    async with BotApi() as api:
        host = MemoryHost()
        host.outbox[5] = ("../../x", replace(host.answer(Incoming("telegram", "77", "1", 1), 1), delivery=5))
        async with running(api, host):
            await api.until(lambda: not host.outbox)
            ana = api.person(77)
            await api.deliver(api.update(message=api._add(ana.chat, ana.user, {"text": "un"}) | {"message_id": "abc"}))
            await ana.says("deux")
            await api.until(lambda: "« deux »" in ana.sees() and not host.outbox)
        assert len(host.taken) == 1


async def test_a_group_is_left_and_nothing_is_kept(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(), webhook):
        api.person(-100500)
        group = api.chats[-100500]
        group.type = "supergroup"
        await api.person(-100500).says("/start")
        await api.until(lambda: group.left)
        assert host.taken == []
        assert host.ids == {}


async def test_each_chat_is_answered_in_order_and_none_waits_for_another(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(slow=0.002), webhook):
        api.faults = [Fault("slow", "sendMessage", chat=1, times=3, seconds=0.2)]
        people = [api.person(number) for number in (1, 2, 3)]
        for word in range(8):
            await asyncio.gather(*(person.says(f"mot {word}") for person in people))
        await api.until(lambda: "« mot 7 »" in people[1].sees() and "« mot 7 »" in people[2].sees())
        assert "« mot 7 »" not in people[0].sees()
        await api.until(lambda: not host.outbox)
        for person in people:
            assert [t for t in person.sees() if t.startswith("«")] == [f"« mot {word} »" for word in range(8)]


@pytest.mark.parametrize("kind", ["limit", "error", "cut"])
async def test_what_was_refused_is_sent_again_and_in_order(kind):
    async with BotApi() as api, running(api, host := MemoryHost()):
        api.faults = [Fault(kind, "sendMessage", chat=1, times=2)]
        ana, ben = api.person(1), api.person(2)
        await ana.says("un")
        await ana.says("deux")
        await ben.says("autre")
        await api.until(lambda: "« autre »" in ben.sees())
        await api.until(lambda: not host.outbox)
        assert ana.sees() == ["un", "deux", "« un »", "« deux »"]


async def test_an_answer_that_is_lost_sends_again():
    async with BotApi() as api, running(api, host := MemoryHost()):
        api.faults = [Fault("lost", "sendMessage")]
        ana = api.person(1)
        await ana.says("un")
        await api.until(lambda: not host.outbox)
        assert ana.sees() == ["un", "« un »", "« un »"]
        assert len(host.taken) == 1


async def test_somebody_who_blocked_the_bot_is_forgotten():
    async with BotApi() as api, running(api, host := MemoryHost()):
        ana = api.person(1)
        await ana.says("un")
        await api.until(lambda: not host.outbox)
        ana.chat.blocked = True
        await ana.says("deux")
        await api.until(lambda: not host.outbox and not host.ids)


async def test_the_same_update_twice_is_answered_once(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(), webhook):
        ana = api.person(77)
        update = await ana.says("un")
        await api.until(lambda: "« un »" in ana.sees())
        await asyncio.gather(*(api.deliver(update) for _ in range(5)))
        await ana.says("deux")
        await api.until(lambda: "« deux »" in ana.sees() and not host.outbox)
        assert ana.sees() == ["un", "« un »", "deux", "« deux »"]


async def test_a_turn_that_fails_is_asked_for_again(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(fail=2), webhook):
        ana = api.person(77)
        await ana.says("un")
        await api.until(lambda: "« un »" in ana.sees())
        assert api.statuses == ([500, 500, 200] if webhook else [])
        assert len(host.taken) == 1


async def test_one_update_that_always_fails_does_not_stop_the_others(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(poison="boum"), webhook):
        ana, ben = api.person(1), api.person(2)
        sending = asyncio.create_task(ana.says("boum"))
        for word in ("un", "deux", "trois"):
            await ben.says(word)
            await asyncio.sleep(0.05)
        await api.until(lambda: "« trois »" in ben.sees())
        await sending
        await ana.says("ça va")
        await api.until(lambda: "« ça va »" in ana.sees() and not host.outbox)
        await api.until(lambda: webhook or not api.pending)
        assert [text for text in ben.sees() if text.startswith("«")] == ["« un »", "« deux »", "« trois »"]
        assert [text for text in ana.sees() if text.startswith("«")] == ["« ça va »"]


async def test_while_the_store_is_down_nothing_is_given_up(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(fail=15), webhook):
        people = [api.person(number) for number in range(1, 4)]
        await asyncio.gather(*(person.says("un") for person in people))
        await api.until(lambda: all("« un »" in person.sees() for person in people))
        assert len(host.taken) == 3


async def test_a_chats_later_message_waits_for_one_that_failed():
    async with BotApi() as api:
        ana, host = api.person(1), MemoryHost(fail=3)
        for word in ("un", "deux", "trois"):
            await ana.says(word)
        async with running(api, host, webhook=False):
            await api.until(lambda: "« trois »" in ana.sees())
        assert [incoming.text for incoming in host.taken] == ["un", "deux", "trois"]


async def test_what_was_committed_and_not_sent_is_sent_first_after_a_restart():
    async with BotApi() as api:
        host, ana = MemoryHost(), api.person(77)
        async with running(api, host):
            api.faults = [Fault("error", "sendMessage", times=10**6)]
            await ana.says("un")
            await api.until(lambda: host.outbox)
        assert list(host.outbox) == [1]
        api.faults, api.webhook = [], {}
        async with running(api, host):
            await ana.says("deux")
            await api.until(lambda: not host.outbox)
        assert [text for text in ana.sees() if text.startswith("«")] == ["« un »", "« deux »"]
        assert len(host.taken) == 2


async def test_a_turn_that_another_process_left_unsent_is_sent_when_telegram_repeats_it():
    async with BotApi() as api, running(api, host := MemoryHost()):
        ana = api.person(77)
        update = await ana.says("un")
        await api.until(lambda: not host.outbox)
        host.outbox[99] = ("77", replace(host.answer(host.taken[0], 2), delivery=99))
        host.seen["77", host.taken[0].key] = 99
        await asyncio.gather(*(api.deliver(update) for _ in range(3)))
        await api.until(lambda: not host.outbox)
        assert ana.sees() == ["un", "« un »", "« un »"]


async def test_an_update_that_cannot_be_read_holds_up_nobody(webhook):
    async with BotApi() as api, running(api, host := MemoryHost(), webhook):
        ana = api.person(77)
        await api.deliver(api.update(message={"message_id": "of another time", "chat": None}))
        await ana.says("un")
        await api.until(lambda: "« un »" in ana.sees())
        assert len(host.taken) == 1


async def test_only_telegram_may_speak_to_the_webhook():
    async with BotApi() as api, running(api, host := MemoryHost()) as address, aiohttp.ClientSession() as stranger:
        secret = api.webhook["secret_token"]

        async def post(headers: dict[str, str], data: bytes = b'{"update_id": 1}') -> int:
            async with stranger.post(address + HOOK, data=data, headers=headers) as answer:
                return answer.status

        assert await post({}) == 403
        assert await post({SECRET_HEADER: "wrong"}) == 403
        assert await post({SECRET_HEADER: secret[:-1] + "é"}) == 403
        assert await post({SECRET_HEADER: secret}) == 200
        assert await post({SECRET_HEADER: secret}, b"{") == 400
        assert await post({SECRET_HEADER: secret}, b"\xff") == 400
        assert await post({SECRET_HEADER: secret}, b"[]") == 200
        assert await post({SECRET_HEADER: secret}, b'{"update_id": 1, "message": {"message_id": "x"}}') == 200
        assert await post({SECRET_HEADER: secret}, b" " * (LONGEST_BODY + 1)) == 413
        assert api.token not in address + HOOK + secret
        assert host.taken == []


async def test_the_profile_is_set_once():
    async with BotApi() as api:
        async with running(api, MemoryHost()):
            await api.until(lambda: ("menu", "") in api.profile)
        assert api.profile["Name", ""] == "Passerelle"
        assert [c["command"] for c in api.profile["Commands", "es"]] == ["menu", "idioma", "ayuda", "ocultar", "borrar"]
        first = len([name for name, _ in api.calls if name.startswith("setMy")])
        assert first == 1 + 3 * len(listed())  # the name falls back to the default language's
        api.webhook, api.profile = {}, {k: v for k, v in api.profile.items() if k != ("menu", "")}
        async with running(api, MemoryHost()):
            await api.until(lambda: ("menu", "") in api.profile)
        assert len([name for name, _ in api.calls if name.startswith("setMy")]) == first


async def test_a_profile_that_cannot_be_set_stops_nothing():
    async with BotApi() as api:
        api.faults = [Fault("limit", "setMyName", times=99), Fault("error", "getMyCommands", times=99)]
        async with running(api, MemoryHost()):
            ana = api.person(77)
            await ana.says("un")
            await api.until(lambda: "« un »" in ana.sees() and ("menu", "") in api.profile)


async def test_a_wrong_token_is_told_and_stops_nothing_else(caplog):
    async with BotApi() as api:
        app = web.Application()
        Telegram(MemoryHost(), "99999:wrong", api.url, None, first_pause=0.02).mount(app)
        runner = web.AppRunner(app)
        await runner.setup()
        await api.until(lambda: "refused the token" in caplog.text)
        await runner.cleanup()
        assert "99999:wrong" not in caplog.text


async def test_neither_the_token_nor_a_word_reaches_a_log(caplog, webhook):
    caplog.set_level(logging.DEBUG)
    async with BotApi() as api, running(api, MemoryHost(fail=1), webhook):
        api.faults = [Fault(kind, None, times=1) for kind in ("error", "cut", "lost", "limit")]
        ana = api.person(77)
        await ana.says("mot-secret")
        await api.until(lambda: "« mot-secret »" in ana.sees())
        await ana.taps("Menu")
        await api.until(lambda: "choisi Menu" in ana.sees())
        api.faults = [Fault("error", "sendMessage", times=2)]
        await ana.says("autre-secret")
        await api.until(lambda: "« autre-secret »" in ana.sees())
    logged = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "a turn failed: RuntimeError" in logged
    for word in (api.token, api.token.split(":")[1], "secret", "Zz-Firstname", "choisi"):
        assert word not in logged


async def test_requests_name_only_the_kind_of_failure():
    async with BotApi() as api:
        bot = make_bot(api.token, api.url)
        await bot.request.initialize()
        api.person(1)
        api.faults = [Fault("slow", "sendMessage", seconds=2)]
        with pytest.raises(TimedOut):
            await bot.send_message(1, "x", read_timeout=0.05)
        api.faults = [Fault("cut", "sendMessage", times=1)]
        with pytest.raises(NetworkError, match=r"ServerDisconnectedError|ClientOSError|ConnectionResetError"):
            await bot.send_message(1, "x")
        await bot.request.shutdown()
        with pytest.raises(NetworkError):
            await bot.send_message(1, "x")
