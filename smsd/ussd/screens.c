/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ussd/screens.h"

#include <string.h>

#define MENU(id, n, up, t) [id] = {.name = n, .kind = KIND_MENU, .parent = up, .next = id, .title = t},
#define CHOICE(id, n, up, t, fills, list, to) \
    [id] = {.name = n, .kind = KIND_CHOICE, .parent = up, .next = to, .title = t, .slot = fills, .from = list},
#define CONFIRM(id, n, up, t, to) [id] = {.name = n, .kind = KIND_CONFIRM, .parent = up, .next = to, .title = t},
#define ANSWER(id, n, up, d, i) \
    [id] = {.name = n, .kind = KIND_ANSWER, .parent = up, .next = id, .does = d, .intent = i},
static const struct screen table[SCREEN_COUNT] = {
#include "smsd/ussd/screens.def"
};

struct screens screens_all(void)
{
    return (struct screens){table, SCREEN_COUNT};
}

const struct screen *screen_of(enum screen_id id)
{
    return &table[id];
}

bool screen_find(struct slice name, enum screen_id *id_r)
{
    for (enum screen_id id = 0; id < SCREEN_COUNT; id++)
        if (slice_is(name, table[id].name)) {
            *id_r = id;
            return true;
        }
    return false;
}

static bool leads_on(const struct screen *screen)
{
    return screen->kind == KIND_CHOICE || screen->kind == KIND_CONFIRM;
}

bool screen_child(struct screens screens, enum screen_id menu, size_t number, enum screen_id *child_r)
{
    for (size_t i = 0; number > 0 && i < screens.n; i++)
        if (screens.rows[i].parent == menu && i != menu && --number == 0) {
            *child_r = (enum screen_id)i;
            return true;
        }
    return false;
}

enum intent screen_intent(struct screens screens, enum screen_id id)
{
    for (size_t steps = 0; steps < screens.n && leads_on(&screens.rows[id]); steps++)
        id = screens.rows[id].next;
    return screens.rows[id].intent;
}

enum screen_id screen_branch(struct screens screens, enum screen_id id)
{
    for (size_t steps = 0; steps < screens.n && screens.rows[screens.rows[id].parent].kind != KIND_MENU; steps++)
        id = screens.rows[id].parent;
    return id;
}

/* ---- what must hold ---- */

static const char *child_wrong(struct screens screens, enum screen_id id, struct arena *arena)
{
    const struct screen *screen = &screens.rows[id];
    size_t n = 0;
    enum screen_id child;
    while (screen_child(screens, id, n + 1, &child))
        n++;
    if (id == SCREEN_RESUME)
        return NULL; /* its choices are its own */
    if (screen->kind == KIND_MENU && (n == 0 || n > USSD_SHOWN_MAX))
        return arena_printf(arena, "the menu %s has %zu choices, not 1 to %d", screen->name, n, USSD_SHOWN_MAX);
    if (leads_on(screen) && (n != 1 || screens.rows[screen->next].parent != id))
        return arena_printf(arena, "%s leads to %s, whose parent is %s", screen->name, screens.rows[screen->next].name,
                            screens.rows[screens.rows[screen->next].parent].name);
    if (screen->kind == KIND_ANSWER && n > 0)
        return arena_printf(arena, "%s is an answer, and the parent of others", screen->name);
    return NULL;
}

/* Screens from this one up to the first; more than there are when none of them is it. */
static size_t depth(struct screens screens, enum screen_id id)
{
    size_t steps = 0;
    for (; id != SCREEN_MAIN && steps <= screens.n; steps++)
        id = screens.rows[id].parent;
    return steps;
}

/* A list of goods opens groups, goods of a group and kinds of goods in between. */
#define STEPS_WITHIN_GOODS 3

static const char *way_wrong(struct screens screens, enum screen_id id, struct arena *arena)
{
    const struct screen *screen = &screens.rows[id];
    const size_t steps = id == SCREEN_RESUME ? 0 : depth(screens, id);
    if (steps > screens.n)
        return arena_printf(arena, "%s is not reached from %s", screen->name, screens.rows[0].name);
    bool goods = screens.rows[screen_branch(screens, id)].slot == SLOT_GOODS;
    if (steps + (goods ? STEPS_WITHIN_GOODS : 0) > USSD_DEPTH_MAX && screen->kind != KIND_ANSWER)
        return arena_printf(arena, "%s is %zu screens from %s, more than a session keeps", screen->name, steps,
                            screens.rows[0].name);
    return NULL;
}

static const char *name_wrong(struct screens screens, enum screen_id id, struct arena *arena)
{
    const char *name = screens.rows[id].name;
    if (!name || !*name || strlen(name) > USSD_NAME_MAX / 2 || strchr(name, '/'))
        return arena_printf(arena, "screen %d has no name, or one that is too long", (int)id);
    for (size_t i = 0; i < id; i++)
        if (strcmp(screens.rows[i].name, name) == 0)
            return arena_printf(arena, "two screens are called %s", name);
    return NULL;
}

/* A branch without an intent does nothing. */
static const char *end_wrong(struct screens screens, enum screen_id id, struct arena *arena)
{
    const struct screen *screen = &screens.rows[id];
    bool serves = screen->kind == KIND_MENU || screen->slot == SLOT_LISTING;
    if (!serves && screen_intent(screens, id) == INTENT_NONE)
        return arena_printf(arena, "%s leads to no answer", screen->name);
    if (screen->kind == KIND_ANSWER && screen->does == USSD_SHOWS)
        return arena_printf(arena, "%s is an answer, and neither tells nor acts", screen->name);
    if (screen->kind == KIND_CHOICE && screen->slot == SLOT_NONE)
        return arena_printf(arena, "%s fills nothing", screen->name);
    return NULL;
}

const char *screens_wrong(struct screens screens, struct arena *arena)
{
    static const char *(*const checks[])(struct screens, enum screen_id, struct arena *) = {name_wrong, way_wrong,
                                                                                            child_wrong, end_wrong};
    const char *wrong = NULL;
    for (size_t c = 0; c < sizeof checks / sizeof *checks; c++)
        for (size_t i = 0; i < screens.n && !wrong; i++)
            wrong = checks[c](screens, (enum screen_id)i, arena);
    return wrong;
}
