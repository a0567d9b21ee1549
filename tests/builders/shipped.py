"""The knowledge that ships with the program, read once."""

from functools import cache

from sidestep.adapters.knowledge.load import read_knowledge
from sidestep.services.knowledge.knowledge_reading import KnowledgeReading
from sidestep.services.ports import Knowledge


@cache
def shipped_reading() -> KnowledgeReading:
    return read_knowledge()


def shipped_knowledge() -> Knowledge:
    return shipped_reading().knowledge
