/* SPDX-License-Identifier: Apache-2.0
 *
 * What the explanation says of one sense of one word. */
#include "parsers/read/explain_p.h"

#include "tests/unit/parsers/read/read_fixture.h"

static struct explained explained(const char *text)
{
    struct explained e = {.arena = arena};
    arena_reset(arena);
    read_in_full(reader, &context, arena, slice_of(text), &e.t, &e.w, &e.r);
    return e;
}

/* The verdict on the sense that is told so; "" when the word has none. */
static const char *verdict(const char *text, const char *word, const char *sense)
{
    const struct explained e = explained(text);
    size_t at = span_at(&e.t, word);
    for (const struct sense *s = e.t.spans[at].senses; s; s = s->next)
        if (strcmp(explain_sense(&e, s), sense) == 0)
            return explain_verdict(&e, at, s);
    return "";
}

static void kept_or_why_not(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word, *sense, *verdict;
    } cases[] = {
        {"ban lua 2 tan 8k", "ban", "intent \"sell\" (ban1)", "kept"},
        {"ban lua 2 tan 8k", "ban", "polite \"address\" (ban5)", "heard"},
        {"bán lua 2 tan 8k", "ban", "polite \"address\" (ban5)", "no: the marks disagree"},
        {"khong ban lua", "ban", "intent \"sell\" (ban1)", "no: it is negated"},
        {"ban lua om18 2 tan 8k", "om", "goods LUA.OM18 (lua1 om *)", "kept"},
        {"ban lua 2 tan 8k", "tan", "unit TAN (ta6n1)", "kept"},
        {"lua cau ke", "cau", "place 845 C\xE1\xBA\xA7u K\xC3\xA8", "kept"},
        {"lua cau ke", "cau", "perhaps place 29308 C\xE1\xBA\xA7u K\xC3\xA8", "no: another bears the name"},
        {"ban lua 2 tan 8k tc", "tc", "perhaps place 846 Ti\xE1\xBB\x83u C\xE1\xBA\xA7n", "asked about"},
        {"8 ngan", "ngan", "unit KVND (ngan2)", "no: here it is thousands"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = verdict(cases[i].text, cases[i].word, cases[i].sense);
        if (strcmp(got, cases[i].verdict) != 0)
            fail_msg("%s, %s: %s", cases[i].text, cases[i].sense, got);
    }
}

/* Each tag that a text may get has a name. */
static void names_of_tags(void **state)
{
    (void)state;
    for (const char *tag = "12348.wtqHk$rhuciGMe/-p>F<~?zldoWyLSgOnXNYDCPAIQTs#,;:fx"; *tag; tag++)
        if (strcmp(explain_tag(*tag), "tag?") == 0)
            fail_msg("%c has none", *tag);
    assert_string_equal(explain_tag(TAG_SCALE), "thousands");
    assert_string_equal(explain_tag('@'), "tag?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kept_or_why_not), cmocka_unit_test(names_of_tags)};
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
