"""Sentences that services put together from others, in German: each part of them is found again."""

import pytest

from sidestep.languages.language import language

GERMAN = language("de")


@pytest.mark.parametrize(
    ("said", "in_german"),
    [
        # Sentences in a row, with what each of them fills in.
        (
            "Your goal of 42.2 km on 2 August 2026 is out of reach within the limits. "
            "Growing on like this, it would fit from about 6 February 2027.",
            "Dein Ziel von 42,2 km am 2. August 2026 ist innerhalb der Grenzen nicht zu erreichen. "
            "Wenn es so weiter wächst, würde es etwa ab dem 6. Februar 2027 passen.",
        ),
        (
            "Left knee: 12,000 to 66,000 steps in 28 days and 20,000 steps in 365 days. "
            "Right knee: none in 28 days and none in 365 days. "
            "An estimate: the share of steps in your clip of 22 November 2026, taken for all steps "
            "of your runs. You may run otherwise when nobody films. No number of such steps is "
            "known to be too many.",
            "Linkes Knie: 12.000 bis 66.000 Schritte in 28 Tagen und 20.000 Schritte in 365 Tagen. "
            "Rechtes Knie: keiner in 28 Tagen und keiner in 365 Tagen. "
            "Eine Schätzung: der Anteil der Schritte in deinem Video vom 22. November 2026, "
            "angenommen für alle Schritte deiner Läufe. Vielleicht läufst du anders, wenn niemand "
            "filmt. Es ist keine Zahl solcher Schritte bekannt, die zu viel wäre.",
        ),
        # Words in a list, and a sentence inside a sentence.
        (
            "Minutes you have: 30 on Monday, 60 a day.",
            "Minuten, die du hast: 30 am Montag, 60 am Tag.",
        ),
        (
            "You accepted at the review: One step back: shorter runs. This week has it.",
            "Beim Rückblick angenommen: Ein Schritt zurück: kürzere Läufe. Diese Woche hat es.",
        ),
        (
            "As it was: sidestep review --week 2026-07-17 --change swap --decline",
            "Wie es war: sidestep review --week 2026-07-17 --change swap --decline",
        ),
        (
            "Walk with side steps, about 30 min, easy",
            "Gehen mit Seitschritten, etwa 30 min, locker",
        ),
        # A title with a full stop, one that begins small, a day in short.
        ("Six weeks or more without getting better.", "Sechs Wochen oder länger ohne Besserung."),
        (
            "This is not your password. Type it again.",
            "Das ist nicht dein Passwort. Tipp es noch einmal.",
        ),
        ("about 3 May 2026", "etwa 3. Mai 2026"),
        # What was typed or what a file is called stays, and ends with its sentence.
        (
            "run and.gpx is packed more than once; one gzip layer is expected. "
            "Unpack it once by hand, then import the result",
            "run and.gpx ist mehrfach gepackt; erwartet ist eine Schicht gzip. "
            "Entpack sie einmal von Hand und lies dann das Ergebnis ein",
        ),
        # What is known but for its beginning is not taken apart; a full stop stands once.
        ("Side lifts: 11 lifts", "Seitlich heben: 11 Mal"),
        ("Easy run, about 27 min.", "Lockerer Lauf, etwa 27 Min."),
        ("30 Nov – 6 Dec", "30. Nov. – 6. Dez."),
        ("29 Feb – 6 Mar", "29. Feb. – 6. März"),
        ("+2.8° ± 1.1°", "+2,8° ± 1,1°"),
    ],
)
def test_its_parts_are_translated(said: str, in_german: str) -> None:
    assert GERMAN.gettext(said) == in_german


@pytest.mark.parametrize(
    "said",
    [
        "Nobody translated this, and that, or that. And so it goes on, and on, and on.",
        "This week has it. Nobody translated this.",
        "30 parsecs",
    ],
)
def test_what_is_not_wholly_known_stays_whole(said: str) -> None:
    assert GERMAN.gettext(said) == said
