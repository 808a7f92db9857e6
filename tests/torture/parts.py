# SPDX-License-Identifier: Apache-2.0
"""What can be killed, and how it comes back. Kannel's boxes have their supervisor in the stack; the others are started here."""
from stack.process import NotReady, children, kill, wait_for

VICTIMS = {"box": {"smsd": 3, "bearerbox": 3, "postgres": 2, "backend": 1},
           "http": {"smsd": 3, "smsbox": 3, "bearerbox": 2, "postgres": 2, "backend": 1}}


def victims(link, instances):
    """Weights, by name. The instances of smsd after the first have a number behind theirs: smsd2."""
    more = {f"smsd{n}": VICTIMS[link]["smsd"] for n in range(2, instances + 1)}
    return {**VICTIMS[link], **more}


def instance(stack, name):
    """The smsd of that name, or None."""
    return next((smsd for smsd in stack.smsds if smsd.name == name), None)


def kill_backend(stack, rng):
    """One process of PostgreSQL's, which, once it knows, ends all others and recovers by itself."""
    postgres = stack.postgres.child.pid
    family = sorted(children(postgres))
    if family:  # else all of it was killed before
        pid = rng.choice(family)
        kill(pid)
        wait_for("PostgreSQL to know", lambda: pid not in children(postgres), 20, 0.01)


KILL = {
    "bearerbox": lambda stack, _: stack.kannel.bearerbox.kill(),
    "smsbox": lambda stack, _: stack.kannel.smsbox.kill(),
    "postgres": lambda stack, _: stack.postgres.kill(),
    "backend": kill_backend,
}


def kill_part(stack, name, rng):
    smsd = instance(stack, name)
    if smsd:
        smsd.kill()
    else:
        KILL[name](stack, rng)


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
    for smsd in stack.smsds:
        if not smsd.child.is_alive():
            start_until_it_stands(smsd.name, smsd.start)
    wait_for("Kannel's boxes to stand", lambda: all(box.is_alive() for box in stack.kannel.boxes()), 60)
    wait_for("the SMSC to be bound again", stack.kannel.is_online, 60)
    for smsd in stack.smsds:
        wait_for(f"{smsd.name} to be healthy again", lambda smsd=smsd: smsd.http("/healthz").status == 200, 60)
        if stack.link == "box":
            wait_for(f"{smsd.name} to be bearerbox's box",
                     lambda smsd=smsd: smsd.metrics().get("smsd_box_connected") == 1, 60)
