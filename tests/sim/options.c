/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* X(name, argument or NULL, smallest, largest, help); smallest and largest of numbers */
#define OPTIONS(X)                                                                                                \
    X(port, "PORT", 0, 65535, "listen there on 127.0.0.1; 0 (the default) picks a free port and prints it")       \
    X(from, "NUMBER", 0, 0, "the phone's number (84912345678)")                                                   \
    X(to, "CODE", 0, 0, "the short code that texts go to (8055)")                                                 \
    X(window, "N", 1, 10000, "texts that may wait for Kannel's answer at a time (100)")                           \
    X(wait, "SECONDS", 1, 3600, "how long a line waits for its answer when lines do not come from a person (20)") \
    X(gap, "MS", 0, 60000, "and after the answer, so that a second SMS is shown under its own text (300)")        \
    X(settle, "MS", 0, 600000, "and at the end, until so long no further SMS has come (3000)")                    \
    X(bind, "SECONDS", 1, 3600, "and for Kannel to bind at all (60)")                                             \
    X(demo, "FILE", 0, 0, "play the lines of a file instead of standard input")                                   \
    X(script, NULL, 0, 0, "commands and events as lines of JSON, for tests")                                      \
    X(log, "FILE", 0, 0, "append all events to a file as lines of JSON")                                          \
    X(help, NULL, 0, 0, "show this")

enum option_id {
#define X(name, argument, smallest, largest, help) OPTION_##name,
    OPTIONS(X) OPTION_COUNT
#undef X
};

static const struct {
    const char *name;
    const char *argument;
    long smallest, largest;
    const char *help;
} table[] = {
#define X(name, argument, smallest, largest, help) {#name, argument, smallest, largest, help},
    OPTIONS(X)
#undef X
};

static void show_help(void)
{
    puts("Usage: phone [OPTION]...\n"
         "An SMPP 3.4 SMSC simulator that Kannel binds to, with a phone on its network.\n"
         "\n"
         "On a terminal it is a phone: type a text, see the SMS come back; /help lists the rest.\n"
         "Otherwise each line of standard input is sent as one text and its answer printed; a line may begin\n"
         "with \"@84987654321 \" to choose the sender, and \"# \" begins a remark. The exit status is 0 when every "
         "text was answered,\n"
         "1 when not, 2 when the usage was wrong.\n");
    for (int i = 0; i < OPTION_COUNT; i++) {
        char left[32];
        snprintf(left, sizeof left, "--%s %s", table[i].name, table[i].argument ? table[i].argument : "");
        printf("  %-18s %s\n", left, table[i].help);
    }
}

static bool read_number(enum option_id option, const char *text, long *number)
{
    char *end;
    *number = strtol(text, &end, 10);
    if (*text && !*end && *number >= table[option].smallest && *number <= table[option].largest)
        return true;
    fprintf(stderr, "phone: --%s wants a number from %ld to %ld\n", table[option].name, table[option].smallest,
            table[option].largest);
    return false;
}

static bool set_option(struct options *o, enum option_id option, const char *text)
{
    enum { SECOND_US = 1000000, MS_US = 1000 };
    long n = 0;
    if (table[option].largest && !read_number(option, text, &n))
        return false;
    switch (option) {
    case OPTION_port:
        o->port = (uint16_t)n;
        break;
    case OPTION_from:
        o->phone.from = text;
        break;
    case OPTION_to:
        o->phone.to = text;
        break;
    case OPTION_window:
        o->window = (unsigned)n;
        break;
    case OPTION_wait:
        o->phone.wait_us = n * SECOND_US;
        break;
    case OPTION_gap:
        o->phone.gap_us = n * MS_US;
        break;
    case OPTION_settle:
        o->phone.settle_us = n * MS_US;
        break;
    case OPTION_bind:
        o->phone.bind_us = n * SECOND_US;
        break;
    case OPTION_demo:
        o->demo = text;
        break;
    case OPTION_script:
        o->script = true;
        break;
    case OPTION_log:
        o->log = text;
        break;
    case OPTION_help:
    case OPTION_COUNT:
        break;
    }
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
    int found = 0;
    while ((found = getopt_long(argc, argv, "", rows, NULL)) != -1) {
        *status = found == OPTION_help ? EXIT_SUCCESS : WRONG_USAGE;
        if (found == OPTION_help)
            show_help();
        if (found == OPTION_help || found == '?' || !set_option(options, (enum option_id)found, optarg))
            return OPTIONS_LEAVE;
    }
    if (optind < argc) {
        fprintf(stderr, "phone: %s is not an option; see --help\n", argv[optind]);
        *status = WRONG_USAGE;
        return OPTIONS_LEAVE;
    }
    options->phone.pace = options->demo || !isatty(STDIN_FILENO) ? PHONE_PACED : PHONE_LIVE;
    options->phone.shows_port = options->phone.pace == PHONE_LIVE || options->port == 0;
    return OPTIONS_RUN;
}
