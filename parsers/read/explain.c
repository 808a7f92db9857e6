/* SPDX-License-Identifier: Apache-2.0
 *
 * The explanation's lines; its tokens and spans. */
#include "parsers/read/explain.h"

#include <stdarg.h>
#include <stdio.h>
#include <utf8proc.h>

#include "parsers/read/explain_p.h"

/* ---- lines ---- */

/* Bytes of the text that fit into so many columns; *used gets the columns they take. */
static size_t fitting(const char *text, size_t columns, size_t *used)
{
    size_t at = 0, n = strlen(text);
    *used = 0;
    while (at < n) {
        utf8proc_int32_t c;
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(n - at), &c);
        size_t width = size > 0 ? (size_t)utf8proc_charwidth(c) : 1;
        if (*used + width > columns)
            break;
        *used += width;
        at += size > 0 ? (size_t)size : 1;
    }
    return at;
}

const char *explain_cell(struct arena *arena, const char *text, size_t columns)
{
    size_t used, n = fitting(text, columns, &used);
    if (!text[n])
        return arena_printf(arena, "%s%*s", text, (int)(columns - used), "");
    n = fitting(text, columns - 1, &used);
    return arena_printf(arena, "%.*s\xE2\x80\xA6%*s", (int)n, text, (int)(columns - 1 - used), "");
}

void explain_say(const struct explained *e, const char *format, ...)
{
    char line[4 * EXPLAIN_WIDTH * 4];
    va_list values;
    va_start(values, format);
    vsnprintf(line, sizeof line, format, values);
    va_end(values);
    size_t used, n = fitting(line, EXPLAIN_WIDTH, &used);
    const char *whole = line[n] ? explain_cell(e->arena, line, EXPLAIN_WIDTH) : line;
    n = strlen(whole);
    while (n > 0 && whole[n - 1] == ' ')
        n--;
    e->line(e->line_context, arena_copy(e->arena, (struct slice){whole, n}));
}

void explain_list(const struct explained *e, const char *head, const char *separator, const char *const *parts,
                  size_t n)
{
    const char *line = "";
    size_t used;
    for (size_t i = 0; i < n; i++) {
        const char *longer = arena_printf(e->arena, "%s%s%s", line, *line ? separator : "", parts[i]);
        if (*line && longer[fitting(longer, EXPLAIN_WIDTH - 10, &used)]) {
            explain_say(e, "%-9s %s", head, line);
            head = "";
            longer = parts[i];
        }
        line = longer;
    }
    explain_say(e, "%-9s %s", head, line);
}

/* ---- tokens ---- */

static const char *token_words(struct arena *arena, const struct token *tokens, size_t n)
{
    const char *words = "";
    for (size_t i = 0; i < n; i++) {
        const char *text = tokens[i].kind == TOKEN_BREAK ? "\\n" : tokens[i].text.at;
        words = arena_printf(arena, "%s%s%s", words, i && !tokens[i].glued ? " " : "", text);
        if (tokens[i].marks)
            words = arena_printf(arena, "%s(%s)", words, tokens[i].marks);
    }
    return words;
}

static bool same_token(const struct token *a, const struct token *b)
{
    return a->kind == b->kind && slice_eq(a->text, b->text);
}

/* A stretch that was typed and what it was taken as. */
struct change {
    size_t typed, taken; /* tokens */
};

/* The shortest stretch from here after which both go on alike. */
static struct change next_change(const struct token *typed, size_t n_typed, const struct token *taken, size_t n_taken)
{
    for (size_t sum = 2; sum <= n_typed + n_taken; sum++)
        for (size_t i = 1; i < sum; i++) {
            size_t k = sum - i;
            if (i > n_typed || k > n_taken)
                continue;
            if ((i == n_typed && k == n_taken) || (i < n_typed && k < n_taken && same_token(&typed[i], &taken[k])))
                return (struct change){i, k};
        }
    return (struct change){n_typed, n_taken};
}

static void explain_changes(const struct explained *e, const struct token *typed, size_t n_typed)
{
    size_t i = 0, k = 0;
    while (i < n_typed && k < e->t.n_tokens) {
        if (same_token(&typed[i], &e->t.tokens[k])) {
            i++;
            k++;
            continue;
        }
        struct change change = next_change(&typed[i], n_typed - i, &e->t.tokens[k], e->t.n_tokens - k);
        explain_say(e, "  taken     %s as %s", explain_cell(e->arena, token_words(e->arena, &typed[i], change.typed), 34),
                    token_words(e->arena, &e->t.tokens[k], change.taken));
        i += change.typed;
        k += change.taken;
    }
}

void explain_tokens(const struct explained *e)
{
    size_t n_typed;
    const struct token *typed = text_tokens(e->arena, e->typed, &n_typed);
    const char **words = arena_calloc(e->arena, e->t.n_tokens, sizeof *words);
    for (size_t i = 0; i < e->t.n_tokens; i++)
        words[i] = token_words(e->arena, &e->t.tokens[i], 1);
    explain_list(e, "tokens", " | ", words, e->t.n_tokens);
    explain_changes(e, typed, n_typed < READ_TOKENS_MAX ? n_typed : READ_TOKENS_MAX);
}

/* ---- spans ---- */

const char *explain_words(const struct explained *e, size_t from, size_t to)
{
    const struct span *last = &e->t.spans[to - 1];
    size_t first = e->t.spans[from].first;
    const char *words = "";
    for (size_t i = first; i < last->first + last->count; i++)
        words = arena_printf(e->arena, "%s%s%s", words, i > first && !e->t.tokens[i].glued ? " " : "",
                             e->t.tokens[i].kind == TOKEN_BREAK ? "\\n" : e->t.tokens[i].text.at);
    return words;
}

void explain_spans(const struct explained *e)
{
    explain_say(e, "spans");
    for (size_t i = 0; i < e->t.n_spans; i++) {
        const struct span *span = &e->t.spans[i];
        const char *head = arena_printf(e->arena, "  %s  %s", explain_cell(e->arena, explain_words(e, i, i + 1), 18),
                                        explain_cell(e->arena, explain_tag(e->t.tags[i]), 12));
        if (!span->senses)
            explain_say(e, "%s", head);
        for (const struct sense *s = span->senses; s; s = s->next) {
            explain_say(e, "%-34s  %s %s", head, explain_cell(e->arena, explain_sense(e, s), 34),
                        explain_verdict(e, i, s));
            head = "";
        }
    }
}

/* ---- the whole ---- */

void explain_text(const struct reader *reader, const struct read_context *context, struct arena *arena,
                  struct slice text, explain_line *line, void *line_context)
{
    struct explained e = {.typed = text, .arena = arena, .line = line, .line_context = line_context};
    read_in_full(reader, context, arena, text, &e.t, &e.w, &e.r);
    explain_tokens(&e);
    explain_spans(&e);
    explain_facts(&e);
    explain_intents(&e);
    explain_outcome(&e);
}
