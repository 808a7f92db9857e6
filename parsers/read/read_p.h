/* SPDX-License-Identifier: Apache-2.0
 *
 * The inside of the reading. A text goes through these steps, each a file:
 *   spell.c    tokens, with typing residue and glued words put right
 *   span.c     the cover of the tokens by phrases of the lexicon that explains most
 *   mend.c     words nothing covers become those of the phrase they are clearly nearest to
 *   number.c   numbers in figures and in words
 *   tag.c      one letter a span for what it does in an amount: the text as a short line of tags
 *   amounts.c  PCRE2 over that line: prices, quantities, sizes, dates, phone numbers become facts
 *   intent.c   what the writer wants, with intent_whose.c, intent_join.c and the rules of intent_rules.c
 *   segments.c where one offer ends and the next begins
 *   items.c    facts gathered around goods: the items
 *   script.c   the language it is written in
 *   settle.c   complete and plausible, or the question to ask
 *   doubt.c    data that chance words make up, and readings that would be sure of too little
 */
#ifndef PARSERS_READ_READ_P_H
#define PARSERS_READ_READ_P_H

#include "parsers/lexicon/lexicon_p.h"
#include "parsers/read/reading.h"
#include "parsers/text/token.h"

/* What a span does in an amount. Digits say how many figures a whole number has. */
enum tag {
    TAG_DIGIT_1 = '1',
    TAG_DIGIT_2 = '2',
    TAG_DIGIT_3 = '3',
    TAG_DIGIT_4 = '4', /* four or more */
    TAG_GROUPED = '8', /* 8.500 */
    TAG_DECIMAL = '.', /* 8.5 */
    TAG_SPELT = 'w',   /* number in words */
    TAG_TAIL = 't',    /* glued to the scale or unit before it: the 5 of 8k5 */
    TAG_ZERO = 'q',    /* begins with 0 or is long: a phone number or part of one */
    TAG_HUGE = 'H',    /* more figures than an amount has */
    TAG_SCALE = 'k',   /* ngàn, triệu, 万 */
    TAG_DONG = '$',
    TAG_RUOI = 'r', /* and a half */
    TAG_NUA = 'h',  /* half a */
    TAG_UNIT = 'u',
    TAG_CON = 'c',    /* heads or pieces: perhaps a size grade */
    TAG_HEAD = 'i',   /* one fruit or head, before its weight */
    TAG_PER_KG = 'G', /* con/kg */
    TAG_METRE = 'M',  /* in a mat's size, 1m6 */
    TAG_EACH = 'e',   /* mỗi, một before a unit */
    TAG_SLASH = '/',
    TAG_TO = '-',
    TAG_PRICE = 'p',
    TAG_FLOOR = '>',
    TAG_BOUND_AFTER = 'F', /* trở lên, trở xuống */
    TAG_CEILING = '<',
    TAG_ABOUT = '~',
    TAG_VAGUE = '?',
    TAG_SIZE = 'z',
    TAG_GRADE = 'l',
    TAG_DAY = 'd',   /* ngày */
    TAG_MONTH = 'o', /* tháng */
    TAG_WEEK = 'W',
    TAG_WEEKDAY = 'y', /* thứ */
    TAG_LUNAR = 'L',
    TAG_SOLAR = 'S',
    TAG_MUNG = 'g',
    TAG_FULL_MOON = 'O',
    TAG_AHEAD = 'n',       /* nữa */
    TAG_LUNAR_MONTH = 'X', /* by its name: chạp */
    TAG_MONTH_NAME = 'N',  /* a solar one */
    TAG_YEAR = 'Y',
    TAG_WHEN = 'D', /* a day by its name */
    TAG_GOODS = 'C',
    TAG_PLACE = 'P',
    TAG_AT = 'A',
    TAG_INTENT = 'I',
    TAG_ASKING = 'Q',
    TAG_TREND = 'T',
    TAG_STATE = 's',
    TAG_LISTING = '#',
    TAG_COMMA = ',',
    TAG_STOP = ';', /* a line end, a plus: another offer may begin */
    TAG_COLON = ':',
    TAG_FILLER = 'f',
    TAG_OTHER = 'x',
};

