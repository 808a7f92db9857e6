/* SPDX-License-Identifier: Apache-2.0
 *
 * Misspelt words: single ones with their meaning, and every single slip of every name of goods and places. */
#include "parsers/read/read_p.h"
#include "parsers/text/fold.h"

#include "tests/unit/parsers/read/read_fixture.h"

static const char *goods_of(const struct reading *r)
{
    return r->n_items && r->items[0].commodity ? r->items[0].commodity->code : "";
}

static const char *place_of(const struct reading *r)
{
    return r->n_items && r->items[0].place ? r->items[0].place->name[LANG_VI] : "";
}

static const char *goods_read(const char *text)
{
    struct reading r = read_it(text);
    return goods_of(&r);
}

/* The text as it is read, its words joined by blanks. */
static const char *words_of(const char *text)
{
    const struct text *t = prepared(text);
    char *out = arena_alloc(arena, 4096);
    size_t n = 0;
    for (size_t i = 0; i < t->n_tokens; i++)
        n += (size_t)snprintf(out + n, 4096 - n, "%s%s", i ? " " : "", t->tokens[i].text.at);
    return out;
}

/* tests/corpus/slips.tsv: a text, and its words as they must be read. */
static void slips_are_put_right(void **state)
{
    (void)state;
    struct arena *keep = arena_new(1 << 16);
    const struct table *t = table_of_file(keep, "tests/corpus/slips.tsv", "slips");
    for (size_t row = 0; row < t->rows; row++) {
        const char *written = table_cell(t, row, 0), *meant = table_cell(t, row, 1);
        if (strcmp(words_of(written), meant) != 0)
            fail_msg("%s is read as %s, not as %s", written, words_of(written), meant);
    }
    arena_free(&keep);
}

/* Accents that are there must agree, but hỏi and ngã are one in the South. */
static void tones_must_agree(void **state)
{
    (void)state;
    assert_string_equal(words_of("bán bưỡi 300kg"), "ban buoi 300 kg");
    assert_string_equal(goods_read("bán bưỡi 300kg 15k"), "BUOI");
    assert_string_equal(goods_read("bán cũ cải trắng 1 tấn"), "CUCAI");
    assert_string_equal(goods_read("bán khỗ qua 300kg"), "KHOQUA");
    assert_false(read_it("bán sấu riêng 300kg").mended);
}

/* Numbers, known words, syllables, short words, and what is as near to two things. */
static void the_rest_is_left_alone(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ban lua om18 2 tan 8500 cau ke",
        "anh truong o hoi co gi ban",
        "chi huynh nhu goi lai",
        "ngheo qua troi oi",
        "ngheoo qua troi oi",
        "xin vay von ngan hang nong nghiep",
        "em la kim sokha, nguyen van hung, tran thi ngoc diep",
        "xe honda wave cu 5tr",
        "please call me back",
        "0900000123",
        "8500",
        "85OO",
        "b7k2",
        "om18",
        "tmo",
        "lau",
        "lna",
        "mau huyen",
        "mua hai nam ba",
        "khoan gieng",
        "thoc",
        "can tho",
        "ban dua 2 tan",
        "ban tan 2 tan",
        "dunf",
        "muoii",

    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_it(texts[i]).mended)
            fail_msg("%s is read as %s", texts[i], words_of(texts[i]));
}

/* ---- what has an effect ---- */

static bool is_grave(const struct keyword *k)
{
    static const enum intent grave[] = {INTENT_STOP, INTENT_CANCEL,       INTENT_START,    INTENT_EDIT,
                                        INTENT_SOLD, INTENT_RENEW,        INTENT_LANGUAGE, INTENT_PLACE,
                                        INTENT_NEW,  INTENT_REPORT_PRICE, INTENT_BROADCAST};
    if (k->kind == KW_ANSWER)
        return true;
    for (size_t i = 0; i < sizeof grave / sizeof *grave; i++)
        if (k->kind == KW_INTENT && intent_from_name(k->meaning) == grave[i])
            return true;
    return false;
}

static bool is_mended(const struct text *t, const struct span *span)
{
    for (size_t i = 0; i < span->count; i++)
        if (t->tokens[span->first + i].mended)
            return true;
    return false;
}

static void expect_no_effect(const char *written)
{
    const struct text *t = prepared(written);
    for (size_t i = 0; i < t->n_spans; i++)
        for (const struct sense *s = is_mended(t, &t->spans[i]) ? t->spans[i].senses : NULL; s; s = s->next)
            if (s->kind == SENSE_KEYWORD && is_grave(s->keyword))
                fail_msg("%s has become %s", written, s->keyword->meaning);
}

