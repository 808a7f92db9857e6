/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/message/format.h"

#include <stdlib.h>
#include <string.h>

#include "smsd/message/words.h"

#define FULL_DATE_DAYS 30 /* a day farther off than this shows its year */

/* A name of the lexicon in a language; Vietnamese where it has none. */
static const char *pick(const char *const names[LANG_COUNT], enum lang lang)
{
    return names[lang] && *names[lang] ? names[lang] : names[LANG_VI];
}

/* ---- numbers and money ---- */

char *format_number(struct arena *arena, enum lang lang, int64_t value)
{
    char digits[32], *at = digits + sizeof digits;
    uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
    *--at = '\0';
    for (int n = 0; rest || n == 0; n++, rest /= 10) {
        if (n && n % 3 == 0)
            *--at = words_of(lang)->thousands;
        *--at = (char)('0' + rest % 10);
    }
    if (value < 0)
        *--at = '-';
    return arena_copy(arena, slice_of(at));
}

/* International symbols are the same in every Latin script, and shorter than the names. */
const char *format_unit(enum lang lang, const struct unit *unit)
{
    static const char *const symbols[][2] = {{"KG", "kg"}, {"G", "g"}, {"ML", "ml"}, {"M2", "m2"}, {"HA", "ha"}};
    if (lang != LANG_KM && lang != LANG_ZH)
        for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
            if (strcmp(unit->code, symbols[i][0]) == 0)
                return symbols[i][1];
    return pick(unit->name, lang);
}

char *format_price(struct arena *arena, enum lang lang, int64_t low, int64_t high, const struct unit *unit)
{
    const struct words *w = words_of(lang);
    if (low == 0 && high == 0)
        return arena_copy(arena, slice_of(w->agreed));
    const char *bound = low == 0 ? w->at_most : high == 0 ? w->at_least : "";
    const char *from = format_number(arena, lang, low ? low : high);
    bool range = low && high && low != high;
    return arena_printf(arena, "%s%s%s%s%s%s%s", bound, from, range ? "-" : "",
                        range ? format_number(arena, lang, high) : "", w->dong, unit ? "/" : "",
                        unit ? format_unit(lang, unit) : "");
}

char *format_change(struct arena *arena, enum lang lang, int64_t difference)
{
    const struct words *w = words_of(lang);
    if (difference == 0)
        return arena_copy(arena, slice_of(w->unchanged));
    return arena_printf(arena, "%s%s%s", difference > 0 ? "+" : "", format_number(arena, lang, difference), w->dong);
}

/* ---- quantities ---- */

/* Thousandths with no more decimals than needed: 2500 -> "2,5". */
static char *format_milli(struct arena *arena, enum lang lang, int64_t milli)
{
    const char *whole = format_number(arena, lang, milli / 1000);
    char *text = arena_printf(arena, "%s%c%03d", whole, words_of(lang)->decimal, abs((int)(milli % 1000)));
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == words_of(lang)->decimal)
        text[n - 1] = '\0';
    return text;
}

char *format_quantity(struct arena *arena, enum lang lang, int64_t milli, const struct unit *unit, bool about)
{
    const struct words *w = words_of(lang);
    return arena_printf(arena, "%s%s%s%s", about ? w->about : "", format_milli(arena, lang, milli),
                        unit ? w->blank : "", unit ? format_unit(lang, unit) : "");
}

const char *format_piece(enum lang lang, const struct commodity *commodity)
{
    const struct unit *candidates[] = {commodity ? commodity->unit : NULL, commodity ? commodity->price_unit : NULL};
    for (size_t i = 0; i < 2; i++)
        if (candidates[i] && candidates[i]->dimension == DIM_COUNT && candidates[i]->factor_milli == 1000)
            return format_unit(lang, candidates[i]);
    bool grows = commodity && strcmp(commodity->category, "fruit") == 0;
    return grows ? words_of(lang)->fruit : words_of(lang)->piece;
}

static const char *base_word(enum lang lang, const struct unit *unit, const struct commodity *commodity)
{
    const struct words *w = words_of(lang);
    switch (unit->dimension) {
    case DIM_MASS:
        return w->kilogram;
    case DIM_COUNT:
        return format_piece(lang, commodity);
    case DIM_VOLUME:
        return w->litre;
    case DIM_AREA:
        return w->square_metre;
    case DIM_GRADE:
    case DIM_CONTAINER:
    case DIM_MONEY:
        break;
    }
    return NULL;
}

