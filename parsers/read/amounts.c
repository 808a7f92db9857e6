/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts in the line of tags, by one PCRE2 pattern whose alternatives are the rows below: the first that matches at a
 * place wins. The pattern settles the shape; the row's function then walks over the spans and makes the fact. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/read/amounts.h"

/* Building blocks. A tail is the figure in 8k5, 1tr250, 2t5: not one that begins an amount of its own. */
#define NUM "[12348.w]"
#define NO_UNIT "(?![uckGM$.LSoWdDn-]|/[12])"
#define TAIL "(?:t|[123w]" NO_UNIT "|r)"
#define MONEY NUM "k(?:" NUM "k|" TAIL ")?"
#define DAY "[12w]"
#define OF_MONTH "(?:L?[/-][12]L?|L?o" DAY "L?|X|D)"
#define PER "(?:[/e]*[uc]|[/]1[uc])?"

/* The first rows are of tags that open no other: most spans are done with them. */
#define ROWS(X)                                                                                                        \
    X(make_goods, "C")                                                                                                 \
    X(make_place, "P")                                                                                                 \
    X(make_when, "D(?:" DAY NO_UNIT "|[XND])?")                                                                        \
    X(make_state, "s")                                                                                                 \
    X(make_phone, "q[q1234]*")                                                                                         \
    X(make_fraction, "1/[12348]u")                                                                                     \
    X(make_ahead, "~*(?:[nA]" DAY "[dWo]|" DAY "[dWo]n)")                                                              \
    X(make_date, "[<>~]*[12]/[12](?:/[24])?L?(?![uckG$/])")                                                            \
    X(make_date, "(?<![pz><~-])[12]-[12](?:-[24])?L?(?![uckG$/.M-])")                                                  \
    X(make_date, "(?:>?d|>|(?<![pz<~-]))[12]-[12]/[12](?![uckG$/])")                                                   \
    X(make_date, "d[.H](?![uckG$])|(?<![pz><~-])H(?![uckG$])")                                                         \
    X(make_date, "(?:4Y)?L?(?:" DAY "o|X)[dg]?" DAY "d?L?(?:Y4)?(?!u)")                                                \
    X(make_date, "~*[dg]" DAY OF_MONTH "(?:/[24]|Y4)?")                                                                \
    X(make_date, DAY "(?:L?o" DAY "L?|X)(?:/[24]|Y4)?")                                                                \
    X(make_date, "(?:N" DAY "d?|" DAY "d?N)(?:,?4)?")                                                                  \
    X(make_date, "Lg?" DAY "|g" DAY "L?|d[12]L?|O" OF_MONTH "?|(?<!A)[12][LS]|[12]D")                                  \
    X(make_date, "o" DAY "L?(?:Y4)?|[XN]")                                                                             \
    X(make_lone_date, "^\\.$")                                                                                         \
    X(make_weekday, "y[1w]")                                                                                           \
    X(make_date, DAY "d(?!n)")                                                                                         \
    X(make_weight, "[<>~]*" NUM "(?:-" NUM ")?u(?:t|[1w])?[/e]1?c(?!C)|" NUM "ut?-" NUM "ut?")                         \
    X(make_weight, "i[<>~]*" NUM "(?:-" NUM ")?u(?:t|1" NO_UNIT "|r)?F?")                                              \
    X(make_contents, "[uc][<>~]*" NUM "(?:-" NUM ")?u(?:t|1" NO_UNIT "|r)?")                                           \
    X(make_size, "z?1M[12]?|" NUM "(?:-" NUM ")?(?:G|c/1?u|ce1?u(?!" NUM "k))|z" NUM "(?:-" NUM ")?(?:[cG]|(?![uk]))") \
    X(make_heads_a_kilo, NUM "(?:-" NUM ")?c1u(?![tr]|[1w](?![k$]))")                                                  \
    X(make_grade, "l[12w](?:c?G|c[/e]1?u|(?![uk$]))")                                                                  \
    X(make_price, "[<>~p,]*" NUM "(?:k" TAIL "?)?-" NUM "k" TAIL "?" PER "F?")                                         \
    X(make_price, "e[uc][f,:]?" MONEY "\\$?(?![/e]*[uc])")                                                             \
    X(make_price, "[<>~p,]*wwk\\$?" PER)                                                                               \
    X(make_quantity, "[<>~]*wwu")                                                                                      \
    X(make_price, "(?:p[f,:~x]{0,2})?[<>~]*(?:" MONEY "|(?<![12348.w])k(?:[1w]" NO_UNIT "|r))\\$?" PER "F?")           \
    X(make_price, "(?:p[f,:~]{0,2})?[<>~]*" NUM "(?:-" NUM ")?\\$" PER "F?")                                           \
    X(make_price, "p[f,:~x]{0,2}[<>~]*" NUM "(?:-" NUM "|r)?(?![ucGMko/])F?")                                          \
    X(make_price, "p[f,:~x]{0,2}[<>~]*[48](?:-[48])?[/e]?[uc]F?")                                                      \
    X(make_price, NUM "(?:-" NUM ")?[/e]1?[uc]")                                                                       \
    X(make_quantity, "[<>~]*" NUM "(?:-" NUM ")?u(?:t|[1w]" NO_UNIT "|r)?F?")                                          \
    X(make_half, "hu|u(?:r|w" NO_UNIT ")")                                                                             \
    X(make_count, "[<>~]*" NUM "(?:-" NUM ")?cr?")                                                                     \
    X(make_vague, "\\?[uc]")                                                                                           \
    X(make_chuc, "u")                                                                                                  \
    X(make_named_grade, "l")                                                                                           \
    X(make_bare, "[<>~]*" NUM "(?:-" NUM "|r)?")

