/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/options.h"

#include <getopt.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ONCE = 1, MS_US = 1000, SECOND_US = 1000000 };

enum option_kind { OPTION_NUMBER, OPTION_TEXT, OPTION_FLAG, OPTION_HELP };

/* X(name, argument or NULL, kind, member of struct options, smallest, largest, unit, help); of numbers the
 * member holds the number times the unit */
#define OPTIONS(X)                                                                                                   \
    X(port, "PORT", OPTION_NUMBER, port, 0, 65535, ONCE,                                                             \
      "listen there on 127.0.0.1; 0 (the default) picks a free port and prints it")                                  \
    X(from, "NUMBER", OPTION_TEXT, phone.from, 0, 0, 0, "the phone's number (84912345678)")                          \
    X(to, "CODE", OPTION_TEXT, phone.to, 0, 0, 0, "the short code that texts go to (8055)")                          \
    X(window, "N", OPTION_NUMBER, window, 1, 10000, ONCE, "texts that may wait for Kannel's answer at a time (100)") \
    X(wait, "SECONDS", OPTION_NUMBER, phone.wait_us, 1, 3600, SECOND_US,                                             \
      "how long a line waits for its answer when lines do not come from a person (20)")                              \
    X(gap, "MS", OPTION_NUMBER, phone.gap_us, 0, 60000, MS_US,                                                       \
      "and after the answer, so that a second SMS is shown under its own text (300)")                                \
    X(settle, "MS", OPTION_NUMBER, phone.settle_us, 0, 600000, MS_US,                                                \
      "and at the end, until so long no further SMS has come (3000)")                                                \
    X(bind, "SECONDS", OPTION_NUMBER, phone.bind_us, 1, 3600, SECOND_US, "and for Kannel to bind at all (60)")       \
    X(demo, "FILE", OPTION_TEXT, demo, 0, 0, 0, "play the lines of a file instead of standard input")                \
    X(script, NULL, OPTION_FLAG, script, 0, 0, 0, "commands and events as lines of JSON, for tests")                 \
    X(log, "FILE", OPTION_TEXT, log, 0, 0, 0, "append all events to a file as lines of JSON")                        \
    X(help, NULL, OPTION_HELP, script, 0, 0, 0, "show this")

static const struct row {
    const char *name;
    const char *argument;
    enum option_kind kind;
    size_t offset;
    int64_t smallest, largest, unit;
    const char *help;
} table[] = {
#define X(name, argument, kind, member, smallest, largest, unit, help) \
    {#name, argument, kind, offsetof(struct options, member), smallest, largest, unit, help},
    OPTIONS(X)
#undef X
};

enum { OPTION_COUNT = sizeof table / sizeof *table };

static void show_help(void)
{
    puts("Usage: phone [OPTION]...\n"
         "An SMPP 3.4 SMSC simulator that Kannel binds to, with a phone on its network.\n"
         "\n"
         "On a terminal it is a phone: type a text, see the SMS come back; /help lists the rest.\n"
         "Otherwise each line of standard input is sent as one text and its answer printed; a line may begin\n"
         "with \"@84987654321 \" to choose the sender, and \"# \" begins a remark.\n"
         "\n"
         "The exit status is 0 when every text was answered, 1 when not, 2 when the usage was wrong.\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        char left[32];
        snprintf(left, sizeof left, "--%s %s", table[i].name, table[i].argument ? table[i].argument : "");
        printf("  %-18s %s\n", left, table[i].help);
    }
}

static bool read_number(const struct row *row, const char *text, int64_t *number)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (!*text || *end || n < row->smallest || n > row->largest) {
        fprintf(stderr, "phone: --%s wants a number from %" PRId64 " to %" PRId64 "\n", row->name, row->smallest,
                row->largest);
        return false;
    }
    *number = n * row->unit;
    return true;
}

static bool set_option(struct options *o, const struct row *row, const char *text)
{
    void *member = (char *)o + row->offset;
    if (row->kind == OPTION_NUMBER)
        return read_number(row, text, member);
    if (row->kind == OPTION_TEXT)
        *(const char **)member = text;
    else
        *(bool *)member = true;
    return true;
}

static void set_defaults(struct options *o)
{
    const char *term = getenv("TERM");
    *o = (struct options){
        .window = 100,
        .phone = {.from = "84912345678",
                  .to = "8055",
                  .wait_us = 20000000,
                  .gap_us = 300000,
                  .settle_us = 3000000,
                  .bind_us = 60000000,
                  .escapes = isatty(STDOUT_FILENO) && term && *term && strcmp(term, "dumb") != 0},
    };
}

enum options_result options_read(int argc, char **argv, struct options *options, int *status)
{
    enum { WRONG_USAGE = 2 };
    struct option rows[OPTION_COUNT + 1] = {0};
    for (int i = 0; i < OPTION_COUNT; i++)
        rows[i] = (struct option){table[i].name, table[i].argument ? required_argument : no_argument, NULL, i};
    set_defaults(options);
    *status = WRONG_USAGE;
    int found = 0;
    while ((found = getopt_long(argc, argv, "", rows, NULL)) != -1) {
        if (found == '?')
            return OPTIONS_LEAVE;
        if (table[found].kind == OPTION_HELP) {
            show_help();
            *status = EXIT_SUCCESS;
            return OPTIONS_LEAVE;
        }
        if (!set_option(options, &table[found], optarg))
            return OPTIONS_LEAVE;
    }
    if (optind < argc) {
        fprintf(stderr, "phone: %s is not an option; see --help\n", argv[optind]);
        return OPTIONS_LEAVE;
    }
    options->phone.pace = options->demo || !isatty(STDIN_FILENO) ? PHONE_PACED : PHONE_LIVE;
    options->phone.shows_port = options->phone.pace == PHONE_LIVE || options->port == 0;
    return OPTIONS_RUN;
}
