/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/lang.h"

#include <string.h>

static const struct {
    const char *code;
    bool unicode;
} langs[LANG_COUNT] = {
#define X(symbol, code, keyword, unicode) [symbol] = {code, unicode},
    LANG_TABLE(X)
#undef X
};

const char *lang_code(enum lang lang)
{
    return langs[lang].code;
}

bool lang_is_unicode(enum lang lang)
{
    return langs[lang].unicode;
}

bool lang_from_code(const char *code, enum lang *lang)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (strcmp(langs[i].code, code) == 0) {
            *lang = (enum lang)i;
            return true;
        }
    return false;
}
