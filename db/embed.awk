# SPDX-License-Identifier: Apache-2.0
#
# Turns SQL files into C. Comment lines stay behind; the statements' text is otherwise as written.
#
#   awk -v what=queries.h -f embed.awk queries/*.sql       enum query: Q_PEOPLE_LOCK, ...
#   awk -v what=queries.c -f embed.awk queries/*.sql       query_texts[]: {"people_lock", "SELECT ..."}, ...
#   awk -v what=migrations.c -f embed.awk migrations/*.sql migrations(): {1, "lexicon", "CREATE ..."}, ...

function fail(message) {
    printf "%s:%d: %s\n", FILENAME, FNR, message > "/dev/stderr"
    failed = 1
    exit 1
}

function quoted(line) {
    gsub(/\\/, "&&", line)
    gsub(/"/, "\\\"", line)
    return "        \"" line "\\n\"\n"
}

function keep() {
    if (name == "")
        return
    if (text == "")
        fail("nothing under " name)
    names[++count] = name
    texts[count] = text
    text = ""
}

FNR == 1 && what == "migrations.c" {
    keep()
    name = FILENAME
    sub(/.*\//, "", name)
    if (name !~ /^[0-9][0-9][0-9][0-9]_[a-z0-9_]+\.sql$/)
        fail("a migration is called NNNN_name.sql")
    if (substr(name, 1, 4) + 0 <= newest)
        fail("a migration's number is not above the last")
    newest = substr(name, 1, 4) + 0
    sub(/\.sql$/, "", name)
}

/^-- name: / && what != "migrations.c" {
    keep()
    name = $3
    if (name !~ /^[a-z0-9_]+$/ || name in seen)
        fail("bad or double name " name)
    seen[name] = 1
    next
}

/^[ \t]*--/ || /^[ \t]*$/ { next }

{
    if (name == "")
        fail("a statement before the first name")
    line = $0
    if (what != "migrations.c")
        sub(/;[ \t]*$/, "", line)
    text = text quoted(line)
}

function header(    i) {
    print "/* Made by db/embed.awk from db/queries. */"
    print "#ifndef GEN_QUERIES_H\n#define GEN_QUERIES_H\n\nenum query {"
    for (i = 1; i <= count; i++)
        printf "    Q_%s,\n", toupper(names[i])
    print "    QUERY_COUNT\n};\n"
    print "struct query_text {\n    const char *name, *sql;\n};\n"
    print "extern const struct query_text query_texts[QUERY_COUNT];\n\n#endif"
}

function queries(    i) {
    print "/* Made by db/embed.awk from db/queries. */\n#include \"queries.h\"\n"
    print "const struct query_text query_texts[QUERY_COUNT] = {"
    for (i = 1; i <= count; i++)
        printf "    {\"%s\",\n%s    },\n", names[i], texts[i]
    print "};"
}

function migrations(    i) {
    print "/* Made by db/embed.awk from db/migrations. */\n#include \"db/migrate.h\"\n"
    print "static const struct migration all[] = {"
    for (i = 1; i <= count; i++)
        printf "    {%d, \"%s\",\n%s    },\n", substr(names[i], 1, 4), substr(names[i], 6), texts[i]
    print "};\n\nconst struct migration *migrations(size_t *count)\n{"
    print "    *count = sizeof all / sizeof *all;\n    return all;\n}"
}

END {
    if (failed)
        exit 1
    keep()
    if (what == "queries.h")
        header()
    else if (what == "queries.c")
        queries()
    else
        migrations()
}
