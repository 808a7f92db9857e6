/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl read`: texts on standard input, one a line ("\n" in it is a line break), readings on standard output.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parsers/read/explain.h"
#include "smsd/ctl/read_json.h"
#include "smsd/ctl/words.h"

/* ---- one text ---- */

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

static void print_line(void *context, const char *line)
{
    (void)context;
    puts(line);
}

/* The text as it came, then how it was read, then an empty line. */
static void explain(const struct reader *reader, const struct read_context *context, struct arena *arena,
                    struct slice text)
{
    printf("text      ");
    for (size_t i = 0; i < text.n; i++) /* what would move the cursor of a terminal shows as a blank */
        putchar((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7F ? ' ' : text.at[i]);
    putchar('\n');
    explain_text(reader, context, arena, text, print_line, NULL);
    putchar('\n');
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

/* ---- all ---- */

static void read_lines(const struct ctl *ctl, const struct reader *reader, const struct read_context *context)
{
    struct arena *arena = arena_new(1 << 16);
    char *line = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&line, &room, stdin)) >= 0;) {
        size_t length = (size_t)n - (n > 0 && line[n - 1] == '\n');
        struct slice text = unescape(line, length);
        if (ctl->explain)
            explain(reader, context, arena, text);
        else
            read_line(reader, context, ctl->slot, arena, text);
        arena_reset(arena);
    }
    free(line);
    arena_free(&arena);
}

/* Where and when the texts were sent; false when the command line says it wrongly. */
static bool set_context(const struct ctl *ctl, const struct lexicon *lexicon, struct read_context *context)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *context = (struct read_context){.today = day_of_moment((int64_t)now.tv_sec * 1000000), .place_optional = true};
    const char *error = NULL;
    if (ctl->today && !day_parse_iso(ctl->today, &context->today))
        error = "--today wants a date such as 2026-11-22";
    else if (ctl->place && !(context->home = lexicon_place(lexicon, ctl->place)))
        error = "--place wants the code of a place";
    if (error)
        fprintf(stderr, "smsctl read: %s\n", error);
    return !error;
}

int ctl_read(struct ctl *ctl)
{
    struct words words;
    struct read_context context;
    int code = ctl_words(ctl, &words);
    if (code != CTL_OK)
        return code;
    if (set_context(ctl, words.lexicon, &context))
        read_lines(ctl, words.reader, &context);
    else
        code = CTL_USAGE;
    words_free(&words);
    return fflush(stdout) == 0 ? code : CTL_FAILED;
}
