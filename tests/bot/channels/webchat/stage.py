"""A small conversation in memory behind the real pages, and a server that shows them."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

from aiohttp import web

from bot.channels.webchat.channel import webchat
from bot.channels.webchat.site import Site
from bot.front import Front
from bot.messages import Channel, Incoming, Printed, Reply, Shown, ShownChoice, ShownReceipt
from bot.render import emergency
from dialogs.reading import read_library
from dialogs.text import Text

RTL = ("ar",)
SORRY = "This could not be read."
SAID = {
    "fr": {
        "hello": "Bonjour. Ici un programme répond.\nVous pouvez arrêter à tout moment.",
        "ask": "Que voulez-vous faire ?",
        "know": "Connaître mes droits",
        "check": "Regarder ma situation",
        "help": "Demander une aide",
        "write": "Avec vos mots : de quoi avez-vous besoin ? N’écrivez ni nom ni adresse.",
        "consent": "Voici ce qui sera envoyé. Êtes-vous d’accord ?",
        "yes": "Oui, envoyer",
        "no": "Non",
        "sent": "C’est envoyé. Gardez ce code : il ne sera plus montré.",
        "sos": "Danger : de l’aide maintenant",
        "numbers": "Appelez le 17 ou le 112. Une parole impossible ? Écrivez au 114. Article 225-4-1.",
        "call": "Appeler le 17 : police",
        "back": "Retour",
        "menu": "Menu",
        "leave": "Cacher et quitter",
        "puzzled": "Je n’ai pas compris.",
        "words": "Mots : {}",
        "digits": "Ou chiffres : {}",
        "kept": "Revenez quand vous voulez avec ce code.",
    },
    "ar": {
        "hello": "مرحبا. هنا يجيب برنامج.\nيمكنك التوقف في أي وقت.",
        "ask": "ماذا تريد أن تفعل؟",
        "know": "معرفة حقوقي",
        "check": "النظر في وضعي",
        "help": "طلب المساعدة",
        "write": "بكلماتك: ماذا تحتاج؟ لا تكتب اسما ولا عنوانا.",
        "consent": "هذا ما سيُرسل. هل توافق؟",
        "yes": "نعم، أرسل",
        "no": "لا",
        "sent": "تم الإرسال. احتفظ بهذا الرمز: لن يظهر مرة أخرى.",
        "sos": "خطر: مساعدة الآن",
        "numbers": "اتصل بالرقم 17 أو 112. لا تستطيع الكلام؟ اكتب إلى 114. المادة 225-4-1.",
        "call": "اتصل بالرقم 17: الشرطة",
        "back": "رجوع",
        "menu": "القائمة",
        "leave": "إخفاء ومغادرة",
        "puzzled": "لم أفهم.",
        "words": "الكلمات: \u2068{}\u2069",
        "digits": "أو الأرقام: \u2068{}\u2069",
        "kept": "عُد متى شئت بهذا الرمز.",
    },
}
FRAME = {
    "fr": {
        "Hide and leave": "Cacher et quitter",
        "Send": "Envoyer",
        "Write here": "Écrivez ici",
        "Or write in your own words": "Ou écrivez avec vos mots",
    },
    "ar": {
        "Hide and leave": "إخفاء ومغادرة",
        "Send": "إرسال",
        "Write here": "اكتب هنا",
        "Or write in your own words": "أو اكتب بكلماتك",
    },
}
CODE = ShownReceipt(
    "abeille jardin lumière panier rivière soleil tapis voyage", "482 913 007 551 264 870 339 126 748", "person"
)
STEPS = {
    "ask": (("know", "check", "help"), False),
    "write": ((), True),
    "consent": (("yes", "no"), False),
    "kept": ((), False),
    "numbers": (("call",), False),
}


class Dictionary:
    """The catalogue's interface over the few words above; other languages show the source text."""

    languages: Mapping[str, object] = {"fr": {}, "en": {}, "es": {}, "ar": {}}

    def translate(self, language: str, text: Text) -> str:
        return FRAME.get(language, {}).get(text.msgid, text.msgid)

    def direction(self, language: str) -> Literal["ltr", "rtl"]:
        return "rtl" if language in RTL else "ltr"


@dataclass
class Conversation:
    language: str
    step: str = "ask"
    turn: int = 0


