/* SPDX-License-Identifier: Apache-2.0
 *
 * The URL that Kannel calls with a delivery report. Kannel replaces %d by the report's value; every other percent sign
 * is doubled, which Kannel undoes.
 */
#ifndef SMSD_LINK_DLR_URL_H
#define SMSD_LINK_DLR_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

#define DLR_MASK 31 /* delivered, failed, buffered, accepted, refused */

/* "<base>/kannel/dlr?id=7&at=1763791800000000&status=%d&secret=..." */
char *dlr_url(struct arena *arena, const char *base, const char *secret, int64_t outbox_id, int64_t created_us);

/* The key of the text that this URL was made for; false when it is none of ours. The box link gets the URL itself back,
 * with everything in it still doubled, and also those of other instances behind the same bearerbox: the secret is the
 * service's, the base an instance's own. */
bool dlr_url_read(struct arena *arena, struct slice url, const char *secret, int64_t *outbox_id_r,
                  int64_t *created_us_r);

#endif
