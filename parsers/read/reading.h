/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading: from the bytes of a text to what its writer wants. Pure: the same text, lexicon and
 * context give the same reading, on any thread. Three outcomes, never a fourth:
 *   READ_SURE  do it, and echo all of it
 *   READ_ASK   one thing is missing or unclear: `ask` says which
 *   READ_NONE  not understood; what was recognised all the same is in items[0], for a useful answer
 * A guess is never READ_SURE.
 *
 *     struct reading r;
 *     read_text(reader, &(struct read_context){.today = today, .home = home}, arena, text, &r);
 */
#ifndef PARSERS_READ_READING_H
#define PARSERS_READ_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/day.h"
#include "parsers/base/lang.h"
#include "parsers/base/slice.h"
#include "parsers/lexicon/lexicon.h"

enum intent {
#define X(symbol, name) symbol,
#include "parsers/read/intents.def"
#undef X
    INTENT_COUNT
};

/* "sell"; and back (INTENT_NONE for an unknown name). */
const char *intent_name(enum intent intent);
enum intent intent_from_name(const char *name);

/* Why a reading that would be sure is asked about, or a datum dropped. */
enum doubt {
#define X(symbol, name) symbol,
#include "parsers/read/doubts.def"
#undef X
};

/* What the explanation says; "" for DOUBT_NONE. */
const char *doubt_name(enum doubt doubt);

enum outcome { READ_NONE, READ_ASK, READ_SURE };

/* What to ask; X(symbol, name). Each has its message `ask.<name>` in the catalogue. */
#define ASK_TABLE(X)                                                                        \
    X(ASK_NOTHING, "nothing")                                                               \
    X(ASK_COMMODITY, "commodity")   /* which goods? choices may be given */                 \
    X(ASK_QUANTITY, "quantity")     /* how much? */                                         \
    X(ASK_PRICE, "price")           /* at what price? */                                    \
    X(ASK_PRICE_CHECK, "price_check") /* is it really so much? choices: prices */           \
    X(ASK_QUANTITY_CHECK, "quantity_check")                                                 \
    X(ASK_PLACE, "place")           /* where? choices when a name fits several */           \
    X(ASK_INTENT, "intent")         /* sell, buy or price? choices: intents */              \
    X(ASK_LISTING, "listing")       /* which of my listings? */                             \
    X(ASK_STOP, "stop")             /* `dung` alone: 1 stop, or 2 right? */                   \
    X(ASK_UNIT, "unit")             /* which unit? choices */                               \
    X(ASK_ANSWER, "answer")         /* a number alone: an answer to what? nothing stays open */

enum ask {
#define X(symbol, name) symbol,
    ASK_TABLE(X)
#undef X
        ASK_COUNT
};

const char *ask_name(enum ask ask);
enum ask ask_from_name(const char *name); /* ASK_NOTHING for an unknown name */

#define READ_ITEMS_MAX 8
#define READ_CHOICES_MAX 5
#define READ_NAME_MAX 61 /* bytes of a person's name, its NUL included */
#define READ_SIZE_MAX 16 /* bytes of an attribute's value, its NUL included */

struct read_item {
    const struct commodity *commodity; /* NULL = not said */
    bool has_quantity, quantity_about; /* about: khoảng, hơn */
    int64_t quantity_milli;            /* thousandths of `unit`; 2 tấn = 2000 */
    const struct unit *unit;           /* NULL only without a quantity */
    bool unit_assumed;                 /* the unit, or its size (giạ, chục), was not said */
    /* đồng per price_unit. A single price: low == high. A ceiling: low 0. A floor: high 0. None: both 0. */
    int64_t price_low, price_high;
    const struct unit *price_unit; /* resolved even when unwritten; NULL without a price or without goods */
    /* the writer stands by an implausible one, or leaves the price to be agreed: not asked again */
    bool quantity_checked, price_checked;
    const struct place *place;     /* as said; NULL = not said (the sender's own place then holds) */
    bool place_unclear;            /* a place was named that fits several: the sender's own must not stand in */
    day_t ready;                   /* DAY_NONE = not said */
    char size[READ_SIZE_MAX];      /* as written: "50", "30-40", "1m6"; "" = none */
    char grade[READ_SIZE_MAX];     /* "1", "y tu" */
    char state[READ_SIZE_MAX];     /* "fresh", "dry" */
};

