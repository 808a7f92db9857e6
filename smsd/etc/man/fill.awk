# SPDX-License-Identifier: Apache-2.0
#
# Usage: awk -v bin=FOLDER -f fill.awk PAGE
#
# A manual page (mdoc) with its tables put in. What stands in them is asked of the programs in FOLDER, which make their
# help from the tables they work by, so that a page cannot say anything else. A line of the page that is one of
#   @SETTINGS           smsd's configuration, by section
#   @OPTIONS PROGRAM    what PROGRAM and its commands take
#   @COMMANDS PROGRAM   the commands of PROGRAM
# gives way to the table.

function fail(what) { print "fill.awk: " what >"/dev/stderr"; failed = 1; exit 1 }

# Lines of a command's output into `lines`; their number.
function ask(command, lines,    n) {
    n = 0
    while ((command | getline lines[n + 1]) > 0)
        n++
    if (close(command) != 0 || n == 0)
        fail(command " failed")
    return n
}

# A line of text: no request, no escape, a capital and a full stop.
function say(text) {
    gsub(/\\/, "\\e", text)
    print "\\&" toupper(substr(text, 1, 1)) substr(text, 2) (text ~ /[.:]$/ ? "" : ".")
}

# ---- smsd.conf ----

# What a section is about: the comment above its name.
function read_sections(    lines, n, i, words) {
    n = ask(bin "/smsd --print-config", lines)
    for (i = 1; i <= n; i++) {
        if (lines[i] ~ /^;/)
            words = words (words == "" ? "" : " ") substr(lines[i], 3)
        else if (lines[i] ~ /^\[/)
            about[substr(lines[i], 2, length(lines[i]) - 2)] = words
        if (lines[i] !~ /^;/)
            words = ""
    }
}

# Of the rows | `section.name` | allowed | default | changes on | help |
function settings(    lines, n, i, cells, name, section) {
    read_sections()
    n = ask(bin "/smsd --print-options", lines)
    for (i = 1; i <= n; i++) {
        if (split(lines[i], cells, / *\| */) < 7 || cells[2] !~ /^`/)
            continue
        split(substr(cells[2], 2, length(cells[2]) - 2), name, ".")
        if (name[1] != section) {
            print (section == "" ? "" : ".El\n") ".Ss [" name[1] "]"
            section = name[1]
            say(about[section])
            print ".Bl -tag -width Ds"
        }
        print ".It Cm " name[2]
        say(cells[6])
        say(cells[3] "; " (cells[4] == "must be given" ? cells[4] : "default " (cells[4] == "" ? "empty" : cells[4])) \
            "; changes on " cells[5])
    }
    print ".El"
}

# ---- options and commands ----

# "  -c, --config FILE   the configuration" into flags = "Fl c , Fl -config Ar FILE" and help; false when it is no option.
function is_option(line,    words, n, i) {
    if (!match(line, /^  +--?[a-zA-Z]/))
        return 0
    sub(/^ +/, "", line)
    n = match(line, /  +/)
    help = n ? substr(line, n + RLENGTH) : ""
    flags = ""
    # The help of a long option begins one blank after it, with the first word in small letters.
    n = split(n ? substr(line, 1, n - 1) : line, words, " ")
    for (i = 1; i <= n; i++) {
        if (words[i] ~ /^-/) {
            sub(/^-/, "", words[i])
            flags = flags (sub(/,$/, "", words[i]) ? "Fl " words[i] " , " : "Fl " words[i])
        } else if (words[i] ~ /^\[?[A-Z]+\]?$/) {
            flags = flags " Ar " words[i]
        } else {
            for (; i <= n; i++)
                help = (help == "" ? "" : help " ") words[i]
        }
    }
    return 1
}

# The names of the commands, of one word or two.
function read_commands(program, names,    lines, n, i, count) {
    n = ask(bin "/" program " --help", lines)
    for (i = 1; i <= n; i++)
        if (match(lines[i], /^  [a-z]+( [a-z]+)?  /)) {
            names[++count] = lines[i]
            sub(/^ +/, "", names[count])
            sub(/  +.*/, "", names[count])
        }
    return count
}

function list_option() {
    if (flags in listed)
        return
    listed[flags] = 1
    print ".It " flags
    if (help != "")
        say(help)
}

function options(program,    names, lines, n, i, c, count) {
    print ".Bl -tag -width Ds"
    count = read_commands(program, names)
    for (c = 0; c <= count; c++) {
        n = ask(bin "/" program (c ? " " names[c] : "") " --help", lines)
        for (i = 1; i <= n; i++)
            if (is_option(lines[i]))
                list_option()
    }
    print ".El"
}

# "usage: smsctl NAME [options] USAGE", an empty line, the help, and the options it takes.
function command(program, name,    lines, n, i, usage, own) {
    n = ask(bin "/" program " " name " --help", lines)
    usage = substr(lines[1], index(lines[1], "[options]") + 10)
    print ".It Cm " name (usage == "" ? "" : " Ar " usage)
    say(lines[3])
    for (i = 4; i <= n; i++)
        if (is_option(lines[i]) && !(flags in common)) {
            sub(/^Fl . , /, "", flags)
            own = own (own == "" ? "" : " ,\n.") flags
        }
    if (own != "")
        print "Takes\n." own " ."
}

function commands(program,    names, lines, n, i, count) {
    count = read_commands(program, names)
    n = ask(bin "/" program " --help", lines)
    for (i = 1; i <= n; i++)
        if (is_option(lines[i]))
            common[flags] = 1
    print ".Bl -tag -width Ds"
    for (i = 1; i <= count; i++)
        command(program, names[i])
    print ".El"
}

$1 == "@SETTINGS" { settings(); next }
$1 == "@OPTIONS" { options($2); next }
$1 == "@COMMANDS" { commands($2); next }
/^@/ { fail(FILENAME ": what is " $0 "?") }
{ print }
