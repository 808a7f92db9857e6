# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Completion for smsctl in bash. The words come from smsctl's own help, so that they are written down once.

_smsctl()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word command=''
    local commands
    commands=$("${COMP_WORDS[0]}" --help 2>/dev/null | sed -n 's/^  \([a-z]\{2,\}\) .*/\1/p')
    for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        grep -qxF -e "$word" <<<"$commands" && command=$word
    done
    COMPREPLY=()
    case $previous in
    -c | --config)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return ;;
    -s | --state)
        mapfile -t COMPREPLY < <(compgen -W \
            'queued sending sent delivered failed expired handed uncertain' -- "$current")
        return ;;
    -d | --db | -l | --limit | -n | --number | --code)
        return ;;
    esac
    if [[ $current == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" ${command:+"$command"} --help 2>/dev/null |
            grep -o -e '--[a-z]*' | sort -u)" -- "$current")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$commands" -- "$current")
    elif [[ $command == seed ]]; then
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
    fi
}
complete -F _smsctl smsctl
