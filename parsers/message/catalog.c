/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/message/catalog.h"

#include <string.h>

#define MO_MAGIC 0x950412DEu
#define HEADER_SIZE 28 /* seven words: magic, revision, count, ids, texts, size and offset of the hash table */
#define ENTRY_SIZE 8   /* two words: length and offset */

static uint32_t word_at(const struct catalog *c, size_t offset)
{
    uint32_t word;
    memcpy(&word, c->bytes.at + offset, sizeof word);
    return c->swapped ? __builtin_bswap32(word) : word;
}

static struct slice entry_at(const struct catalog *c, uint32_t table, uint32_t i)
{
    size_t entry = (size_t)table + (size_t)i * ENTRY_SIZE;
    return (struct slice){c->bytes.at + word_at(c, entry + 4), word_at(c, entry)};
}

/* Do all entries of a table lie inside the bytes, each with its NUL at the end and no other? */
static bool is_sound_table(const struct catalog *c, uint32_t table)
{
    if (table > c->bytes.n || c->count > (c->bytes.n - table) / ENTRY_SIZE)
        return false;
    for (uint32_t i = 0; i < c->count; i++) {
        size_t entry = (size_t)table + (size_t)i * ENTRY_SIZE;
        size_t length = word_at(c, entry), offset = word_at(c, entry + 4);
        if (offset >= c->bytes.n || length >= c->bytes.n - offset)
            return false;
        const char *text = c->bytes.at + offset;
        if (memchr(text, '\0', length + 1) != text + length)
            return false;
    }
    return true;
}

/* In strictly rising order, as the search needs them? */
static bool is_sorted(const struct catalog *c)
{
    for (uint32_t i = 1; i < c->count; i++)
        if (strcmp(entry_at(c, c->ids, i - 1).at, entry_at(c, c->ids, i).at) >= 0)
            return false;
    return true;
}

bool catalog_open(struct catalog *catalog, struct slice bytes, const char **error)
{
    *catalog = (struct catalog){.bytes = bytes};
    *error = NULL;
    if (bytes.n < HEADER_SIZE) {
        *error = "too short for a catalogue";
        return false;
    }
    catalog->swapped = word_at(catalog, 0) != MO_MAGIC;
    if (word_at(catalog, 0) != MO_MAGIC)
        *error = "not a catalogue";
    else if (word_at(catalog, 4) >> 16 > 1)
        *error = "a format this reader does not know";
    if (*error)
        return false;
    catalog->count = word_at(catalog, 8);
    catalog->ids = word_at(catalog, 12);
    catalog->texts = word_at(catalog, 16);
    if (!is_sound_table(catalog, catalog->ids) || !is_sound_table(catalog, catalog->texts))
        *error = "an entry lies outside the catalogue or holds a NUL";
    else if (!is_sorted(catalog))
        *error = "the entries are not in order";
    return *error == NULL;
}

const char *catalog_get(const struct catalog *catalog, const char *id)
{
    uint32_t low = 0, high = catalog->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(id, entry_at(catalog, catalog->ids, middle).at);
        if (order == 0)
            return entry_at(catalog, catalog->texts, middle).at;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *catalog_field(const struct catalog *catalog, struct arena *arena, const char *name)
{
    const char *line = catalog_get(catalog, "");
    size_t n = strlen(name);
    while (line && *line) {
        const char *end = strchrnul(line, '\n');
        if (strncmp(line, name, n) == 0 && line[n] == ':') {
            const char *value = line + n + 1;
            value += strspn(value, " ");
            return arena_copy(arena, (struct slice){value, (size_t)(end - value)});
        }
        line = *end ? end + 1 : end;
    }
    return NULL;
}
