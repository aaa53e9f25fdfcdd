"""Print what makes a shell complete commands, options, cases, questions and formats.

examples:
  sqs completion bash > ~/.local/share/bash-completion/completions/sqs
  sqs completion zsh > ~/.zfunc/_sqs
  sqs completion fish > ~/.config/fish/completions/sqs.fish

Or for one session only, in bash: source <(sqs completion bash).  For zsh, ~/.zfunc must be in
fpath before compinit runs.
"""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace

# Each asks sqs itself what could come next, so that a script need not be made anew when a
# plugin or a case comes; where sqs knows nothing, files and folders are offered.
SCRIPTS = {
    # Bash takes a word apart at "=", and puts in what comes after it.
    "bash": """\
_sqs() {
    local IFS=$'\\n' word words=() last=-1
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ $last -ge 0 && ( $word == = || ${words[last]} == *= ) ]]; then
            words[last]+=$word
        else
            words[++last]=$word
        fi
    done
    COMPREPLY=($(printf '%s\\n' "${words[@]}" | sqs completion --words 2>/dev/null))
    case "${COMPREPLY[0]}" in *=) compopt -o nospace 2>/dev/null ;; esac
    case "${words[last]}" in *=*) COMPREPLY=("${COMPREPLY[@]#*=}") ;; esac
}
complete -o default -o bashdefault -F _sqs sqs
""",
    "zsh": """\
#compdef sqs
_sqs() {
    local -a found
    found=(${(f)"$(printf '%s\\n' "${(@)words[2,CURRENT]}" | sqs completion --words 2>/dev/null)"})
    if (( ${#found} )); then compadd -- $found; else _files; fi
}
if [ "$funcstack[1]" = "_sqs" ]; then _sqs "$@"; else compdef _sqs sqs; fi
""",
    "fish": """\
function __sqs_words
    set -l words (commandline -opc) (commandline -ct)
    printf '%s\\n' $words[2..-1] | sqs completion --words 2>/dev/null
end
complete -c sqs -a '(__sqs_words)'
""",
}


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs completion``."""
    parser.add_argument("shell", metavar="SHELL", nargs="?", help=f"one of {', '.join(SCRIPTS)}")
    parser.add_argument("--words", action="store_true", help=SUPPRESS)


def run(args: Namespace) -> int:
    """Print the script of a shell; with --words, what the last word, of a line each, could be."""
    import sys

    from sqs_core.errors import UsageError, did_you_mean

    if args.words:
        from sqs_core.cli.candidates import candidates

        words = sys.stdin.read().removesuffix("\n").split("\n")
        sys.stdout.writelines(f"{name}\n" for name in candidates(words))
        return 0
    if args.shell is None:
        raise UsageError(f"which shell? sqs completion {' or '.join(SCRIPTS)}")
    if args.shell not in SCRIPTS:
        raise UsageError(f"no completion for '{args.shell}'; {did_you_mean(args.shell, SCRIPTS)}")
    sys.stdout.write(SCRIPTS[args.shell])
    return 0
