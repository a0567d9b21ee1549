"""A person's records held in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sidestep.domain.activity.summary import ActivitySummary, Verdict
from sidestep.domain.vocabulary.sport import Sport
from sidestep.services.ports import ActivityRow, SourceEntry, SourceFile, StoredDocument


class MemoryStore:
    """Implements ``services.ports.Store``; starts with the activities and steps it is given."""

    def __init__(
        self,
        activities: Sequence[ActivitySummary] = (),
        daily_steps: Mapping[date, int] | None = None,
    ) -> None:
        self._activities = {activity.id: activity for activity in activities}
        self._richness = dict.fromkeys(self._activities, 0)
        self._stream_keys: dict[str, str | None] = {}
        self._sources: dict[str, SourceFile] = {}
        self._steps: dict[date, dict[str, int]] = {
            day: {"watch": steps} for day, steps in (daily_steps or {}).items()
        }
        self._standing_hours: dict[date, int] = {}
        self._documents: list[StoredDocument] = []
        self._version = 0

    def version(self) -> int:
        return self._version

    def known_sources(self) -> Mapping[str, SourceFile]:
        return dict(self._sources)

    def activities(self) -> list[ActivitySummary]:
        return sorted(
            self._activities.values(), key=lambda activity: (activity.started_at, activity.id)
        )

    def daily_steps(self, *, since: date, until: date) -> Mapping[date, int]:
        return {
            day: max(by_source.values())
            for day, by_source in sorted(self._steps.items())
            if since <= day <= until and by_source
        }

    def apply(self, entries: Sequence[SourceEntry]) -> None:
        self._version += 1
        for entry in entries:
            self._sources[entry.source.sha256] = entry.source
            for row in (*entry.new, *entry.replaced):
                self._keep(row)
            for day, by_source in entry.steps.items():
                self._steps.setdefault(day, {}).update(by_source)
            self._standing_hours.update(entry.standing_hours)

    def _keep(self, row: ActivityRow) -> None:
        self._activities[row.summary.id] = row.summary
        self._richness[row.summary.id] = row.richness
        self._stream_keys[row.summary.id] = row.stream_key

    def richness_of(self) -> Mapping[str, int]:
        return dict(self._richness)

    def stream_key(self, activity_id: str) -> str | None:
        return self._stream_keys.get(activity_id)

    def standing_hours(self, *, since: date, until: date) -> Mapping[date, int]:
        return {day: hours for day, hours in self._standing_hours.items() if since <= day <= until}

    def set_verdict(self, activity_id: str, verdict: Verdict) -> None:
        self._version += 1
        self._activities[activity_id] = replace(self._activities[activity_id], verdict=verdict)

    def set_effort(self, activity_id: str, effort_rpe: float) -> None:
        self._version += 1
        self._activities[activity_id] = replace(
            self._activities[activity_id], effort_rpe=effort_rpe
        )

    def set_sport(self, activity_id: str, sport: Sport) -> None:
        self._version += 1
        self._activities[activity_id] = replace(self._activities[activity_id], sport=sport)

    def save_document(self, document: StoredDocument) -> None:
        self._version += 1
        self._documents.append(document)

    def latest_document(self, kind: str) -> StoredDocument | None:
        return next(reversed(self.documents(kind)), None)

    def documents(self, kind: str) -> Sequence[StoredDocument]:
        return [document for document in self._documents if document.kind == kind]

    def delete_document(self, document_id: str) -> bool:
        before = len(self._documents)
        self._documents = [each for each in self._documents if each.id != document_id]
        self._version += 1
        return len(self._documents) < before

    def erase(self) -> None:
        self._version += 1
        for records in (
            self._activities,
            self._richness,
            self._stream_keys,
            self._sources,
            self._steps,
            self._standing_hours,
            self._documents,
        ):
            records.clear()
