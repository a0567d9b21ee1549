"""A store that remembers gives what the one beneath it gives, whoever writes."""

from hypothesis import given
from hypothesis import strategies as st

from builders.days_told import RULES, At
from builders.runs import TODAY, a_run
from fakes.stores import MemoryStore
from sidestep.services.check_ins.log_day import log_day
from sidestep.services.kept_documents import DocumentKind
from sidestep.web.remembered_store import RememberedStore

WRITES = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["tell", "effort", "erase"]), st.integers(0, 10)),
    max_size=12,
)


@given(WRITES)
def test_it_never_gives_what_is_old(writes: list[tuple[bool, str, int]]) -> None:
    beneath = MemoryStore([a_run(1, id="a run")])
    store, clock = RememberedStore(beneath), At(TODAY)
    for is_elsewhere, what, number in writes:
        writer = beneath if is_elsewhere else store
        if what == "tell":
            log_day(TODAY, {"pain_now": float(number)}, store=writer, knowledge=RULES, clock=clock)
        elif what == "erase":
            writer.erase()
        elif beneath.activities():
            writer.set_effort("a run", float(number))
        assert store.activities() == beneath.activities()
        assert list(store.documents(DocumentKind.CHECK_IN)) == list(
            beneath.documents(DocumentKind.CHECK_IN)
        )
        assert store.latest_document(DocumentKind.CHECK_IN) == beneath.latest_document(
            DocumentKind.CHECK_IN
        )


def test_what_is_given_cannot_be_changed_by_who_gets_it() -> None:
    store = RememberedStore(MemoryStore([a_run(1), a_run(2)]))
    store.activities().clear()
    assert len(store.activities()) == 2
