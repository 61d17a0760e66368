"""Makes something anew in the background, for whoever uses the old one meanwhile."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Renewal"]

Made = TypeVar("Made")


class Renewal(Generic[Made]):
    """At most one thread that makes a new thing, which is then taken once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._made: Made | None = None

    @property
    def is_running(self) -> bool:
        """Whether something is being made."""
        thread = self._thread
        return thread is not None and thread.is_alive()

    def start(self, make: Callable[[], Made | None]) -> None:
        """Begin to make one, unless one is being made or waits to be taken; ``None`` means that it failed."""
        with self._lock:
            if self.is_running or self._made is not None:
                return
            self._thread = threading.Thread(target=self._run, args=(make,), name="renewal")
            self._thread.start()

    def taken(self) -> Made | None:
        """Return what was made, once, or ``None``."""
        with self._lock:
            made, self._made = self._made, None
        return made

    def wait(self) -> None:
        """Wait until nothing is being made."""
        thread = self._thread
        if thread is not None:
            thread.join()

    def _run(self, make: Callable[[], Made | None]) -> None:
        made = make()
        with self._lock:
            self._made = made
