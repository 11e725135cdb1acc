"""What an operator decides about the web chat."""

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Site:
    """What an operator decides. `key`: 32 secret bytes that prove forms and cookies, the same on every replica.

    `secure`: pages are served over https. `neutral`: where leaving leads, `{language}` in it is the page's language.
    `public`: the address that people type, without a slash at its end; "" where it is not set.
    `framed_by`: origins whose pages may show the chat in a frame. `onion`: its address in Tor, or "".
    """

    key: bytes
    secure: bool = False
    neutral: str = "https://{language}.wikipedia.org/"
    default_language: str = "fr"
    public: str = ""
    framed_by: tuple[str, ...] = ()
    onion: str = ""

    def elsewhere(self, language: str) -> str:
        """The neutral page for a language."""
        return self.neutral.replace("{language}", language)

    @property
    def base(self) -> str:
        """The path below which the proxy shows us ("/chat"); "" at the root."""
        return urlsplit(self.public).path.rstrip("/")

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of a page: only what we serve, and framed by nobody but who may."""
        framed_by = " ".join(self.framed_by) or "'none'"
        return (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            f"form-action 'self'; base-uri 'none'; frame-ancestors {framed_by}"
        )
