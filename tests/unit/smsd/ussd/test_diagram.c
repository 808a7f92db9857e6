/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "smsd/ussd/diagram.h"

static char *printed(void (*print)(struct screens screens, FILE *out))
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    assert_non_null(out);
    print(screens_all(), out);
    fclose(out);
    return text;
}

/* Every screen once, below the one that leads to it. */
static void the_tree_has_every_screen(void **state)
{
    (void)state;
    char *text = printed(diagram_print);
    size_t lines = 0;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, SCREEN_COUNT);
    assert_non_null(strstr(text, "main: menu\n  1 sell: which goods "));
    assert_non_null(strstr(text,
                           "\n        sell.place: where (the person's own, districts)\n          sell.yes: 1 confirms\n"
                           "            sell.done: done, and told by SMS: sell\n"));
    free(text);
}

static void the_graph_has_every_way(void **state)
{
    (void)state;
    char *text = printed(diagram_print_dot);
    size_t edges = 0;
    for (const char *at = text; (at = strstr(at, " -> ")); at++)
        edges++;
    assert_int_equal(edges, SCREEN_COUNT - 2); /* all but the two that sessions begin with */
    assert_non_null(strstr(text, "\"main\" -> \"sell\" [label=\"1\"];"));
    assert_non_null(strstr(text, "\"sell.yes\" -> \"sell.done\";"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_has_every_screen),
        cmocka_unit_test(the_graph_has_every_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
