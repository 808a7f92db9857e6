/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/smsd/ussd/phone_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "smsd/ussd/page.h"
#include "tests/unit/parsers/tables.h"

struct knowledge phone_knowledge;
struct turn phone_turn;
struct ussd_session phone_session;
struct found phone_found;
const char *phone_told;
struct ussd_view phone_view;
enum ussd_does phone_does;
const enum lang phone_langs[PHONE_LANGS] = {LANG_VI, LANG_VI_DAU, LANG_KM, LANG_ZH, LANG_EN};
char phone_before[1024];

static struct arena *arena;
static const struct policy policy = {.short_code = "8055", .province = "84", .listing_days = 14};
static struct sender sender;
static struct mo mo = {.msisdn = "84912345678", .channel = CHANNEL_USSD};

int phone_setup(void **state)
{
    (void)state;
    const char *error = "", *build = getenv("BUILD");
    arena = arena_new(1 << 20);
    phone_knowledge.lexicon = lexicon_of_files();
    phone_knowledge.reader = reader_new(phone_knowledge.lexicon, &error);
    const char *locales = arena_printf(arena, "%s/locales", build ? build : "build");
    phone_knowledge.book = message_book_load(locales, true, arena, &error);
    if (!phone_knowledge.reader || !phone_knowledge.book)
        print_error("%s\n", error);
    return phone_knowledge.reader && phone_knowledge.book ? 0 : -1;
}

int phone_teardown(void **state)
{
    (void)state;
    message_book_free(&phone_knowledge.book);
    reader_free(&phone_knowledge.reader);
    lexicon_free(&phone_knowledge.lexicon);
    arena_free(&arena);
    return 0;
}

int phone_begin(void **state)
{
    (void)state;
    sender = (struct sender){.person_id = 1, .lang = LANG_VI, .place = "845"};
    phone_turn = (struct turn){.mo = &mo,
                               .sender = &sender,
                               .knowledge = &phone_knowledge,
                               .policy = &policy,
                               .arena = arena,
                               .today = 20779 /* 2026-11-22 */,
                               .lang = LANG_VI,
                               .home = lexicon_place(phone_knowledge.lexicon, "845")};
    phone_session = (struct ussd_session){0};
    phone_found = (struct found){0};
    phone_told = "Da luu B7K2.";
    return 0;
}

/* What the worker does between a keypress and the screen. */
static const char *look(void)
{
    phone_turn.found[0] = phone_turn.n_lookups ? phone_found : (struct found){0};
    phone_view = ussd_show(&phone_turn, &phone_session, phone_does, phone_does == USSD_SHOWS ? NULL : phone_told);
    if (!page_fits(phone_view.text))
        fail_msg("too long for a screen: %s", phone_view.text);
    return phone_view.text;
}

static void wake(void)
{
    const char *row = ussd_session_write(arena, &phone_session);
    if (!ussd_session_read(phone_knowledge.lexicon, row, &phone_session))
        fail_msg("the session is not read back: %s", row);
    phone_turn.n_lookups = 0;
}

const char *dial(void)
{
    phone_session = (struct ussd_session){0};
    phone_turn.n_lookups = 0;
    phone_does = USSD_SHOWS;
    ussd_begin(&phone_turn, &phone_session);
    return look();
}

const char *press(const char *keys)
{
    wake();
    phone_does = ussd_press(&phone_turn, &phone_session, slice_of(keys));
    return look();
}

const char *press_all(const char *const *keys)
{
    const char *screen = dial();
    for (; *keys; keys++)
        screen = press(*keys);
    return screen;
}

static const char *code_or_dash(const char *code)
{
    return code && *code ? code : "-";
}

const char *phone_reading(void)
{
    const struct reading *r = &phone_turn.reading;
    const struct read_item *item = &r->items[0];
    if (r->outcome != READ_SURE)
        return arena_printf(arena, "%s asks %s", intent_name(r->intent), ask_name(r->ask));
    if (r->n_items == 0)
        return arena_printf(arena, "%s %s", intent_name(r->intent), code_or_dash(r->listing));
    return arena_printf(arena, "%s%s%s %s %lld %s %lld %s %s", intent_name(r->intent), *r->listing ? " " : "",
                        r->listing, code_or_dash(item->commodity ? item->commodity->code : NULL),
                        (long long)item->quantity_milli, code_or_dash(item->has_quantity ? item->unit->code : NULL),
                        (long long)item->price_low, code_or_dash(item->price_unit ? item->price_unit->code : NULL),
                        code_or_dash(item->place ? item->place->code : NULL));
}

void assert_shows(const char *part)
{
    if (!strstr(phone_view.text, part))
        fail_msg("\"%s\" is not in \"%s\"", part, phone_view.text);
}

void assert_at(const char *screen)
{
    assert_string_equal(screen_of(session_stand(&phone_session).id)->name, screen);
}

void keep(const char *screen)
{
    snprintf(phone_before, sizeof phone_before, "%s", screen);
}

void phone_has_listing(void)
{
    static struct own_listing own = {.is = {.id = 7,
                                            .code = "L9R6",
                                            .person_id = 1,
                                            .side = 's',
                                            .commodity = "LUA.OM18",
                                            .entered_milli = 500000,
                                            .entered_unit = "KG",
                                            .price_low = 8500,
                                            .price_high = 8500,
                                            .price_unit = "KG",
                                            .place = "845",
                                            .size = "",
                                            .grade = "",
                                            .state_of_goods = ""}};
    phone_found.n_own = 1;
    phone_found.own = &own;
    phone_found.listing = own.is;
}
