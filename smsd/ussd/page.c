/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ussd/page.h"

#include "parsers/text/fold.h"
#include "parsers/text/sms.h"

bool page_fits(const char *text)
{
    const struct sms_size size = sms_size(slice_of(text));
    return size.units <= (size.coding == SMS_UCS2 ? PAGE_UNITS_UCS2 : PAGE_UNITS_GSM7);
}

/* Accents make a screen of 140 characters one of 80. */
enum lang page_lang(enum lang lang)
{
    return lang == LANG_VI_DAU ? LANG_VI : lang;
}

const char *page_plain(const struct turn *turn, const char *text)
{
    return lang_is_unicode(turn->lang) ? text : text_unaccent(turn->arena, slice_of(text), NULL);
}

const char *page_text(const struct turn *turn, const struct page *page, const struct choices *choices)
{
    const char *text = page->head;
    size_t n = 0;
    for (; n < page->n; n++)
        text = arena_printf(turn->arena, "%s\n%zu %s", text, n + 1, choices->rows[page->from + n].label);
    if (page->more)
        text = arena_printf(turn->arena, "%s\n%zu %s", text, n + 1,
                            message_phrase(turn->knowledge->book, turn->lang, "ussd", "more"));
    return page_plain(turn, arena_printf(turn->arena, "%s%s", text, page->foot));
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
        const bool room = page.n + page.more <= USSD_SHOWN_MAX && page_fits(page_text(turn, &page, choices));
        if (room || page.n <= 1)
            return page;
    }
}

struct page page_turn(const struct turn *turn, int *at, const char *head, const char *foot,
                      const struct choices *choices)
{
    struct page page = fill_page(turn, head, foot, 0, choices);
    for (int i = 0; i < *at; i++) {
        if (!page.more) {
            *at = 0;
            return fill_page(turn, head, foot, 0, choices);
        }
        page = fill_page(turn, head, foot, page.from + page.n, choices);
    }
    return page;
}

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

const char *page_cut(const struct turn *turn, const char *head, const char *tail)
{
    const char *text = page_plain(turn, arena_printf(turn->arena, "%s%s", head, tail));
    if (page_fits(text))
        return text;
    char *shorter = arena_copy(turn->arena, slice_of(head));
    do {
        shorten(shorter);
        text = page_plain(turn, arena_printf(turn->arena, "%s...%s", shorter, tail));
    } while (*shorter && !page_fits(text));
    return text;
}
