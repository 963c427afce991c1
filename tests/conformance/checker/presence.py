"""Which members of the API tell an explicit zero from an absent value.

Most scalars of Kubernetes' types do not: a plain "", false or 0 of the manifest vanishes when a child is written. Those
below do (their Go types are pointers), and there the explicit zero says something.
"""

from checker.jsontext import Number

TRACKED = frozenset("""
    activeDeadlineSeconds allowPrivilegeEscalation apiGroup automountServiceAccountToken averageUtilization
    blockOwnerDeletion cachingMode cliqueStartupType controller defaultMode deletionGracePeriodSeconds
    enableServiceLinks expirationSeconds fsGroup fsGroupChangePolicy gmsaCredentialSpec gmsaCredentialSpecName
    hostProcess hostUsers hostnameOverride initiatorName localhostProfile maxExpirationSeconds minAvailable minDomains
    minReplicas mode mountPropagation nodeAffinityPolicy nodeTaintsPolicy optional preemptionPolicy priority privileged
    procMount readOnlyRootFilesystem recursiveReadOnly resourceClaimName resourceClaimTemplateName runAsGroup
    runAsNonRoot runAsUser runAsUserName runtimeClassName seLinuxChangePolicy selectPolicy service setHostnameAsFQDN
    shareProcessNamespace stabilizationWindowSeconds stopSignal storageClassName supplementalGroupsPolicy
    terminationDelay terminationGracePeriodSeconds tolerance tolerationSeconds volumeAttributesClassName volumeMode
    """.split())

# The same for names that are plain elsewhere: (member that holds the object, member).
TRACKED_IN = frozenset(
    {
        ("azureDisk", "fsType"),
        ("azureDisk", "kind"),
        ("azureDisk", "readOnly"),
        ("clusterTrustBundle", "name"),
        ("clusterTrustBundle", "signerName"),
        ("containers", "restartPolicy"),
        ("csi", "fsType"),
        ("csi", "readOnly"),
        ("dataSourceRef", "namespace"),
        ("fc", "lun"),
        ("hostPath", "type"),
        ("initContainers", "restartPolicy"),
        ("options", "value"),
        ("podCliqueScalingGroups", "replicas"),
    }
)

# Maps from the user's keys to values: an entry with an empty value is an entry.
FREE_MAPS = frozenset(
    "annotations labels matchLabels nodeSelector parameters selector volumeAttributes limits requests overhead".split()
)


def is_zero(value):
    """Whether the value is a plain zero: "", false or 0."""
    return value == "" or value is False or (isinstance(value, Number) and value.value == 0)


def may_vanish(holder, name):
    """Whether a zero of member `name`, in an object held by member `holder`, is the same as none."""
    return name not in TRACKED and (holder, name) not in TRACKED_IN and holder not in FREE_MAPS


def explicit_zeros(value, holder=""):
    """The names of the members that hold an explicit zero which may vanish, anywhere in a tree."""
    names = set()
    if isinstance(value, dict):
        for name, member in value.items():
            if is_zero(member):
                if may_vanish(holder, name):
                    names.add(name)
            else:
                names |= explicit_zeros(member, name)
    elif isinstance(value, list):
        for element in value:
            names |= explicit_zeros(element, holder)
    return names
