/* SPDX-License-Identifier: Apache-2.0
 *
 * A box that does nothing: every text goes back to its sender, with its acknowledgement in the same write. On the wire
 * of smsd's own box link (smsd/link/box_wire.h). Usage: echo_box PORT, of bearerbox's smsbox-port; SIGTERM ends it, and
 * it prints how many texts it has answered.
 */
#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>

#include "smsd/link/box_socket.h"
#include "smsd/link/box_wire.h"

struct echo {
    int port, signals;
    unsigned long long answered;
};

static void answer(struct box_wire *wire, const struct box_message *message)
{
    unsigned char id[BOX_UUID];
    box_wire_send(wire,
                  &(struct box_text_out){.from = message->to,
                                         .to = message->from,
                                         .text = message->text,
                                         .smsc = message->smsc,
                                         .coding = message->coding == 2 ? 2 : 0,
                                         .reply = true},
                  id);
    box_wire_ack(wire, message->id, message->time, BOX_ACK_SUCCESS);
}

/* All that is there. False when bearerbox is gone. */
static bool hear(struct echo *echo, struct box_wire *wire)
{
    struct box_message message;
    enum box_read read;
    while ((read = box_wire_next(wire, &message)) == BOX_MESSAGE)
        if (message.kind == BOX_TEXT) {
            answer(wire, &message);
            echo->answered++;
        }
    return read == BOX_EMPTY && box_wire_flush(wire);
}

static void run(void *context)
{
    struct echo *echo = context;
    struct pollfd fds[] = {{.fd = box_socket_connect("127.0.0.1", echo->port), .events = POLLOUT},
                           {.fd = echo->signals, .events = POLLIN}};
    if (fds[0].fd < 0 || poll(fds, 1, -1) < 0 || !box_socket_is_connected(fds[0].fd))
        errx(1, "bearerbox is not there");
    struct box_wire *wire = box_wire_new(fds[0].fd);
    bool up = box_wire_flush(wire);
    while (up && !fds[1].revents) {
        fds[0].events = box_wire_is_waiting(wire) ? POLLIN | POLLOUT : POLLIN;
        if (poll(fds, 2, -1) < 0)
            err(1, "poll");
        if (fds[0].revents)
            up = hear(echo, wire);
    }
    box_wire_free(&wire);
}

int main(int argc, char **argv)
{
    struct echo echo = {.port = argc == 2 ? atoi(argv[1]) : 0};
    sigset_t set;
    if (argc != 2)
        errx(2, "usage: echo_box PORT");
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    echo.signals = signalfd(-1, &set, SFD_CLOEXEC);
    box_wire_init();
    long thread = box_wire_thread(run, &echo);
    if (echo.signals < 0 || thread < 0)
        errx(1, "cannot start");
    box_wire_join(thread);
    printf("%llu\n", echo.answered);
    return 0;
}
