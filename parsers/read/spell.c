/* SPDX-License-Identifier: Apache-2.0
 *
 * Words as they were typed: VNI digits and Telex letters become marks (lu1a, taans), words run together are cut
 * (canmuatomsu). A word the lexicon knows is never changed, nor a number, nor what is written like a Vietnamese word.
 * Words that were misspelt are mend.c's. */
#include <string.h>

#include "parsers/market/listing_code.h"
#include "parsers/read/read_p.h"
#include "parsers/read/syllable.h"

#define WORD_MAX 40    /* letters of a word worth repairing */
#define JOINED_MIN 5   /* letters from which a word may be several */
#define JOINTS_MIN 3   /* fewer joints are hyphens and full stops */
#define VARIETY_MIN 4  /* figures of a number that are a variety's, where a dot may be a blank: 5451 */
#define MISTYPED_MIN 4 /* letters and figures of the shortest listing code */

static bool knows(const struct text *t, const char *word, size_t n)
{
    return phrases_word(t->lexicon->phrases, (struct slice){word, n}) != 0;
}

static bool is_vowel(char c)
{
    return c && strchr("aeiouy", c) != NULL;
}

/* The letters a VNI digit of quality may stand for; NULL for other digits. */
static const char *quality_letters(char digit)
{
    return digit == '6' ? "aeo" : digit == '7' ? "ou" : digit == '8' ? "a" : digit == '9' ? "d" : NULL;
}

/* A word being put together from letters and marks. */
struct marked {
    char letters[WORD_MAX + 1], quality[WORD_MAX + 1];
    size_t n;
    char tone;
    bool vowel;
};

static bool add_letter(struct marked *m, char c)
{
    if (m->n == WORD_MAX)
        return false;
    m->quality[m->n] = '\0';
    m->letters[m->n++] = c;
    m->vowel = m->vowel || is_vowel(c);
    return true;
}

static bool add_digit(struct marked *m, char digit)
{
    const char *letters = quality_letters(digit);
    if (!letters) {
        m->tone = digit;
        return m->vowel && digit >= '1' && digit <= '5';
    }
    for (size_t i = m->n; i-- > 0;)
        if (strchr(letters, m->letters[i])) {
            m->quality[i] = digit;
            return true;
        }
    return false;
}

/* The word as a token's text and marks. */
static void put_marked(struct text *t, const struct marked *m, struct token *token)
{
    char *marks = arena_alloc(t->arena, m->n * 2 + 2);
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) {
        marks[n++] = m->letters[i];
        if (m->quality[i])
            marks[n++] = m->quality[i];
    }
    marks[n] = m->tone;
    token->kind = TOKEN_WORD;
    token->text = (struct slice){arena_copy(t->arena, (struct slice){m->letters, m->n}), m->n};
    token->marks = marks;
}

/* Index after the run of letters and figures without blanks that begins at i, or what is more than one word of it. */
static size_t run_end(const struct token *tokens, size_t n, size_t i)
{
    size_t end = i + 1;
    while (end < n && tokens[end].glued && end - i <= 2 * WORD_MAX &&
           (tokens[end].kind == TOKEN_WORD || tokens[end].kind == TOKEN_NUMBER))
        end++;
    return end;
}

static bool is_phrase(const struct text *t, const struct token *tokens, size_t n)
{
    uint32_t node = PHRASE_ROOT;
    for (size_t i = 0; i < n && node; i++)
        node = phrases_step(t->lexicon->phrases, node, phrases_word(t->lexicon->phrases, tokens[i].text));
    return node && phrases_senses(t->lexicon->phrases, node);
}

/* Reads a run as one word typed in VNI. Figures at its end count only when `tail`: `loai1` is a grade. */
static bool read_vni(const struct text *t, const struct token *tokens, size_t n, bool tail, struct marked *m)
{
    *m = (struct marked){0};
    if (n < 2 || (tokens[n - 1].kind == TOKEN_NUMBER && !tail) || is_phrase(t, tokens, n))
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < tokens[i].text.n; k++) {
            char c = tokens[i].text.at[k];
            if (tokens[i].kind == TOKEN_WORD ? !add_letter(m, c) : !add_digit(m, c))
                return false;
        }
    return knows(t, m->letters, m->n);
}

