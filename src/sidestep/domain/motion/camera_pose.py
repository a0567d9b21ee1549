"""How a camera stood to the runner; how that is found out is in its neighbours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraPose:
    """How the camera stood to the runner.

    Attributes
    ----------
    roll_deg
        + where what is upright leans to the right in the picture.
    turn_deg
        Angle between the line of sight to the runner and the running direction, whether the
        camera stands aside or the belt is turned: + where what lies ahead of the runner lies
        further right in the picture. NaN where too few strides were seen.
    turn_error_deg
        95 % half-width of the turn from stride to stride.
    """

    roll_deg: float
    turn_deg: float
    turn_error_deg: float
