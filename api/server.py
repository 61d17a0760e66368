"""The HTTP server: opens the library once, loads the models, and serves on this machine only."""

import signal
import socket
import sys
from contextlib import closing, suppress
from pathlib import Path

import uvicorn

from api.app import create_app
from api.state import ApiState, build_state
from rag.assembly import build_assistant, build_embedder, build_librarian, open_library
from rag.errors import SettingsError
from rag.settings import load_settings

__all__ = ["run_server"]

HOST = "127.0.0.1"
GRACE_S = 10
"""How long questions that are being answered may hold up the end."""

SECURITY_HEADERS = [
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
]


def run_server(directory: Path | None, *, port: int) -> None:
    """Serve the library in the directory, or in the settings', until Ctrl+C or SIGTERM; port 0 takes any free one.

    Raises:
        SettingsError: The port is taken or may not be used, or a setting is wrong.
        LibraryError: There is no library to serve.
        ModelError: A model cannot be loaded.
    """
    settings = load_settings(library=directory)
    # uvicorn hands a signal on once it has stopped; SIGTERM too must then end here, where the library is closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt), closing(_listener(port)) as listener:
        embedder = build_embedder(settings)
        with closing(open_library(settings, embedder=embedder, create=True)) as library:
            state = build_state(
                assistant=build_assistant(settings, library=library, embedder=embedder),
                library=library,
                librarian=build_librarian(settings, library=library, embedder=embedder),
                jobs_directory=settings.library / "jobs",
            )
            state.assistant.warm_up()
            state.jobs.start()
            address = f"http://{HOST}:{listener.getsockname()[1]}"
            sys.stderr.write(f"Pullquote answers at {address}/v1/ask; press Ctrl+C to end it.\n")
            _server(state).run(sockets=[listener])
            state.jobs.close(timeout_s=GRACE_S)


def _listener(port: int) -> socket.socket:
    """Return a listening socket; taken before anything is loaded, so that a taken port is told at once."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        message = f"Port {port} of {HOST} is taken, or may not be used."
        raise SettingsError(message, "Choose another one with --port PORT.") from error


def _server(state: ApiState) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            create_app(state),
            log_level="warning",
            access_log=False,
            lifespan="off",
            headers=SECURITY_HEADERS,
            server_header=False,
            timeout_graceful_shutdown=GRACE_S,
        )
    )
