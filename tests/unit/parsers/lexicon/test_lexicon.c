/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/lexicon/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/parsers/tables.h"

static struct lexicon *lexicon;

static void entries_by_code(void **state)
{
    (void)state;
    const struct commodity *om18 = lexicon_commodity(lexicon, "LUA.OM18");
    assert_non_null(om18);
    assert_ptr_equal(om18->parent, lexicon_commodity(lexicon, "LUA"));
    assert_string_equal(om18->unit->code, "TAN");
    assert_string_equal(om18->price_unit->code, "KG");
    assert_int_equal(om18->price_min, 5000);
    assert_int_equal(om18->qty_min_milli, 100);
    assert_string_equal(om18->name[LANG_VI], om18->name[LANG_VI_DAU]);
    assert_null(lexicon_commodity(lexicon, "NONE"));
    assert_int_equal(lexicon_unit(lexicon, "TAN")->factor_milli, 1000000);
    assert_int_equal(lexicon_unit(lexicon, "THUNG")->factor_milli, 0);
    assert_true(lexicon_unit(lexicon, "GIA")->ambiguous);
}

static void every_entry_has_names(void **state)
{
    (void)state;
    size_t n;
    const struct commodity *const *goods = lexicon_commodities(lexicon, &n);
    for (size_t i = 0; i < n; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_true(*goods[i]->name[lang] && *goods[i]->brief[lang]);
    const struct place *const *places = lexicon_places(lexicon, &n);
    for (size_t i = 0; i < n; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_true(*places[i]->name[lang] && *places[i]->brief[lang]);
    lexicon_units(lexicon, &n);
    assert_true(n > 40);
}

static bool within(const char *place, const char *area)
{
    return place_within(lexicon_place(lexicon, place), lexicon_place(lexicon, area));
}

static void places_on_both_maps(void **state)
{
    (void)state;
    assert_true(within("845", "845"));
    assert_true(within("845", "84"));
    assert_true(within("845", "86N"));
    assert_true(within("29311", "29308N"));
    assert_true(within("29308N", "845"));
    assert_true(within("M.CAUKE", "86N"));
    assert_true(within("84", "VN"));
    assert_false(within("845", "846"));
    assert_false(within("84", "845"));
    assert_false(within("29308N", "846"));
    assert_false(within("29308N", "29311"));
}

static void seasons_come_down_from_ancestors(void **state)
{
    (void)state;
    size_t own, inherited, none;
    const struct season *lua = lexicon_seasons(lexicon, lexicon_commodity(lexicon, "LUA"), &own);
    assert_ptr_equal(lexicon_seasons(lexicon, lexicon_commodity(lexicon, "LUA.OM18"), &inherited), lua);
    assert_int_equal(own, inherited);
    assert_string_equal(lua[0].code, "DX1");
    assert_int_equal(lua[0].sow_from, 1016);
    assert_null(lexicon_seasons(lexicon, lexicon_commodity(lexicon, "CHIEU"), &none));
    assert_int_equal(none, 0);
}

static void what_an_offer_stands_comes_down_from_ancestors(void **state)
{
    (void)state;
    const struct commodity *lua = lexicon_commodity(lexicon, "LUA"), *om18 = lexicon_commodity(lexicon, "LUA.OM18");
    assert_int_equal(lua->stands_days, 14);
    assert_int_equal(om18->stands_days, 14);
    assert_int_equal(lexicon_commodity(lexicon, "LUA.GIONG")->stands_days, 21);
    assert_int_equal(lexicon_commodity(lexicon, "TOM.THE")->stands_days, 5);
}

static void words(void **state)
{
    (void)state;
    assert_true(lexicon_has_word(lexicon, "om18"));
    assert_true(lexicon_has_word(lexicon, "cau ke"));
    assert_true(lexicon_has_word(lexicon, "tan"));
    assert_true(lexicon_has_word(lexicon, "stop"));
    assert_false(lexicon_has_word(lexicon, "b7k2"));
    assert_false(lexicon_has_word(lexicon, ""));
}

/* Builds with one table replaced; the error it gives. */
static const char *error_with(struct arena *arena, const char *name, const char *tsv)
{
    struct lexicon_tables tables = lexicon_tables_of_files(arena);
    const struct {
        const char *name;
        const struct table **table;
    } all[] = {{"commodities", &tables.commodities}, {"places", &tables.places},     {"units", &tables.units},
               {"seasons", &tables.seasons},         {"keywords", &tables.keywords}};
    const char *error = NULL;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, name) == 0)
            *all[i].table = table_from_tsv(arena, name, slice_of(tsv), &error);
    assert_null(error);
    assert_null(lexicon_build(&tables, arena, &error));
    assert_non_null(error);
    return error;
}

