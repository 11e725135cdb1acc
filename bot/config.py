"""Every setting, in one place: from the environment or a `.env` file, named PASSERELLE_* (and PORT)."""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, HttpUrl, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

Folder = Path("var")


PREFIX = "PASSERELLE_"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECRET_SIZE = 32  # the least length of what signs
METRICS_SECRET = 16  # the least length of what is only compared
ORIGIN = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?")
BOT_TOKEN = re.compile(r"[0-9]+:[\w-]{20,}", re.ASCII)
PLAIN_NAME = re.compile(r"[A-Z_]{1,40}")


def setting_name(field: str) -> str:
    """The name under which a field is set: `public_url` is PASSERELLE_PUBLIC_URL."""
    return field if field.isupper() else f"{PREFIX}{field.upper()}"


class Settings(BaseSettings):
    """What can be set. Secrets are never printed; a wrong value is refused at start with its name."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535, validation_alias=AliasChoices("PASSERELLE_PORT", "PORT"))
    public_url: HttpUrl | None = None
    database_url: SecretStr = SecretStr(f"sqlite:///{Folder}/passerelle.sqlite")
    key_file: Path = Folder / "passerelle.key"
    exit_url: str = "https://{language}.wikipedia.org/"
    framed_by: str = ""
    onion_url: HttpUrl | None = None
    telegram_api: HttpUrl | None = None
    telegram_token: SecretStr | None = None
    telegram_webhook: HttpUrl | None = None
    print_link: bool = True
    idle_minutes: int = Field(15, ge=2, le=15)
    metrics_token: SecretStr | None = None
    nlu: Literal["embedded", "rasa"] = "embedded"
    rasa_url: HttpUrl = HttpUrl("http://127.0.0.1:5005/")
    rasa_token: SecretStr | None = Field(None, validate_default=True)
    smtp_host: str | None = None
    smtp_port: int = Field(587, ge=1, le=65535)
    smtp_tls: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str | None = Field(None, validate_default=True)
    webhook_url: SecretStr | None = None
    webhook_secret: SecretStr | None = Field(None, validate_default=True)
    notify_minutes: int = Field(30, ge=5, le=24 * 60)
    digest_hour: Annotated[int, Field(ge=0, le=23)] | Literal["off"] = 9
    places_fade_days: int = Field(7, ge=1, le=365)
    places_gone_days: int = Field(21, ge=1, le=365)
    place_hold_hours: int = Field(48, ge=1, le=24 * 14)
    targets: Path | None = None

    def __init__(self, **given: Any) -> None:
        """Read them all. Raises ValueError, with a sentence for people."""
        try:
            super().__init__(**given)
        except UnicodeDecodeError:
            raise ValueError("the file .env is no text in UTF-8: write it anew") from None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: SecretStr) -> SecretStr:
        scheme, _, rest = url.get_secret_value().partition("://")
        file = rest.partition("?")[0].removeprefix("/")
        in_memory = file in ("", ":memory:") or not rest.startswith("/")  # all would be lost at the end
        if scheme not in ("sqlite", "postgresql", "postgres") or (scheme == "sqlite" and in_memory):
            raise ValueError("write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
        return url

    @field_validator("exit_url")
    @classmethod
    def _exit_leads_somewhere(cls, url: str) -> str:
        plain = url.replace("{language}", "fr")
        address = None if set(plain) & set("{} ") or "[" in plain else urlsplit(plain)
        if address is None or address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError("write a web address; {language} in it becomes fr, en, es, ar …")
        return url

    @field_validator("framed_by")
    @classmethod
    def _framed_by_origins(cls, origins: str) -> str:
        if not all(ORIGIN.fullmatch(origin) for origin in origins.split()):
            raise ValueError("write origins, for example https://www.example.org, with spaces between")
        return origins

    @field_validator("telegram_token")
    @classmethod
    def _token_of_a_bot(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        own_server = info.data.get("telegram_api") is not None
        if token is not None and not own_server and not BOT_TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("write it as @BotFather gave it: digits, a colon, then letters and digits")
        return token

    @field_validator("metrics_token")
    @classmethod
    def _metrics_token_is_long(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value()) < METRICS_SECRET:
            raise ValueError(f"it needs {METRICS_SECRET} characters or more")
        return token

    @field_validator("targets")
    @classmethod
    def _targets_are_there(cls, path: Path | None) -> Path | None:
        if path is not None and not path.is_file():
            raise ValueError(f"there is no file {path}")
        return path

    @field_validator("rasa_token")
    @classmethod
    def _rasa_has_a_token(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if token is None and info.data.get("nlu") == "rasa":
            raise ValueError("PASSERELLE_NLU=rasa needs it: `make rasa` says where it is")
        return token

    @field_validator("smtp_password")
    @classmethod
    def _password_under_tls(cls, password: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if password is not None and info.data.get("smtp_tls") == "none":
            raise ValueError("a password is sent under TLS only: take PASSERELLE_SMTP_TLS=none away")
        return password

    @field_validator("smtp_from")
    @classmethod
    def _mail_has_a_sender(cls, sender: str | None, info: ValidationInfo) -> str | None:
        if (sender is None) != (info.data.get("smtp_host") is None):
            raise ValueError("mail needs both PASSERELLE_SMTP_HOST and PASSERELLE_SMTP_FROM")
        if sender is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+", sender):
            raise ValueError("write an address, for example passerelle@example.org")
        return sender

    @field_validator("webhook_url")
    @classmethod
    def _webhook_over_https(cls, url: SecretStr | None) -> SecretStr | None:
        address = urlsplit(url.get_secret_value()) if url else None
        if address and address.scheme != "https" and address.hostname not in LOOPBACK:
            raise ValueError("write an https address")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_is_signed(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if info.data.get("webhook_url") is not None and (
            secret is None or len(secret.get_secret_value()) < SECRET_SIZE
        ):
            raise ValueError(f"PASSERELLE_WEBHOOK_URL needs it, with at least {SECRET_SIZE} characters")
        return secret

    @classmethod
    def unknown(cls) -> str | None:
        """What to mend where the environment or `.env` names settings that there are not: typing errors."""
        known = {setting_name(field) for field in cls.model_fields}
        named = {name.upper(): value for name, value in {**DotEnvSettingsSource(cls).env_vars, **os.environ}.items()}
        wrong = {name: value for name, value in named.items() if name not in known and name.startswith(PREFIX)}
        told = sorted(_shown(name, known, whole=value is not None) for name, value in wrong.items())
        return f"there is no setting {', '.join(told)}: look in the README" if told else None

    @property
    def address(self) -> str:
        """The address that people type, without a slash at its end; "" where it is not set."""
        return str(self.public_url).rstrip("/") if self.public_url is not None else ""

    @property
    def secure(self) -> bool:
        """Whether people reach it over https, so that cookies may say so."""
        return self.public_url is not None and self.public_url.scheme == "https"


def _shown(name: str, known: set[str], *, whole: bool) -> str:
    """A wrong name, or what it shares with the nearest known one where a secret may have got into it."""
    if whole and PLAIN_NAME.fullmatch(name) and not name.startswith(tuple(known)):
        return name
    starts = (name[:end] for end in range(len(name), 0, -1))
    return next(start for start in starts if any(other.startswith(start) for other in known)) + "…"
