/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts made to be slow or odd: a piece again and again. The bench times them, the unit tests say what is read in them.
 */
#ifndef TESTS_BENCH_SLOW_H
#define TESTS_BENCH_SLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>

/* In a piece these stand for any letter and any figure: always other ones, and the same ones every time. */
#define ANY_LETTER '\1'
#define ANY_FIGURE '\2'

struct slow_text {
    const char *name, *piece;
};

static const struct slow_text slow_texts[] = {
    {"one figure", "9"},
    {"figures", "\2"},
    {"figures grouped by dots", "\2\2\2."},
    {"numbers", "\2\2 "},
    {"one letter", "a"},
    {"letters", "\1"},
    {"unknown words of 3 letters", "\1\1\1 "},
    {"unknown words of 4 letters", "\1\1\1\1 "},
    {"unknown words of 7 letters", "\1\1\1\1\1\1\1 "},
    {"unknown words of 12 letters", "\1\1\1\1\1\1\1\1\1\1\1\1 "},
    {"unknown words of 39 letters", "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1\1 "},
    {"words nearly known", "b\1n gao thwom xoaj ca\1 k\1 "},
    {"letters and figures by turns", "a1"},
    {"letters and figures, always others", "\1\2"},
    {"ban lua", "ban lua "},
    {"offers", "ban lua om18 \2 tan 8\2\2\2 cau ke, "},
    {"goods", "lua tom bo dua "},
    {"units after numbers", "\2 gia \2 bo "},
    {"lengths of mats", "chieu 1m\2 "},
    {"one unit by turns", "1m"},
    {"heads of cattle", "\2 bo x "},
    {"not to sell", "khong muon ban "},
    {"words that mean nothing", "thi la ma "},
    {"numbers in words", "hai muoi tam tram nam "},
    {"prices with tails", "8k5 1tr2 "},
    {"dates", "\2/\2 ngay \2 thang \2 "},
    {"ranges", "\2-\2-"},
    {"joined words", "banlua canmua "},
    {"joined words with figures", "banluaom18"},
    {"joined words without figures", "canmuatomsucaucanh "},
    {"joined words without end", "canmuatomsucaungang"},
    {"VNI", "lu1a ca61n ba1n "},
    {"figures of VNI", "a1e2o3u4i5 "},
    {"Telex", "luas taans banr "},
    {"listing codes", "b\2k\2 "},
    {"questions", "? bao nhieu "},
    {"places", "cau ke tra cu tc "},
    {"commas", ","},
    {"marks", "-/~<>?!:;#"},
    {"blanks", " "},
    {"line ends", "\n"},
    {"zero-width marks", "\xE2\x80\x8B"},
    {"words torn by zero-width marks", "b\xE2\x80\x8B"
                                       "a\xE2\x80\x8Bn "},
    {"right-to-left marks", "\xE2\x80\x8F"
                            "ban \xE2\x80\xAE"},
    {"combining marks", "\xCC\x81"},
    {"letters under combining marks", "a\xCC\x81\xCC\xA3\xCC\x82\xCC\x86"},
    {"combining marks out of order", "\xCC\x81\xCC\xA3"},
    {"a ligature that unfolds", "\xEF\xB7\xBA"},
    {"emoji", "\xF0\x9F\x98\x80"},
    {"emoji joined", "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"},
    {"full-width letters", "\xEF\xBC\xA2\xEF\xBC\xA1\xEF\xBC\xAE\xE3\x80\x80"},
    {"Khmer without blanks",
     "\xE1\x9E\x9B\xE1\x9E\x80\xE1\x9F\x8B\xE1\x9E\x9F\xE1\x9F\x92\xE1\x9E\x9A\xE1\x9E\xBC\xE1\x9E\x9C"},
    {"Khmer subscripts", "\xE1\x9F\x92\xE1\x9E\x9A"},
    {"Chinese", "\xE5\x8D\x96\xE7\xA8\xBB\xE8\xB0\xB7\xE4\xBA\x8C\xE5\x90\xA8"},
    {"Arabic", "\xD8\xA8\xD9\x8A\xD8\xB9"},
    {"no UTF-8", "\xFF\xC0\x80"},
    {"surrogates in UTF-8", "\xED\xA0\x80"},
    {"replacement characters", "\xEF\xBF\xBD"},
    {"SQL", "'; DROP TABLE listings; -- "},
    {"format strings", "%s%n%x%p "},
    {"markup", "<script>alert(1)</script>"},
    {"an address", "http://bit.ly/a?b=c&d=e "},
};

#define SLOW_TEXTS (sizeof slow_texts / sizeof *slow_texts)

/* Writes so many characters to out, which has room for four bytes each and a NUL; how many bytes. A byte that begins no
 * character counts as one. */
static inline size_t slow_text(const struct slow_text *slow, size_t chars, char *out)
{
    uint32_t any = 1;
    size_t n = 0;
    for (const char *c = slow->piece;; c = c[1] ? c + 1 : slow->piece) {
        bool begins = (*c & 0xC0) != 0x80;
        if (begins && chars-- == 0)
            break;
        any = any * 1664525u + 1013904223u; /* Numerical Recipes' generator */
        uint32_t high = any >> 16;
        out[n++] = (char)(*c == ANY_LETTER ? 'a' + (int)(high % 26) : *c == ANY_FIGURE ? '0' + (int)(high % 10) : *c);
    }
    out[n] = '\0';
    return n;
}

#endif
