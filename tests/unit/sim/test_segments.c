/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/segments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/sim/octets.h"

enum { UDHI = 0x40, UDH = 6 };

static struct arena *arena;
static struct assembly *assembly;

static int setup(void **state)
{
    (void)state;
    arena = arena_new(4096);
    assembly = assembly_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    assembly_free(&assembly);
    arena_free(&arena);
    return 0;
}

static struct slice filled(size_t n)
{
    char *octets = arena_alloc(arena, n);
    for (size_t i = 0; i < n; i++)
        octets[i] = (char)('a' + i % 26);
    return (struct slice){octets, n};
}

static void the_number_of_parts_is_the_networks(void **state)
{
    static const struct {
        enum coding coding;
        size_t octets, parts;
    } rows[] = {
        {CODING_GSM7, 0, 1},
        {CODING_GSM7, 160, 1},
        {CODING_GSM7, 161, 2},
        {CODING_GSM7, 306, 2},
        {CODING_GSM7, 307, 3},
        {CODING_UCS2, 140, 1},
        {CODING_UCS2, 142, 2},
        {CODING_UCS2, 268, 2},
        {CODING_UCS2, 270, 3},
        {CODING_BINARY, 140, 1},
        {CODING_BINARY, 141, 2},
        {CODING_GSM7, 153 * 255, 255},
        {CODING_GSM7, 153 * 255 + 1, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct slice *parts;
        assert_int_equal(segments_cut(arena, rows[i].coding, filled(rows[i].octets), 7, &parts), rows[i].parts);
    }
}

static void an_escape_pair_is_not_torn(void **state)
{
    struct slice octets = filled(200), *parts;
    (void)state;
    ((char *)(uintptr_t)octets.at)[152] = 0x1B;
    assert_int_equal(segments_cut(arena, CODING_GSM7, octets, 7, &parts), 2);
    assert_int_equal(parts[0].n, UDH + 152);
    assert_int_equal(parts[1].at[UDH], 0x1B);
}

static void a_surrogate_pair_is_not_torn(void **state)
{
    struct slice octets = filled(200), *parts;
    (void)state;
    memcpy((char *)(uintptr_t)octets.at + 132, "\xD8\x42\xDF\xB7", 4);
    assert_int_equal(segments_cut(arena, CODING_UCS2, octets, 7, &parts), 2);
    assert_int_equal(parts[0].n, UDH + 132);
    assert_memory_equal(parts[1].at, "\x05\x00\x03\x07\x02\x02\xD8\x42\xDF\xB7", 10);
}

static bool add(struct slice body, const char *to, const char *id, struct message *whole)
{
    struct sm part = {.from = "8055", .esm_class = UDHI, .body = body};
    snprintf(part.to, sizeof part.to, "%s", to);
    return assembly_add(assembly, arena, &part, id, whole);
}

static void parts_in_any_order_make_the_text(void **state)
{
    static const size_t order[] = {2, 0, 0, 3, 1}; /* one comes twice */
    struct slice text = filled(500), *parts;
    struct message whole;
    (void)state;
    assert_int_equal(segments_cut(arena, CODING_GSM7, text, 7, &parts), 4);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(add(parts[order[i]], "84912345678", i ? "later" : "first", &whole), i == 4);
    assert_int_equal(whole.segments, 4);
    assert_true(slice_eq(whole.octets, text));
    assert_string_equal(whole.message_id, "first");
}

static void phones_do_not_mix(void **state)
{
    struct slice a = filled(170), b = filled(171), *of_a, *of_b;
    struct message whole;
    (void)state;
    segments_cut(arena, CODING_GSM7, a, 7, &of_a);
    segments_cut(arena, CODING_GSM7, b, 7, &of_b);
    assert_false(add(of_a[0], "84900000001", "1", &whole));
    assert_false(add(of_b[1], "84900000002", "2", &whole));
    assert_true(add(of_a[1], "84900000001", "3", &whole));
    assert_true(slice_eq(whole.octets, a));
    assert_true(add(of_b[0], "84900000002", "4", &whole));
    assert_true(slice_eq(whole.octets, b));
}

static void other_headers_are_taken_off(void **state)
{
    struct message whole;
    (void)state;
    /* application ports (element 5), then the text */
    assert_true(add((struct slice){"\x06\x05\x04\x0B\x84\x23\xF0hi", 9}, "1", "1", &whole));
    assert_true(slice_is(whole.octets, "hi"));
    /* a 16-bit reference */
    assert_false(add((struct slice){"\x06\x08\x04\x01\x02\x02\x02lo", 9}, "1", "1", &whole));
    assert_true(add((struct slice){"\x06\x08\x04\x01\x02\x02\x01hel", 10}, "1", "1", &whole));
    assert_true(slice_is(whole.octets, "hello"));
}

static void absurd_headers_are_a_message_alone(void **state)
{
    static const struct slice bodies[] = {
        {"\xFF\x00", 2},                  /* longer than the message */
        {"\x05\x00\x03\x01\x02\x03x", 7}, /* the third of two */
        {"\x05\x00\x03\x01\x02\x00x", 7}, /* the part before the first */
        {"\x05\x00\xF0\x01\x02\x01x", 7}, /* an element longer than its header */
        {"", 0},
    };
    struct message whole;
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        assert_true(add(bodies[i], "1", "1", &whole));
        assert_int_equal(whole.segments, 1);
    }
}

static void parts_may_be_numbered_by_parameters(void **state)
{
    static const char first[] = "\x02\x0C\x00\x02\x00\x09\x02\x0E\x00\x01\x02\x02\x0F\x00\x01\x01";
    static const char second[] = "\x02\x0C\x00\x02\x00\x09\x02\x0E\x00\x01\x02\x02\x0F\x00\x01\x02";
    struct sm part = {.from = "8055", .to = "1", .body = {"hel", 3}, .tlvs = {first, sizeof first - 1}};
    struct message whole;
    (void)state;
    assert_false(assembly_add(assembly, arena, &part, "1", &whole));
    part.body = (struct slice){"lo", 2};
    part.tlvs = (struct slice){second, sizeof second - 1};
    assert_true(assembly_add(assembly, arena, &part, "2", &whole));
    assert_true(slice_is(whole.octets, "hello"));
}

static void the_oldest_is_given_up_when_too_many_wait(void **state)
{
    struct slice *parts;
    struct message whole;
    char to[16];
    (void)state;
    segments_cut(arena, CODING_GSM7, filled(170), 7, &parts);
    uint64_t before = assembly_given_up(assembly);
    for (unsigned i = 0; i < 300; i++) {
        snprintf(to, sizeof to, "849%08u", i);
        assert_false(add(parts[0], to, "1", &whole));
    }
    assert_int_equal(assembly_given_up(assembly) - before, 300 - 256);
    assert_true(add(parts[1], to, "1", &whole));
    assert_false(add(parts[1], "84900000000", "1", &whole));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_number_of_parts_is_the_networks),
        cmocka_unit_test(an_escape_pair_is_not_torn),
        cmocka_unit_test(a_surrogate_pair_is_not_torn),
        cmocka_unit_test(parts_in_any_order_make_the_text),
        cmocka_unit_test(phones_do_not_mix),
        cmocka_unit_test(other_headers_are_taken_off),
        cmocka_unit_test(absurd_headers_are_a_message_alone),
        cmocka_unit_test(parts_may_be_numbered_by_parameters),
        cmocka_unit_test(the_oldest_is_given_up_when_too_many_wait),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
