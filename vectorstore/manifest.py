"""Which embedder a library's vectors come from, and the manifest that stands beside the FAISS file."""

from dataclasses import dataclass

__all__ = ["EmbedderIdentity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedderIdentity:
    """What makes two vectors comparable.

    Attributes:
        name: Name of the model, for people.
        sha256: SHA-256 (hex) of the weights, or of what stands for them.
        dimension: Length of a vector.
    """

    name: str
    sha256: str
    dimension: int
