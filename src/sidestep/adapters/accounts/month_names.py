"""Which month a word names, in the languages that accounts are kept in; not dates."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_NAMES: tuple[str, ...] = (
    "jan janv ene gen sty oca янв",
    "feb fev lut sub фев",
    "mar mrz mrt maa мар",
    "apr avr abr kwi nis апр",
    "may mai mag mei maj май мая",
    "jun juin giu cze haz июн",
    "jul juil juillet lug lip tem июл",
    "aug aou ago sie agu авг",  # codespell:ignore sie
    "sep set wrz eyl сен",
    "oct okt ott out paz eki окт",
    "nov lis kas ноя",
    "dec dez dic des gru ara дек",
)
"""January to December, as the shortest beginnings that tell them apart."""


def _fold(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalpha())


_MONTHS: Mapping[str, int] = MappingProxyType(
    {_fold(name): number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
)


def month_from_word(word: str) -> int:
    """Return the month, 1 to 12, that a name or its abbreviation stands for; 0 if none.

    Knows Danish, Dutch, English, French, German, Indonesian, Italian, Norwegian, Polish,
    Portuguese, Russian, Spanish, Swedish and Turkish. Case and accents do not matter.
    """
    folded = _fold(word)
    return _MONTHS.get(folded) or _MONTHS.get(folded[:4]) or _MONTHS.get(folded[:3], 0)
