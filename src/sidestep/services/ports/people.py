"""Who may sign in, and what lets them in; a person's records are the store's business."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who signs in; ``owner_id`` is what all her rows are bound to.

    ``settings`` are hers about the pages: language, colours, unit, reminders. None of them is
    medical.
    """

    owner_id: str
    name: str
    made_at: datetime
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A browser that is signed in; ``id`` names it without letting anybody in."""

    id: str
    owner_id: str
    since: datetime
    seen_at: datetime
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A program that may read or write in a person's name; ``id`` does not let anybody in."""

    id: str
    owner_id: str
    name: str
    scopes: tuple[str, ...]
    made_at: datetime


class People(Protocol):
    """Accounts and what opens them. Of links, sessions and tokens only hashes come here."""

    def accounts(self) -> Sequence[Account]:
        """Return all accounts, oldest first."""

    def account(self, owner_id: str) -> Account | None:
        """Return an account."""

    def password_hash(self, name: str) -> tuple[str, str] | None:
        """Return owner and password hash of the account with this name."""

    def add_account(self, account: Account, password_hash: str) -> None:
        """Keep a new account.

        Raises
        ------
        InputError
            The name is taken, or the owner has an account already.
        """

    def set_password(self, owner_id: str, password_hash: str) -> None:
        """Take another password, and sign every browser of this person out."""

    def set_settings(self, owner_id: str, settings: Mapping[str, Any]) -> None:
        """Keep a person's settings of the pages."""

    def keep_link(self, token_hash: str, owner_id: str, expires_at: datetime) -> None:
        """Keep a link that lets ``owner_id`` choose a name and a password, once."""

    def link_owner(self, token_hash: str, now: datetime) -> str | None:
        """Return whose link it is, ``None`` when it is used, expired or made up."""

    def drop_links(self, owner_id: str) -> None:
        """Forget a person's links: one was used, or a new one takes their place."""

    def sign_in(self, token_hash: str, entry: SignedIn) -> None:
        """Keep that a browser is signed in."""

    def signed_in(self, token_hash: str) -> SignedIn | None:
        """Return who is signed in with a token."""

    def touch(self, token_hash: str, now: datetime) -> None:
        """Note that a browser was seen."""

    def browsers(self, owner_id: str) -> Sequence[SignedIn]:
        """Return a person's signed-in browsers, the one seen last first."""

    def sign_out(self, owner_id: str, id: str) -> None:
        """Sign one of a person's browsers out."""

    def add_token(self, token_hash: str, token: ApiToken) -> None:
        """Keep a token for programs."""

    def token(self, token_hash: str) -> ApiToken | None:
        """Return what a token allows."""

    def tokens(self, owner_id: str) -> Sequence[ApiToken]:
        """Return a person's tokens, oldest first."""

    def drop_token(self, owner_id: str, id: str) -> None:
        """Take one of a person's tokens back."""

    def draft(self, key_hash: str, now: datetime) -> Mapping[str, Any] | None:
        """Return answers on their way, ``None`` when there are none or they have expired."""

    def keep_draft(
        self,
        key_hash: str,
        content: Mapping[str, Any],
        expires_at: datetime,
        owner_id: str | None = None,
    ) -> None:
        """Keep answers on their way; what was kept under the key before is replaced."""

    def drop_expired(self, now: datetime) -> None:
        """Forget links and answers on their way that have expired."""

    def drop_draft(self, key_hash: str) -> None:
        """Forget answers on their way."""

    def is_first(self, owner_id: str, key: str, now: datetime) -> bool:
        """Note a key, and tell whether it was never seen before."""

    def forget_key(self, owner_id: str, key: str) -> None:
        """Forget a key: what came with it could not be kept, and may come again."""


class Passwords(Protocol):
    """Turns passwords into hashes that take long to guess."""

    def hash(self, password: str) -> str:
        """Return a hash with its own salt."""

    def matches(self, password_hash: str, password: str) -> bool:
        """Tell whether a password made this hash; takes as long when it did not."""
