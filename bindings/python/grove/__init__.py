"""NVIDIA Grove's orchestration rules as pure functions: texts in, plain data out.

Every function takes the text of a manifest (str, or bytes of UTF-8) and returns what JSON has: dict, list, str, int, bool. What
is wrong with a document is data in the result; what keeps a call from giving one is raised as `Error`. Nothing is kept between
calls; the interpreter's lock is released while the library works.

Every function that reads manifests takes the same keywords: `context`, the text of what else exists; `format`, "yaml" or "json";
`strict`, `all_stages`, `namespace`, `scheduler`, `limits` and `lint` ("off", "warnings", "notes") for admission; and those that expand also
`at_rest`, `scheduler_objects`, `allow_incomplete`, `seed`, `now`, `backend`, `per_clique_pod_groups`, `live`,
`init_container_image` and `init_container_version`. grove.h says what they mean.
"""

import json

from ._calls import Error, Status, call, document, ffi, format_number, lib, text
from ._options import admit_options, expand_options
from ._placement import Index, Placement, Snapshot, Workload, check_message, place_message

__all__ = [
    "Error",
    "Index",
    "Placement",
    "Snapshot",
    "Status",
    "Workload",
    "admit",
    "admit_update",
    "autoscale",
    "backends",
    "check_message",
    "compare",
    "compatibility_level",
    "crd",
    "diff",
    "diff_live",
    "expand",
    "library_version",
    "names",
    "place_message",
    "rules",
    "scaling",
    "startup",
    "translate",
]


def library_version():
    """Version of the library that is loaded: "0.1.0"."""
    return ffi.string(lib.grove_version_string()).decode()


def compatibility_level():
    """Snapshot of the reference whose behaviour the library has: "2026-08"."""
    return ffi.string(lib.grove_compatibility_level()).decode()


def admit(manifest, *, context=None, format="yaml", **options):
    """Judges every PodCliqueSet of `manifest` as a cluster with Grove would, and shows what it would store."""
    return document(lib.call_admit, text(manifest), text(context), format_number(format), admit_options(**options))


def admit_update(manifest, stored, *, context=None, format="yaml", **options):
    """Judges the sets of `manifest` as updates of those in `stored`."""
    return document(
        lib.call_admit_update,
        text(manifest),
        text(stored),
        text(context),
        format_number(format),
        admit_options(**options),
    )


def expand(manifest, *, context=None, format="yaml", **options):
    """Makes every object that Grove makes of the sets. Returns (objects, report)."""
    objects, report = call(
        lib.call_expand, text(manifest), text(context), format_number(format), expand_options(**options), outputs=2
    )
    return json.loads(objects)["items"], json.loads(report)


def names(manifest, *, context=None, format="yaml", **options):
    """Tells what every child of the sets is called, and how much longer its name may become."""
    return document(lib.call_names, text(manifest), text(context), format_number(format), admit_options(**options))["sets"]


def startup(manifest, *, context=None, format="yaml", **options):
    """Tells which clique waits for which, in waves or as the cycle that keeps them from starting."""
    return document(lib.call_startup, text(manifest), text(context), format_number(format), admit_options(**options))["sets"]


def scaling(manifest, *, context=None, format="yaml", **options):
    """Counts what there is to be at every level: PodCliques, scaling groups, gangs and pods."""
    return document(lib.call_scaling, text(manifest), text(context), format_number(format), expand_options(**options))["sets"]


def translate(manifest, *, context=None, format="yaml", **options):
    """Translates the PodGangs for a scheduler. Returns (objects, losses)."""
    out = document(lib.call_translate, text(manifest), text(context), format_number(format), expand_options(**options))
    return out["objects"], out["losses"]


def diff(before, after, *, context=None, format="yaml", **options):
    """Tells in which objects two manifests differ, after defaulting and expansion."""
    return document(
        lib.call_diff, text(before), text(after), text(context), format_number(format), expand_options(**options)
    )


def diff_live(manifest, live, *, context=None, format="yaml", clean=False, **options):
    """Tells the writes that lead from the objects in `live` to those that `manifest` asks for."""
    return document(
        lib.call_diff_live,
        text(manifest),
        text(context),
        format_number(format),
        int(clean),
        expand_options(live=live, **options),
    )


def compare(before, after, *, format="yaml"):
    """Compares two documents of any kind, field by field."""
    return document(lib.call_compare, text(before), text(after), format_number(format), None)


def autoscale(state, *, format="json"):
    """What Kubernetes' HorizontalPodAutoscaler decides. `state` is a mapping, or its text; grove.h says what is in it."""
    if not isinstance(state, (str, bytes)):
        state, format = json.dumps(state), "json"
    return document(lib.call_autoscale, text(state), format_number(format), None)


def crd():
    """The custom resource definitions that the object model implies."""
    return document(lib.call_reference, lib.GROVE_TOPIC_DEFINITIONS, lib.GROVE_FORMAT_JSON)["items"]


def rules():
    """The rules that findings cite: {"rules": [...], "lint": [...]}."""
    return document(lib.call_reference, lib.GROVE_TOPIC_RULES, lib.GROVE_FORMAT_JSON)


def backends():
    """The scheduler backends that gangs can be translated for."""
    return document(lib.call_reference, lib.GROVE_TOPIC_BACKENDS, lib.GROVE_FORMAT_JSON)["backends"]
