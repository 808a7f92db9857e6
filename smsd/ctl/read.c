/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/read.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "smsd/ctl/files.h"
#include "smsd/ctl/read_json.h"

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

static const char usage[] =
    "usage: smsctl read [--today YYYY-MM-DD] [--place CODE] [--lexicon DIR] [--slot price|quantity|date]\n"
    "Reads texts, one a line, and prints each reading as a line of JSON, with --json or without. --slot reads each\n"
    "line as an answer to the question for that slot.\n";

struct options {
    const char *today, *place, *lexicon, *slot;
};

enum wanted { WANTED_READINGS, WANTED_HELP, WANTED_UNKNOWN };

static enum wanted parse_options(int argc, char **argv, struct options *o)
{
    static const struct option names[] = {{"today", required_argument, NULL, 't'},
                                          {"place", required_argument, NULL, 'p'},
                                          {"lexicon", required_argument, NULL, 'l'},
                                          {"slot", required_argument, NULL, 's'},
                                          {"json", no_argument, NULL, 'j'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
    int option;
    *o = (struct options){0};
    optind = 0; /* begin anew */
    while ((option = getopt_long(argc, argv, "jh", names, NULL)) != -1) {
        if (option == 'h')
            return WANTED_HELP;
        if (option == 'j')
            continue;
        const char **value = option == 't'   ? &o->today
                             : option == 'p' ? &o->place
                             : option == 'l' ? &o->lexicon
                             : option == 's' ? &o->slot
                                             : NULL;
        if (!value)
            return WANTED_UNKNOWN;
        *value = optarg;
    }
    return optind == argc ? WANTED_READINGS : WANTED_UNKNOWN;
}

static struct lexicon *load_lexicon(struct arena *arena, const char *folder, const char **error)
{
    struct lexicon_tables tables;
    const struct {
        const struct table **table;
        const char *name;
    } files[] = {{&tables.commodities, "commodities"},
                 {&tables.places, "places"},
                 {&tables.units, "units"},
                 {&tables.seasons, "seasons"},
                 {&tables.keywords, "keywords"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!(*files[i].table = lexicon_file(arena, folder, files[i].name, error)))
            return NULL;
    return lexicon_build(&tables, arena, error);
}

/* ---- reading ---- */

/* A question open for the slot, as if asked about goods not known. */
static bool open_question(const char *slot, struct reading *asked)
{
    *asked = (struct reading){.outcome = READ_ASK, .intent = INTENT_SELL, .n_items = 1};
    asked->items[0].ready = DAY_NONE;
    asked->ask = strcmp(slot, "price") == 0 ? ASK_PRICE : strcmp(slot, "quantity") == 0 ? ASK_QUANTITY : ASK_NOTHING;
    return asked->ask != ASK_NOTHING || strcmp(slot, "date") == 0;
}

static void read_line(const struct reader *reader, const struct read_context *context, const char *slot,
                      struct arena *arena, struct slice text)
{
    struct reading reading;
    if (!slot || !open_question(slot, &reading) || !read_answer(reader, context, arena, text, &reading))
        read_text(reader, context, arena, text, &reading);
    char *json = reading_json(&reading);
    puts(json ? json : "{}");
    free(json);
}

/* "\n" written as such becomes a line break, in place. */
static struct slice unescape(char *line, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (line[i] == '\\' && i + 1 < n && line[i + 1] == 'n') {
            line[kept++] = '\n';
            i++;
        } else
            line[kept++] = line[i];
    return (struct slice){line, kept};
}

static void read_lines(const struct reader *reader, const struct read_context *context, const char *slot)
{
    struct arena *arena = arena_new(1 << 16);
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) >= 0;) {
        size_t length = (size_t)n - (n > 0 && line[n - 1] == '\n');
        read_line(reader, context, slot, arena, unescape(line, length));
        arena_reset(arena);
    }
    free(line);
    arena_free(&arena);
}

static int run(const struct options *o, struct arena *arena)
{
    const char *error = NULL;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct read_context context = {.today = day_of_moment((int64_t)now.tv_sec * 1000000), .place_optional = true};
    struct lexicon *lexicon = load_lexicon(arena, lexicon_folder(arena, o->lexicon, NULL), &error);
    struct reader *reader = lexicon ? reader_new(lexicon, &error) : NULL;
    int code = EXIT_FAILED;
    if (reader && o->today && !day_parse_iso(o->today, &context.today))
        error = "--today wants a date such as 2026-11-22";
    else if (reader && o->place && !(context.home = lexicon_place(lexicon, o->place)))
        error = "--place wants the code of a place";
    else if (reader) {
        read_lines(reader, &context, o->slot);
        code = EXIT_OK;
    }
    if (code != EXIT_OK)
        fprintf(stderr, "smsctl read: %s\n", error);
    reader_free(&reader);
    lexicon_free(&lexicon);
    return code;
}

int ctl_read(int argc, char **argv)
{
    struct options options;
    enum wanted wanted = parse_options(argc, argv, &options);
    if (wanted != WANTED_READINGS) {
        fputs(usage, wanted == WANTED_HELP ? stdout : stderr);
        return wanted == WANTED_HELP ? EXIT_OK : EXIT_USAGE;
    }
    struct arena *arena = arena_new(1 << 20);
    int code = run(&options, arena);
    arena_free(&arena);
    return code;
}
