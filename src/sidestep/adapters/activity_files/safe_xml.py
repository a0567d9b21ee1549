"""Walks over XML that strangers wrote, sound or broken; what elements mean is not known here."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

from lxml import etree

from sidestep.errors import HostileFileError, UnreadableFileError

_ENCODINGS = re.compile(
    r"utf-?8|us-ascii|ascii|utf-?16(le|be)?|iso-?8859-?\d+|latin-?1|windows-125\d|cp125\d", re.I
)
_DECLARATION = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([^"']{1,40})["']""")
_EXPORT_AGAIN = "Export the activity again from its app."
_DOCTYPE_SUBSET = re.compile(rb"<!DOCTYPE[^>\[]*\[", re.I)
_TAGS_HELD = 2_000_000
"""Tags outside samples stay in memory, about 130 bytes each; real files have some hundreds."""

_TAGS_OF_A_SAMPLE = 200


class _Metered(BytesIO):
    """Bytes that refuse to go on when they hold tags without end and no samples to let go of."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self._name = name
        self._held = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self._held += piece.count(b"<")
        if self._held > _TAGS_HELD:
            message = f"{self._name} repeats XML beyond all measure and holds hardly a sample"
            raise HostileFileError(message, hint=_EXPORT_AGAIN)
        return piece

    def let_go(self) -> None:
        """Tell that a sample was taken out of memory."""
        self._held = max(self._held - _TAGS_OF_A_SAMPLE, 0)


def clean_bytes(name: str, content: bytes) -> bytes:
    """Return the document in UTF-8 from its first ``<`` on.

    Raises
    ------
    HostileFileError
        It declares entities or its own grammar, which no activity needs and bombs are made of.
    UnreadableFileError
        It states an encoding that no watch writes.
    """
    content = _as_utf8(name, content)
    content = content[max(content.find(b"<"), 0) :]
    if b"<!ENTITY" in content or _DOCTYPE_SUBSET.search(content):
        message = f"{name} declares XML entities; activity files have none, so it was refused"
        raise HostileFileError(message, hint=_EXPORT_AGAIN)
    return content


def _as_utf8(name: str, content: bytes) -> bytes:
    first = content.find(b"<")
    if content[first + 1 : first + 2] == b"\0":
        # A byte scan for entities must not be fooled by zeros between the letters.
        is_big_endian = first > 0 and content[first - 1] == 0
        start, encoding = (first - 1, "utf-16-be") if is_big_endian else (first, "utf-16-le")
        return content[start:].decode(encoding, "replace").encode("utf-8", "replace")
    declared = _DECLARATION.match(content[max(first, 0) : max(first, 0) + 200])
    if declared is None:
        return content
    encoding = declared.group(1).decode("ascii", "replace")
    if not _ENCODINGS.fullmatch(encoding):
        message = f"{name} states the encoding {encoding!r}; UTF-8 was expected"
        raise UnreadableFileError(message, hint="Save the file as UTF-8.")
    if encoding.lower().replace("-", "") in {"utf8", "usascii", "ascii", "utf16"}:
        return content
    return content.decode(encoding, "replace").encode("utf-8", "replace")


class XmlWalk:
    """One pass over a document, element by element, forgiving what is broken.

    Parameters
    ----------
    name, content
        The file's name, for errors, and its bytes as ``clean_bytes`` returned them.
    tags
        Local names of the elements to report.
    samples
        Those of them that are many: they are emptied once seen, so that memory stays flat.
    """

    def __init__(
        self, name: str, content: bytes, *, tags: Iterable[str], samples: Iterable[str]
    ) -> None:
        self._name = name
        self._samples = frozenset(samples)
        self._source = _Metered(name, content)
        self._parse = etree.iterparse(
            self._source,
            events=("end",),
            tag=[f"{{*}}{tag}" for tag in tags],
            encoding="utf-8",
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        self.damage = ""

    def __iter__(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield local name and element at each end tag; ``damage`` is known afterwards.

        Raises
        ------
        HostileFileError
            Elements nest deeper than the parser allows, or repeat until memory is full.
        """
        names: dict[str, str] = {}
        try:
            for _, element in self._parse:
                name = names.get(element.tag) or names.setdefault(
                    element.tag, local_name(element.tag)
                )
                yield name, element
                if name in self._samples:
                    _release(element)
                    self._source.let_go()
        except etree.XMLSyntaxError as error:
            self.damage = f"its XML breaks off: {error.msg}"
        self._look_at_errors()

    def _look_at_errors(self) -> None:
        for entry in self._parse.error_log:
            if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
                message = f"{self._name} nests or repeats XML beyond all measure: {entry.message}"
                raise HostileFileError(message, hint=_EXPORT_AGAIN)
            is_namespace = entry.domain == etree.ErrorDomains.NAMESPACE
            if not self.damage and not is_namespace and entry.level >= etree.ErrorLevels.FATAL:
                self.damage = f"its XML is broken at line {entry.line}: {entry.message.strip()}"


def cut_unfinished(content: bytes, *, root: str, sample: str) -> tuple[bytes, bool]:
    """Cut a document that never closes its root back to its last whole sample.

    The sample in which a file breaks off may hold half a number, which would read as a wrong one.
    """
    if content.rstrip(b"\0 \t\r\n").endswith(f"{root}>".encode()):
        return content, False
    last = content.rfind(f"{sample}>".encode())
    return (content[: last + len(sample) + 1] if last >= 0 else content), True


def _release(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def local_name(tag: object) -> str:
    """Return a tag without its namespace or undeclared prefix, empty for what is no element."""
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2].rpartition(":")[2]
