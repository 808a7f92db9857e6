/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/knowledge/knowledge.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "smsd/knowledge/words.h"

struct counted {
    struct knowledge knowledge; /* first: a pointer to it is a pointer to this */
    struct words words;
    atomic_int users;           /* the current pointer counts as one */
};

static pthread_mutex_t current_lock = PTHREAD_MUTEX_INITIALIZER;
static struct counted *current;

static void drop(struct counted *counted)
{
    if (!counted || atomic_fetch_sub(&counted->users, 1) > 1)
        return;
    words_free(&counted->words);
    message_book_free(&counted->knowledge.book);
    free(counted);
}

static void swap(struct counted *next)
{
    pthread_mutex_lock(&current_lock);
    struct counted *last = current;
    current = next;
    pthread_mutex_unlock(&current_lock);
    drop(last);
}

enum db_status knowledge_load(struct db *db, const char *locales, bool serve_unreviewed, struct arena *arena,
                              const char **error)
{
    struct counted *next = calloc(1, sizeof *next);
    if (!next)
        abort();
    atomic_init(&next->users, 1);
    enum db_status status = words_load(db, arena, &next->words, error);
    if (status == DB_OK) {
        next->knowledge.book = message_book_load(locales, serve_unreviewed, arena, error);
        status = next->knowledge.book ? DB_OK : DB_REFUSED;
    }
    if (status != DB_OK) {
        drop(next);
        return status;
    }
    next->knowledge.lexicon = next->words.lexicon;
    next->knowledge.reader = next->words.reader;
    next->knowledge.version = next->words.version;
    swap(next);
    return DB_OK;
}

const struct knowledge *knowledge_acquire(void)
{
    pthread_mutex_lock(&current_lock);
    struct counted *counted = current;
    if (counted)
        atomic_fetch_add(&counted->users, 1);
    pthread_mutex_unlock(&current_lock);
    return counted ? &counted->knowledge : NULL;
}

void knowledge_release(const struct knowledge *knowledge)
{
    drop((struct counted *)(uintptr_t)knowledge);
}

void knowledge_unload(void)
{
    swap(NULL);
}
