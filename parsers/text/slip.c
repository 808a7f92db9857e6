/* SPDX-License-Identifier: Apache-2.0
 *
 * Sources. What the South says alike (d/gi/v, s/x, ch/tr, final n/ng, t/c, nh/n, ch/t; hỏi and ngã, see mend.c): Phạm and
 * McLeod, Consonants, vowels and tones across Vietnamese dialects, International Journal of Speech-Language Pathology 18
 * (2016); r/g and qu/w, and the rimes iêu/iu, uôi/ui, ươu/ưu, oa/o, are how people of the delta are known to speak, l/n is
 * heard of Northerners. f, z, j, w, k, q for ph, d, gi, qu, c, g is how young people abbreviate. Letters of the twelve
 * keys: ITU-T E.161. The weights are judgements: one slip of the ear is half one of the hand, and a letter that has
 * nothing to do with the right one twice that. */
#include "parsers/text/slip.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum cost {
    COST_BLANK = 1,      /* a blank put or left out: sau rieng, saurieng */
    COST_SOUND = 2,      /* what most of the South says alike */
    COST_NEAR_SOUND = 3, /* what some say alike, or only nearly */
    COST_DOUBLED = 2,    /* a key pressed twice, or one time of two */
    COST_KEY = 4,        /* a key beside the right one, or the wrong letter of the right key */
    COST_SWAPPED = 4,    /* two letters in the wrong order */
    COST_LETTER = 5,     /* a letter too many or too few */
    COST_OTHER = 8,      /* another letter */
    COST_FIRST = 2,      /* more when it is the first letter: people look at that one */
};

enum where { ANYWHERE, INITIAL, FINAL }; /* in the word that is meant */

/* Written for each other, both ways. */
static const struct {
    const char *one, *other;
    enum where where;
    enum cost cost;
} sounds[] = {
    {"s", "x", INITIAL, COST_SOUND},        {"ch", "tr", INITIAL, COST_SOUND},
    {"d", "gi", INITIAL, COST_SOUND},       {"d", "v", INITIAL, COST_SOUND},
    {"gi", "v", INITIAL, COST_SOUND},       {"r", "g", INITIAL, COST_SOUND},
    {"qu", "w", INITIAL, COST_SOUND},       {"ngh", "ng", INITIAL, COST_SOUND},
    {"gh", "g", INITIAL, COST_SOUND},       {"c", "k", INITIAL, COST_SOUND},
    {"ph", "f", INITIAL, COST_SOUND},       {"d", "z", INITIAL, COST_SOUND},
    {"gi", "z", INITIAL, COST_SOUND},       {"gi", "j", INITIAL, COST_SOUND},
    {"kh", "k", INITIAL, COST_NEAR_SOUND},  {"l", "n", INITIAL, COST_KEY},
    {"n", "ng", FINAL, COST_SOUND},         {"n", "nh", FINAL, COST_SOUND},
    {"ng", "nh", FINAL, COST_NEAR_SOUND},   {"c", "t", FINAL, COST_SOUND},
    {"ch", "t", FINAL, COST_SOUND},         {"ch", "c", FINAL, COST_NEAR_SOUND},
    {"q", "g", FINAL, COST_SOUND},          {"k", "c", FINAL, COST_SOUND},
    {"i", "y", ANYWHERE, COST_SOUND},       {"ie", "i", ANYWHERE, COST_SOUND},
    {"uo", "u", ANYWHERE, COST_SOUND},      {"uo", "o", ANYWHERE, COST_SOUND},
    {"oa", "o", ANYWHERE, COST_NEAR_SOUND}, {"o", "u", ANYWHERE, COST_NEAR_SOUND},
    {"e", "i", ANYWHERE, COST_NEAR_SOUND},
};

#define SOUND_MAX 3 /* letters of the longest */
#define N_SOUNDS (sizeof sounds / sizeof *sounds)

/* Keys 2 to 9, and which lie side by side or one above the other. */
static const char *const keypad[] = {"abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"};
static const char *const keypad_beside[] = {"23", "25", "36", "45", "47", "56", "58", "69", "78", "89"};

