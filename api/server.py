"""The HTTP server: opens the library once, loads the models, and serves until it is told to end."""

import gc
import ipaddress
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import uvicorn

from api.app import create_app
from api.jobs import Jobs
from api.logged_assistant import LoggedAssistant
from api.request_log import log_as_json
from api.state import ApiState, build_state
from api.timely_protocol import TimelyProtocol
from rag.assembly import build_assistant, build_embedder, build_librarian, open_library
from rag.errors import SettingsError
from rag.protocols import Embedder, Library
from rag.settings import ApiSettings, Settings, load_settings

__all__ = ["run_server"]

SWITCH_S = 0.0005
"""After how long a thread that answers lets the event loop run: a tenth of Python's own, and it waits 20 ms, not 34."""
GRACE_S = 30
"""How long what is being answered or added may hold up the end."""


def run_server(directory: Path | None, *, host: str, port: int) -> None:
    """Serve the library in the directory, or in the settings', until Ctrl+C or SIGTERM; port 0 takes any free one.

    Raises:
        SettingsError: The port is taken or may not be used, keys are missing, or a setting is wrong.
        LibraryError: The library cannot be served.
        ModelError: A model cannot be loaded.
    """
    settings = load_settings(library=directory)
    _check_exposure(host, settings.api)
    # uvicorn hands a signal on once it has stopped; SIGTERM too must then end here, where the library is closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _allow_connections()
    with suppress(KeyboardInterrupt), closing(_listener(host, port)) as listener:
        embedder = build_embedder(settings)
        with closing(open_library(settings, embedder=embedder, create=True)) as library:
            state = _ready_state(settings, library, embedder)
            api = settings.api.model_copy(update={"hosts": (*settings.api.hosts, _host_name(host))})
            with _working(state.jobs):
                sys.stderr.write(f"Pullquote answers at {_address(listener)}; press Ctrl+C to end it.\n")
                log_as_json()
                _Server(state, api).run(sockets=[listener])


def _ready_state(settings: Settings, library: Library, embedder: Embedder) -> ApiState:
    """Return the state with everything loaded."""
    state = build_state(
        assistant=build_assistant(settings, library=library, embedder=embedder),
        library=library,
        librarian=build_librarian(settings, library=library, embedder=embedder),
        jobs_directory=settings.library / "jobs",
    )
    state.assistant.warm_up()
    sys.setswitchinterval(SWITCH_S)
    gc.freeze()  # A full collection walks all that was loaded, and nobody is answered meanwhile.
    return replace(state, assistant=LoggedAssistant(state.assistant)) if settings.api.log_questions else state


@contextmanager
def _working(jobs: Jobs) -> Iterator[None]:
    jobs.start()
    try:
        yield
    finally:
        jobs.close(timeout_s=GRACE_S)


class _Server(uvicorn.Server):
    """Ends gracefully: what runs is finished, what follows a job is let go, and nothing new is taken."""

    def __init__(self, state: ApiState, settings: ApiSettings) -> None:
        super().__init__(
            uvicorn.Config(
                create_app(state, settings),
                http=TimelyProtocol,
                log_config=None,
                access_log=False,
                # Telemetry begins and ends with it.
                lifespan="on",
                server_header=False,
                # A client that names an address of its own choice would get a new allowance with each.
                proxy_headers=False,
                timeout_graceful_shutdown=GRACE_S,
            )
        )
        self._jobs = state.jobs

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let those who follow a job go first; they would wait until it is done."""
        self._jobs.refuse_new()
        await super().shutdown(sockets)


def _check_exposure(host: str, settings: ApiSettings) -> None:
    """Refuse to show the library to other machines without a key."""
    if not settings.keys and not _is_loopback(host):
        message = f"Other machines could reach this server at {host}, and it has no key."
        raise SettingsError(message, "Make one with `pullquote key`, and set PULLQUOTE_API__KEYS to what it tells.")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host_name(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _listener(host: str, port: int) -> socket.socket:
    """Return a listening socket; taken before anything is loaded, so that a taken port is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        message = f"Port {port} of {host} is taken, or may not be used."
        raise SettingsError(message, "Choose another one with --port PORT.") from error
    # Connections inherit it; without, the second part of an answer waits 40 ms until the first is acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(listener: socket.socket) -> str:
    host, port, *_ = listener.getsockname()
    return f"http://{_host_name(host)}:{port}"


def _allow_connections() -> None:
    """Raise the limit of open files as far as the system lets us: each connection is one."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else soft, hard))
