"""Which embedder a library's vectors come from, and the manifest that stands beside a derived index."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

__all__ = ["EmbedderIdentity", "IndexManifest"]

_SHA256 = re.compile(r"[0-9a-f]{64}")


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
    """What is needed to trust a saved index, and to know what it lacks.

    Attributes:
        format_version: Version of these fields and of the index file.
        built_with: What the index depends on apart from the passages, such as embedder, dimension and metric.
        kind: What kind of index it is.
        generation: Number of the commit that the index is level with.
        commit: Token of that commit.
        count: Number of passages.
        sha256: SHA-256 (hex) of the index file, which is named after it.
    """

    format_version: int
    built_with: Mapping[str, str | int]
    kind: str
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
        types = {field.name: dict if field.name == "built_with" else field.type for field in fields(cls)}
        if not isinstance(values, dict) or {name: type(value) for name, value in values.items()} != types:
            raise ValueError("its fields are not those of a manifest")
        if not 0 <= values["generation"] < 2**63 or not values["commit"].isascii():
            raise ValueError("it names no commit")
        if not _SHA256.fullmatch(values["sha256"]):
            raise ValueError("it names no file")
        return cls(**values)
