"""Files made to exhaust or escape the machine are refused, quickly and in clear words."""

import gzip
from pathlib import Path

import pytest

from builders.activity_bytes import fit_of, full_run
from sidestep.adapters.activity_files import fit_ladder, fit_salvage, unpacking
from sidestep.adapters.activity_files.reader import ActivityFiles
from sidestep.adapters.activity_files.writing import write_fit, write_gpx
from sidestep.errors import HostileFileError, UnreadableFileError

TRACK = (
    '<trk><trkseg><trkpt lat="48" lon="11"><time>2026-05-04T06:00:00Z</time></trkpt></trkseg></trk>'
)
LAUGHS = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))


def read(content: bytes) -> None:
    ActivityFiles().read("hostile", content)


def test_a_gzip_bomb_is_refused_before_it_unfolds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_UNPACKED_BYTES", 10_000_000)
    bomb = gzip.compress(bytes(20_000_000))
    assert len(bomb) < 20_000
    with pytest.raises(HostileFileError, match="unfolds"):
        read(bomb)


def test_a_bomb_in_many_gzip_members_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(HostileFileError, match="unfolds"):
        read(gzip.compress(bytes(200_000)) * 10)


def test_gzip_inside_gzip_is_refused() -> None:
    with pytest.raises(HostileFileError, match="packed more than once"):
        read(gzip.compress(gzip.compress(write_fit(full_run()))))


def test_a_file_beyond_every_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MAX_RAW_BYTES", 1_000)
    with pytest.raises(HostileFileError, match="at most 1,000"):
        read(bytes(1_001))


def test_a_fit_file_beyond_its_own_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_ladder, "MAX_FIT_BYTES", 1_000)
    with pytest.raises(HostileFileError, match="a FIT file has at most"):
        read(write_fit(full_run()))


def test_a_fit_file_that_would_unfold_to_too_many_values_is_refused() -> None:
    fields = b"".join(bytes([number, 0, 2]) for number in range(250))
    rows = b"\x01" * 200_000
    with pytest.raises(HostileFileError, match="would unfold"):
        read(fit_of(bytes([0x41, 0, 0, 20, 0, 250]) + fields + rows))


def test_a_damaged_fit_file_of_endless_messages_is_read_up_to_a_point(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fit_salvage, "MAX_MESSAGES", 100)
    reading = ActivityFiles().read("endless.fit", write_fit(full_run())[:-1])
    (recording,) = reading.recordings
    assert recording.streams is not None
    assert 80 < len(recording.streams) < 100
    assert reading.loss is not None
    assert "first 100 messages" in reading.loss.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "iso-8859-1"])
@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE gpx [<!ENTITY lol0 "lol">{LAUGHS}]>',
        '<!DOCTYPE gpx [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE gpx [<!ENTITY % outside SYSTEM "http://localhost/x.dtd"> %outside;]>',
        f'<!DOCTYPE gpx [<!ATTLIST trkpt note CDATA "{"x" * 1_000}">]>',
    ],
)
def test_xml_that_declares_entities_is_refused(doctype: str, encoding: str) -> None:
    declared = encoding.removesuffix("-be")
    text = f'<?xml version="1.0" encoding="{declared}"?>{doctype}<gpx>&lol9;&secret;{TRACK}</gpx>'
    with pytest.raises(HostileFileError, match="declares XML entities"):
        read(text.encode(encoding))


def test_an_encoding_that_hides_tags_from_a_scan_is_refused() -> None:
    text = f'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-ENTITY><gpx>{TRACK}</gpx>'
    with pytest.raises(UnreadableFileError, match="UTF-7"):
        read(text.encode())


def test_an_outside_grammar_is_never_fetched(tmp_path: Path) -> None:
    grammar = tmp_path / "outside.dtd"
    grammar.write_text('<!ENTITY secret "found">')
    text = f'<!DOCTYPE gpx SYSTEM "{grammar.as_uri()}"><gpx creator="&secret;">{TRACK}</gpx>'
    reading = ActivityFiles().read("outside.gpx", text.encode())
    assert "found" not in reading.recordings[0].device


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(HostileFileError, match="beyond all measure"):
        read(b"<gpx>" + b"<a>" * 1_000_000)


def test_elements_without_end_are_refused_before_they_fill_memory() -> None:
    with pytest.raises(HostileFileError, match="beyond all measure"):
        read(b"<gpx><trk><trkseg>" + b"<a/>" * 3_000_000 + b"</trkseg></trk></gpx>")


def test_a_track_of_several_days_has_no_elements_too_many() -> None:
    point = '<trkpt lat="48" lon="11"><time>2026-05-04T06:00:00Z</time>' + "<e/>" * 60 + "</trkpt>"
    text = f"<gpx><trk><trkseg>{point * 40_000}</trkseg></trk></gpx>"
    reading = ActivityFiles().read("long.gpx", text.encode())
    (recording,) = reading.recordings
    assert recording.streams is not None
    assert len(recording.streams) == 40_000


def test_a_million_attributes_do_no_harm() -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(100_000))
    reading = ActivityFiles().read("wide.gpx", f"<gpx {attributes}>{TRACK}</gpx>".encode())
    assert len(reading.recordings) == 1


def test_a_gzip_layer_cut_short_gives_what_it_still_holds() -> None:
    packed = gzip.compress(write_gpx(full_run()))
    reading = ActivityFiles().read("cut.gpx.gz", packed[: len(packed) * 2 // 3])
    assert reading.loss is not None
    assert reading.loss.recovered_s > 100
    assert "its gzip layer ends early" in reading.loss.reason