char *format_choice(struct arena *arena, enum lang lang, const char *list, size_t number, const char *choice)
{
    return arena_printf(arena, "%s%s%zu) %s", list ? list : "", list ? words_of(lang)->comma : "", number, choice);
}

const char *format_unit_told(struct arena *arena, enum lang lang, const struct unit *unit,
                             const struct commodity *commodity)
{
    const struct words *w = words_of(lang);
    const char *name = format_unit(lang, unit), *base = base_word(lang, unit, commodity);
    if (!unit->ambiguous || !unit->factor_milli || !base)
        return name;
    return arena_printf(arena, "%s%s(%s%s%s)", name, w->blank, format_milli(arena, lang, unit->factor_milli), w->blank,
                        base);
}

char *format_assumed(struct arena *arena, enum lang lang, const struct read_item *item)
{
    const struct words *w = words_of(lang);
    if (!item->unit_assumed || !item->unit)
        return NULL;
    const char *unit = format_unit(lang, item->unit), *base = base_word(lang, item->unit, item->commodity);
    if (!item->unit->ambiguous || !item->unit->factor_milli || !base)
        return arena_printf(arena, "%s%s%s", w->counted_in, unit, w->counted_in_end);
    return arena_printf(arena, "1%s%s = %s%s%s", w->blank, unit, format_milli(arena, lang, item->unit->factor_milli),
                        w->blank, base);
}

/* ---- days ---- */

static char *format_month_day(struct arena *arena, enum lang lang, int month, int day)
{
    bool month_first = words_of(lang)->month_first;
    return arena_printf(arena, "%02d/%02d", month_first ? month : day, month_first ? day : month);
}

char *format_full_day(struct arena *arena, enum lang lang, day_t day)
{
    struct ymd date = day_to_ymd(day);
    const char *short_form = format_month_day(arena, lang, date.month, date.day);
    return words_of(lang)->month_first ? arena_printf(arena, "%04d/%s", date.year, short_form)
                                       : arena_printf(arena, "%s/%04d", short_form, date.year);
}

char *format_day(struct arena *arena, enum lang lang, day_t day, day_t today)
{
    struct ymd date = day_to_ymd(day);
    if (llabs((int64_t)day - today) > FULL_DATE_DAYS)
        return format_full_day(arena, lang, day);
    return format_month_day(arena, lang, date.month, date.day);
}

char *format_moment(struct arena *arena, enum lang lang, int64_t unix_us)
{
    const int64_t us_per_minute = 60LL * 1000000, minutes_east = 7 * 60LL, minutes_per_day = 24 * 60LL;
    day_t day = day_of_moment(unix_us);
    struct ymd date = day_to_ymd(day);
    int64_t minutes = unix_us / us_per_minute - (unix_us % us_per_minute < 0) + minutes_east;
    int minute = (int)(minutes - (int64_t)day * minutes_per_day);
    return arena_printf(arena, "%02d:%02d %s", minute / 60, minute % 60,
                        format_month_day(arena, lang, date.month, date.day));
}

/* "16/10-02/11"; in words when it is the whole year; NULL when it is not given. */
static const char *format_window(struct arena *arena, enum lang lang, int from, int to)
{
    if (!from || !to)
        return NULL;
    if (from == 101 && to == 1231)
        return words_of(lang)->all_year;
    return arena_printf(arena, "%s-%s", format_month_day(arena, lang, from / 100, from % 100),
                        format_month_day(arena, lang, to / 100, to % 100));
}

/* Animals are stocked, not sown. */
static const char *sowing(enum lang lang, const struct season *season)
{
    const char *category = season->commodity->category;
    bool stocked = category && strcmp(category, "aquaculture") == 0;
    return stocked ? words_of(lang)->stock : words_of(lang)->sow;
}

char *format_work(struct arena *arena, enum lang lang, const struct season *season, bool harvest)
{
    const char *work = harvest ? words_of(lang)->harvest : sowing(lang, season);
    size_t n = strlen(work);
    return arena_copy(arena, (struct slice){work, n && work[n - 1] == ' ' ? n - 1 : n});
}

