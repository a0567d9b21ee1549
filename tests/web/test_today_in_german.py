"""What the services say of a day, in German: no English is left on the card."""

from datetime import timedelta

from builders.days_told import RULES, a_planned_week, told
from sidestep.domain.planning.week import DayKind
from sidestep.languages.language import language
from sidestep.services.week.today_card import today_card

GERMAN = language("de")


def test_what_pain_changes_about_a_run_is_said_in_german() -> None:
    store, at, days = a_planned_week()
    on = days[DayKind.RUN]
    at.day = on - timedelta(days=1)
    told(store, at, at.day, pain_now=3)
    at.day = on
    told(store, at, on, pain_now=4)
    card = today_card(store=store, knowledge=RULES, clock=at)
    assert card.changes
    for change in card.changes:
        for sentence in (change.what, change.saw, change.why.says):
            assert GERMAN.gettext(sentence) != sentence, sentence


def test_a_figure_is_written_the_german_way() -> None:
    said = GERMAN.gettext("A shorter run: 3.5 km instead of 4.2 km.")
    assert said == "Ein kürzerer Lauf: 3,5 km statt 4,2 km."
