/* SPDX-License-Identifier: Apache-2.0
 *
 * The language a text is written in. */
#include <string.h>

#include "parsers/read/intent.h"

/* The one language that a phrase is a word of, LANG_KM of Khmer in Latin letters; LANG_COUNT when it is of none or of
 * several. */
static enum lang lang_of(const struct text *t, const struct span *span)
{
    enum lang lang = LANG_COUNT;
    for (const struct sense *s = span_is(span, SENSE_KEYWORD) ? span->senses : NULL; s; s = s->next) {
        if (s->kind != SENSE_KEYWORD || !sense_agrees(t, span, s))
            continue;
        const enum lang own = s->keyword->khmer ? LANG_KM : s->keyword->lang;
        if (lang != LANG_COUNT && lang != own)
            return LANG_COUNT;
        lang = own;
    }
    return lang;
}

/* "king orange", and no name that Vietnamese use. */
static bool is_english_goods(const struct span *span)
{
    for (const struct sense *s = span->tag == TAG_GOODS ? span->senses : NULL; s; s = s->next)
        if (s->kind == SENSE_COMMODITY && s->commodity == span->commodity)
            return s->english;
    return false;
}

/* The script of Khmer or Chinese signs; LANG_COUNT when there are none. */
static enum lang lang_of_signs(const struct text *t)
{
    for (size_t i = 0; i < t->n_tokens; i++)
        if (t->tokens[i].kind == TOKEN_SIGN) {
            unsigned char lead = (unsigned char)t->tokens[i].text.at[0], next = (unsigned char)t->tokens[i].text.at[1];
            if (lead == 0xE1 && next >= 0x9E && next <= 0x9F) /* U+1780 to U+17FF */
                return LANG_KM;
            if (lead >= 0xE3 && lead <= 0xE9) /* U+3000 to U+9FFF */
                return LANG_ZH;
        }
    return LANG_COUNT;
}

/* What a span's words say of the language. Amounts say nothing: "ton" is tấn too, and everybody writes k and tr; nor
 * does what goods' names mean besides, but for a verb in one: "luok ko", to sell cattle in Khmer. */
static enum lang lang_said(const struct text *t, size_t i)
{
    const struct span *span = &t->spans[i];
    static const char amounts[] = {TAG_UNIT, TAG_CON, TAG_SCALE, TAG_DONG, TAG_PER_KG, '\0'};
    enum lang lang = strchr(amounts, t->tags[i]) ? LANG_COUNT : lang_of(t, span);
    bool verb = span_means(t, span, KW_INTENT, "sell") || span_means(t, span, KW_INTENT, "buy");
    return t->tags[i] == TAG_GOODS && !verb ? LANG_COUNT : lang;
}

/* By its signs; else by its words. */
void text_script(const struct text *t, struct reading *r)
{
    size_t said[LANG_COUNT + 1] = {0}, goods = 0, unclear = 0;
    r->script = lang_of_signs(t);
    r->script_told = true;
    if (r->script != LANG_COUNT)
        return;
    for (size_t i = 0; i < t->n_spans; i++) {
        enum lang lang = lang_said(t, i);
        said[lang]++;
        goods += is_english_goods(&t->spans[i]);
        unclear += lang == LANG_COUNT && counts_as_word(t->tags[i]) && span_is(&t->spans[i], SENSE_KEYWORD);
    }
    if (said[LANG_KM] || (!said[LANG_EN] && unclear)) /* "ban watermelon": English goods alone prove little */
        goods = 0;
    r->script_told = said[LANG_VI] || said[LANG_EN] || said[LANG_KM] || goods;
    r->khmer_letters = said[LANG_KM] > said[LANG_VI];
    r->script = said[LANG_EN] + goods > said[LANG_VI] + said[LANG_KM] ? LANG_EN : LANG_VI;
}
