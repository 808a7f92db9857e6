/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BLOCK 64

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_new(BLOCK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(&arena);
    return arena != NULL;
}

/* Zeroed, aligned for any type, and apart, in the first block and beyond it, again and again. */
static void memory_is_clean(void **state)
{
    (void)state;
    static const char zeros[3 * BLOCK];
    for (int round = 0; round < 3; round++) {
        char *before = NULL;
        for (size_t n = 1; n <= sizeof zeros; n += 7) {
            char *at = arena_alloc(arena, n);
            assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
            assert_memory_equal(at, zeros, n);
            memset(at, 0xAA, n);
            assert_ptr_not_equal(at, before);
            before = at;
        }
        arena_reset(arena);
    }
}

static void what_is_used_is_told(void **state)
{
    (void)state;
    assert_int_equal(arena_used(arena), 0);
    arena_alloc(arena, 0);
    assert_int_equal(arena_used(arena), 0);
    arena_alloc(arena, 1);
    assert_int_equal(arena_used(arena), _Alignof(max_align_t));
    arena_alloc(arena, BLOCK * 2); /* another block */
    assert_int_equal(arena_used(arena), _Alignof(max_align_t) + BLOCK * 2);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
}

static void texts_end_in_nul(void **state)
{
    (void)state;
    assert_string_equal(arena_copy(arena, (struct slice){"ban lua", 3}), "ban");
    assert_string_equal(arena_copy(arena, (struct slice){NULL, 0}), "");
    assert_string_equal(arena_printf(arena, "%d%s", 8500, "d"), "8500d");
}

static void scratch_is_taken_back_alone(void **state)
{
    (void)state;
    const char *kept = arena_copy(arena, slice_of("kept"));
    const size_t used = arena_used(arena);
    const struct arena_mark mark = arena_mark(arena);
    char *scratch = arena_copy(arena, slice_of("scratch"));
    arena_alloc(arena, BLOCK * 8);
    arena_rewind(arena, mark);
    assert_int_equal(arena_used(arena), used);
    assert_string_equal(kept, "kept");
    assert_ptr_equal(arena_alloc(arena, 8), scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(memory_is_clean, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_used_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scratch_is_taken_back_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_end_in_nul, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
