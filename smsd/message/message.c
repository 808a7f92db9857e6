/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/message/message.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "parsers/message/catalog.h"
#include "parsers/message/template.h"
#include "parsers/text/fold.h"
#include "parsers/text/sms.h"
#include "smsd/message/shape.h"

#define FILE_MAX (1 << 20) /* bytes; the catalogues have some 30 KB */

/* One language's words, by message. */
struct wording {
    struct catalog catalog;
    const char *core[MESSAGE_COUNT];
    const char *part[MESSAGE_COUNT][MESSAGE_PARTS_MAX];
};

struct message_book {
    struct arena *arena;                       /* all of the book */
    const struct wording *wording[LANG_COUNT]; /* NULL = not served */
    const char *version;
};

/* ---- loading ---- */

static bool read_file(struct arena *arena, const char *path, struct slice *bytes)
{
    FILE *file = fopen(path, "rb");
    struct stat about;
    if (!file)
        return false;
    size_t size = fstat(fileno(file), &about) == 0 ? (size_t)about.st_size : 0;
    if (size <= FILE_MAX) {
        char *at = arena_alloc(arena, size);
        *bytes = (struct slice){at, fread(at, 1, size, file)};
    } else {
        errno = EFBIG;
    }
    fclose(file);
    return size <= FILE_MAX;
}

/* The text of a key, if its holes are among the arguments; NULL with *error when not. */
static const char *take_text(const struct catalog *catalog, struct arena *arena, const char *key, const char *args,
                             const char **error)
{
    const char *text = catalog_get(catalog, key);
    if (!text) {
        *error = arena_printf(arena, "no message %s", key);
        return NULL;
    }
    struct slice rest = slice_of(text), words, name;
    while (template_next(&rest, &words, &name))
        if (name.n && !shape_has_arg(args, name)) {
            *error = arena_printf(arena, "message %s has no argument %.*s", key, (int)name.n, name.at);
            return NULL;
        }
    return text;
}

static bool take_message(struct wording *wording, struct arena *arena, enum message message, const char **error)
{
    const struct message_shape *shape = message_shape(message);
    wording->core[message] = take_text(&wording->catalog, arena, shape->key, shape->args, error);
    for (size_t i = 0; i < shape->n_parts && !*error; i++) {
        const struct message_part *part = &shape->parts[i];
        const char *key = arena_printf(arena, "%s.%s", shape->key, part->name);
        wording->part[message][i] = take_text(&wording->catalog, arena, key, part->args, error);
    }
    return !*error;
}

static bool take_all(struct wording *wording, struct arena *arena, const char **error)
{
    for (int m = 0; m < MESSAGE_COUNT; m++)
        if (!take_message(wording, arena, (enum message)m, error))
            return false;
    for (size_t i = 0; message_phrase_keys[i]; i++)
        if (!take_text(&wording->catalog, arena, message_phrase_keys[i], "", error))
            return false;
    return true;
}

/* The words of <dir>/<code>.mo; NULL with *error, which names the file, in the arena given for errors. */
static struct wording *load_wording(struct message_book *book, const char *dir, const char *code, struct arena *arena,
                                    const char **error)
{
    const char *path = arena_printf(arena, "%s/%s.mo", dir, code), *why = NULL;
    struct wording *wording = arena_alloc(book->arena, sizeof *wording);
    struct slice bytes;
    errno = 0;
    if (!read_file(book->arena, path, &bytes))
        why = strerror(errno);
    else if (catalog_open(&wording->catalog, bytes, &why))
        take_all(wording, arena, &why);
    *error = why ? arena_printf(arena, "%s: %s", path, why) : NULL;
    return why ? NULL : wording;
}

static bool is_reviewed(const struct wording *wording, struct arena *arena)
{
    const char *field = catalog_field(&wording->catalog, arena, "X-Reviewed");
    return field && strcmp(field, "yes") == 0;
}

/* Both forms of Vietnamese come from one catalogue, and it is always served. */
static bool load_all(struct message_book *book, const char *dir, bool unreviewed, struct arena *arena,
                     const char **error)
{
    const struct wording *vietnamese = load_wording(book, dir, lang_code(LANG_VI), arena, error);
    book->wording[LANG_VI] = book->wording[LANG_VI_DAU] = vietnamese;
    for (int lang = 0; lang < LANG_COUNT && !*error; lang++) {
        if (book->wording[lang])
            continue;
        const struct wording *wording = load_wording(book, dir, lang_code((enum lang)lang), arena, error);
        if (wording && (unreviewed || is_reviewed(wording, arena)))
            book->wording[lang] = wording;
    }
    if (*error)
        return false;
    book->version = catalog_field(&vietnamese->catalog, book->arena, "X-Consent-Version");
    if (!book->version)
        *error = arena_printf(arena, "%s/%s.mo: no field X-Consent-Version", dir, lang_code(LANG_VI));
    return book->version != NULL;
}

