/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that are neither goods, places nor units: what they do in a text. From keywords.tsv, whose columns are
 * keyword (with its accents: those a writer puts must agree), lang ("vi", "km", "km-latn", "zh", "en"), kind and
 * meaning. One keyword may have several rows.
 */
#ifndef PARSERS_LEXICON_KEYWORD_H
#define PARSERS_LEXICON_KEYWORD_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/lang.h"

/* X(symbol, name in the table). What `meaning` holds is said beside each. */
#define KEYWORD_KINDS(X)                                                                      \
    X(KW_INTENT, "intent")     /* an intent's name, and for match the side: "match buyer" */  \
    X(KW_NUMBER, "number")     /* its value: 0 to 9, or a power of ten from 10 */             \
    X(KW_HALF, "half")         /* "before" the unit or "after" it */                          \
    X(KW_ABOUT, "about")       /* khoảng; empty */                                            \
    X(KW_FLOOR, "floor")       /* a price's or quantity's lower bound; empty, or "after" it */ \
    X(KW_CEILING, "ceiling")   /* its upper bound; empty, or "after" it */                    \
    X(KW_TO, "to")             /* between the ends of a range; empty */                       \
    X(KW_EACH, "each")         /* before the unit of a price; empty */                        \
    X(KW_VAGUE, "vague")       /* an amount not given: vài; empty */                          \
    X(KW_PRICE, "price")       /* says that a price follows; empty, or "ask": hỏi giá */      \
    X(KW_ASKING, "asking")     /* asks how much, or whether; "amount", "when", "how", "whether" */ \
    X(KW_DAY, "day")           /* days from today, or WEEK, WEEK+1, MONTH_END, a weekday ... */ \
    X(KW_DATE, "date")         /* "day", "month", "lunar", "hour", "ahead" ... beside a number */ \
    X(KW_MONTH, "month")       /* a month by its name, its number: December */                \
    X(KW_LUNAR_MONTH, "lunar month") /* likewise: tháng chạp is 12 */                         \
    X(KW_SIZE, "size")         /* says that a size grade follows; empty */                    \
    X(KW_GRADE, "grade")       /* says that a grade follows, empty; or the grade: "1", "dep" */ \
    X(KW_STATE, "state")       /* the state: "fresh", "dry" */                                \
    X(KW_AT, "at")             /* says that a place follows; empty */                         \
    X(KW_POLITE, "polite")     /* "thanks", "greeting", "address" */                          \
    X(KW_ANSWER, "answer")     /* "yes", "no", "stop or yes" */                               \
    X(KW_LANGUAGE, "language") /* a language's code */                                        \
    X(KW_TOPIC, "topic")       /* "pest", "service", "work", "privacy", "subscription" */     \
    X(KW_TREND, "trend")       /* of prices: "up", "down", "ask" */                           \
    X(KW_OTHER, "other")       /* not ours: "goods", "spam"; "any"; by a verb "not", "soon", "softly", "who", "they", "just", "if", "perhaps"; "told", "damage"; before a place "where", "where within" another; "more", "for", "and", "same price" */ \
    X(KW_LISTING, "listing")   /* says that a listing's number follows; empty */              \
    X(KW_SCALE, "scale")       /* its value, in figures of Khmer and Chinese: 10000 */        \
    X(KW_SLANG, "slang")       /* a scale of money in an answer about a price, its value; else something different */ \
    X(KW_OPEN_PRICE, "open price") /* says that the price is left to the other side; empty */ \
    X(KW_UNCLEAR, "unclear")   /* without accents any of these goods: their codes */          \
    X(KW_TRADER, "trader")     /* before a place it comes from there: not where the goods are; empty */ \
    X(KW_COMMAND, "command")   /* as taught, at the head: "more", "call", "data", "show", "hide", "code", "approve", "answer", "relay"; beside a listing "accept", "refuse"; in a registration "name", "grow"; of weather "salinity" */ \
    X(KW_FILLER, "filler")     /* means nothing here; empty, "done": rồi, "of": của, "plot": ao, "still": còn */

enum keyword_kind {
#define X(symbol, name) symbol,
    KEYWORD_KINDS(X)
#undef X
        KW_COUNT
};

/* As in the table: "intent". */
const char *keyword_kind_name(enum keyword_kind kind);

struct keyword {
    enum keyword_kind kind;
    enum lang lang;      /* Khmer in Latin letters is LANG_VI: it is answered in Vietnamese */
    bool khmer;          /* in Latin letters */
    const char *meaning; /* as in the table */
    int64_t value;       /* its number, when it is one */
};

#endif