#define UNITS "code\tdimension\tbase\tname_vi\tname_km\tname_zh\tname_en\taliases\tfactor\tambiguous\n"
#define PLACES "code\tparent_code\tlevel\tname_vi\tname_km\taliases\tvalid_from\tvalid_to\tsuccessor_code\tname_zh\taliases_ambiguous\tshort_vi\n"

static void bad_tables_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *tsv, *error;
    } cases[] = {
        {"units", "code\tbase\n", "units: no column \"dimension\""},
        {"units", UNITS "KG\tmass\tKG\tky\t\t\t\t\tx1\tn\n", "units: row 1 (KG): not a factor: \"x1\""},
        {"units", UNITS "KG\tweight\tKG\tky\t\t\t\t\t1\tn\n", "units: row 1 (KG): unknown dimension \"weight\""},
        {"units", UNITS "KG\tmass\tKG\tky\t\t\t\t\t1\tn\nKG\tmass\tKG\tky\t\t\t\t\t1\tn\n",
         "units: row 2 (KG): code used twice: \"KG\""},
        {"places", PLACES "A\tB\tdistrict\tA\t\t\t\t\t\t\t\t\n", "places: row 1 (A): unknown parent \"B\""},
        {"places", PLACES "A\tB\tdistrict\tA\t\t\t\t\t\t\t\t\nB\tA\tdistrict\tB\t\t\t\t\t\t\t\t\n",
         "places: row 1 (A): its parents or successors run in a circle: \"A\""},
        {"places", PLACES "A\t\tdistrict\tA\t\t\t2025-02-30\t\t\t\t\t\n", "places: row 1 (A): not a date: \"2025-02-30\""},
        {"places", PLACES "A\t\tdistrict\tA\t\t\t\t\t\t\t\tmuch too long a name\n",
         "places: row 1 (A): too long to be a short name: \"much too long a name\""},
        {"keywords", "keyword\tlang\tkind\tmeaning\nban\tvi\tverb\tsell\n", "keywords: row 1 (ban): unknown kind \"verb\""},
        {"keywords", "keyword\tlang\tkind\tmeaning\nban\tfr\tintent\tsell\n", "keywords: row 1 (ban): unknown language \"fr\""},
        {"keywords", "keyword\tlang\tkind\tmeaning\nban\tvi\tintent\tsel\n", "keywords: row 1 (ban): unknown intent \"sel\""},
        {"keywords", "keyword\tlang\tkind\tmeaning\nban\tvi\tintent\tsell\nban\tvi\tintent\tsell\n",
         "keywords: row 2 (ban): keyword used twice: \"sell\""},
    };
    struct arena *arena = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(error_with(arena, cases[i].name, cases[i].tsv), cases[i].error);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_by_code),
        cmocka_unit_test(every_entry_has_names),
        cmocka_unit_test(places_on_both_maps),
        cmocka_unit_test(seasons_come_down_from_ancestors),
        cmocka_unit_test(what_an_offer_stands_comes_down_from_ancestors),
        cmocka_unit_test(words),
        cmocka_unit_test(bad_tables_are_refused),
    };
    lexicon = lexicon_of_files();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lexicon_free(&lexicon);
    return failed;
}
