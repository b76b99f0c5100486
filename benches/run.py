#!/usr/bin/env python3
"""Measures whole builds of benchmark sites by tianti and, where they are installed, by Hugo and Zola.

    python3 benches/run.py --hugo hugo --zola zola --incremental

Builds tianti with `cargo build --release`, writes each site with generate.py, and runs the generators in turn, round
after round, each into an empty output folder. Prints Markdown tables of medians (with minimum and maximum): wall-clock
time, CPU time (user and system, all threads), the largest resident memory, and what was written. The system's share is
mostly the file system's work; `--work /dev/shm` puts sites and output on a disk in memory.

Linux and macOS; the standard library is enough. Peak memory below that of this script, about 15 MiB, cannot be seen.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
MIB = 1 << 20
# ru_maxrss is in KiB on Linux and in bytes on macOS.
RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Size:
    """The size of a site: article pages in both languages together, boards, their rows and columns, and the tables of
    results that they share."""

    articles: int
    boards: int
    rows: int
    columns: int
    tables: int

    def __str__(self) -> str:
        boards = f"{self.boards} boards of {self.rows}×{self.columns}"
        if self.tables != self.boards:
            boards += " over one table of results" if self.tables == 1 else f" over {self.tables} tables of results"
        return f"{self.articles:,} article pages, {boards}" if self.articles else boards


@dataclass(frozen=True)
class Tool:
    """A generator: its name, its program, and the command that builds the site at `site` into `output`."""

    name: str
    program: str
    arguments: tuple[str, ...]

    def command(self, site: Path, output: Path) -> list[str]:
        return [self.program, *(part.format(site=site, output=output) for part in self.arguments)]


@dataclass(frozen=True)
class Run:
    """What one build took."""

    wall: float
    user: float
    system: float
    memory: float

    @property
    def cpu(self) -> float:
        return self.user + self.system


@dataclass
class Result:
    """The runs of one generator on one site, and what it wrote."""

    name: str
    runs: list[Run]
    pages: int = 0
    megabytes: float = 0


def main() -> None:
    arguments = parse_arguments()
    tools = [Tool("tianti", arguments.tianti or build_tianti(), ("build", "--root", "{site}", "--out", "{output}"))]
    if hugo := shutil.which(arguments.hugo):
        tools.append(Tool("hugo", hugo, ("--quiet", "--minify", "--source", "{site}", "--destination", "{output}")))
    if zola := shutil.which(arguments.zola):
        tools.append(Tool("zola", zola, ("--root", "{site}", "build", "--force", "--output-dir", "{output}")))
    describe(tools)
    sizes = [Size(articles, 10, 500, 12, 10) for articles in arguments.pages]
    if not arguments.no_boards:
        sizes += [Size(0, 100, 500, 20, 1), Size(0, 100, 500, 20, 100)]
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="tianti-bench-", dir=arguments.work) as work:
            report(size, compare(size, tools, Path(work), arguments))


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="*", default=[1000, 5000, 20000], help="article pages of the sites")
    parser.add_argument("--no-boards", action="store_true", help="leave out the sites of 100 boards without articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--incremental", action="store_true", help="also build with tianti again when nothing has changed")
    parser.add_argument("--tianti", help="a program already built")
    parser.add_argument("--hugo", default="hugo", help="name or path of the program; left out when there is none")
    parser.add_argument("--zola", default="zola", help="name or path of the program; left out when there is none")
    parser.add_argument("--work", help="a folder for the sites; they are removed afterwards")
    return parser.parse_args()


def build_tianti() -> str:
    """Compiles tianti and returns the program's path."""
    command = ["cargo", "build", "--release", "--bin", "tianti", "--message-format", "json"]
    output = subprocess.run(command, cwd=HERE.parent, stdout=subprocess.PIPE, check=True, text=True).stdout
    programs = [message.get("executable") for message in map(json.loads, output.splitlines())]
    return next(program for program in programs if program)