typedef size_t maker(struct text *t, size_t from, size_t to);

static const struct {
    maker *make;
    const char *pattern;
} rows[] = {
#define X(make, pattern) {make, pattern},
    ROWS(X)
#undef X
};

struct amounts {
    pcre2_code *code;
};

/* All rows as one pattern; the mark that is passed says which row. */
static char *join_rows(void)
{
    size_t n = 1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        n += strlen(rows[i].pattern) + sizeof "|(?:)(*MARK:00)";
    char *all = malloc(n), *at = all;
    if (!all)
        return NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        at += sprintf(at, "%s(?:%s)(*MARK:%02zu)", i ? "|" : "", rows[i].pattern, i);
    return all;
}

struct amounts *amounts_new(const char **error)
{
    int number;
    PCRE2_SIZE offset;
    char *pattern = join_rows();
    struct amounts *amounts = calloc(1, sizeof *amounts);
    if (pattern && amounts)
        amounts->code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &number, &offset, NULL);
    free(pattern);
    if (!amounts || !amounts->code) {
        amounts_free(amounts);
        *error = "the pattern of amounts does not compile";
        return NULL;
    }
    pcre2_jit_compile(amounts->code, PCRE2_JIT_COMPLETE); /* without JIT it is only slower */
    return amounts;
}

void amounts_free(struct amounts *amounts)
{
    if (!amounts)
        return;
    pcre2_code_free(amounts->code);
    free(amounts);
}

static void *arena_malloc(size_t n, void *arena)
{
    return arena_alloc(arena, n);
}

static void arena_ignore(void *at, void *arena)
{
    (void)at;
    (void)arena;
}

void text_amounts(struct text *t)
{
    pcre2_general_context *memory = pcre2_general_context_create(arena_malloc, arena_ignore, t->arena);
    pcre2_match_data *match = pcre2_match_data_create(1, memory);
    const pcre2_code *code = t->reader->amounts->code;
    PCRE2_SIZE at = 0;
    t->facts_room = t->n_spans < FACTS_MAX ? t->n_spans + 1 : FACTS_MAX; /* an answer adds one */
    t->facts = arena_calloc(t->arena, t->facts_room, sizeof *t->facts);
    while (at < t->n_spans && t->n_facts < t->facts_room &&
           pcre2_match(code, (PCRE2_SPTR)t->tags, t->n_spans, at, 0, match, NULL) > 0) {
        const PCRE2_SIZE *found = pcre2_get_ovector_pointer(match);
        const char *mark = (const char *)pcre2_get_mark(match);
        size_t row = (size_t)(mark[0] - '0') * 10 + (size_t)(mark[1] - '0');
        size_t end = rows[row].make(t, found[0], found[1]);
        if (end == 0) /* the shape of a date, but no date */
            end = make_bare(t, found[0], found[0] + 1);
        at = end > found[0] ? end : found[0] + 1;
    }
}
