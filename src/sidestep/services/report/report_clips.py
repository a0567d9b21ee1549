"""The pages of the clips a report has; what stands on one is ``clip_page``'s."""

from sidestep.services.ports.report_pages import ClipPage
from sidestep.services.report.report_parts import ReportParts


def clip_pages(parts: ReportParts, *, for_clinician: bool = False) -> tuple[ClipPage, ...]:
    """Return a page for each clip."""
    if not parts.clips:
        return ()
    # The names of the measures bring SciPy with them: nobody without a clip waits for it.
    from sidestep.services.report.clip_page import build_clip_page

    return tuple(
        build_clip_page(parts, clip, for_clinician=for_clinician, load=parts.load)
        for clip in parts.clips
    )
