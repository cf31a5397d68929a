"""Who may import whom: align, below glossary, below tui; and one library in one module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = ("align", "glossary", "tui")


def _module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {
    _module_name(path): ast.parse(path.read_text("utf-8"), str(path))
    for layer in LAYERS
    for path in sorted((ROOT / layer).rglob("*.py"))
}


def _statements(node: ast.AST, *, everywhere: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    """Import statements; not *everywhere*: those that run when the module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif not everywhere:
            lazy = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            typing = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            if lazy or typing:
                continue
        yield from _statements(child, everywhere=everywhere)


def imports(module: str, *, everywhere: bool = True) -> set[str]:
    """What a module imports, modules of ours by their full name."""
    found: set[str] = set()
    for statement in _statements(SOURCES[module], everywhere=everywhere):
        if isinstance(statement, ast.Import):
            found.update(alias.name for alias in statement.names)
        else:
            assert statement.level == 0, f"{module}: relative import in line {statement.lineno}"
            base = statement.module or ""
            for alias in statement.names:
                whole = f"{base}.{alias.name}"
                found.add(whole if whole in SOURCES else base)
    return found


def ours(names: set[str]) -> set[str]:
    return {name for name in names if name.partition(".")[0] in LAYERS}


def test_there_is_something_to_look_at() -> None:
    assert {"align.model", "align.encoder", "tui.cli"} <= set(SOURCES)
    assert "align.model" in imports("tui.cli")


@pytest.mark.parametrize("module", SOURCES)
def test_imports_go_downwards_only(module: str) -> None:
    height = LAYERS.index(module.partition(".")[0])
    above = {name for name in imports(module) if name.partition(".")[0] in LAYERS[height + 1 :]}
    assert not above


@pytest.mark.parametrize(
    ("module", "allowed"), [("align.model", set()), ("glossary.model", {"align.model"})]
)
def test_models_stand_alone(module: str, allowed: set[str]) -> None:
    assert ours(imports(module)) <= allowed


def test_no_module_needs_itself() -> None:
    graph = {module: ours(imports(module, everywhere=False)) - {module} for module in SOURCES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("module", SOURCES)
def test_stores_are_used_by_the_edges_only(module: str) -> None:
    stores = {name for name in ours(imports(module)) if name.rpartition(".")[2] == "store"}
    edges = {"glossary", "glossary.build", "glossary.session"}
    assert not stores or module in edges or f"{module}.".startswith("tui.commands.")


@pytest.mark.parametrize(
    ("library", "home"),
    [
        ("yaml", "align.marked_yaml"),
        ("polib", "glossary.po"),
        ("openvino", "align.encoder"),
        ("textual", "tui.review"),
        ("portalocker", "glossary.session"),
        ("threadpoolctl", "align.threads"),
    ],
)
def test_a_library_lives_in_one_place(library: str, home: str) -> None:
    users = {
        module
        for module in SOURCES
        if library in {name.partition(".")[0] for name in imports(module)}
    }
    assert {user for user in users if user != home and not user.startswith(f"{home}.")} == set()


@pytest.mark.parametrize("module", ["glossary.review", "glossary.journal", "tui.review.model"])
def test_decisions_know_nothing_of_a_terminal(module: str) -> None:
    reached, waiting = set(), {module}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        waiting |= imports(name, everywhere=False) & SOURCES.keys() - reached
        assert not {"textual", "rich"} & {one.partition(".")[0] for one in imports(name)}, name
