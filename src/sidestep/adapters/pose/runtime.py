"""Starts OpenVINO: on the processor, without its telemetry, fed straight from a picture's planes.

What the networks' answers mean does not belong here.
"""

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

LUMA_SAMPLES = 2
N_PLANES = LUMA_SAMPLES + 2
_COMPONENT_OF_PLANE = (0,) * LUMA_SAMPLES + (1, 2)

# Importing openvino would import its model converter, which sends a message to its maker.
# Sidestep converts nothing; both are marked as absent, which openvino takes without complaint.
_KEPT_OUT = ("openvino.tools.ovc", "openvino_telemetry")


@cache
def load_openvino() -> ModuleType:
    """Import OpenVINO with its converter and telemetry kept out."""
    modules = cast("dict[str, ModuleType | None]", sys.modules)
    for name in _KEPT_OUT:
        modules.setdefault(name, None)
    import openvino

    return cast("ModuleType", openvino)


def compile_network(
    model: Path,
    *,
    outputs: Sequence[str],
    crop_px: int,
    rgb_from_yuv: NDArray[np.float64],
    lowest: float,
    streams: int,
) -> Any:
    """Compile a network that takes a crop as planes of bytes, and computes only what is asked.

    Turning the video's colours into those the network was trained on becomes part of its first
    layer's weights, so that it costs nothing, and so does averaging brightness. Its one input has
    shape (1, 4, rows, columns), uint8: two samples of brightness from within each pixel, and
    the two colour differences.

    Parameters
    ----------
    outputs
        Names of the outputs to keep, in order; the layers only others need are cut off.
    crop_px
        Edge of the square picture the network was trained on.
    rgb_from_yuv
        Shape (3, 4), as in ``Layout``.
    lowest
        What the network takes for black; 1 is white.
    streams
        Pictures worked on at once, one thread each.
    """
    openvino = load_openvino()
    ops = openvino.opset13
    core = openvino.Core()
    network = core.read_model(model)
    by_name = {output.any_name: output for output in network.outputs}

    mix = rgb_from_yuv[:, :3] * (1.0 - lowest)
    # What the network takes for zero, it also continues the picture with at its edges.
    zero = -np.linalg.solve(mix, rgb_from_yuv[:, 3] * (1.0 - lowest) + lowest)
    zeros = zero[list(_COMPONENT_OF_PLANE)].astype(np.float32)
    planes = ops.parameter((1, N_PLANES, crop_px, crop_px), np.uint8)
    zeroed = ops.subtract(
        ops.convert(planes, np.float32), ops.constant(zeros.reshape(1, N_PLANES, 1, 1))
    )
    picture = ops.transpose(zeroed, ops.constant(np.array([0, 2, 3, 1], dtype=np.int32)))
    shares = mix[:, list(_COMPONENT_OF_PLANE)] / ([LUMA_SAMPLES] * LUMA_SAMPLES + [1, 1])
    _mix_into_first_layer(ops, network, shares.astype(np.float32))
    (entry,) = network.get_parameters()
    entry.output(0).replace(picture.output(0))
    whole = openvino.Model([by_name[name] for name in outputs], [planes], model.stem)
    whole.validate_nodes_and_infer_types()
    return core.compile_model(
        whole,
        "CPU",
        {
            "NUM_STREAMS": streams,
            "INFERENCE_NUM_THREADS": streams,
            "INFERENCE_PRECISION_HINT": "f32",
        },
    )


def _mix_into_first_layer(ops: ModuleType, network: Any, mix: NDArray[np.float32]) -> None:
    """Make the first layer take k planes that ``mix``, shape (3, k), would turn into its own."""
    first = next(op for op in network.get_ordered_ops() if op.get_type_name() == "Convolution")
    weights = first.input_value(1)
    last = ops.transpose(weights, ops.constant(np.array([0, 2, 3, 1], dtype=np.int32)))
    mixed = ops.matmul(last, ops.constant(mix), False, False)
    back = ops.transpose(mixed, ops.constant(np.array([0, 3, 1, 2], dtype=np.int32)))
    first.input(1).replace_source_output(back.output(0))


def tie_planes(request: Any, crop_px: int) -> NDArray[np.uint8]:
    """Give the array, shape (4, rows, columns), that a request reads whenever it is run."""
    planes = np.empty((N_PLANES, crop_px, crop_px), dtype=np.uint8)
    request.set_input_tensor(load_openvino().Tensor(planes[None], shared_memory=True))
    return planes
