"""What the groups of bench/run share: the server under test, its peer, the load and the numbers read from it."""
import atexit
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BIRGE = os.environ.get("BIRGE", os.path.join(ROOT, "build/test/birge"))
NOW = "2026-10-20T06:00:00Z"  # day 40 of the sample edition, so that every run draws the same pages
RUNS = 3

_children = []
_folders = []


def scratch(name):
    folder = tempfile.mkdtemp(prefix=f"birge-bench-{name}-")
    _folders.append(folder)
    return folder


def _end_all():
    for child in _children:
        if child.poll() is None:
            child.terminate()
    for child in _children:
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)


atexit.register(_end_all)
signal.signal(signal.SIGTERM, lambda *_: exit(1))


def start(command, **options):
    child = subprocess.Popen(command, **options)
    _children.append(child)
    return child


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def birge(folder, *arguments, timeout=600, **settings):
    """Runs one command to its end; seconds and what it printed."""
    environment = dict(os.environ, DATA=folder, BIRGE_NOW=NOW, LANG="C.UTF-8", **settings)
    began = time.monotonic()
    done = subprocess.run([BIRGE, *arguments], env=environment, capture_output=True, text=True, timeout=timeout)
    seconds = time.monotonic() - began
    if done.returncode != 0:
        raise RuntimeError(f"birge {' '.join(arguments)} ended with {done.returncode}: {done.stdout[-500:]} {done.stderr[-500:]}")
    return seconds, done.stdout


def sample(name, *options):
    folder = scratch(name)
    birge(folder, "init", "--sample", *options)
    return folder


class Birge:
    """`birge serve` on a free loopback port."""

    def __init__(self, folder, **settings):
        self.port = free_port()
        environment = dict(os.environ, DATA=folder, BIRGE_NOW=NOW, PORT=str(self.port), BIRGE_TRUSTED_PROXIES="127.0.0.1", **settings)
        began = time.monotonic()
        self.process = start([BIRGE, "serve", "--quiet"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self._ready():
            if time.monotonic() - began > 30 or self.process.poll() is not None:
                raise RuntimeError("birge serve does not become ready")
            time.sleep(0.001)
        self.ready_after = time.monotonic() - began

    def _ready(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return connection.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path, **headers):
        request = urllib.request.Request(self.url(path), headers={name.replace("_", "-"): value for name, value in headers.items()})
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.read(), reply.headers

    def first_activity(self):
        page = self.get("/ky/activities")[0].decode()
        return "/ky/activities/" + re.search(r'href="/ky/activities/([0-9a-z]{6,})"', page).group(1)

    def megabytes(self, field="VmRSS"):
        with open(f"/proc/{self.process.pid}/status") as status:
            return int(re.search(rf"{field}:\s+(\d+)", status.read()).group(1)) / 1024

    def processor_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


class Nginx:
    """The peer: two workers that serve files of chosen sizes, with no log and all their files in a scratch folder."""

    def __init__(self):
        self.folder = scratch("nginx")
        os.chmod(self.folder, 0o755)
        self.port = free_port()
        for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi", "files"):
            os.mkdir(os.path.join(self.folder, name))
        configuration = os.path.join(self.folder, "nginx.conf")
        user = "user root;" if os.getuid() == 0 else ""
        with open(configuration, "w") as file:
            file.write(f"""{user} daemon off; master_process on; worker_processes 2; pid {self.folder}/pid; error_log {self.folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; default_type text/html;
  client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy; fastcgi_temp_path {self.folder}/fastcgi;
  uwsgi_temp_path {self.folder}/uwsgi; scgi_temp_path {self.folder}/scgi;
  server {{ listen 127.0.0.1:{self.port}; root {self.folder}/files; }}
}}
""")
        self.process = start(["nginx", "-c", configuration, "-e", f"{self.folder}/error.log"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(500):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.01)
        raise RuntimeError("nginx does not start")

    def url_of(self, body):
        name = f"{len(body)}.html"
        path = os.path.join(self.folder, "files", name)
        if not os.path.exists(path):
            with open(path, "wb") as file:
                file.write(body)
        return f"http://127.0.0.1:{self.port}/{name}"

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)


class Load:
    """One run of wrk: requests a second and the 99th percentile in milliseconds."""

    def __init__(self, url, connections, seconds, brotli=False, cookie=""):
        self.command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency"]
        if "?q=" in url:
            self.command += ["-s", os.path.join(ROOT, "bench/readers.lua")]
        if brotli:
            self.command += ["-H", "Accept-Encoding: br"]
        if cookie:
            self.command += ["-H", f"Cookie: {cookie}"]
        output = subprocess.run([*self.command, url], capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
        if re.search(r"Non-2xx|Socket errors", output):
            raise RuntimeError(f"{url} failed under load: {output}")
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
        number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", output).groups()
        self.p99 = float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def in_turn(*loads):
    """Runs each load RUNS times, one after the other in turn so that what else the machine does falls on all; the medians (rate, p99) of each."""
    taken = [[load() for load in loads] for _ in range(RUNS)]
    return [(statistics.median(run.rate for run in runs), statistics.median(run.p99 for run in runs)) for runs in zip(*taken)]


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def verdict(holds):
    return "holds" if holds else "**missed**"
