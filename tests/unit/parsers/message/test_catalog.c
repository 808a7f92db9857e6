/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/message/catalog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;

/* A catalogue laid out as msgfmt does, in either byte order. */
struct mo {
    char bytes[1024];
    size_t n;
};

static void put_word(struct mo *mo, size_t at, uint32_t word, bool swapped)
{
    word = swapped ? __builtin_bswap32(word) : word;
    memcpy(mo->bytes + at, &word, sizeof word);
}

static void put_text(struct mo *mo, size_t entry, const char *text, bool swapped)
{
    put_word(mo, entry, (uint32_t)strlen(text), swapped);
    put_word(mo, entry + 4, (uint32_t)mo->n, swapped);
    memcpy(mo->bytes + mo->n, text, strlen(text) + 1);
    mo->n += strlen(text) + 1;
}

/* Pairs of id and text, in order of id. */
static struct mo make(const char *const pairs[][2], uint32_t count, bool swapped)
{
    struct mo mo = {.n = 28 + count * 16};
    const uint32_t head[] = {0x950412de, 0, count, 28, 28 + count * 8, 0, 0};
    for (size_t i = 0; i < 7; i++)
        put_word(&mo, i * 4, head[i], swapped);
    for (size_t i = 0; i < count; i++)
        put_text(&mo, 28 + i * 8, pairs[i][0], swapped);
    for (size_t i = 0; i < count; i++)
        put_text(&mo, 28 + count * 8 + i * 8, pairs[i][1], swapped);
    return mo;
}

static const char *const sample[][2] = {
    {"", "Language: vi\nX-Reviewed: yes\nX-Last:  1"},
    {"a", "an"},
    {"help", "Bán: BAN ..."},
    {"help.more", ""},
    {"z", "zz"},
};

static void texts_by_id_in_both_byte_orders(void **state)
{
    (void)state;
    for (int swapped = 0; swapped < 2; swapped++) {
        struct mo mo = make(sample, 5, swapped);
        struct catalog catalog;
        const char *error;
        assert_true(catalog_open(&catalog, (struct slice){mo.bytes, mo.n}, &error));
        assert_string_equal(catalog_get(&catalog, "help"), "Bán: BAN ...");
        assert_string_equal(catalog_get(&catalog, "help.more"), "");
        assert_string_equal(catalog_get(&catalog, "a"), "an");
        assert_string_equal(catalog_get(&catalog, "z"), "zz");
        assert_null(catalog_get(&catalog, "hel"));
        assert_null(catalog_get(&catalog, "zzz"));
    }
}

static void fields_of_the_header(void **state)
{
    (void)state;
    struct mo mo = make(sample, 5, false);
    struct catalog catalog;
    const char *error;
    assert_true(catalog_open(&catalog, (struct slice){mo.bytes, mo.n}, &error));
    assert_string_equal(catalog_field(&catalog, arena, "Language"), "vi");
    assert_string_equal(catalog_field(&catalog, arena, "X-Reviewed"), "yes");
    assert_string_equal(catalog_field(&catalog, arena, "X-Last"), "1");
    assert_null(catalog_field(&catalog, arena, "X-Review"));
    assert_null(catalog_field(&catalog, arena, "Reviewed"));
}

static void an_empty_catalogue_has_nothing(void **state)
{
    (void)state;
    struct mo mo = make(sample, 0, false);
    struct catalog catalog;
    const char *error;
    assert_true(catalog_open(&catalog, (struct slice){mo.bytes, mo.n}, &error));
    assert_null(catalog_get(&catalog, ""));
    assert_null(catalog_field(&catalog, arena, "Language"));
}

static void assert_refused(struct mo mo, const char *expected)
{
    struct catalog catalog;
    const char *error = NULL;
    assert_false(catalog_open(&catalog, (struct slice){mo.bytes, mo.n}, &error));
    assert_string_equal(error, expected);
}

static void what_is_no_catalogue_is_refused(void **state)
{
    (void)state;
    struct mo mo = make(sample, 5, false);
    mo.n = 27;
    assert_refused(mo, "too short for a catalogue");
    mo = make(sample, 5, false);
    mo.bytes[0] = 0;
    assert_refused(mo, "not a catalogue");
    mo = make(sample, 5, false);
    put_word(&mo, 4, 2u << 16, false);
    assert_refused(mo, "a format this reader does not know");
    static const char *const unsorted[][2] = {{"b", "1"}, {"a", "2"}}, *const twice[][2] = {{"a", "1"}, {"a", "2"}};
    assert_refused(make(unsorted, 2, false), "the entries are not in order");
    assert_refused(make(twice, 2, false), "the entries are not in order");
}

static void offsets_outside_are_refused(void **state)
{
    (void)state;
    static const char *const outside = "an entry lies outside the catalogue or holds a NUL";
    static const struct {
        size_t at;
        uint32_t word;
    } damage[] = {
        {8, 0xFFFFFFFF},                    /* count */
        {8, 100},         {12, 0xFFFFFFFF}, /* the tables */
        {16, 0xFFFFFFF8}, {28, 0xFFFFFFFF}, /* length and offset of an entry */
        {32, 0xFFFFFFFF}, {36, 0},          /* a length that ends before the NUL */
    };
    for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
        struct mo mo = make(sample, 5, false);
        put_word(&mo, damage[i].at, damage[i].word, false);
        assert_refused(mo, outside);
    }
}

/* Every way to cut a catalogue short or to change one of its bytes: never a read outside (the sanitizer watches). */
static void damaged_catalogues_do_no_harm(void **state)
{
    (void)state;
    const struct mo mo = make(sample, 5, false);
    for (size_t cut = 0; cut <= mo.n; cut++)
        for (size_t at = 0; at < (cut == mo.n ? mo.n : 1); at++) {
            char *bytes = malloc(cut + 1);
            memcpy(bytes, mo.bytes, cut);
            bytes[at] = (char)~bytes[at];
            struct catalog catalog;
            const char *error;
            if (catalog_open(&catalog, (struct slice){bytes, cut}, &error))
                catalog_get(&catalog, "help.more");
            free(bytes);
        }
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(4096);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_by_id_in_both_byte_orders), cmocka_unit_test(fields_of_the_header),
        cmocka_unit_test(an_empty_catalogue_has_nothing),  cmocka_unit_test(what_is_no_catalogue_is_refused),
        cmocka_unit_test(offsets_outside_are_refused),     cmocka_unit_test(damaged_catalogues_do_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
