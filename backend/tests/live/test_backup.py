"""The drill: a shop is backed up while it sells, its machine is lost, and it comes back from what was kept.

All of it by the scripts and the settings that the containers of production run.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection

from delux.accounts.tests.factories import UserFactory
from delux.events.tests.factories import EventFactory, TicketTypeFactory
from delux.market.tests.factories import VariantFactory
from dev.embedded_postgres import binaries
from dev.processes import processes_in
from tests.live.database_server import Machine, Server, ended, speaking_to
from tests.live.shoppers import Shoppers

pytestmark = pytest.mark.slow  # one shop for all of them: they begin together, in one process

PICTURES = ("events/cover.webp", "products/shoes.webp")
# Nobody who buys needs it: locked, it holds up the dump and nobody else.
OF_NO_BUYER = "crm_crmtask"
DAY = 86_400
Contents = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Lost:
    """What is left of a shop, and what it was like."""

    machine: Machine
    data: Path
    empty: Path  # the data of a server that has just been started for the first time
    night: str
    base: str
    moment: str
    wal_on_the_way: str  # between the base and the moment
    orders_before: list[str]
    orders_after: list[str]
    when_dumped: Contents
    at_the_moment: Contents
    at_the_end: Contents
    forgotten: list[str]


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    folder = Path(mkdtemp(prefix="delux-drill-", dir="/var/tmp"))
    folder.chmod(0o755)
    yield Machine(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def lost(machine: Machine, django_db_setup: None, django_db_blocker) -> Lost:
    data, empty = machine.folder / "data", machine.folder / "empty"
    machine.make_data(data)
    subprocess.run(["cp", "--archive", data, empty], check=True)
    for name in PICTURES:
        (machine.media / name).parent.mkdir()
        (machine.media / name).write_bytes(os.urandom(5_000))
    with machine.serving(data, archive=True) as server, django_db_blocker.unblock():
        make_tables(server)
        with speaking_to(server.url("delux")):
            return sell_and_back_up(machine, server, data=data, empty=empty)


def make_tables(server: Server) -> None:
    """Copy those of the run's database, which are migrated already."""
    ours = connection.settings_dict
    url = f"postgres://{ours['USER']}:{ours['PASSWORD']}@{ours['HOST']}:{ours['PORT']}/{ours['NAME']}"
    dump = subprocess.run([binaries() / "pg_dump", "--format=custom", url], check=True, capture_output=True)
    restore = [binaries() / "pg_restore", "--no-owner", "--no-comments", "--exit-on-error"]
    subprocess.run([*restore, "--dbname", server.url("delux")], input=dump.stdout, check=True)


def sell_and_back_up(machine: Machine, server: Server, *, data: Path, empty: Path) -> Lost:
    maker = server.login("delux_backup")
    event = EventFactory(capacity=10_000)
    things = {
        TicketTypeFactory(event=event, quantity_total=10_000): 2,
        VariantFactory(stock_quantity=10_000): 1,
    }
    machine.new_folder("backups/base")
    given_up = machine.new_folder("backups/wal/7000000000000000000")
    old = machine.new_folder("backups/base/2020-01-01T000000Z")
    (old / "wal").write_text(f"{given_up.name}/{'0' * 24}\n")
    os.utime(old, (time.time() - 15 * DAY,) * 2)
    with Shoppers(UserFactory.create_batch(3), things) as shoppers:
        shoppers.wait_for(4)
        archive_now(machine, server)
        archived = set(wal_files(machine))
        no_room = machine.run("backup/base.sh", PATH=with_a_full_disk(machine), **maker)
        assert re.fullmatch(r"base: .* has 1 MB left, and a base takes \d+ MB .*\n", no_room.stderr)
        assert (no_room.returncode, list((machine.backups / "base").iterdir())) == (1, [old])
        base = made(machine.run("backup/base.sh", **maker))
        forgotten = sorted(archived - set(wal_files(machine)))

        with shoppers.held_up() as let_go, closing(psycopg2.connect(server.url("postgres"))) as in_the_way:
            when_dumped = server.contents()
            in_the_way.cursor().execute(f"LOCK TABLE {OF_NO_BUYER}")
            nightly = machine.start("backup/nightly.sh", **maker)
            until(lambda: server.ask("SELECT 1 FROM pg_locks WHERE NOT granted"))
            let_go()
            shoppers.wait_for(4)
        night = made(ended(nightly))
        wal_on_the_way = archive_now(machine, server)

        shoppers.wait_for(4)
        with shoppers.held_up():
            at_the_moment, before = server.contents(), list(shoppers.orders)
            [(moment,)] = server.ask("SELECT date_trunc('second', clock_timestamp()) + interval '1 s'")
            until(lambda: server.ask(f"SELECT 1 WHERE clock_timestamp() > '{moment}'"))
        shoppers.wait_for(4)
    archive_now(machine, server)
    return Lost(
        machine=machine,
        data=data,
        empty=empty,
        night=night,
        base=base,
        moment=str(moment),
        wal_on_the_way=wal_on_the_way,
        orders_before=before,
        orders_after=shoppers.orders[len(before) :],
        when_dumped=when_dumped,
        at_the_moment=at_the_moment,
        at_the_end=server.contents(),
        forgotten=forgotten,
    )


