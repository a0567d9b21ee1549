"""Of a person's own changes only those are given up that do not fit any more."""

from dataclasses import replace

from builders.plan_requests import MONDAY, a_request
from sidestep.domain.planning.build import build_week
from sidestep.domain.planning.edits import SetLength, TakeRest
from sidestep.domain.planning.week import DayKind, WeekPlan

TOO_FAR_KM = 80.0


def test_an_edit_that_fits_stays_when_another_is_given_up() -> None:
    before = build_week(MONDAY, a_request())
    assert isinstance(before, WeekPlan)
    runs = [day.date for day in before.days if day.kind is DayKind.RUN]
    rest = next(day for day in before.days if day.kind is not DayKind.RUN)
    edits = (SetLength(on=runs[0], distance_km=TOO_FAR_KM), TakeRest(on=rest.date))

    after = build_week(MONDAY, replace(a_request(), edits=edits))
    assert isinstance(after, WeekPlan)
    assert after.notes[0].rule == "edits_given_up"
    assert after.notes[0].says.startswith("Not all")
    assert next(day for day in after.days if day.date == rest.date).kind is DayKind.REST
    assert all((b.distance_km or 0) < TOO_FAR_KM for day in after.days for b in day.blocks)

    none_fits = build_week(MONDAY, replace(a_request(), edits=edits[:1]))
    assert isinstance(none_fits, WeekPlan)
    assert none_fits.notes[0].says.startswith("What you changed")
    assert none_fits.days == before.days
