"""Hashes of pod templates: equal up to renaming within one case, or bit for bit."""

# The members, and the label, whose value is such a hash. They stand in `metadata` and `status`, nowhere else.
HASH_MEMBERS = frozenset(
    {
        "currentGenerationHash",
        "currentPodCliqueSetGenerationHash",
        "currentPodTemplateHash",
        "grove.io/pod-template-hash",
        "podCliqueSetGenerationHash",
        "podTemplateHash",
    }
)


class Renaming:
    """A one-to-one relation between the hashes of the two sides that grows as pairs are met."""

    def __init__(self):
        self._to_actual = {}
        self._to_expected = {}

    def same(self, expected, actual):
        """Whether the two may stand in the same place: neither was paired with another one before."""
        return (
            self._to_actual.setdefault(expected, actual) == actual
            and self._to_expected.setdefault(actual, expected) == expected
        )

    def remark(self, expected, actual):
        """Why a pair that is not the same is not."""
        if expected in self._to_actual and self._to_actual[expected] != actual:
            return f"elsewhere in this case it is {self._to_actual[expected]} where {expected} is expected"
        return f"elsewhere in this case {self._to_expected.get(actual)} is expected where it is {actual}"


class Exact:
    """Bit for bit."""

    @staticmethod
    def same(expected, actual):
        return expected == actual

    @staticmethod
    def remark(_expected, _actual):
        return "hashes are compared bit for bit"


def _empty_maps(value, path=()):
    if isinstance(value, dict):
        for name, member in value.items():
            if member == {}:
                yield (*path, name)
            yield from _empty_maps(member, (*path, name))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from _empty_maps(element, (*path, index))


def for_case(expected, exact):
    """The comparison of hashes for one case.

    The reference hashes the stored set. Where the corpus' stored set lost explicit empty maps that `defaulted` has, its
    hash is one of a set that no API server stores, and there is nothing to compare bit for bit.
    """
    if not exact:
        return Renaming()
    for stored in expected.get("objects", {}).get("PodCliqueSet", []):
        lost = set(_empty_maps(expected["defaulted"]["spec"])) - set(_empty_maps(stored["spec"]))
        if lost:
            return Renaming()
    return Exact()