/* Does any word hold VNI figures between its letters? Then figures at the end of others are marks too. */
static bool typed_in_vni(const struct text *t, const struct token *tokens, size_t n)
{
    struct marked m;
    for (size_t i = 0; i + 1 < n; i++)
        if (tokens[i + 1].glued && tokens[i].kind == TOKEN_WORD &&
            read_vni(t, &tokens[i], run_end(tokens, n, i) - i, false, &m))
            return true;
    return false;
}

/* Telex: doubled vowels and w are qualities, s f r x j after a vowel tones. */
static bool read_telex(const struct text *t, struct slice word, struct marked *m)
{
    static const char tone_letters[] = "sfrxj"; /* 1 to 5 */
    *m = (struct marked){0};
    bool changed = false;
    for (size_t i = 0; i < word.n; i++) {
        char c = word.at[i], last = m->n ? m->letters[m->n - 1] : '\0';
        const char *tone = strchr(tone_letters, c);
        bool is_quality = (c == last && strchr("aeod", c)) || (c == 'w' && last && strchr("aou", last));
        if (is_quality)
            m->quality[m->n - 1] = c == 'd' ? '9' : c == last ? '6' : last == 'a' ? '8' : '7';
        else if (tone && m->vowel && (i + 1 == word.n || !is_vowel(word.at[i + 1])))
            m->tone = (char)('1' + (tone - tone_letters));
        else if (add_letter(m, c))
            continue;
        else
            return false;
        changed = true;
    }
    return changed && knows(t, m->letters, m->n);
}

/* Cuts a word into the fewest words of the lexicon, of two letters at least, the first perhaps of one; `cuts` gets
 * where each begins. 0 = cannot. */
static size_t cut_word(const struct text *t, struct slice word, size_t first, size_t *cuts)
{
    size_t best[WORD_MAX + 1] = {0}, from[WORD_MAX + 1] = {0};
    for (size_t end = first; end <= word.n; end++)
        for (size_t begin = 0; begin + (begin ? 2 : first) <= end; begin++) {
            bool reachable = begin == 0 || best[begin];
            if (!reachable || (best[end] && best[begin] + 1 >= best[end]) || !knows(t, word.at + begin, end - begin))
                continue;
            best[end] = best[begin] + 1;
            from[end] = begin;
        }
    size_t n = best[word.n];
    for (size_t end = word.n, i = n; i-- > 0; end = from[end])
        cuts[i] = from[end];
    return n;
}

/* Are the pieces nothing but phrases of the lexicon? The last may take in the `tail` tokens that stand after them. */
static bool all_phrases(const struct text *t, const struct token *pieces, size_t n, size_t tail)
{
    for (size_t i = 0; i < n;) {
        size_t longest = 0;
        for (size_t k = 1; k <= n + tail - i && k <= PHRASE_WORDS_MAX; k++)
            if (is_phrase(t, &pieces[i], k))
                longest = k;
        if (longest == 0)
            return false;
        i += longest;
    }
    return true;
}

/* Writes the pieces of words run together to out; how many, 0 when it is not such a word. A unit of one letter may come
 * first after a number (25kmylongbac), a figure right after it belong to the last (banluaom18): out has room for it
 * too. */
static size_t split_joined(struct text *t, const struct token *token, const struct token *figure, struct token *out)
{
    size_t cuts[WORD_MAX];
    size_t n = token->text.n < JOINED_MIN ? 0 : cut_word(t, token->text, token->glued ? 1 : 2, cuts);
    for (size_t i = 0; i < n; i++) {
        size_t end = i + 1 < n ? cuts[i + 1] : token->text.n;
        struct slice piece = {token->text.at + cuts[i], end - cuts[i]};
        out[i] = (struct token){
            .kind = TOKEN_WORD, .glued = i == 0 && token->glued, .text = {arena_copy(t->arena, piece), piece.n}};
    }
    if (figure)
        out[n] = *figure;
    return n > 1 && all_phrases(t, out, n, figure != NULL) ? n : 0;
}

/* Has the lexicon the word with these marks, or not the word by itself? */
static bool may_be_marked_so(const struct text *t, const struct token *token)
{
    const struct phrases *p = t->lexicon->phrases;
    uint32_t node = phrases_step(p, PHRASE_ROOT, phrases_word(p, token->text));
    const struct sense *senses = node ? phrases_senses(p, node) : NULL;
    for (const struct sense *s = senses; s; s = s->next)
        if (!s->marks || marks_agree(token->marks, s->marks[0]))
            return true;
    return !senses;
}

