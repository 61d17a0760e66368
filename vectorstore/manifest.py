"""Which embedder a library's vectors come from, and the manifest that stands beside the FAISS file."""

import json
from dataclasses import asdict, dataclass, fields

__all__ = ["EmbedderIdentity", "IndexManifest"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexManifest:
    """What is needed to trust a saved dense index, and to know what it lacks.

    Attributes:
        format_version: Version of these fields and of the kind of index.
        metric: How the index compares vectors.
        generation: Number of the commit that the index is level with.
        commit: Token of that commit.
        count: Number of vectors.
        sha256: SHA-256 (hex) of the index file.
    """

    format_version: int
    embedder_name: str
    embedder_sha256: str
    dimension: int
    metric: str
    generation: int
    commit: str
    count: int
    sha256: str

    def to_json(self) -> str:
        """Return the manifest as indented JSON."""
        return json.dumps(asdict(self), indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "IndexManifest":
        """Read what ``to_json`` wrote.

        Raises:
            ValueError: It is not JSON, or not exactly these fields with these types.
        """
        values = json.loads(text)
        types = {field.name: field.type for field in fields(cls)}
        if not isinstance(values, dict) or {name: type(value) for name, value in values.items()} != types:
            raise ValueError("its fields are not those of a manifest")
        if not 0 <= values["generation"] < 2**63 or not values["commit"].isascii():
            raise ValueError("it names no commit")
        return cls(**values)
