/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/broadcast/draft.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/sms.h"

/* Whose words people of a language get. */
static enum lang words_lang(const struct broadcast_draft *draft, enum lang lang)
{
    if (draft->words[lang] || (lang == LANG_VI_DAU && draft->words[LANG_VI]))
        return lang;
    if (draft->words[LANG_VI])
        return LANG_VI;
    for (enum lang l = 0; l < LANG_COUNT; l++)
        if (draft->words[l])
            return l;
    return LANG_VI;
}

static const char *words_in(const struct broadcast_draft *draft, enum lang lang)
{
    return draft->words[lang] ? draft->words[lang] : draft->words[LANG_VI] ? draft->words[LANG_VI] : "";
}

void broadcast_render(const struct message_book *book, struct arena *arena, const struct broadcast_draft *draft,
                      struct broadcast_text texts_r[LANG_COUNT])
{
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        enum lang in = words_lang(draft, lang);
        struct message_args args =
            ARGS({"announcement", words_in(draft, in)}, {"public", draft->commercial ? NULL : ""});
        const char *body = message_render(book, in, arena, MSG_BROADCAST, args);
        if (draft->commercial) /* which the decree on advertising wants at the head, brackets and all */
            body = arena_printf(arena, "[QC] %s", body);
        struct sms_size size = sms_size(slice_of(body));
        texts_r[lang] = (struct broadcast_text){body, (int)size.coding, (int)size.segments};
    }
}

struct broadcast_cost broadcast_cost(const struct broadcast_rules *rules, const struct broadcast_draft *draft,
                                     const struct broadcast_text texts[LANG_COUNT], const int64_t people[LANG_COUNT],
                                     int64_t now_us)
{
    struct broadcast_cost cost = {0};
    for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
        cost.people += people[lang];
        cost.segments += people[lang] * texts[lang].segments;
    }
    cost.price = cost.segments * rules->segment_price;
    cost.ends_us = broadcast_ends(rules, now_us, cost.segments, *draft->disaster);
    return cost;
}

/* "km zh" as an array. */
static json_t *json_words(const char *list)
{
    json_t *words = json_array();
    while (*(list += strspn(list, " "))) {
        size_t n = strcspn(list, " ");
        json_array_append_new(words, json_stringn(list, n));
        list += n;
    }
    return words;
}

static json_t *json_texts(const struct broadcast_text texts[LANG_COUNT])
{
    json_t *all = json_array();
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        json_array_append_new(all, json_pack("{s:s, s:s, s:i, s:i}", "lang", lang_code(lang), "body", texts[lang].body,
                                             "coding", texts[lang].coding, "segments", texts[lang].segments));
    return all;
}

const char *broadcast_json(struct arena *arena, const struct broadcast_draft *draft,
                           const struct broadcast_text texts[LANG_COUNT], const struct broadcast_cost *cost)
{
    json_t *root =
        json_pack("{s:s, s:s, s:s, s:o, s:b, s:b, s:s, s:s, s:o, s:I, s:I, s:I, s:s, s:o}", "area", draft->area,
                  "commodity", draft->commodity, "role", draft->role, "langs", json_words(draft->langs), "subscribers",
                  draft->subscribers, "commercial", draft->commercial, "disaster", draft->disaster, "words",
                  words_in(draft, words_lang(draft, LANG_VI)), "bulletins", json_words(draft->bulletins), "people",
                  (json_int_t)cost->people, "segments", (json_int_t)cost->segments, "expires",
                  (json_int_t)draft->expires_us, "state", draft->state, "texts", json_texts(texts));
    char *text = json_dumps(root, JSON_COMPACT);
    const char *json = arena_copy(arena, slice_of(text));
    free(text);
    json_decref(root);
    return json;
}

const char *broadcast_what(struct arena *arena, const struct knowledge *knowledge, enum lang lang, const char *area,
                           const char *commodity)
{
    const struct place *place = lexicon_place(knowledge->lexicon, area);
    const struct commodity *goods = lexicon_commodity(knowledge->lexicon, commodity);
    if (!place && !goods)
        return message_phrase(knowledge->book, lang, "broadcast", "everybody");
    return arena_printf(arena, "%s%s%s", goods ? goods->brief[lang] : "", goods && place ? ", " : "",
                        place ? place->brief[lang] : "");
}
