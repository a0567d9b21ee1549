"""What the person told about herself that a load analysis heeds; all of it optional."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Body mass, height and years of running; ``None`` where she did not say.

    ``told_of_knee`` says that she answered a knee check, whatever came of it.
    """

    body_mass_kg: float | None = None
    height_cm: float | None = None
    years_running: float | None = None
    told_of_knee: bool = False

    @property
    def body_mass_index(self) -> float | None:
        """Body mass over height squared, in kg/m², ``None`` when either is not known."""
        if self.body_mass_kg is None or self.height_cm is None or self.height_cm <= 0:
            return None
        return self.body_mass_kg / (self.height_cm / 100) ** 2
