/* SPDX-License-Identifier: Apache-2.0
 *
 * SMPP 3.4 PDUs: framing, the two message PDUs (submit_sm and deliver_sm, which share their layout),
 * optional parameters. libsmpp34 packs and unpacks the fixed fields. The short message and the optional
 * parameters are handled here as plain octets: libsmpp34 caps them (253 and 1024 octets) and turns some
 * parameters into integers of the host, while a simulator must pass on anything byte for byte.
 *
 * Slices point into the buffer that was unpacked: they live as long as it does.
 */
#ifndef SIM_PDU_H
#define SIM_PDU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/slice.h"

enum {
    PDU_HEADER = 16,      /* octets: command_length, command_id, command_status, sequence_number */
    PDU_MAX = 8192,       /* octets of the longest PDU we take or make */
    PDU_ADDRESS_MAX = 20, /* characters of an address (SMPP 3.4 §4.4.1) */
    PDU_BODY_MAX = 254,   /* octets of short_message; longer ones go as message_payload */
    PDU_TLV_HEADER = 4,   /* octets: tag, length */
};

struct pdu_header {
    uint32_t length;
    uint32_t command;
    uint32_t status;
    uint32_t sequence;
};

enum pdu_frame { PDU_WHOLE, PDU_PARTIAL, PDU_BAD_LENGTH };

/* Is there a whole PDU at the front of the n octets? The header is filled in when PDU_WHOLE or PDU_BAD_LENGTH. */
enum pdu_frame pdu_frame(const uint8_t *octets, size_t n, struct pdu_header *header);

/* The message part of a submit_sm or deliver_sm. */
struct sm {
    char service_type[6];
    char from[PDU_ADDRESS_MAX + 1];
    char to[PDU_ADDRESS_MAX + 1];
    uint8_t from_ton, from_npi;
    uint8_t to_ton, to_npi;
    uint8_t esm_class;
    uint8_t registered_delivery;
    uint8_t data_coding;
    struct slice body; /* short_message, or the message_payload parameter where it stands instead; with its UDH */
    struct slice tlvs; /* the optional parameters as they go over the wire; message_payload among them */
};

/* False when the PDU is malformed. */
bool pdu_unpack_sm(const uint8_t *pdu, size_t n, struct sm *sm);

/* Packs a deliver_sm, its sequence number still to be set, into `pdu` (PDU_MAX octets); 0 when it does not fit. A body
 * over PDU_BODY_MAX is put into message_payload. */
size_t pdu_pack_deliver(const struct sm *sm, uint8_t *pdu);

void pdu_set_sequence(uint8_t *pdu, uint32_t sequence);

/* A PDU of a header and a C string (a message id, a system id): the answers to submit_sm, deliver_sm and
 * bind. NULL for none. Returns the length; `pdu` has room for PDU_HEADER + 66. */
size_t pdu_pack_answer(uint32_t command, uint32_t status, uint32_t sequence, const char *text, uint8_t *pdu);

/* The name of a bind command, NULL for any other command. */
const char *pdu_bind_name(uint32_t command);

/* The system_id of a bind (16 octets with its NUL); false when the PDU is malformed. */
bool pdu_unpack_bind(const uint8_t *pdu, size_t n, char system_id[16]);

struct tlv {
    uint16_t tag;
    struct slice value;
};

/* Takes the next optional parameter off `rest`; false at the end. Only on parameters that were unpacked. */
bool tlv_next(struct slice *rest, struct tlv *tlv);

/* The value of the first parameter with the tag. */
bool tlv_get(struct slice tlvs, uint16_t tag, struct slice *value);

/* Appends a parameter to the `*n` octets at `out`, which has `room` in all; false when it does not fit. */
bool tlv_put(uint8_t *out, size_t *n, size_t room, uint16_t tag, struct slice value);

#endif
