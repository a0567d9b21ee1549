"""``python -m phantom.make_sets --set validation --out DIR``: film a whole set of clips.

What the sets consist of does not belong here.
"""

import argparse
import sys
from pathlib import Path

import yaml

from phantom.rendering import render, truth_path
from phantom.sets import SETS, clips_of
from phantom.specification import write_clip


def main() -> int:
    """Film a set; clips that are there already are left as they are. Return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m phantom.make_sets", description=__doc__)
    parser.add_argument("--set", dest="name", choices=SETS, required=True)
    parser.add_argument("--out", type=Path, required=True, help="the folder to film into")
    parser.add_argument("--only", default="", help="only clips whose name begins so")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for stem, clip in clips_of(arguments.name):
        film = arguments.out / f"{stem}.mp4"
        if truth_path(film).exists() or not stem.startswith(arguments.only):
            continue
        # Finished clips only carry their name, so that nobody reads half a clip; who finds one
        # begun leaves it to the other.
        unfinished = arguments.out / f"unfinished-{stem}.mp4"
        try:
            unfinished.touch(exist_ok=False)
        except FileExistsError:
            continue
        spec = yaml.safe_dump(write_clip(clip), sort_keys=False, allow_unicode=True)
        film.with_suffix(".yaml").write_text(spec, encoding="utf-8")
        render(clip, unfinished)
        unfinished.rename(film)
        truth_path(unfinished).rename(truth_path(film))
        sys.stdout.write(f"{film}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
