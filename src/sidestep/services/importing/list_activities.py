"""What was imported, as the document that other programs read."""

from collections.abc import Sequence
from typing import Any

from sidestep.domain.activity.summary import ActivitySummary


def activities_document(activities: Sequence[ActivitySummary]) -> list[dict[str, Any]]:
    """Return one entry per activity, in the order given."""
    return [
        {
            "id": activity.id,
            "started_at": activity.started_at.isoformat(),
            "local_date": activity.local_date.isoformat(),
            "sport": activity.sport.value,
            "direction": activity.sport.direction.value,
            "distance_km": activity.distance_km,
            "duration_s": activity.duration_s,
            "elapsed_s": activity.elapsed_s,
            "ascent_m": activity.ascent_m,
            "descent_m": activity.descent_m,
            "steps": activity.steps,
            "steps_source": activity.steps_source.value,
            "cadence_spm": activity.cadence_spm,
            "heart_rate_mean_bpm": activity.heart_rate_mean_bpm,
            "heart_rate_max_bpm": activity.heart_rate_max_bpm,
            "effort_rpe": activity.effort_rpe,
            "is_indoor": activity.is_indoor,
            "is_counted": activity.is_counted,
            "oddities": [
                {"code": oddity.code, "message": oddity.message} for oddity in activity.oddities
            ],
            "sources": list(activity.sources),
        }
        for activity in activities
    ]
