"""Everything the OpenAPI document says, tried by schemathesis against the real server."""

import subprocess
import sys
from pathlib import Path

from tests.application.http.serving import serving

CONFIGURATION = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = 6
SEED = 20261123


def test_every_operation_keeps_what_the_document_promises(tmp_path):
    # A server of its own: what is posted here is odd on purpose.
    with serving(tmp_path / "library") as (_, client):
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIGURATION),
            *(
                "run",
                f"{str(client.base_url).rstrip('/')}/openapi.json",
                "--max-examples",
                str(EXAMPLES),
                "--seed",
                str(SEED),
            ),
            *("--continue-on-failure", "--no-color", "--request-timeout", "60"),
        ]
        done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-5_000:]
