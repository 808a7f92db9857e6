/* SPDX-License-Identifier: Apache-2.0
 *
 * The face for tests: one command a line, {"op":"mo","from":"84912345678","text":"gia lua"}, and one event a
 * line. A command that is wrong is answered with an error event and changes nothing.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/face.h"
#include "tests/sim/octets.h"

struct script {
    struct face face;
    FILE *out;
    struct arena *arena;       /* for one command */
    struct arena *event_arena; /* for one event; commands cause events */
};

static void on_event(void *me, const struct event *event)
{
    struct script *s = me;
    char *line = event_json(s->event_arena, event);
    fprintf(s->out, "%s\n", line);
    free(line);
    arena_reset(s->event_arena);
}

static void complain(struct script *s, const char *id, const char *reason)
{
    const struct event e = {.kind = EVENT_ERROR, .at = monotonic_us(), .id = id, .reason = reason};
    on_event(s, &e);
}

static const char *string_of(const json_t *o, const char *key, const char *fallback)
{
    const char *value = json_string_value(json_object_get(o, key));
    return value ? value : fallback;
}

/* Every command returns NULL, or why it was not done. */
typedef const char *command(struct script *s, json_t *o);

/* The member as octets; absent is fine and empty. */
static const char *read_hex(struct script *s, const json_t *o, const char *key, struct slice *octets)
{
    *octets = (struct slice){"", 0};
    const char *digits = string_of(o, key, NULL);
    if (digits && !hex_decode(s->arena, slice_of(digits), octets))
        return "not hexadecimal";
    return NULL;
}

static const char *read_tlvs(struct script *s, json_t *map, struct slice *tlvs)
{
    uint8_t *out = arena_alloc(s->arena, PDU_MAX);
    const char *tag;
    json_t *value;
    tlvs->n = 0;
    json_object_foreach(map, tag, value)
    {
        struct slice octets;
        char *end;
        unsigned long number = strtoul(tag, &end, 0);
        const char *digits = json_string_value(value);
        if (*end || number > UINT16_MAX || !digits || !hex_decode(s->arena, slice_of(digits), &octets))
            return "tlvs must be {\"0x0501\": \"01\"}";
        if (!tlv_put(out, &tlvs->n, PDU_MAX, (uint16_t)number, octets))
            return "tlvs are too long";
    }
    tlvs->at = (const char *)out;
    return NULL;
}

/* "text" in the coding that is asked for, else in the one it needs. */
static const char *read_text(struct script *s, const json_t *o, const char *coding, struct mo *mo)
{
    json_t *member = json_object_get(o, "text");
    struct slice text = {json_string_value(member), json_string_length(member)};
    if (!text.at)
        return "neither text nor hex";
    if (!coding)
        return mo_encode(s->arena, text, &mo->coding, &mo->octets) ? NULL : "not UTF-8";
    if (mo->coding == CODING_GSM7)
        return gsm7_encode(s->arena, text, &mo->octets) ? NULL : "not in the GSM-7 alphabet";
    if (mo->coding == CODING_UCS2)
        return ucs2_encode(s->arena, text, &mo->octets) ? NULL : "not UTF-8";
    return "this coding needs hex";
}

static const char *read_body(struct script *s, const json_t *o, struct mo *mo)
{
    const char *coding = string_of(o, "coding", NULL);
    mo->coding = CODING_GSM7;
    while (coding && strcmp(coding, coding_name(mo->coding)) != 0)
        if (mo->coding++ == CODING_BINARY)
            return "unknown coding";
    if (json_object_get(o, "hex"))
        return read_hex(s, o, "hex", &mo->octets);
    return read_text(s, o, coding, mo);
}

