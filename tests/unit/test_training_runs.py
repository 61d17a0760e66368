import resource
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertForQuestionAnswering

from rag.errors import CheckpointError
from rag.training.batches import batch_order, collate
from rag.training.checkpoints import Checkpoint, load_checkpoint, save_checkpoint
from rag.training.feature_file import load_features, save_features
from rag.training.features import Feature
from rag.training.loop import Pass, span_loss, train_pass

SETTINGS = Pass(batch_tokens=60, learning_rate=1e-2, checkpoint_every=2)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Compute in one thread: so little work takes a hundred times as long in two that wait for one another."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def tiny_reader(dropout: float = 0.1) -> BertForQuestionAnswering:
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=40,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
        hidden_dropout_prob=dropout,
    )
    return BertForQuestionAnswering(config)


def features(count: int = 40) -> list[Feature]:
    """The answer is the token 7; where there is none, the passage does not answer."""
    random = np.random.default_rng(5)
    made = []
    for _ in range(count):
        tokens = random.integers(10, 40, size=random.integers(10, 20)).astype(np.int32)
        tokens[[0, 3, -1]] = (1, 2, 2)
        place = 0 if random.random() < 0.3 else int(random.integers(4, len(tokens) - 1))
        if place:
            tokens[place] = 7
        made.append(Feature(tokens, 4, place, place))
    return made


def weights(model: BertForQuestionAnswering) -> dict[str, torch.Tensor]:
    return {name: tensor.clone() for name, tensor in model.state_dict().items()}


def same(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


def test_a_run_that_was_killed_ends_with_the_weights_of_one_that_was_not(tmp_path: Path) -> None:
    whole = tiny_reader()
    train_pass(whole, features(), SETTINGS, tmp_path / "whole")
    train_pass(tiny_reader(), features(), replace(SETTINGS, stop_at=0.4), tmp_path / "killed")
    resumed = tiny_reader()
    train_pass(resumed, features(), SETTINGS, tmp_path / "killed")
    assert same(weights(whole), weights(resumed))
    assert not same(weights(whole), weights(tiny_reader()))


def test_a_finished_pass_is_not_run_again(tmp_path: Path) -> None:
    first, second = tiny_reader(), tiny_reader()
    train_pass(first, features(), SETTINGS, tmp_path / "run")
    before = (tmp_path / "run").stat().st_mtime_ns
    train_pass(second, features(), SETTINGS, tmp_path / "run")
    assert same(weights(first), weights(second))
    assert (tmp_path / "run").stat().st_mtime_ns == before


def test_training_finds_the_answer_and_knows_where_there_is_none(tmp_path: Path) -> None:
    model, batch = tiny_reader(dropout=0.0), collate(features())

    def loss() -> float:
        with torch.inference_mode():
            logits = model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        return span_loss(logits.start_logits, logits.end_logits, batch).item()

    before = loss()
    settings = replace(SETTINGS, batch_tokens=150, learning_rate=3e-3, checkpoint_every=1000)
    train_pass(model, features(1000), settings, tmp_path / "run")
    assert loss() < 0.6 * before


def test_a_checkpoint_of_other_settings_or_features_is_refused(tmp_path: Path) -> None:
    train_pass(tiny_reader(), features(), SETTINGS, tmp_path / "run")
    with pytest.raises(CheckpointError, match="other settings or data"):
        train_pass(tiny_reader(), features(), replace(SETTINGS, seed=1), tmp_path / "run")
    with pytest.raises(CheckpointError, match="other settings or data"):
        train_pass(tiny_reader(), features(39), SETTINGS, tmp_path / "run")


def test_a_damaged_checkpoint_is_named(tmp_path: Path) -> None:
    (tmp_path / "run").write_bytes(b"\x10")
    with pytest.raises(CheckpointError, match="run cannot be read"):
        load_checkpoint(tmp_path / "run", run="a")


def test_a_full_disk_leaves_the_last_good_checkpoint(tmp_path: Path, full_disk: None) -> None:
    good = Checkpoint("run", 1, {"weights": torch.ones(4)})
    save_checkpoint(good, tmp_path / "run")
    with pytest.raises(CheckpointError, match="still stands"):
        save_checkpoint(Checkpoint("run", 2, {"weights": torch.ones(100_000)}), tmp_path / "run")
    kept = load_checkpoint(tmp_path / "run", run="run")
    assert kept is not None
    assert kept.step == 1
    assert torch.equal(kept.tensors["weights"], good.tensors["weights"])
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Let no file of this process grow above 100 KB: writing on fails, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    signal.signal(signal.SIGXFSZ, handler)


def test_features_come_back_from_disk_under_their_key_alone(tmp_path: Path) -> None:
    made = features(5)
    save_features(made, tmp_path / "features", key="data and recipe")
    kept = load_features(tmp_path / "features", key="data and recipe")
    assert kept is not None
    assert [one.tokens.tolist() for one in kept] == [one.tokens.tolist() for one in made]
    assert [(one.passage_start, one.start, one.end) for one in kept] == [
        (one.passage_start, one.start, one.end) for one in made
    ]
    assert load_features(tmp_path / "features", key="other") is None
    assert load_features(tmp_path / "missing", key="other") is None


def test_the_loss_of_even_logits_counts_the_places_that_may_be_marked() -> None:
    # Even logits over [CLS] and the passage with its closing [SEP]: the loss is the logarithm of their number.
    (feature,) = features(1)
    batch = collate([feature])
    even = torch.zeros(batch.input_ids.shape)
    places = 1 + len(feature.tokens) - feature.passage_start
    assert span_loss(even, even, batch).item() == pytest.approx(np.log(places))


def test_batches_differ_from_seed_to_seed() -> None:
    lengths = [len(feature.tokens) for feature in features()]
    assert batch_order(lengths, batch_tokens=60, seed=1) != batch_order(lengths, batch_tokens=60, seed=2)


def test_checkpoints_hold_tensors_and_json_alone(tmp_path: Path) -> None:
    train_pass(tiny_reader(), features(), SETTINGS, tmp_path / "run")
    assert {name.split(".")[0] for name in load_file(tmp_path / "run")} == {"model", "optimizer", "random"}