/* ---- every single slip ---- */

enum result { RIGHT, LEFT, WRONG };

struct tally {
    size_t of[3];
    size_t unmended; /* wrong, but by words that nobody changed */
};

/* One class of slips: writes the n-th of a word; false when there are no more. */
typedef bool slip(const char *word, size_t n, char *out);

static bool doubled(const char *word, size_t n, char *out)
{
    sprintf(out, "%.*s%c%s", (int)n, word, word[n], word + n);
    return word[n];
}

static bool dropped(const char *word, size_t n, char *out)
{
    if (word[n])
        sprintf(out, "%.*s%s", (int)n, word, word + n + 1);
    return word[n];
}

static bool swapped(const char *word, size_t n, char *out)
{
    strcpy(out, word);
    if (!word[n] || !word[n + 1])
        return false;
    out[n] = word[n + 1];
    out[n + 1] = word[n];
    return true;
}

static bool other_letter(const char *word, size_t n, char *out, const char *from, const char *to)
{
    strcpy(out, word);
    const char *at = word[n] ? strchr(from, word[n]) : NULL;
    if (at)
        out[n] = to[at - from];
    return word[n];
}

static bool of_the_same_key(const char *word, size_t n, char *out)
{
    return other_letter(word, n, out, "abcdefghijklmnopqrstuvwxyz", "bcaefdhigkljnompqrsuvtxyzw");
}

static bool of_the_key_beside(const char *word, size_t n, char *out)
{
    return other_letter(word, n, out, "abcdefghijklmnopqrstuvwxyz", "snvfrgjkjklknmpqweayibecux");
}

static bool any_letter(const char *word, size_t n, char *out)
{
    return other_letter(word, n, out, "abcdefghijklmnopqrstuvwxyz", "gkmpztqwxdbvcyehrunlsgoafj");
}

static bool by_ear(const char *word, size_t n, char *out)
{
    static const char *const pairs[][2] = {{"s", "x"},  {"x", "s"},  {"tr", "ch"}, {"ch", "tr"},  {"ng", "n"},
                                           {"nh", "n"}, {"i", "y"},  {"y", "i"},   {"c", "t"},    {"t", "c"},
                                           {"gi", "d"}, {"v", "d"},  {"d", "v"},   {"ieu", "iu"}, {"uoi", "ui"},
                                           {"r", "g"},  {"ph", "f"}, {"u", "o"},   {"o", "u"},    {"qu", "w"}};
    size_t length = strlen(word), pair = n / (length + 1), at = n % (length + 1);
    if (pair >= sizeof pairs / sizeof *pairs)
        return false;
    const char *from = pairs[pair][0], *to = pairs[pair][1];
    strcpy(out, word);
    if (strncmp(word + at, from, strlen(from)) == 0)
        sprintf(out, "%.*s%s%s", (int)at, word, to, word + at + strlen(from));
    return true;
}

static const struct {
    const char *name;
    slip *slip;
} classes[] = {{"doubled", doubled},
               {"dropped", dropped},
               {"swapped", swapped},
               {"same key", of_the_same_key},
               {"key beside", of_the_key_beside},
               {"any letter", any_letter},
               {"by ear", by_ear}};

#define CLASSES (sizeof classes / sizeof *classes)

/* A text about the word, and what of its reading counts. */
struct subject {
    const char *before, *after; /* the word in its text */
    const char *(*read)(const struct reading *r);
};

static void judge(const struct subject *subject, const char *word, const char *written, const char *meant,
                  struct tally *tally)
{
    char text[256];
    snprintf(text, sizeof text, "%s%s%s", subject->before, written, subject->after);
    struct reading r = read_it(text);
    const char *read = subject->read(&r);
    enum result result = strcmp(read, meant) == 0 ? RIGHT : *read && r.outcome == READ_SURE ? WRONG : LEFT;
    if (result == WRONG && !r.mended)
        tally->unmended++;
    else
        tally->of[result]++;
    if (result == WRONG && r.mended && getenv("SLIPS")) /* for who tunes the costs */
        printf("wrong: %s for %s: %s, not %s (%s)\n", written, word, read, meant, words_of(text));
}

