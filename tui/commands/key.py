"""``pullquote key``."""

import secrets
from hashlib import sha256

import typer

__all__ = ["run_key"]

KEY_BYTES = 32


def run_key(*, is_writing: bool) -> None:
    """Print a new key, which is kept nowhere, and its hash as the setting takes it."""
    key = f"pq-{secrets.token_urlsafe(KEY_BYTES)}"
    scope = "write" if is_writing else "read"
    typer.echo(f"Key, for clients:        {key}")
    typer.echo(f"PULLQUOTE_API__KEYS:     {scope}:{sha256(key.encode()).hexdigest()}")
