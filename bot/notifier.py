"""Tells coordinators that something is in the queue: by mail and by webhook, and nothing but that."""

import asyncio
import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.config import Settings
from dialogs.text import Text, say
from locales.catalog import Catalog
from locales.languages import of_console
from services import notices
from services.database import Database
from services.keys import Keys
from services.notices import Delivery, Plan
from services.referrals.targets import FILE, targets

LOOK_EVERY_S = 20
SENDING_S = 30
BODY = b'{"event": "queue"}'
SUBJECT = say("console", "Something is waiting")
WORDS = say("console", "There is something in the queue. This message says no more on purpose.")

log = logging.getLogger("passerelle")


class Notifier:
    """Looks whether anybody is to be told, and sends what is on its way. `clock`: Unix seconds."""

    def __init__(
        self, settings: Settings, database: Database, keys: Keys, catalog: Catalog, clock: Callable[[], int]
    ) -> None:
        """Nothing is looked at yet."""
        self._settings, self._database, self._keys, self._clock = settings, database, keys, clock
        self._catalog = catalog
        self._plan = Plan(
            settings.notify_minutes * 60,
            mail=settings.smtp_host is not None,
            webhook=settings.webhook_url is not None,
            targets=targets(settings.targets or FILE),
            digest_hour=None if settings.digest_hour == "off" else settings.digest_hour,
        )

    async def follow(self) -> None:
        """Look again and again; where there is neither mail nor webhook, never."""
        while self._plan.mail or self._plan.webhook:
            try:
                await self.look()
            except Exception as fault:
                log.error("the notices could not be looked at, and are again: %s", type(fault).__name__)
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> int:
        """Put on its way what is due, and send what is on its way; how many were sent."""
        at = self._clock()
        async with self._database.read() as tx:
            due, waiting = await notices.due(tx, self._plan, at), await notices.waiting(tx, at)
        if due:
            async with self._database.begin() as tx:
                await notices.tell(tx, self._plan, at)
        sent = 0
        while (due or waiting) and (delivery := await self._take()):
            sent += await self._sent(delivery)
        return sent

    async def _take(self) -> Delivery | None:
        async with self._database.begin() as tx:
            return await notices.take(tx, self._keys, self._clock())

    async def _sent(self, delivery: Delivery) -> bool:
        """Whether it went. Outside any transaction: the other side may be slow."""
        try:
            async with asyncio.timeout(SENDING_S):
                await (self._call() if delivery.webhook else self._mail(delivery.address))
        except Exception as fault:  # whatever a server answers; its words may hold the address
            log.warning("a notice could not be sent, and is tried again: %s", type(fault).__name__)
            async with self._database.begin() as tx:
                await notices.failed(tx, delivery, self._clock())
            return False
        async with self._database.begin() as tx:
            await notices.sent(tx, delivery)
        return True

    async def _mail(self, address: str) -> None:
        from aiosmtplib import send  # only where there is mail

        settings = self._settings
        password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
        await send(
            self._written(address),
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_user,
            password=password,
            use_tls=settings.smtp_tls == "tls",
            start_tls=settings.smtp_tls == "starttls",
            local_hostname=self._domain,
            timeout=SENDING_S,
        )

    def _written(self, address: str) -> EmailMessage:
        """The same for everybody and every time, in each language of the console."""
        message = EmailMessage(SMTP)
        message["From"], message["To"] = self._settings.smtp_from, address
        message["Subject"] = " / ".join(self._said(SUBJECT))
        message["Date"] = formatdate(self._clock())
        message["Message-ID"] = f"<{secrets.token_hex(16)}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content("\n\n".join(self._said(WORDS)) + "\n")
        return message

    def _said(self, text: Text) -> list[str]:
        return list(dict.fromkeys(self._catalog.translate(language, text) for language in of_console()))

    @property
    def _domain(self) -> str:
        """Of the sender's address, so that a mail does not tell what this machine is called."""
        return str(self._settings.smtp_from).rpartition("@")[2]

    async def _call(self) -> None:
        url, secret = self._settings.webhook_url, self._settings.webhook_secret
        if url is None or secret is None:
            raise ValueError("there is no webhook any more")
        headers = signed(secret.get_secret_value().encode(), self._clock())
        timeout = ClientTimeout(total=SENDING_S)
        async with (
            ClientSession(timeout=timeout, headers={"User-Agent": "passerelle"}) as session,
            session.post(url.get_secret_value(), data=BODY, headers=headers, allow_redirects=False) as response,
        ):
            if not 200 <= response.status < 300:
                raise ClientError


def signed(secret: bytes, at: int) -> dict[str, str]:
    """The headers of a call: when, and the HMAC-SHA256 of that moment, a full stop and the body."""
    digest = hmac.new(secret, f"{at}.".encode() + BODY, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "Passerelle-Signature": f"t={at},v1={digest}"}
