"""The script with which a browser draws charts, for whoever asks to look closer."""

from fastapi import APIRouter
from starlette.responses import Response

from sidestep.web.closer import vega_bundle

router = APIRouter(include_in_schema=False)


@router.get("/vega.js")
def vega() -> Response:
    """Give the script; its address names the release, so that it is kept for good."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(vega_bundle(), media_type="text/javascript", headers=kept)
