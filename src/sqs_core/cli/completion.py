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

# argcomplete's own hook for it takes the cursor's place in all that is typed for that in the command, and
# reads the answer in the code page.  Where nothing is offered, PowerShell completes paths by itself.
POWERSHELL = r"""
Register-ArgumentCompleter -Native -CommandName sqs -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.Extent.Text.PadRight($length).Substring(0, $length)
    $answer = [System.IO.Path]::GetTempFileName()
    $asked = @{
        _ARGCOMPLETE = '1'
        _ARGCOMPLETE_IFS = "`n"
        _ARGCOMPLETE_SHELL = 'powershell'
        _ARGCOMPLETE_STDOUT_FILENAME = $answer
        _ARGCOMPLETE_SUPPRESS_SPACE = '1'
        COMP_LINE = $line
        COMP_POINT = "$length"
    }
    try {
        foreach ($name in $asked.Keys) { Set-Item "Env:$name" $asked[$name] }
        & $commandAst.GetCommandName() 2>&1 | Out-Null
        Get-Content -Encoding UTF8 $answer | Where-Object { $_ } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
        }
    } finally {
        foreach ($name in $asked.Keys) { Remove-Item "Env:$name" -ErrorAction Ignore }
        Remove-Item $answer -ErrorAction Ignore
    }
}
"""


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs completion``."""
    parser.add_argument("shell", metavar="SHELL", nargs="?", help=f"one of {', '.join(SHELLS)}")


def run(args: Namespace) -> int:
    """Print the hook of a shell."""
    if args.shell is None:
        raise UsageError(f"which shell? sqs completion {' or '.join(SHELLS)}")
    if args.shell not in SHELLS:
        raise UsageError(f"no completion for '{args.shell}'; {did_you_mean(args.shell, SHELLS)}")
    if args.shell == "powershell":
        sys.stdout.write(POWERSHELL.lstrip())
        return 0
    # One hook serves bash and zsh.
    shell = "bash" if args.shell == "zsh" else args.shell
    sys.stdout.write(shellcode(["sqs"], shell=shell))
    return 0