static void slip_all(const struct subject *subject, const char *word, struct tally tallies[CLASSES])
{
    char text[256], written[128];
    snprintf(text, sizeof text, "%s%s%s", subject->before, word, subject->after);
    struct reading r = read_it(text);
    const char *meant = subject->read(&r);
    if (!*meant)
        return;
    for (size_t c = 0; c < CLASSES; c++)
        for (size_t n = 0; classes[c].slip(word, n, written); n++)
            if (strcmp(written, word) != 0 && !strstr(written, "  ") && written[0] != ' ')
                judge(subject, word, written, meant, &tallies[c]);
}

/* Folded names of five letters and more, of letters alone. */
static bool is_long_name(const char *alias)
{
    size_t letters = 0;
    for (const char *c = alias; *c; c++) {
        if (!(*c >= 'a' && *c <= 'z') && *c != ' ')
            return false;
        letters += *c != ' ';
    }
    return letters >= 5;
}

static void slip_table(const char *table, const struct subject *subject, struct tally tallies[CLASSES])
{
    struct arena *keep = arena_new(1 << 16);
    const struct table *t = lexicon_table(keep, table);
    size_t column = table_column(t, "aliases");
    for (size_t row = 0; row < t->rows; row++) {
        char *aliases = arena_copy(keep, slice_of(table_cell(t, row, column))), *alias;
        while (aliases && (alias = strsep(&aliases, ";")))
            if (is_long_name(alias))
                slip_all(subject, alias, tallies);
    }
    arena_free(&keep);
}

/* Of all slips, in the order of enum result: at least so many right, at most so many wrong. */
#define RIGHT_MIN 0.60
#define WRONG_MAX 0.004

static void expect_rates(const char *what, const struct tally tallies[CLASSES])
{
    struct tally sum = {.unmended = 0};
    printf("%-12s %8s %8s %8s %8s   %s\n", "slip", "right", "left", "wrong", "unmended", what);
    for (size_t c = 0; c < CLASSES; c++) {
        printf("%-12s %8zu %8zu %8zu %8zu\n", classes[c].name, tallies[c].of[RIGHT], tallies[c].of[LEFT],
               tallies[c].of[WRONG], tallies[c].unmended);
        for (size_t r = 0; r < 3; r++)
            sum.of[r] += tallies[c].of[r];
        sum.unmended += tallies[c].unmended;
    }
    double all = (double)(sum.of[RIGHT] + sum.of[LEFT] + sum.of[WRONG] + sum.unmended);
    double right = (double)sum.of[RIGHT] / all, wrong = (double)sum.of[WRONG] / all;
    printf("%-12s %7.2f%% %7.2f%% %7.3f%% %7.2f%%\n", "all", 100 * right, 100 * (double)sum.of[LEFT] / all, 100 * wrong,
           100 * (double)sum.unmended / all);
    assert_true(right >= RIGHT_MIN);
    assert_true(wrong <= WRONG_MAX);
}

static void slips_of_goods(void **state)
{
    (void)state;
    struct tally tallies[CLASSES] = {0};
    slip_table("commodities", &(struct subject){"gia ", " hom nay", goods_of}, tallies);
    expect_rates("goods", tallies);
}

static void slips_of_places(void **state)
{
    (void)state;
    struct tally tallies[CLASSES] = {0};
    slip_table("places", &(struct subject){"gia lua o ", "", place_of}, tallies);
    expect_rates("places", tallies);
}

/* Nothing that stops, cancels, confirms or denies comes out of a slip. */
static void slips_have_no_effect(void **state)
{
    (void)state;
    char written[128];
    struct arena *keep = arena_new(1 << 16);
    const struct table *t = lexicon_table(keep, "keywords");
    size_t column = table_column(t, "keyword");
    for (size_t row = 0; row < t->rows; row++) {
        const struct keyword *k = &lexicon->keywords[row];
        const char *word = table_cell(t, row, column);
        if (!is_grave(k) || strlen(word) > 60)
            continue;
        const char *folded = text_fold(keep, slice_of(word), NULL);
        for (size_t c = 0; c < CLASSES; c++)
            for (size_t n = 0; classes[c].slip(folded, n, written); n++)
                expect_no_effect(written);
    }
    arena_free(&keep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_are_put_right),    cmocka_unit_test(tones_must_agree),
        cmocka_unit_test(the_rest_is_left_alone), cmocka_unit_test(slips_have_no_effect),
        cmocka_unit_test(slips_of_goods),         cmocka_unit_test(slips_of_places),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
