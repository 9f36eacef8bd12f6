#!/usr/bin/env python3
"""Kills Birge, or PostgreSQL under it, in the middle of many reports of focal points and looks whether every report that was promised is there with all
that belongs to it, none is half there, and what `birge doctor` checks holds: sums, cards, audit log.

  tests/crash/run.py [--rounds N] [--postgres-rounds N] [--seed N] [--allow-skips]

The reports are stored by threads of crash_load, in every second round by a running `birge serve` to which people who are signed in send forms. On SQLite
the files are put back to what a power failure would have left of them (fsync_shim.c, disk.py). Each way of breaking is also tried with durability turned
off, and must then be noticed, and so must halves of a report: a test that cannot fail shows nothing. What cannot be tried here is told as NOT SHOWN and
fails, unless --allow-skips. The seed is printed, so that a failure can be repeated."""
import argparse
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get('BIRGE_BUILD', os.path.join(ROOT, 'build', 'test'))
sys.path.insert(0, HERE)
import disk  # noqa: E402
import served  # noqa: E402
from postgres import Postgres  # noqa: E402

THREADS = 16
FRESH_EVERY = 10  # rounds; so that checking stays quick
HELD = 1000       # activities that wait for their report when a round begins, more than are reported in it
BIRGE, LOAD = os.path.join(BUILD, 'birge'), os.path.join(BUILD, 'crash_load')


def fail(text):
    print(text, flush=True)
    sys.exit(1)


def build_shim(folder):
    shim = os.path.join(folder, 'fsync_shim.so')
    subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-o', shim, os.path.join(HERE, 'fsync_shim.c'), '-ldl', '-pthread'], check=True)
    return shim


class Threads:
    """crash_load, which writes down in `promised` what it stored."""

    def __init__(self, address, seed, promised, lowered=False, env=None):
        command = [LOAD, 'write', address, str(THREADS), str(seed)] + (['lowered'] if lowered else [])
        self.said = promised + '.said'
        with open(promised, 'ab') as lines, open(self.said, 'wb') as said:
            self.process = subprocess.Popen(command, stdout=lines, stderr=said, env={**os.environ, **(env or {})})
        self.poll = self.process.poll

    @property
    def fault(self):
        with open(self.said, encoding='utf-8', errors='replace') as said:
            return said.read()[-2000:]

    def kill(self):
        self.process.kill()
        self.process.wait()


