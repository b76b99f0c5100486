#!/usr/bin/env python3
"""Writes a benchmark site for tianti, Hugo or Zola: the same articles and the same boards for each.

    python3 benches/generate.py tianti DIR --articles 1000 --boards 10 --rows 500 --columns 12

`--articles` counts pages: half as many articles, each in Chinese and in English.
"""

import argparse
import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import corpus

PEERS = Path(__file__).parent / "peers"
HARNESS = "lm-evaluation-harness"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("generator", choices=sorted(WRITERS))
    parser.add_argument("folder", type=Path, help="where the site goes; must not exist")
    parser.add_argument("--articles", type=int, default=1000, help="article pages, both languages together")
    parser.add_argument("--boards", type=int, default=10)
    parser.add_argument("--rows", type=int, default=500, help="models, the same on every board")
    parser.add_argument("--columns", type=int, default=12, help="benchmarks, the same on every board")
    parser.add_argument("--tables", type=int, help="tables of results that the boards share; as many as boards if not said")
    arguments = parser.parse_args()
    arguments.tables = arguments.tables or arguments.boards
    arguments.folder.mkdir(parents=True)
    WRITERS[arguments.generator](arguments.folder, arguments)


def tianti(folder: Path, size: argparse.Namespace) -> None:
    """A tianti site: settings, articles, cards, result files and board definitions."""
    write(folder / "tianti.toml", {
        "title": both(("天梯", "Tianti")),
        "description": both(("模型评测的榜单与知识。", "Leaderboards and notes on model evaluation.")),
        "languages": list(corpus.LANGUAGES),
    })
    write_articles(
        folder / "content",
        size.articles // 2,
        name=suffixed,
        address=lambda article, _: f"../{article.section}/{article.slug}.md",
        front=lambda article, language: {
            "title": corpus.text(article.titles, language),
            "summary": corpus.text(article.summaries, language),
            "date": Date(article.date),
            "tags": [corpus.text(tag, language) for tag in article.tags],
        },
    )
    if size.boards:
        write_cards(folder / "data", size)
    for table in range(1, size.tables + 1):
        write_results(folder / "data", table, size)
    for board in range(1, size.boards + 1):
        write_board(folder / "data", board, size)


def write_cards(data: Path, size: argparse.Namespace) -> None:
    """A card for every organisation, model and benchmark."""
    models = corpus.models(size.rows)
    organisations = {model.organisation: {"name": model.organisation.title()} for model in models}
    write(data / "orgs.toml", {}, organisations)
    for model in models:
        write(data / "models" / f"{model.id}.toml", {
            "name": model.name,
            "aliases": [model.id],
            "kind": model.kind,
            "parameters": model.parameters,
            "released": model.released,
            "open_weights": True,
        })
    for number in range(size.columns):
        name = corpus.benchmark(number)
        write(data / "benchmarks" / f"{name.lower()}.toml", {
            "name": name,
            "category": corpus.CATEGORIES[number % len(corpus.CATEGORIES)],
            "summary": both((f"{name}由人工编写的题目组成。", f"{name} consists of questions written by hand.")),
            "items": 1000 + number,
            "published": "2024-03",
        })


def table_of(board: int, size: argparse.Namespace) -> int:
    """The table of results that a board shows."""
    return (board - 1) % size.tables + 1


