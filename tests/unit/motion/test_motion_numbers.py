from pathlib import Path

import sidestep
from builders.shipped import shipped_knowledge
from builders.shipped_parameters import shipped_parameters
from sidestep.domain.motion.run_analysis import RunMeasure

DOMAIN = Path(sidestep.__file__).parent / "domain" / "motion"
CLIPS = Path(sidestep.__file__).parent / "services" / "clips"


def test_every_number_about_clips_is_read_somewhere() -> None:
    files = [*DOMAIN.glob("*.py"), *CLIPS.glob("*.py")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in files)
    ids = {id for id in shipped_parameters("motion") if not id.startswith("real_change_")}
    assert {id for id in ids if f'"{id}"' not in code} == set()


def test_every_measure_of_a_run_has_a_smallest_real_change_and_of_squats_the_one_in_print() -> None:
    wanted = {f"real_change_{measure}" for measure in RunMeasure}
    wanted |= {"real_change_cadence_spm", "real_change_single_leg_squat_fppa_deg"}
    assert {id for id in shipped_parameters("motion") if id.startswith("real_change_")} == wanted


def test_the_numbers_are_those_of_the_knowledge() -> None:
    assert shipped_knowledge().motion == shipped_parameters("motion")


def test_what_a_number_says_fills_in() -> None:
    for parameter in shipped_parameters("motion").values():
        said = parameter.filled_in(found=0.3, found_percent=30.0)
        assert said[0].isupper() or said[0].isdigit()
        assert said.endswith(".")
        assert "{" not in said
