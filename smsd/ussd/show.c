/* SPDX-License-Identifier: Apache-2.0
 *
 * What the phone shows: a first line, the choices that have room, and the way back.
 */
#include <stdio.h>

#include "parsers/text/fold.h"
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"
#include "smsd/flow/listing_words.h"
#include "smsd/message/format.h"
#include "smsd/message/shape.h"
#include "smsd/ussd/choices.h"
#include "smsd/ussd/show.h"
#include "smsd/ussd/slots.h"

#define LINE_ARGS_MAX 6

bool show_fits(const char *text)
{
    const struct sms_size size = sms_size(slice_of(text));
    return size.units <= (size.coding == SMS_UCS2 ? SHOW_UNITS_UCS2 : SHOW_UNITS_GSM7);
}

/* Accents make a screen of 140 characters one of 80. */
enum lang show_lang(enum lang lang)
{
    return lang == LANG_VI_DAU ? LANG_VI : lang;
}

static const char *plain(const struct turn *turn, const char *text)
{
    return lang_is_unicode(turn->lang) ? text : text_unaccent(turn->arena, slice_of(text), NULL);
}

static const char *phrase(const struct turn *turn, const char *name)
{
    return message_phrase(turn->knowledge->book, turn->lang, "ussd", name);
}

/* ---- the first line ---- */

/* The arguments a message takes, of all that a screen may say. */
static const char *say(const struct turn *turn, enum message message, struct message_arg *args, size_t n)
{
    const struct message_shape *shape = message_shape(message);
    for (size_t i = 0; i < n; i++)
        if (!shape_has_arg(shape->args, slice_of(args[i].name)))
            args[i].value = NULL;
    return message_render(turn->knowledge->book, turn->lang, turn->arena, message, (struct message_args){args, n});
}

static const char *listing_line(const struct turn *turn, const struct ussd_session *session)
{
    const struct listing_facts *listing = choices_listing(turn, session);
    if (!listing)
        return session->reading.listing;
    struct listing_words words = listing_words(turn->arena, turn->knowledge, turn->lang, turn->today, listing);
    return arena_printf(turn->arena, "%s %s %s", listing->code, words.goods, words.quantity);
}

static const char *first_line(const struct turn *turn, const struct ussd_session *session, enum message message,
                              bool brief)
{
    const struct read_item *item = &session->reading.items[0];
    const struct unit *unit = slot_unit(&session->reading);
    const char *goods = "", *at = item->place ? item->place->brief[turn->lang] : "";
    if (item->commodity)
        goods = brief ? item->commodity->brief[turn->lang]
                      : format_goods(turn->arena, turn->lang, item->commodity, item->size, item->grade, item->state);
    struct message_arg args[LINE_ARGS_MAX] = {
        {"goods", goods},
        {"unit", unit ? format_unit(turn->lang, unit) : ""},
        {"quantity", format_quantity(turn->arena, turn->lang, item->quantity_milli, item->unit, item->quantity_about)},
        {"price", format_price(turn->arena, turn->lang, item->price_low, item->price_high, item->price_unit)},
        {"place", at},
        {"listing", listing_line(turn, session)},
    };
    return say(turn, message, args, LINE_ARGS_MAX);
}

static enum message doubt_of(enum ask ask)
{
    return ask == ASK_PRICE_CHECK      ? MSG_USSD_CHECK_PRICE
           : ask == ASK_QUANTITY_CHECK ? MSG_USSD_CHECK_QUANTITY
                                       : MSG_USSD_WHICH;
}

/* ---- a page of choices ---- */

struct page {
    const char *head, *foot;
    size_t from, n;
    bool more;
};

static const char *page_text(const struct turn *turn, const struct page *page, const struct choices *choices)
{
    const char *text = page->head;
    size_t n = 0;
    for (; n < page->n; n++)
        text = arena_printf(turn->arena, "%s\n%zu %s", text, n + 1, choices->rows[page->from + n].label);
    if (page->more)
        text = arena_printf(turn->arena, "%s\n%zu %s", text, n + 1, phrase(turn, "more"));
    return plain(turn, arena_printf(turn->arena, "%s%s", text, page->foot));
}

/* As many as have room, at least one. */
static struct page fill_page(const struct turn *turn, const char *head, const char *foot, size_t from,
                             const struct choices *choices)
{
    struct page page = {head, foot, from, choices->n - from, false};
    if (page.n > USSD_SHOWN_MAX)
        page.n = USSD_SHOWN_MAX;
    for (;; page.n--) {
        page.more = from + page.n < choices->n;
        const bool room = page.n + page.more <= USSD_SHOWN_MAX && show_fits(page_text(turn, &page, choices));
        if (room || page.n <= 1)
            return page;
    }
}

/* The page that the session is at; behind the last one comes the first. */
static struct page turn_to(const struct turn *turn, struct ussd_session *session, const char *head, const char *foot,
                           const struct choices *choices)
{
    struct page page = fill_page(turn, head, foot, 0, choices);
    for (int at = 0; at < session->page; at++) {
        if (!page.more) {
            session->page = 0;
            return fill_page(turn, head, foot, 0, choices);
        }
        page = fill_page(turn, head, foot, page.from + page.n, choices);
    }
    return page;
}

