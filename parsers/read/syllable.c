/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/read/syllable.h"

#include <string.h>

static const char *const onsets[] = {"",   "b",   "c",  "ch", "d",  "g",  "gh", "gi", "h", "k",  "kh", "l", "m", "n",
                                     "ng", "ngh", "nh", "p",  "ph", "qu", "r",  "s",  "t", "th", "tr", "v", "x"};

/* In alphabetical order: is_rime looks them up by halves. */
static const char *const rimes[] = {
    "a",    "ac",   "ach",  "ai",   "am",   "an",  "ang", "anh",  "ao",  "ap",  "at",  "au",  "ay",   "e",    "ec",
    "ech",  "em",   "en",   "eng",  "enh",  "eo",  "ep",  "et",   "eu",  "i",   "ia",  "ich", "iec",  "iem",  "ien",
    "ieng", "iep",  "iet",  "ieu",  "im",   "in",  "inh", "ip",   "it",  "iu",  "o",   "oa",  "oac",  "oach", "oai",
    "oam",  "oan",  "oang", "oanh", "oao",  "oap", "oat", "oay",  "oc",  "oe",  "oen", "oeo", "oet",  "oi",   "om",
    "on",   "ong",  "op",   "ot",   "u",    "ua",  "uan", "uang", "uat", "uay", "uc",  "ue",  "uech", "uenh", "ui",
    "um",   "un",   "ung",  "uoc",  "uoi",  "uom", "uon", "uong", "uop", "uot", "uou", "up",  "ut",   "uu",   "uy",
    "uya",  "uych", "uyen", "uyet", "uynh", "uyp", "uyt", "uyu",  "y",   "yem", "yen", "yet", "yeu",
};

/* As strcmp does; the word may hold NULs. */
static int compare(struct slice word, const char *with)
{
    size_t n = strlen(with);
    int order = memcmp(word.at, with, word.n < n ? word.n : n);
    return order ? order : (word.n > n) - (word.n < n);
}

static bool is_rime(struct slice rest)
{
    size_t from = 0, to = sizeof rimes / sizeof *rimes;
    while (from < to) {
        size_t middle = (from + to) / 2;
        int order = compare(rest, rimes[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return false;
}

bool is_syllable(struct slice word)
{
    for (size_t i = 0; word.n && i < sizeof onsets / sizeof *onsets; i++) {
        if (*onsets[i] && *onsets[i] != *word.at)
            continue; /* most, before their letters are counted */
        size_t n = strlen(onsets[i]);
        if (word.n > n && memcmp(word.at, onsets[i], n) == 0 && is_rime((struct slice){word.at + n, word.n - n}))
            return true;
    }
    return false;
}
