"""The Telegram channel on loopback, before a stand-in for the Bot API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.channels.telegram.channel import Host, Telegram
from bot.channels.telegram.profile import profiles
from locales.catalog import Catalog
from tests.emulator.bot_api import BotApi

PROFILES = profiles(Catalog())


@asynccontextmanager
async def running(api: BotApi, host: Host, webhook: bool = True) -> AsyncIterator[str]:
    """A channel inside an application on loopback; gives its address, once Telegram knows it."""
    app = web.Application()
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    listening = asyncio.get_running_loop().create_server  # the port must be known before the webhook is set
    probe = await listening(asyncio.Protocol, "127.0.0.1", 0)
    port = probe.sockets[0].getsockname()[1]
    probe.close()
    await probe.wait_closed()
    address = f"http://127.0.0.1:{port}"
    channel = Telegram(host, api.token, api.url, address if webhook else None, first_pause=0.02, profiles=PROFILES)
    channel.mount(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        await api.until(lambda: api.webhook if webhook else "deleteWebhook" in [name for name, _ in api.calls])
        yield address
    finally:
        await runner.cleanup()
