/* SPDX-License-Identifier: Apache-2.0
 *
 * Which place a name means, and which of several an item is at. */
#include "parsers/read/items.h"

#include "tests/unit/parsers/read/read_fixture.h"

static const struct place *place(const char *code)
{
    return code ? lexicon_place(lexicon, code) : NULL;
}

static void as_good_as_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool alike;
    } cases[] = {
        {"845", "845", true},      {"845", "29308", true}, /* a commune of it */
        {"29308", "29308N", true},                         /* old and new */
        {"29308", "29311", true},                          /* two that became one */
        {"29308", "29317", false}, {"845", "846", false},  {"845", NULL, false}, {NULL, NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (places_alike(place(cases[i].a), place(cases[i].b)) != cases[i].alike)
            fail_msg("%s, %s", cases[i].a, cases[i].b);
        assert_int_equal(places_alike(place(cases[i].b), place(cases[i].a)), cases[i].alike);
    }
}

/* What one item gets of a text's places. */
static struct reading placed(const char *text, enum intent intent)
{
    struct text *t = prepared(text);
    struct reading r = {.intent = intent, .n_items = 1};
    take_place(t, 0, t->n_spans, &r, 0);
    return r;
}

/* "845", "845 846" for two items, "? 846 849" for a question with its choices. */
static const char *told(const struct reading *r)
{
    const char *all = "";
    for (size_t i = 0; i < r->n_items && r->ask != ASK_PLACE; i++)
        all = arena_printf(arena, "%s%s%s", all, i ? " " : "", r->items[i].place ? r->items[i].place->code : "");
    for (size_t i = 0; i < r->n_choices; i++)
        all = arena_printf(arena, "%s %s", i ? all : "?", r->choices[i].place->code);
    return all;
}

static const char *of_an_offer(const char *text)
{
    struct reading r = placed(text, INTENT_SELL);
    return told(&r);
}

static const char *of_a_question(const char *text)
{
    struct reading r = placed(text, INTENT_PRICE);
    return told(&r);
}

static void the_place_of_an_offer(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"2 tan lua", ""},
        {"lua cau ke", "845"},
        {"lua an phu tan, cau ke", "29317"}, /* the finer one, whichever comes first */
        {"lua cau ke, an phu tan", "29317"},
        {"lua cau ke, tieu can", "? 845 846"},
        {"lua cau ke, giao o tieu can", "846"},    /* behind its word, apart from the other */
        {"thuong lai can tho, lua cau ke", "845"}, /* where the writer comes from */
        {"lua tc", "? 846 849"},
        {"lua tc, phu can", "29347"}, /* another name settles it, in either order */
        {"lua phu can, tc", "29347"},
        {"lua tc, tra vinh", "? 846 849"}, /* both are there */
        {"lua tra vinh, tc", "? 846 849"},
        {"lua tieu can, tc", "846"},
        {"lua cau ke, tc", "845"},
        {"lua cau ke, tieu can, tra vinh", "? 845 846"},
        {"lua cau ke, tieu can, phu can", "? 845 846"}, /* a third name does not undo the first */
    };
    CHECK_TOLD(of_an_offer, wants);
}

/* Several places for the same goods are several questions. */
static void places_asked_about(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"gia lua cau ke, tieu can", "845 846"}, {"gia lua cau ke, phu can", "? 845 29347"}, /* of different sorts */
    };
    CHECK_TOLD(of_a_question, wants);
}

/* A name that fits several is the one where the sender is at home; two that fit are asked about. */
static void by_the_senders_home(void **state)
{
    (void)state;
    context.home = place("29347"); /* a commune of Tiểu Cần */
    struct reading near = placed("lua tc", INTENT_SELL);
    context.home = place("29533"); /* in neither */
    struct reading far = placed("lua tc", INTENT_SELL);
    context.home = place("84"); /* around both */
    struct reading around = placed("lua tc", INTENT_SELL);
    context.home = NULL;
    assert_string_equal(near.items[0].place->code, "846");
    assert_false(near.items[0].place_unclear);
    assert_null(far.items[0].place);
    assert_true(far.items[0].place_unclear);
    assert_int_equal(far.n_choices, 2);
    assert_int_equal(around.n_choices, 2);
}

/* Names are taken, each once, and only those of the stretch. */
static void within_its_stretch(void **state)
{
    (void)state;
    struct text *t = prepared("lua cau ke, gao tieu can");
    size_t comma = span_at(t, ",");
    struct reading r = {.intent = INTENT_SELL, .n_items = 2};
    take_place(t, 0, comma, &r, 0);
    take_place(t, comma, t->n_spans, &r, 1);
    assert_string_equal(r.items[0].place->code, "845");
    assert_string_equal(r.items[1].place->code, "846");
    r.items[0].place = NULL;
    take_place(t, 0, t->n_spans, &r, 0);
    assert_null(r.items[0].place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_good_as_the_same), cmocka_unit_test(the_place_of_an_offer),
        cmocka_unit_test(places_asked_about),  cmocka_unit_test(by_the_senders_home),
        cmocka_unit_test(within_its_stretch),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
