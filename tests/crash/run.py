#!/usr/bin/env python3
"""Kills Birge, or PostgreSQL under it, in the middle of many writes and looks whether every report that was promised is there, none is half
there, and sums and audit log hold.

  tests/crash/run.py [--rounds N] [--postgres-rounds N] [--seed N]

On SQLite the files are put back to what a power failure would have left of them (fsync_shim.c, disk.py). Each way of breaking is also tried with
durability turned off, and must then be noticed: a test that cannot fail shows nothing. The last seed is printed, so that a failure can be repeated."""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.environ.get('BIRGE_BUILD', os.path.join(ROOT, 'build', 'test'))
sys.path.insert(0, HERE)
import disk  # noqa: E402
from postgres import Postgres  # noqa: E402

THREADS = 16
FRESH_EVERY = 10  # rounds; so that checking stays quick


def fail(text):
    print(text, flush=True)
    sys.exit(1)


def build_shim(folder):
    shim = os.path.join(folder, 'fsync_shim.so')
    subprocess.run(['cc', '-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-o', shim, os.path.join(HERE, 'fsync_shim.c'), '-ldl', '-pthread'], check=True)
    return shim


def load_program(address, seed, promised, lowered=False, env=None):
    command = [os.path.join(BUILD, 'crash_load'), 'write', address, str(THREADS), str(seed)] + (['lowered'] if lowered else [])
    with open(promised.name + '.said', 'wb') as said:
        return subprocess.Popen(command, stdout=promised, stderr=said, env={**os.environ, **(env or {})})


