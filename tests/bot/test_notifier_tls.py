"""Notices over TLS and STARTTLS: to the server whose certificate is good, and to no other."""

import asyncio
import logging
import ssl
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.config import Settings
from bot.notifier import Notifier
from bot.turns import Content
from services import notices
from services.notices import RETRY_S
from tests.bot.test_notifier import NOW
from tests.bot.test_notifier import claire as claire
from tests.bot.test_notifier import request_of_somebody as request_of_somebody


@dataclass
class Post:
    """A mail server's inbox: each mail with whether it came under TLS, and every word that came in the clear."""

    got: list[tuple[bool, Envelope]] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - as the server calls it
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.got.append((session.ssl is not None or _under_tls(server), envelope))
        return "250 kept"


def _under_tls(server: SMTP) -> bool:
    return server.transport is not None and server.transport.get_extra_info("ssl_object") is not None


@dataclass(frozen=True)
class Certificate:
    """A certificate that nobody but who is told to believes, for the name localhost alone."""

    file: Path
    server: ssl.SSLContext


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("certificate")
    file, key = folder / "post.pem", folder / "post.key"
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")
    names = (
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        str(key),
        "-out",
        str(file),
    )
    subprocess.run(["openssl", "req", "-x509", *curve, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    return Certificate(file, context)


@asynccontextmanager
async def serving(post: Post, certificate: Certificate, way: str) -> AsyncIterator[int]:
    """A mail server on loopback; `way`: tls, starttls, or none, where it offers neither."""
    loop = asyncio.get_running_loop()
    offered = certificate.server if way == "starttls" else None
    server = await loop.create_server(
        lambda: SMTP(post, hostname="post", loop=loop, tls_context=offered, require_starttls=offered is not None),
        "localhost",
        0,
        ssl=certificate.server if way == "tls" else None,
    )
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


def of_mail(port: int, way: str, host: str = "localhost") -> Settings:
    return Settings(smtp_host=host, smtp_port=port, smtp_tls=way, smtp_from="desk@example.org")


@pytest.mark.parametrize("way", ["tls", "starttls"])
async def test_a_notice_goes_under_tls_to_a_server_whose_certificate_is_good(
    database, keys, request_of_somebody, everything_said: Content, certificate, monkeypatch: pytest.MonkeyPatch, way
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    post = Post()
    async with serving(post, certificate, way) as port:
        assert await Notifier(of_mail(port, way), database, keys, everything_said.catalog, lambda: NOW).look() == 1
    ((secret, envelope),) = post.got
    assert secret
    assert envelope.rcpt_tos == ["claire@example.org"]
    told = (envelope.original_content or b"").decode()
    assert "There is something in the queue." in told
    assert request_of_somebody not in told


@pytest.mark.parametrize("way", ["tls", "starttls"])
async def test_a_certificate_that_nobody_vouches_for_is_refused_and_the_notice_goes_once_it_is_mended(
    database, keys, request_of_somebody, everything_said: Content, certificate, monkeypatch, caplog, way
):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    post, clock = Post(), [NOW]
    async with serving(post, certificate, way) as port:
        notifier = Notifier(of_mail(port, way), database, keys, everything_said.catalog, lambda: clock[0])
        with caplog.at_level(logging.DEBUG):
            assert await notifier.look() == 0
        assert post.got == []
        async with database.read() as tx:
            assert await notices.troubles(tx) == {"retried": 1, "failed": 0}
        ours = [record.getMessage() for record in caplog.records if record.name == "passerelle"]
        assert ours
        assert not any(
            word in line for line in ours for word in ("claire", "localhost", "example", request_of_somebody)
        )
        clock[0] += RETRY_S[0]
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
        assert await notifier.look() == 1
    assert [secret for secret, _ in post.got] == [True]


@pytest.mark.parametrize("way", ["tls", "starttls"])
async def test_a_good_certificate_of_another_name_is_refused(
    database, keys, request_of_somebody, everything_said: Content, certificate, monkeypatch, way
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    post = Post()
    async with serving(post, certificate, way) as port:
        settings = of_mail(port, way, "127.0.0.1")
        assert await Notifier(settings, database, keys, everything_said.catalog, lambda: NOW).look() == 0
    assert post.got == []


async def test_a_server_that_no_longer_offers_tls_is_told_nothing(
    database, keys, request_of_somebody, everything_said: Content, certificate
):
    """As when somebody on the way takes the offer out."""
    post = Post()
    async with serving(post, certificate, "none") as port:
        settings = of_mail(port, "starttls")
        assert await Notifier(settings, database, keys, everything_said.catalog, lambda: NOW).look() == 0
    assert post.got == []
    async with database.read() as tx:
        assert await notices.troubles(tx) == {"retried": 1, "failed": 0}
