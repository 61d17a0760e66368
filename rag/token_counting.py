"""How many cl100k_base tokens a text takes, counted offline with the vocabulary that ships with the package."""

import binascii
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ModelError

if TYPE_CHECKING:
    import tiktoken

__all__ = ["VOCABULARY_PATH", "count_tokens", "load_encoding"]

VOCABULARY_PATH = Path(__file__).parent / "models" / "tokens" / "cl100k_base.tiktoken"

VOCABULARY_SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
"""Source: the ``expected_hash`` of cl100k_base in ``tiktoken_ext/openai_public.py``, tiktoken 0.14."""

SPLIT_PATTERN = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"
    r"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
"""Source: the ``pat_str`` of cl100k_base in the same place."""

BLOCK_CHARS = 20_000
"""Longer texts are counted in blocks of this size: on a million spaces in a row tiktoken overflows its stack."""


def load_encoding(path: Path) -> "tiktoken.Encoding":
    """Build cl100k_base from its vocabulary file, without tiktoken's downloads and cache folder.

    Raises:
        ModelError: The file is missing, or is not the published one.
    """
    import tiktoken  # Slow to import, and questions do not need it.

    remedy = "Install Pullquote again to get the file back."
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"The token vocabulary {path} cannot be read: {error.strerror}."
        raise ModelError(message, remedy) from error
    if hashlib.sha256(content).hexdigest() != VOCABULARY_SHA256:
        raise ModelError(f"The token vocabulary {path} is damaged: its SHA-256 is not the published one.", remedy)
    lines = (line.split() for line in content.splitlines())
    ranks = {binascii.a2b_base64(token): int(rank) for token, rank in lines}
    return tiktoken.Encoding(name="cl100k_base", pat_str=SPLIT_PATTERN, mergeable_ranks=ranks, special_tokens={})


def count_tokens(text: str) -> int:
    """Return how many tokens the text takes; what looks like a special token is counted as text.

    Exact up to 20,000 characters; above, each further 20,000 may add a token or two.

    Raises:
        ModelError: The vocabulary is missing or damaged.
    """
    encoding = _encoding()
    blocks = (text[start : start + BLOCK_CHARS] for start in range(0, len(text), BLOCK_CHARS))
    return sum(len(encoding.encode_ordinary(block)) for block in blocks)


@cache
def _encoding() -> "tiktoken.Encoding":
    return load_encoding(VOCABULARY_PATH)
