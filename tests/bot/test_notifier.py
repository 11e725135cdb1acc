"""Notices as they go out: over a real mail server and a real webhook, with nothing about anybody in them."""

import asyncio
import hashlib
import hmac
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.policy import default

import pytest
from aiohttp import web
from aiosmtpd.smtp import SMTP, Envelope
from sqlalchemy import insert

from bot.config import Settings
from bot.notifier import BODY, Notifier
from bot.turns import Content
from services import audit, notices
from services.database import Database, added_id
from services.keys import Keys
from services.notices import RETRY_S
from services.people import desk_settings
from services.people.desk_settings import Own
from services.referrals.claims import prepare
from services.referrals.hours import ZONE
from services.rights import Member
from services.tables import Coordinator
from tests.services.coordination import PROFESSIONAL, SOMEBODY, open_coordination, submit

NOW = int(datetime(2026, 11, 23, 10, tzinfo=ZONE).timestamp())
SECRET = "s" * 32


@dataclass
class Post:
    """A mail server on loopback that keeps what it gets. `refuses`: it answers that it cannot just now."""

    refuses: bool = False
    got: list[Envelope] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - as the server calls it
        self, server: SMTP, session: object, envelope: Envelope
    ) -> str:
        if self.refuses:
            return f"451 no room for {envelope.rcpt_tos}"
        self.got.append(envelope)
        return "250 kept"


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
async def mail_port(post: Post) -> AsyncIterator[int]:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(post, hostname="post", loop=loop), "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


@dataclass
class Hook:
    """A webhook on loopback: what it was told, and what it answers."""

    url: str = ""
    status: int = 204
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def called(self, request: web.Request) -> web.Response:
        self.got.append((dict(request.headers), await request.read()))
        return web.Response(status=self.status, headers={"Location": "/elsewhere"})


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.called)
    app.router.add_route("*", "/elsewhere", hook.called)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


@pytest.fixture
async def claire(database: Database, keys: Keys) -> Member:
    await open_coordination(database)
    async with database.begin() as tx:
        added = await tx.execute(insert(Coordinator), SOMEBODY | {"name": "claire"})
        member = Member(added_id(added), "claire", "coordinator")
        await desk_settings.keep(tx, keys, member, Own(address="claire@example.org"))
    return member


@pytest.fixture
async def request_of_somebody(database: Database, claire: Member, keys: Keys) -> str:
    receipts = (await prepare(keys), await prepare(keys))
    sent = await submit(database, receipts, PROFESSIONAL)
    async with database.begin() as tx:
        await audit.record(tx, NOW, "professional", "submitted", sent.referral)
    return sent.referral


def of_mail(port: int) -> Settings:
    return Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none", smtp_from="desk@example.org")


async def test_the_mail_says_that_something_waits_in_both_languages_and_nothing_else(
    database, keys, mail_port, post, request_of_somebody, everything_said: Content
):
    notifier = Notifier(of_mail(mail_port), database, keys, everything_said.catalog, lambda: NOW)
    assert await notifier.look() == 1
    assert await notifier.look() == 0
    (envelope,) = post.got
    assert envelope.rcpt_tos == ["claire@example.org"]
    message = message_from_bytes(envelope.original_content, policy=default)
    assert message["Subject"] == "Quelque chose vous attend / Something is waiting"
    told = envelope.original_content.decode()
    assert "There is something in the queue." in told
    for private in (request_of_somebody, "soon", "2A", "note", "console", "http", "claire\n"):
        assert private not in told.replace("claire@example.org", "")
    assert set(message.keys()) <= HEADERS
    assert "localhost" not in told


async def test_the_next_morning_one_mail_says_the_same_again_while_it_waits(
    database, keys, mail_port, post, request_of_somebody, everything_said: Content
):
    clock = [NOW]
    every_day = Notifier(of_mail(mail_port), database, keys, everything_said.catalog, lambda: clock[0])
    never = Notifier(
        of_mail(mail_port).model_copy(update={"digest_hour": "off"}),
        database, keys, everything_said.catalog, lambda: clock[0],
    )  # fmt: skip
    assert await every_day.look() == 1
    clock[0] = NOW + 23 * 3600 + 60
    assert await never.look() == 0
    assert await every_day.look() == 1
    clock[0] += 20
    assert await every_day.look() == 0
    told = [message_from_bytes(one.original_content, policy=default) for one in post.got]
    assert [one.get_content() for one in told] == [told[0].get_content()] * 2
    assert [one["Subject"] for one in told] == [told[0]["Subject"]] * 2


HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Type", "Content-Transfer-Encoding",
    "MIME-Version", "X-Peer", "X-MailFrom", "X-RcptTo",
}  # fmt: skip


async def test_a_server_that_refuses_is_asked_again_and_the_log_says_nobodys_address(
    database, keys, mail_port, post, request_of_somebody, everything_said: Content, caplog: pytest.LogCaptureFixture
):
    clock = [NOW]
    notifier = Notifier(of_mail(mail_port), database, keys, everything_said.catalog, lambda: clock[0])
    post.refuses = True
    with caplog.at_level(logging.DEBUG):
        assert await notifier.look() == 0
    assert "tried again" in caplog.text
    assert "claire" not in "".join(record.getMessage() for record in caplog.records if "passerelle" in record.name)
    async with database.read() as tx:
        assert await notices.troubles(tx) == {"retried": 1, "failed": 0}
    post.refuses = False
    clock[0] += RETRY_S[0]
    assert await notifier.look() == 1
    async with database.read() as tx:
        assert await notices.troubles(tx) == {"retried": 0, "failed": 0}


async def test_the_webhook_is_signed_and_says_the_same(
    database, keys, hook: Hook, request_of_somebody, everything_said: Content
):
    settings = Settings(webhook_url=hook.url, webhook_secret=SECRET)
    assert await Notifier(settings, database, keys, everything_said.catalog, lambda: NOW).look() == 1
    ((headers, body),) = hook.got
    assert body == BODY == b'{"event": "queue"}'
    moment, _, signature = headers["Passerelle-Signature"].partition(",v1=")
    assert moment == f"t={NOW}"
    assert signature == hmac.new(SECRET.encode(), f"{NOW}.".encode() + body, hashlib.sha256).hexdigest()
    assert "Python" not in "".join(headers.values())


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_a_webhook_that_answers_anything_else_is_called_again_and_never_followed(
    database, keys, hook: Hook, request_of_somebody, everything_said: Content, status
):
    clock, hook.status = [NOW], status
    settings = Settings(webhook_url=hook.url, webhook_secret=SECRET)
    notifier = Notifier(settings, database, keys, everything_said.catalog, lambda: clock[0])
    assert await notifier.look() == 0
    clock[0] += RETRY_S[0]
    hook.status = 200
    assert await notifier.look() == 1
    assert len(hook.got) == 2


async def test_two_processes_send_one_mail(
    database, keys, mail_port, post, request_of_somebody, everything_said: Content
):
    both = [Notifier(of_mail(mail_port), database, keys, everything_said.catalog, lambda: NOW) for _ in range(2)]
    assert sorted(await asyncio.gather(*(one.look() for one in both))) == [0, 1]
    assert len(post.got) == 1


async def test_where_nothing_is_set_nothing_is_looked_at(database, keys, everything_said: Content):
    await Notifier(Settings(), database, keys, everything_said.catalog, lambda: NOW).follow()


@pytest.mark.parametrize(
    ("wrong", "setting"),
    [
        ({"smtp_host": "mail.example.org"}, "smtp_from"),
        ({"smtp_from": "desk@example.org"}, "smtp_from"),
        ({"smtp_host": "h", "smtp_from": "desk"}, "smtp_from"),
        ({"smtp_tls": "none", "smtp_password": "hush"}, "smtp_password"),
        ({"webhook_url": "http://example.org/hook", "webhook_secret": SECRET}, "webhook_url"),
        ({"webhook_url": "https://example.org/hook"}, "webhook_secret"),
        ({"webhook_url": "https://example.org/hook", "webhook_secret": "short"}, "webhook_secret"),
        ({"notify_minutes": 1}, "notify_minutes"),
        ({"digest_hour": 24}, "digest_hour"),
        ({"digest_hour": "never"}, "digest_hour"),
    ],
)
def test_a_wrong_setting_is_refused_at_start_and_no_secret_is_told(wrong, setting):
    with pytest.raises(ValueError, match=setting) as refused:
        Settings(**wrong)
    assert "hush" not in str(refused.value)


async def test_a_server_without_tls_gets_neither_mail_nor_password(
    database, keys, mail_port, post, request_of_somebody, everything_said: Content
):
    settings = Settings(
        smtp_host="127.0.0.1", smtp_port=mail_port, smtp_user="desk", smtp_password=SECRET, smtp_from="desk@example.org"
    )
    assert SECRET not in repr(settings)
    assert await Notifier(settings, database, keys, everything_said.catalog, lambda: NOW).look() == 0
    assert post.got == []
