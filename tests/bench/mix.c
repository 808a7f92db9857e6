/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/mix.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { OFFER, PRICE, COMMAND, UNCLEAR, KINDS };

static const char *const kind_names[KINDS] = {"offer", "price", "command", "unclear"};

/* 45% offers and requests, 35% prices, 10% other commands, 10% not understood. */
static const enum kind slots[] = {OFFER, PRICE, OFFER, PRICE, OFFER,   UNCLEAR, PRICE, OFFER, COMMAND, OFFER,
                                  PRICE, OFFER, PRICE, OFFER, UNCLEAR, PRICE,   OFFER, PRICE, COMMAND, OFFER};

#define SLOTS (sizeof slots / sizeof slots[0])
#define SLOTS_A_ROUND 3       /* how far a person moves on each round; prime to SLOTS, so all kinds have their turn */
#define PEOPLE_APART 61803ULL /* who follows whom; prime to MIX_PEOPLE, so everybody has a turn */

_Static_assert(MIX_PEOPLE % SLOTS == 0, "a round holds each slot equally often");

struct line {
    char *text;
    uint64_t taken;
};

struct mix {
    struct line *lines;
    size_t n_lines;
    size_t *of_kind[KINDS]; /* indices into lines */
    size_t n_of_kind[KINDS];
};

static enum kind kind_of(const char *name, const char *path)
{
    for (int kind = 0; kind < KINDS; kind++)
        if (strcmp(name, kind_names[kind]) == 0)
            return (enum kind)kind;
    errx(1, "%s: there is no kind \"%s\"", path, name);
}

static void *grown(void *items, size_t n, size_t size)
{
    void *room = realloc(items, (n + 1) * size);
    if (!room)
        err(1, "memory");
    return room;
}

static void add(struct mix *mix, enum kind kind, const char *text)
{
    mix->lines = grown(mix->lines, mix->n_lines, sizeof *mix->lines);
    mix->of_kind[kind] = grown(mix->of_kind[kind], mix->n_of_kind[kind], sizeof *mix->of_kind[kind]);
    mix->of_kind[kind][mix->n_of_kind[kind]++] = mix->n_lines;
    mix->lines[mix->n_lines++] = (struct line){.text = strdup(text)};
}

struct mix *mix_read(const char *path)
{
    struct mix *mix = calloc(1, sizeof *mix);
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    if (!mix || !in)
        err(1, "%s", path);
    while (getline(&line, &room, in) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *text = strchr(line, '\t');
        if (!text)
            errx(1, "%s: a line without a tab", path);
        *text++ = '\0';
        add(mix, kind_of(line, path), text);
    }
    for (int kind = 0; kind < KINDS; kind++)
        if (mix->n_of_kind[kind] == 0)
            errx(1, "%s: no text of the kind \"%s\"", path, kind_names[kind]);
    free(line);
    fclose(in);
    return mix;
}

struct mix_text mix_take(struct mix *mix, uint64_t n)
{
    const uint64_t round = n / MIX_PEOPLE, person = n % MIX_PEOPLE * PEOPLE_APART % MIX_PEOPLE;
    const enum kind kind = slots[(n + SLOTS_A_ROUND * round) % SLOTS];
    struct line *line = &mix->lines[mix->of_kind[kind][(person + round) % mix->n_of_kind[kind]]];
    line->taken++;
    return (struct mix_text){.person = (uint32_t)person, .text = line->text};
}

void mix_write_counts(const struct mix *mix, const char *path)
{
    FILE *out = fopen(path, "w");
    if (!out)
        err(1, "%s", path);
    for (size_t i = 0; i < mix->n_lines; i++)
        fprintf(out, "%" PRIu64 "\n", mix->lines[i].taken);
    if (fclose(out) != 0)
        err(1, "%s", path);
}

void mix_free(struct mix **mix)
{
    for (size_t i = 0; i < (*mix)->n_lines; i++)
        free((*mix)->lines[i].text);
    for (int kind = 0; kind < KINDS; kind++)
        free((*mix)->of_kind[kind]);
    free((*mix)->lines);
    free(*mix);
    *mix = NULL;
}
