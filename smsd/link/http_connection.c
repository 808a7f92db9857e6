/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections: how many are open, and which of them end without an answer. libmicrohttpd says nothing of one that never
 * became a request, so the kernel is asked what went over it (TCP_INFO, Linux 4.6).
 */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "smsd/link/http_request.h"

#define FIRST_WORD_S 3 /* a caller has its request at hand when it connects; room is not kept for others */

/* What is known of a connection. */
struct connection {
    bool asked; /* it has become a request */
    bool left;  /* the last one ended unsettled: by its client, or by libmicrohttpd, which may still answer it */
    __u32 sent; /* segments with data, when the last request began */
};

static struct connection *state_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static struct tcp_info traffic_of(struct MHD_Connection *connection)
{
    struct tcp_info tcp = {0};
    socklen_t n = sizeof tcp;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info)
        getsockopt(info->connect_fd, IPPROTO_TCP, TCP_INFO, &tcp, &n);
    return tcp;
}

void connection_asks(const struct http_link *link, struct MHD_Connection *connection)
{
    struct connection *state = state_of(connection);
    if (!state)
        return;
    state->asked = true;
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)link->settings.request_timeout_s);
    state->sent = traffic_of(connection).tcpi_data_segs_out;
}

void connection_left(struct MHD_Connection *connection)
{
    struct connection *state = state_of(connection);
    if (state)
        state->left = true;
}

/* What was said and not answered is unfinished; a bare connect is only counted, as health checkers do that. */
static void note_end(const struct connection *state, struct MHD_Connection *connection)
{
    if (!state || (state->asked && !state->left))
        return;
    const struct tcp_info tcp = traffic_of(connection);
    if (tcp.tcpi_data_segs_in == 0)
        metric_add(METRIC_HTTP_SILENT, 1);
    else if (tcp.tcpi_data_segs_out == state->sent)
        request_note_unfinished();
}

void connection_changed(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode code)
{
    struct http_link *link = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        link->connections++;
        *context = calloc(1, sizeof(struct connection));
        MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, FIRST_WORD_S);
    } else {
        link->connections--;
        note_end(*context, connection);
        free(*context);
    }
    metric_set(METRIC_HTTP_CONNECTIONS, (int64_t)link->connections);
}
