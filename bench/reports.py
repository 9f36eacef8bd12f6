"""The promises about writing: reports of results under load on both engines, with a slow disk too, and pages of the workspace in a large edition."""
import csv
import itertools
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import urllib.parse
import urllib.request
from datetime import date, timedelta

from measure import ROOT, RUNS, Birge, Load, birge, in_turn, sample, scratch, table, verdict

sys.path.insert(0, os.path.join(ROOT, "tests/crash"))
from postgres import Postgres  # noqa: E402

CLUBS = 8  # organisations that report, each through somebody signed in
PASSWORD = "жашыл тоо китеп самоор"
PLACES = {"Naryn oblast": ["Jumgal", "Kochkor", "At-Bashy"], "Osh oblast": ["Alay", "Nookat", "Uzgen"], "Talas oblast": ["Manas", "Bakay-Ata"]}


def held_plan(path, count):
    """Activities that took place and whose results are due."""
    chance = random.Random(11)
    with open(path, "w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["ID", "Title", "Kind", "Topic", "Date", "Start time", "Region", "District", "Venue", "Organisation", "Status"])
        for i in range(count):
            day = date(2026, 9, 11) + timedelta(days=chance.randrange(35))
            region = chance.choice(list(PLACES))
            sheet.writerow([f"H-{i}", f"Lecture number {i} with pupils and parents", "Lecture", "Safe migration", day.strftime("%d.%m.%Y"), "14:30", region,
                            chance.choice(PLACES[region]), f"School {chance.randrange(1, 90)}", f"Youth club {i % CLUBS}", "held"])


class Browser:
    """Somebody who signs in and sends forms, as a browser without JavaScript does."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    def __init__(self, server):
        self.server, self.cookie = server, ""
        self.opener = urllib.request.build_opener(self.Stay)

    def ask(self, path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        headers = {"Cookie": self.cookie} if self.cookie else {}
        try:
            reply = self.opener.open(urllib.request.Request(self.server.url(path), data=data, headers=headers), timeout=30)
        except urllib.error.HTTPError as error:
            if error.code != 303:
                raise
            reply = error
        if reply.headers.get("Set-Cookie"):
            self.cookie = reply.headers["Set-Cookie"].split(";")[0]
        return reply.read().decode()

    def accept(self, link, name, login):
        path = urllib.parse.urlsplit(link).path
        token = field(self.ask(path), "form_token")
        self.ask(path, {"form_token": token, "name": name, "login": login, "password": PASSWORD})
        return self


def signed_in(server, said, role):
    """One of the people of `birge user sample`; whoever needs a second step takes the card."""
    person = Browser(server)
    login, password = re.search(rf"({role}@\S+)\s+(\S+)", said).groups()
    token = field(person.ask("/ky/sign-in"), "form_token")
    person.ask("/ky/sign-in", {"form_token": token, "login": login, "password": password})
    if role != "focal":
        token = field(person.ask("/ky/sign-in/setup"), "form_token")
        person.ask("/ky/sign-in/setup", {"form_token": token, "way": "card", "next": ""})
    return person


def field(page, name):
    return re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page).group(1)


def members(folder, server, clubs, **settings):
    """A focal point of each organisation, signed in."""
    people = []
    for club in clubs:
        _, said = birge(folder, "user", "add", "--role", "focal_point", "--name", f"Focal {club}", "--organisation", club, **settings)
        people.append(Browser(server).accept(re.search(r"https?://\S+", said).group(0), f"Focal {club}", f"{club}@birge.example"))
    return people


def activities_of(server, club):
    at = f"/api/v1/activities?edition=sample&organisation={club}&status=held&limit=100"
    while at:
        answer = json.loads(server.get(at)[0])
        yield from (item["id"] for item in answer["items"])
        at = answer["next"] and re.sub(r"^https?://[^/]+", "", answer["next"])


class Reporters:
    """A running Birge with many activities to report and people who may; each activity is reported once."""

    def __init__(self, folder, server, **settings):
        self.server = server
        clubs = [f"youth-club-{i}" for i in range(CLUBS)]
        people = members(folder, server, clubs, **settings)
        self.left = []
        by_club = [[(person, id) for id in activities_of(server, club)] for person, club in zip(people, clubs)]
        for row in zip(*by_club):
            self.left.extend(row)
        self.tokens = {person: self.form(person, id) for person, id in self.left[:CLUBS]}
        self.run_number = 0
        self.list = os.path.join(scratch("list"), "reports.txt")

    def form(self, person, id):
        """The form token of a session, from a form that shows the version every activity here has."""
        page = person.ask(f"/ky/work/activities/{id}/report")
        assert field(page, "version") == "1", "an activity was changed before it was reported"
        return field(page, "form_token")

    def load(self, connections, seconds):
        """One run of wrk: a dictionary of what it says, and the processor time of the server for each report in microseconds."""
        threads = min(connections, 2)
        with open(self.list, "w") as file:
            for person, id in self.left:
                file.write(f"/ky/work/activities/{id}/report\t{person.cookie}\t{self.tokens[person]}\t1\n")
        self.run_number += 1
        before = self.server.processor_seconds()
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", os.path.join(ROOT, "bench/reports.lua"),
                   self.server.url("/"), "--", self.list, str(threads), f"run{self.run_number}"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=True).stdout
        found = re.search(r"stored (\d+) refused (\d+) seconds ([\d.]+) p50 ([\d.]+) p99 ([\d.]+) errors (\d+) sent([ \d]+): (.*)", said)
        if not found or int(found.group(2)) or int(found.group(6)) or found.group(8):
            raise RuntimeError(f"reports were refused: {said[-800:]}")
        stored, seconds = int(found.group(1)), float(found.group(3))
        share = [self.left[i::threads][int(sent):] for i, sent in enumerate(found.group(7).split())]
        self.left = [each for row in itertools.zip_longest(*share) for each in row if each]
        processor = (self.server.processor_seconds() - before) / max(stored, 1) * 1e6
        return {"rate": stored / seconds, "p50": float(found.group(4)), "p99": float(found.group(5)), "stored": stored, "processor": processor}


def busy():
    return f"{os.getloadavg()[0]:.1f}"


def row_of(name, runs, promised):
    rate, p99 = statistics.median(run["rate"] for run in runs), statistics.median(run["p99"] for run in runs)
    processor = min(run["processor"] for run in runs)
    return [name, f"{rate:,.0f}", f"{promised:,}", verdict(rate >= promised), f"{p99:.1f}", verdict(p99 < 50), f"{processor:.0f}", busy()]


def shim():
    library = os.path.join(scratch("shim"), "fsync_shim.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(ROOT, "tests/crash/fsync_shim.c"), "-ldl", "-pthread"], check=True)
    return library


def filled(count, **settings):
    folder = scratch("reports")
    birge(folder, "init", "--sample", **settings)
    birge(folder, "user", "sample", **settings)  # a coordinator, who is told of each report
    plan = os.path.join(folder, "plan.csv")
    held_plan(plan, count)
    birge(folder, "import", "activities", plan, "--edition", "sample", "--create-organisations", **settings)
    return folder


def reports_on(folder, runs, seconds, **settings):
    server = Birge(folder, **settings)
    reporters = Reporters(folder, server, **settings)
    reporters.load(32, 1)  # warm
    taken = [reporters.load(32, seconds) for _ in range(runs)]
    server.stop()
    said = birge(folder, "doctor", **settings)[1]
    return taken, " ".join(said.split())


def slow_disk(folder):
    """How many times more reports 32 people store than one, where each fsync takes 5 ms longer."""
    server = Birge(folder, LD_PRELOAD=shim(), SHIM_FOLDER=folder, SHIM_FSYNC_MS="5")
    reporters = Reporters(folder, server)
    reporters.load(32, 1)
    alone = statistics.median(reporters.load(1, 2)["rate"] for _ in range(RUNS))
    together = statistics.median(reporters.load(32, 2)["rate"] for _ in range(RUNS))
    server.stop()
    return alone, together


def reports():
    """Reports of results, each a form sent by somebody signed in and answered when it is durable."""
    seconds = 3
    count = 49_000  # more than are stored in all runs together, and no more than one import takes
    folder = filled(count)
    other = scratch("slow")
    shutil.copytree(folder, other, dirs_exist_ok=True)
    taken, said = reports_on(folder, RUNS, seconds)
    rows = [row_of("SQLite", taken, 3000)]
    alone, together = slow_disk(other)

    place = os.path.join(scratch("postgres"), "server")
    os.mkdir(place)
    postgres = Postgres(place)
    try:
        folder = filled(count // 2, DATABASE=postgres.address)
        taken, also_said = reports_on(folder, RUNS, seconds, DATABASE=postgres.address)
        rows.append(row_of("PostgreSQL", taken, 1500))
    finally:
        postgres.stop()
    return "\n".join([
        f"`wrk -t2 -c32 -d{seconds}s` with `bench/reports.lua`, medians of {RUNS} runs: {CLUBS} people signed in send the form of a result with 8 fields, each time of",
        "another activity that is held and due, with its version, the session's token and a token of its own. Counted is what was answered with the redirect",
        "to the activity, which comes after the commit: result, counts by sex and age, texts, question, sums, history, a notice to the coordinator and an",
        "entry of the audit log.",
        "The processor time is the server's for a report (that of PostgreSQL's own processes comes on top), the best run; both programs and wrk share the cores.", "",
        table(["engine", "reports a second", "promised", "", "p99 ms", "< 50 ms", "µs processor", "load of the machine"], rows), "",
        f"`birge doctor` afterwards, SQLite: {said} PostgreSQL: {also_said}", "",
        f"With each fsync 5 ms slower: {alone:,.0f} a second from one connection (one commit for each), {together:,.0f} from 32 (commits are shared), "
        f"{together / alone:.1f} times as many; promised 10: {verdict(together / alone >= 10)}."])


def workspace():
    """Pages of the workspace in an edition with 20,000 activities, and what the form of an activity weighs."""
    folder = sample("workspace", "--sample-size", "20000")
    said = birge(folder, "user", "sample")[1]
    server = Birge(folder)
    rows = []
    for role in ("focal", "regional", "national"):
        person = signed_in(server, said, role)
        for name, path in (("My page", "/ky/work"), ("Calendar, month", "/ky/work/calendar"), ("Calendar, week", "/ky/work/calendar?view=week")):
            size = len(person.ask(path))
            Load(server.url(path), 16, 1, cookie=person.cookie)  # warm
            ((rate, p99),) = in_turn(lambda at=server.url(path), cookie=person.cookie: Load(at, 16, 2, cookie=cookie))
            rows.append([role, name, f"{size:,}", f"{rate:,.0f}", f"{p99:.1f}", verdict(p99 < 20)])
    person = signed_in(server, said, "focal")
    form = "/ky/work/activities/new?kind=lecture"
    body, headers = server.get(form, Accept_Encoding="br", Cookie=person.cookie)
    again = len(body) + len(str(headers))
    plain = person.ask(form)
    first = again
    for part in set(re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img|use)[^>]*? (?:href|src)="(/(?:static|maps)/[^"#]+)', plain)):
        body, headers = server.get(part, Accept_Encoding="br")
        first += len(body) + len(str(headers))
    server.stop()
    return "\n".join([
        f"People of three roles signed in, 20,000 activities in the edition: `wrk -t2 -c16 -d2s`, medians of {RUNS} runs; promised p99 < 20 ms.", "",
        table(["who", "page", "bytes", "requests a second", "p99 ms", "< 20 ms"], rows), "",
        f"The form of an activity on the wire (brotli and headers): {first:,} bytes with all that its page names, promised under 30 KB: {verdict(first < 30 * 1024)}; "
        f"{again:,} once the browser has the rest, promised under 10 KB: {verdict(again < 10 * 1024)}."])
