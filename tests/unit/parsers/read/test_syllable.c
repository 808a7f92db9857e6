/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that may be Vietnamese, and words that cannot. */
#include "parsers/read/syllable.h"

#include "tests/unit/parsers/read/read_fixture.h"

static void syllables(void **state)
{
    (void)state;
    static const char *const words[] = {"a",       "y",     "oai",   "ban",   "gia",    "gi",    "giua",
                                        "nghieng", "nghe",  "quyen", "quyet", "khuynh", "thuoc", "truong",
                                        "chuyen",  "xuong", "yeu",   "uou",   "phuc",   "tron",  "ngoeo",
                                        "buu",     "huynh", "dieu",  "ngoao", "khuyu",  "tuyp",  "ngoap"};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!is_syllable(slice_of(words[i]))) {
            wrong++;
            print_error("%s is one\n", words[i]);
        }
    assert_int_equal(wrong, 0);
}

static void no_syllables(void **state)
{
    (void)state;
    static const char *const words[] = {"",   "b",    "ng",    "ngh",   "strong", "price", "ban1", "zalo", "fax", "wa",
                                        "ja", "bann", "lua18", "tomsu", "quyenh", "anhh",  "ban ", "ye",   "bae"};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_syllable(slice_of(words[i]))) {
            wrong++;
            print_error("%s is none\n", words[i]);
        }
    assert_int_equal(wrong, 0);
}

/* Every rime is found where the words are looked up by halves, the first and the last as well. */
static void rimes_by_halves(void **state)
{
    (void)state;
    static const char *const words[] = {"ba",  "bac", "oanh", "oao", "oap", "oat",
                                        "oet", "oi",  "uynh", "uyt", "uyu", "yeu"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(is_syllable(slice_of(words[i])));
}

/* Only the slice is looked at: a word stands in the midst of a text. */
static void a_word_within_a_text(void **state)
{
    (void)state;
    assert_true(is_syllable((struct slice){"banxyz", 3}));
    assert_true(is_syllable((struct slice){"anhh", 3}));
    assert_false(is_syllable((struct slice){"bxan", 2}));
    assert_false(is_syllable((struct slice){NULL, 0}));
    assert_false(is_syllable((struct slice){"ba\0n", 4}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(syllables),
        cmocka_unit_test(no_syllables),
        cmocka_unit_test(rimes_by_halves),
        cmocka_unit_test(a_word_within_a_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
