"""The figures of the house. In: the source text. Out: a line a figure; with --check status 1 past its bound.

Each figure has an aim and a bound. Where the aim is reached both are the same; elsewhere the bound is what is
reached so far, so that a change may bring it down and never up: lower it with each step.

Nothing is imported, only read, so a broken module is counted like any other. Complexity is a plain count:
one, and one more for every branch, loop (in a comprehension too), handler, case, `and` and `or`.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AIMS_AND_BOUNDS = {
    "lines of the product": (21_000, 33_560),
    "lines of tests": (13_000, 15_880),
    "lines of benchmarks": (1_500, 1_990),
    "Any": (60, 25),
    "functions above complexity 12": (0, 0),
    "lines of the longest file": (300, 300),
    "imports inside functions": (0, 0),
    "circles between rooms": (0, 0),
}
BRANCHES = (
    ast.If,
    ast.IfExp,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.ExceptHandler,
    ast.match_case,
    ast.comprehension,
)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def files(folder: str) -> list[Path]:
    """The Python files below a folder, migrations left out."""
    return [path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts]


def lines(paths: list[Path]) -> int:
    """How many lines they have together."""
    return sum(len(path.read_text().splitlines()) for path in paths)


def room(path: Path) -> str:
    """The room a file stands in: the folder below `rolematcher`, or `rolematcher` or `hiring` itself."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "rolematcher" and len(parts) > 2 else parts[0]


def inside(node: ast.AST) -> Iterator[ast.AST]:
    """What belongs to a function itself, not to a function within it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, FUNCTIONS):
            yield child
            yield from inside(child)


def complexity(function: ast.AST) -> int:
    """One more than the branches of a function."""
    count = 1
    for node in inside(function):
        if isinstance(node, BRANCHES):
            count += 1
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
    return count


def imported(tree: ast.AST, rooms: set[str]) -> set[str]:
    """The rooms that a module names in its imports, wherever they stand."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{name.name}" for name in node.names}
    parts = [name.split(".") for name in names if name.startswith(("rolematcher", "hiring"))]
    return {part[1] if len(part) > 1 and part[1] in rooms else part[0] for part in parts}


def circles(needs: dict[str, set[str]]) -> list[str]:
    """Groups of rooms each of which needs, directly or not, every other of its group."""
    reach = {name: set(direct) for name, direct in needs.items()}
    for middle in reach:
        for name in reach:
            if middle in reach[name]:
                reach[name] |= reach[middle]
    groups = {
        frozenset(other for other in reach if other in reach[name] and name in reach[other]) for name in reach
    }
    return sorted(" ↔ ".join(sorted(group)) for group in groups if len(group) > 1)


def measured(product: list[Path]) -> dict[str, tuple[int, list[str]]]:
    """Every limited figure with the places it comes from."""
    needs: dict[str, set[str]] = {room(path): set() for path in product}
    branchy: list[str] = []
    hidden: list[str] = []
    for path in product:
        tree, place = ast.parse(path.read_text()), path.relative_to(ROOT)
        needs[room(path)] |= imported(tree, set(needs)) & set(needs) - {room(path)}
        for function in (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS)):
            if (count := complexity(function)) > 12:
                branchy.append(f"{place}:{function.lineno} {function.name} {count}")
            imports = (node for node in inside(function) if isinstance(node, (ast.Import, ast.ImportFrom)))
            hidden += [f"{place}:{node.lineno}" for node in imports]
    longest, rings = max(product, key=lambda path: lines([path])), circles(needs)
    return {
        "lines of the product": (lines(product), []),
        "lines of tests": (lines(files("tests")), []),
        "lines of benchmarks": (lines(files("benchmarks")), []),
        "Any": (sum(len(re.findall(r"\bAny\b", path.read_text())) for path in product), []),
        "functions above complexity 12": (len(branchy), branchy),
        "lines of the longest file": (lines([longest]), [str(longest.relative_to(ROOT))]),
        "imports inside functions": (len(hidden), hidden),
        "circles between rooms": (len(rings), rings),
    }


def main(check: bool) -> int:
    """Print every figure; the status to end with."""
    product = files("rolematcher") + files("hiring")
    sizes = {name: lines([path for path in product if room(path) == name]) for name in map(room, product)}
    for name, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        print(f"{name:32}{size:>8,}")
    past = 0
    for name, (figure, places) in measured(product).items():
        aim, bound = AIMS_AND_BOUNDS[name]
        past += (over := figure > bound)
        print(f"{name:32}{figure:>8,}   aim {aim:,}, bound {bound:,}{'   PAST IT' if over else ''}")
        for place in places:
            print(f"    {place}")
    return int(check and past > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
