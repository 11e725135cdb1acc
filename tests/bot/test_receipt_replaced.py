"""A new receipt in a live conversation: whoever else has the old one is shut out, at once and for good."""

from bot.turns import Host
from tests.bot.stage import Guest


async def opened(host: Host, words: str, address: str) -> Guest:
    guest = await Guest(host, "web", address).at_menu("en")
    await guest.say(words)
    return guest


async def test_who_holds_the_old_receipt_is_shut_out_in_mid_conversation(host: Host):
    sender = await Guest(host, "web", "sender").at_menu("en")
    old = (await sender.asks_for_help()).receipts[0]
    mine, theirs = await opened(host, old.words, "mine"), await opened(host, old.words, "theirs")
    assert "was not opened before" in mine.words
    assert "was last opened on" in theirs.words
    new = (await mine.tap("renew", "yes")).receipts[0]
    assert new.words != old.words
    await theirs.tap("agreed")
    assert (theirs.reply.flow, theirs.reply.step) == ("receipt", "enter")
    await theirs.say(old.words)
    assert "No request belongs to this receipt" in theirs.words
    await mine.tap("finished")
    await mine.say(new.words)
    assert (mine.reply.flow, mine.reply.step) == ("receipt", "open")
