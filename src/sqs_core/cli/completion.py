"""Print what makes a shell complete commands, options, cases, questions and formats.

examples:
  sqs completion bash > ~/.local/share/bash-completion/completions/sqs
  sqs completion zsh > ~/.zfunc/_sqs
  sqs completion fish > ~/.config/fish/completions/sqs.fish
  sqs completion powershell >> $PROFILE

Or for one session only, in bash: source <(sqs completion bash).  For zsh, ~/.zfunc must be in
fpath before compinit runs.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from argcomplete.shell_integration import shellcode

from sqs_core.errors import UsageError, did_you_mean

SHELLS = ("bash", "zsh", "fish", "powershell")


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs completion``."""
    parser.add_argument("shell", metavar="SHELL", nargs="?", help=f"one of {', '.join(SHELLS)}")


def run(args: Namespace) -> int:
    """Print the hook of a shell."""
    if args.shell is None:
        raise UsageError(f"which shell? sqs completion {' or '.join(SHELLS)}")
    if args.shell not in SHELLS:
        raise UsageError(f"no completion for '{args.shell}'; {did_you_mean(args.shell, SHELLS)}")
    # One hook serves bash and zsh.
    shell = "bash" if args.shell == "zsh" else args.shell
    sys.stdout.write(shellcode(["sqs"], shell=shell))
    return 0
