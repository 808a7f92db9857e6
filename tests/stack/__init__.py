# SPDX-License-Identifier: Apache-2.0
"""The real parts, started and stopped by hand: PostgreSQL, Kannel, smsd and the phone, all under one folder and on
loopback. `make run` (run.py) and the live tests are both written on this.

    with Stack(folder, build) as stack:
        stack.start()
        print(stack.phone.send("gia lua om18", "84912345678").answer)

Standard library only. Nothing here waits a fixed time: everything waits for a condition and says which one it was when
it never came.
"""
