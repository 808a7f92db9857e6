/* SPDX-License-Identifier: Apache-2.0
 *
 * XOA TOI: all that is known of a person goes, once the code came that was sent to their handset.
 */
#include "smsd/flow/code.h"
#include "smsd/flow/flow.h"
#include "smsd/keyed/keyed.h"

void erase_act(struct turn *turn)
{
    const char *code = code_new(turn, "erase", "{}");
    if (code)
        turn_say(turn, MSG_ERASE_ASK, ARGS({"code", code}));
}

void erase_confirmed(struct turn *turn, const char *json)
{
    char digest[KEYED_HEX], key_id[KEYED_ID_HEX];
    (void)json;
    keyed_number(turn->policy->key, turn->mo->msisdn, digest);
    keyed_id(turn->policy->key, key_id);
    *EFFECT(turn, erasures) = (struct erasure_row){turn->sender->person_id, arena_copy(turn->arena, slice_of(digest)),
                                                   arena_copy(turn->arena, slice_of(key_id))};
    turn_say(turn, MSG_ERASE_DONE, NO_ARGS);
}
