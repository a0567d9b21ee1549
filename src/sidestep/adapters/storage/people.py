"""Accounts and what opens them, in the database; a person's records are the store's business."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, Row

from sidestep.adapters.storage import tables
from sidestep.errors import InputError
from sidestep.services.ports.people import Account, ApiToken, SignedIn

ID_LENGTH = 16
"""Characters of a token's hash that name it; they do not let anybody in."""


class SqlPeople:
    """Implements ``services.ports.People`` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(is_writing=True)

    def accounts(self) -> Sequence[Account]:
        """Return all accounts, oldest first."""
        chosen = sa.select(tables.account).order_by(tables.account.c.made_at)
        with self._engine.connect() as connection:
            return [_account(row) for row in connection.execute(chosen)]

    def account(self, owner_id: str) -> Account | None:
        """Return an account."""
        row = self._one(tables.account, tables.account.c.owner_id == owner_id)
        return None if row is None else _account(row)

    def password_hash(self, name: str) -> tuple[str, str] | None:
        """Return owner and password hash of the account with this name."""
        row = self._one(tables.account, tables.account.c.name == name)
        return None if row is None else (row.owner_id, row.password_hash)

    def add_account(self, account: Account, password_hash: str) -> None:
        """Keep a new account.

        Raises
        ------
        InputError
            The name is taken, or the owner has an account already.
        """
        values = {
            "owner_id": account.owner_id,
            "name": account.name,
            "password_hash": password_hash,
            "made_at": account.made_at,
            "settings": dict(account.settings),
        }
        try:
            self._write(sa.insert(tables.account).values(values))
        except sa.exc.IntegrityError as taken:
            raise InputError(
                f"there is an account named {account.name!r} already", hint="Choose another name."
            ) from taken

    def set_password(self, owner_id: str, password_hash: str) -> None:
        """Take another password, and sign every browser of this person out."""
        account, browser = tables.account, tables.signed_in
        self._write(
            sa.update(account)
            .where(account.c.owner_id == owner_id)
            .values(password_hash=password_hash),
            sa.delete(browser).where(browser.c.owner_id == owner_id),
        )

    def set_settings(self, owner_id: str, settings: Mapping[str, Any]) -> None:
        """Keep a person's settings of the pages."""
        account = tables.account
        self._write(
            sa.update(account).where(account.c.owner_id == owner_id).values(settings=dict(settings))
        )

    def keep_link(self, token_hash: str, owner_id: str, expires_at: datetime) -> None:
        """Keep a link that lets ``owner_id`` choose a name and a password, once."""
        values = {"token_hash": token_hash, "owner_id": owner_id, "expires_at": expires_at}
        self._write(sa.insert(tables.one_time_link).values(values))

    def link_owner(self, token_hash: str, now: datetime) -> str | None:
        """Return whose link it is, ``None`` when it is used, expired or made up."""
        link = tables.one_time_link
        row = self._one(link, link.c.token_hash == token_hash)
        return row.owner_id if row is not None and row.expires_at > now else None

    def drop_links(self, owner_id: str) -> None:
        """Forget a person's links."""
        link = tables.one_time_link
        self._write(sa.delete(link).where(link.c.owner_id == owner_id))

    def sign_in(self, token_hash: str, entry: SignedIn) -> None:
        """Keep that a browser is signed in."""
        values = {
            "token_hash": token_hash,
            "owner_id": entry.owner_id,
            "since": entry.since,
            "seen_at": entry.seen_at,
            "device": entry.device,
        }
        self._write(sa.insert(tables.signed_in).values(values))

    def signed_in(self, token_hash: str) -> SignedIn | None:
        """Return who is signed in with a token."""
        row = self._one(tables.signed_in, tables.signed_in.c.token_hash == token_hash)
        return None if row is None else _browser(row)

    def touch(self, token_hash: str, now: datetime) -> None:
        """Note that a browser was seen."""
        browser = tables.signed_in
        self._write(
            sa.update(browser).where(browser.c.token_hash == token_hash).values(seen_at=now)
        )

    def browsers(self, owner_id: str) -> Sequence[SignedIn]:
        """Return a person's signed-in browsers, the one seen last first."""
        browser = tables.signed_in
        chosen = (
            sa.select(browser)
            .where(browser.c.owner_id == owner_id)
            .order_by(browser.c.seen_at.desc())
        )
        with self._engine.connect() as connection:
            return [_browser(row) for row in connection.execute(chosen)]

    def sign_out(self, owner_id: str, id: str) -> None:
        """Sign one of a person's browsers out."""
        self._drop_named(tables.signed_in, owner_id, id)

    def add_token(self, token_hash: str, token: ApiToken) -> None:
        """Keep a token for programs."""
        values = {
            "token_hash": token_hash,
            "owner_id": token.owner_id,
            "name": token.name,
            "scopes": list(token.scopes),
            "made_at": token.made_at,
        }
        self._write(sa.insert(tables.api_token).values(values))

    def token(self, token_hash: str) -> ApiToken | None:
        """Return what a token allows."""
        row = self._one(tables.api_token, tables.api_token.c.token_hash == token_hash)
        return None if row is None else _token(row)

    def tokens(self, owner_id: str) -> Sequence[ApiToken]:
        """Return a person's tokens, oldest first."""
        token = tables.api_token
        chosen = sa.select(token).where(token.c.owner_id == owner_id).order_by(token.c.made_at)
        with self._engine.connect() as connection:
            return [_token(row) for row in connection.execute(chosen)]

    def drop_token(self, owner_id: str, id: str) -> None:
        """Take one of a person's tokens back."""
        self._drop_named(tables.api_token, owner_id, id)

    def draft(self, key_hash: str, now: datetime) -> Mapping[str, Any] | None:
        """Return answers on their way, ``None`` when there are none or they have expired."""
        row = self._one(tables.draft, tables.draft.c.key_hash == key_hash)
        if row is None or row.expires_at <= now:
            return None
        content: Mapping[str, Any] = row.content
        return content

    def keep_draft(
        self,
        key_hash: str,
        content: Mapping[str, Any],
        expires_at: datetime,
        owner_id: str | None = None,
    ) -> None:
        """Keep answers on their way; what was kept under the key before is replaced."""
        draft = tables.draft
        values = {
            "key_hash": key_hash,
            "owner_id": owner_id,
            "content": dict(content),
            "expires_at": expires_at,
        }
        self._write(
            sa.delete(draft).where(draft.c.key_hash == key_hash), sa.insert(draft).values(values)
        )

    def drop_expired(self, now: datetime) -> None:
        """Forget links and answers on their way that have expired."""
        for table in (tables.draft, tables.one_time_link):
            self._write(sa.delete(table).where(table.c.expires_at <= now))

    def drop_draft(self, key_hash: str) -> None:
        """Forget answers on their way."""
        self._write(sa.delete(tables.draft).where(tables.draft.c.key_hash == key_hash))

    def is_first(self, owner_id: str, key: str, now: datetime) -> bool:
        """Note a key, and tell whether it was never seen before."""
        values = {"owner_id": owner_id, "key": key, "seen_at": now}
        try:
            self._write(sa.insert(tables.seen_key).values(values))
        except sa.exc.IntegrityError:
            return False
        return True

    def forget_key(self, owner_id: str, key: str) -> None:
        """Forget a key: what came with it could not be kept, and may come again."""
        seen = tables.seen_key
        self._write(sa.delete(seen).where(seen.c.owner_id == owner_id, seen.c.key == key))

    def _drop_named(self, table: sa.Table, owner_id: str, id: str) -> None:
        named = sa.func.substr(table.c.token_hash, 1, ID_LENGTH) == id
        self._write(sa.delete(table).where(table.c.owner_id == owner_id, named))

    def _one(self, table: sa.Table, condition: sa.ColumnElement[bool]) -> Row[Any] | None:
        with self._engine.connect() as connection:
            return connection.execute(sa.select(table).where(condition)).one_or_none()

    def _write(self, *statements: sa.Executable) -> None:
        with self._writing.begin() as connection:
            for statement in statements:
                connection.execute(statement)


def _account(row: Row[Any]) -> Account:
    return Account(owner_id=row.owner_id, name=row.name, made_at=row.made_at, settings=row.settings)


def _browser(row: Row[Any]) -> SignedIn:
    return SignedIn(
        id=row.token_hash[:ID_LENGTH],
        owner_id=row.owner_id,
        since=row.since,
        seen_at=row.seen_at,
        device=row.device,
    )


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(
        id=row.token_hash[:ID_LENGTH],
        owner_id=row.owner_id,
        name=row.name,
        scopes=tuple(row.scopes),
        made_at=row.made_at,
    )
