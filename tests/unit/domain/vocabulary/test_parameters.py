import pytest

from builders.shipped_parameters import shipped_parameters
from sidestep.domain.vocabulary.parameters import number_of, parameter_of, whole_number_of
from sidestep.errors import KnowledgeError


def test_a_missing_number_names_its_file() -> None:
    with pytest.raises(KnowledgeError, match="steps_needed") as refused:
        parameter_of({}, "steps_needed")
    assert "steps_needed.yaml" in str(refused.value.hint)


def test_a_number_that_counts_is_whole() -> None:
    parameters = shipped_parameters("load")
    assert number_of(parameters, "spike_window_days") == 30.0
    assert isinstance(whole_number_of(parameters, "spike_window_days"), int)
