/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "parsers/kannel/meta.h"
#include "parsers/kannel/ussd.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(1024);
    struct slice text = {(const char *)data, size}, value;
    kannel_meta_get(arena, text, "smpp", "its_session_info", &value);
    if (!kannel_percent_decode(arena, slice_of(kannel_percent_encode(arena, text)), &value) || !slice_eq(value, text))
        abort();
    for (int naming = USSD_BY_NUMBER; naming <= USSD_UNNAMED; naming++) {
        const struct ussd_profile profile = {.naming = (enum ussd_naming)naming, .end_flag = naming % 2};
        const struct ussd_signal signal = ussd_signal_read(arena, text, &profile);
        /* what goes back is metadata too, of a session of the same name */
        if (signal.sign != USSD_ABSENT &&
            strcmp(ussd_signal_read(arena, slice_of(signal.ask), &profile).session, signal.session) != 0)
            abort();
    }
    struct ussd_profile profile;
    ussd_profile_of(text, slice_of("smsc"), &profile);
    arena_free(&arena);
    return 0;
}
