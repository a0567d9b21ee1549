"""From where a clip was filmed; how the view is found out belongs beside the tracks."""

from enum import StrEnum


class View(StrEnum):
    """Where the camera stood, seen from the runner."""

    REAR = "rear"
    FRONT = "front"
    SIDE = "side"


FROM = {View.REAR: "from behind", View.FRONT: "from the front", View.SIDE: "from the side"}
"""In words, after: filmed."""
