/* SPDX-License-Identifier: Apache-2.0 */
#include "db/merge.h"

#include <string.h>

#include "parsers/base/slice.h"

struct merged merge_value(const char *base, const char *mine, const char *theirs)
{
    if (strcmp(mine, theirs) == 0)
        return (struct merged){MERGE_SAME, mine};
    if (base && strcmp(mine, base) == 0)
        return (struct merged){MERGE_TAKEN, theirs};
    return (struct merged){MERGE_KEPT, mine};
}

/* Takes the next word off a list; false at its end. Empty words are skipped. */
static bool next_word(const char **list, struct slice *word)
{
    *list += strspn(*list, ";");
    *word = (struct slice){*list, strcspn(*list, ";")};
    *list += word->n;
    return word->n > 0;
}

static bool has_word(const char *list, struct slice wanted)
{
    for (struct slice word; next_word(&list, &word);)
        if (slice_eq(word, wanted))
            return true;
    return false;
}

static void append(char *list, struct slice word)
{
    size_t n = strlen(list);
    if (n)
        list[n++] = ';';
    memcpy(list + n, word.at, word.n);
    list[n + word.n] = '\0';
}

struct merged merge_words(struct arena *arena, const char *base, const char *mine, const char *theirs)
{
    if (strcmp(mine, theirs) == 0)
        return (struct merged){MERGE_SAME, mine};
    const char *offered = base ? base : "";
    char *list = arena_alloc(arena, strlen(mine) + strlen(theirs) + 2);
    const char *rest = mine;
    for (struct slice word; next_word(&rest, &word);)
        if (has_word(theirs, word) || !has_word(offered, word))
            append(list, word);
    rest = theirs;
    for (struct slice word; next_word(&rest, &word);)
        if (!has_word(mine, word) && !has_word(offered, word))
            append(list, word);
    return (struct merged){strcmp(list, mine) == 0 ? MERGE_KEPT : MERGE_TAKEN, list};
}

bool words_have(const char *list, const char *word)
{
    return has_word(list, slice_of(word));
}

const char *words_with(struct arena *arena, const char *list, const char *word)
{
    return arena_printf(arena, "%s%s%s", list, *list ? ";" : "", word);
}

const char *words_without(struct arena *arena, const char *list, const char *word)
{
    char *rest = arena_alloc(arena, strlen(list) + 1);
    for (struct slice one; next_word(&list, &one);)
        if (!slice_is(one, word))
            append(rest, one);
    return rest;
}