static const char *op_mo(struct script *s, json_t *o)
{
    const json_t *split = json_object_get(o, "split");
    struct mo mo = {
        .id = string_of(o, "id", ""),
        .from = string_of(o, "from", "84912345678"),
        .to = string_of(o, "to", "8055"),
        .service_type = string_of(o, "service_type", NULL),
        .cut = json_is_false(split) ? MO_WHOLE : MO_IN_PARTS,
    };
    const char *why = read_body(s, o, &mo);
    if (!why)
        why = read_hex(s, o, "udh", &mo.udh);
    if (!why)
        why = read_tlvs(s, json_object_get(o, "tlvs"), &mo.tlvs);
    if (!why)
        smsc_send(s->face.smsc, &mo, &why);
    return why;
}

static const char *op_dlr(struct script *s, json_t *o)
{
    static const struct {
        const char *mode;
        enum receipt receipt;
    } modes[] = {{"deliver", RECEIPT_DELIVERED}, {"fail", RECEIPT_FAILED}, {"none", RECEIPT_NONE}};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(modes[i].mode, string_of(o, "mode", "")) == 0) {
            smsc_set_receipt(s->face.smsc, modes[i].receipt);
            return NULL;
        }
    }
    return "mode must be deliver, fail or none";
}

static const char *op_resp(struct script *s, json_t *o)
{
    json_t *count = json_object_get(o, "count");
    json_int_t status = json_integer_value(json_object_get(o, "status"));
    json_int_t times = count ? json_integer_value(count) : 1;
    if (status <= 0 || status > UINT32_MAX || times <= 0 || times > UINT32_MAX)
        return "status and count must be positive numbers";
    smsc_refuse(s->face.smsc, (uint32_t)status, (unsigned)times);
    return NULL;
}

static const char *op_drop(struct script *s, json_t *o)
{
    (void)o;
    smsc_drop(s->face.smsc);
    return NULL;
}

static const char *op_pause(struct script *s, json_t *o)
{
    (void)o;
    smsc_pause(s->face.smsc, true);
    return NULL;
}

static const char *op_resume(struct script *s, json_t *o)
{
    (void)o;
    smsc_pause(s->face.smsc, false);
    return NULL;
}

static const char *op_stats(struct script *s, json_t *o)
{
    (void)o;
    smsc_tell_stats(s->face.smsc);
    return NULL;
}

static const char *op_quit(struct script *s, json_t *o)
{
    (void)o;
    s->face.finished = true;
    return NULL;
}

static const struct {
    const char *op;
    command *run;
} commands[] = {
    {"mo", op_mo},       {"dlr", op_dlr},       {"resp", op_resp},   {"drop", op_drop},
    {"pause", op_pause}, {"resume", op_resume}, {"stats", op_stats}, {"quit", op_quit},
};

static const char *run(struct script *s, json_t *o)
{
    const char *op = string_of(o, "op", "");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (strcmp(commands[i].op, op) == 0)
            return commands[i].run(s, o);
    return "unknown op";
}

static void on_line(struct face *face, struct slice line)
{
    struct script *s = (struct script *)face;
    json_error_t error;
    json_t *o = json_loadb(line.at, line.n, JSON_ALLOW_NUL, &error);
    const char *why = json_is_object(o) ? run(s, o) : "not a JSON object";
    if (why)
        complain(s, string_of(o, "id", NULL), why);
    json_decref(o);
    arena_reset(s->arena);
}

static void on_line_too_long(struct face *face)
{
    complain((struct script *)face, NULL, "line too long");
}

static bool wants_line(struct face *face)
{
    return smsc_has_room(face->smsc);
}

static void on_end(struct face *face)
{
    face->finished = true;
}

static void script_free(struct face *face)
{
    struct script *s = (struct script *)face;
    arena_free(&s->arena);
    arena_free(&s->event_arena);
    free(s);
}

struct face *script_new(FILE *out)
{
    struct script *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->face = (struct face){
        .event = on_event,
        .wants_line = wants_line,
        .line = on_line,
        .line_too_long = on_line_too_long,
        .end = on_end,
        .free = script_free,
        .due = INT64_MAX,
    };
    s->out = out;
    s->arena = arena_new(4096);
    s->event_arena = arena_new(4096);
    return &s->face;
}
