/* SPDX-License-Identifier: Apache-2.0
 *
 * What the phone shows: a first line, the choices that have room, and the way back.
 */
#include <stdio.h>

#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"
#include "smsd/flow/listing_words.h"
#include "smsd/message/format.h"
#include "smsd/message/shape.h"
#include "smsd/ussd/page.h"
#include "smsd/ussd/show.h"
#include "smsd/ussd/slots.h"

#define LINE_ARGS_MAX 7

static const char *phrase(const struct turn *turn, const char *name)
{
    return message_phrase(turn->knowledge->book, turn->lang, "ussd", name);
}

/* ---- the first line ---- */

static bool takes(const struct message_shape *shape, const char *name)
{
    bool known = shape_has_arg(shape->args, slice_of(name));
    for (size_t i = 0; i < shape->n_parts; i++)
        known = known || shape_has_arg(shape->parts[i].args, slice_of(name));
    return known;
}

/* The arguments a message takes, of all that a screen may say. */
static const char *say(const struct turn *turn, enum message message, struct message_arg *args, size_t n)
{
    const struct message_shape *shape = message_shape(message);
    for (size_t i = 0; i < n; i++)
        if (!takes(shape, args[i].name))
            args[i].value = NULL;
    return message_render(turn->knowledge->book, turn->lang, turn->arena, message, (struct message_args){args, n});
}

/* How much of a line is said. */
enum detail { ALL, WITHOUT_SIZES, LEAST };

static const char *listing_line(const struct turn *turn, const struct ussd_session *session, enum detail detail)
{
    const struct listing_facts *listing = choices_listing(turn, session);
    if (!listing)
        return session->reading.listing;
    struct listing_words words = listing_words(turn->arena, turn->knowledge, turn->lang, turn->today, listing);
    const struct commodity *commodity = session->reading.items[0].commodity;
    if (detail == LEAST && commodity)
        return arena_printf(turn->arena, "%s %s", listing->code, commodity->brief[turn->lang]);
    return arena_printf(turn->arena, "%s %s %s", listing->code, words.goods, words.quantity);
}

static const char *first_line(const struct turn *turn, const struct ussd_session *session, enum message message,
                              enum detail detail)
{
    const struct read_item *item = &session->reading.items[0];
    const struct unit *unit = slot_unit(&session->reading);
    /* the price of one of the unit that the quantity is in says so by itself */
    const struct unit *priced = detail == LEAST && item->price_unit == item->unit ? NULL : item->price_unit;
    const char *goods = "";
    if (item->commodity)
        goods = detail == ALL
                    ? format_goods(turn->arena, turn->lang, item->commodity, item->size, item->grade, item->state)
                    : item->commodity->brief[turn->lang];
    struct message_arg args[LINE_ARGS_MAX] = {
        {"goods", goods},
        {"unit", unit ? format_unit(turn->lang, unit) : ""},
        {"quantity", format_quantity(turn->arena, turn->lang, item->quantity_milli, item->unit, item->quantity_about)},
        {"price", format_price(turn->arena, turn->lang, item->price_low, item->price_high, priced)},
        {"place", item->place && detail < LEAST ? item->place->brief[turn->lang] : NULL},
        {"per", item->commodity && detail < LEAST ? format_unit(turn->lang, item->commodity->price_unit) : NULL},
        {"listing", listing_line(turn, session, detail)},
    };
    return say(turn, message, args, LINE_ARGS_MAX);
}

static enum message doubt_of(enum ask ask)
{
    return ask == ASK_PRICE_CHECK      ? MSG_USSD_CHECK_PRICE
           : ask == ASK_QUANTITY_CHECK ? MSG_USSD_CHECK_QUANTITY
                                       : MSG_USSD_WHICH;
}

/* ---- a screen ---- */

static void remember(struct ussd_session *session, const struct page *page, const struct choices *choices)
{
    session->n_shown = 0;
    for (size_t i = 0; i < page->n; i++)
        snprintf(session->shown[session->n_shown++], USSD_NAME_MAX, "%s", choices->rows[page->from + i].code);
    if (page->more)
        snprintf(session->shown[session->n_shown++], USSD_NAME_MAX, "%s", CODE_MORE);
}

