"""``python -m phantom SPEC.yaml OUT.mp4``: film one specification."""

import argparse
import sys
from pathlib import Path

import yaml

from phantom.rendering import render, truth_path
from phantom.specification import read_clip


def main() -> int:
    """Film what the command line names; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m phantom", description="Films a person whose joints are known exactly."
    )
    parser.add_argument("specification", type=Path, help="a YAML file, see tools/phantom/README.md")
    parser.add_argument("film", type=Path, help="the clip to write, ending in .mp4")
    arguments = parser.parse_args()
    try:
        clip = read_clip(yaml.safe_load(arguments.specification.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        sys.stderr.write(f"{arguments.specification}: {error}\n")
        return 2
    render(clip, arguments.film)
    sys.stdout.write(f"{arguments.film}\n{truth_path(arguments.film)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