def wait_for_lines(path, process, count):
    """Until `count` lines were promised or refused."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with open(path, 'rb') as file:
            if file.read().count(b'\n') >= count:
                return
        if process.poll() is not None:
            with open(path + '.said', encoding='utf-8', errors='replace') as said:
                fail(f'crash_load ended by itself with {process.returncode}: {said.read()[-2000:]}')
        time.sleep(0.005)
    fail('crash_load promised nothing for a minute')


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


def check(address, promised):
    """Whether everything is as promised, and what crash_load says."""
    with open(promised, 'rb') as file:
        done = subprocess.run([os.path.join(BUILD, 'crash_load'), 'check', address], stdin=file, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode == 0, done.stdout.decode()


def count_lines(path):
    with open(path, 'rb') as file:
        lines = file.read().splitlines()
    refused = sum(line == b'refused' for line in lines)
    return len(lines) - refused, refused


def init(env):
    subprocess.run([os.path.join(BUILD, 'birge'), 'init', '--sample', '--sample-size', '40'], env={**os.environ, **env}, stdout=subprocess.DEVNULL, check=True)


class Sqlite:
    """A folder that stands for the disk, and rounds of writing to it and losing power."""

    def __init__(self, folder, shim, chance):
        self.folder, self.shim, self.chance = folder, shim, chance
        self.first = os.path.join(folder, 'first')
        os.mkdir(self.first)
        init({'DATA': self.first})
        self.start_again()

    def start_again(self):
        self.disk = os.path.join(self.folder, 'disk')
        shutil.rmtree(self.disk, ignore_errors=True)
        shutil.copytree(self.first, self.disk)
        self.promised = os.path.join(self.folder, 'promised')
        open(self.promised, 'w').close()

    def round(self, seed, keep, settings, until_full=False):
        """One power failure, at any moment or once the disk is full. `keep` says what becomes of writes that no fsync covered. Returns whether all is
        well, and why not."""
        live, log = os.path.join(self.folder, 'live'), os.path.join(self.folder, 'log')
        shutil.rmtree(live, ignore_errors=True)
        shutil.copytree(self.disk, live)
        if os.path.exists(log):
            os.remove(log)
        already = sum(count_lines(self.promised))
        env = {'LD_PRELOAD': self.shim, 'SHIM_FOLDER': live, 'SHIM_LOG': log, 'SHIM_FSYNC_MS': '1', **settings}
        with open(self.promised, 'ab') as promised:
            process = load_program('sqlite:' + os.path.join(live, 'birge.db'), seed, promised, env=env)
            wait_for_lines(self.promised, process, already + 1)
            if until_full:
                wait_until_refused(self.promised, process, 0)
            else:
                time.sleep(self.chance.uniform(0.01, 0.4))
            kill(process)
        after = os.path.join(self.folder, 'after')
        shutil.rmtree(after, ignore_errors=True)
        os.mkdir(after)
        chances = {'nothing': lambda: False, 'everything': lambda: True, 'some': lambda: self.chance.random() < 0.5}
        disk.after_power_failure(log, self.disk, after, chances[keep])
        shutil.rmtree(self.disk)
        os.rename(after, self.disk)
        return check('sqlite:' + os.path.join(self.disk, 'birge.db'), self.promised)


def power_failures(folder, shim, chance, rounds):
    """Returns how many reports were promised in all."""
    sqlite = Sqlite(folder, shim, chance)
    total = 0
    for number in range(rounds):
        if number % FRESH_EVERY == 0:
            total += count_lines(sqlite.promised)[0]
            sqlite.start_again()
        keep = ('nothing', 'some', 'everything')[number % 3]
        well, why = sqlite.round(number + 1, keep, {})
        if not well:
            fail(f'round {number + 1}, keeping {keep} of what no fsync covered:\n{why}')
    return total + count_lines(sqlite.promised)[0]


def must_be_noticed(folder, shim, chance, what, settings):
    """The same with durability turned off: at least one of a few power failures must lose what was promised."""
    sqlite = Sqlite(folder, shim, chance)
    for number in range(5):
        sqlite.start_again()
        # Without the carrying over of the log, which waits for the disk and so may save just what was promised.
        well, _ = sqlite.round(200 + number, 'nothing', {'CRASH_LOG_KEPT': '1', **settings})
        if not well:
            return
    fail(f'{what} was not noticed: the crash test cannot fail')


def full_disks(folder, shim, chance, rounds):
    sqlite = Sqlite(folder, shim, chance)
    refused_in_all = 0
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
    if refused_in_all == 0:
        fail('no write was refused although the disk was full')
    return refused_in_all


def postgres_crashes(folder, chance, rounds):
    server = Postgres(folder)
    promised = os.path.join(folder, 'promised')
    open(promised, 'w').close()
    try:
        init({'DATABASE': server.address, 'DATA': folder})
        for number in range(rounds):
            way = ('server stopped', 'server killed', 'program killed', 'server stopped and started')[number % 4]
            crash_postgres(server, chance, promised, number, way)
            well, why = check(server.address, promised)
            if not well:
                fail(f'PostgreSQL, round {number + 1}, {way}:\n{why}')
        total = count_lines(promised)[0]
        for number in range(5):
            crash_postgres(server, chance, promised, 200 + number, 'server stopped', lowered=True)
            if not check(server.address, promised)[0]:
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
    """Reports until the disk of PostgreSQL is full, then with room again: what was promised must be there. Returns what to say of it."""
    disk = SmallDisk(folder, 200)
    if not disk.mounted:
        return f'PostgreSQL: full disks NOT tried, no small file system can be mounted here ({disk.why})'
    inner = os.path.join(folder, 'server')
    os.mkdir(inner)
    os.chmod(os.path.dirname(folder), 0o755)  # the server runs as somebody else
    promised = os.path.join(os.path.dirname(folder), 'promised-full')
    open(promised, 'w').close()
    filler = os.path.join(inner, 'filler')
    server = Postgres(inner)
    try:
        init({'DATABASE': server.address, 'DATA': os.path.dirname(folder)})
        refused = 0
        for number in range(rounds):
            fill_up(filler, inner, chance.randrange(200_000, 2_000_000))
            with open(promised, 'ab') as lines:
                process = load_program(server.address, 300 + number, lines)
                try:
                    wait_until_refused(promised, process, refused)
                finally:
                    kill(process)
            refused = count_lines(promised)[1]
            os.remove(filler)
            if not server.running():
                server.start()
            well, why = check(server.address, promised)
            if not well:
                fail(f'PostgreSQL, full disk, round {number + 1}:\n{why}')
        return f'PostgreSQL: {rounds} full disks, {count_lines(promised)[0]} reports promised, all there; {refused} refused'
    finally:
        if server.running():
            server.stop()
        disk.unmount()


def fill_up(path, folder, left):
    """A file that leaves so many bytes free."""
    about = os.statvfs(folder)
    with open(path, 'wb') as file:
        os.posix_fallocate(file.fileno(), 0, max(about.f_bavail * about.f_frsize - left, 1))


def wait_until_refused(path, process, before):
    """Until more writes than before were refused, or the program gave up because the server did."""
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if count_lines(path)[1] > before:
            return
        time.sleep(0.02)


def crash_postgres(server, chance, promised, number, way, lowered=False):
    already = sum(count_lines(promised))
    with open(promised, 'ab') as lines:
        process = load_program(server.address, number + 1, lines, lowered)
        try:
            wait_for_lines(promised, process, already + 1)
            time.sleep(chance.uniform(0.05, 0.5))
            if way.startswith('server stopped'):
                server.stop()
            elif way == 'server killed':
                server.kill()
            if way == 'server stopped and started':
                server.start()
                wait_for_lines(promised, process, sum(count_lines(promised)) + 20)
        finally:
            kill(process)
    if way in ('server stopped', 'server killed'):
        server.start()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--rounds', type=int, default=100, help='power failures on SQLite')
    parser.add_argument('--postgres-rounds', type=int, default=12)
    parser.add_argument('--seed', type=int, default=None)
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

        promised = power_failures(inside('power'), shim, chance, options.rounds)
        print(f'SQLite: {options.rounds} power failures, {promised} reports promised, all there', flush=True)
        must_be_noticed(inside('swallow'), shim, chance, 'an fsync that does nothing', {'SHIM_SWALLOW': '1'})
        must_be_noticed(inside('normal'), shim, chance, 'synchronous = normal', {'SHIM_SYNCHRONOUS': 'normal'})
        print('SQLite: swallowed fsync and synchronous = normal are noticed', flush=True)
        full = max(1, options.rounds // 20)
        refused = full_disks(inside('full'), shim, chance, full)
        print(f'SQLite: {full} full disks, {refused} reports refused, none lost', flush=True)
        print(full_postgres_disks(inside('postgres-full'), chance, max(1, options.postgres_rounds // 4)), flush=True)
        promised = postgres_crashes(inside('postgres'), chance, options.postgres_rounds)
        print(f'PostgreSQL: {options.postgres_rounds} crashes, {promised} reports promised, all there; synchronous_commit = off is noticed', flush=True)


main()
