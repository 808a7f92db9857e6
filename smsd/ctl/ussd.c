/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl ussd`: the screens of USSD.
 */
#include <string.h>

#include "smsd/ctl/ctl.h"
#include "smsd/ussd/diagram.h"

int ctl_ussd_diagram(struct ctl *ctl)
{
    const char *wrong = screens_wrong(screens_all(), ctl->arena), *form = ctl->n_args ? ctl->args[0] : "text";
    const bool dot = strcmp(form, "dot") == 0;
    if (!dot && strcmp(form, "text") != 0) {
        fprintf(stderr, "smsctl: ussd diagram: \"%s\" is neither text nor dot\n", form);
        return CTL_USAGE;
    }
    (dot ? diagram_print_dot : diagram_print)(screens_all(), stdout);
    if (wrong)
        fprintf(stderr, "smsctl: %s\n", wrong);
    return wrong ? CTL_FAILED : CTL_OK;
}