static const char *longer(const char *a, const char *b)
{
    return sms_size(slice_of(a)).units >= sms_size(slice_of(b)).units ? a : b;
}

static struct choices choices_in_doubt(const struct turn *turn, const struct ussd_session *session)
{
    const struct reading *reading = &session->reading;
    struct choices choices = {.rows = arena_calloc(turn->arena, READ_CHOICES_MAX, sizeof(struct choice))};
    for (; choices.n < reading->n_choices; choices.n++)
        choices.rows[choices.n] = (struct choice){"", ask_choice(turn, reading, choices.n)};
    return choices;
}

/* A screen before it is put together. */
struct sketch {
    struct stand stand;
    const char *line;
    struct choices choices;
    bool doubted; /* the reading asks about what was said: its choices */
};

static const char *foot_of(const struct turn *turn, const struct sketch *sketch)
{
    return sketch->stand.id == SCREEN_MAIN ? "" : arena_printf(turn->arena, "\n%s", phrase(turn, "back"));
}

/* The page that the session is at, with room for the line as well as for the one that says what was wrong. A doubt is
 * one page: what has no room there can be typed. */
static struct page page_of(const struct turn *turn, int *at, struct sketch *sketch)
{
    const char *head = longer(sketch->line, phrase(turn, "wrong")), *foot = foot_of(turn, sketch);
    struct page page = page_turn(turn, at, head, foot, &sketch->choices);
    while (sketch->doubted && page.more) {
        sketch->choices.n--;
        page = page_turn(turn, at, head, foot, &sketch->choices);
    }
    return page;
}