@dataclass
class Story:
    """Keeps the host's promises: a repeat gets the stored reply, a stale tap the present screen, leaving forgets."""

    told: dict[str, Conversation] = field(default_factory=dict)
    outbox: dict[int, tuple[str, Reply]] = field(default_factory=dict)
    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    heard: list[Incoming] = field(default_factory=list)
    sent: int = 0
    broken: bool = False
    code: ShownReceipt = CODE
    now: float = 1_795_000_000

    async def handle(self, incoming: Incoming) -> Reply:
        if self.broken:
            raise RuntimeError(incoming.text or "broken")
        row = self.seen.get((incoming.address, incoming.key))
        if row is not None and row in self.outbox:
            return replace(self.outbox[row][1], repeated=True)
        reply = self._turn(incoming)
        row = self.last[incoming.address] = len(self.seen) + 1
        self.seen[incoming.address, incoming.key] = row
        self.outbox[row] = (incoming.address, replace(reply, delivery=row))
        return self.outbox[row][1]

    async def printed(self, channel: Channel, address: str, at: int) -> Printed | None:
        return None

    def first(self, channel: Channel, language: str | None, at: int) -> Reply:
        return self._shown(Conversation(language or "fr"), "hello")

    async def latest(self, channel: Channel, address: str, at: int) -> Reply | None:
        if self.broken:
            raise RuntimeError("broken")
        if (kept := self.outbox.get(self.last.get(address, 0))) is not None:
            return kept[1]
        conversation = self.told.get(address)
        return self._shown(conversation) if conversation else None

    async def delivered(self, delivery: int) -> None:
        self.outbox.pop(delivery, None)

    async def opens(self, text: str) -> bool:
        return text == self.code.words

    def _turn(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        conversation = self.told.setdefault(incoming.address, Conversation(incoming.language or "fr"))
        if incoming.command == "hide" or (incoming.tap and incoming.tap.choice == "leave"):
            self._forget(incoming.address)
            return Reply(conversation.turn, conversation.language, "exit", "", (), ended=True, hide=True)
        if incoming.text == "effacer":
            self._forget(incoming.address)
            bye = (self._screen(conversation.language, ("kept",), (), False),)
            return Reply(conversation.turn, conversation.language, "privacy", "", bye, ended=True)
        note = self._said(conversation, incoming)
        if note != "code":
            return self._shown(conversation, *([note] if note else []))
        words, shown = SAID[conversation.language], self._shown(conversation)
        lines = (words["sent"], words["words"].format(self.code.words), words["digits"].format(self.code.digits))
        code = replace(shown.screens[0], text=lines, choices=(), once=True)
        return replace(shown, screens=(code, *shown.screens), receipts=(self.code,))

    def _forget(self, address: str) -> None:
        del self.told[address]
        self.outbox = {row: kept for row, kept in self.outbox.items() if kept[0] != address}

    def _said(self, conversation: Conversation, incoming: Incoming) -> str | None:
        if incoming.tap and incoming.tap.turn != conversation.turn:
            return None
        choice = str(incoming.tap.choice) if incoming.tap else ""
        onward = {"help": "write", "yes": "kept", "no": "ask", "menu": "ask", "back": "ask", "sos": "numbers"}
        step = onward.get(choice, "consent" if incoming.text and conversation.step == "write" else "")
        if not step:
            return "puzzled"
        conversation.step, conversation.turn = step, conversation.turn + 1
        self.sent += step == "kept"
        return "code" if step == "kept" else None

    def _shown(self, conversation: Conversation, *notes: str) -> Reply:
        answers, asks_text = STEPS[conversation.step]
        language = conversation.language
        screens = [self._screen(language, (note,), (), False) for note in notes]
        screens.append(self._screen(language, (conversation.step,), answers, asks_text))
        return Reply(conversation.turn, language, "story", conversation.step, tuple(screens))

    def _screen(self, language: str, text: tuple[str, ...], answers: tuple[str, ...], asks_text: bool) -> Shown:
        words = SAID.get(language, SAID["fr"])
        choices = [
            ShownChoice(name, words[name], *(("tel:17", "link") if name == "call" else (None, "answer")))
            for name in answers
        ]
        system = (("sos", "danger"), ("back", "back"), ("menu", "menu"), ("leave", "leave"))
        if text[0] in STEPS:
            choices += [ShownChoice(name, words[name], None, role) for name, role in system]  # type: ignore[arg-type]
        direction: Literal["ltr", "rtl"] = "rtl" if language in RTL else "ltr"
        return Shown(tuple(words[part] for part in text), tuple(choices), asks_text, language, direction)


@asynccontextmanager
async def served(app: web.Application, *, secure: bool = False) -> AsyncIterator[str]:
    """The application on a free port of this machine; its address."""
    runner = Front(app, SORRY, secure=secure)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@asynccontextmanager
async def elsewhere() -> AsyncIterator[str]:
    """The neutral site that leaving leads to, under another host name."""

    async def page(request: web.Request) -> web.Response:
        link = request.query.get("link", "")
        html = f'<!doctype html><title>Weather</title><h1>Sunny</h1><a href="{link}">link</a>'
        return web.Response(text=html, content_type="text/html")

    app = web.Application()
    app.router.add_get("/{tail:.*}", page)
    async with served(app) as address:
        yield address.replace("127.0.0.1", "localhost")


@dataclass(frozen=True)
class Stage:
    url: str
    story: Story
    neutral: str


@asynccontextmanager
async def stage(secure: bool = False) -> AsyncIterator[Stage]:
    """The web chat with a story behind it and somewhere to leave to."""
    story = Story()
    async with elsewhere() as neutral:
        site = Site(key=b"k" * 32, secure=secure, neutral=neutral + "/{language}")
        app = webchat(story, site, Dictionary(), partial(emergency, Dictionary(), read_library()), lambda: story.now)
        async with served(app, secure=secure) as url:
            yield Stage(url, story, neutral)
