"""The promises, a function for each group: it measures and returns its part of RESULTS.md."""
import csv
import os
import random
import re
import shutil
import sqlite3
import statistics
import subprocess
import urllib.error
import urllib.parse
from datetime import date, timedelta
from functools import partial

from reports import reports, workspace
from measure import RUNS, Birge, Load, Nginx, birge, in_turn, sample, scratch, table, verdict


def pages():
    """A page rendered afresh from the database for every request, beside nginx with a file of the same size."""
    folder = sample("pages")
    server, peer = Birge(folder), Nginx()
    before = server.megabytes()
    rows = []

    def measure(name, path, least, brotli):
        body, _ = server.get(path, **({"Accept_Encoding": "br"} if brotli else {}))
        file = peer.url_of(body)
        Load(server.url(path), 64, 1, brotli)  # warm
        (rate, p99), (peer_rate, peer_p99) = in_turn(lambda: Load(server.url(path), 64, 4, brotli), lambda: Load(file, 64, 4))
        (few_rate, few_p99), (_, few_peer_p99) = in_turn(lambda: Load(server.url(path), 8, 4, brotli), lambda: Load(file, 8, 4))
        ratio = rate / peer_rate
        rows.append([name, "br" if brotli else "plain", f"{len(body):,}", f"{rate:,.0f}", f"{peer_rate:,.0f}", f"{ratio:.3f}", least,
                     verdict(ratio >= least), f"{p99:.1f}", f"{peer_p99:.1f}", verdict(p99 < 25), f"{few_rate:,.0f}", f"{few_p99:.1f}",
                     f"{few_peer_p99:.1f}", verdict(few_p99 < 5)])

    for name, path, least in [("agenda", "/ky/activities", 0.2), ("activity", server.first_activity(), 0.3), ("figures", "/ky/figures", 0.1)]:
        for brotli in (False, True):
            measure(name, path, least, brotli)
    with sqlite3.connect(os.path.join(folder, "birge.db")) as database:  # as after a result, until a job has put the tallies together again
        database.execute("update tally_scope set stale = 1")
        database.execute("update job_schedule set due = due + 3600000 where name = 'refresh_scopes'")
    measure("figures after a result", "/ky/figures", 0.1, False)
    after, most = server.megabytes(), server.megabytes("VmHWM")
    server.stop()
    peer.stop()
    return "\n".join([
        f"`wrk -t2 -c64 -d4s --latency` and `-c8`, medians of {RUNS} runs taken in turn with nginx. Rates are requests a second, p99 is in milliseconds;",
        "promised are p99 < 25 ms at 64 connections and < 5 ms at 8.", "",
        table(["page", "form", "bytes", "Birge", "nginx", "ratio", "promised", "", "p99", "nginx p99", "< 25 ms", "at 8: rate", "p99", "nginx p99", "< 5 ms"],
              rows), "",
        f"Memory (resident): {before:.0f} MB before, {after:.0f} MB after the load, {most:.0f} MB at most; promised under 80 MB: {verdict(most < 80)}."])


def visit():
    """What a first visit fetches: the page, and what its HTML names."""
    server = Birge(sample("visit"))
    rows = []
    parts_of_report = [f"/ky/report?part={part}" for part in ("regions", "districts", "activities", "coverage", "organisations")]
    for path in ("/ky/", "/ky/activities", server.first_activity(), "/ky/figures", "/ky/report", *parts_of_report, "/ky/guide"):
        try:
            body, headers = server.get(path, Accept_Encoding="br")
        except urllib.error.HTTPError as error:
            rows.append([path, f"not measured: {error.code}", "", "", ""])
            continue
        plain = server.get(path)[0].decode()
        parts = set(re.findall(r'<(?:link rel="(?:stylesheet|icon)"|script|img|use)[^>]*? (?:href|src)="(/(?:static|maps)/[^"#]+)', plain))
        total = len(body) + len(str(headers))
        for part in parts:
            body, headers = server.get(part, Accept_Encoding="br")
            total += len(body) + len(str(headers))
        rows.append([path, 1 + len(parts), f"{total:,}", verdict(len(parts) < 5), verdict(total <= 40 * 1024)])
    server.stop()
    return "Requests and bytes on the wire (headers and brotli bodies) of a first visit.\n\n" + table(
        ["page", "requests", "bytes", "at most 5", "at most 40 KB"], rows)


