/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "smsd/conf/conf.h"
#include "smsd/conf/option.h"

enum { WIDTH = 100 }; /* of a comment */

/* Words after "; ", broken at WIDTH. */
static void print_comment(FILE *out, const char *text)
{
    size_t column = 0;
    while (*text) {
        size_t n = strcspn(text, " ");
        if (column == 0 || column + 1 + n > WIDTH)
            column = (size_t)fprintf(out, column ? "\n; " : "; ") - (column ? 1 : 0);
        else
            column += (size_t)fprintf(out, " ");
        column += (size_t)fprintf(out, "%.*s", (int)n, text);
        text += n;
        text += strspn(text, " ");
    }
    fprintf(out, "\n");
}

static const char *change_words(const struct option *option)
{
    return option->change == CONF_RELOAD ? "reload" : "restart";
}

/* The unit in the words of a range: a choice names its words there already. */
static const char *unit_words(const struct option *option, struct arena *arena)
{
    if (option->type == CONF_CHOICE || !*option->unit)
        return "";
    return arena_printf(arena, " %s", option->unit);
}

static const char *default_words(const struct option *option, struct arena *arena)
{
    if (option_required(option))
        return "must be given";
    return arena_printf(arena, "default %s", *option->fallback ? option->fallback : "empty");
}

static void print_setting(FILE *out, const struct option *option, const char *value)
{
    fprintf(out, "%s =%s%s\n", option->name, *value ? " " : "", value);
}

static void print_option(FILE *out, const struct option *option, const struct conf *conf, struct arena *arena)
{
    print_comment(out, option->help);
    print_comment(out, arena_printf(arena, "%s%s; %s; changes on %s", option_allowed(option, arena),
                                    unit_words(option, arena), default_words(option, arena), change_words(option)));
    if (!conf && option_required(option))
        fprintf(out, ";");
    print_setting(out, option, conf ? option_text(option, conf, arena) : option->fallback);
}

void conf_print(FILE *out, const struct conf *conf)
{
    struct arena *arena = arena_new(4096);
    fprintf(out, "; Configuration of smsd. Durations: 90s, 15m, 24h, 14d. \"changes on reload\": SIGHUP is enough.\n");
    for (size_t i = 0, o = 0; i < SECTION_COUNT; i++) {
        fprintf(out, "\n");
        print_comment(out, SECTIONS[i].help);
        fprintf(out, "[%s]\n", SECTIONS[i].name);
        for (; o < OPTION_COUNT && strcmp(OPTIONS[o].section, SECTIONS[i].name) == 0; o++)
            print_option(out, &OPTIONS[o], conf, arena);
    }
    arena_free(&arena);
}

void conf_print_table(FILE *out)
{
    struct arena *arena = arena_new(4096);
    fprintf(
        out,
        "# The options of smsd\n\n"
        "What the file looks like: [smsd.conf](smsd.conf). Both are made from one table (smsd/conf/options.def).\n\n"
        "| option | allowed | default | changes on | what it is |\n|---|---|---|---|---|\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option *option = &OPTIONS[i];
        fprintf(out, "| `%s.%s` | %s%s | %s | %s | %s |\n", option->section, option->name,
                option_allowed(option, arena), unit_words(option, arena),
                option_required(option) ? "must be given" : option->fallback, change_words(option), option->help);
    }
    arena_free(&arena);
}
