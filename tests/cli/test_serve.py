"""`kroniek serve`: it says where it is, and what is wrong when it cannot run."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from kroniek.chronicle import Chronicle


@pytest.fixture
def chronicle(tmp_path: Path) -> Path:
    path = tmp_path / "leeg.kroniek"
    with Chronicle.open(path, create=True):
        pass
    return path


def _serve(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kroniek", "serve", *words], capture_output=True, text=True, timeout=60
    )


def _refused(*words: str) -> str:
    done = _serve(*words)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_serve_prints_its_address_answers_and_stops(chronicle: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kroniek", "serve", str(chronicle), "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout and process.stderr
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert b"<h1>" in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert "Traceback" not in process.stderr.read()


def test_serve_says_when_the_port_is_taken(chronicle: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port} is in use" in _refused(str(chronicle), "--port", str(port))


def test_serve_says_what_is_no_chronicle(tmp_path: Path) -> None:
    assert "no such chronicle file" in _refused(str(tmp_path / "nergens.kroniek"))
    other = tmp_path / "brief.txt"
    other.write_text("Beste mensen")
    assert "is not a chronicle" in _refused(str(other))
    assert "is a folder" in _refused(str(tmp_path))


def test_serve_wants_a_good_password_where_others_can_reach_it(chronicle: Path, tmp_path: Path) -> None:
    assert "needs a password" in _refused(str(chronicle), "--host", "0.0.0.0")
    short = tmp_path / "wachtwoord.txt"
    short.write_text("kort\n")
    assert "too short" in _refused(str(chronicle), "--host", "0.0.0.0", "--password-file", str(short))
    missing = str(tmp_path / "nergens.txt")
    assert "cannot be read" in _refused(str(chronicle), "--password-file", missing)
    assert "no such address" in _refused(
        str(chronicle), "--host", "no.such.host.invalid", "--password-file", str(_long(tmp_path))
    )


def _long(folder: Path) -> Path:
    path = folder / "lang.txt"
    path.write_text("een lang wachtwoord\n")
    return path
