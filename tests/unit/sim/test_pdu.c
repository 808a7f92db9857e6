/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/pdu.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/sim/octets.h"

static const struct sm example = {
    .service_type = "USSD",
    .from = "84912345678",
    .to = "*8055#",
    .from_ton = 1,
    .from_npi = 1,
    .esm_class = 0x40,
    .data_coding = 8,
    .tlvs = {"\x05\x01\x00\x01\x01", 5},
};

static void a_message_comes_back_as_it_was(void **state)
{
    static const size_t lengths[] = {0, 1, 160, 253, 254, 255, 4000};
    char body[4000];
    uint8_t pdu[PDU_MAX];
    (void)state;
    memset(body, 'x', sizeof body);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct sm sent = example, got;
        sent.body = (struct slice){body, lengths[i]};
        size_t n = pdu_pack_deliver(&sent, pdu);
        assert_int_equal(get_u32(pdu), n);
        assert_true(pdu_unpack_sm(pdu, n, &got));
        assert_string_equal(got.service_type, "USSD");
        assert_string_equal(got.from, sent.from);
        assert_string_equal(got.to, sent.to);
        assert_int_equal(got.from_ton, 1);
        assert_int_equal(got.esm_class, 0x40);
        assert_int_equal(got.data_coding, 8);
        assert_true(slice_eq(got.body, sent.body));
        struct slice operation;
        assert_true(tlv_get(got.tlvs, 0x0501, &operation));
        assert_true(slice_is(operation, "\1"));
    }
}

static void what_does_not_fit_is_not_packed(void **state)
{
    static char body[PDU_MAX];
    uint8_t pdu[PDU_MAX];
    struct sm sm = example;
    (void)state;
    sm.body = (struct slice){body, sizeof body};
    assert_int_equal(pdu_pack_deliver(&sm, pdu), 0);
}

static void a_message_cut_short_is_refused(void **state)
{
    uint8_t pdu[PDU_MAX];
    struct sm sm = example;
    (void)state;
    sm.body = (struct slice){"hello", 5};
    size_t n = pdu_pack_deliver(&sm, pdu);
    struct sm got;
    for (size_t cut = PDU_HEADER; cut < n; cut++) {
        bool whole = cut == n - sm.tlvs.n; /* without its parameters it is a message too */
        assert_int_equal(pdu_unpack_sm(pdu, cut, &got), whole);
    }
}

static void an_address_without_end_is_refused(void **state)
{
    uint8_t pdu[200] = {0};
    struct sm got;
    (void)state;
    memset(pdu + PDU_HEADER + 3, '1', 30); /* the source address has room for 20 */
    assert_false(pdu_unpack_sm(pdu, sizeof pdu, &got));
    memset(pdu + PDU_HEADER, '1', sizeof pdu - PDU_HEADER);
    assert_false(pdu_unpack_sm(pdu, sizeof pdu, &got));
}

static void frames_are_found_by_their_length(void **state)
{
    uint8_t octets[32] = {0};
    struct pdu_header header;
    (void)state;
    put_u32(octets, 20);
    put_u32(octets + 4, 0x80000004);
    put_u32(octets + 12, 9);
    assert_int_equal(pdu_frame(octets, 15, &header), PDU_PARTIAL);
    assert_int_equal(pdu_frame(octets, 19, &header), PDU_PARTIAL);
    assert_int_equal(pdu_frame(octets, 32, &header), PDU_WHOLE);
    assert_int_equal(header.command, 0x80000004);
    assert_int_equal(header.sequence, 9);
    put_u32(octets, PDU_HEADER - 1);
    assert_int_equal(pdu_frame(octets, 32, &header), PDU_BAD_LENGTH);
    put_u32(octets, PDU_MAX + 1);
    assert_int_equal(pdu_frame(octets, 32, &header), PDU_BAD_LENGTH);
}

static void parameters_are_walked_and_bounded(void **state)
{
    uint8_t out[16];
    size_t n = 0;
    struct slice value;
    (void)state;
    assert_true(tlv_put(out, &n, sizeof out, 0x1383, (struct slice){"\x12\x00", 2}));
    assert_true(tlv_put(out, &n, sizeof out, 0x1400, (struct slice){0}));
    assert_false(tlv_put(out, &n, sizeof out, 0x1401, (struct slice){"123", 3}));
    assert_int_equal(n, 10);
    struct slice tlvs = {(const char *)out, n};
    assert_true(tlv_get(tlvs, 0x1400, &value));
    assert_int_equal(value.n, 0);
    assert_false(tlv_get(tlvs, 0x1401, &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_comes_back_as_it_was),   cmocka_unit_test(what_does_not_fit_is_not_packed),
        cmocka_unit_test(a_message_cut_short_is_refused),   cmocka_unit_test(an_address_without_end_is_refused),
        cmocka_unit_test(frames_are_found_by_their_length), cmocka_unit_test(parameters_are_walked_and_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
