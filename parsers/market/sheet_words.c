/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/sheet_words.h"

#include <ctype.h>
#include <stdio.h>

#include "parsers/lexicon/lexicon_p.h"
#include "parsers/text/token.h"

#define AMOUNT_MAX INT64_C(1000000000000)

/* ---- days and amounts ---- */

bool sheet_day(const char *cell, day_t *day)
{
    int d, m, y, n = 0;
    if (day_parse_iso(cell, day))
        return true;
    if (sscanf(cell, "%2d/%2d/%4d%n", &d, &m, &y, &n) != 3 || cell[n] || !isdigit((unsigned char)*cell) ||
        !day_valid(y, m, d))
        return false;
    *day = day_from_ymd(y, m, d);
    return true;
}

static size_t digits(const char *at)
{
    return strspn(at, "0123456789");
}

/* The amount at the head of a text, and what is behind it; NULL when there is none. */
static const char *amount_at(const char *at, int64_t *amount)
{
    size_t n = digits(at);
    const char sign = at[n];
    *amount = 0;
    if (n == 0 || n > 13)
        return NULL;
    for (const char *end = at + n; at < end; at++)
        *amount = *amount * 10 + (*at - '0');
    for (; n <= 3 && sign && strchr("., ", sign) && *at == sign && digits(at + 1) == 3; at += 4) {
        *amount = *amount * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
        if (*amount > AMOUNT_MAX)
            return NULL;
    }
    return *amount < 1 || *amount > AMOUNT_MAX ? NULL : at;
}

bool sheet_amount(const char *cell, int64_t *amount)
{
    const char *end = amount_at(cell, amount);
    return end && !*end;
}

bool sheet_range(const char *cell, int64_t *low, int64_t *high)
{
    static const char *const dashes[] = {"-", "–", "—"};
    const char *end = amount_at(cell, low);
    if (!end)
        return false;
    *high = *low;
    if (!*end)
        return true;
    end += strspn(end, " ");
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (strncmp(end, dashes[i], strlen(dashes[i])) == 0) {
            end += strlen(dashes[i]);
            return sheet_amount(end + strspn(end, " "), high) && *low <= *high;
        }
    return false;
}

/* ---- names ---- */

/* The senses of the whole cell as a phrase; NULL when it is none. */
static const struct sense *senses_of(struct arena *arena, const struct lexicon *lexicon, const char *cell)
{
    size_t n;
    const struct token *tokens = text_tokens(arena, slice_of(cell), &n);
    uint32_t node = n ? PHRASE_ROOT : 0;
    for (size_t i = 0; i < n && node; i++)
        node = phrases_step(lexicon->phrases, node, phrases_word(lexicon->phrases, tokens[i].text));
    return node ? phrases_senses(lexicon->phrases, node) : NULL;
}

static const void *entry_of(const struct sense *sense)
{
    return sense->kind == SENSE_COMMODITY ? (const void *)sense->commodity
           : sense->kind == SENSE_PLACE   ? (const void *)sense->place
                                          : (const void *)sense->unit;
}

static const char *code_of(const struct sense *sense)
{
    return sense->kind == SENSE_COMMODITY ? sense->commodity->code
           : sense->kind == SENSE_PLACE   ? sense->place->code
                                          : sense->unit->code;
}

/* The one entry of a kind that goes by the name. What is sure stands before what fits more than one, and that before
 * what only sounds so. */
static const void *find(struct arena *arena, const struct lexicon *lexicon, const char *cell, enum sense_kind kind,
                        const char **several)
{
    const struct sense *senses = senses_of(arena, lexicon, cell);
    const void *found = NULL;
    *several = "";
    for (int doubt = 0; doubt < 3 && !found; doubt++)
        for (const struct sense *s = senses; s; s = s->next) {
            if (s->kind != kind || (s->by_ear ? 2 : s->ambiguous) != doubt || entry_of(s) == found)
                continue;
            *several = arena_printf(arena, "%s%s%s", *several, **several ? ", " : "", code_of(s));
            found = entry_of(s);
        }
    return strchr(*several, ',') ? NULL : found;
}

static const char *say(struct arena *arena, const char *what, const char *cell, const char *several)
{
    return *several ? arena_printf(arena, "\"%s\" is %s: write which", cell, several)
                    : arena_printf(arena, "unknown %s \"%s\"", what, cell);
}

const char *sheet_goods(struct arena *arena, const struct lexicon *lexicon, const char *cell,
                        const struct commodity **commodity_r)
{
    const char *several = "";
    *commodity_r = lexicon_commodity(lexicon, cell);
    if (!*commodity_r)
        *commodity_r = find(arena, lexicon, cell, SENSE_COMMODITY, &several);
    return *commodity_r ? NULL : say(arena, "goods", cell, several);
}

static bool stands(const struct place *place, day_t day)
{
    return (place->valid_from == DAY_NONE || place->valid_from <= day) &&
           (place->valid_to == DAY_NONE || day < place->valid_to);
}

/* The one that stood on that day: a commune of the new map often has the name of an old one. */
static const struct place *standing(struct arena *arena, const struct lexicon *lexicon, const char *cell, day_t day)
{
    const struct place *found = NULL;
    for (const struct sense *s = senses_of(arena, lexicon, cell); s; s = s->next) {
        if (s->kind != SENSE_PLACE || s->by_ear || !stands(s->place, day) || s->place == found)
            continue;
        if (found)
            return NULL;
        found = s->place;
    }
    return found;
}

const char *sheet_place(struct arena *arena, const struct lexicon *lexicon, const char *cell, day_t day,
                        const struct place **place_r)
{
    const char *several = "";
    *place_r = lexicon_place(lexicon, cell);
    if (!*place_r)
        *place_r = find(arena, lexicon, cell, SENSE_PLACE, &several);
    if (!*place_r && *several)
        *place_r = standing(arena, lexicon, cell, day);
    return *place_r ? NULL : say(arena, "place", cell, several);
}

const char *sheet_unit(struct arena *arena, const struct lexicon *lexicon, const char *cell, const struct unit **unit_r)
{
    const char *several = "";
    *unit_r = lexicon_unit(lexicon, cell);
    if (!*unit_r)
        *unit_r = find(arena, lexicon, cell, SENSE_UNIT, &several);
    return *unit_r ? NULL : say(arena, "unit", cell, several);
}

/* ---- attributes ---- */

struct sheet_attributes sheet_attributes(struct arena *arena, const char *cell)
{
    struct sheet_attributes a = {"", "", "", ""};
    const struct {
        const char *name;
        const char **value;
    } known[] = {{"size=", &a.size}, {"grade=", &a.grade}, {"state=", &a.state}};
    enum { N = sizeof known / sizeof *known };
    for (const char *at = cell; *at; at += strspn(at, ";")) {
        struct slice part = {at, strcspn(at, ";")};
        size_t i = 0;
        while (i < N && strncmp(at, known[i].name, strlen(known[i].name)) != 0)
            i++;
        size_t skip = i < N ? strlen(known[i].name) : 0;
        if (i < N)
            *known[i].value = arena_copy(arena, (struct slice){at + skip, part.n - skip});
        else if (part.n)
            a.rest = arena_printf(arena, "%s%s%.*s", a.rest, *a.rest ? ";" : "", (int)part.n, at);
        at += part.n;
    }
    return a;
}
