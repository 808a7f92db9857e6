/* SPDX-License-Identifier: Apache-2.0
 *
 * The configuration: an INI file checked against options.def. A struct conf is immutable once made and is shared by
 * reference count, so any number of threads may read it while a reload puts a new one in its place.
 *
 *     struct conf_error error;
 *     struct conf *conf = conf_load("/etc/chonoi/smsd.conf", &error);
 *     if (!conf)
 *         fprintf(stderr, "smsd: %s\n", error.text);
 *     listen_on(conf->http.listen, conf->http.port);
 *     conf_unref(&conf);
 *
 * Strings are never NULL and live as long as the conf; DURATION fields are whole seconds; CHOICE fields are the index
 * of the word (log.level is an enum log_level, log.target an enum log_target, kannel.link an enum kannel_link). Errors name file, line and what is
 * allowed.
 */
#ifndef SMSD_CONF_CONF_H
#define SMSD_CONF_CONF_H

#include <stdbool.h>
#include <stdio.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

#define CONF_FIELD_STRING const char *
#define CONF_FIELD_SECRET const char *
#define CONF_FIELD_PATH const char *
#define CONF_FIELD_INT int
#define CONF_FIELD_BOOL bool
#define CONF_FIELD_DURATION int
#define CONF_FIELD_CHOICE int

/* struct conf { struct { const char *url; ... } database; struct { ... } http; ... } */
/* clang-format off */
struct conf {
#define SECTION(section, help) struct {
#define OPTION(section, name, type, ...) CONF_FIELD_##type name;
#define END(section) } section; /* NOLINT(bugprone-macro-parentheses): a name */
#include "smsd/conf/options.def"
#undef SECTION
#undef OPTION
#undef END
};
/* clang-format on */

/* The order of the words in options.def. */
enum kannel_link { KANNEL_LINK_HTTP, KANNEL_LINK_BOX };

struct conf_error {
    char text[500]; /* "smsd.conf:12: http.port is 99999: a whole number from 1 to 65535" */
};

/* Reads and checks a file. NULL on any error. The caller holds one reference. */
struct conf *conf_load(const char *path, struct conf_error *error);

/* The same from memory; `file` is the name that errors give. */
struct conf *conf_parse(struct slice text, const char *file, struct conf_error *error);

/* Is the file, which holds secrets, closed to everyone but its owner and group? */
bool conf_is_private(const char *path, struct conf_error *error);

/* Are the files there that it names? What a start would find out, for --check-config; smsctl can do without them. */
bool conf_check_files(const struct conf *conf, struct conf_error *error);

/* Reads the file again. Options that need a restart keep the value of `running`; their names, when they differ, are
 * listed in *kept_r ("http.port kannel.password"; "" when there are none), in the arena. NULL on any error, also when
 * what is kept and what is new do not go together: go on with `running`. */
struct conf *conf_reload(const struct conf *running, const char *path, struct arena *arena, const char **kept_r,
                         struct conf_error *error);

/* One more reference; safe from any thread. */
struct conf *conf_ref(struct conf *conf);

/* Gives a reference back and nulls the pointer; the last one frees. NULL is fine. */
void conf_unref(struct conf **conf);

/* The whole file with help, range, unit and default of every option, and the values of `conf`, or the defaults when it
 * is NULL (then what must be given stands out as a comment). Secrets show as "********". */
void conf_print(FILE *out, const struct conf *conf);

/* The page of the documentation with the table, in Markdown: smsd/etc/options.md. */
void conf_print_table(FILE *out);

#endif
