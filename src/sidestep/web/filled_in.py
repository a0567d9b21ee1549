"""Sentences that were filled in before they came here: finds again which sentence it was.

Services fill a person's figures into the sentences of the knowledge, and keep them so with a week
or a clip. What is kept is plain text; here its words are told from its figures again, so that the
words can be translated and the figures stay. What the sentences say is not known here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_FIELD = re.compile(r"\{(\w+)[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with names in braces, and what it is in another language.

    Attributes
    ----------
    begins, ends
        Its words before the first and after the last name: most sentences are told apart by them,
        much faster than by the pattern.
    """

    begins: str
    ends: str
    pattern: re.Pattern[str]
    translation: str

    def said(self, message: str, say: Callable[[str], str | None]) -> str | None:
        """Return a message in the other language, ``None`` when it is not this sentence.

        Parameters
        ----------
        say
            What a figure, a day or a word is there; ``None`` for anything else, which then was no
            figure of this sentence.
        """
        if not (message.startswith(self.begins) and message.endswith(self.ends)):
            return None
        match = self.pattern.fullmatch(message)
        if match is None:
            return None
        values = {name: say(value) for name, value in match.groupdict().items()}
        if None in values.values():
            return None
        return _FIELD.sub(lambda field: str(values[field[1]]), self.translation)


def sentences_among(messages: Mapping[str, str | tuple[str, ...]]) -> tuple[Sentence, ...]:
    """Return the messages that are filled in, those with most words of their own first."""
    found = [
        (message, said)
        for message, said in messages.items()
        if isinstance(said, str) and _FIELD.search(message)
    ]
    found.sort(key=lambda pair: -len(_FIELD.sub("", pair[0])))
    return tuple(_sentence(message, said) for message, said in found)


def names_in(sentence: str) -> list[str]:
    """Return the names in braces, sorted."""
    return sorted(set(_FIELD.findall(sentence)))


def _sentence(message: str, translation: str) -> Sentence:
    own = _FIELD.split(message)
    pattern = re.compile("".join(_parts(message)), re.DOTALL)
    return Sentence(begins=own[0], ends=own[-1], pattern=pattern, translation=translation)


def _parts(message: str) -> Iterable[str]:
    at, known = 0, set[str]()
    for field in _FIELD.finditer(message):
        yield re.escape(message[at : field.start()])
        yield f"(?P={field[1]})" if field[1] in known else f"(?P<{field[1]}>.+?)"
        known.add(field[1])
        at = field.end()
    yield re.escape(message[at:])
