import pytest
from hypothesis import given
from hypothesis import strategies as st

from sidestep.domain.activity import sport_names
from sidestep.domain.activity.sport_names import sport_from_name
from sidestep.domain.vocabulary.sport import Sport


@pytest.mark.parametrize(
    ("name", "sport"),
    [
        ("running", Sport.RUN),
        ("Running", Sport.RUN),
        ("9", Sport.RUN),
        ("Lauf", Sport.RUN),
        ("Course à pied", Sport.RUN),
        ("HKWorkoutActivityTypeRunning", Sport.RUN),
        ("trail_running", Sport.TRAIL_RUN),
        ("TrailRun", Sport.TRAIL_RUN),
        ("Traillauf", Sport.TRAIL_RUN),
        ("treadmill_running", Sport.TREADMILL_RUN),
        ("indoor_running", Sport.TREADMILL_RUN),
        ("Virtual Run", Sport.TREADMILL_RUN),
        ("Biking", Sport.CYCLE),
        ("E-Bike-Fahrt", Sport.CYCLE),
        ("Football (Soccer)", Sport.FOOTBALL),
        ("Fußball", Sport.FOOTBALL),
        ("FUSSBALL", Sport.FOOTBALL),
        ("HKWorkoutActivityTypeSoccer", Sport.FOOTBALL),
        ("HKWorkoutActivityTypeAmericanFootball", Sport.AMERICAN_FOOTBALL),
        ("Weight Training", Sport.STRENGTH),
        ("Boxing / MMA", Sport.MARTIAL_ARTS),
        ("cross_country_skiing", Sport.CROSS_COUNTRY_SKI),
        ("course_a_pied", Sport.RUN),
        ("Hardloopsessie", Sport.RUN),
        ("Забег", Sport.RUN),
        ("跑步", Sport.RUN),
        ("户外跑步", Sport.RUN),
        ("Laufen im Freien", Sport.RUN),
        ("Løpetur", Sport.RUN),
        ("Caminhada", Sport.WALK),
        ("Wędrówka", Sport.HIKE),
        ("Pedalata", Sport.CYCLE),
        ("室内跑步", Sport.TREADMILL_RUN),
        ("ランニング", Sport.RUN),
    ],
)
def test_the_words_of_watches_and_accounts_are_known(name: str, sport: Sport) -> None:
    assert sport_from_name(name) is sport


@pytest.mark.parametrize(
    "name",
    [
        *("", "  ", "generic", "driving", "Wheelchair", "wheelchair_push_run", "9999", "Picnic"),
        # Paddling on water is no paddle tennis, and floors are climbed on stairs.
        *("paddle", "paddling", "floor_climbing", "Stand Up Paddling"),
    ],
)
def test_an_unknown_word_is_other_and_never_guessed_from_a_part(name: str) -> None:
    assert sport_from_name(name) is Sport.OTHER


def test_no_word_is_listed_under_two_sports() -> None:
    seen: dict[str, Sport] = {}
    for sport, names in sport_names._NAMES.items():
        for name in names.split(","):
            key = sport_names._normalise(name)
            assert key
            assert seen.setdefault(key, sport) is sport


@given(st.sampled_from(sorted(Sport)))
def test_the_vocabularys_own_words_come_back(sport: Sport) -> None:
    assert sport_from_name(sport.value) is sport


@given(st.sampled_from(["trail run", "cross country skiing", "indoor cycling"]), st.data())
def test_case_and_separators_do_not_matter(name: str, data: st.DataObject) -> None:
    separator = data.draw(st.sampled_from(["", " ", "_", "-", " - "]))
    spelled = separator.join(
        data.draw(st.sampled_from([w, w.upper(), w.title()])) for w in name.split()
    )
    assert sport_from_name(spelled) is sport_from_name(name)


@given(st.text())
def test_any_text_gives_a_sport(name: str) -> None:
    assert isinstance(sport_from_name(name), Sport)
