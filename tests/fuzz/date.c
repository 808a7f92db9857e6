/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/lunar.h"
#include "tests/fuzz/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define FIRST_TODAY 18262 /* 2020-01-01; today is so or up to 65,535 days later, in 2199 */

/* A day is its lunar date's, and the next day of a number is that day. */
static void check_calendar(day_t today, int day, int month)
{
    struct lunar date = lunar_of_day(today);
    sound_or_die(lunar_to_day(date) != today ? "a day is not that of its lunar date" : NULL);
    day_t next = lunar_next(today, day, month);
    struct lunar found = lunar_of_day(next == DAY_NONE ? today : next);
    bool stands_for = found.day == day || (day == LUNAR_LAST_DAY && found.day == LUNAR_LAST_DAY - 1);
    bool right = next >= today && stands_for && (month == LUNAR_ANY_MONTH || found.month == month);
    sound_or_die(next != DAY_NONE && !right ? "the next lunar day is another" : NULL);
}

/* The first two bytes are today, the others say in an offer when the goods are ready. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char offer[] = "ban lua om18 2 tan 8500 cau ke ";
    if (size < 2)
        return 0;
    const struct read_context context = {.today = FIRST_TODAY + (data[0] << 8 | data[1]), .place_optional = true};
    check_calendar(context.today, 1 + data[0] % LUNAR_LAST_DAY, data[1] % 13);
    struct slice said = {(const char *)data + 2, size - 2};
    char *whole = malloc(sizeof offer - 1 + said.n);
    memcpy(whole, offer, sizeof offer - 1);
    memcpy(whole + sizeof offer - 1, said.at, said.n);
    struct reading reading;
    read_soundly(reader, lexicon, &context, arena, said, &reading);
    read_soundly(reader, lexicon, &context, arena, (struct slice){whole, sizeof offer - 1 + said.n}, &reading);
    free(whole);
    return 0;
}
