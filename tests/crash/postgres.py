"""A PostgreSQL server of its own for a test or a measurement."""
import os
import pwd
import random
import signal
import subprocess
import time


class Postgres:
    """A server with durability as it is by default, on a socket in `folder`, whose own folder others must be able to pass through."""

    def __init__(self, folder, environment=None):
        self.folder, self.environment = folder, environment
        versions = '/usr/lib/postgresql'
        self.bin = os.path.join(versions, max(os.listdir(versions), key=int), 'bin')
        self.user = []
        if os.getuid() == 0:
            self.user = ['runuser', '-u', 'postgres', '--']
            os.chown(folder, pwd.getpwnam('postgres').pw_uid, -1)
            os.chmod(os.path.dirname(folder), 0o755)
        self.data = os.path.join(folder, 'data')
        self.run('initdb', '-D', self.data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync')
        self.port = random.SystemRandom().randrange(20000, 60000)
        self.start()
        self.run('createdb', '-h', folder, '-p', str(self.port), '-U', 'postgres', 'birge')
        self.address = f'postgres:///birge?host={folder}&port={self.port}&user=postgres'

    def run(self, program, *arguments):
        subprocess.run(self.user + [os.path.join(self.bin, program), *arguments], cwd=self.folder, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    def start(self):
        self.run('pg_ctl', '-D', self.data, '-w', '-l', os.path.join(self.folder, 'log'), '-o', f"-c listen_addresses='' -p {self.port} -k {self.folder}", 'start')

    def running(self):
        """A server that cannot write its log of changes any more ends by itself."""
        status = subprocess.run(self.user + [os.path.join(self.bin, 'pg_ctl'), '-D', self.data, 'status'], cwd=self.folder, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, check=False)
        return status.returncode == 0

    def stop(self):
        self.run('pg_ctl', '-D', self.data, '-m', 'immediate', 'stop')

    def kill(self):
        """Every process of this server at once, as when the machine goes down."""
        with open(os.path.join(self.data, 'postmaster.pid')) as file:
            main = int(file.readline())
        children = subprocess.run(['ps', '-o', 'pid=', '--ppid', str(main)], stdout=subprocess.PIPE, check=False).stdout.split()
        for process in [main] + [int(child) for child in children]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        while os.path.exists(f'/proc/{main}'):
            time.sleep(0.01)
