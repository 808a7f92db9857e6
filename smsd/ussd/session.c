/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "smsd/flow/draft.h"
#include "smsd/ussd/ussd.h"

/* ---- writing ---- */

static json_t *names_json(const char (*names)[USSD_NAME_MAX], size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(array, json_string(names[i]));
    return array;
}

const char *ussd_session_write(struct arena *arena, const struct ussd_session *session)
{
    json_t *root = json_pack("{s:s, s:o, s:i, s:o, s:s}", "screen", session->screen, "back",
                             names_json(session->back, session->n_back), "page", session->page, "shown",
                             names_json(session->shown, session->n_shown), "said",
                             draft_write(arena, DRAFT_ASK, &session->reading));
    char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(root);
    const char *copy = arena_copy(arena, slice_of(text));
    free(text);
    return copy;
}

/* ---- reading ---- */

static bool read_name(const json_t *value, char name_r[USSD_NAME_MAX])
{
    const char *name = json_string_value(value);
    return name && snprintf(name_r, USSD_NAME_MAX, "%s", name) < USSD_NAME_MAX;
}

static bool read_names(const json_t *array, char (*names_r)[USSD_NAME_MAX], size_t max, size_t *n_r)
{
    *n_r = json_array_size(array);
    bool good = *n_r <= max;
    for (size_t i = 0; good && i < *n_r; i++)
        good = read_name(json_array_get(array, i), names_r[i]);
    return good;
}

static bool read_root(const struct lexicon *lexicon, const json_t *root, struct ussd_session *session)
{
    enum draft_kind kind;
    const char *said = json_string_value(json_object_get(root, "said"));
    session->page = (int)json_integer_value(json_object_get(root, "page"));
    return read_name(json_object_get(root, "screen"), session->screen) &&
           read_names(json_object_get(root, "back"), session->back, USSD_DEPTH_MAX, &session->n_back) &&
           read_names(json_object_get(root, "shown"), session->shown, USSD_SHOWN_MAX, &session->n_shown) && said &&
           draft_read(lexicon, said, &kind, &session->reading);
}

bool ussd_session_read(const struct lexicon *lexicon, const char *json, struct ussd_session *session_r)
{
    json_t *root = json_loads(json, 0, NULL);
    memset(session_r, 0, sizeof *session_r);
    bool good = json_is_object(root) && read_root(lexicon, root, session_r);
    json_decref(root);
    return good;
}
