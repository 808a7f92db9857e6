/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/message/shape.h"

#include <string.h>

#define LEAD(name, drop, args) {PART_LEAD, name, drop, args},
#define TAIL(name, drop, args) {PART_TAIL, name, drop, args},

#define COUNT_PARTS(...) (sizeof((struct message_part[]){__VA_ARGS__}) / sizeof(struct message_part))
#define MESSAGE(symbol, key, budget, args, parts) [symbol] = {#symbol, key, budget, args, COUNT_PARTS(parts), {parts}},
static const struct message_shape shapes[MESSAGE_COUNT] = {
#include "smsd/message/messages.def"
};

#define PHRASE(key) key,
const char *const message_phrase_keys[] = {
#include "smsd/message/messages.def"
    NULL,
};

const struct message_shape *message_shape(enum message message)
{
    return &shapes[message];
}

bool shape_next_arg(const char **list, struct slice *name)
{
    const char *at = *list + strspn(*list, " ?");
    *name = (struct slice){at, strcspn(at, " ")};
    *list = at + name->n;
    return name->n > 0;
}

bool shape_has_arg(const char *list, struct slice name)
{
    struct slice next;
    while (shape_next_arg(&list, &next))
        if (slice_eq(next, name))
            return true;
    return false;
}