def filtered(server):
    """The agenda and the figures with filters, in the terms that the sample edition holds."""
    activity = server.get(server.first_activity())[0].decode()
    organisation = re.search(r'href="/ky/organisations/([a-z0-9-]+)"', activity) or re.search(r"organisation=([a-z0-9-]+)", activity)
    agenda = "/ky/activities"
    paths = [("agenda", agenda), ("activity", server.first_activity()), ("figures", "/ky/figures"), ("region", f"{agenda}?place=naryn"),
             ("kind", f"{agenda}?kind=round_table"), ("topic", f"{agenda}?topic=safe_migration"), ("audience group", f"{agenda}?audience=students"),
             ("held", f"{agenda}?status=held"), ("not reported", f"{agenda}?status=unreported"), ("moved", f"{agenda}?status=moved"),
             ("week", f"{agenda}?week=2026-10-05"), ("text", f"{agenda}?q={urllib.parse.quote('штаб')}"), ("text, unfinished word", f"{agenda}?q={urllib.parse.quote('шта')}"),
             ("region and kind", f"{agenda}?place=naryn&kind=round_table"), ("region and topic", f"{agenda}?place=naryn&topic=safe_migration"),
             ("kind and not reported", f"{agenda}?kind=round_table&status=unreported"), ("figures of a region", "/ky/figures?place=naryn"),
             ("figures by district", "/ky/figures/districts"), ("figures by organisation", "/ky/figures/organisations")]
    if organisation:
        paths.insert(7, ("organisation", f"{agenda}?organisation={organisation.group(1)}"))
    return paths


def large():
    """The same pages where 200,000 activities lie: beside an edition of 400, and beside one of 10,000 alone, whose pages are as full."""
    servers = [Birge(sample("small")), Birge(sample("one", "--sample-size", "10000")),
               Birge(sample("large", "--sample-editions", "20", "--sample-size", "10000"))]
    rows = []
    for paths in zip(*map(filtered, servers)):
        name = paths[0][0]
        own = [(server, path) for server, (_, path) in zip(servers, paths)]
        try:
            sizes = [len(server.get(path)[0]) for server, path in own]
        except urllib.error.HTTPError as error:
            rows.append([name, f"not measured: {error.code}"] + [""] * 8)
            continue
        few, one, many = (rate for rate, _ in in_turn(*(partial(Load, server.url(path), 8, 2) for server, path in own)))
        by_size = (few * sizes[0]) / (many * sizes[2])
        rows.append([name, f"{few:,.0f}", f"{one:,.0f}", f"{many:,.0f}", *(f"{size:,}" for size in sizes), f"{few / many:.2f}", f"{by_size:.2f}",
                     f"{one / many:.2f}",
                     "holds" if few / many <= 1.5 else "holds beside as full a page" if one / many <= 1.5 else "**missed**"])
    memory = servers[-1].megabytes("VmHWM")
    for server in servers:
        server.stop()
    return "\n".join([
        f"An edition of 400 activities, one of 10,000, and 200,000 in 20 editions of 10,000: `wrk -t2 -c8 -d2s`, medians of {RUNS} runs in turn, requests a",
        "second; promised is that 200,000 are at most 1.5 times slower. Where a filter finds more among 10,000 than among 400 its page is longer, which the",
        "ratio for a byte of page leaves out; the page of one edition of 10,000 is as full as that of twenty.", "",
        table(["page", "400", "10,000", "200,000", "bytes", "bytes", "bytes", "slower than 400", "a byte", "slower than 10,000", ""], rows), "",
        f"Memory of the large one at most: {memory:.0f} MB."])


def start():
    """From exec to the first 200 of /readyz."""
    folder = sample("start")
    times = []
    for _ in range(7):
        server = Birge(folder)
        times.append(server.ready_after * 1000)
        server.stop()
    middle = statistics.median(times)
    return f"From exec to `/readyz`: {middle:.0f} ms, the median of {len(times)} ({min(times):.0f} to {max(times):.0f}); promised under 300 ms: {verdict(middle < 300)}."


