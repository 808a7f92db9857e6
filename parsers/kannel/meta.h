/* SPDX-License-Identifier: Apache-2.0
 *
 * Kannel's metadata string, `?smpp?ussd_service_op=%01&its_session_info=%124&`: percent-encoded raw octets
 * (NUL is legal) in named groups. Found by experiment with Kannel 1.4.5, which
 * writes a blank as '+'.
 */
#ifndef PARSERS_KANNEL_META_H
#define PARSERS_KANNEL_META_H

#include <stdbool.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The decoded value of a key in a group ("smpp", "ussd_service_op"); false when it is not there or the
 * string is ill-formed before it. The value is in the arena. */
bool kannel_meta_get(struct arena *arena, struct slice meta, const char *group, const char *key, struct slice *value);

/* The octets percent-encoded for a metadata string or a URL: letters, digits, - _ . ~ stay. In the arena. */
char *kannel_percent_encode(struct arena *arena, struct slice octets);

/* Undoes percent-encoding ('+' stays '+'); false on a bad escape. */
bool kannel_percent_decode(struct arena *arena, struct slice text, struct slice *octets);

#endif