struct message_book *message_book_load(const char *dir, bool unreviewed, struct arena *arena, const char **error)
{
    struct arena *own = arena_new(1 << 16);
    struct message_book *book = arena_alloc(own, sizeof *book);
    book->arena = own;
    *error = NULL;
    if (!load_all(book, dir, unreviewed, arena, error))
        message_book_free(&book);
    return book;
}

void message_book_free(struct message_book **book)
{
    if (*book) {
        struct arena *arena = (*book)->arena;
        arena_free(&arena);
    }
    *book = NULL;
}

/* ---- rendering ---- */

enum lang message_lang(const struct message_book *book, enum lang lang)
{
    return book->wording[lang] ? lang : LANG_VI;
}

const char *message_version(const struct message_book *book)
{
    return book->version;
}

__attribute__((noreturn)) static void bug(enum message message, const char *what, const char *name)
{
    fprintf(stderr, "message %s: %s argument %s\n", message_shape(message)->key, what, name);
    abort();
}

static const char *value_of(const void *user, struct slice name)
{
    const struct message_args *args = user;
    for (size_t i = 0; i < args->n; i++)
        if (slice_is(name, args->args[i].name))
            return args->args[i].value;
    return NULL;
}

static bool are_all_given(const char *names, const struct message_args *args)
{
    struct slice name;
    while (shape_next_arg(&names, &name))
        if (!value_of(args, name))
            return false;
    return true;
}

static void check_args(enum message message, const struct message_args *args)
{
    const struct message_shape *shape = message_shape(message);
    for (size_t i = 0; i < args->n; i++) {
        struct slice name = slice_of(args->args[i].name);
        bool known = shape_has_arg(shape->args, name);
        for (size_t p = 0; p < shape->n_parts; p++)
            known = known || shape_has_arg(shape->parts[p].args, name);
        if (!known && args->args[i].value)
            bug(message, "unknown", args->args[i].name);
    }
    if (!are_all_given(shape->args, args))
        bug(message, "missing one of", shape->args);
}

/* Sentences follow one another without a blank in Chinese. */
static const char *separator(enum lang lang)
{
    return lang == LANG_ZH ? "" : " ";
}

static char *join(struct arena *arena, enum lang lang, char *text, const char *more)
{
    return arena_printf(arena, "%s%s%s", text, *text ? separator(lang) : "", more);
}

/* The core and the parts whose bit is set, in order, not yet filled. */
static char *assemble(const struct wording *wording, enum lang lang, struct arena *arena, enum message message,
                      unsigned parts)
{
    const struct message_shape *shape = message_shape(message);
    char *text = arena_copy(arena, slice_of(""));
    bool core_done = false;
    for (size_t i = 0; i <= shape->n_parts; i++) {
        if (!core_done && (i == shape->n_parts || shape->parts[i].where == PART_TAIL)) {
            text = join(arena, lang, text, wording->core[message]);
            core_done = true;
        }
        if (i < shape->n_parts && parts >> i & 1)
            text = join(arena, lang, text, wording->part[message][i]);
    }
    return text;
}

static bool is_within_budget(const char *text, size_t budget)
{
    struct sms_size size = sms_size(slice_of(text));
    return size.segments <= budget + (size.coding == SMS_UCS2);
}

/* The part to go next: the one with the highest drop among those that are there; n_parts when all must stay. */
static size_t next_to_drop(const struct message_shape *shape, unsigned parts)
{
    size_t found = shape->n_parts;
    for (size_t i = 0; i < shape->n_parts; i++)
        if (parts >> i & 1 && shape->parts[i].drop != KEEP &&
            (found == shape->n_parts || shape->parts[i].drop > shape->parts[found].drop))
            found = i;
    return found;
}

char *message_render(const struct message_book *book, enum lang lang, struct arena *arena, enum message message,
                     struct message_args args)
{
    const struct message_shape *shape = message_shape(message);
    unsigned parts = 0;
    lang = message_lang(book, lang);
    check_args(message, &args);
    for (size_t i = 0; i < shape->n_parts; i++)
        if (are_all_given(shape->parts[i].args, &args))
            parts |= 1u << i;
    for (;;) {
        char *words = assemble(book->wording[lang], lang, arena, message, parts);
        char *text = template_fill(arena, slice_of(words), value_of, &args);
        if (!lang_is_unicode(lang))
            text = text_unaccent(arena, slice_of(text), NULL);
        size_t drop = next_to_drop(shape, parts);
        if (drop == shape->n_parts || is_within_budget(text, shape->budget))
            return text;
        parts &= ~(1u << drop);
    }
}

const char *message_phrase(const struct message_book *book, enum lang lang, const char *group, const char *name)
{
    char key[80];
    int n = snprintf(key, sizeof key, "%s.%s", group, name);
    if (n < 0 || (size_t)n >= sizeof key)
        return NULL;
    return catalog_get(&book->wording[message_lang(book, lang)]->catalog, key);
}

const char *message_advice(const struct message_book *book, enum lang lang, const char *key)
{
    return message_phrase(book, lang, "advice", key);
}
