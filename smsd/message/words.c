/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/message/words.h"

/* Both forms of Vietnamese: message_render takes the accents off. */
static const struct words vietnamese = {
    .thousands = '.', .decimal = ',', .month_first = false,
    .blank = " ", .comma = ", ", .dong = "đ",
    .at_most = "tối đa ", .at_least = "từ ", .agreed = "giá thỏa thuận", .about = "khoảng ", .unchanged = "không đổi",
    .kilogram = "kg", .piece = "cái", .fruit = "trái", .litre = "lít", .square_metre = "m2",
    .counted_in = "tính theo ", .counted_in_end = "",
    .per_kilogram = "con/kg", .size = "cỡ ", .grade = "loại ", .fresh = "tươi", .dry = "khô",
    .sow = "xuống giống ", .stock = "thả giống ", .harvest = "thu hoạch ", .all_year = "quanh năm",
};

static const struct words khmer = {
    .thousands = '.', .decimal = ',', .month_first = false,
    .blank = " ", .comma = ", ", .dong = "ដុង",
    .at_most = "មិនលើស ", .at_least = "ពី ", .agreed = "តម្លៃចរចា", .about = "ប្រហែល ", .unchanged = "ដដែល",
    .kilogram = "គីឡូ", .piece = "គ្រាប់", .fruit = "ផ្លែ", .litre = "លីត្រ", .square_metre = "ម៉ែត្រការ៉េ",
    .counted_in = "គិតជា ", .counted_in_end = "",
    .per_kilogram = "ក្បាល/គីឡូ", .size = "ទំហំ ", .grade = "លេខ ", .fresh = "ស្រស់", .dry = "ស្ងួត",
    .sow = "ដាំ ", .stock = "លែងកូន ", .harvest = "ប្រមូលផល ", .all_year = "ពេញឆ្នាំ",
};

static const struct words chinese = {
    .thousands = ',', .decimal = '.', .month_first = true,
    .blank = "", .comma = "，", .dong = "盾",
    .at_most = "最高", .at_least = "最低", .agreed = "价格面议", .about = "约", .unchanged = "不变",
    .kilogram = "公斤", .piece = "个", .fruit = "个", .litre = "升", .square_metre = "平方米",
    .counted_in = "按", .counted_in_end = "计",
    .per_kilogram = "只/公斤", .size = "规格", .grade = "等级", .fresh = "鲜", .dry = "干",
    .sow = "播种", .stock = "放苗", .harvest = "收获", .all_year = "全年",
};

static const struct words english = {
    .thousands = ',', .decimal = '.', .month_first = false,
    .blank = " ", .comma = ", ", .dong = "d",
    .at_most = "up to ", .at_least = "from ", .agreed = "price open", .about = "about ", .unchanged = "no change",
    .kilogram = "kg", .piece = "pieces", .fruit = "fruits", .litre = "litres", .square_metre = "m2",
    .counted_in = "in ", .counted_in_end = "",
    .per_kilogram = "per kg", .size = "size ", .grade = "grade ", .fresh = "fresh", .dry = "dry",
    .sow = "sowing ", .stock = "stocking ", .harvest = "harvest ", .all_year = "all year",
};

static const struct words *const words[LANG_COUNT] = {
    [LANG_VI] = &vietnamese, [LANG_VI_DAU] = &vietnamese, [LANG_KM] = &khmer, [LANG_ZH] = &chinese, [LANG_EN] = &english,
};

const struct words *words_of(enum lang lang)
{
    return words[lang];
}
