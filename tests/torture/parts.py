# SPDX-License-Identifier: Apache-2.0
"""What can be killed, and how it comes back. Kannel's boxes have their supervisor in the stack; the others are started here."""
from stack.process import NotReady, children, kill, wait_for

VICTIMS = {"box": {"smsd": 3, "bearerbox": 3, "postgres": 2, "backend": 1},
           "http": {"smsd": 3, "smsbox": 3, "bearerbox": 2, "postgres": 2, "backend": 1}}


def kill_backend(stack, rng):
    """One process of PostgreSQL's, which, once it knows, ends all others and recovers by itself."""
    postgres = stack.postgres.child.pid
    family = sorted(children(postgres))
    if family:  # else all of it was killed before
        pid = rng.choice(family)
        kill(pid)
        wait_for("PostgreSQL to know", lambda: pid not in children(postgres), 20, 0.01)


KILL = {
    "smsd": lambda stack, _: stack.smsd.kill(),
    "bearerbox": lambda stack, _: stack.kannel.bearerbox.kill(),
    "smsbox": lambda stack, _: stack.kannel.smsbox.kill(),
    "postgres": lambda stack, _: stack.postgres.kill(),
    "backend": kill_backend,
}


def start_until_it_stands(name, start):
    """The first tries may come too early: what was killed is still being cleared away."""
    def stands():
        try:
            start()
        except NotReady:
            return False
        return True

    wait_for(f"{name} to start", stands, 60, 0.2)


def revive(stack):
    """Starts what does not run, and waits until texts can pass."""
    if not stack.postgres.child.is_alive():
        start_until_it_stands("PostgreSQL", stack.postgres.start)
    wait_for("PostgreSQL to have recovered", stack.postgres.accepts, 60)
    if not stack.smsd.child.is_alive():
        start_until_it_stands("smsd", stack.smsd.start)
    wait_for("Kannel's boxes to stand", lambda: all(box.is_alive() for box in stack.kannel.boxes()), 60)
    wait_for("the SMSC to be bound again", stack.kannel.is_online, 60)
    wait_for("smsd to be healthy again", lambda: stack.smsd.http("/healthz").status == 200, 60)
    if stack.link == "box":
        wait_for("smsd to be bearerbox's box", lambda: stack.smsd.metrics().get("smsd_box_connected") == 1, 60)