def write_results(data: Path, table: int, size: argparse.Namespace) -> None:
    """A table of results, one record a line, in a folder of its own."""
    names = [corpus.benchmark(number) for number in range(size.columns)]
    results = data / "results" / board_id(table)
    write(results / "source.toml", {
        "name": both((f"第{table}次评测", f"Evaluation {table}")),
        "url": f"https://example.org/evaluations/{table}",
        "licence": "CC0-1.0",
        "retrieved": "2025-06",
        "reporter": "measured",
    })
    protocol = ["acc", "percent", "higher", "5", HARNESS, "0.4.8"]
    with (results / "scores.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["model", "benchmark", "value", "metric", "unit", "direction", "shots", "harness", "harness_version"])
        for model, row in zip(corpus.models(size.rows), corpus.scores(table, size.rows, size.columns)):
            lines.writerows([model.id, name.lower(), score, *protocol] for name, score in zip(names, row))


def write_board(data: Path, board: int, size: argparse.Namespace) -> None:
    """The definition of a board over its table."""
    names = [corpus.benchmark(number) for number in range(size.columns)]
    board_file = {
        "title": both(corpus.board_titles(board)),
        "summary": both(corpus.board_summaries(board)),
        "order": board,
        "sources": [board_id(table_of(board, size))],
        "aggregate": "mean",
        "material": ["shots", "harness"],
    }
    columns = "".join(f'\n[[columns]]\nbenchmark = "{name.lower()}"\nmetric = "acc"\n' for name in names)
    put(data / "boards" / f"{board_id(board)}.toml", toml(board_file) + columns)


def hugo(folder: Path, size: argparse.Namespace) -> None:
    """A Hugo site with the templates of `peers/hugo`; languages by file name, links as plain Markdown.

    Hugo resolves such links itself on sites with several languages.
    """
    shutil.copytree(PEERS / "hugo", folder, dirs_exist_ok=True)
    (folder / "static").mkdir()
    shutil.copy(PEERS / "style.css", folder / "static")
    write_articles(
        folder / "content",
        size.articles // 2,
        name=suffixed,
        address=lambda article, _: f"/{article.section}/{article.slug}.md",
        front=lambda article, language: {
            "title": corpus.text(article.titles, language),
            "description": corpus.text(article.summaries, language),
            "date": Date(article.date),
            "tags": [corpus.text(tag, language) for tag in article.tags],
        },
    )
    write_sections(folder / "content", suffixed, {})
    write_board_pages(folder / "content", suffixed, {}, "params", size)
    write_tables(folder / "assets" / "data", size)


def zola(folder: Path, size: argparse.Namespace) -> None:
    """A Zola site with the templates of `peers/zola`; the default language is Chinese, links are `@/…`."""
    shutil.copytree(PEERS / "zola", folder, dirs_exist_ok=True)
    (folder / "static").mkdir()
    shutil.copy(PEERS / "style.css", folder / "static")
    write_articles(
        folder / "content",
        size.articles // 2,
        name=default_unsuffixed,
        address=lambda article, language: f"@/{article.section}/{default_unsuffixed(article.slug, language)}",
        front=lambda article, language: {
            "title": corpus.text(article.titles, language),
            "description": corpus.text(article.summaries, language),
            "date": Date(article.date),
            "taxonomies": {"tags": [corpus.text(tag, language) for tag in article.tags]},
        },
    )
    write_sections(folder / "content", default_unsuffixed, {"sort_by": "date"})
    write_board_pages(folder / "content", default_unsuffixed, {"template": "board.html"}, "extra", size)
    write_tables(folder / "data", size)


Name = Callable[[str, str], str]


def suffixed(slug: str, language: str) -> str:
    """A file name with its language, as tianti and Hugo want it."""
    return f"{slug}.{language}.md"


def default_unsuffixed(slug: str, language: str) -> str:
    """A file name without the language when it is Chinese, the default, as Zola wants it."""
    return f"{slug}.md" if language == "zh" else suffixed(slug, language)


def write_articles(content: Path, count: int, name: Name, address: Callable, front: Callable) -> None:
    """Every article in both languages."""
    for article in map(corpus.article, range(count)):
        for language in corpus.LANGUAGES:
            text = corpus.body(article, language, count, lambda other: address(other, language))
            path = content / article.section / name(article.slug, language)
            put(path, f"+++\n{toml(front(article, language))}+++\n\n{text}")


def write_sections(content: Path, name: Name, keys: dict) -> None:
    """The pages of a peer that list: the home page, the sections and the boards."""
    titles = {".": ("天梯", "Tianti"), "boards": ("榜单", "Boards"), **corpus.SECTION_NAMES}
    for section, title in titles.items():
        own = {"sort_by": "title"} if keys and section == "boards" else keys
        for language in corpus.LANGUAGES:
            front = {"title": corpus.text(title, language), **own}
            put(content / section / name("_index", language), f"+++\n{toml(front)}+++\n")


def write_board_pages(content: Path, name: Name, keys: dict, table: str, size: argparse.Namespace) -> None:
    """A page in both languages for each board of a peer; its template reads the scores from the data file it names."""
    for board in range(1, size.boards + 1):
        for language in corpus.LANGUAGES:
            front = {
                "title": corpus.text(corpus.board_titles(board), language),
                "description": corpus.text(corpus.board_summaries(board), language),
                **keys,
                table: {"data": f"data/{board_id(board)}.csv"},
            }
            put(content / "boards" / name(board_id(board), language), f"+++\n{toml(front)}+++\n")


def write_tables(folder: Path, size: argparse.Namespace) -> None:
    """The tables of the boards for a peer, ranked beforehand: the peers only print them."""
    names = [corpus.benchmark(number) for number in range(size.columns)]
    folder.mkdir(parents=True)
    for board in range(1, size.boards + 1):
        scored = [
            (sum(map(float, row)) / size.columns, model.name, row)
            for model, row in zip(corpus.models(size.rows), corpus.scores(table_of(board, size), size.rows, size.columns))
        ]
        scored.sort(key=lambda entry: (-entry[0], entry[1]))
        with (folder / f"{board_id(board)}.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(["place", "model", "mean", *names])
            lines.writerows([place, name, f"{mean:.2f}", *row] for place, (mean, name, row) in enumerate(scored, 1))


class Date(str):
    """A date, which TOML writes without quotes."""


def toml(keys: dict, tables: dict | None = None) -> str:
    """TOML of plain keys, then a table for each of `tables`."""
    text = "".join(f"{key} = {value(item)}\n" for key, item in keys.items())
    return text + "".join(f"\n[{name}]\n{toml(table)}" for name, table in (tables or {}).items())


def value(item: object) -> str:
    """A TOML value; JSON strings, numbers and lists of them are TOML too."""
    if isinstance(item, Date):
        return item
    if isinstance(item, dict):
        return "{ " + ", ".join(f"{key} = {value(entry)}" for key, entry in item.items()) + " }"
    return json.dumps(item, ensure_ascii=False)


def both(pair: tuple[str, str]) -> dict[str, str]:
    """A text for each language."""
    return dict(zip(corpus.LANGUAGES, pair))


def board_id(board: int) -> str:
    return f"board-{board:03}"


def write(path: Path, keys: dict, tables: dict | None = None) -> None:
    put(path, toml(keys, tables))


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


WRITERS: dict[str, Callable[[Path, argparse.Namespace], None]] = {"tianti": tianti, "hugo": hugo, "zola": zola}

if __name__ == "__main__":
    main()
