"""What the person told about herself that a load caution needs; all of it optional."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Body mass, height and years of running; ``None`` where she did not say."""

    body_mass_kg: float | None = None
    height_cm: float | None = None
    years_running: float | None = None

    @property
    def body_mass_index(self) -> float | None:
        """Body mass over height squared, in kg/m², ``None`` when either is not known."""
        if self.body_mass_kg is None or self.height_cm is None or self.height_cm <= 0:
            return None
        return self.body_mass_kg / (self.height_cm / 100) ** 2
