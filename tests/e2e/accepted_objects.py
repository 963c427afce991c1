"""Whether an API server accepts every object that the library makes, at least where it accepts the reference's.

All objects are sent to be created, as a dry run. Nothing but their namespaces exists in the cluster, so that no answer
depends on the order; what a name or an owner stands for is not looked up.
"""

import collections
import concurrent.futures
import copy
import json

from corpus import cases

FILES = ('feature', 'invalid', 'random')

# Kinds of the corpus: where they are created, and whether in a namespace.
RESOURCES = {
    'ClusterTopologyBinding': ('/apis/grove.io/v1alpha1', 'clustertopologybindings', False),
    'ComputeDomain': ('/apis/resource.nvidia.com/v1beta1', 'computedomains', True),
    'HorizontalPodAutoscaler': ('/apis/autoscaling/v2', 'horizontalpodautoscalers', True),
    'Pod': ('/api/v1', 'pods', True),
    'PodClique': ('/apis/grove.io/v1alpha1', 'podcliques', True),
    'PodCliqueScalingGroup': ('/apis/grove.io/v1alpha1', 'podcliquescalinggroups', True),
    'PodCliqueSet': ('/apis/grove.io/v1alpha1', 'podcliquesets', True),
    'PodGang': ('/apis/scheduler.grove.io/v1alpha1', 'podgangs', True),
    'PodGroup.scheduling.run.ai': ('/apis/scheduling.run.ai/v2alpha2', 'podgroups', True),
    'PodGroup.scheduling.volcano.sh': ('/apis/scheduling.volcano.sh/v1beta1', 'podgroups', True),
    'ResourceClaim': ('/apis/resource.k8s.io/v1', 'resourceclaims', True),
    'Role': ('/apis/rbac.authorization.k8s.io/v1', 'roles', True),
    'RoleBinding': ('/apis/rbac.authorization.k8s.io/v1', 'rolebindings', True),
    'Secret': ('/api/v1', 'secrets', True),
    'Service': ('/api/v1', 'services', True),
    'ServiceAccount': ('/api/v1', 'serviceaccounts', True),
    'Topology.kai.scheduler': ('/apis/kai.scheduler/v1alpha1', 'topologies', False),
}


def definition(group, version, kind, plural, scope='Namespaced'):
    """A definition that takes anything, for kinds that belong to others."""
    free = {'type': 'object', 'x-kubernetes-preserve-unknown-fields': True}
    return {
        'apiVersion': 'apiextensions.k8s.io/v1', 'kind': 'CustomResourceDefinition',
        'metadata': {'name': f'{plural}.{group}', 'annotations': {'api-approved.kubernetes.io': 'unapproved, for a test'}},
        'spec': {
            'group': group, 'scope': scope,
            'names': {'kind': kind, 'plural': plural, 'singular': kind.lower(), 'listKind': f'{kind}List'},
            'versions': [{'name': version, 'served': True, 'storage': True, 'schema': {'openAPIV3Schema': free}}],
        },
    }


FOREIGN_DEFINITIONS = [
    definition('resource.nvidia.com', 'v1beta1', 'ComputeDomain', 'computedomains'),
    definition('scheduling.run.ai', 'v2alpha2', 'PodGroup', 'podgroups'),
    definition('scheduling.volcano.sh', 'v1beta1', 'PodGroup', 'podgroups'),
    definition('kai.scheduler', 'v1alpha1', 'Topology', 'topologies', scope='Cluster'),
]


def prepared(document):
    """As it would be sent: pods named as an API server names them, owners with the uid that only a cluster knows."""
    document = json.loads(json.dumps(document).replace('~', 'x'))
    metadata = document['metadata']
    for key in ('resourceVersion', 'uid'):
        metadata.pop(key, None)
    for owner in metadata.get('ownerReferences', []):
        owner.setdefault('uid', '00000000-0000-0000-0000-000000000000')
    return document


def path_of(kind, document):
    prefix, plural, namespaced = RESOURCES[kind]
    namespace = f'/namespaces/{document["metadata"]["namespace"]}' if namespaced else ''
    return f'{prefix}{namespace}/{plural}?dryRun=All&fieldValidation=Strict'


def keyed(objects):
    """(kind, namespace, name) -> document."""
    result = {}
    for kind, documents in objects.items():
        for document in documents:
            document = prepared(document)
            metadata = document['metadata']
            result[kind, metadata.get('namespace', ''), metadata.get('name', '')] = document
    return result


class Sender:
    """Sends each document once: equal ones get the same answer."""

    def __init__(self, cluster):
        self.cluster = cluster
        self.answers = {}

    def refusal(self, kind, document):
        key = kind + json.dumps(document, sort_keys=True)
        if key not in self.answers:
            status, answer = self.cluster.client.request('POST', path_of(kind, document), document)
            self.answers[key] = None if status == 201 else f'{status} {answer.get("message", "")}'
        return self.answers[key]


def check(cluster, library, workers):
    jobs = []
    for name, number, case, expected in cases(*FILES):
        answer = library.answer({key: value for key, value in case.items() if key != 'old'})
        ours, theirs = keyed(answer.get('objects', {})), keyed(expected.get('objects', {}))
        jobs += [(f'{name}:{number}', key, ours.get(key), theirs.get(key)) for key in ours.keys() | theirs.keys()]
    cluster.make_namespaces(sorted({key[1] for _, key, _, _ in jobs if key[1]}))
    sender = Sender(cluster)

    def send(job):
        where, key, ours, theirs = job
        return where, key, *(sender.refusal(key[0], document) if document is not None else 'absent'
                             for document in (ours, theirs))

    counts = collections.Counter()
    findings = []
    shared = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for where, key, ours, theirs in pool.map(send, jobs):
            counts['library', key[0], ours is None] += ours != 'absent'
            counts['reference', key[0], theirs is None] += theirs != 'absent'
            if ours not in (None, 'absent') and theirs in (None, 'absent'):
                findings.append(f'{where}: {"/".join(key)}: only the library\'s is refused: {ours}')
            elif ours is None and theirs not in (None, 'absent'):
                findings.append(f'{where}: {"/".join(key)}: only the reference\'s is refused: {theirs}')
            elif ours not in (None, 'absent'):
                shared[key[0], ours[-160:]] += 1
    print(f'== objects: {len(jobs)} objects, {len(sender.answers)} different ones sent')
    for kind in RESOURCES:
        print(f'{kind}: library {counts["library", kind, True]} accepted {counts["library", kind, False]} refused, '
              f'reference {counts["reference", kind, True]} accepted {counts["reference", kind, False]} refused')
    for (kind, text), count in shared.most_common(20):
        print(f'both are refused {count} times: {kind}: {text}')
    for finding in findings[:50]:
        print(finding)
    return not any("only the library's" in finding for finding in findings)
