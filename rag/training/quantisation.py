"""The matrix products of an ONNX graph in int8: weights with a scale for each column, activations for each token.

onnxruntime's own dynamic quantisation scales the activations of a whole run at once: one outlying token costs all
others their precision, and texts run together change each other's numbers. Here every token has its own scale,
computed in the graph. Channels that are large in every token are made smaller beforehand, and the weights they meet
larger, which changes nothing in the product.

**Source:** token-wise and column-wise scales, Yao et al. 2022, "ZeroQuant"; the exchange between activations and
weights, Xiao et al. 2023, "SmoothQuant", equation 4 with its alpha of 0.5.
Decision: docs/decisions/004-model-quantisation.md.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime  # type: ignore[import-untyped]
from onnx import ModelProto, NodeProto, helper, numpy_helper

__all__ = ["quantise"]

FloatArray = npt.NDArray[np.float32]
Feeds = Mapping[str, npt.NDArray[np.int64]]

LEAST_WEIGHTS = 10_000
"""A matrix of fewer weights, the reader's last, stays in fp32: it is nothing to the file and all to the logits."""

LARGEST = 127
ZERO_POINT = 128
"""Activations are stored as uint8 around this, which the kernels take."""


def quantise(source: Path, target: Path, *, samples: Sequence[Feeds]) -> None:
    """Write a graph with its larger matrix products in int8.

    Args:
        source: A graph in fp32.
        target: Where to write.
        samples: Inputs on which the size of each channel is measured; some dozen of sentences are enough.
    """
    model = onnx.load(source)
    weights = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    products = [
        node
        for node in model.graph.node
        if node.op_type == "MatMul" and node.input[1] in weights and weights[node.input[1]].size >= LEAST_WEIGHTS
    ]
    largest = _largest_inputs(model, {node.input[0] for node in products}, samples)
    by_input: dict[str, list[NodeProto]] = defaultdict(list)
    for node in products:
        by_input[node.input[0]].append(node)
    replaced = {
        nodes[0].name: list(_int8_products(nodes, largest[name], weights, model)) for name, nodes in by_input.items()
    }
    taken = {node.name for node in products}
    nodes = [new for node in model.graph.node for new in replaced.get(node.name, [] if node.name in taken else [node])]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    _drop_unused(model)
    model.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    onnx.save(model, target)


def _largest_inputs(model: ModelProto, names: set[str], samples: Sequence[Feeds]) -> dict[str, FloatArray]:
    """Return the largest magnitude of each channel of the named tensors over all samples, shape (channels,)."""
    if not names:  # Asked for no outputs, a session gives them all.
        return {}
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    ordered = sorted(names)
    watched.graph.output.extend(onnx.ValueInfoProto(name=name) for name in ordered)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    peaks = [
        [np.abs(tensor).reshape(-1, tensor.shape[-1]).max(axis=0) for tensor in session.run(ordered, dict(feeds))]
        for feeds in samples
    ]
    return {name: np.max(of_name, axis=0) for name, of_name in zip(ordered, zip(*peaks, strict=True), strict=True)}


def _int8_products(
    nodes: Sequence[NodeProto], largest: FloatArray, weights: Mapping[str, FloatArray], model: ModelProto
) -> Iterator[NodeProto]:
    """Yield what stands for products that share one input: it is scaled and rounded once."""
    matrices = [weights[node.input[1]] for node in nodes]
    smoothing = _smoothing(largest, np.max([np.abs(matrix).max(axis=1) for matrix in matrices], axis=0))
    shared = nodes[0].input[0]
    constant = _Constants(model, prefix=shared)
    step, zero = constant("step", np.float32(1 / LARGEST)), constant("zero", np.uint8(ZERO_POINT))
    smooth, size, peak, unit, codes = (f"{shared}.{part}" for part in ("smooth", "size", "peak", "unit", "codes"))
    yield helper.make_node("Mul", [shared, constant("smoothing", 1 / smoothing)], [smooth], name=smooth)
    yield helper.make_node("Abs", [smooth], [size], name=size)
    yield helper.make_node("ReduceMax", [size, constant("axis", np.array([-1]))], [peak], name=peak, keepdims=1)
    yield helper.make_node("Div", [smooth, peak], [unit], name=unit)
    yield helper.make_node("QuantizeLinear", [unit, step, zero], [codes], name=codes)
    for node, matrix in zip(nodes, matrices, strict=True):
        own = _Constants(model, prefix=node.name)
        columns, scales = _int8_columns(matrix * smoothing[:, np.newaxis])
        product = f"{node.name}.product"
        taken = [codes, own("weights", columns), step, own("scales", scales), zero, own("zero", np.int8(0))]
        yield helper.make_node("MatMulIntegerToFloat", taken, [product], name=product, domain="com.microsoft")
        yield helper.make_node("Mul", [product, peak], [node.output[0]], name=f"{node.name}.scaled")


def _smoothing(activations: FloatArray, weights: FloatArray) -> FloatArray:
    """Return by how much to divide each channel, shape (channels,); 1 in the geometric mean."""
    logarithm = (np.log(np.maximum(activations, 1e-5)) - np.log(np.maximum(weights, 1e-5))) / 2
    scales: FloatArray = np.exp(logarithm - logarithm.mean()).astype(np.float32)
    return scales


def _int8_columns(matrix: FloatArray) -> tuple[npt.NDArray[np.int8], FloatArray]:
    """Return codes of the shape of the matrix and the scale of each column."""
    scales: FloatArray = np.maximum(np.abs(matrix).max(axis=0) / LARGEST, 1e-12).astype(np.float32)
    return np.rint(matrix / scales).astype(np.int8), scales


class _Constants:
    """Adds constants to a graph under names of their own."""

    def __init__(self, model: ModelProto, *, prefix: str) -> None:
        self._model = model
        self._prefix = prefix

    def __call__(self, name: str, value: npt.ArrayLike) -> str:
        """Add one and return its whole name."""
        whole = f"{self._prefix}.{name}"
        self._model.graph.initializer.append(numpy_helper.from_array(np.asarray(value), whole))
        return whole


def _drop_unused(model: ModelProto) -> None:
    """Remove the constants that no operation takes any more."""
    used = {name for node in model.graph.node for name in node.input}
    kept = [one for one in model.graph.initializer if one.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