static void remember(struct ussd_session *session, const struct page *page, const struct choices *choices)
{
    session->n_shown = 0;
    for (size_t i = 0; i < page->n; i++)
        snprintf(session->shown[session->n_shown++], USSD_NAME_MAX, "%s", choices->rows[page->from + i].code);
    if (page->more)
        snprintf(session->shown[session->n_shown++], USSD_NAME_MAX, "%s", CODE_MORE);
}

/* ---- a screen ---- */

/* Shorter by a word, or by a character where none ends. */
static void shorten(char *text)
{
    size_t n = strlen(text);
    do
        n--;
    while (n && ((unsigned char)text[n] & 0xC0) == 0x80);
    const char *blank = n ? memrchr(text, ' ', n) : NULL;
    const size_t word = blank ? (size_t)(blank - text) : 0;
    text[n - word < 16 && word ? word : n] = '\0';
}

/* The head, cut so that it fits with what follows. */
static const char *cut(const struct turn *turn, const char *head, const char *tail)
{
    const char *text = plain(turn, arena_printf(turn->arena, "%s%s", head, tail));
    if (show_fits(text))
        return text;
    char *shorter = arena_copy(turn->arena, slice_of(head));
    do {
        shorten(shorter);
        text = plain(turn, arena_printf(turn->arena, "%s...%s", shorter, tail));
    } while (*shorter && !show_fits(text));
    return text;
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

/* With the line above it that says what was wrong, where both have room; the pages are cut for either. */
static const char *compose(const struct turn *turn, struct ussd_session *session, const char *line,
                           const struct choices *choices, bool root)
{
    const char *wrong = phrase(turn, "wrong"),
               *back = root ? "" : arena_printf(turn->arena, "\n%s", phrase(turn, "back"));
    const char *both = root ? "" : arena_printf(turn->arena, "%s %s", back, phrase(turn, "home"));
    struct page page = turn_to(turn, session, longer(line, wrong), back, choices);
    remember(session, &page, choices);
    const char *above = session->wrong ? arena_printf(turn->arena, "%s\n%s", wrong, line) : line;
    const struct page tries[] = {
        {above, both, page.from, page.n, page.more},
        {above, back, page.from, page.n, page.more},
        {session->wrong ? wrong : line, back, page.from, page.n, page.more},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
        if (show_fits(page_text(turn, &tries[i], choices)))
            return page_text(turn, &tries[i], choices);
    page.head = "";
    return cut(turn, line, page_text(turn, &page, choices));
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

static const char *screen_text(const struct turn *turn, struct ussd_session *session)
{
    const struct stand stand = session_stand(session);
    const bool doubted = slot_is_doubted(&session->reading, stand.screen->slot);
    enum message message = doubted ? doubt_of(session->reading.ask) : title_of(turn, &stand);
    know_listing(turn, session);
    struct choices choices = doubted ? choices_in_doubt(turn, session) : choices_of(turn, session, &stand);
    if (stand.screen->from == FROM_LISTINGS && choices.n == 0)
        message = MSG_USSD_NO_LISTINGS;
    const char *line = first_line(turn, session, message, false);
    if (!show_fits(
            plain(turn, arena_printf(turn->arena, "%s\n%s\n%s", line, phrase(turn, "yes"), phrase(turn, "back")))))
        line = first_line(turn, session, message, true);
    const char *text = compose(turn, session, line, &choices, stand.id == SCREEN_MAIN);
    if (doubted)
        session->n_shown = 0; /* the reader knows what its numbers mean */
    return text;
}

/* What a flow said; whole by SMS where the screen has no room for it. */
static const char *told_text(const struct turn *turn, const char *told, bool acted, bool *cut_r)
{
    const char *back = acted ? "" : arena_printf(turn->arena, "\n%s", phrase(turn, "back"));
    const char *text = plain(turn, arena_printf(turn->arena, "%s%s", *told ? told : phrase(turn, "done"), back));
    *cut_r = !show_fits(text);
    return *cut_r ? cut(turn, told, arena_printf(turn->arena, "\n%s%s", phrase(turn, "by_sms"), back)) : text;
}

struct ussd_view ussd_show(struct turn *turn, struct ussd_session *session, enum ussd_does does, const char *told)
{
    struct ussd_view view = {.ends = does == USSD_ACTS, .by_sms = does == USSD_ACTS};
    const enum lang lang = turn->lang;
    bool was_cut = false;
    turn->lang = show_lang(message_lang(turn->knowledge->book, lang));
    if (told) {
        view.text = told_text(turn, told, does == USSD_ACTS, &was_cut);
        view.by_sms |= was_cut;
        session->n_shown = 0;
    } else {
        view.text = screen_text(turn, session);
    }
    turn->lang = lang;
    return view;
}
