"""``sidestep serve``: the pages in the browser, for this machine or for the house."""

import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import click

from sidestep.cli.session import Session, common_options, pass_session
from sidestep.errors import InputError

if TYPE_CHECKING:
    from sidestep.services.ports.certificates import MachineCertificate
    from sidestep.web.site import Site

PORT = 8321
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
ONLY_HERE = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; the default is reached from this machine only.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True)
@click.option(
    "--name",
    "names",
    multiple=True,
    help="A name or address under which browsers reach this machine; may be given again.",
)
@click.option(
    "--root-path",
    default="",
    help="Path under which a proxy serves it, such as /sidestep.",
)
@click.option(
    "--behind-proxy",
    is_flag=True,
    help="Believe a proxy on this machine about the address and HTTPS of who asks.",
)
@click.option(
    "--https",
    "is_https",
    is_flag=True,
    help="Speak HTTPS with a certificate of this machine's own, so that phones give the camera.",
)
@click.option("--new-link", is_flag=True, help="Print a new one-time link for the first person.")
@common_options
@pass_session
def command(
    session: Session,
    host: str,
    port: int,
    names: tuple[str, ...],
    root_path: str,
    behind_proxy: bool,
    is_https: bool,
    new_link: bool,
) -> None:
    """Open Sidestep in the browser. Ctrl+C ends it.

    The first start prints a link that works once: with it you choose a name and a password.
    """
    # Collecting garbage among a thousand modules that stay frees nothing and takes a tenth of
    # the start; afterwards they are left out of it for good.
    gc.disable()
    import uvicorn

    from sidestep.batch.worker_process import WorkerProcess
    from sidestep.web.app import create_app
    from sidestep.web.guard.log import LOG_CONFIG
    from sidestep.web.site import LOOPBACK, Site

    if root_path and (not root_path.startswith("/") or root_path.endswith("/")):
        raise InputError(
            f"--root-path {root_path!r} is not a path such as /sidestep",
            hint="Begin it with a slash, and end it without one.",
        )
    hosts = (*LOOPBACK, *(() if host in EVERYWHERE else (host,)), *names, *_own_names(host))
    certificate = _certificate(session, hosts) if is_https else None
    site = Site(
        wiring=session.wiring,
        hosts=hosts,
        root_path=root_path,
        is_https=is_https or behind_proxy,
        authority=None if certificate is None else certificate.authority,
    )
    config = uvicorn.Config(
        create_app(site),
        host=host,
        port=port,
        log_config=LOG_CONFIG,
        access_log=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips="127.0.0.1" if behind_proxy else None,
        server_header=False,
        ssl_keyfile=None if certificate is None else certificate.key,
        ssl_certfile=None if certificate is None else certificate.certificate,
        timeout_graceful_shutdown=5,
    )
    _greet(session, site, host, port, new_link=new_link)
    gc.freeze()
    gc.enable()
    server = uvicorn.Server(config)
    site.is_ending = lambda: server.should_exit
    with WorkerProcess(session.wiring.settings):
        server.run()


def _certificate(session: Session, hosts: tuple[str, ...]) -> "MachineCertificate":
    wiring = session.wiring
    names = (name for name in hosts if not name.startswith("["))
    return wiring.certificates.certificate_for(names, wiring.clock.now())


def _own_names(host: str) -> tuple[str, ...]:
    """Name this machine as its neighbours see it, when they may reach it at all."""
    if host not in EVERYWHERE:
        return ()
    import socket

    name = socket.gethostname()
    return (name, f"{name}.local", *_own_addresses())


def _own_addresses() -> tuple[str, ...]:
    """Return the address under which the house sees this machine; nothing is sent to learn it."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            # An address for examples: the system only says which of its own it would use.
            asking.connect(("192.0.2.1", 9))
        except OSError:
            return ()
        return (str(asking.getsockname()[0]),)


def _greet(session: Session, site: "Site", host: str, port: int, *, new_link: bool) -> None:
    from sidestep.bootstrap.settings import OWNER
    from sidestep.services.people.sign_in import make_link

    shown = "localhost" if host in ONLY_HERE else host
    if host in EVERYWHERE:
        shown = next(iter(_own_addresses()), "localhost")
    scheme = "https" if site.authority is not None else "http"
    address = f"{scheme}://{shown}:{port}{site.root_path}"
    people = site.wiring.people
    # A few plain lines: what draws tables elsewhere would take a good part of the start to load.
    say = partial(click.echo, err=session.as_json)
    if new_link or people.account(OWNER) is None:
        token = make_link(OWNER, people=people, clock=site.wiring.clock)
        say("Open this link once, and choose a name and a password (it works for a day):")
        say(f"\n  {address}/welcome/{token}\n")
    else:
        say(f"Sidestep is at {address}")
    if host not in ONLY_HERE:
        say("Everybody who reaches this machine reaches the sign-in. Only use it at home.")
    if site.authority is not None:
        if host in ONLY_HERE:
            say("Only this machine can open it. For a phone at home add: --host 0.0.0.0")
        else:
            _show_to_phones(say, address)
    say("Ctrl+C ends it.")


def _show_to_phones(say: Callable[[str], None], address: str) -> None:
    """Draw the address for a phone's camera, and say how the phone learns to believe it."""
    import io

    import segno

    drawn = io.StringIO()
    segno.make(address, error="m").terminal(drawn, compact=True)
    say(drawn.getvalue())
    say(
        "Point a phone's camera at it. It will warn: this machine vouches for itself. Go on, or "
        f"take its certificate first: {address}/authority.crt"
    )
