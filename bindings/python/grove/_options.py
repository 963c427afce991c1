"""Keywords of the functions as the structs of options that the library reads."""

from ._calls import Options, lib, text
from ._calls import limits as limits_of

LINT = {"off": lib.GROVE_LINT_OFF, "warnings": lib.GROVE_LINT_WARNINGS, "notes": lib.GROVE_LINT_NOTES}


def admit_options(
    *,
    strict=False,
    all_stages=False,
    structurally_defaulted=False,
    namespace=None,
    scheduler=None,
    lint="off",
    lint_disabled=(),
    limits=None,
):
    """`grove_admit_options`. `limits` is a mapping of the members of `grove_limits`."""
    if lint not in LINT:
        raise ValueError(f"lint is {lint!r}, must be one of {sorted(LINT)}")
    return Options(
        "grove_admit_options",
        strict=int(strict),
        all_stages=int(all_stages),
        structurally_defaulted=int(structurally_defaulted),
        default_namespace=namespace,
        default_scheduler=scheduler,
        lint=LINT[lint],
        lint_disabled=",".join(lint_disabled) or None,
        limits=limits_of(limits),
    )


def expand_options(
    *,
    at_rest=False,
    scheduler_objects=False,
    allow_incomplete=False,
    seed=0,
    now=0,
    backend=None,
    per_clique_pod_groups=False,
    live=None,
    stored=None,
    sets=False,
    topologies=False,
    init_container_image=None,
    init_container_version=None,
    **admit,
):
    """`grove_expand_options`, with those of admission in it."""
    return Options(
        "grove_expand_options",
        state=lib.GROVE_OBJECT_STATE_AT_REST if at_rest else lib.GROVE_OBJECT_STATE_CREATED,
        scheduler_objects=int(scheduler_objects),
        allow_incomplete=int(allow_incomplete),
        pod_groups=lib.GROVE_POD_GROUPS_PER_CLIQUE if per_clique_pod_groups else lib.GROVE_POD_GROUPS_PER_GANG,
        seed=seed,
        now=now,
        backend=backend,
        live=None if live is None else text(live),
        stored=None if stored is None else text(stored),
        sets=int(sets),
        topologies=int(topologies),
        init_container_image=init_container_image,
        init_container_version=init_container_version,
        admit=admit_options(**admit),
    )


def place_options(
    *,
    threads=0,
    steps_per_gang=0,
    batch=False,
    batch_rounds=0,
    causes=True,
    explain_changes=0,
    near_base=False,
    balance=False,
    reuse_nodes=False,
    preempt=False,
    spread_level=None,
    replica_level=None,
):
    """`grove_place_options`."""
    return Options(
        "grove_place_options",
        threads=threads,
        steps_per_gang=steps_per_gang,
        batch=int(batch),
        batch_rounds=batch_rounds,
        without_causes=int(not causes),
        explain_changes=explain_changes,
        near_base=int(near_base),
        balance=int(balance),
        reuse_nodes=int(reuse_nodes),
        preempt=int(preempt),
        spread_level=spread_level,
        replica_level=replica_level,
    )


def capacity_options(*, most_copies=0, most_pods=0, worst_losses=0, gang=None, group=None, lost=(), **place):
    """`grove_capacity_options`, with those of placement in it."""
    return Options(
        "grove_capacity_options",
        most_copies=most_copies,
        most_pods=most_pods,
        worst_losses=worst_losses,
        gang=gang,
        group=group,
        lost=",".join(lost) or None,
        place=place_options(**place),
    )
