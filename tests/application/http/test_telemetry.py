"""Traces leave where OpenTelemetry's environment variables say, and hold nothing that was asked."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import httpx

QUESTION = "When does the truce end?"


class Collector(BaseHTTPRequestHandler):
    """Keeps what is posted."""

    received: ClassVar[list[tuple[str, bytes]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.received.append((self.path, body))
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def collecting() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def test_a_request_is_traced_without_its_question(sample_settings):
    command = [sys.executable, "-m", "tui.cli", "--library", str(sample_settings.library), "serve", "--port", "0"]
    with collecting() as endpoint:
        environment = os.environ | {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
            try:
                address = re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())
                assert address is not None
                asked = httpx.post(f"{address[0]}/v1/ask", json={"question": QUESTION}, timeout=60)
                assert asked.status_code == 200
                process.terminate()
                process.communicate(timeout=60)
            finally:
                process.kill()
    traces = b"".join(body for path, body in Collector.received if path == "/v1/traces")
    assert b"/v1/ask" in traces
    assert QUESTION.encode() not in b"".join(body for _, body in Collector.received)
