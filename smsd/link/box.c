/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/box.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include "smsd/clock.h"
#include "smsd/link/box_p.h"
#include "smsd/link/box_socket.h"
#include "smsd/log/log.h"

#define CONNECT_US (5 * SECOND_US)       /* no longer than this for connecting */
#define LEAVE_US (5 * SECOND_US)         /* bearerbox, asked to stop, waits for us so long */
#define LAST_VERDICTS_US (5 * SECOND_US) /* what box_link_drain gives bearerbox to say what it thinks of our answers \
                                          */

void box_wake(struct box_link *link)
{
    if (eventfd_write(link->wake_fd, 1) != 0)
        abort(); /* it fails only when nobody reads it any more */
}

/* ---- the connection ---- */

static void start_waiting(struct box_link *link, int64_t now_us)
{
    link->state = BOX_WAITING;
    link->next_us = now_us + backoff_us(&BACKOFF_BOX, ++link->attempts, (uint64_t)now_us * 2654435761u);
}

static void start_connecting(struct box_link *link, int64_t now_us)
{
    link->fd = box_socket_connect(link->settings.host, link->settings.port);
    link->state = BOX_CONNECTING;
    link->next_us = now_us + CONNECT_US;
    if (link->fd < 0)
        start_waiting(link, now_us);
}

static void introduce(struct box_link *link)
{
    link->wire = box_wire_new(link->fd);
    link->state = BOX_UP;
    link->leave_us = INT64_MAX;
    link->connection++;
    atomic_store(&link->connected, true);
    metric_set(METRIC_BOX_CONNECTED, 1);
    metric_add(METRIC_BOX_CONNECTS, 1);
    log_info("box.connected", KV("address", link->settings.host), KV_INT("port", link->settings.port));
}

/* It is writable, or its time is over. */
static void finish_connecting(struct box_link *link, int64_t now_us)
{
    if (box_socket_is_connected(link->fd) && now_us < link->next_us) {
        introduce(link);
        return;
    }
    close(link->fd);
    log_warning("box.away", KV("address", link->settings.host), KV_INT("port", link->settings.port));
    start_waiting(link, now_us);
}

static void hang_up(struct box_link *link, const char *why, enum metric counter)
{
    box_wire_free(&link->wire);
    atomic_store(&link->connected, false);
    metric_set(METRIC_BOX_CONNECTED, 0);
    metric_add(counter, 1);
    log_warning("box.disconnected", KV("reason", why), KV_INT("texts", link->held),
                KV_INT("unacknowledged", box_pending_count(link->pending)));
    box_in_lost(link);
    box_out_lost(link);
    start_waiting(link, clock_monotonic_us());
}

/* ---- what comes ---- */

/* bearerbox stops when its boxes have hung up; what we have not acknowledged then is in its store. */
static void begin_to_leave(struct box_link *link)
{
    log_info("box.asked_to_leave");
    link->leave_us = clock_monotonic_us() + LEAVE_US;
}

static bool takes_more(const struct box_link *link)
{
    return !atomic_load(&link->draining) && link->leave_us == INT64_MAX;
}

static void handle(struct box_link *link, const struct box_message *message)
{
    switch (message->kind) {
    case BOX_TEXT:
    case BOX_REPORT:
        if (takes_more(link))
            box_in_take(link, message);
        break;
    case BOX_VERDICT:
        box_out_verdict(link, message);
        break;
    case BOX_LEAVE:
        begin_to_leave(link);
        break;
    case BOX_OTHER:
        break;
    }
}

static void hear(struct box_link *link)
{
    struct box_message message;
    enum box_read read;
    while ((read = box_wire_next(link->wire, &message)) == BOX_MESSAGE) {
        link->attempts = 0;
        handle(link, &message);
    }
    if (read == BOX_CLOSED)
        hang_up(link, "closed by bearerbox", METRIC_BOX_LOST);
    else if (read == BOX_GARBAGE)
        hang_up(link, "what came is not Kannel's box protocol", METRIC_BOX_GARBAGE);
}

/* ---- what other threads left ---- */

struct left {
    struct box_items done;
    struct box_submission *submitted;
};

static struct left take_left(struct box_link *link)
{
    pthread_mutex_lock(&link->lock);
    struct left left = {link->done, link->submitted};
    link->done = (struct box_items){NULL, NULL};
    link->submitted = NULL;
    link->submitted_end = NULL;
    pthread_mutex_unlock(&link->lock);
    return left;
}

static void handle_left(struct box_link *link)
{
    struct left left = take_left(link);
    for (struct box_item *item; (item = box_items_take(&left.done));)
        box_in_answer(link, item);
    for (struct box_submission *next; left.submitted; left.submitted = next) {
        next = left.submitted->next;
        box_out_send(link, left.submitted);
    }
}

/* ---- rounds ---- */

static bool is_quiet(const struct box_link *link)
{
    return link->held == 0 && box_pending_count(link->pending) == 0 && !(link->wire && box_wire_is_waiting(link->wire));
}

/* What is to be given back goes back by itself when we hang up, and is not waited for then. */
static void note_drained(struct box_link *link)
{
    if (!atomic_load(&link->draining))
        return;
    box_in_lost(link);
    pthread_mutex_lock(&link->lock);
    link->answered = link->held == 0;
    link->drained = is_quiet(link);
    pthread_cond_broadcast(&link->changed);
    pthread_mutex_unlock(&link->lock);
}

