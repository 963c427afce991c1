"""NVIDIA Grove's orchestration rules as pure functions: texts in, plain data out.

Every function takes the text of a manifest (str, or bytes of UTF-8) and returns what JSON has: dict, list, str, int, bool. What
is wrong with a document is data in the result; what keeps a call from giving one is raised as `Error`. Nothing is kept between
calls; the interpreter's lock is released while the library works.
"""

from . import _calls
from ._calls import Error, Options, Status, call, format_number, lib, limits, text

__all__ = ["Error", "Status", "admit", "expand", "library_version"]


def library_version():
    """Version of the library that is loaded: "0.1.0"."""
    return _calls.ffi.string(lib.grove_version_string()).decode()


def _admit_options(strict, all_stages, namespace, bounds):
    return Options(
        "grove_admit_options",
        strict=int(strict),
        all_stages=int(all_stages),
        default_namespace=namespace,
        limits=limits(bounds),
    )


def admit(manifest, *, context=None, format="yaml", strict=False, all_stages=False, namespace=None, limits=None):
    """Judges every PodCliqueSet of `manifest` as a cluster with Grove would, and shows what it would store."""
    options = _admit_options(strict, all_stages, namespace, limits)
    (report,) = call(lib.grove_admit, text(manifest), text(context), format_number(format), options)
    return _calls.json.loads(report)


def expand(
    manifest,
    *,
    context=None,
    format="yaml",
    strict=False,
    all_stages=False,
    namespace=None,
    limits=None,
    at_rest=False,
    scheduler_objects=False,
    allow_incomplete=False,
    seed=0,
    now=0,
    init_container_image=None,
    init_container_version=None,
):
    """Makes every object that Grove makes of the PodCliqueSets of `manifest`.

    Returns (objects, report): a list of objects in the order in which Grove creates them, and what `admit` reports.
    """
    options = Options(
        "grove_expand_options",
        state=lib.GROVE_OBJECT_STATE_AT_REST if at_rest else lib.GROVE_OBJECT_STATE_CREATED,
        scheduler_objects=int(scheduler_objects),
        allow_incomplete=int(allow_incomplete),
        seed=seed,
        now=now,
        init_container_image=init_container_image,
        init_container_version=init_container_version,
        admit=_admit_options(strict, all_stages, namespace, limits),
    )
    objects, report = call(
        lib.grove_expand, text(manifest), text(context), format_number(format), options, outputs=2
    )
    return _calls.json.loads(objects)["items"], _calls.json.loads(report)