def wait_for_lines(path, load, count):
    """Until `count` lines were promised or refused."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with open(path, 'rb') as file:
            if file.read().count(b'\n') >= count:
                return
        if load.poll() is not None:
            fail(f'what should report ended by itself with {load.poll()}: {load.fault}')
        time.sleep(0.005)
    fail('nothing was promised for a minute')


class Place:
    """A database and where its other files lie."""

    def __init__(self, address, folder):
        self.folder, self.address, self.env = folder, address, {'DATABASE': address, 'DATA': folder}

    @staticmethod
    def of_sqlite(folder):
        return Place('sqlite:' + os.path.join(folder, 'birge.db'), folder)

    def init(self):
        """A sample edition with the people who report, signed in; what they are known by holds in every copy of it."""
        self.birge('init', '--sample', '--sample-size', '40')
        said = self.birge('user', 'sample').stdout.decode()
        forms = self.prepare(0)
        server = served.Server(BIRGE, self.env)
        self.people = {}
        for login in served.REPORTERS:
            password = re.search(rf'^{login}\s+(\S+)', said, re.MULTILINE).group(1)
            self.people[login] = served.Person(server, login, password)
            self.people[login].learn_token(server, forms[0].split(' ')[1])
        server.stop()
        return self

    def birge(self, *arguments, check=True):
        return subprocess.run([BIRGE, *arguments], env={**os.environ, **self.env}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=check)

    def prepare(self, seed):
        """Has HELD activities wait for their report; the forms of these, a line each."""
        done = subprocess.run([LOAD, 'prepare', self.address, str(HELD), str(seed)], stdout=subprocess.PIPE, check=True)
        return done.stdout.decode().splitlines()

    def check(self, promised):
        """Whether everything is as promised, and what is said of it by crash_load and by the doctor, who also gets the last head of the audit log that
        was told with a report."""
        with open(promised, 'rb') as file:
            done = subprocess.run([LOAD, 'check', self.address], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        said = done.stdout.decode()
        if done.returncode != 0:
            return False, said
        head = re.search(r'^head (\S+)$', said, re.MULTILINE)
        doctor = self.birge('doctor', *(['--audit-head', head.group(1)] if head else []), check=False)
        return doctor.returncode == 0, said + doctor.stdout.decode()


def count_lines(path):
    with open(path, 'rb') as file:
        lines = file.read().splitlines()
    refused = sum(line == b'refused' for line in lines)
    return len(lines) - refused, refused


HALVES = (
    "update activity set state = 'held' where id = ONE",
    'update activity set attendance_low = attendance_low - 1 where id = ONE',
    "update result set narrative = '' where activity = ONE",
    "delete from result_count where activity = ONE and sex = 'male'",
    'delete from result_words where activity = ONE',
    'delete from result_question where activity = ONE',
    'delete from activity_step where activity = ONE',
    "delete from activity_change where activity = ONE and what = 'report'",
    'update activity_work set reported_by = null where activity = ONE',
    'delete from activity_before where activity = ONE',
    'delete from work_post where activity = ONE',
    "delete from notice where event = 'reported' and id = (select max(id) from notice)",
    "delete from audit where action = 'reported' and object_id = ONE",
    'delete from audit where sequence = (select max(sequence) from audit)',
    "update activity_card set card = card || 'x' where activity = ONE",
    'update tally set reported = reported + 1 where reported > 0',
)


class Sqlite:
    """A folder that stands for the disk, and rounds of writing to it and losing power."""

    def __init__(self, folder, shim, chance, first):
        self.folder, self.shim, self.chance, self.first = folder, shim, chance, first
        self.start_again()

    def start_again(self):
        self.disk = os.path.join(self.folder, 'disk')
        shutil.rmtree(self.disk, ignore_errors=True)
        shutil.copytree(self.first.folder, self.disk)
        self.promised = os.path.join(self.folder, 'promised')
        open(self.promised, 'w').close()

    def round(self, seed, keep, settings, until_full=False, serving=False):
        """One power failure, at any moment or once the disk is full. `keep` says what becomes of writes that no fsync covered. Returns whether all is
        well, and why not."""
        forms = Place.of_sqlite(self.disk).prepare(seed)
        live, log = os.path.join(self.folder, 'live'), os.path.join(self.folder, 'log')
        shutil.rmtree(live, ignore_errors=True)
        shutil.copytree(self.disk, live)
        if os.path.exists(log):
            os.remove(log)
        already = sum(count_lines(self.promised))
        env = {'LD_PRELOAD': self.shim, 'SHIM_FOLDER': live, 'SHIM_LOG': log, 'SHIM_FSYNC_MS': '1', **settings}
        place = Place.of_sqlite(live)
        if serving:
            load = served.Forms(served.Server(BIRGE, {**env, **place.env}), self.first.people, forms, self.promised, THREADS)
        else:
            load = Threads(place.address, seed, self.promised, env=env)
        try:
            wait_for_lines(self.promised, load, already + 1)
            if until_full:
                wait_until_refused(self.promised, load, 0)
            else:
                time.sleep(self.chance.uniform(0.01, 0.4))
        finally:
            load.kill()
        if serving and load.fault:
            fail(load.fault)
        after = os.path.join(self.folder, 'after')
        shutil.rmtree(after, ignore_errors=True)
        os.mkdir(after)
        chances = {'nothing': lambda: False, 'everything': lambda: True, 'some': lambda: self.chance.random() < 0.5}
        disk.after_power_failure(log, self.disk, after, chances[keep])
        shutil.rmtree(self.disk)
        os.rename(after, self.disk)
        return Place.of_sqlite(self.disk).check(self.promised)


def power_failures(folder, shim, chance, first, rounds):
    """Returns how many reports were promised in all, and how many of them by a server."""
    sqlite = Sqlite(folder, shim, chance, first)
    total = by_server = 0
    for number in range(rounds):
        if number % FRESH_EVERY == 0:
            total += count_lines(sqlite.promised)[0]
            sqlite.start_again()
        keep = ('nothing', 'some', 'everything')[number % 3]
        serving = number % 2 == 1
        before = count_lines(sqlite.promised)[0]
        well, why = sqlite.round(number + 1, keep, {}, serving=serving)
        if not well:
            fail(f'round {number + 1}, {"a server" if serving else "threads"}, keeping {keep} of what no fsync covered:\n{why}')
        if serving:
            by_server += count_lines(sqlite.promised)[0] - before
    return total + count_lines(sqlite.promised)[0], by_server


def halves_must_be_noticed(folder, shim, chance, first):
    """Whatever of a report is taken away or changed, the check must say so."""
    sqlite = Sqlite(folder, shim, chance, first)
    well, why = sqlite.round(250, 'everything', {})
    if not well:
        fail(f'before a report was halved:\n{why}')
    whole = os.path.join(folder, 'whole')
    os.rename(sqlite.disk, whole)
    for statement in HALVES:
        shutil.rmtree(sqlite.disk, ignore_errors=True)
        shutil.copytree(whole, sqlite.disk)
        database = sqlite3.connect(os.path.join(sqlite.disk, 'birge.db'))
        changed = database.execute(statement.replace('ONE', '(select min(activity) from work_post)')).rowcount
        database.commit()
        database.close()
        if changed == 0 or Place.of_sqlite(sqlite.disk).check(sqlite.promised)[0]:
            fail(f'not noticed: {statement}')
    return len(HALVES)


def must_be_noticed(folder, shim, chance, first, what, settings, serving=False):
    """The same with durability turned off: at least one of a few power failures must lose what was promised."""
    sqlite = Sqlite(folder, shim, chance, first)
    for number in range(5):
        sqlite.start_again()
        # Without the carrying over of the log, which waits for the disk and so may save just what was promised.
        well, _ = sqlite.round(200 + number, 'nothing', {'CRASH_LOG_KEPT': '1', **settings}, serving=serving)
        if not well:
            return
    fail(f'{what} was not noticed: the crash test cannot fail')


def full_disks(folder, shim, chance, first, rounds):
    """Returns how many reports were promised and how many refused."""
    sqlite = Sqlite(folder, shim, chance, first)
    promised_in_all = refused_in_all = 0
    for number in range(rounds):
        sqlite.start_again()
        # Enough for some reports; then the disk is full until the power fails.
        well, why = sqlite.round(100 + number, 'nothing', {'SHIM_ROOM': str(chance.randrange(100_000, 600_000))}, until_full=True)
        if not well:
            fail(f'full disk, round {number + 1}:\n{why}')
        refused_in_all += count_lines(sqlite.promised)[1]
        well, why = sqlite.round(150 + number, 'nothing', {})
        if not well:
            fail(f'after a full disk, round {number + 1}:\n{why}')
        promised_in_all += count_lines(sqlite.promised)[0]
    if refused_in_all == 0:
        fail('no write was refused although the disk was full')
    return promised_in_all, refused_in_all


def in_memory():
    """Where PostgreSQL keeps its files, so that it need not wait for a disk each time it starts again; None, the usual place, where memory is short. Who
    kills the server and not the machine takes nothing from the cache of a disk either, so both show the same."""
    try:
        about = os.statvfs('/dev/shm')
    except OSError:
        return None
    return '/dev/shm' if about.f_bavail * about.f_frsize > 2_000_000_000 and os.access('/dev/shm', os.W_OK) else None


def postgres_crashes(folder, chance, rounds):
    server = Postgres(folder)
    promised = os.path.join(folder, 'promised')
    open(promised, 'w').close()
    try:
        place = Place(server.address, folder).init()
        for number in range(rounds):
            way = ('server stopped', 'server killed', 'program killed', 'server stopped and started')[number % 4]
            crash_postgres(server, place, chance, promised, number, way)
            well, why = place.check(promised)
            if not well:
                fail(f'PostgreSQL, round {number + 1}, {way}:\n{why}')
        total = count_lines(promised)[0]
        for number in range(5):
            crash_postgres(server, place, chance, promised, 200 + number, 'server stopped', lowered=True)
            if not place.check(promised)[0]:
                return total
        return fail('synchronous_commit = off was not noticed: the crash test cannot fail')
    finally:
        server.stop()


class SmallDisk:
    """A file system of a few megabytes, which needs the right to mount one. `mounted` tells whether there is one."""

    def __init__(self, folder, megabytes):
        self.folder = folder
        done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={megabytes}m,mode=0755', 'tmpfs', folder], stderr=subprocess.PIPE, check=False)
        self.mounted, self.why = done.returncode == 0, done.stderr.decode().strip()

    def unmount(self):
        if self.mounted:
            subprocess.run(['umount', self.folder], check=False)


def full_postgres_disks(folder, chance, rounds):
    """Reports until the disk of PostgreSQL is full, then with room again: what was promised must be there. Returns how many reports were promised and how
    many refused, or why none could be."""
    disk = SmallDisk(folder, 250)
    if not disk.mounted:
        return None, disk.why
    inner = os.path.join(folder, 'server')
    os.mkdir(inner)
    os.chmod(os.path.dirname(folder), 0o755)  # the server runs as somebody else
    promised = os.path.join(os.path.dirname(folder), 'promised-full')
    open(promised, 'w').close()
    filler = os.path.join(inner, 'filler')
    server = Postgres(inner)
    try:
        place = Place(server.address, os.path.dirname(folder)).init()
        refused = 0
        for number in range(rounds):
            place.prepare(320 + number)
            fill_up(filler, inner, chance.randrange(200_000, 2_000_000))
            load = Threads(server.address, 300 + number, promised)
            try:
                wait_until_refused(promised, load, refused)
            finally:
                load.kill()
            refused = count_lines(promised)[1]
            os.remove(filler)
            if not server.running():
                server.start()
            well, why = place.check(promised)
            if not well:
                fail(f'PostgreSQL, full disk, round {number + 1}:\n{why}')
        return count_lines(promised)
    finally:
        if server.running():
            server.stop()
        disk.unmount()


def fill_up(path, folder, left):
    """A file that leaves so many bytes free."""
    about = os.statvfs(folder)
    with open(path, 'wb') as file:
        os.posix_fallocate(file.fileno(), 0, max(about.f_bavail * about.f_frsize - left, 1))


def wait_until_refused(path, load, before):
    """Until more writes than before were refused, or the program gave up because the server did."""
    end = time.monotonic() + 60
    while time.monotonic() < end and load.poll() is None:
        if count_lines(path)[1] > before:
            return
        time.sleep(0.02)


def crash_postgres(server, place, chance, promised, number, way, lowered=False):
    already = sum(count_lines(promised))
    forms = place.prepare(number + 1)
    if way == 'program killed':
        load = served.Forms(served.Server(BIRGE, place.env), place.people, forms, promised, THREADS)
    else:
        load = Threads(place.address, number + 1, promised, lowered)
    try:
        wait_for_lines(promised, load, already + 1)
        time.sleep(chance.uniform(0.02, 0.25))
        if way.startswith('server stopped'):
            server.stop()
        elif way == 'server killed':
            server.kill()
        if way == 'server stopped and started':
            server.start()
            wait_for_lines(promised, load, sum(count_lines(promised)) + 20)
    finally:
        load.kill()
    if way == 'program killed' and load.fault:
        fail(load.fault)
    if way in ('server stopped', 'server killed'):
        server.start()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--rounds', type=int, default=100, help='power failures on SQLite')
    parser.add_argument('--postgres-rounds', type=int, default=12)
    parser.add_argument('--seed', type=int, default=None)
    parser.add_argument('--allow-skips', action='store_true', help='what cannot be tried here does not fail')
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else random.SystemRandom().randrange(1_000_000)
    chance = random.Random(seed)
    print(f'seed {seed}', flush=True)
    with tempfile.TemporaryDirectory(prefix='birge-crash-') as folder:
        shim = build_shim(folder)

        def inside(name):
            path = os.path.join(folder, name)
            os.mkdir(path)
            return path

        first = Place.of_sqlite(inside('first')).init()
        checked, by_server = power_failures(inside('power'), shim, chance, first, options.rounds)
        print(f'SQLite: {options.rounds} power failures, {checked} reports promised, {by_server} of them by a server; all there', flush=True)
        must_be_noticed(inside('swallow'), shim, chance, first, 'an fsync that does nothing', {'SHIM_SWALLOW': '1'})
        must_be_noticed(inside('normal'), shim, chance, first, 'synchronous = normal', {'SHIM_SYNCHRONOUS': 'normal'})
        must_be_noticed(inside('server'), shim, chance, first, 'synchronous = normal of a server', {'SHIM_SYNCHRONOUS': 'normal'}, serving=True)
        print('SQLite: swallowed fsync and synchronous = normal, also of a server, are noticed', flush=True)
        halves = halves_must_be_noticed(inside('halves'), shim, chance, first)
        print(f'SQLite: {halves} ways to halve a report are noticed', flush=True)
        full = max(1, options.rounds // 20)
        promised, refused = full_disks(inside('full'), shim, chance, first, full)
        print(f'SQLite: {full} full disks, {promised} reports promised, all there; {refused} refused', flush=True)
        checked += promised
        rounds = options.rounds + 2 * full
        skipped = False
        full = max(1, options.postgres_rounds // 4)
        promised, refused = full_postgres_disks(inside('postgres-full'), chance, full)
        if promised is None:
            skipped = True
            print(f'NOT SHOWN: full disks of PostgreSQL, because no small file system can be mounted here ({refused})', flush=True)
        else:
            print(f'PostgreSQL: {full} full disks, {promised} reports promised, all there; {refused} refused', flush=True)
            checked += promised
            rounds += full
        with tempfile.TemporaryDirectory(prefix='birge-crash-', dir=in_memory()) as memory:
            place = os.path.join(memory, 'postgres')
            os.mkdir(place)
            promised = postgres_crashes(place, chance, options.postgres_rounds)
        print(f'PostgreSQL: {options.postgres_rounds} crashes, {promised} reports promised, all there; synchronous_commit = off is noticed', flush=True)
        print(f'{rounds + options.postgres_rounds} rounds, {checked + promised} acknowledged reports checked', flush=True)
        if skipped and not options.allow_skips:
            fail('Something was not shown; --allow-skips lets that pass.')


main()
