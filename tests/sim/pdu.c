/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/pdu.h"

#include <libsmpp34/smpp34.h>
#include <libsmpp34/smpp34_structs.h>
#include <string.h>

#include "tests/sim/octets.h"

enum { FIXED_MAX = 160 }; /* octets of the longest header and fixed fields of a message PDU */

enum pdu_frame pdu_frame(const uint8_t *octets, size_t n, struct pdu_header *header)
{
    if (n < PDU_HEADER)
        return PDU_PARTIAL;
    *header = (struct pdu_header){
        .length = get_u32(octets),
        .command = get_u32(octets + 4),
        .status = get_u32(octets + 8),
        .sequence = get_u32(octets + 12),
    };
    if (header->length < PDU_HEADER || header->length > PDU_MAX)
        return PDU_BAD_LENGTH;
    return n < header->length ? PDU_PARTIAL : PDU_WHOLE;
}

bool tlv_next(struct slice *rest, struct tlv *tlv)
{
    if (rest->n < PDU_TLV_HEADER)
        return false;
    const uint8_t *at = (const uint8_t *)rest->at;
    size_t length = get_u16(at + 2);
    if (length > rest->n - PDU_TLV_HEADER)
        return false;
    *tlv = (struct tlv){get_u16(at), {rest->at + PDU_TLV_HEADER, length}};
    rest->at += PDU_TLV_HEADER + length;
    rest->n -= PDU_TLV_HEADER + length;
    return true;
}

static bool tlvs_are_whole(struct slice tlvs)
{
    struct tlv tlv;
    while (tlv_next(&tlvs, &tlv))
        ;
    return tlvs.n == 0;
}

bool tlv_get(struct slice tlvs, uint16_t tag, struct slice *value)
{
    struct tlv tlv;
    while (tlv_next(&tlvs, &tlv)) {
        if (tlv.tag == tag) {
            *value = tlv.value;
            return true;
        }
    }
    return false;
}

bool tlv_put(uint8_t *out, size_t *n, size_t room, uint16_t tag, struct slice value)
{
    if (value.n > UINT16_MAX || room - *n < PDU_TLV_HEADER + value.n)
        return false;
    put_u16(out + *n, tag);
    put_u16(out + *n + 2, (uint16_t)value.n);
    if (value.n)
        memcpy(out + *n + PDU_TLV_HEADER, value.at, value.n);
    *n += PDU_TLV_HEADER + value.n;
    return true;
}

/* The length of the header and the fixed fields up to and with sm_length; 0 when they are cut short.
 * The layout (SMPP 3.4 §4.4.1) as runs: a C string, then so many single octets. */
static size_t fixed_length(const uint8_t *pdu, size_t n)
{
    static const size_t octets_after_string[] = {2, 2, 3, 0, 5};
    size_t at = PDU_HEADER;
    for (size_t i = 0; i < sizeof octets_after_string / sizeof *octets_after_string; i++) {
        const uint8_t *nul = at < n ? memchr(pdu + at, 0, n - at) : NULL;
        if (!nul)
            return 0;
        at = (size_t)(nul - pdu) + 1 + octets_after_string[i];
    }
    return at <= n ? at : 0;
}

bool pdu_unpack_sm(const uint8_t *pdu, size_t n, struct sm *sm)
{
    size_t fixed = fixed_length(pdu, n);
    if (fixed == 0 || fixed > FIXED_MAX || pdu[fixed - 1] > n - fixed)
        return false;
    size_t body = pdu[fixed - 1];
    uint8_t head[FIXED_MAX];
    memcpy(head, pdu, fixed);
    put_u32(head, (uint32_t)fixed);
    head[fixed - 1] = 0;
    submit_sm_t raw = {0};
    if (smpp34_unpack(SUBMIT_SM, &raw, head, (int)fixed) != 0)
        return false;
    *sm = (struct sm){
        .from_ton = raw.source_addr_ton,
        .from_npi = raw.source_addr_npi,
        .to_ton = raw.dest_addr_ton,
        .to_npi = raw.dest_addr_npi,
        .esm_class = raw.esm_class,
        .registered_delivery = raw.registered_delivery,
        .data_coding = raw.data_coding,
        .body = {(const char *)pdu + fixed, body},
        .tlvs = {(const char *)pdu + fixed + body, n - fixed - body},
    };
    memcpy(sm->service_type, raw.service_type, sizeof sm->service_type);
    memcpy(sm->from, raw.source_addr, sizeof sm->from);
    memcpy(sm->to, raw.destination_addr, sizeof sm->to);
    if (body == 0)
        tlv_get(sm->tlvs, TLVID_message_payload, &sm->body);
    return tlvs_are_whole(sm->tlvs);
}

size_t pdu_pack_deliver(const struct sm *sm, uint8_t *pdu)
{
    deliver_sm_t raw = {
        .command_id = DELIVER_SM,
        .sequence_number = 1, /* libsmpp34 refuses 0 */
        .source_addr_ton = sm->from_ton,
        .source_addr_npi = sm->from_npi,
        .dest_addr_ton = sm->to_ton,
        .dest_addr_npi = sm->to_npi,
        .esm_class = sm->esm_class,
        .data_coding = sm->data_coding,
    };
    memcpy(raw.service_type, sm->service_type, sizeof sm->service_type);
    memcpy(raw.source_addr, sm->from, sizeof sm->from);
    memcpy(raw.destination_addr, sm->to, sizeof sm->to);
    int packed = 0;
    if (smpp34_pack(DELIVER_SM, pdu, PDU_MAX, &packed, &raw) != 0)
        return 0;
    size_t n = (size_t)packed;
    if (sm->body.n <= PDU_BODY_MAX) {
        pdu[n - 1] = (uint8_t)sm->body.n; /* sm_length is the last fixed field */
        if (sm->body.n)
            memcpy(pdu + n, sm->body.at, sm->body.n);
        n += sm->body.n;
    } else if (!tlv_put(pdu, &n, PDU_MAX, TLVID_message_payload, sm->body)) {
        return 0;
    }
    if (sm->tlvs.n > PDU_MAX - n)
        return 0;
    if (sm->tlvs.n)
        memcpy(pdu + n, sm->tlvs.at, sm->tlvs.n);
    n += sm->tlvs.n;
    put_u32(pdu, (uint32_t)n);
    return n;
}

void pdu_set_sequence(uint8_t *pdu, uint32_t sequence)
{
    put_u32(pdu + 12, sequence);
}

size_t pdu_pack_answer(uint32_t command, uint32_t status, uint32_t sequence, const char *text, uint8_t *pdu)
{
    size_t n = PDU_HEADER;
    if (text) {
        size_t with_nul = strlen(text) + 1;
        memcpy(pdu + n, text, with_nul);
        n += with_nul;
    }
    put_u32(pdu, (uint32_t)n);
    put_u32(pdu + 4, command);
    put_u32(pdu + 8, status);
    pdu_set_sequence(pdu, sequence);
    return n;
}

const char *pdu_bind_name(uint32_t command)
{
    return command == BIND_TRANSCEIVER   ? "transceiver"
           : command == BIND_TRANSMITTER ? "transmitter"
           : command == BIND_RECEIVER    ? "receiver"
                                         : NULL;
}

/* The three binds have one layout (SMPP 3.4 §4.1). */
bool pdu_unpack_bind(const uint8_t *pdu, size_t n, char system_id[16])
{
    bind_transceiver_t raw = {0};
    if (smpp34_unpack(BIND_TRANSCEIVER, &raw, pdu, (int)n) != 0)
        return false;
    memcpy(system_id, raw.system_id, sizeof raw.system_id);
    return true;
}