def with_a_full_disk(machine: Machine) -> str:
    """Return a PATH whose `df` finds a megabyte free."""
    df = machine.new_folder("full") / "df"
    df.write_text("#!/bin/sh\necho 1048576\n")
    df.chmod(0o755)
    return os.pathsep.join([str(df.parent), machine.environment["PATH"]])


def made(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a script called the backup it made."""
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    return str(told[told["event"].removesuffix(".made")])


def wal_files(machine: Machine) -> list[str]:
    return sorted(file.name for file in machine.backups.glob("wal/*/*.gz"))


def archive_now(machine: Machine, server: Server) -> str:
    """End the file of WAL that is being written, as a minute would; return its name in the archive."""
    [(name,)] = server.ask("SELECT pg_walfile_name(pg_switch_wal())")
    until(lambda: f"{name}.gz" in wal_files(machine))
    return f"{name}.gz"


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def audit(server: Server, django_db_blocker) -> None:
    """Run `manage.py audit`.

    :raises CommandError: the books do not agree; on the command line that is exit code 1
    """
    with django_db_blocker.unblock(), speaking_to(server.url("delux")):
        call_command("audit", stdout=StringIO())


def orders_of(server: Server) -> set[str]:
    return {number for (number,) in server.ask("SELECT order_number FROM orders_order")}


def pictures(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in PICTURES}


def test_a_dump_made_while_people_buy_is_the_shop_at_one_moment(lost: Lost, django_db_blocker) -> None:
    media = lost.machine.new_folder("restored-media")

    with lost.machine.serving(lost.empty, archive=False) as server:
        restore = partial(
            lost.machine.run, "backup/restore.sh", lost.night, MEDIA=media, **server.login("delux")
        )
        done = restore()
        restored = server.contents()
        planned = server.ask("SELECT DISTINCT tablename FROM pg_stats WHERE tablename = 'orders_order'")
        again = restore()

        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.endswith("next: migrate, then audit\n")
        assert restored == lost.when_dumped != lost.at_the_end
        assert restored["orders_order"][0] > 8
        assert planned == [("orders_order",)]  # it is not slow for want of statistics
        audit(server, django_db_blocker)
    assert pictures(media) == pictures(lost.machine.media)
    assert again.returncode == 1
    assert re.fullmatch(
        r"restore: the database delux has \d+ tables already; give an empty one\n", again.stderr
    )


def test_the_shop_comes_back_as_it_was_at_a_second(lost: Lost, django_db_blocker) -> None:
    data = lost.machine.new_folder("at-a-second")

    done = lost.machine.run("backup/restore-to.sh", lost.moment, data)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"from the base {lost.base}" in done.stdout
    with lost.machine.serving(data, archive=False) as server:
        restored = server.contents()
        found = orders_of(server)
        assert restored == lost.at_the_moment != lost.at_the_end
        audit(server, django_db_blocker)
    assert found >= set(lost.orders_before) != set()
    assert not found & set(lost.orders_after)
    assert len(lost.orders_after) >= 4


def test_what_is_restored_goes_on_in_the_same_archive(lost: Lost) -> None:
    machine = with_copies(lost, "goes-on")
    latest, again = machine.new_folder("latest"), machine.new_folder("again")
    known = wal_files(machine)

    assert machine.run("backup/restore-to.sh", "latest", latest).returncode == 0
    assert wal_files(machine) == known  # a rehearsal leaves nothing behind
    # Stopped as its container is, a server leaves nothing behind that is not archived.
    with machine.serving(latest, archive=True, end=signal.SIGINT) as server:
        restored = server.contents()
        server.ask("UPDATE events_event SET title = 'Moved'")
        changed = server.contents()
    assert machine.run("backup/restore-to.sh", "latest", again).returncode == 0
    with machine.serving(again, archive=False) as server:
        assert server.contents() == changed != restored == lost.at_the_end


def test_neither_a_second_attempt_nor_going_back_follows_a_server_that_was_given_up(lost: Lost) -> None:
    machine = with_copies(lost, "given-up")
    first, second, latest = (machine.new_folder(name) for name in ("first", "second", "latest"))

    def restored(moment: str, data: Path) -> str:
        done = machine.run("backup/restore-to.sh", moment, data)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    too_early = datetime.strptime(lost.base, "%Y-%m-%dT%H%M%S%z")
    assert "on timeline 1 " in restored(str(too_early), first)
    with machine.serving(first, archive=True, end=signal.SIGINT) as server:
        assert server.contents() != lost.at_the_moment
        made(machine.run("backup/base.sh", **server.login("delux_backup")))  # it leads nowhere else
    assert "on timeline 1 " in restored(lost.moment, second)
    with machine.serving(second, archive=False) as server:
        assert server.contents() == lost.at_the_moment

    with machine.serving(lost.data, archive=True, end=signal.SIGINT) as server:
        server.ask("UPDATE events_event SET title = 'Sold on'")
        sold_on = server.contents()
    assert f"on timeline 1 from the base {lost.base}" in restored("latest", latest)
    with machine.serving(latest, archive=False) as server:
        assert server.contents() == sold_on != lost.at_the_end


def with_copies(lost: Lost, name: str) -> Machine:
    """Return a machine with the same backups, which may be damaged."""
    folder = lost.machine.new_folder(name)
    machine = Machine(folder, password=lost.machine.password)
    subprocess.run(["cp", "--archive", "--link", f"{lost.machine.backups}/.", machine.backups], check=True)
    return machine


def damage(file: Path) -> None:
    """Change one byte in its middle."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()  # its other name keeps the old ones
    file.write_bytes(content)
    file.chmod(0o644)


def test_what_only_an_old_base_needed_is_forgotten(lost: Lost) -> None:
    [base] = (lost.machine.backups / "base").iterdir()  # and not the one of 2020
    [archive] = (lost.machine.backups / "wal").iterdir()  # and not that of a server that is no more
    segments = [name for name in wal_files(lost.machine) if re.fullmatch(r"[0-9A-F]{24}\.gz", name)]

    assert base.name == lost.base
    beginning = rf"{archive.name}/{segments[0].removesuffix('.gz')} 0/[0-9A-F]+\n"
    assert re.fullmatch(beginning, (base / "wal").read_text())
    assert "" < max(lost.forgotten) < segments[0]


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (lambda night: damage(night / "delux.dump"), "is damaged (delux.dump: FAILED)"),
        (lambda night: damage(night / "media" / PICTURES[0]), f"is damaged (media/{PICTURES[0]}: FAILED)"),
        (
            lambda night: (night / "media" / PICTURES[1]).unlink(),
            f"is damaged (media/{PICTURES[1]}: FAILED open or read)",
        ),
        (lambda night: drop_last_line(night / "SHA256SUMS"), "(SHA256SUMS does not name every file)"),
        (lambda night: (night / "SHA256SUMS").unlink(), "is not a finished backup"),
    ],
    ids=["dump", "picture", "picture gone", "sums cut off", "no sums"],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    lost: Lost, tmp_path: Path, harm: Callable[[Path], object], reason: str
) -> None:
    night = tmp_path / lost.night
    shutil.copytree(lost.machine.backups / lost.night, night)
    harm(night)
    (tmp_path / "media").mkdir()

    # There is no such server: it is not even asked.
    command = ["sh", lost.machine.folder / "srv" / "backup" / "restore.sh", night]
    env = os.environ | {"MEDIA": str(tmp_path / "media"), "PGHOST": str(tmp_path), "PGDATABASE": "delux"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert reason in done.stderr
    assert list((tmp_path / "media").iterdir()) == []


def test_pictures_alone_come_back_as_those_of_the_product(lost: Lost, tmp_path: Path) -> None:
    restore = ["sh", lost.machine.folder / "srv" / "backup" / "restore.sh", "--pictures", lost.night]
    env = os.environ | {"BACKUPS": str(lost.machine.backups), "MEDIA": str(tmp_path)}
    owner = os.geteuid()
    if owner == 0:  # as in the container: no more rights than it takes
        rights = "-all,+chown,+dac_override,+fowner"
        restore = ["setpriv", f"--bounding-set={rights}", "--inh-caps=-all", *restore]
        owner = 10001
    (tmp_path / PICTURES[0]).parent.mkdir()
    (tmp_path / PICTURES[0]).write_bytes(b"damaged")
    os.chown(tmp_path / PICTURES[0], owner, owner if owner == 10001 else -1)

    done = subprocess.run(
        restore, env=env | {"MEDIA_OWNER": str(owner)}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert pictures(tmp_path) == pictures(lost.machine.media)
    for restored in tmp_path.rglob("*"):
        assert restored.stat().st_uid == owner
        assert restored.stat().st_mode & 0o004  # nginx reads them


def drop_last_line(file: Path) -> None:
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize(
    ("moment", "harm", "reason"),
    [
        ("2020-01-01 00:00:00+00", None, r"no base is so old; the oldest is of {base}"),
        ("2099-01-01 00:00:00+00", None, r"the archive ends before 2099-01-01 00:00:00\+00; .*"),
        ("latest 7", None, r"no base leads to timeline 7"),
        ("yesteryear", None, r'"yesteryear" is no moment; say .*'),
        ("latest", lambda lost, at: in_archive(at, lost.wal_on_the_way).unlink(),
         r".*/wal/\d+/{wal} is missing, and \w+\.gz is there"),
        ("{moment}", lambda lost, at: damage(at / "base" / lost.base / "base.tar.gz"),
         r"the base .* is damaged"),
    ],
    ids=["too old", "too new", "no timeline", "no moment", "a hole", "damaged base"],
)  # fmt: skip
def test_what_cannot_be_restored_to_a_second_is_refused_and_leaves_the_folder_empty(
    lost: Lost, moment: str, harm: Callable[[Lost, Path], object] | None, reason: str, request
) -> None:
    machine = with_copies(lost, re.sub(r"\W", "-", request.node.callspec.id))
    data = machine.new_folder("data")
    if harm:
        harm(lost, machine.backups)

    at, *timeline = [lost.moment] if moment == "{moment}" else re.split(r"(?<=latest) ", moment)
    done = machine.run("backup/restore-to.sh", at, data, *timeline)

    assert (done.returncode, done.stdout) == (1, "")
    expected = reason.format(base=lost.base, wal=re.escape(lost.wal_on_the_way))
    assert re.fullmatch(f"restore-to: {expected}\n", done.stderr)
    assert list(data.iterdir()) == processes_in(data) == []


def test_a_damaged_file_of_wal_stops_the_recovery(lost: Lost) -> None:
    machine = with_copies(lost, "damaged-wal")
    kept = in_archive(machine.backups, lost.wal_on_the_way)
    fetch = partial(machine.run, "backup/wal-fetch.sh", kept.stem, machine.folder / "fetched", cwd=lost.data)

    assert fetch().returncode == 0
    damage(kept)
    done = fetch()

    # Above 125 PostgreSQL does not take it for the end of the archive.
    assert done.returncode == 255
    assert f"restore-to: {kept} is damaged\n" in done.stderr


def test_the_beginning_of_a_file_that_came_with_the_base_does_not_hide_a_hole(lost: Lost) -> None:
    machine = with_copies(lost, "beginning")
    in_archive(machine.backups, lost.wal_on_the_way).unlink()
    data, name = machine.new_folder("data"), lost.wal_on_the_way.removesuffix(".gz")
    subprocess.run(["cp", "--archive", lost.data / "global", data], check=True)
    (data / "pg_wal" / "archive_status").mkdir(parents=True)
    (data / "pg_wal" / name).touch()
    fetch = partial(machine.run, "backup/wal-fetch.sh", name, machine.folder / "fetched", cwd=data)

    beginning = fetch()
    (data / "pg_wal" / "archive_status" / f"{name}.done").touch()
    whole = fetch()
    (data / "global" / "pg_control").unlink()
    of_no_server = fetch()

    assert (beginning.returncode, whole.returncode, of_no_server.returncode) == (255, 1, 255)
    assert "is missing" in beginning.stderr


def in_archive(backups: Path, name: str) -> Path:
    [file] = backups.glob(f"wal/*/{name}")
    return file


def test_a_folder_with_anything_in_it_is_left_alone(lost: Lost) -> None:
    done = lost.machine.run("backup/restore-to.sh", lost.moment, lost.machine.backups)

    assert (done.returncode, done.stderr) == (1, f"restore-to: {lost.machine.backups} is not empty\n")
