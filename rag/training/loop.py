"""One pass over features, from checkpoint to checkpoint: the same seed gives the same order, also after a kill."""

import hashlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from transformers import BertForQuestionAnswering

from rag.training.batches import Batch, batch_order, collate
from rag.training.checkpoints import Checkpoint, load_checkpoint, save_checkpoint
from rag.training.features import Feature

__all__ = ["Pass", "span_loss", "train_pass"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """The settings of one pass.

    Attributes:
        batch_tokens: Padded tokens a batch, about.
        learning_rate: Its peak.
        warmup: Share of all steps after which it is reached.
        fall_from: Share of all steps after which it falls again, in a straight line.
        zero_at: Share of all steps after which it would be 0.
        stop_at: Share of all steps after which the pass ends.
        checkpoint_every: Steps from one checkpoint to the next.
        bf16: Whether to compute in bfloat16 where PyTorch's autocast does so.
        compiled: Whether to fuse the model's operations first, which takes a C++ compiler and half a minute.
    """

    batch_tokens: int
    learning_rate: float
    warmup: float = 0.06
    fall_from: float = 0.06
    zero_at: float = 1.0
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    seed: int = 20261123
    stop_at: float = 1.0
    checkpoint_every: int = 50
    bf16: bool = False
    compiled: bool = False


def train_pass(
    model: BertForQuestionAnswering, features: Sequence[Feature], settings: Pass, checkpoint: Path, *, origin: str = ""
) -> None:
    """Train a model in place on all features once, going on from the checkpoint if there is one.

    Args:
        model: Ends with the weights of the pass.
        features: At least one.
        settings: How to learn.
        checkpoint: Where the state is kept.
        origin: Names the weights that the model comes with; a checkpoint that began with others is refused.

    Raises:
        CheckpointError: The checkpoint cannot be read or written, or belongs to other settings or features.
    """
    order = batch_order(
        [len(feature.tokens) for feature in features], batch_tokens=settings.batch_tokens, seed=settings.seed
    )
    run = _run_id(features, settings, origin)
    optimizer = _optimizer(model, settings)
    torch.manual_seed(settings.seed)
    first = _resume(model, optimizer, load_checkpoint(checkpoint, run=run))
    # PyTorch's fused attention takes longer on a CPU in bf16, and as long in fp32.
    model.set_attn_implementation("eager")
    model.train()
    forward = torch.compile(model, dynamic=True) if settings.compiled else model
    began, recent = time.monotonic(), 0.0
    last = round(settings.stop_at * len(order))
    for step in range(first, last):
        for group in optimizer.param_groups:
            group["lr"] = settings.learning_rate * _pace(step / len(order), settings)
        recent += _learn(forward, optimizer, collate([features[index] for index in order[step]]), settings)
        done = step + 1
        if done % settings.checkpoint_every == 0 or done == last:
            save_checkpoint(_checkpoint(model, optimizer, run, done), checkpoint)
            pace = (time.monotonic() - began) / (done - first)
            left_min = (last - done) * pace / 60
            since = (done - first - 1) % settings.checkpoint_every + 1
            _log.info("step %d of %d, loss %.3f, %.0f min left", done, last, recent / since, left_min)
            recent = 0.0
    model.train(mode=False)


def _pace(done: float, settings: Pass) -> float:
    """Return the share of the peak learning rate when a share of all steps is done; above 0 from the first step on."""
    rising = (done + 1e-3) / (settings.warmup + 1e-3)
    falling = (settings.zero_at - done) / (settings.zero_at - settings.fall_from)
    return max(0.0, min(rising, 1.0, falling))


def _learn(forward: Callable[..., Any], optimizer: torch.optim.Optimizer, batch: Batch, settings: Pass) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=settings.bf16):
        logits = forward(
            input_ids=batch.input_ids,
            token_type_ids=batch.token_type_ids,
            attention_mask=batch.attention_mask,
        )
    loss = span_loss(logits.start_logits.float(), logits.end_logits.float(), batch)
    torch.autograd.backward(loss)
    learned = [weight for group in optimizer.param_groups for weight in group["params"]]
    torch.nn.utils.clip_grad_norm_(learned, settings.clip_norm)
    optimizer.step()
    optimizer.zero_grad()
    return loss.item()


def span_loss(start_logits: torch.Tensor, end_logits: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Return the mean negative log-likelihood of the first and last tokens among ``[CLS]`` and the passage.

    Args:
        start_logits: Shape (batch, length).
        end_logits: Shape (batch, length).
        batch: What the logits are of.
    """
    allowed = (batch.attention_mask * batch.token_type_ids).bool()
    allowed[:, 0] = True
    starts = start_logits.masked_fill(~allowed, -torch.inf)
    ends = end_logits.masked_fill(~allowed, -torch.inf)
    losses = torch.nn.functional.cross_entropy(starts, batch.starts, reduction="none")
    losses = losses + torch.nn.functional.cross_entropy(ends, batch.ends, reduction="none")
    return losses.mean() / 2


def _optimizer(model: BertForQuestionAnswering, settings: Pass) -> torch.optim.AdamW:
    """Weight decay for matrices alone, as in BERT (Devlin et al. 2019, appendix A.2); word vectors stay as they are."""
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    learned = [weight for weight in model.parameters() if weight.requires_grad]
    groups = [
        {"params": [weight for weight in learned if weight.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [weight for weight in learned if weight.ndim <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate, fused=True)


def _checkpoint(model: BertForQuestionAnswering, optimizer: torch.optim.Optimizer, run: str, step: int) -> Checkpoint:
    tensors = {f"model.{name}": tensor.contiguous() for name, tensor in model.state_dict().items()}
    tensors["random"] = torch.get_rng_state()
    for name, weight in model.named_parameters():
        for key, tensor in optimizer.state.get(weight, {}).items():
            tensors[f"optimizer.{key}.{name}"] = tensor
    return Checkpoint(run, step, tensors)


def _resume(model: BertForQuestionAnswering, optimizer: torch.optim.Optimizer, checkpoint: Checkpoint | None) -> int:
    if checkpoint is None:
        return 0
    tensors = checkpoint.tensors
    model.load_state_dict({name: tensors[f"model.{name}"] for name in model.state_dict()})
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        moments = ("step", "exp_avg", "exp_avg_sq")
        optimizer.state[weight] = {key: tensors[f"optimizer.{key}.{name}"] for key in moments}
    torch.set_rng_state(tensors["random"])
    _log.info("going on from step %d", checkpoint.step)
    return checkpoint.step


def _run_id(features: Sequence[Feature], settings: Pass, origin: str) -> str:
    """Name what a run has learned from so far: how it computes, and where it ends, may be changed on the way."""
    free = replace(settings, bf16=False, compiled=False, checkpoint_every=1, fall_from=0.0, zero_at=1.0, stop_at=1.0)
    digest = hashlib.sha256(repr(free).encode() + origin.encode())
    for feature in features:
        digest.update(feature.tokens.tobytes())
        digest.update(f"{feature.start} {feature.end}".encode())
    return digest.hexdigest()
