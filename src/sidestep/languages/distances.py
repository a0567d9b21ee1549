"""Distances as a person reads and types them: in kilometres or in miles.

Only pages, in the browser and on paper, know of miles. Services, records, files and the API have
kilometres.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """What distances are shown and typed in.

    Attributes
    ----------
    name
        As it stands behind a figure, in every language.
    km
        How many kilometres one is.
    typed_digits
        Digits after the point in a field to type in. A plan has tenths of a kilometre; so many
        digits bring each of them back as it was, so that a form sent unchanged changes nothing.
    """

    name: str
    km: float
    typed_digits: int

    def of(self, distance_km: float) -> float:
        """Return a distance in this unit."""
        return distance_km / self.km

    def typed_km(self, text: str, *, known_km: float | None = None) -> float | None:
        """Return the kilometres of what was typed, with a point or a comma; none for no number.

        Parameters
        ----------
        known_km
            What stood in the field before; kept to the last digit where it was not touched.
        """
        try:
            figure = float(text.strip().replace(",", "."))
        except ValueError:
            return None
        if known_km is not None and figure == round(self.of(known_km), self.typed_digits):
            return known_km
        # Ten metres: no watch and no measured course is surer than that.
        return figure if self is KM else round(figure * self.km, 2)


KM = Unit(name="km", km=1.0, typed_digits=1)
MILES = Unit(name="mi", km=1.609344, typed_digits=2)
"""The international mile is exactly that, by the agreement of 1959."""

UNITS = {unit.name: unit for unit in (KM, MILES)}


def unit_named(name: object) -> Unit:
    """Return the unit of a name; kilometres for one that is none."""
    return UNITS.get(str(name), KM)