/* With the line above it that says what was wrong, where both have room. */
static const char *compose(const struct turn *turn, struct ussd_session *session, struct sketch *sketch)
{
    const struct page page = page_of(turn, &session->page, sketch);
    const struct choices *choices = &sketch->choices;
    const char *line = sketch->line, *wrong = phrase(turn, "wrong"), *back = page.foot;
    const char *both = *back ? arena_printf(turn->arena, "%s %s", back, phrase(turn, "home")) : back;
    const char *above = session->wrong ? arena_printf(turn->arena, "%s\n%s", wrong, line) : line;
    remember(session, &page, choices);
    const struct page tries[] = {
        {above, both, page.from, page.n, page.more},
        {above, back, page.from, page.n, page.more},
        {session->wrong ? wrong : line, back, page.from, page.n, page.more},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        if (page_fits(page_text(turn, &tries[i], choices)))
            return page_text(turn, &tries[i], choices);
    const struct page rest = {"", back, page.from, page.n, page.more};
    return page_cut(turn, line, page_text(turn, &rest, choices));
}

/* What is typed or chosen of a listing is in its unit and of its goods. */
static void know_listing(const struct turn *turn, struct ussd_session *session)
{
    const struct listing_facts *listing = choices_listing(turn, session);
    struct read_item *item = &session->reading.items[0];
    if (!listing)
        return;
    item->commodity = lexicon_commodity(turn->knowledge->lexicon, listing->commodity);
    if (!item->has_quantity)
        item->unit = lexicon_unit(turn->knowledge->lexicon, listing->entered_unit);
}

static enum message title_of(const struct turn *turn, const struct stand *stand)
{
    const bool kinds = *stand->within && lexicon_commodity(turn->knowledge->lexicon, stand->within);
    return kinds ? MSG_USSD_KIND : stand->screen->title;
}

/* Is there room for the line whole, for a menu's choices or at least so many of a list, and the way back? */
static bool has_room(const struct turn *turn, const struct sketch *sketch, const struct page *page, size_t least)
{
    const bool menu = sketch->stand.screen->kind == KIND_MENU;
    return page_fits(page_text(turn, page, &sketch->choices)) && (!page->more || (!menu && page->n >= least));
}

static struct sketch sketch_of(const struct turn *turn, struct ussd_session *session)
{
    struct sketch sketch = {.stand = session_stand(session)};
    sketch.doubted = slot_is_doubted(&session->reading, sketch.stand.screen->slot);
    enum message message = sketch.doubted ? doubt_of(session->reading.ask) : title_of(turn, &sketch.stand);
    know_listing(turn, session);
    sketch.choices = sketch.doubted ? choices_in_doubt(turn, session) : choices_of(turn, session, &sketch.stand);
    if (sketch.stand.screen->from == FROM_LISTINGS && sketch.choices.n == 0)
        message = MSG_USSD_NO_LISTINGS;
    for (enum detail detail = ALL; detail <= LEAST; detail++) {
        sketch.line = first_line(turn, session, message, detail);
        int first = 0;
        const struct page page = page_of(turn, &first, &sketch);
        if (has_room(turn, &sketch, &page, 2))
            break;
    }
    return sketch;
}

static const char *screen_text(const struct turn *turn, struct ussd_session *session)
{
    struct sketch sketch = sketch_of(turn, session);
    const char *text = compose(turn, session, &sketch);
    if (sketch.doubted)
        session->n_shown = 0; /* the reader knows what its numbers mean */
    return text;
}

bool show_has_room(struct turn *turn, struct ussd_session *session)
{
    const enum lang lang = turn->lang;
    turn->lang = page_lang(message_lang(turn->knowledge->book, lang));
    struct sketch sketch = sketch_of(turn, session);
    const struct page page = page_of(turn, &session->page, &sketch);
    const bool room = has_room(turn, &sketch, &page, 1);
    turn->lang = lang;
    return room;
}

/* What a flow said; whole by SMS where the screen has no room for it. */
static const char *told_text(const struct turn *turn, const char *told, bool acted, bool *cut_r)
{
    const char *back = acted ? "" : arena_printf(turn->arena, "\n%s", phrase(turn, "back"));
    const char *text = page_plain(turn, arena_printf(turn->arena, "%s%s", *told ? told : phrase(turn, "done"), back));
    *cut_r = !page_fits(text);
    return *cut_r ? page_cut(turn, told, arena_printf(turn->arena, "\n%s%s", phrase(turn, "by_sms"), back)) : text;
}

/* What the flow asked, of several things, is asked by the screen that fills it: nothing stays open by SMS. False when
 * no screen of the branch does. */
static bool ask_here(struct turn *turn, struct ussd_session *session)
{
    const struct screens all = screens_all();
    enum screen_id at = screen_branch(all, session_stand(session).id);
    const struct reading *asked = &turn->reading;
    while (screen_of(at)->kind == KIND_CHOICE && !slot_is_doubted(asked, screen_of(at)->slot))
        at = screen_of(at)->next;
    if (!turn->question || asked->outcome != READ_ASK || asked->asked_item || screen_of(at)->kind != KIND_CHOICE)
        return false;
    session->reading = *asked;
    session_enter(session, screen_of(at)->name);
    turn->question = NULL;
    return true;
}

/* What was told leads nowhere but back: no digit means what it meant before. What a session does without a screen of
 * its own is to stop (TC, from anywhere). */
static void leave_told(struct ussd_session *session)
{
    if (session_stand(session).screen->kind != KIND_ANSWER)
        session_enter(session, screen_of(SCREEN_STOPPED)->name);
    session->n_shown = 0;
}

struct ussd_view ussd_show(struct turn *turn, struct ussd_session *session, enum ussd_does does, const char *told)
{
    struct ussd_view view = {0};
    const enum lang lang = turn->lang;
    bool was_cut = false;
    turn->lang = page_lang(message_lang(turn->knowledge->book, lang));
    if (told && !ask_here(turn, session)) {
        view.ends = does == USSD_ACTS;
        view.text = told_text(turn, told, view.ends, &was_cut);
        view.by_sms = view.ends || was_cut || turn->question; /* what is asked there is answered there */
        leave_told(session);
    } else {
        view.text = screen_text(turn, session);
    }
    turn->lang = lang;
    return view;
}
