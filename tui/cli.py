"""The command ``songngu``: global options, a table of commands, and one way to fail.

A command's module is imported when the command is run or its help is asked for; ``songngu --help``
and shell completion read the table only.
"""

from __future__ import annotations

import contextlib
import difflib
import importlib
import io
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from align.model import SongnguError
from tui.output import ExitCode, Output

COMMANDS = {
    "init": ("tui.commands.init:command", "Begin a project: write a commented songngu.yaml."),
    "clean": ("tui.commands.clean:command", "Take the article out of a raw page."),
    "pair": ("tui.commands.pair:command", "Find which release and which article tell one story."),
    "align": ("tui.commands.align:command", "Align the sentences of two files."),
    "build": ("tui.commands.build:command", "Clean, pair, align and mine a whole project."),
    "mine": ("tui.commands.mine:command", "List the term candidates of the last build."),
    "beads": ("tui.commands.beads:command", "List the aligned sentences of the last build."),
    "terms": ("tui.commands.terms:command", "Show how consistently each term is translated."),
    "review": ("tui.commands.review:command", "Decide on the candidates in the terminal."),
    "export": ("tui.commands.export:command", "Write the glossary as .po, TBX or CSV."),
    "import": ("tui.commands.import_:command", "Take .po, TBX or CSV glossaries in."),
    "check": ("tui.commands.check:command", "Check translations against the glossary."),
    "lint": ("tui.commands.lint:command", "Check the glossary itself."),
    "status": ("tui.commands.status:command", "Count what a project holds and what is stale."),
    "eval": ("tui.commands.eval:command", "Measure an output against a gold file."),
    "doctor": ("tui.commands.doctor:command", "Report versions, encoder, terminal and locale."),
}
"""Name: where the command is, and its line in the help."""

_EXTRAS = {
    "align": (
        "ftfy", "lxml_html_clean", "numpy", "openvino", "pyvi", "scipy", "sklearn", "textblob",
        "tokenizers", "trafilatura",
    ),
    "simalign": ("simalign", "torch", "transformers"),
    "dask": ("dask", "distributed", "pyarrow"),
}  # fmt: skip
"""Which part of the installation brings a module."""


class _Table(click.Group):
    """A group whose commands stand in `COMMANDS`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        known = {spelling for parameter in command.params for spelling in parameter.opts}
        # "songngu build --debug" is what people type after an error that says so.
        command.params += [option for option in _options(True) if known.isdisjoint(option.opts)]
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-") and not ctx.resilient_parsing:
            close = difflib.get_close_matches(name.lower(), COMMANDS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(COMMANDS)}"
            raise SongnguError(f"no command {name!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [
            CompletionItem(name, help=text)
            for name, (_, text) in COMMANDS.items()
            if name.startswith(incomplete)
        ]


def _options(hidden: bool) -> list[click.Option]:
    """The global options; they fill in the `Output` of the run and are passed to nobody."""

    def keep(ctx: click.Context, option: click.Parameter, value: Any) -> None:
        if value:
            setattr(ctx.ensure_object(Output), str(option.name), value)

    def option(*names: str, help: str, **more: Any) -> click.Option:
        return click.Option(
            list(names), help=help, hidden=hidden, expose_value=False, callback=keep, **more
        )

    return [
        option(
            "-C", "project", type=click.Path(path_type=Path), metavar="DIR",
            help="The project's folder; default: the nearest above.",
        ),
        option("-q", "--quiet", is_flag=True, help="No narration on stderr, only errors."),
        option("--no-progress", is_flag=True, help="No progress bars."),
        option("--debug", is_flag=True, help="Show where an error arose."),
    ]  # fmt: skip


def _print_version(ctx: click.Context, option: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"songngu {version() or '(source tree, not installed)'}")
        ctx.exit()


def version() -> str | None:
    """The installed version; ``None`` in a source tree that is not installed."""
    from importlib import metadata

    try:
        return metadata.version("songngu")
    except metadata.PackageNotFoundError:
        return None


songngu = _Table(
    "songngu",
    params=[
        *_options(False),
        click.Option(
            ["--version"], is_flag=True, is_eager=True, expose_value=False,
            callback=_print_version, help="Print the version.",
        ),
    ],
    help="Vietnamese-English terms from comparable pages: mined, reviewed, exported, checked.",
    epilog="songngu COMMAND --help tells more. Exit codes: 0 clean, 1 findings, 2 could not run.",
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``songngu`` with *arguments*, default those of the process, and return its exit code.

    Whatever goes wrong ends as one line on stderr; ``--debug`` adds where it arose.
    """
    if sys.stdout is None:  # closed by who started the program
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The language is Vietnamese whatever the locale; a name that is not UTF-8 must not
            # end a run.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    output = Output()
    return int(_guarded(lambda: _run(arguments, output), output))


def _run(arguments: Sequence[str] | None, output: Output) -> int:
    if "_SONGNGU_COMPLETE" in os.environ:  # a shell asks for completions
        songngu.main(prog_name="songngu")
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Not `songngu.main`: it takes a closed pipe for findings (exit code 1).
    try:
        with songngu.make_context("songngu", given, obj=output) as context:
            result = songngu.invoke(context)
    except click.exceptions.Exit as exit_:
        result = exit_.exit_code
    sys.stdout.flush()
    # A command returns its exit code or nothing.
    return result if isinstance(result, int) else ExitCode.OK


def _guarded(run: Callable[[], int], output: Output) -> int:
    """What *run* returns, or the exit code of its failure, which is told on stderr."""
    try:
        return run()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return ExitCode.ERROR
    except click.ClickException as error:
        usage = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
        hint = f" (see: {usage} --help)" if usage else ""
        return _failed(output, error.format_message() + hint)
    except (KeyboardInterrupt, click.Abort):
        print(file=sys.stderr)  # ends the line of the terminal's ^C
        return ExitCode.INTERRUPTED
    except SongnguError as error:
        return _failed(output, str(error))
    except BrokenPipeError:
        # Else the interpreter's last flush complains.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.CLOSED
    except OSError as error:
        return _failed(output, _os_error(error))
    except ModuleNotFoundError as error:
        return _failed(output, _missing(error.name or str(error)))
    except Exception as error:
        message = f"unexpected {type(error).__name__}: {error}"
        return _failed(output, message if output.debug else f"{message}; run with --debug")


def _failed(output: Output, message: str) -> int:
    if output.debug:
        traceback.print_exc()
    output.error(message)
    return ExitCode.ERROR


def _os_error(error: OSError) -> str:
    names = [os.fsdecode(n) for n in (error.filename, error.filename2) if n is not None]
    reason = error.strerror or str(error) or type(error).__name__
    return f"{' -> '.join(names)}: {reason}" if names else reason


def _missing(module: str) -> str:
    top = module.partition(".")[0]
    for extra, modules in _EXTRAS.items():
        if top in modules:
            return f"this needs {top}: pip install 'songngu[{extra}]'"
    return f"the module {module} is missing; install songngu again: pip install songngu"


if __name__ == "__main__":
    sys.exit(main())
