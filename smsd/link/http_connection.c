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

/* The context of a connection that has become a request: from then on its requests are what counts. */
struct connection {
    bool asked;
};

void connection_asks(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct connection *state = info ? info->socket_context : NULL;
    if (state)
        state->asked = true;
}

/* Was something said, and nothing answered? A bare connect is none: health checkers do that. */
static bool was_left_alone(struct MHD_Connection *connection)
{
    struct tcp_info tcp = {0};
    socklen_t n = sizeof tcp;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!info || getsockopt(info->connect_fd, IPPROTO_TCP, TCP_INFO, &tcp, &n) != 0)
        return false;
    return tcp.tcpi_data_segs_in > 0 && tcp.tcpi_data_segs_out == 0;
}

void connection_changed(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode code)
{
    struct http_link *link = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        link->connections++;
        *context = calloc(1, sizeof(struct connection));
    } else {
        link->connections--;
        const struct connection *state = *context;
        if (state && !state->asked && was_left_alone(connection))
            request_note_unfinished(NULL);
        free(*context);
    }
    metric_set(METRIC_HTTP_CONNECTIONS, (int64_t)link->connections);
}
