/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/box_wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>

#include "gw/msg.h"
#include "gwlib/gwlib.h"

#include "parsers/kannel/box_frame.h"

/* Bytes of a frame: the largest that Kannel makes, texts of 255 parts in UCS-2, have 35 kB. */
#define FRAME_MAX (1 << 20)
#define LENGTH_OCTETS 4

/* More than is ever queued: what we say waits for box_wire_flush, and goes out in one piece. */
#define QUEUE_MAX (1u << 30)

_Static_assert((int)BOX_ACK_SUCCESS == ack_success && (int)BOX_ACK_FAILED == ack_failed &&
                   (int)BOX_ACK_FAILED_TMP == ack_failed_tmp && (int)BOX_ACK_BUFFERED == ack_buffered,
               "Kannel's numbers are ours");
_Static_assert(sizeof(uuid_t) == BOX_UUID && UUID_STR_LEN == BOX_UUID_TEXT - 1, "Kannel's UUIDs are ours");

/* The fields of each type of message, out of Kannel's own list. */
static const char *const LAYOUTS[] = {
#define INTEGER(name) "i"
#define OCTSTR(name) "s"
#define UUID(name) "u"
#define VOID(name)
#define MSG(type, fields) [type] = fields,
#include "gw/msg-decl.h"
};

struct box_wire {
    Connection *connection;
    int fd;
    long awaited; /* length of the frame whose head was read; 0 = none */
    Msg *message; /* the last one given out */
};

/* ---- the process and its threads ---- */

/* gwlib speaks on stderr, of numbers and texts too: it is left nothing but its last words. */
static void init_once(void)
{
    gwlib_init();
    log_set_output_level(GW_PANIC);
}

void box_wire_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, init_once);
}

long box_wire_thread(void (*run)(void *arg), void *arg)
{
    return gwthread_create(run, arg);
}

void box_wire_join(long thread)
{
    gwthread_join(thread);
}

/* ---- ids ---- */

void __real_uuid_generate(uuid_t id);
void __wrap_uuid_generate(uuid_t id);

static uuid_t first_id;

static void make_first_id(void)
{
    __real_uuid_generate(first_id);
}

/* gwlib makes an id for whatever message it creates, of random octets out of the kernel, and three of the four that a
 * text costs are overwritten at once. Linked in its place (Makefile), this takes random octets
 * once and counts on in their last seven, which hold nothing of a UUID's version or variant. */
void __wrap_uuid_generate(uuid_t id)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    static atomic_uint_fast64_t made;
    pthread_once(&once, make_first_id);
    uuid_copy(id, first_id);
    uint64_t carry = atomic_fetch_add(&made, 1);
    for (size_t i = sizeof(uuid_t); carry && i > sizeof(uuid_t) - 7; i--) {
        carry += id[i - 1];
        id[i - 1] = (unsigned char)carry;
        carry >>= 8;
    }
}

/* ---- saying ---- */

static void queue(struct box_wire *wire, Msg *message)
{
    Octstr *frame = msg_pack(message);
    conn_write_withlen(wire->connection, frame);
    octstr_destroy(frame);
    msg_destroy(message);
}

static Octstr *octets_of(struct slice text)
{
    return text.n > 0 ? octstr_create_from_data(text.at, (long)text.n) : NULL;
}

static void introduce(struct box_wire *wire)
{
    Msg *message = msg_create(admin);
    message->admin.command = cmd_identify;
    queue(wire, message);
}

void box_wire_ack(struct box_wire *wire, const unsigned char id[BOX_UUID], int64_t at, enum box_ack verdict)
{
    Msg *message = msg_create(ack);
    uuid_copy(message->ack.id, id);
    message->ack.time = (long)at;
    message->ack.nack = (long)verdict;
    queue(wire, message);
}

void box_wire_send(struct box_wire *wire, const struct box_text_out *text, unsigned char id_r[BOX_UUID])
{
    Msg *message = msg_create(sms);
    uuid_generate(message->sms.id);
    uuid_copy(id_r, message->sms.id);
    message->sms.sms_type = text->reply ? mt_reply : mt_push;
    message->sms.sender = octets_of(text->from);
    message->sms.receiver = octets_of(text->to);
    message->sms.msgdata = octets_of(text->text);
    message->sms.smsc_id = octets_of(text->smsc);
    message->sms.coding = text->coding;
    message->sms.priority = text->priority;
    message->sms.time = (long)time(NULL);
    message->sms.meta_data = octets_of(text->meta);
    message->sms.binfo = octets_of(text->service);
    message->sms.dlr_url = octets_of(text->dlr_url);
    message->sms.dlr_mask = text->dlr_url.n > 0 ? text->dlr_mask : MSG_PARAM_UNDEFINED;
    queue(wire, message);
}

/* conn_wait tries to write before it would wait, and is given no time for that. */
bool box_wire_flush(struct box_wire *wire)
{
    return conn_outbuf_len(wire->connection) == 0 || conn_wait(wire->connection, 0) >= 0;
}

