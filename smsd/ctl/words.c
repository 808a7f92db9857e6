/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/words.h"

#include <stdio.h>

#include "smsd/ctl/files.h"

static bool words_of_files(struct ctl *ctl, struct words *words_r, const char **error)
{
    const char *folder = lexicon_folder(ctl->arena, ctl->lexicon, ctl->locales);
    struct lexicon_tables tables;
    const struct {
        const struct table **table;
        const char *name;
    } files[] = {{&tables.commodities, "commodities"},
                 {&tables.places, "places"},
                 {&tables.units, "units"},
                 {&tables.seasons, "seasons"},
                 {&tables.keywords, "keywords"}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!(*files[i].table = lexicon_file(ctl->arena, folder, files[i].name, error)))
            return false;
    return words_build(&tables, ctl->arena, words_r, error);
}

int ctl_words(struct ctl *ctl, struct words *words_r)
{
    const char *error = "";
    if (ctl->db ? words_load(ctl->db, ctl->arena, words_r, &error) == DB_OK : words_of_files(ctl, words_r, &error))
        return CTL_OK;
    fprintf(stderr, "smsctl: %s\n", error);
    return ctl->db && !db_is_up(ctl->db) ? CTL_AWAY : CTL_FAILED;
}
