"""Sentences that were filled in before they came here: finds again which sentence it was.

Services fill a person's figures into the sentences of the knowledge, and keep them so with a week
or a clip. What is kept is plain text; here its words are told from its figures again, so that the
words can be translated and the figures stay. What the sentences say is not known here.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

_FIELD = re.compile(r"\{(\w+)[^{}]*\}")
_AS_TYPED = re.compile(r"\{(\w+)!s\}")
"""A name that holds what was typed or how a file is called: the same in any language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with names in braces, and what it is in another language.

    Attributes
    ----------
    begins, ends
        Its words before the first name and after the last: most sentences are told apart by them,
        much faster than by the pattern.
    as_typed
        Names whose values are not translated.
    """

    begins: str
    ends: str
    pattern: re.Pattern[str]
    translation: str
    as_typed: frozenset[str]

    def said(self, message: str, say: Callable[[str], str | None]) -> str | None:
        """Return a message in the other language, ``None`` when it is not this sentence.

        Parameters
        ----------
        say
            What a figure, a day or words are there; ``None`` for anything else, which then was no
            figure of this sentence.
        """
        if not (message.startswith(self.begins) and message.endswith(self.ends)):
            return None
        match = self.pattern.fullmatch(message)
        if match is None:
            return None
        values = {
            name: value if name in self.as_typed else say(value)
            for name, value in match.groupdict().items()
        }
        if None in values.values():
            return None
        return _FIELD.sub(lambda field: str(values[field[1]]), self.translation)


class Sentences:
    """The sentences of one language that are filled in.

    Parameters
    ----------
    messages
        Everything that is translated; those that nothing is filled into are left out.
    """

    def __init__(self, messages: Mapping[str, str | tuple[str, ...]]) -> None:
        self._by_beginning: dict[str, list[Sentence]] = {}
        filled_in = [message for message in messages if _FIELD.search(message)]
        for message in sorted(filled_in, key=lambda each: -len(_FIELD.sub("", each))):
            translation = messages[message]
            if isinstance(translation, str):
                own = _FIELD.split(message)
                pattern = re.compile("".join(_parts(message)), re.DOTALL)
                sentence = Sentence(
                    begins=own[0],
                    ends=own[-1],
                    pattern=pattern,
                    translation=translation,
                    as_typed=frozenset(_AS_TYPED.findall(message)),
                )
                self._by_beginning.setdefault(_beginning(own[0]), []).append(sentence)

    def said(self, message: str, say: Callable[[str], str | None]) -> str | None:
        """Return a message in the other language, ``None`` when it is none of these sentences.

        Of two that fit, the one with most words of its own counts. See `Sentence.said`.
        """
        beginnings = dict.fromkeys((_beginning(message), ""))
        found = chain.from_iterable(self._by_beginning.get(each, ()) for each in beginnings)
        tried = (sentence.said(message, say) for sentence in found)
        return next((said for said in tried if said is not None), None)


def said_in_a_row(text: str, gap: re.Pattern[str], say: Callable[[str], str | None]) -> str | None:
    """Return what stands in a row in the other language, ``None`` unless all of it is known.

    Parameters
    ----------
    gap
        What is between two of them, such as the space after a full stop.
    say
        What one of them is there, or several that are known as one, or a gap; ``None`` when it is
        not known.
    """
    for between in reversed(list(gap.finditer(text))):
        first = say(text[: between.start()])
        rest = text[between.end() :]
        then = None if first is None else say(rest) or said_in_a_row(rest, gap, say)
        if then is not None:
            return f"{first}{say(between.group()) or between.group()}{then}"
    return None


def names_in(sentence: str) -> list[str]:
    """Return the names in braces, sorted."""
    return sorted(set(_FIELD.findall(sentence)))


def _beginning(text: str) -> str:
    """Return the first letter; none for a sentence that begins with a name, or with its figure."""
    return text[:1] if text[:1].isalpha() else ""


def _parts(message: str) -> Iterable[str]:
    at, known = 0, set[str]()
    for field in _FIELD.finditer(message):
        yield re.escape(message[at : field.start()])
        # What was typed ends with its sentence; what is translated is checked anyway.
        some = r"(?:(?!\. ).)+?" if _AS_TYPED.fullmatch(field.group()) else ".+?"
        yield f"(?P={field[1]})" if field[1] in known else f"(?P<{field[1]}>{some})"
        known.add(field[1])
        at = field.end()
    yield re.escape(message[at:])
