"""Reads YAML text into plain values, strictly; what the values mean is not decided here.

YAML 1.2 words only (``no`` is a word, ``false`` is a boolean), no repeated keys, no tags, nothing
endless: what a person wrote is what comes out, or an error with its line.
"""

import re
from typing import Any

import yaml
from yaml.reader import ReaderError

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]

LARGEST_TEXT = 1_000_000
MOST_VALUES = 100_000
"""Aliases repeat what they point at, so a short text can stand for far too much."""
DEEPEST_NESTING = 40

_FAST: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEFAULT_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class _Loader(_FAST):  # type: ignore[misc]
    """Leaves scalars as words; searching tags for each takes a tenth more time."""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        return _DEFAULT_TAGS[kind]


_WORDS: dict[str, bool | None] = {
    "true": True, "True": True, "false": False, "False": False,
    "null": None, "Null": None, "~": None, "": None,
}  # fmt: skip
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?")
_PLAIN_TAGS = frozenset(
    {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "!", ""}
)


class YamlTextError(ValueError):
    """The text is not the strict YAML that this program reads; says where and why."""


def parse_yaml(text: str) -> Plain:
    """Read one YAML document.

    Raises
    ------
    YamlTextError
        The text is no YAML, too large, too deep, or uses what strict YAML leaves out.
    """
    if len(text) > LARGEST_TEXT:
        raise YamlTextError(f"{len(text)} characters, more than the {LARGEST_TEXT} we read")
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, UnicodeError) as error:
        raise YamlTextError(f"not YAML: {_in_one_line(error)}") from error
    return None if node is None else _Values().of(node, 0)


class _Values:
    def __init__(self) -> None:
        self._count = 0

    def of(self, node: yaml.Node, depth: int) -> Plain:
        self._count += 1
        if self._count > MOST_VALUES:
            raise YamlTextError(f"{_line(node)}: more than {MOST_VALUES} values")
        if node.tag not in _PLAIN_TAGS:
            raise YamlTextError(f"{_line(node)}: the tag {node.tag} is not allowed")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if depth > DEEPEST_NESTING:
            raise YamlTextError(f"{_line(node)}: nested more than {DEEPEST_NESTING} deep")
        if isinstance(node, yaml.SequenceNode):
            return [self.of(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise YamlTextError(f"{_line(key_node)}: a key must be a word")
            key = key_node.value
            if key in found:
                raise YamlTextError(f"{_line(key_node)}: the key {key!r} stands here twice")
            found[key] = self.of(value_node, depth + 1)
        return found


def _scalar(node: yaml.ScalarNode) -> Plain:
    text: str = node.value
    if node.style:  # quoted, or a block of text
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def _line(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}"


def _in_one_line(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        why = ", ".join(filter(None, (error.context, error.problem)))
        return f"line {mark.line + 1}, column {mark.column + 1}: {why}"
    if isinstance(error, ReaderError):
        return f"position {error.position}: {error.reason}"
    return " ".join(str(error).split())
