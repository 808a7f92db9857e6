/* SPDX-License-Identifier: Apache-2.0
 *
 * A text as tokens: runs of Latin letters, numbers, single signs of other scripts, punctuation. `2tan` is two tokens,
 * `om18` as well as `om 18` too, so spacing inside a name does not matter. Khmer is cut into clusters (a consonant with
 * its subscripts and vowels), Chinese into characters: neither puts spaces between words. Pure.
 */
#ifndef PARSERS_TEXT_TOKEN_H
#define PARSERS_TEXT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

enum token_kind {
    TOKEN_WORD,   /* Latin letters */
    TOKEN_NUMBER, /* digits with single dots or commas between them: "8.500" */
    TOKEN_SIGN,   /* a Khmer cluster, a Chinese character, a letter of another script */
    TOKEN_MARK,   /* one character of punctuation or a symbol */
    TOKEN_BREAK,  /* a line end */
};

struct token {
    enum token_kind kind;
    bool glued;        /* no blank before it */
    struct slice text; /* folded, UTF-8, NUL after it */
    const char *marks; /* a word with its marks in VNI digits, "du7a2"; NULL when it has none */
    bool mended;       /* not as it was written: misspelt, put right by the lexicon */
};

/* The tokens of a text in the arena; *n is set. Khmer digits become ASCII ones. */
struct token *text_tokens(struct arena *arena, struct slice text, size_t *n);

/* Do the marks a writer put (NULL = none) agree with those of the word meant (NULL = any)? A quality left out agrees; the tone
 * must be the same, since who writes dưa does not mean dừa; but hỏi and ngã pass for each other. */
bool marks_agree(const char *written, const char *meant);

#endif
