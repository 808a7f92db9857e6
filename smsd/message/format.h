/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as people write them: 8.500d/kg, 2,5 tan, 25/11. All strings in the arena, UTF-8; Vietnamese with accents
 * where it has them (message_render takes them off for LANG_VI).
 */
#ifndef SMSD_MESSAGE_FORMAT_H
#define SMSD_MESSAGE_FORMAT_H

#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/day.h"
#include "parsers/base/lang.h"
#include "parsers/lexicon/lexicon.h"
#include "parsers/read/reading.h"

/* 8500 -> "8.500"; 0 and negatives too. English and Chinese use a comma: "8,500". */
char *format_number(struct arena *arena, enum lang lang, int64_t value);

/* "8.500đ/kg"; a range "8.200-8.600đ/kg"; low 0: "<=8.600đ/kg" in words; high 0: "từ 8.200đ/kg"; both 0: the words
 * for "price to be agreed". unit may be NULL. */
char *format_price(struct arena *arena, enum lang lang, int64_t low, int64_t high, const struct unit *unit);

/* 2500 thousandths of TAN -> "2,5 tấn", "khoảng 2,5 tấn"; no more decimals than needed. */
char *format_quantity(struct arena *arena, enum lang lang, int64_t milli, const struct unit *unit, bool about);

/* What a unit is called in a reply: "kg", "chục". Lives as long as the lexicon. */
const char *format_unit(enum lang lang, const struct unit *unit);

/* What the pieces of a commodity are called: its own plain unit of counting (trái, con), else fruits or just pieces.
 * commodity may be NULL. */
const char *format_piece(enum lang lang, const struct commodity *commodity);

/* "25/11", or "25/11/2021" when more than 30 days from today either way (zh: 11/25, 2021/11/25). */
char *format_day(struct arena *arena, enum lang lang, day_t day, day_t today);

/* Always "31/12/2021". */
char *format_full_day(struct arena *arena, enum lang lang, day_t day);

/* "14:05 22/11" in the province's zone. */
char *format_moment(struct arena *arena, enum lang lang, int64_t unix_us);

/* What tells goods of one kind apart: "50 con/kg", "loại 1", "khô"; "" when nothing does. Any of the last three may be
 * NULL or "". */
char *format_variant(struct arena *arena, enum lang lang, const struct commodity *commodity, const char *size,
                     const char *grade, const char *state);

/* The goods with what was said about them: "tôm thẻ 50 con/kg", "lúa OM18". */
char *format_goods(struct arena *arena, enum lang lang, const struct commodity *commodity, const char *size,
                   const char *grade, const char *state);

/* All that is known of an item, its parts with `between` between them: "lúa OM18, 2 tấn, 8.500đ/kg, Cầu Kè, 25/11";
 * "" when nothing is. */
char *format_item(struct arena *arena, enum lang lang, const struct read_item *item, const char *between, day_t today);

/* The list with one more choice behind it: "1) dừa khô, 2) dưa hấu". `list` is NULL before the first. */
char *format_choice(struct arena *arena, enum lang lang, const char *list, size_t number, const char *choice);

/* "kg"; of a unit that is not the same everywhere how much is taken for one: "chục (12 trái)". commodity may be NULL.
 */
const char *format_unit_told(struct arena *arena, enum lang lang, const struct unit *unit,
                             const struct commodity *commodity);

/* What was taken for granted about the unit: "1 chục = 12 trái"; NULL when nothing was. */
char *format_assumed(struct arena *arena, enum lang lang, const struct read_item *item);

/* By how much a price changed: "+200đ", "-1.500đ", and in words when it did not. */
char *format_change(struct arena *arena, enum lang lang, int64_t difference);

/* The days of a season: "xuống giống 16/10-02/11, thu hoạch 20/01-15/02"; "" when none are known. Animals are stocked,
 * not sown. */
char *format_windows(struct arena *arena, enum lang lang, const struct season *season);

/* What is done in a season: "xuống giống", "thả giống", or "thu hoạch". */
char *format_work(struct arena *arena, enum lang lang, const struct season *season, bool harvest);

#endif
