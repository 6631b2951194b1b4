"""`handouts`: the group, whose commands are imported when they are called, so that --help is quick."""

from __future__ import annotations

import importlib
import os
import re
from typing import ClassVar

import click

from generator import __version__

DASHED = re.compile(r"-?[–—][-–—]*([A-Za-z][\w-]*(?:=.*)?)", re.DOTALL)
LONGEST_EPOCH = 11  # digits: up to the year 5138


class LateGroup(click.Group):
    """A group that knows its commands by name and imports each one late."""

    modules: ClassVar[dict[str, str]] = {
        "build": "Build booklets and step cards into the output folder.",
        "fonts": "List the fonts at hand, the scripts they cover and where they come from.",
        "init": "Make a new project that builds at once.",
        "preview": "Write PNG contact sheets of what was built.",
        "list": "List the project's handouts, brands and what would be built.",
        "translate": "Extract texts for translators, update catalogs, tell how far translations are.",
        "outbox": "List messages of which nobody knows whether they arrived, and decide about them.",
        "send": "Mail a handout to clients, each message once.",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in self.modules:
            return None
        command: click.Command = importlib.import_module(f"generator.cli.{cmd_name}_command").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a line. Raises UsageError for one that there is not, and for an option whose hyphens became a dash."""
        for given in args:
            curled = DASHED.fullmatch(given)
            if curled is not None:
                raise click.UsageError(f'"{given}" begins with a dash, as word processors write; write two hyphens: --{curled[1]}')
        if args[0] not in self.modules and not args[0].startswith("-"):
            from generator.project.nearest import did_you_mean

            raise click.UsageError(f'there is no command "{args[0]}"; {did_you_mean(args[0], self.modules, "there are")}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self.modules.items()))


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="handouts")
def main() -> None:
    """Turn a clinic's Markdown into branded, accessible, printable booklets and step cards."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not (epoch.isascii() and epoch.isdigit() and len(epoch) <= LONGEST_EPOCH):
        raise click.UsageError("SOURCE_DATE_EPOCH is no number of seconds since 1970; unset it, or set one such as 1741392000")