REGIONS = {"Naryn oblast": ["Jumgal", "Kochkor", "At-Bashy"], "Talas oblast": ["Manas", "Bakay-Ata"], "Osh oblast": ["Alay", "Nookat", "Uzgen"],
           "Batken oblast": ["Leilek", "Kadamjay"], "Jalal-Abad oblast": ["Aksy", "Nooken", "Suzak"]}


def plan_of(path, count):
    """A spreadsheet as a coordinator has it: names rather than codes, dates as they are written, results beside half of the rows."""
    chance = random.Random(7)
    kinds = ["Round table", "Forum theatre", "Lecture", "Press conference", "Sport event", "Youth debate", "Exhibition"]
    with open(path, "w", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["ID", "Title", "Kind", "Topic", "Date", "Start time", "Region", "District", "Venue", "Organisation", "Status", "Men", "Women", "Total",
                        "Method of counting"])
        for i in range(count):
            day = date(2026, 9, 11) + timedelta(days=chance.randrange(95))
            region = chance.choice(list(REGIONS))
            held = day < date(2026, 10, 15) and chance.random() < 0.8
            men, women = chance.randrange(5, 60), chance.randrange(5, 60)
            kind = chance.choice(kinds)
            sheet.writerow([f"B-{i}", f"{kind} number {i} with pupils and parents", kind, "Safe migration", day.strftime("%d.%m.%Y"), "14:30", region,
                            chance.choice(REGIONS[region]), f"School {chance.randrange(1, 90)}", f"Youth club {chance.randrange(40)}",
                            "held" if held else "planned", *([men, women, men + women, "head count"] if held else ["", "", "", ""])])


def import_():
    """10,000 rows from a CSV, and the same file once more."""
    whole, folder = sample("import"), scratch("csv")
    path = os.path.join(folder, "plan.csv")
    plan_of(path, 10_000)
    arguments = ["import", "activities", path, "--edition", "sample", "--create-organisations"]
    first, again, said = [], [], ""
    for i in range(RUNS):
        copy = os.path.join(folder, f"data{i}")
        shutil.copytree(whole, copy)
        seconds, said = birge(copy, *arguments)
        first.append(seconds)
        again.append(birge(copy, *arguments)[0])
    seconds, repeated = statistics.median(first), statistics.median(again)
    lines = [line.strip() for line in said.strip().splitlines()]
    return (f"`birge import activities plan.csv --edition sample --create-organisations`, 10,000 rows ({os.path.getsize(path):,} bytes), the whole command: "
            f"{seconds:.2f} s, the median of {RUNS}; promised under 2 s: {verdict(seconds < 2)}.\n\nThe same file again: {repeated:.2f} s.\n\n"
            f"It said: {lines[-1] if lines else 'nothing'}")


def report():
    """The closing report of an edition with 20,000 activities."""
    folder = sample("report", "--sample-size", "20000")
    rows, notes = [], ""
    for form, promised, times in (("html", 0.5, RUNS), ("xlsx", 3, RUNS), ("pdf", 30, 1)):
        output = os.path.join(folder, f"report.{form}")
        seconds = statistics.median(birge(folder, "report", "sample", "--format", form, "--output", output)[0] for _ in range(times))
        rows.append([form, f"{seconds:.2f} s", f"{promised} s", verdict(seconds < promised), f"{os.path.getsize(output):,}"])
        if form == "pdf":
            said = subprocess.run(["pdfinfo", output], capture_output=True, text=True, check=True).stdout
            count = int(re.search(r"Pages:\s+(\d+)", said).group(1))
            notes = f"\n\nThe PDF has {count} pages; promised under 60: {verdict(count < 60)}."
    return "`birge report sample --format FORMAT --output FILE`, the whole command.\n\n" + table(["format", "time", "promised", "", "bytes"], rows) + notes


ALL = {"pages": pages, "visit": visit, "large": large, "start": start, "import": import_, "report": report,
       "reports": reports, "workspace": workspace}
