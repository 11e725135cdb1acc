"""One message, one turn, one transaction: understand, advance, save, perform, render, promise to send; then commit."""

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from bot import agenda, notes, reaching
from bot.doors import Doors, Tried, still_coded
from bot.hearing import Hearing, Read, redacted_of
from bot.messages import Channel, Incoming, Printed, Reply, ShownReceipt
from bot.render import on_paper, render
from bot.tally import Tally
from dialogs import handing, papers, practising
from dialogs.commands import (
    CancelSignUp,
    Command,
    Forget,
    Hide,
    PostMessage,
    SignUp,
    SubmitReferral,
    WithdrawConsent,
    WithdrawReferral,
)
from dialogs.engine import IDLE_SECONDS, Turn, advance, begin
from dialogs.flow import Flows
from dialogs.library import Library
from dialogs.practising import Fresh
from dialogs.present import present
from dialogs.renewing import open_request, opened_with, renewed, shut
from dialogs.screen import Screen
from dialogs.session import Session
from dialogs.stack import familiar, top
from dialogs.text import Text, say
from locales.catalog import Catalog
from nlu.understanding import Adviser, Understander
from services import outbox, sent, store
from services.brakes import Requests
from services.database import Database, Transaction
from services.keys import Keys, Speaker
from services.outbox import Repeated
from services.perform import Circumstances, Outcome, perform
from services.referrals import claims, messages, referrals
from services.referrals.claims import Empty, Stock
from services.referrals.referrals import Given
from services.retention import UNREAD_REPLY
from services.store import Stored
from services.wiping import Wiper

SESSION = TypeAdapter(Session)
REPLY = TypeAdapter(Reply)
FLUSH_S = 0.02  # sent replies are forgotten together, a moment later: a crash in between repeats the sending
FLUSH_AGAIN_S = 1.0  # when the database would not have it
ERASING = frozenset(command.__name__ for command in (Forget, Hide, WithdrawReferral, WithdrawConsent, CancelSignUp))
MANY_REQUESTS = say(
    "referral",
    "Several requests were sent from here today. They have arrived. You can send another one tomorrow.",
)
MANY_SIGN_UPS = say(
    "training",
    "Several requests and sign-ups were sent from here today. They have arrived. You can sign up again tomorrow.",
)
MANY_MESSAGES = say(
    "receipt",
    "Many messages were sent with this receipt today. They have arrived. You can write again tomorrow.",
)

log = logging.getLogger("passerelle")


@dataclass(frozen=True, slots=True)
class Content:
    """What is said, what understands a text, whom it asks for advice. `helplines`: numbers that editors set."""

    flows: Flows
    library: Library
    catalog: Catalog
    understander: Understander
    adviser: Adviser | None = None
    helplines: tuple[str, ...] = ()


