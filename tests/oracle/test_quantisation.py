"""The int8 graph against the fp32 one, on a small network of random weights."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from rag.training.quantisation import quantise

CHANNELS = 64
Tokens = npt.NDArray[np.float32]


def tokens(seed: int, *, batch: int = 3, length: int = 5) -> Tokens:
    """Activations as in a BERT: a few channels are large in every token, and the first token outlies the others."""
    random = np.random.default_rng(seed)
    drawn = random.standard_normal((batch, length, CHANNELS))
    drawn[..., :3] *= 30
    drawn[:, 0] *= 20
    return drawn.astype(np.float32)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("graphs")
    random = np.random.default_rng(0)
    first, second, head = (random.standard_normal((CHANNELS, width)).astype(np.float32) / 8 for width in (256, 200, 2))
    nodes = [
        helper.make_node("MatMul", ["x", "first"], ["a"], name="product_a"),
        helper.make_node("MatMul", ["x", "second"], ["b"], name="product_b"),
        helper.make_node("MatMul", ["x", "head"], ["c"], name="product_c"),
    ]
    shape = ["batch", "length", CHANNELS]
    graph = helper.make_graph(
        nodes,
        "products",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in "abc"],
        [
            numpy_helper.from_array(value, name)
            for name, value in (("first", first), ("second", second), ("head", head))
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    onnx.save(model, folder / "fp32.onnx")
    quantise(folder / "fp32.onnx", folder / "int8.onnx", samples=[{"x": tokens(seed)} for seed in range(4)])
    return folder / "fp32.onnx", folder / "int8.onnx"


def run(path: Path, inputs: Tokens) -> list[Tokens]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    found: list[Tokens] = onnxruntime.InferenceSession(path, options).run(None, {"x": inputs})
    return found


def test_int8_products_are_close_for_every_token_the_small_ones_too(graphs: tuple[Path, Path]) -> None:
    inputs = tokens(9)
    for exact, found in zip(run(graphs[0], inputs), run(graphs[1], inputs), strict=True):
        error = np.linalg.norm(found - exact, axis=-1) / np.linalg.norm(exact, axis=-1)
        assert error.max() < 0.03


def test_a_row_does_not_depend_on_its_neighbours(graphs: tuple[Path, Path]) -> None:
    inputs = tokens(9)
    beside_giants = np.concatenate([inputs, inputs * 1000])
    for alone, beside in zip(run(graphs[1], inputs), run(graphs[1], beside_giants), strict=True):
        np.testing.assert_allclose(beside[: len(inputs)], alone, rtol=1e-5, atol=1e-5)


def test_large_products_are_stored_in_int8_and_small_ones_are_left(graphs: tuple[Path, Path]) -> None:
    model = onnx.load(graphs[1])
    kinds = {one.name: one.data_type for one in model.graph.initializer}
    assert kinds["product_a.weights"] == kinds["product_b.weights"] == TensorProto.INT8
    assert kinds["head"] == TensorProto.FLOAT
    assert "first" not in kinds
    assert [node.op_type for node in model.graph.node].count("QuantizeLinear") == 1
