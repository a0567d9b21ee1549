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
    oversampling: int,
    rgb_from_yuv: NDArray[np.float64],
    lowest: float,
    streams: int,
) -> Any:
    """Compile a network that takes a crop as planes of bytes, and computes only what is asked.

    Averaging, colour conversion and scaling become part of the network, so that the bytes of
    the video are never copied as numbers. Inputs, each of shape (1, 1, rows, columns), uint8:
    brightness with ``crop_px * oversampling`` rows, then the two colour differences with
    ``crop_px`` rows.

    Parameters
    ----------
    outputs
        Names of the outputs to keep, in order; the layers only others need are cut off.
    crop_px
        Edge of the square picture the network was trained on.
    oversampling
        Brightness samples per such pixel along each axis; their mean is taken.
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

    luma_px = crop_px * oversampling
    shapes = ((1, 1, luma_px, luma_px), (1, 1, crop_px, crop_px), (1, 1, crop_px, crop_px))
    planes = [ops.parameter(shape, np.uint8) for shape in shapes]
    luma, blue, red = (ops.convert(plane, np.float32) for plane in planes)
    if oversampling > 1:
        steps = [oversampling, oversampling]
        none = [0, 0]
        luma = ops.avg_pool(luma, steps, none, none, steps, exclude_pad=False)
    stacked = ops.concat([luma, blue, red], axis=1)
    mix = (rgb_from_yuv * (1.0 - lowest)).astype(np.float32)
    gains = ops.constant(np.ascontiguousarray(mix[:, :3]).reshape(3, 3, 1, 1))
    offsets = ops.constant((mix[:, 3] + np.float32(lowest)).reshape(1, 3, 1, 1))
    mixed = ops.convolution(stacked, gains, [1, 1], [0, 0], [0, 0], [1, 1])
    limited = ops.clamp(ops.add(mixed, offsets), lowest, 1.0)
    picture = ops.transpose(limited, ops.constant(np.array([0, 2, 3, 1], dtype=np.int32)))

    (entry,) = network.get_parameters()
    entry.output(0).replace(picture.output(0))
    whole = openvino.Model([by_name[name] for name in outputs], planes, model.stem)
    return core.compile_model(
        whole,
        "CPU",
        {
            "NUM_STREAMS": streams,
            "INFERENCE_NUM_THREADS": streams,
            "INFERENCE_PRECISION_HINT": "f32",
        },
    )