class Host:
    """Leads every conversation, on any channel, over one database."""

    def __init__(self, database: Database, keys: Keys, content: Content, public: str = "") -> None:
        """Call `open()` before the first message and `close()` after the last.

        `public`: the address of the web chat, without a slash at its end; "" where it is not set.
        """
        self._database, self._keys, self.content, self._public = database, keys, content, public
        self._stock, self._doors, self._requests = Stock(keys), Doors(database, keys), Requests()
        self.opens = self._doors.known  # whether a text is a receipt that opens something
        self.tally, self._wiper = Tally(), Wiper(database)
        self._sealing = False
        self._delivered: list[int] = []
        self._sent: list[tuple[Speaker, int, int]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._one_flush = asyncio.Lock()

    def take(self, content: Content) -> None:
        """Say something else from now on: each conversation sees it at its next screen."""
        self.content = content

    async def open(self) -> None:
        """Prepare the receipts that the first request will need."""
        await self._stock.fill()

    async def close(self) -> None:
        """Forget what was delivered, and the spare receipts."""
        await self.flush()
        await self._wiper.close()
        await self._stock.close()

    async def handle(self, incoming: Incoming) -> Reply:
        """Do one turn and commit it; a repeated message gets the reply it had, and changes nothing."""
        with self.tally.turn(incoming.channel):
            return await self._handle(incoming)

    async def _handle(self, incoming: Incoming) -> Reply:
        speaker = self._keys.speaker(incoming.channel, incoming.address)
        try:
            tried = await self._doors.tried(speaker, incoming)
            asked = tried is None and not incoming.edited
            read = None if incoming.text is None else await self._read(incoming.text, asked=asked)
            while True:
                try:
                    async with self._database.begin() as tx:
                        reply = await self._turn(tx, speaker, incoming, tried, read)
                    if not ERASING.isdisjoint(reply.commands):
                        self._wiper.soon()
                    return reply
                except (Empty, Given):  # none in stock, or somebody else showed it first: look again
                    await self._stock.fill()
        except Repeated:
            return await self._repeated(speaker, incoming)

    async def _read(self, text: str, *, asked: bool) -> Read:
        """What can be told of a text outside any transaction. `asked`: whether the adviser is; not of receipts."""
        redacted, adviser = redacted_of(text, self.content.helplines), self.content.adviser
        advice = await adviser.advise(redacted.text) if adviser is not None and asked else None
        return Read(text, redacted, advice)

    async def present(self, channel: Channel, address: str, at: int) -> Reply | None:
        """The present screen in words, changing nothing; None where there is no conversation."""
        async with self._database.read() as tx:
            session = await self._present(tx, channel, address, at)
            if session is None:
                return None
            library = await agenda.known(tx, self.content.library, session, at)
        screen = present(session, self.content.flows, library)
        return self._reply(channel, Turn(session, (screen,)), {}, Outcome())

    async def _present(self, tx: Transaction, channel: Channel, address: str, at: int) -> Session | None:
        stored = await store.find(tx, self._keys.speaker(channel, address), at)
        if stored is None or stored.payload is None:
            return None
        return await self._renewed(tx, self._stored(stored.payload), at)

    async def printed(self, channel: Channel, address: str, at: int) -> Printed | None:
        """The sheet at which a professional stands, to print; None elsewhere. Changes nothing and keeps nothing."""
        async with self._database.read() as tx:
            session = await self._present(tx, channel, address, at)
        sections = papers.printed(session, self.content.library) if session is not None else None
        return on_paper(self.content.catalog, sections, session.spoken) if session and sections else None

    async def latest(self, channel: Channel, address: str, at: int) -> Reply | None:
        """The reply to the last message while it is kept, else the present screen; None without a conversation."""
        async with self._database.read() as tx:
            kept = await outbox.latest(tx, self._keys, self._keys.speaker(channel, address), at - UNREAD_REPLY)
        if kept is None:
            return await self.present(channel, address, at)
        return replace(REPLY.validate_json(kept.payload), delivery=kept.id)

    def first(self, channel: Channel, language: str | None, at: int) -> Reply:
        """The first screen of a conversation that nobody has begun: kept nowhere."""
        session = begin(self._language(language), at)
        return self._reply(
            channel, Turn(session, (present(session, self.content.flows, self.content.library),)), {}, Outcome()
        )

    async def delivered(self, delivery: int) -> None:
        """A reply has surely been sent."""
        self.tally.replies += 1
        self._delivered.append(delivery)
        self._flush_soon()

    async def undelivered(self, channel: Channel) -> list[tuple[str, Reply]]:
        """Replies that were committed and never acknowledged, oldest first, with their addresses.

        One that is older than a conversation lives would come unasked: it is dropped, unless it shows a receipt.
        """
        async with self._database.read() as tx:
            waiting = await outbox.pending(tx, self._keys, channel, int(time.time()))
        replies = [(row, replace(REPLY.validate_json(row.payload), delivery=row.id)) for row in waiting]
        late = [row.id for row, reply in replies if row.at < time.time() - IDLE_SECONDS and not reply.receipts]
        for delivery in late:
            await self.delivered(delivery)
        return [(row.address, reply) for row, reply in replies if row.id not in late]

    async def remember(self, channel: Channel, address: str, message_id: int, at: int) -> None:
        """Keep the id of a message that may have to be deleted."""
        self._sent.append((self._keys.speaker(channel, address), message_id, at))
        self._flush_soon()

    async def remembered(self, channel: Channel, address: str) -> list[int]:
        """The ids kept for a conversation, oldest first."""
        await self.flush()
        async with self._database.read() as tx:
            return await sent.remembered(tx, self._keys, self._keys.speaker(channel, address))

    async def forget_remembered(self, channel: Channel, address: str) -> None:
        """Drop the ids kept for a conversation."""
        async with self._database.begin() as tx:
            await sent.forget(tx, self._keys.speaker(channel, address))

    async def flush(self) -> None:
        """Write down now what was delivered and what was sent; on return it is committed, whoever wrote it."""
        async with self._one_flush:
            ids, ours = [*self._delivered], [*self._sent]
            if ids or ours:
                async with self._database.begin() as tx:
                    await outbox.delivered(tx, ids)
                    await sent.remember(tx, self._keys, ours)
                del self._delivered[: len(ids)], self._sent[: len(ours)]

    def _flush_soon(self) -> None:
        if self._flushing is None or self._flushing.done():
            self._flushing = asyncio.create_task(self._flush_later())

    async def _flush_later(self) -> None:
        while self._delivered or self._sent:
            await asyncio.sleep(FLUSH_S)
            try:
                await self.flush()
            except Exception as fault:
                log.error("what was sent could not be noted, and is tried again: %s", type(fault).__name__)
                await asyncio.sleep(FLUSH_AGAIN_S)

    async def _turn(
        self,
        tx: Transaction,
        speaker: Speaker,
        incoming: Incoming,
        tried: Tried | None,
        read: Read | None,
    ) -> Reply:
        locked = await store.lock(tx, self._keys, speaker, incoming.key, incoming.at)
        if locked.seen:
            raise Repeated
        session = await self._renewed(tx, self._session(locked.stored, incoming), incoming.at)
        seen = await self._doors.seen(tx, speaker, incoming.at, tried)
        library = await agenda.known(tx, self.content.library, session, incoming.at)
        shown = present(session, self.content.flows, library)
        screen = reaching.reachable(shown, incoming.channel, self._public)  # what is heard is what was shown
        sealing = await self._can_seal(tx)
        hearing = Hearing(self.content.catalog, self.content.understander, session, screen, sealing, read)
        event, tapped = hearing.event(incoming, seen)
        turn = advance(session, event, self.content.flows, library)
        if agenda.missing(library, turn.session):  # the way leads there now: look, and go it anew
            library = await agenda.known(tx, library, turn.session, incoming.at)
            turn = advance(session, event, self.content.flows, library)
        turn = await self._allowed(tx, speaker, turn, Turn(session, (screen,)))
        if read is not None and tried is None:
            self.tally.count(understood=turn.session.puzzled <= session.puzzled)
        clear = await self._clear(tx, speaker, turn)
        outcome = await self._perform(tx, speaker, incoming.at, turn)
        reply = self._reply(incoming.channel, turn, outcome.later, outcome)
        taken = hearing.label(tapped)
        reply = replace(
            reply,
            origin=incoming.origin,
            clear=clear,
            taken=taken,
            taken_discreet=taken is not None and screen.discreet,
        )
        delivery = await outbox.put(tx, self._keys, speaker, incoming.key, REPLY.dump_json(reply), incoming.at)
        return replace(reply, delivery=delivery)

    def _session(self, stored: Stored | None, incoming: Incoming) -> Session:
        if stored is not None and stored.payload is not None:
            return self._stored(stored.payload)
        if stored is not None:
            return begin(self._language(stored.remains.decode()), incoming.at, expired=True, turn=stored.turn)
        return begin(self._language(incoming.language), incoming.at)

    def _stored(self, payload: bytes) -> Session:
        return familiar(SESSION.validate_json(payload), self.content.flows)

    def _language(self, wanted: str | None) -> str:
        names = self.content.catalog.names
        return wanted if wanted in names else next(iter(names))

    async def _can_seal(self, tx: Transaction) -> bool:
        self._sealing = self._sealing or await referrals.coordination(tx) is not None
        return self._sealing

    async def _renewed(self, tx: Transaction, session: Session, at: int) -> Session:
        """An opened request, a sign-up or a code may have changed since: none is taken for what it was."""
        session = await still_coded(tx, await agenda.renewed(tx, session), at)
        made = practising.made(session)
        if made is not None and not await claims.in_force(tx, *made):
            session = practising.taken(session)
        referral = open_request(session)
        if referral is None:
            return session
        holder, number = opened_with(session)
        if number and not await claims.in_force(tx, referral, holder, number):
            return shut(session)
        return renewed(session, await referrals.standing(tx, referral))

    async def _allowed(self, tx: Transaction, speaker: Speaker, turn: Turn, before: Turn) -> Turn:
        """The turn, unless it sends one thing too many: then the person stays where they were, and is told."""
        too_many = [told for command in turn.commands if (told := await self._too_many(tx, speaker, command, turn))]
        if not too_many:
            return turn
        stayed = replace(before.session, turn=turn.session.turn, at=turn.session.at)
        return Turn(stayed, (Screen(tuple(too_many)), *before.screens))

    async def _too_many(self, tx: Transaction, speaker: Speaker, command: Command, turn: Turn) -> Text | None:
        at = turn.session.at
        if isinstance(command, SubmitReferral) and not self._requests.may(speaker.key, at):
            return MANY_REQUESTS
        if isinstance(command, SignUp) and not self._requests.may(speaker.key, at):
            return MANY_SIGN_UPS
        if isinstance(command, PostMessage) and not await messages.may_write(
            tx, command.referral, command.holder, at, urgent=command.urgent
        ):
            return MANY_MESSAGES
        return None

    async def _clear(self, tx: Transaction, speaker: Speaker, turn: Turn) -> tuple[int, ...]:
        """The messages to delete from the device when the conversation is hidden or erased."""
        if not any(isinstance(command, Hide | Forget) for command in turn.commands):
            return ()
        waiting = [message_id for owner, message_id, _ in self._sent if owner.key == speaker.key]
        return tuple(dict.fromkeys((*await sent.remembered(tx, self._keys, speaker), *waiting)))

    async def _perform(self, tx: Transaction, speaker: Speaker, at: int, turn: Turn) -> Outcome:
        await self._save(tx, speaker, at, turn.session)
        around = Circumstances(speaker, at, turn.session.language, self._as_words, self._stock, self._requests)
        done = [await perform(tx, command, around) for command in turn.commands]
        known = _knowing(turn.session, done)
        if known is not turn.session:
            await self._save(tx, speaker, at, known)
        return Outcome(
            receipts=tuple(receipt for outcome in done for receipt in outcome.receipts),
            hide=any(outcome.hide for outcome in done),
        )

    async def _save(self, tx: Transaction, speaker: Speaker, at: int, session: Session) -> None:
        written = SESSION.dump_json(session)
        await store.save(tx, speaker, written, session.turn, at + IDLE_SECONDS, session.language.encode())

    def _as_words(self, text: tuple[Text, ...], language: str) -> str:
        return "\n".join(self.content.catalog.translate(language, line) for line in text)

    def _reply(self, channel: Channel, turn: Turn, later: Mapping[str, str], outcome: Outcome) -> Reply:
        session = turn.session
        frame = top(session)
        screens = [
            reaching.reachable(screen, channel, self._public) for screen in notes.with_channel_note(channel, turn)
        ]
        return Reply(
            turn=session.turn,
            language=session.spoken,
            flow=frame.flow,
            step=frame.step,
            screens=tuple(render(self.content.catalog, screen, session.spoken, later) for screen in screens),
            commands=tuple(type(command).__name__ for command in turn.commands),
            receipts=tuple(ShownReceipt(r.words, r.digits, r.holder) for r in outcome.receipts),
            ended=session.ended,
            hide=outcome.hide,
            turned=session.turned,
        )

    async def _repeated(self, speaker: Speaker, incoming: Incoming) -> Reply:
        """The reply that this message had, while it is kept; else the present screen."""
        async with self._database.read() as tx:
            kept = await outbox.find(tx, self._keys, speaker, incoming.key, incoming.at)
        if kept is not None:
            return replace(REPLY.validate_json(kept.payload), delivery=kept.id, repeated=True)
        shown = await self.present(incoming.channel, incoming.address, incoming.at)
        return replace(shown or self.first(incoming.channel, incoming.language, incoming.at), repeated=True)


def _knowing(session: Session, done: Sequence[Outcome]) -> Session:
    """The conversation, knowing what only performing tells: whose receipt is to come, which one was made."""
    for outcome in done:
        session = handing.waiting(session, outcome.referral) if outcome.referral else session
        for one in outcome.receipts:
            fresh = Fresh(one.referral, one.holder, one.number, one.words, one.digits, one.sign_up)
            session = practising.keeping(session, fresh)
    return session
