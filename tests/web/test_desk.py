"""What was worked out for a page is kept only as long as what it rests on."""

from sidestep.bootstrap.settings import OWNER
from sidestep.services.kept_documents import DocumentKind, keep_document
from sidestep.web.site import Site


def test_what_one_page_writes_is_seen_on_the_others(site: Site) -> None:
    desk = site.desk(OWNER)

    def profiles() -> int:
        return len(desk.store.documents(DocumentKind.PROFILE))

    def keep_another() -> str:
        keep_document(DocumentKind.PROFILE, {"answers": {}}, **desk.pieces)
        return "kept"

    assert desk.kept("profiles", profiles) == 0
    assert desk.kept("another", keep_another) == "kept"
    assert desk.kept("profiles", profiles) == 1
    assert desk.kept("another", keep_another) == "kept"
    assert profiles() == 1, "what was kept by the look itself is not kept again"