char *format_windows(struct arena *arena, enum lang lang, const struct season *season)
{
    const struct words *w = words_of(lang);
    const char *sow = format_window(arena, lang, season->sow_from, season->sow_to);
    const char *harvest = format_window(arena, lang, season->harvest_from, season->harvest_to);
    return arena_printf(arena, "%s%s%s%s%s", sow ? sowing(lang, season) : "", sow ? sow : "",
                        sow && harvest ? ", " : "", harvest ? w->harvest : "", harvest ? harvest : "");
}

/* ---- goods ---- */

static const struct commodity *root_of(const struct commodity *commodity)
{
    while (commodity->parent)
        commodity = commodity->parent;
    return commodity;
}

/* Shrimp, crabs and shells are graded by how many weigh a kilogram; fish by weight. */
static bool is_counted_per_kilogram(const struct commodity *commodity)
{
    return commodity && commodity->category && strcmp(commodity->category, "aquaculture") == 0 &&
           strcmp(root_of(commodity)->code, "CA") != 0;
}

static const char *format_size(struct arena *arena, enum lang lang, const struct commodity *commodity, const char *size)
{
    const struct words *w = words_of(lang);
    if (*size == '<' || *size == '>') /* signs that gateways bar */
        return arena_printf(arena, "%s%s", *size == '<' ? w->at_most : w->at_least, size + strspn(size, "<>="));
    if (strspn(size, "0123456789-") < strlen(size))
        return size;
    if (is_counted_per_kilogram(commodity))
        return arena_printf(arena, "%s%s%s", size, w->blank, w->per_kilogram);
    return arena_printf(arena, "%s%s", w->size, size);
}

static const char *format_grade(struct arena *arena, enum lang lang, const char *grade)
{
    bool number = *grade >= '0' && *grade <= '9';
    return number ? arena_printf(arena, "%s%s", words_of(lang)->grade, grade) : grade;
}

static const char *state_word(enum lang lang, const char *state)
{
    const struct words *w = words_of(lang);
    return strcmp(state, "fresh") == 0 ? w->fresh : strcmp(state, "dry") == 0 ? w->dry : state;
}

static bool is_said(const char *part)
{
    return part && *part;
}

char *format_variant(struct arena *arena, enum lang lang, const struct commodity *commodity, const char *size,
                     const char *grade, const char *state)
{
    const char *parts[] = {
        is_said(size) ? format_size(arena, lang, commodity, size) : "",
        is_said(grade) ? format_grade(arena, lang, grade) : "",
        is_said(state) ? state_word(lang, state) : "",
    };
    char *text = arena_copy(arena, slice_of(""));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (*parts[i])
            text = arena_printf(arena, "%s%s%s", text, *text ? words_of(lang)->blank : "", parts[i]);
    return text;
}

char *format_goods(struct arena *arena, enum lang lang, const struct commodity *commodity, const char *size,
                   const char *grade, const char *state)
{
    const char *name = pick(commodity->brief, lang);
    const char *variant = format_variant(arena, lang, commodity, size, grade, state);
    return arena_printf(arena, "%s%s%s", name, *variant ? words_of(lang)->blank : "", variant);
}

static void add_part(struct arena *arena, char **text, const char *between, const char *part)
{
    if (is_said(part))
        *text = arena_printf(arena, "%s%s%s", *text, **text ? between : "", part);
}

char *format_item(struct arena *arena, enum lang lang, const struct read_item *item, const char *between, day_t today)
{
    char *text = arena_copy(arena, slice_of(""));
    add_part(arena, &text, between,
             item->commodity ? format_goods(arena, lang, item->commodity, item->size, item->grade, item->state)
                             : format_variant(arena, lang, NULL, item->size, item->grade, item->state));
    if (item->has_quantity)
        add_part(arena, &text, between,
                 format_quantity(arena, lang, item->quantity_milli, item->unit, item->quantity_about));
    if (item->price_low || item->price_high)
        add_part(arena, &text, between, format_price(arena, lang, item->price_low, item->price_high, item->price_unit));
    if (item->place)
        add_part(arena, &text, between, pick(item->place->brief, lang));
    if (item->ready != DAY_NONE)
        add_part(arena, &text, between, format_day(arena, lang, item->ready, today));
    return text;
}