static const char *const keyboard[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

/* A set of letters as bits. */
#define LETTER(c) (1u << ((c) - 'a'))

struct sound {
    struct slice written, meant;
    enum where where;
    uint8_t cost;
};

struct slips {
    uint8_t letter[26][26];            /* one written for another */
    struct sound sounds[2 * N_SOUNDS]; /* both ways, in the order of the last letter written */
    uint8_t first[27];                 /* of each such letter, into sounds */
    uint32_t heard[26];                /* by it, the last letters of what it may be written for, as bits */
};

static void set_beside(struct slips *s, char a, char b)
{
    if (a != b)
        s->letter[a - 'a'][b - 'a'] = s->letter[b - 'a'][a - 'a'] = COST_KEY;
}

static void set_keypad(struct slips *s)
{
    for (size_t k = 0; k < sizeof keypad / sizeof *keypad; k++)
        for (const char *a = keypad[k]; *a; a++)
            for (const char *b = a + 1; *b; b++)
                set_beside(s, *a, *b);
    /* the next key pressed as often as the right one */
    for (size_t k = 0; k < sizeof keypad_beside / sizeof *keypad_beside; k++) {
        const char *a = keypad[keypad_beside[k][0] - '2'], *b = keypad[keypad_beside[k][1] - '2'];
        for (; *a && *b; a++, b++)
            set_beside(s, *a, *b);
    }
}

/* Each row stands half a key to the right of the one above. */
static void set_keyboard(struct slips *s)
{
    for (size_t row = 0; row < sizeof keyboard / sizeof *keyboard; row++)
        for (size_t i = 0; keyboard[row][i]; i++) {
            if (keyboard[row][i + 1])
                set_beside(s, keyboard[row][i], keyboard[row][i + 1]);
            if (row > 0) {
                set_beside(s, keyboard[row][i], keyboard[row - 1][i]);
                set_beside(s, keyboard[row][i], keyboard[row - 1][i + 1]);
            }
        }
}

static void set_sounds(struct slips *s)
{
    size_t n = 0;
    for (size_t letter = 0; letter < 26; letter++) {
        s->first[letter] = (uint8_t)n;
        for (size_t i = 0; i < 2 * N_SOUNDS; i++) {
            const char *written = i % 2 ? sounds[i / 2].other : sounds[i / 2].one;
            const char *meant = i % 2 ? sounds[i / 2].one : sounds[i / 2].other;
            size_t length = strlen(written);
            if (written[length - 1] != (char)('a' + letter))
                continue;
            s->heard[letter] |= LETTER(meant[strlen(meant) - 1]);
            s->sounds[n++] = (struct sound){
                {written, length}, {meant, strlen(meant)}, sounds[i / 2].where, (uint8_t)sounds[i / 2].cost};
        }
    }
    s->first[26] = (uint8_t)n;
}

struct slips *slips_new(struct arena *arena)
{
    struct slips *s = arena_alloc(arena, sizeof *s);
    memset(s->letter, COST_OTHER, sizeof s->letter);
    for (size_t i = 0; i < 26; i++)
        s->letter[i][i] = 0;
    set_keypad(s);
    set_keyboard(s);
    set_sounds(s);
    return s;
}

/* ---- the distance ---- */

/* costs[i][j]: from the first i letters written to the first j meant. */
struct alignment {
    const struct slips *slips;
    struct slice written, meant;
    enum slip_sort sort;
    uint8_t costs[SLIP_TEXT_MAX + 1][SLIP_TEXT_MAX + 1];
};

static bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static unsigned at_head(size_t i)
{
    return i == 1 ? COST_FIRST : 0;
}

/* The cost of the letter at i - 1 standing alone, in the text where it is and the other has nothing. */
static unsigned alone(struct slice text, size_t i, enum slip_sort sort)
{
    if (text.at[i - 1] == ' ')
        return COST_BLANK;
    if (i > 1 && text.at[i - 2] == text.at[i - 1])
        return COST_DOUBLED;
    return sort == SLIPS_OF_EAR ? SLIP_FAR : COST_LETTER + at_head(i);
}

static unsigned instead(const struct alignment *a, size_t i, size_t j)
{
    char written = a->written.at[i - 1], meant = a->meant.at[j - 1];
    if (written == meant)
        return 0;
    if (!is_letter(written) || !is_letter(meant) || a->sort == SLIPS_OF_EAR)
        return SLIP_FAR;
    return a->slips->letter[written - 'a'][meant - 'a'] + at_head(j);
}

static bool swapped(const struct alignment *a, size_t i, size_t j)
{
    const char *w = a->written.at + i, *m = a->meant.at + j;
    return a->sort == SLIPS_ALL && i > 1 && j > 1 && w[-1] == m[-2] && w[-2] == m[-1] && w[-1] != ' ' && w[-2] != ' ';
}

static bool ends_in(struct slice text, size_t end, struct slice part)
{
    if (end < part.n || text.at[end - 1] != part.at[part.n - 1])
        return false;
    for (size_t i = 1; i < part.n; i++)
        if (text.at[end - 1 - i] != part.at[part.n - 1 - i])
            return false;
    return true;
}

static bool stands_there(const struct alignment *a, const struct sound *sound, size_t j)
{
    size_t begin = j - sound->meant.n;
    if (sound->where == INITIAL)
        return begin == 0 || a->meant.at[begin - 1] == ' ';
    return sound->where == ANYWHERE || j == a->meant.n || a->meant.at[j] == ' ';
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The least cost by something that sounds alike and ends here. */
static unsigned by_sound(const struct alignment *a, size_t i, size_t j)
{
    unsigned best = SLIP_FAR;
    char letter = a->written.at[i - 1], meant = a->meant.at[j - 1];
    if (!is_letter(letter) || !is_letter(meant) || !(a->slips->heard[letter - 'a'] & LETTER(meant)))
        return best;
    for (size_t k = a->slips->first[letter - 'a']; k < a->slips->first[letter - 'a' + 1]; k++) {
        const struct sound *s = &a->slips->sounds[k];
        if (ends_in(a->meant, j, s->meant) && ends_in(a->written, i, s->written) && stands_there(a, s, j))
            best = least(best, a->costs[i - s->written.n][j - s->meant.n] + s->cost);
    }
    return best;
}

static uint8_t cost_at(const struct alignment *a, size_t i, size_t j)
{
    if (i == 0 && j == 0)
        return 0;
    unsigned best = SLIP_FAR;
    if (i > 0)
        best = least(best, a->costs[i - 1][j] + alone(a->written, i, a->sort));
    if (j > 0)
        best = least(best, a->costs[i][j - 1] + alone(a->meant, j, a->sort));
    if (i > 0 && j > 0) {
        best = least(best, a->costs[i - 1][j - 1] + instead(a, i, j));
        best = least(best, by_sound(a, i, j));
        if (swapped(a, i, j))
            best = least(best, a->costs[i - 2][j - 2] + COST_SWAPPED);
    }
    return (uint8_t)best;
}

/* Fills a row within the band that is followed; the least of it. */
static unsigned fill_row(struct alignment *a, size_t i)
{
    size_t from = i > SLIP_SHIFT_MAX ? i - SLIP_SHIFT_MAX : 0;
    size_t to = i + SLIP_SHIFT_MAX < a->meant.n ? i + SLIP_SHIFT_MAX : a->meant.n;
    unsigned row = SLIP_FAR;
    memset(a->costs[i], SLIP_FAR, a->meant.n + 1);
    for (size_t j = from; j <= to; j++) {
        a->costs[i][j] = cost_at(a, i, j);
        row = least(row, a->costs[i][j]);
    }
    return row;
}

unsigned slip_distance(const struct slips *slips, struct slice written, struct slice meant, enum slip_sort sort,
                       unsigned limit)
{
    struct alignment a;
    unsigned over = 0; /* rows in a row that are over the limit */
    if (written.n > SLIP_TEXT_MAX || meant.n > SLIP_TEXT_MAX)
        return SLIP_FAR;
    a.slips = slips;
    a.written = written;
    a.meant = meant;
    a.sort = sort;
    for (size_t i = 0; i <= written.n; i++) {
        over = fill_row(&a, i) > limit ? over + 1 : 0;
        if (over == SOUND_MAX) /* nothing reaches farther back */
            return SLIP_FAR;
    }
    unsigned cost = a.costs[written.n][meant.n];
    return cost > limit ? SLIP_FAR : cost;
}

/* ---- skeletons ---- */

/* The letter that stands for all that sounds like this one somewhere in a word. */
static const char skeleton_of[] = "abtdifghidtnmnopggstodwsid"; /* a to z */

/* Sets: a skeleton is made many times a misspelt word. */
enum {
    NASALS = LETTER('n') | LETTER('m'), /* m for n: one press less */
    AFTER_N = LETTER('g') | LETTER('h') | LETTER('q') | LETTER('k'), /* ng, nh, and how ng is abbreviated */
    AFTER_T = LETTER('h') | LETTER('r'),
    BEFORE_H = LETTER('c') | LETTER('g') | LETTER('k') | LETTER('t'),
    VOWELS = LETTER('a') | LETTER('e') | LETTER('o') | LETTER('u'), /* those gi goes before */
};

static bool is_in(struct slice text, size_t i, unsigned letters)
{
    return i < text.n && is_letter(text.at[i]) && (letters & LETTER(text.at[i]));
}

/* The skeleton's letter for the one at i; NUL for none. *skip is how many letters after it go with it. */
static char bone(struct slice text, size_t i, size_t *skip)
{
    char c = text.at[i];
    *skip = 0;
    if (!is_letter(c))
        return '\0';
    if (is_in(text, i, NASALS) && is_in(text, i + 1, AFTER_N)) {
        *skip = text.at[i + 1] == 'g' && is_in(text, i + 2, LETTER('h')) ? 2 : 1;
        return 'n';
    }
    if ((c == 't' && is_in(text, i + 1, AFTER_T)) || (is_in(text, i, BEFORE_H) && is_in(text, i + 1, LETTER('h'))))
        *skip = 1;
    else if (c == 'p' && is_in(text, i + 1, LETTER('h'))) {
        *skip = 1;
        return 'f';
    } else if (c == 'q' && is_in(text, i + 1, LETTER('u'))) {
        *skip = 1;
        return 'w';
    } else if (c == 'g' && is_in(text, i + 1, LETTER('i')) && is_in(text, i + 2, VOWELS)) {
        *skip = 1;
        return 'd';
    }
    return skeleton_of[c - 'a'];
}

size_t slip_skeleton(struct slice text, char *out)
{
    size_t n = 0, skip;
    struct slice single = {out, 0}; /* keys pressed twice count once: nothing is written before it is read */
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] != ' ' && (single.n == 0 || out[single.n - 1] != text.at[i]))
            out[single.n++] = text.at[i];
    for (size_t i = 0; i < single.n; i += 1 + skip) {
        char c = bone(single, i, &skip);
        if (c && (n == 0 || out[n - 1] != c))
            out[n++] = c;
    }
    return n;
}