/* Writes what an unknown word was meant to be; how many tokens. `figure`: glued to its end, or NULL. */
static size_t repair(struct text *t, const struct token *token, const struct token *figure, struct token *out)
{
    struct marked m;
    *out = *token;
    if (token->text.n > WORD_MAX || token->text.n < 3 || is_syllable(token->text))
        return 1;
    if (!token->marks && read_telex(t, token->text, &m)) {
        put_marked(t, &m, out);
        if (!m.tone && !may_be_marked_so(t, out)) /* baan: a key pressed twice */
            out->marks = NULL;
        return 1;
    }
    size_t pieces = split_joined(t, token, figure, out);
    if (pieces)
        return pieces;
    *out = *token;
    return 1;
}

/* A run that looks like a code but is none: mistyped, if the text is about a listing. */
static void note_mistyped(struct text *t, const struct token *first, const char *joined, size_t length)
{
    bool word = first->text.n > 2 && knows(t, first->text.at, first->text.n);
    if (*t->mistyped || word || length < MISTYPED_MIN)
        return;
    for (size_t i = 0; i < length; i++)
        t->mistyped[i] = joined[i] >= 'a' && joined[i] <= 'z' ? (char)(joined[i] - 'a' + 'A') : joined[i];
}

/* Is the run a listing's code? Then it is one token, and its figures are no amount. */
static bool read_code(struct text *t, const struct token *tokens, size_t n, struct token *out)
{
    char joined[LISTING_CODE_MAX], code[LISTING_CODE_MAX];
    size_t length = 0;
    for (size_t i = 0; i < n; i++) {
        if (length + tokens[i].text.n >= sizeof joined)
            return false;
        memcpy(joined + length, tokens[i].text.at, tokens[i].text.n);
        length += tokens[i].text.n;
    }
    if (n < 3 || is_phrase(t, tokens, n))
        return false;
    if (!listing_code_read((struct slice){joined, length}, code)) {
        note_mistyped(t, &tokens[0], joined, length);
        return false;
    }
    *out = (struct token){.kind = TOKEN_WORD, .glued = tokens[0].glued};
    out->text = (struct slice){arena_copy(t->arena, (struct slice){joined, length}), length};
    if (!*t->listing)
        memcpy(t->listing, code, sizeof code);
    t->listings = t->listings || strcmp(t->listing, code) != 0;
    return true;
}

/* The number glued to the end of a word; NULL when there is none. */
static const struct token *glued_figure(const struct token *tokens, size_t n, size_t i)
{
    bool glued = i + 1 < n && tokens[i + 1].glued && tokens[i + 1].kind == TOKEN_NUMBER;
    return glued ? &tokens[i + 1] : NULL;
}

/* Room for what the tokens may become: words are cut into pieces of two letters or more. */
static size_t room_for(const struct token *tokens, size_t n)
{
    size_t room = 1;
    for (size_t i = 0; i < n; i++)
        room += tokens[i].kind == TOKEN_WORD && tokens[i].text.n <= WORD_MAX ? tokens[i].text.n / 2 + 1 : 1;
    return room;
}

/* ---- signs for blanks, letters for figures ---- */

/* A dot, a hyphen or a line, with no blank on either side. */
static bool is_joint(const struct token *tokens, size_t n, size_t i)
{
    return tokens[i].kind == TOKEN_MARK && tokens[i].glued && i > 0 && i + 1 < n && tokens[i + 1].glued &&
           tokens[i].text.n == 1 && strchr(".-_", tokens[i].text.at[0]);
}

/* Writes a number; one that a joint tears from the figures of a name, or from a variety's number, as two: om18.2.tan.
 * How many tokens. */
static size_t write_number(struct text *t, const struct token *number, bool of_name, struct token *out)
{
    size_t whole = strcspn(number->text.at, ".");
    *out = *number;
    if (whole == number->text.n || (!of_name && whole < VARIETY_MIN))
        return 1;
    out->text = (struct slice){arena_copy(t->arena, (struct slice){number->text.at, whole}), whole};
    out[1] = (struct token){.kind = TOKEN_NUMBER, .text = {number->text.at + whole + 1, number->text.n - whole - 1}};
    return 2;
}

/* "ban.dua.hau.3.tan", "ban-lua-dt8-3tan-7000": joints in the place of blanks are taken for such, but not those between
 * numbers that belong to no name. */
