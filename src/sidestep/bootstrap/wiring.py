"""Puts services and adapters together, each piece on first use."""

from functools import cached_property
from typing import TYPE_CHECKING

from sidestep.bootstrap.settings import Settings

if TYPE_CHECKING:
    from sidestep.services.ports import Clock, Knowledge


class Wiring:
    """The pieces of one data folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def clock(self) -> "Clock":
        """The machine's clock in the machine's zone."""
        from sidestep.adapters.system.clock import SystemClock

        return SystemClock()

    @cached_property
    def knowledge(self) -> "Knowledge":
        """The shipped knowledge, read and checked."""
        from sidestep.adapters.knowledge.load import load_knowledge

        return load_knowledge()
