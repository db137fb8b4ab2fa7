"""`kroniek serve`: the workbench in the browser."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kroniek.cli.app import app
from kroniek.cli.ask import File

if TYPE_CHECKING:
    from socket import socket

    from kroniek.web.settings import Password, Settings

HIGHEST_PORT = 65535


@app.command()
def serve(
    file: File,
    port: Annotated[int, typer.Option("--port", help="Port to listen on.", min=0, max=HIGHEST_PORT)] = 8765,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on; others need a password.")
    ] = "127.0.0.1",
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="PATH", help="File whose first line is the password."),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = False,
) -> None:
    """Read, check and correct a chronicle in the browser, on this machine only unless told otherwise."""
    from kroniek.web.app import create_app
    from kroniek.web.settings import Settings

    password = _password(password_file) if password_file else None
    settings = Settings(host=host, port=port, password=password)
    application = create_app(file, settings=settings)
    listening = _listen(settings)
    address = _address(settings, listening)
    print(address, flush=True)
    print(f"kroniek: serving {file}; stop with Ctrl-C", file=sys.stderr)
    if open_browser:
        import webbrowser

        webbrowser.open(address)
    _run(application, listening)


def _run(application: object, listening: socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        application, log_level="warning", server_header=False, proxy_headers=False,  # type: ignore[arg-type]
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        print("kroniek: stopped", file=sys.stderr)
    finally:
        listening.close()


def _password(path: Path) -> Password:
    """Return the password in the first line of a file; raises ServeError when there is none."""
    from kroniek.web.settings import Password, ServeError

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ServeError(f"{path}: the password file cannot be read: {error}") from error
    return Password.of(lines[0].strip() if lines else "")


def _listen(settings: Settings) -> socket:
    """Return a socket that listens; raises ServeError when the address is taken or not ours."""
    import errno
    import socket

    from kroniek.web.settings import ServeError

    host = settings.host.strip("[]")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, settings.port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ServeError(f"{host}: no such address: {error.strerror or error}") from error
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(place)
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise ServeError(
                f"port {settings.port} is in use: is kroniek serve running already? "
                f"Choose another one with --port {min(settings.port + 1, HIGHEST_PORT)}"
            ) from error
        raise ServeError(f"{host}:{settings.port}: cannot be listened on: {error.strerror}") from error
    return listening


def _address(settings: Settings, listening: socket) -> str:
    host = settings.host.strip("[]")
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listening.getsockname()[1]}/"
