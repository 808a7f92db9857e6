/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ussd/diagram.h"

static const char *const slot_names[] = {
    [SLOT_GOODS] = "which goods", [SLOT_QUANTITY] = "how much",     [SLOT_PRICE] = "at what price",
    [SLOT_PLACE] = "where",       [SLOT_LISTING] = "which listing", [SLOT_LANGUAGE] = "which language",
};

static const char *const from_names[] = {
    [FROM_NOTHING] = "typed",
    [FROM_GOODS] = "the person's own, those of the place, all by groups and kinds",
    [FROM_PRICES] = "the market's or the listing's price, or none",
    [FROM_PLACES] = "the person's own, districts",
    [FROM_LISTINGS] = "the person's own that stand",
    [FROM_LANGUAGES] = "all",
};

/* What a screen is for: "how much (typed)", "confirm", "sell: told by SMS". */
static void print_purpose(const struct screen *screen, FILE *out)
{
    switch (screen->kind) {
    case KIND_MENU:
        fputs("menu", out);
        break;
    case KIND_CHOICE:
        fprintf(out, "%s (%s)", slot_names[screen->slot], from_names[screen->from]);
        break;
    case KIND_CONFIRM:
        fputs("1 confirms", out);
        break;
    case KIND_ANSWER:
        fprintf(out, "%s %s",
                screen->does == USSD_ACTS ? "done, and told by SMS:" : "told:", intent_name(screen->intent));
        break;
    }
}

static void print_below(struct screens screens, enum screen_id id, int depth, FILE *out)
{
    enum screen_id child;
    for (size_t digit = 1; screen_child(screens, id, digit, &child); digit++) {
        fprintf(out, "%*s", 2 * depth, "");
        if (screens.rows[id].kind == KIND_MENU)
            fprintf(out, "%zu ", digit);
        fprintf(out, "%s: ", screens.rows[child].name);
        print_purpose(&screens.rows[child], out);
        fputc('\n', out);
        print_below(screens, child, depth + 1, out);
    }
}

static bool is_root(struct screens screens, size_t id)
{
    return screens.rows[id].parent == id;
}

void diagram_print(struct screens screens, FILE *out)
{
    for (size_t i = 0; i < screens.n; i++) {
        if (!is_root(screens, i))
            continue;
        fprintf(out, "%s: ", screens.rows[i].name);
        print_purpose(&screens.rows[i], out);
        fputc('\n', out);
        print_below(screens, (enum screen_id)i, 1, out);
    }
}

static void print_edges(struct screens screens, enum screen_id id, FILE *out)
{
    enum screen_id child;
    for (size_t digit = 1; screen_child(screens, id, digit, &child); digit++) {
        fprintf(out, "  \"%s\" -> \"%s\"", screens.rows[id].name, screens.rows[child].name);
        if (screens.rows[id].kind == KIND_MENU)
            fprintf(out, " [label=\"%zu\"]", digit);
        fputs(";\n", out);
    }
}

void diagram_print_dot(struct screens screens, FILE *out)
{
    fputs("digraph screens {\n  rankdir=LR;\n  node [shape=box];\n", out);
    for (size_t i = 0; i < screens.n; i++) {
        fprintf(out, "  \"%s\" [label=\"%s\\n", screens.rows[i].name, screens.rows[i].name);
        print_purpose(&screens.rows[i], out);
        fputs("\"];\n", out);
        print_edges(screens, (enum screen_id)i, out);
    }
    fputs("}\n", out);
}
