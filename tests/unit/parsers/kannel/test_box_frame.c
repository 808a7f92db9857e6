/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/box_frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define UUID "123e4567-e89b-12d3-a456-42661417400F"

static const char *const layouts[] = {"i", "is", "siu"};

/* A copy without a byte to spare, so that the sanitizer sees a step too far. */
static bool is_sound(const char *octets, size_t n)
{
    char *exact = malloc(n ? n : 1);
    memcpy(exact, octets, n);
    bool sound = box_frame_is_sound((struct slice){exact, n}, layouts, sizeof layouts / sizeof *layouts);
    free(exact);
    return sound;
}

#define SOUND(octets) assert_true(is_sound((octets), sizeof(octets) - 1))
#define UNSOUND(octets) assert_false(is_sound((octets), sizeof(octets) - 1))

static void frames_with_all_their_fields(void **state)
{
    (void)state;
    SOUND("\0\0\0\0\0\0\0\7");
    SOUND("\0\0\0\1\0\0\0\3\xff\xff\xff\xff");
    SOUND("\0\0\0\1\0\0\0\3\0\0\0\0");
    SOUND("\0\0\0\1\0\0\0\3\0\0\0\3a\0b");
    SOUND("\0\0\0\2\xff\xff\xff\xff\xff\xff\xff\xff\0\0\0\x24" UUID);
}

static void types_that_there_are_not(void **state)
{
    (void)state;
    UNSOUND("");
    UNSOUND("\0\0\0");
    UNSOUND("\0\0\0\3\0\0\0\7");
    UNSOUND("\xff\xff\xff\xff\0\0\0\7");
}

static void frames_too_short_or_too_long(void **state)
{
    (void)state;
    UNSOUND("\0\0\0\0");
    UNSOUND("\0\0\0\0\0\0\7");
    UNSOUND("\0\0\0\0\0\0\0\7x");
    UNSOUND("\0\0\0\1\0\0\0\3\0\0\0\4a\0b");
    UNSOUND("\0\0\0\1\0\0\0\3\0\0\0\2a\0b");
}

/* msg_unpack ends the process on these. */
static void lengths_below_none(void **state)
{
    (void)state;
    UNSOUND("\0\0\0\1\0\0\0\3\xff\xff\xff\xfe");
    UNSOUND("\0\0\0\1\0\0\0\3\x80\0\0\0");
    UNSOUND("\0\0\0\1\0\0\0\3\x7f\xff\xff\xff");
}

static void what_is_no_uuid(void **state)
{
    (void)state;
    UNSOUND("\0\0\0\2\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff");
    UNSOUND("\0\0\0\2\xff\xff\xff\xff\0\0\0\0\0\0\0\x23"
            "123e4567-e89b-12d3-a456-42661417400");
    UNSOUND("\0\0\0\2\xff\xff\xff\xff\0\0\0\0\0\0\0\x24"
            "123e4567-e89b-12d3-a456-42661417400g");
    UNSOUND("\0\0\0\2\xff\xff\xff\xff\0\0\0\0\0\0\0\x24"
            "123e4567ae89b-12d3-a456-426614174000");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_with_all_their_fields),
        cmocka_unit_test(types_that_there_are_not),
        cmocka_unit_test(frames_too_short_or_too_long),
        cmocka_unit_test(lengths_below_none),
        cmocka_unit_test(what_is_no_uuid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
