"""Passwords are hashed with argon2id, as slowly as the library advises."""

import argon2
import pytest

from sidestep.adapters.passwords.argon2id import Argon2id

PASSWORD = "four words in a row"  # noqa: S105


@pytest.fixture(scope="module")
def made() -> str:
    return Argon2id().hash(PASSWORD)


def test_a_hash_takes_as_long_and_as_much_memory_as_is_advised(made: str) -> None:
    advised = argon2.profiles.get_default_parameters()
    assert argon2.extract_parameters(made) == advised
    assert advised.type is argon2.Type.ID
    assert PASSWORD not in made


def test_only_the_password_itself_matches_and_every_hash_has_its_own_salt(made: str) -> None:
    passwords = Argon2id()
    assert passwords.matches(made, PASSWORD)
    assert not passwords.matches(made, PASSWORD.title())
    assert passwords.hash(PASSWORD) != made


@pytest.mark.parametrize("kept", ["", "four words in a row", "$argon2id$v=19$m=1"])
def test_what_is_no_hash_matches_nothing(kept: str) -> None:
    assert not Argon2id().matches(kept, PASSWORD)