def compare(size: Size, tools: list[Tool], work: Path, arguments: argparse.Namespace) -> list[Result]:
    """Builds the site of each tool, in turn, as often as there are rounds."""
    for tool in tools:
        generate(tool, size, work / tool.name)
    results = {tool.name: Result(tool.name, []) for tool in tools}
    again = Result("tianti, nothing changed", [])
    for turn in range(arguments.rounds):
        for tool in rotated(tools, turn):
            output = work / f"{tool.name}-output"
            shutil.rmtree(output, ignore_errors=True)
            result = results[tool.name]
            result.runs.append(measure(tool.command(work / tool.name, output)))
            result.pages, result.megabytes = written(output)
            if arguments.incremental and tool.name == "tianti":
                again.runs.append(measure(tool.command(work / tool.name, output)))
                again.pages, again.megabytes = written(output)
    return [*results.values(), *([again] if again.runs else [])]


def generate(tool: Tool, size: Size, folder: Path) -> None:
    """Writes the site in a process of its own: memory of this one would count as a floor of every measurement."""
    counts = {"--articles": size.articles, "--boards": size.boards, "--rows": size.rows, "--columns": size.columns}
    counts["--tables"] = size.tables
    options = [text for option, count in counts.items() for text in (option, str(count))]
    subprocess.run([sys.executable, str(HERE / "generate.py"), tool.name, str(folder), *options], check=True)


def rotated(tools: list[Tool], turn: int) -> list[Tool]:
    """The tools, starting with another one each turn."""
    start = turn % len(tools)
    return tools[start:] + tools[:start]


def measure(command: list[str]) -> Run:
    """Runs a command to its end; what is waiting to be written to the disk is written before."""
    os.sync()
    with tempfile.TemporaryFile() as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            sys.exit(f"{' '.join(command)}\n{log.read().decode(errors='replace')}\nfailed with status {process.returncode}")
    return Run(wall, usage.ru_utime, usage.ru_stime, usage.ru_maxrss * RSS_UNIT / MIB)


def written(output: Path) -> tuple[int, float]:
    """The number of HTML files below a folder, and the size of all files in MB."""
    pages = size = 0
    for folder, _, names in os.walk(output):
        pages += sum(name.endswith(".html") for name in names)
        size += sum(os.path.getsize(os.path.join(folder, name)) for name in names)
    return pages, size / 1e6


def describe(tools: list[Tool]) -> None:
    """Prints the machine and the versions."""
    print(f"* {processor()}, {os.cpu_count()} cores, {memory()}, {platform.system()} {platform.release()}")
    for tool in tools:
        words = "version" if tool.name == "hugo" else "--version"
        output = subprocess.run([tool.program, words], stdout=subprocess.PIPE, check=True, text=True).stdout
        print(f"* {tool.name}: {output.strip().splitlines()[-1]}")
    sys.stdout.flush()


def processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / (1 << 30):.0f} GiB"


def report(size: Size, results: list[Result]) -> None:
    """Prints the table of one site; ratios are of the medians of CPU time and memory."""
    own = results[0]
    print(f"\n### {size}\n")
    print("| | wall, s | CPU, s | of which system, s | peak memory, MiB | CPU ratio | memory ratio | HTML files | MB written |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for result in results:
        cells = [spread(result, kind) for kind in ("wall", "cpu", "system", "memory")]
        ratios = [f"{median(result, kind) / median(own, kind):.2f}" for kind in ("cpu", "memory")]
        print(f"| {' | '.join([result.name, *cells, *ratios, f'{result.pages:,}', f'{result.megabytes:,.0f}'])} |")
    sys.stdout.flush()


def median(result: Result, kind: str) -> float:
    return statistics.median(getattr(run, kind) for run in result.runs)


def spread(result: Result, kind: str) -> str:
    """The median, and in brackets the least and the most."""
    values = [getattr(run, kind) for run in result.runs]
    digits = 0 if kind == "memory" else 2
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


if __name__ == "__main__":
    main()
