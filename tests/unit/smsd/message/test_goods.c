/* SPDX-License-Identifier: Apache-2.0
 *
 * The province's own goods, places and units in an offer's echo: each in its usual units, in every language.
 */
#include <stdio.h>
#include <string.h>

#include "parsers/lexicon/lexicon.h"
#include "parsers/text/sms.h"
#include "smsd/message/format.h"
#include "tests/unit/smsd/message/book_fixture.h"

static struct lexicon *lexicon;

static const struct table *read_table(const char *name)
{
    const size_t size = 1 << 22;
    FILE *file = fopen(arena_printf(arena, "locales/lexicon/%s.tsv", name), "r");
    assert_non_null(file);
    char *text = arena_alloc(arena, size);
    size_t n = fread(text, 1, size, file);
    fclose(file);
    assert_in_range(n, 1, size - 1);
    const char *error = NULL;
    const struct table *table = table_from_tsv(arena, name, (struct slice){text, n}, &error);
    if (!table)
        fail_msg("%s", error);
    return table;
}

static const struct place *longest_place(enum lang lang)
{
    size_t n;
    const struct place *const *places = lexicon_places(lexicon, &n), *longest = places[0];
    for (size_t i = 1; i < n; i++)
        if (sms_size(slice_of(places[i]->brief[lang])).units >
            sms_size(slice_of(longest->brief[lang])).units)
            longest = places[i];
    return longest;
}

static char *render_offer(enum lang lang, const struct commodity *goods, const struct place *place)
{
    int64_t price = goods->price_max ? goods->price_max : 999999;
    const char *size = strcmp(goods->category, "aquaculture") == 0 ? "30-40" : NULL;
    return message_render(book, lang, arena, MSG_SELL_SAVED,
                          ARGS({"code", "B7K2B7"}, {"goods", format_goods(arena, lang, goods, size, NULL, NULL)},
                               {"quantity", format_quantity(arena, lang, 1500500, goods->unit, true)},
                               {"price", format_price(arena, lang, price / 2, price, goods->price_unit)},
                               {"place", place->brief[lang]}, {"until", "31/12"}));
}

static void every_offer_fits(void **state)
{
    (void)state;
    size_t n;
    const struct commodity *const *goods = lexicon_commodities(lexicon, &n);
    assert_true(n > 100);
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        const struct place *place = longest_place(lang);
        for (size_t i = 0; i < n; i++) {
            const char *text = render_offer(lang, goods[i], place);
            struct sms_size size = sms_size(slice_of(text));
            if (size.segments > (lang_is_unicode(lang) ? 2 : 1) || (!lang_is_unicode(lang) && size.coding != SMS_GSM7))
                fail_msg("%s in %s, %zu units:\n%s", goods[i]->code, lang_code(lang), size.units, text);
            assert_null(strpbrk(text, "#&%[]{}\\<@"));
        }
    }
}

static int set_up(void **state)
{
    const char *error = NULL;
    if (book_setup(state) != 0)
        return -1;
    const struct lexicon_tables tables = {read_table("commodities"), read_table("places"), read_table("units"),
                                          read_table("seasons"), read_table("keywords")};
    lexicon = lexicon_build(&tables, arena, &error);
    if (!lexicon)
        fprintf(stderr, "%s\n", error);
    return lexicon ? 0 : -1;
}

static int tear_down(void **state)
{
    lexicon_free(&lexicon);
    return book_teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_offer_fits)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
