/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of screens.def as data and what must hold of it. Pure.
 */
#ifndef SMSD_USSD_SCREENS_H
#define SMSD_USSD_SCREENS_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/read/reading.h"
#include "smsd/message/message.h"
#include "smsd/ussd/ussd.h"

enum screen_id {
#define MENU(id, ...) id,
#define CHOICE(id, ...) id,
#define CONFIRM(id, ...) id,
#define ANSWER(id, ...) id,
#include "smsd/ussd/screens.def"
    SCREEN_COUNT
};

enum screen_kind { KIND_MENU, KIND_CHOICE, KIND_CONFIRM, KIND_ANSWER };

/* What of a reading a screen fills. */
enum slot { SLOT_NONE, SLOT_GOODS, SLOT_QUANTITY, SLOT_PRICE, SLOT_PLACE, SLOT_LISTING, SLOT_LANGUAGE };

enum from { FROM_NOTHING, FROM_GOODS, FROM_PRICES, FROM_PLACES, FROM_LISTINGS, FROM_LANGUAGES };

struct screen {
    const char *name;
    enum screen_kind kind;
    enum screen_id parent, next; /* next: of choices and confirmations */
    enum message title;          /* not of an answer */
    enum slot slot;
    enum from from;
    enum ussd_does does; /* of an answer; */
    enum intent intent;  /* of every screen that only leads to answers of one intent, else INTENT_NONE */
};

/* The table, or another of its form, which tests make. */
struct screens {
    const struct screen *rows;
    size_t n;
};

struct screens screens_all(void);
const struct screen *screen_of(enum screen_id id);

/* By the name it is stored under; false when there is none. */
bool screen_find(struct slice name, enum screen_id *id_r);

/* The child of a menu that a digit leads to, from 1; false when it has none. */
bool screen_child(struct screens screens, enum screen_id menu, size_t number, enum screen_id *child_r);

/* What a branch is for, from its first screen to its answer: INTENT_NONE of menus. */
enum intent screen_intent(struct screens screens, enum screen_id id);

/* The first screen of the branch that this one is in: the one whose parent is a menu. */
enum screen_id screen_branch(struct screens screens, enum screen_id id);

/* Is every screen reachable from the first one, the parent of each the screen that leads there, every menu within
 * USSD_SHOWN_MAX, every way within USSD_DEPTH_MAX, every name unlike the others and short enough? NULL, or a sentence
 * in the arena. */
const char *screens_wrong(struct screens screens, struct arena *arena);

#endif
