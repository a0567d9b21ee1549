"""A site over a data folder, with the shipped knowledge, which is read once for all of them."""

from pathlib import Path

from builders.shipped import shipped_knowledge
from fakes.passwords import QuickPasswords
from sidestep.bootstrap.settings import Settings
from sidestep.bootstrap.wiring import Wiring
from sidestep.web.site import Site


def site_over(home: Path) -> Site:
    """Return a site over a data folder, made when it is not there."""
    wiring = Wiring(Settings(home=home, database_url=f"sqlite:///{home / 'sidestep.sqlite'}"))
    wiring.__dict__["knowledge"] = shipped_knowledge()
    wiring.__dict__["passwords"] = QuickPasswords()
    return Site(wiring=wiring)
