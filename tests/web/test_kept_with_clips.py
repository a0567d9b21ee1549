"""What clips of earlier programs keep as it was said then: it is still said in German."""

import re
from pathlib import Path

import pytest

from sidestep.languages.language import language

SENTENCES = [
    line
    for line in Path(__file__).with_name("kept_with_clips.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
ENGLISH = re.compile(r"\b(the|this|it|knee|clip|you|your|camera|of|and|with)\b", re.IGNORECASE)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_a_clip_keeps_is_still_said_in_german(sentence: str) -> None:
    said = language("de").gettext(sentence)
    assert said != sentence
    assert not ENGLISH.search(said.replace("--view", ""))