/* A run of tokens that means one thing. */
struct span {
    size_t first, count;        /* tokens */
    const struct sense *senses; /* NULL when the lexicon does not know it */
    uint64_t kinds;             /* of the senses that agree with the marks written */
    bool marked;                /* is any of its words written with marks? */
    bool glued;
    char tag;
    bool weak;     /* goods by a word that is also something else */
    int64_t milli; /* a number's value in thousandths */
    int digits;    /* its figures, leading zeros counted */
    const struct unit *unit;
    const struct commodity *commodity;
    const struct place *place;
    const struct keyword *keyword;
};

enum fact_kind {
    FACT_GOODS,
    FACT_PLACE,
    FACT_PRICE,    /* with thousands, currency, or a price word */
    FACT_QUANTITY, /* with a unit */
    FACT_COUNT,    /* "50 con": heads, or a size grade */
    FACT_BARE,     /* a number alone */
    FACT_VAGUE,    /* "vài tấn" */
    FACT_SIZE,
    FACT_GRADE,
    FACT_STATE,
    FACT_DAY,
    FACT_CHUC,   /* "chục 14" apart from a number: what a chục is here */
    FACT_WEIGHT, /* 100 kg a head */
    FACT_PHONE,
    FACT_DOUBTED, /* a datum that chance words make up: see doubt.h */
};

struct fact {
    enum fact_kind kind;
    size_t from, to;   /* spans */
    int64_t low, high; /* thousandths: of đồng, of the unit, of a bare number; low == high when there is one */
    bool about, floor, ceiling;
    bool scaled;             /* a price whose thousands were written */
    bool marked;             /* a price by its word or place, whose thousands may have been left out */
    bool per;                /* a price's unit was said with "/" or "mỗi", not only put after it */
    bool each;               /* "mỗi ký", "1 ký" next to a price: what the price is for, perhaps */
    const struct unit *unit; /* of a quantity, or what a price is for; NULL = not said */
    const struct commodity *commodity;
    const struct place *place;
    const struct keyword *keyword;
    day_t day;  /* the next such day */
    day_t past; /* the last one; DAY_NONE as well when it is not told */
    bool taken;
    enum doubt doubt; /* of FACT_DOUBTED */
};

#define FACTS_MAX 64

/* How the goods that a text names are sold. */
struct sold {
    bool any;      /* it names some */
    bool by_head;  /* some of these are livestock */
    bool by_metre; /* some of these have lengths for sizes */
    bool by_size;  /* or sizes of any sort */
    bool *by_unit; /* some are priced by it too; in the order of the lexicon's units */
};

/* A text being read. */
struct text {
    const struct reader *reader;
    const struct lexicon *lexicon;
    const struct read_context *context;
    struct arena *arena;
    enum ask asked;
    struct token *tokens;
    size_t n_tokens;
    uint32_t *words; /* the lexicon's number of each token, 0 when it has none; NULL = not looked up */
    struct span *spans;
    size_t n_spans;
    char *tags; /* one a span, NUL after them */
    struct sold sold;
    struct fact *facts;
    size_t n_facts, facts_room;
    char listing[READ_SIZE_MAX];     /* the public code of a listing, upper case; "" = none */
    bool listings;                   /* the codes of several */
    char mistyped[READ_SIZE_MAX];    /* what would be such a code but for its check symbol; "" = none */
    size_t goods_at[READ_ITEMS_MAX]; /* span of each item's goods; TEXT_NOWHERE when it has none */
};

#define TEXT_NOWHERE ((size_t)-1)

/* Longer texts are read as far as this: ten concatenated UCS-2 parts hold 670 characters, GSM ones 1,530. */
#define READ_TOKENS_MAX 1024

