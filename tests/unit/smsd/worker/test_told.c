/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing is stored that the person was not told: of every listing that the texts of the corpus make, the answer names
 * goods, quantity, price and place, in the words that are said of the row itself whenever it is shown later.
 */
#include <stdio.h>
#include <string.h>

#include "parsers/text/fold.h"
#include "smsd/flow/listing_words.h"
#include "smsd/worker/turn.h"
#include "tests/unit/parsers/tables.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static int people, stored, untold;

static struct listing_facts facts_of(const struct listing_row *row)
{
    return (struct listing_facts){.code = row->code,
                                  .side = row->side,
                                  .commodity = row->commodity,
                                  .entered_milli = row->entered_milli,
                                  .entered_unit = row->entered_unit,
                                  .price_low = row->price_low,
                                  .price_high = row->price_high,
                                  .price_unit = row->price_unit,
                                  .place = row->place,
                                  .ready = row->ready,
                                  .until = row->until,
                                  .size = row->size,
                                  .grade = row->grade,
                                  .state_of_goods = row->state};
}

/* Told with accents or without, according to the language. */
static bool is_told(struct arena *arena, enum lang lang, const char *answer, const char *words)
{
    return strstr(answer, lang == LANG_VI ? text_unaccent(arena, slice_of(words), NULL) : words) != NULL;
}

static void look_at(const struct turn *turn, const char *text, const struct listing_row *row)
{
    const struct listing_facts facts = facts_of(row);
    const struct listing_words words = listing_words(turn->arena, turn->knowledge, turn->lang, turn->today, &facts);
    const char *const told[] = {facts.code, words.goods, words.quantity, words.price, words.place};
    stored++;
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (!is_told(turn->arena, turn->lang, turn->answer, told[i])) {
            fprintf(stderr, "\"%s\" is stored of \"%s\", and the answer is \"%s\"\n", told[i], text, turn->answer);
            untold++;
        }
}

/* Each from somebody else, whose own place stands in where none is named. */
static void send(const char *text)
{
    char number[16], id[16];
    snprintf(number, sizeof number, "8491%07d", ++people);
    snprintf(id, sizeof id, "told-%d", people);
    pg_sql("INSERT INTO people (msisdn, place, welcomed_at) VALUES ('%s', '847', now())", number);
    struct envelope envelope = story_text(number, id, text), *envelopes[] = {&envelope};
    struct batch batch = story_batch(envelopes, 1);
    assert_int_equal(batch_run(&batch), DB_OK);
    const struct turn *turn = &batch.turns[0];
    for (size_t i = 0; i < turn->effects->n_listings; i++)
        look_at(turn, text, &turn->effects->listings[i]);
    knowledge_release(batch.knowledge);
}

/* Every so many-th text of a file. */
static void send_all(const char *name, size_t step)
{
    struct arena *arena = arena_new(1 << 20);
    const struct table *table = table_of_file(arena, arena_printf(arena, "tests/corpus/%s.tsv", name), name);
    for (size_t row = 0; row < table->rows; row += step)
        send(table_cell(table, row, table_column(table, "text")));
    arena_free(&arena);
}

static void every_listing_was_told_whole(void **state)
{
    (void)state;
    send_all("sms", 1);
    send_all("field", 3);
    assert_true(stored > 200);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), stored);
    assert_int_equal(untold, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_listing_was_told_whole, story_begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
