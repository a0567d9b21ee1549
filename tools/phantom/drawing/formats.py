"""Where drawings are, how large their pictures are and how many they have.

Nothing here needs a graphics library.
"""

from pathlib import Path

_REPOSITORY = Path(__file__).parents[3]
POSES = _REPOSITORY / "src/sidestep/knowledge/poses"
DRAWINGS = _REPOSITORY / "src/sidestep/drawings"
LOOP_SIZE_PX = (396, 330)
STILL_SIZE_PX = (960, 800)
FRAMES_HZ, MOST_MOVING_FRAMES = 10.0, 22
LARGEST_LOOP_BYTES = 60_000
LARGEST_STILL_BYTES = 40_000
