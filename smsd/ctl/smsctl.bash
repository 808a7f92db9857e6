# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Completion for smsctl in bash. The words come from smsctl's own help, so that they are written down once.

_smsctl()
{
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word name='' command=''
    local commands
    # A command's name is one word or two: "seed", "lexicon add".
    commands=$("${COMP_WORDS[0]}" --help 2>/dev/null | sed -n 's/^  \([a-z]\{2,\}\( [a-z]\{2,\}\)\{0,1\}\)  .*/\1/p')
    for word in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        if [[ -z $command ]] && grep -qE -e "^${name:+$name }$word( |\$)" <<<"$commands"; then
            name=${name:+$name }$word
            grep -qxF -e "$name" <<<"$commands" && command=$name
        fi
    done
    COMPREPLY=()
    case $previous in
    -c | --config)
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return ;;
    --lexicon)
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
        return ;;
    -s | --state)
        mapfile -t COMPREPLY < <(compgen -W \
            'queued sending sent delivered failed expired handed uncertain' -- "$current")
        return ;;
    --slot)
        mapfile -t COMPREPLY < <(compgen -W 'price quantity date' -- "$current")
        return ;;
    --kind)
        mapfile -t COMPREPLY < <(compgen -W 'forecast salinity weather none' -- "$current")
        return ;;
    --langs)
        mapfile -t COMPREPLY < <(compgen -W 'vi vi-dau km zh en' -- "$current")
        return ;;
    --role)
        mapfile -t COMPREPLY < <(compgen -W 'officer coordinator farmer buyer' -- "$current")
        return ;;
    -d | --db | --areas | --crops | --hours | --days | -l | --limit | -n | --number | --code | --keep-months | --keep | --today | --place | --source | --disaster)
        return ;;
    esac
    if [[ $current == -* ]]; then
        # shellcheck disable=SC2086 # a command's name may be two words
        mapfile -t COMPREPLY < <(compgen -W "$("${COMP_WORDS[0]}" $command --help 2>/dev/null |
            grep -o -e '--[a-z-]*' | sort -u)" -- "$current")
    elif [[ -z $command ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(sed -n "s/^${name:+$name }\([a-z]*\).*/\1/p" <<<"$commands" | sort -u)" \
            -- "$current")
    elif [[ $command == seed || $command == "lexicon export" ]]; then
        mapfile -t COMPREPLY < <(compgen -d -- "$current")
    elif [[ $command == "prices import" || $command == "donotcall import" ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    elif [[ $command == "lexicon add" || $command == "lexicon remove" ]]; then
        [[ $previous == "${command#* }" ]] && mapfile -t COMPREPLY < <(compgen -W \
            'commodity foreign place ambiguous unit keyword' -- "$current")
    fi
}
complete -F _smsctl smsctl