static void say(struct box_link *link)
{
    if (link->wire && !box_wire_flush(link->wire))
        hang_up(link, "closed by bearerbox", METRIC_BOX_LOST);
    if (link->wire && link->leave_us < INT64_MAX && (is_quiet(link) || clock_monotonic_us() >= link->leave_us))
        hang_up(link, "bearerbox asked us to leave", METRIC_BOX_LEFT);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* What the clock asks for. */
static void handle_time(struct box_link *link)
{
    const int64_t now_us = clock_monotonic_us();
    if (link->state == BOX_UP) {
        box_in_give_back(link, now_us);
        box_out_expire(link, now_us);
    } else if (link->next_us <= now_us && !atomic_load(&link->draining)) {
        (link->state == BOX_WAITING ? start_connecting : finish_connecting)(link, now_us);
    }
}

/* When the clock will ask for something next. */
static int64_t next_time(const struct box_link *link)
{
    if (link->state != BOX_UP)
        return atomic_load(&link->draining) ? INT64_MAX : link->next_us;
    const int64_t back_us = link->later.first ? link->later.first->later_us : INT64_MAX;
    return earlier(link->leave_us, earlier(back_us, box_pending_deadline(link->pending)));
}

static int timeout_ms(int64_t until_us)
{
    const int64_t wait_us = until_us - clock_monotonic_us();
    if (until_us == INT64_MAX || wait_us > 3600 * SECOND_US)
        return -1;
    return wait_us <= 0 ? 0 : (int)(wait_us / 1000) + 1;
}

static void await(struct box_link *link)
{
    struct pollfd fds[] = {{.fd = link->wake_fd, .events = POLLIN}, {.fd = -1}};
    if (link->state == BOX_CONNECTING)
        fds[1] = (struct pollfd){.fd = link->fd, .events = POLLOUT};
    else if (link->state == BOX_UP)
        fds[1] = (struct pollfd){.fd = link->fd, .events = box_wire_is_waiting(link->wire) ? POLLIN | POLLOUT : POLLIN};
    eventfd_t count;
    if (poll(fds, 2, timeout_ms(next_time(link))) <= 0)
        return;
    if (fds[0].revents)
        eventfd_read(link->wake_fd, &count);
    if (!fds[1].revents)
        return;
    if (link->state == BOX_CONNECTING)
        finish_connecting(link, clock_monotonic_us());
    else if (fds[1].revents & (POLLIN | POLLHUP | POLLERR))
        hear(link);
}

static void run(void *arg)
{
    struct box_link *link = arg;
    start_connecting(link, clock_monotonic_us());
    while (!atomic_load(&link->stopping)) {
        handle_left(link);
        handle_time(link);
        say(link);
        note_drained(link);
        await(link);
    }
    if (link->state == BOX_CONNECTING)
        close(link->fd);
    box_wire_free(&link->wire);
    metric_set(METRIC_BOX_CONNECTED, 0);
}

/* ---- the link ---- */

static void copy_settings(struct box_link *link, const struct box_settings *settings)
{
    link->settings = *settings;
    link->settings.host = arena_copy(link->arena, slice_of(settings->host));
    link->settings.dlr_base = arena_copy(link->arena, slice_of(settings->dlr_base));
    link->settings.secret = arena_copy(link->arena, slice_of(settings->secret));
    link->settings.short_code = arena_copy(link->arena, slice_of(settings->short_code));
    link->settings.ussd_gateways = arena_copy(link->arena, slice_of(settings->ussd_gateways));
    link->retry = settings->retry;
}

static void make_lock(struct box_link *link)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&link->lock, NULL);
    pthread_cond_init(&link->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

static void free_items(struct box_items *items)
{
    for (struct box_item *item; (item = box_items_take(items));) {
        arena_free(&item->arena);
        free(item);
    }
}

static void link_free(struct box_link *link)
{
    free_items(&link->spare);
    free_items(&link->later);
    box_pending_free(&link->pending);
    pthread_cond_destroy(&link->changed);
    pthread_mutex_destroy(&link->lock);
    close(link->wake_fd);
    arena_free(&link->arena);
    free(link->results);
    free(link);
}

struct box_link *box_link_start(const struct box_settings *settings)
{
    struct box_link *link = calloc(1, sizeof *link);
    if (!link)
        abort();
    box_wire_init();
    link->arena = arena_new(1024);
    link->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    link->pending = box_pending_new();
    link->results_due = INT64_MAX;
    link->leave_us = INT64_MAX;
    make_lock(link);
    copy_settings(link, settings);
    link->thread = link->wake_fd < 0 ? -1 : box_wire_thread(run, link);
    if (link->thread < 0) {
        link_free(link);
        return NULL;
    }
    return link;
}

void box_link_drain(struct box_link *link)
{
    int waited = 0;
    atomic_store(&link->draining, true);
    box_wake(link);
    pthread_mutex_lock(&link->lock);
    while (!link->answered)
        pthread_cond_wait(&link->changed, &link->lock);
    int64_t until_us = clock_monotonic_us() + LAST_VERDICTS_US;
    struct timespec until = {until_us / SECOND_US, until_us % SECOND_US * 1000};
    while (!link->drained && waited == 0)
        waited = pthread_cond_timedwait(&link->changed, &link->lock, &until);
    pthread_mutex_unlock(&link->lock);
}

void box_link_stop(struct box_link **link)
{
    if (!*link)
        return;
    box_link_drain(*link);
    atomic_store(&(*link)->stopping, true);
    box_wake(*link);
    box_wire_join((*link)->thread);
    link_free(*link);
    *link = NULL;
}
