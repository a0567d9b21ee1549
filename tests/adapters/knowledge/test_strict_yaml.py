import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidestep.adapters.knowledge.strict_yaml import MOST_VALUES, YamlTextError, parse_yaml


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("a: true", {"a": True}),
        ("a: yes", {"a": "yes"}),
        ("a: no", {"a": "no"}),
        ("a: null", {"a": None}),
        ("a: 5", {"a": 5}),
        ("a: -2.5", {"a": -2.5}),
        ("a: '5'", {"a": "5"}),
        ("a: 2026-11-22", {"a": "2026-11-22"}),
        ("a: 1:30", {"a": "1:30"}),
        ("- 1\n- [b, c]", [1, ["b", "c"]]),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("a: >-\n  one\n  two", {"a": "one two"}),
    ],
)
def test_plain_values_come_out_as_they_were_written(text: str, value: object) -> None:
    assert parse_yaml(text) == value


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\na: 2", "line 2: the key 'a' stands here twice"),
        ("a: !!python/name:os.system x", "tag"),
        ("? [a]\n: 1", "a key must be a word"),
        ("a: [", "not YAML"),
        ("a: 1\n---\nb: 2", "not YAML"),
        ("\x00", "not YAML"),
        ("[" * 60 + "]" * 60, "nested more than"),
        ("x" * 1_000_001, "characters"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, complaint: str) -> None:
    with pytest.raises(YamlTextError, match=complaint):
        parse_yaml(text)


def test_aliases_that_multiply_are_refused() -> None:
    levels = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    for level in range(1, 9):
        levels.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]")
    with pytest.raises(YamlTextError, match=f"more than {MOST_VALUES} values"):
        parse_yaml("\n".join(levels))


def test_an_alias_inside_itself_is_refused() -> None:
    with pytest.raises(YamlTextError):
        parse_yaml("a: &a [*a]")


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!?|>'\"#% \n\t0.,~")))
def test_any_text_gives_a_value_or_a_reason(text: str) -> None:
    reason = "none"
    try:
        parse_yaml(text)
    except YamlTextError as error:
        reason = str(error)
    assert reason
