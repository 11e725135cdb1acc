"""The files for a deployment: commands and settings that there are, and nothing outside that is for the inside."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import cli
from bot.config import Settings, setting_name

ROOT = Path(__file__).parent.parent
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
TIMERS = sorted((ROOT / "deploy" / "systemd").glob("*.timer"))
CLONE = "/srv/passerelle/.venv/bin/passerelle"
HARD = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictNamespaces": "yes",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
    "LimitCORE": "0",
    "User": "passerelle",
}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def known_settings() -> set[str]:
    return {setting_name(field) for field in Settings.model_fields} | {"PASSERELLE_PORT"}


def test_two_alike_processes_and_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]):
    services = compose["services"]
    assert services["one"] == services["two"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert services["database"]["networks"] == ["inner"]
    assert compose["networks"]["inner"]["internal"] is True
    for name in ("one", "two", "upgrade"):
        service = services[name]
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert set(service["environment"]) <= known_settings()


def test_the_tables_are_brought_up_to_date_once_before_any_process(compose: dict[str, Any]):
    services = compose["services"]
    assert services["upgrade"]["command"] == ["db", "upgrade"]
    assert cli._parser().parse_args(services["upgrade"]["command"]).command is not None
    assert services["one"]["depends_on"] == {"upgrade": {"condition": "service_completed_successfully"}}


def test_no_password_stands_in_a_file(compose: dict[str, Any]):
    for service in compose["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "TOKEN" in name:
                assert str(value).startswith("${"), name
    address = compose["services"]["one"]["environment"]["PASSERELLE_DATABASE_URL"]
    assert "passerelle:${PASSERELLE_DATABASE_PASSWORD:?" in address


def test_the_proxy_reaches_both_tells_no_address_and_keeps_the_inside_in(compose: dict[str, Any]):
    caddy = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    upstreams = re.search(r"reverse_proxy (.+) \{", caddy)
    assert upstreams
    assert [one.partition(":")[0] for one in upstreams[1].split()] == ["one", "two"]
    assert all(one in compose["services"] for one in ("one", "two"))
    for header in ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded"):
        assert f"header_up -{header}\n" in caddy
    assert "path /metrics /health /ready" in caddy
    assert not re.search(r"^\s*log\b", caddy, re.MULTILINE), "who spoke, and when, is what an access log tells"
    assert caddy.count("{") == caddy.count("}")


def test_the_image_is_run_by_nobody_in_particular_and_answers_for_its_health():
    told = (ROOT / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER 10001:10001$", told, re.MULTILINE)
    assert "/ready" in told
    assert "make setup" in told
    for line in re.findall(r"^ENV (.*)$", told, re.MULTILINE):
        names = {pair.partition("=")[0] for pair in line.split()}
        assert {name for name in names if name.startswith("PASSERELLE_")} <= known_settings()
    assert {".env", ".git", "var"} <= set((ROOT / ".dockerignore").read_text().split())


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_a_command_that_there_is_and_may_do_little_else(path: Path):
    service = unit(path)["Service"]
    command = service["ExecStart"].split()
    assert command[0] == CLONE
    assert cli._parser().parse_args(command[1:]).command is not None
    assert {name: service.get(name) for name in HARD} == HARD


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.stem)
def test_a_timer_has_its_unit(path: Path):
    assert path.with_suffix(".service").exists()
    assert unit(path)["Timer"]["OnCalendar"]


def test_systemd_finds_no_fault_where_it_is_there(tmp_path: Path):
    told = [unit(path) for path in (*UNITS, *TIMERS)]
    assert len(told) == len(UNITS) + len(TIMERS) >= 7
    verify = shutil.which("systemd-analyze")
    for path in (*UNITS, *TIMERS) if verify else ():
        words = path.read_text("utf-8").replace(CLONE, "/bin/true").replace("User=passerelle", "User=root")
        (tmp_path / path.name.replace("@.", "@8081.")).write_text(words)
    if verify:
        files = sorted(map(str, tmp_path.iterdir()))
        done = subprocess.run([verify, "verify", *files], capture_output=True, text=True, check=False)
        faults = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
        assert not faults


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text("utf-8"))
    return parser
