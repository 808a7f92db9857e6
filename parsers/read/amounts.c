/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts in the line of tags, by PCRE2: of the rows below the first that matches at a place wins. The pattern settles
 * the shape; the row's function then walks over the spans and makes the fact. A place is matched only with the rows
 * that may begin with its tag: most tags begin none, or are all that their row asks for. */
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
#define MONEY NUM "k(?:" NUM "k|" TAIL "|w(?=\\$))?"
#define DAY "[12w]"
#define OF_MONTH "(?:L?[/-][12]L?|L?o" DAY "L?|X|D)"
#define PER "(?:[/e]*[uc]|[/]1[uc])?"

#define ROWS(X)                                                                                                        \
    X(make_goods, "C")                                                                                                 \
    X(make_place, "P")                                                                                                 \
    X(make_when, "D(?:" DAY NO_UNIT "|[XND])?")                                                                        \
    X(make_state, "s")                                                                                                 \
    X(make_phone, "q[q1234]*")                                                                                         \
    X(make_fraction, "1/[12348]u")                                                                                     \
    X(make_ahead, "~*(?:[nA]" DAY "[dWo]n?|" DAY "[dWo]n)")                                                            \
    X(make_date, "[<>~]*[12]/[12](?:/[24])?L?(?![uckG$/])")                                                            \
    X(make_date, "(?<![pz><~-])[12]-[12](?:-[24])?L?(?![uckG$/.M-])")                                                  \
    X(make_date, "(?:>?d|>|(?<![pz<~-]))[12]-[12]/[12](?![uckG$/])")                                                   \
    X(make_date, "d[.H](?![uckG$])|(?<![pz><~-])H(?![uckG$])")                                                         \
    X(make_date, "(?:4Y)?L?(?:" DAY "o|X)[dg]?" DAY "d?L?(?:Y4)?(?![ukc$])")                                           \
    X(make_date, "~*[dg]" DAY OF_MONTH "(?:/[24]|Y4)?")                                                                \
    X(make_date, DAY "(?:L?o" DAY "(?![kc$])L?|X)(?:/[24]|Y4)?")                                                       \
    X(make_date, "(?:N" DAY "d?|" DAY "d?N)(?:,?4)?")                                                                  \
    X(make_date, "Lg?" DAY "|g" DAY "L?|d[12]L?|O" OF_MONTH "?|(?<!A)[12][LS]|[12]D")                                  \
    X(make_date, "o" DAY "(?![kc$])L?(?:Y4)?|[XN]")                                                                    \
    X(make_lone_date, "(?<!.)\\.(?!.)")                                                                                \
    X(make_weekday, "y[1w]")                                                                                           \
    X(make_date, DAY "d(?!n)")                                                                                         \
    X(make_weight, "[<>~]*" NUM "(?:-" NUM ")?u(?:t|[1w])?[/e]1?c(?!C)|" NUM "ut?-" NUM "ut?")                         \
    X(make_weight, "i[<>~]*" NUM "(?:u?-" NUM ")?u(?:t|1" NO_UNIT "|r)?F?")                                            \
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
    X(make_chuc, "uF?")                                                                                                \
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

#define N_ROWS (sizeof rows / sizeof *rows)
#define TAGS 128 /* they are ASCII */

/* What may begin with a tag. */
struct start {
    maker *sure;      /* the row that is this tag and no more; NULL when there is none */
    pcre2_code *code; /* else the rows to match, as one anchored pattern; NULL when there are none */
};

struct amounts {
    struct start starts[TAGS];
};

static pcre2_code *compile(const char *pattern)
{
    int number;
    PCRE2_SIZE offset;
    return pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, PCRE2_ANCHORED, &number, &offset, NULL);
}