struct reading {
    enum outcome outcome;
    enum intent intent;
    enum ask ask;              /* ASK_NOTHING unless READ_ASK */
    size_t n_items;            /* READ_NONE: 0, or 1 with what was recognised */
    struct read_item items[READ_ITEMS_MAX];
    /* Choices of the question, numbered from 1 when sent. Which member holds depends on `ask`. */
    size_t n_choices;
    union {
        const struct commodity *commodity;
        const struct place *place;
        const struct unit *unit;
        enum intent intent;
        int64_t price; /* đồng */
        int64_t quantity_milli;
    } choices[READ_CHOICES_MAX];
    size_t asked_item;         /* index of the item asked about */
    char listing[READ_SIZE_MAX]; /* cancel, edit, ...: the code or number named, upper case; "" = none */
    /* Of an officer's answer (question: TL 152), of a broadcast (approve), or the figures of a one-time code; "" = none. */
    char number[READ_SIZE_MAX];
    /* As the sender wrote it, a slice of the text: what is passed on (relay, broadcast), an officer's answer, a question
     * without the words that announce it. Empty when there is none. */
    struct slice words;
    char name[READ_NAME_MAX];  /* start: the person's, likewise; "" = not told */
    bool registers;            /* start: says who and where the person is and what he grows; else goods are subscribed to */
    int days;                  /* renew: so many more; 0 = not said */
    bool salinity;             /* weather: the salt in the water */
    bool has_lang;             /* language: the one asked for */
    enum lang lang;
    bool wants_buyers;         /* match: true = who buys, false = who sells */
    enum lang script;          /* the language to answer in when none is chosen: LANG_VI, KM, ZH or EN */
    bool script_told;          /* else LANG_VI was taken for want of anything that says */
    bool thanks;               /* junk: it says thank you */
    bool khmer_letters;         /* it is Khmer written in Latin letters */
    enum doubt doubt;          /* what kept it from being sure, or emptied a slot; DOUBT_NONE */
    bool stops;                /* the whole text does, as read_is_stop says: it holds before everything else */
    bool mended;               /* a misspelt word was put right: say back what was understood */
};

struct read_context {
    day_t today;                /* in the province */
    const struct place *home;   /* the sender's place; NULL = not known. Settles ambiguous names, and makes naming one needless */
    bool place_optional;        /* an offer without a place is complete even when home is not known */
};

/* Compiled patterns (PCRE2, JIT where available) and the lexicon they serve. Immutable; shared by all threads. */
struct reader;

/* Does not own the lexicon, which must outlive it. NULL with *error (static text) when a pattern fails. */
struct reader *reader_new(const struct lexicon *lexicon, const char **error);
void reader_free(struct reader **reader);

/* Reads any bytes, valid UTF-8 or not, NULs included, of any length, in bounded time. Never fails:
 * what cannot be read is READ_NONE. Strings in the reading point into the lexicon, slices into the text. */
void read_text(const struct reader *reader, const struct read_context *context, struct arena *arena,
               struct slice text, struct reading *reading_r);

/* What a bare answer to `ask` says: "1" or "2" picks a choice of `asked`, "8500", "8k5", "2 tan", "cau ke",
 * "ban" fill the slot; yes/no words settle a check. On success *asked is completed in place (outcome, ask
 * and choices worked out anew: it may be READ_SURE or ask the next thing) and true is returned. False: the
 * text is not an answer to that question and should be read on its own. A text that is a command of its own
 * (`gia lua`, `TC`) is never an answer. */
bool read_answer(const struct reader *reader, const struct read_context *context, struct arena *arena,
                 struct slice text, struct reading *asked);

/* Works out outcome, ask and choices of a reading whose slots were filled or whose place fell back to `home`
 * (missing slot? implausible?). What read_text and read_answer end with. */
void reading_settle(const struct read_context *context, struct reading *reading);

/* True for a whole message that says stop (TC, TU CHOI, STOP, NGUNG and the like in km, zh, en): checked
 * before any conversation. `dung` alone is not one: see ASK_STOP. */
bool read_is_stop(const struct reader *reader, struct arena *arena, struct slice text);

/* Is the text nothing but a yes, "dạ đúng rồi", or a no? */
enum said { SAID_NEITHER, SAID_YES, SAID_NO };
enum said read_yes_or_no(const struct reader *reader, struct arena *arena, struct slice text);

/* Is the text nothing but an answer: "1", "ok", "khong", "8500"? Without a question there is nothing in it to read. */
bool read_is_bare(const struct reader *reader, struct arena *arena, struct slice text);

/* The item's quantity in thousandths of its base unit (2 tấn -> 2,000,000 = 2,000.000 kg); false when the unit has
 * no fixed factor or there is no quantity. *base is the base unit's code. */
bool item_base_quantity(const struct read_item *item, int64_t *milli, const char **base);

#endif