void text_spell(struct text *t, struct slice text);
void text_span(struct text *t);
void text_mend(struct text *t);
void text_tag(struct text *t);
void text_amounts(struct text *t);
void text_items(struct text *t, struct reading *reading);

/* Sets script and khmer_letters. */
void text_script(const struct text *t, struct reading *reading);

/* The first five steps. `asked` is the question that the text may answer, ASK_NOTHING when it stands by itself. */
void text_prepare(struct text *t, const struct reader *reader, const struct read_context *context, struct arena *arena,
                  struct slice text, enum ask asked);

/* Does the text answer the question for a price? */
bool asks_price(const struct text *t);

/* Is there a sense of this kind, a keyword of this kind, that agrees with the marks written? */
static inline bool span_is(const struct span *span, enum sense_kind kind)
{
    return span->kinds & KIND_BIT(kind);
}

static inline bool span_has(const struct span *span, enum keyword_kind kind)
{
    return span->kinds & KEYWORD_BIT(kind);
}

/* Do the spans' words agree in marks with the sense? Most are written without any. */
bool marks_of_sense_agree(const struct text *t, const struct span *span, const struct sense *sense);
static inline bool sense_agrees(const struct text *t, const struct span *span, const struct sense *sense)
{
    return !span->marked || !sense->marks || marks_of_sense_agree(t, span, sense);
}

/* The first such sense that a span is known to have; and is one of its keywords of this meaning? */
const struct sense *find_sense(const struct text *t, const struct span *span, enum sense_kind kind);
const struct keyword *find_keyword(const struct text *t, const struct span *span, enum keyword_kind kind);
bool find_meaning(const struct text *t, const struct span *span, enum keyword_kind kind, const char *meaning);

/* The first sense of a kind that agrees with the marks written; NULL when there is none. Most such questions are
 * answered so, and without a walk over the senses: inline, as hundreds are asked of a text. */
static inline const struct sense *span_sense(const struct text *t, const struct span *span, enum sense_kind kind)
{
    return span_is(span, kind) ? find_sense(t, span, kind) : NULL;
}

static inline const struct keyword *span_keyword(const struct text *t, const struct span *span, enum keyword_kind kind)
{
    return span_has(span, kind) ? find_keyword(t, span, kind) : NULL;
}

/* Is it a keyword of this kind and meaning? */
static inline bool span_means(const struct text *t, const struct span *span, enum keyword_kind kind,
                              const char *meaning)
{
    return span_has(span, kind) && find_meaning(t, span, kind, meaning);
}

const struct unit *span_unit(const struct text *t, const struct span *span);

/* Stop, and not "right" as well: dừng with its mark. */
bool span_says_stop(const struct text *t, const struct span *span);

/* The unit that this one is a size of: chục of chục 12, sack of 25-kg sack; NULL when it is none. */
const struct unit *unit_of_size(const struct lexicon *lexicon, const struct unit *unit);

/* Adds a fact and returns it; a spare one that is not kept when there is no room. */
struct fact *text_fact(struct text *t, enum fact_kind kind, size_t from, size_t to);

static inline bool tag_is_number(char tag)
{
    return (tag >= TAG_DIGIT_1 && tag <= TAG_DIGIT_4) || tag == TAG_GROUPED || tag == TAG_DECIMAL || tag == TAG_SPELT ||
           tag == TAG_ZERO;
}

static inline bool tag_separates(char tag)
{
    return tag == TAG_COMMA || tag == TAG_STOP || tag == TAG_COLON;
}

/* The day a word of kind KW_DAY means; DAY_NONE when it is no certain day. */
day_t day_of_meaning(const char *meaning, day_t today);

/* Compiled patterns; see amounts.c. */
struct amounts;
struct amounts *amounts_new(const char **error);
void amounts_free(struct amounts *amounts);

struct reader {
    const struct lexicon *lexicon;
    struct amounts *amounts;
};

#endif