bool box_wire_is_waiting(const struct box_wire *wire)
{
    return conn_outbuf_len(wire->connection) > 0;
}

/* ---- hearing ---- */

/* Linux goes back to delaying its acknowledgements after a while; then bearerbox, which writes twice and leaves Nagle's
 * algorithm on, waits 40 ms for each. */
static void acknowledge_quickly(int fd)
{
    setsockopt(fd, IPPROTO_TCP, TCP_QUICKACK, &(int){1}, sizeof(int));
}

static struct slice slice_of_octets(const Octstr *octets)
{
    return octets ? (struct slice){octstr_get_cstr(octets), (size_t)octstr_len(octets)} : (struct slice){"", 0};
}

static void read_sms(const struct sms *sms, struct box_message *m)
{
    m->kind = sms->sms_type == report_mo ? BOX_REPORT : sms->sms_type == mo ? BOX_TEXT : BOX_OTHER;
    m->time = sms->time;
    memcpy(m->id, sms->id, BOX_UUID);
    m->from = slice_of_octets(sms->sender);
    m->to = slice_of_octets(sms->receiver);
    m->text = slice_of_octets(sms->msgdata);
    m->charset = slice_of_octets(sms->charset);
    m->meta = slice_of_octets(sms->meta_data);
    m->smsc = slice_of_octets(sms->smsc_id);
    m->service = slice_of_octets(sms->binfo);
    m->dlr_url = slice_of_octets(sms->dlr_url);
    m->coding = sms->coding;
    m->dlr = sms->dlr_mask;
}

static void read_message(const Msg *message, struct box_message *m)
{
    *m = (struct box_message){.kind = BOX_OTHER};
    if (message->type == sms) {
        read_sms(&message->sms, m);
    } else if (message->type == ack) {
        m->kind = BOX_VERDICT;
        m->ack = (enum box_ack)message->ack.nack;
        memcpy(m->id, message->ack.id, BOX_UUID);
    } else if (message->type == admin &&
               (message->admin.command == cmd_shutdown || message->admin.command == cmd_restart)) {
        m->kind = BOX_LEAVE;
    }
    uuid_unparse(m->id, m->id_text);
}

/* Octets that are there whole, or NULL and why not. */
static Octstr *read_octets(struct box_wire *wire, long n, enum box_read *why_r)
{
    Octstr *octets = conn_read_fixed(wire->connection, n);
    if (octets)
        return octets;
    acknowledge_quickly(wire->fd);
    *why_r = conn_eof(wire->connection) || conn_error(wire->connection) ? BOX_CLOSED : BOX_EMPTY;
    return NULL;
}

/* The length that goes before a frame. */
static enum box_read read_length(struct box_wire *wire)
{
    enum box_read why = BOX_GARBAGE;
    unsigned char head[LENGTH_OCTETS];
    Octstr *octets = read_octets(wire, LENGTH_OCTETS, &why);
    if (!octets)
        return why;
    octstr_get_many_chars((char *)head, octets, 0, LENGTH_OCTETS);
    octstr_destroy(octets);
    wire->awaited = decode_network_long(head);
    return wire->awaited > 0 && wire->awaited <= FRAME_MAX ? BOX_MESSAGE : BOX_GARBAGE;
}

static enum box_read read_frame(struct box_wire *wire)
{
    enum box_read why = BOX_GARBAGE;
    Octstr *frame = read_octets(wire, wire->awaited, &why);
    if (!frame)
        return why;
    wire->awaited = 0;
    if (box_frame_is_sound(slice_of_octets(frame), LAYOUTS, sizeof LAYOUTS / sizeof LAYOUTS[0]))
        wire->message = msg_unpack(frame);
    octstr_destroy(frame);
    return wire->message ? BOX_MESSAGE : BOX_GARBAGE;
}

enum box_read box_wire_next(struct box_wire *wire, struct box_message *message_r)
{
    enum box_read read = BOX_MESSAGE;
    msg_destroy(wire->message);
    wire->message = NULL;
    if (wire->awaited == 0)
        read = read_length(wire);
    if (read == BOX_MESSAGE)
        read = read_frame(wire);
    if (read == BOX_MESSAGE)
        read_message(wire->message, message_r);
    return read;
}

/* ---- the connection ---- */

struct box_wire *box_wire_new(int fd)
{
    struct box_wire *wire = gw_malloc(sizeof *wire);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    *wire = (struct box_wire){.connection = conn_wrap_fd(fd, 0), .fd = fd};
    conn_claim(wire->connection);
    conn_set_output_buffering(wire->connection, QUEUE_MAX);
    introduce(wire);
    return wire;
}

void box_wire_free(struct box_wire **wire)
{
    if (!*wire)
        return;
    msg_destroy((*wire)->message);
    conn_destroy((*wire)->connection);
    gw_free(*wire);
    *wire = NULL;
}
