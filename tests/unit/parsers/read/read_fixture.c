/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/parsers/read/read_fixture.h"

struct lexicon *lexicon;
struct reader *reader;
struct arena *arena;
struct read_context context = {.today = 20779 /* 2026-11-22 */, .place_optional = true};

int read_setup(void **state)
{
    (void)state;
    const char *error = "";
    lexicon = lexicon_of_files();
    reader = reader_new(lexicon, &error);
    arena = arena_new(1 << 16);
    if (!reader)
        print_error("%s\n", error);
    return reader ? 0 : -1;
}

int read_teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    reader_free(&reader);
    lexicon_free(&lexicon);
    return 0;
}

struct reading read_it(const char *text)
{
    struct reading r;
    arena_reset(arena);
    read_text(reader, &context, arena, slice_of(text), &r);
    return r;
}

struct text *taken_to(enum step step, const char *text, enum ask asked)
{
    arena_reset(arena);
    struct text *t = arena_alloc(arena, sizeof *t);
    *t = (struct text){.reader = reader, .lexicon = lexicon, .context = &context, .arena = arena, .asked = asked};
    text_spell(t, slice_of(text));
    if (step >= CUT)
        text_span(t);
    if (step >= TAGGED) {
        text_mend(t);
        text_tag(t);
    }
    return t;
}

struct text *prepared(const char *text)
{
    arena_reset(arena);
    struct text *t = arena_alloc(arena, sizeof *t);
    text_prepare(t, reader, &context, arena, slice_of(text), ASK_NOTHING);
    return t;
}

size_t span_at(const struct text *t, const char *word)
{
    for (size_t i = 0; i < t->n_spans; i++)
        for (size_t k = 0; k < t->spans[i].count; k++)
            if (slice_is(t->tokens[t->spans[i].first + k].text, word))
                return i;
    fail_msg("no span has %s in it", word);
    return TEXT_NOWHERE;
}

const char *words_told(const struct text *t, size_t from, size_t to)
{
    const char *all = "";
    for (size_t i = from; i < to; i++)
        for (size_t k = 0; k < t->spans[i].count; k++)
            all = arena_printf(arena, "%s%s%s", all, *all ? " " : "", t->tokens[t->spans[i].first + k].text.at);
    return all;
}

const char *kind_told(enum fact_kind kind)
{
    static const char *const kinds[] = {
        [FACT_GOODS] = "goods",   [FACT_PLACE] = "place", [FACT_PRICE] = "price",     [FACT_QUANTITY] = "quantity",
        [FACT_COUNT] = "count",   [FACT_BARE] = "bare",   [FACT_VAGUE] = "vague",     [FACT_SIZE] = "size",
        [FACT_GRADE] = "grade",   [FACT_STATE] = "state", [FACT_DAY] = "day",         [FACT_CHUC] = "chuc",
        [FACT_WEIGHT] = "weight", [FACT_PHONE] = "phone", [FACT_DOUBTED] = "doubted",
    };
    return kinds[kind];
}

static const char *intent_told(const char *text)
{
    struct reading r = read_it(text);
    return r.outcome == READ_ASK && r.ask == ASK_INTENT ? "ask" : intent_name(r.intent);
}

const char *offer_told(const struct reading *r)
{
    const struct read_item *item = &r->items[r->n_items ? r->n_items - 1 : 0];
    return arena_printf(arena, "%s %s %ld %s %ld %s", r->outcome == READ_ASK ? "ask" : intent_name(r->intent),
                        item->commodity ? item->commodity->code : "-", (long)item->quantity_milli,
                        item->unit ? item->unit->code : "-", (long)item->price_high,
                        item->price_unit ? item->price_unit->code : "-");
}

static const char *offer_of(const char *text)
{
    struct reading r = read_it(text);
    return offer_told(&r);
}

void check_told(const struct want *wants, size_t n, const char *(*told)(const char *text))
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const char *got = told(wants[i].text);
        if (strcmp(got, wants[i].told) == 0)
            continue;
        wrong++;
        print_error("%s: %s, not %s\n", wants[i].text, got, wants[i].told);
    }
    assert_int_equal(wrong, 0);
}

void check_intents(const struct want *wants, size_t n)
{
    check_told(wants, n, intent_told);
}

void check_offers(const struct want *wants, size_t n)
{
    check_told(wants, n, offer_of);
}