/* The tags that a row may begin with, as PCRE2 finds them; false when it does not compile. */
static bool find_tags(const char *pattern, bool tags[TAGS])
{
    uint32_t one = 0, unit = 0;
    const uint8_t *bits = NULL;
    pcre2_code *code = compile(pattern);
    if (!code)
        return false;
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &one);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &bits);
    for (size_t tag = 0; tag < TAGS; tag++)
        tags[tag] = one == 1 ? tag == unit : !bits || ((bits[tag / 8] >> (tag % 8)) & 1);
    pcre2_code_free(code);
    return true;
}

/* The rows that may begin with a tag, in their order, as one pattern; the mark that is passed says which row. */
static pcre2_code *compile_rows(bool tags[N_ROWS][TAGS], size_t tag)
{
#define X(make, pattern) +sizeof("|(?:" pattern ")(*MARK:00)")
    char all[1 ROWS(X)] = "";
#undef X
    size_t n = 0;
    for (size_t i = 0; i < N_ROWS; i++)
        if (tags[i][tag])
            n += (size_t)sprintf(all + n, "%s(?:%s)(*MARK:%02zu)", n ? "|" : "", rows[i].pattern, i);
    pcre2_code *code = compile(all);
    if (code)
        pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); /* without JIT it is only slower */
    return code;
}

/* False when something does not compile. */
static bool find_start(struct start *start, bool tags[N_ROWS][TAGS], size_t tag)
{
    size_t first = 0;
    while (first < N_ROWS && !tags[first][tag])
        first++;
    if (first == N_ROWS)
        return true;
    if (rows[first].pattern[1] == '\0')
        start->sure = rows[first].make;
    else
        start->code = compile_rows(tags, tag);
    return start->sure || start->code;
}

struct amounts *amounts_new(const char **error)
{
    bool tags[N_ROWS][TAGS];
    struct amounts *amounts = calloc(1, sizeof *amounts);
    bool good = amounts != NULL;
    for (size_t i = 0; good && i < N_ROWS; i++)
        good = find_tags(rows[i].pattern, tags[i]);
    for (size_t tag = 1; good && tag < TAGS; tag++)
        good = find_start(&amounts->starts[tag], tags, tag);
    if (good)
        return amounts;
    amounts_free(amounts);
    *error = "the patterns of amounts do not compile";
    return NULL;
}

void amounts_free(struct amounts *amounts)
{
    for (size_t tag = 0; amounts && tag < TAGS; tag++)
        pcre2_code_free(amounts->starts[tag].code);
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

/* Makes the fact that begins at a span; the span after it, the next when none begins there. */
static size_t make_fact(struct text *t, size_t at, pcre2_match_data *match)
{
    const struct start *start = &t->reader->amounts->starts[(unsigned char)t->tags[at] % TAGS];
    size_t end = 0;
    if (start->sure)
        end = start->sure(t, at, at + 1);
    else if (start->code && pcre2_match(start->code, (PCRE2_SPTR)t->tags, t->n_spans, at, 0, match, NULL) > 0) {
        const char *mark = (const char *)pcre2_get_mark(match);
        size_t row = (size_t)(mark[0] - '0') * 10 + (size_t)(mark[1] - '0');
        end = rows[row].make(t, at, pcre2_get_ovector_pointer(match)[1]);
        if (end == 0) /* the shape of a date, but no date */
            end = make_bare(t, at, at + 1);
    }
    return end > at ? end : at + 1;
}

void text_amounts(struct text *t)
{
    pcre2_general_context *memory = pcre2_general_context_create(arena_malloc, arena_ignore, t->arena);
    pcre2_match_data *match = pcre2_match_data_create(1, memory);
    t->facts_room = t->n_spans < FACTS_MAX ? t->n_spans + 1 : FACTS_MAX; /* an answer adds one */
    t->facts = arena_calloc(t->arena, t->facts_room, sizeof *t->facts);
    for (size_t at = 0; at < t->n_spans && t->n_facts < t->facts_room;)
        at = make_fact(t, at, match);
}