static struct token *drop_joints(struct text *t, struct token *tokens, size_t *n)
{
    size_t joints = 0, blanks = 0, kept = 0;
    for (size_t i = 1; i < *n; i++)
        if (tokens[i].kind == TOKEN_MARK)
            joints += is_joint(tokens, *n, i);
    if (joints < JOINTS_MIN)
        return tokens;
    for (size_t i = 1; i < *n; i++)
        blanks += !tokens[i].glued;
    if (joints < 2 * blanks)
        return tokens;
    bool dropped = false; /* the joint before */
    struct token *out = arena_calloc(t->arena, 2 * *n, sizeof *out);
    for (size_t i = 0; i < *n; i++) {
        bool number = tokens[i].kind == TOKEN_NUMBER;
        bool range = i > 0 && i + 1 < *n && tokens[i - 1].kind == TOKEN_NUMBER && tokens[i + 1].kind == TOKEN_NUMBER;
        bool torn = range && i > 1 && tokens[i - 1].glued && tokens[i - 2].kind == TOKEN_WORD;
        if (is_joint(tokens, *n, i) && (!range || torn)) {
            dropped = true;
            continue;
        }
        bool named = number && i > 0 && tokens[i].glued && tokens[i - 1].kind == TOKEN_WORD;
        size_t more = number ? write_number(t, &tokens[i], named, &out[kept]) : 1;
        if (!number)
            out[kept] = tokens[i];
        out[kept].glued = tokens[i].glued && !dropped;
        dropped = false;
        kept += more;
    }
    *n = kept;
    return out;
}

/* Is the word glued to a number nothing but the letter o, in the place of zeros? The figures of om18 are a name's. */
static bool is_zeros(const struct token *tokens, size_t n, size_t i)
{
    const struct token *number = &tokens[i], *word = &tokens[i + 1];
    if (i + 1 >= n || word->kind != TOKEN_WORD || !word->glued || word->marks ||
        (i > 0 && number->glued && tokens[i - 1].kind == TOKEN_WORD))
        return false;
    return strspn(word->text.at, "o") == word->text.n;
}

/* "65OO", "1O0": numbers typed with the letter. How many tokens are left. */
static size_t join_zeros(struct text *t, struct token *tokens, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++, kept++) {
        bool zeros = tokens[i].kind == TOKEN_NUMBER && is_zeros(tokens, n, i);
        if (kept != i)
            tokens[kept] = tokens[i];
        if (!zeros)
            continue;
        bool more = i + 2 < n && tokens[i + 2].glued && tokens[i + 2].kind == TOKEN_NUMBER;
        char *figures = arena_printf(t->arena, "%s%s%s", tokens[i].text.at, tokens[i + 1].text.at,
                                     more ? tokens[i + 2].text.at : "");
        for (char *c = figures; (c = strchr(c, 'o'));)
            *c = '0';
        tokens[kept].text = slice_of(figures);
        i += 1 + more;
    }
    return kept;
}

void text_spell(struct text *t, struct slice text)
{
    size_t n, count = 0;
    struct token *raw = text_tokens(t->arena, text, &n);
    if (n > READ_TOKENS_MAX)
        n = READ_TOKENS_MAX;
    raw = drop_joints(t, raw, &n);
    n = join_zeros(t, raw, n);
    bool vni = typed_in_vni(t, raw, n);
    size_t room = room_for(raw, n);
    struct token *out = arena_calloc(t->arena, room, sizeof *out);
    uint32_t *words = arena_calloc(t->arena, room, sizeof *words);
    for (size_t i = 0; i < n; i++) {
        struct marked m;
        size_t run = raw[i].kind == TOKEN_WORD ? run_end(raw, n, i) - i : 1;
        if (run > 1 && read_code(t, &raw[i], run, &out[count])) {
            count++;
            i += run - 1;
        } else if (run > 1 && vni && read_vni(t, &raw[i], run, true, &m)) {
            out[count] = raw[i];
            put_marked(t, &m, &out[count++]);
            i += run - 1;
        } else if ((words[count] = phrases_word(t->lexicon->phrases, raw[i].text)) || raw[i].kind != TOKEN_WORD)
            out[count++] = raw[i];
        else
            count += repair(t, &raw[i], glued_figure(raw, n, i), &out[count]);
    }
    t->tokens = out;
    t->n_tokens = count;
    t->words = words;
}
