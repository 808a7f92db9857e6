/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/text/discreet.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define FIGURES_MIN 9  /* of a number without its leading 0 */
#define FIGURES_MAX 11 /* on end, with 84 before it */

static const char masked[] = "...";

static bool is_figure(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- telephone numbers ---- */

/* How long the run of figures with single marks between them is that begins here, and how many figures it has; `broken`
 * when anything stands between them. */
static size_t figures_at(struct slice text, size_t *figures, bool *broken)
{
    size_t end = 0;
    *figures = 0;
    *broken = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.at[i];
        if (is_figure(c)) {
            *broken = *broken || (*figures && i > end);
            ++*figures;
            end = i + 1;
        } else if (!strchr(" .-+()", c) || c == '\0' || i >= end + 2) {
            break;
        }
    }
    return end;
}

static bool begins_as_number(const char *at)
{
    return *at == '+' || *at == '0' || (at[0] == '8' && at[1] == '4');
}

/* The bytes of a telephone number that begins here; 0 when none does. */
static size_t number_at(struct slice text)
{
    size_t figures, start = text.n && text.at[0] == '+';
    bool broken;
    if (start >= text.n || !is_figure(text.at[start]))
        return 0;
    size_t n = figures_at((struct slice){text.at + start, text.n - start}, &figures, &broken);
    bool is_number = figures >= FIGURES_MIN && (begins_as_number(text.at) || (!broken && figures <= FIGURES_MAX));
    return is_number ? start + n : 0;
}

/* ---- links ---- */

static bool begins_with(struct slice text, const char *what)
{
    return text.n >= strlen(what) && strncasecmp(text.at, what, strlen(what)) == 0;
}

/* "www." and "://" anywhere in a word, ".com" where a name ends, '@'. */
static bool is_link(struct slice word)
{
    static const char *const marks[] = {"www.", "://", "@"};
    static const char *const ends[] = {".com", ".vn", ".net", ".org", ".me", ".ly", ".link", ".info"};
    for (size_t i = 0; i < word.n; i++) {
        struct slice rest = {word.at + i, word.n - i};
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (begins_with(rest, marks[k]))
                return true;
        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (begins_with(rest, ends[k]) &&
                (rest.n == strlen(ends[k]) || !isalnum((unsigned char)rest.at[strlen(ends[k])])))
                return true;
    }
    return false;
}

static size_t word_at(struct slice text)
{
    size_t n = 0;
    while (n < text.n && !isspace((unsigned char)text.at[n]))
        n++;
    return n;
}

/* ---- all together ---- */

struct written {
    char *at;
    size_t n;
};

static void put(struct written *out, char c)
{
    bool barred = strchr("#&%[]{}\\<>@", c) || (unsigned char)c < ' ';
    if (barred)
        c = ' ';
    if (c != ' ' || (out->n && out->at[out->n - 1] != ' '))
        out->at[out->n++] = c;
}

static void put_mask(struct written *out)
{
    for (const char *c = masked; *c; c++)
        put(out, *c);
}

char *text_discreet(struct arena *arena, struct slice text)
{
    struct written out = {arena_alloc(arena, text.n * sizeof masked + 1), 0};
    bool at_word = true;
    for (size_t i = 0; i < text.n;) {
        struct slice rest = {text.at + i, text.n - i};
        size_t word = at_word ? word_at(rest) : 0, number = i && is_figure(text.at[i - 1]) ? 0 : number_at(rest);
        bool link = word && is_link((struct slice){rest.at, word});
        if (link || number) {
            put_mask(&out);
            i += link ? word : number;
            at_word = false;
            continue;
        }
        put(&out, text.at[i]);
        at_word = isspace((unsigned char)text.at[i++]);
    }
    while (out.n && out.at[out.n - 1] == ' ')
        out.n--;
    out.at[out.n] = '\0';
    return out.at;
}
