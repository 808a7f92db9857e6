/* SPDX-License-Identifier: Apache-2.0
 *
 * What a text's words and facts speak for, counted once, and the rules that decide from it.
 */
#ifndef PARSERS_READ_INTENT_H
#define PARSERS_READ_INTENT_H

#include "parsers/read/read_p.h"

typedef uint64_t intent_set;
_Static_assert(INTENT_COUNT <= 64, "a set of intents has 64 bits");

/* An intent in a set of them. */
#define BIT(intent) ((intent_set)1 << (intent))

struct wants {
    intent_set intents; /* bits of the intents words speak for */
    intent_set head;    /* those at the head of the text */
    intent_set plain;   /* those of words that are surely meant so */
    size_t at[INTENT_COUNT];
    bool buyers;                                            /* match: who buys */
    bool price_word, price_asked, amount_asked, when_asked; /* gia; hoi gia; bao nhieu; chung nao */
    bool asked, trend, trend_asked;
    bool asked_in_words;                        /* by more than a mark or a word that makes a request soft */
    size_t asked_at;                            /* where first */
    bool softly;                                /* "huy giup em duoc khong": a request */
    bool changed;                               /* "giam 5.000": by how much a price has moved */
    size_t weather;                             /* words of weather that cannot be buying: mua is both */
    size_t weather_doubted;                     /* of them, those that are common words too: giong */
    size_t spam, other_goods, topics, services; /* services: of the topics, machines, loans, work */
    bool privacy;                               /* of the topics, what is known about the writer */
    bool subscription;                          /* of the topics, what is sent to the writer */
    size_t not_ours;                            /* plainly other goods, services: "xe may", "ho khau" */
    bool unclear;                               /* goods by a word of several: dau */
    bool negated;                               /* "khong ban", "dung ban" */
    bool told;                                  /* "nghe noi ban ...", "hang xom ban ...", "mua ngap ...": no offer */
    bool sale_asked;                            /* "5 tan co ban duoc khong": of a selling verb */
    bool past;                                  /* "hom qua ban ...", "... 8k roi" */
    bool listing;                               /* the code or number of one */
    bool rain_asked;                            /* "mua khong": who buys, or will it rain? */
    enum intent command;                        /* taught words, and what they are about: command.h */
    bool place_unknown;                         /* one is named that we do not know */
    bool mistyped;                              /* what looks like a listing's code */
    const struct keyword *language;
    size_t language_words, language_at;
    bool language_told;    /* "con toi hoc tieng anh", "toi khong biet tieng viet": none is chosen */
    bool language_refused; /* "dung gui tieng khmer" */
    size_t question_marks;
    size_t content, polite;                               /* spans that say something, and polite ones */
    size_t goods, places, prices, bare, quantities, days; /* facts */
    size_t ones;                                          /* of the quantities, those of just one: "1 kg" */
};

/* May a span of this tag speak for an intent? Amounts, goods and places do not. */
bool counts_as_word(char tag);

/* Is there a fact that is goods? */
bool names_goods(const struct text *t);

/* Is it more than politeness and punctuation? */
bool says_something(const struct text *t, size_t i);

/* Of a verb of trade; see intent_whose.c. "khong ban", "chua muon ban", "dung ban", which is đừng as well as đúng; "lai
 * nao mua", "ai ban", "cho cty lay": what others would do; "mai mua ko de phoi lua": rain, as nothing to buy stands
 * before. */
bool verb_is_negated(const struct text *t, size_t i);
bool command_is_denied(const struct text *t, size_t i, enum intent intent); /* also "ai huy tin 2", "sap ban roi" */
bool verb_is_theirs(const struct text *t, size_t i);
bool verb_is_rain(const struct text *t, size_t i);

/* Is what is said of the verb, or by this span, only told: others', heard, done, complained of, wondered about? Rain
 * that does damage is no buying: "mua lon ngap 2 cong lua". See intent_told.c. */
bool verb_is_told(const struct text *t, size_t i);

/* "can say 5 tan lua": is the first word of buying one of need, and what follows it nothing to be had? */
bool needs_something_else(const struct text *t);

void find_wants(const struct text *t, struct wants *w);

/* Puts right what find_wants heard word by word by what the words mean together; see intent_join.c. */
void join_wants(const struct text *t, struct wants *w);

/* INTENT_NONE when nothing is plain. */
enum intent decide_intent(const struct wants *w);

/* The rules that decide: the first that holds. */
struct intent_rule {
    const char *name;
    bool (*holds)(const struct wants *w);
    enum intent intent;
};
extern const struct intent_rule intent_rules[];
extern const size_t n_intent_rules;

/* read_text, with what it found on its way left for whoever wants to show it. */
void read_in_full(const struct reader *reader, const struct read_context *context, struct arena *arena,
                  struct slice text, struct text *t, struct wants *w, struct reading *reading_r);

#endif
