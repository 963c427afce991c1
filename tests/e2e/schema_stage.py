"""Whether an API server with the definitions of `grove crd` says what the library says at the stage of the schema.

Every manifest of the corpus is sent twice: as it was written, which the server prunes, completes and judges by the
schema alone, and as Grove's webhook would hand it on.
"""

import collections
import concurrent.futures
import copy
import json

from corpus import cases

FILES = ('feature', 'invalid', 'random', 'update')
PATH = '/apis/grove.io/v1alpha1/namespaces/{}/podcliquesets?dryRun=All&fieldValidation=Ignore'
SERVER_METADATA = ('creationTimestamp', 'generation', 'managedFields', 'uid', 'resourceVersion')


def with_namespace(manifest):
    """As a client completes it: what has no namespace gets that of the request."""
    manifest = copy.deepcopy(manifest)
    metadata = manifest.get('metadata') if isinstance(manifest, dict) else None
    if isinstance(metadata, dict) and not metadata.get('namespace'):
        metadata['namespace'] = 'default'
    return manifest


def namespace_of(manifest):
    metadata = manifest.get('metadata')
    namespace = metadata.get('namespace') if isinstance(metadata, dict) else None
    return namespace if isinstance(namespace, str) and namespace.strip() and '/' not in namespace else 'default'


def has_null(value):
    if isinstance(value, dict):
        return any(has_null(member) for member in value.values())
    if isinstance(value, list):
        return any(has_null(element) for element in value)
    return value is None


def server_errors(answer):
    """The set of (reason, field) of a refusal."""
    causes = (answer.get('details') or {}).get('causes') or []
    return {(cause.get('reason'), cause.get('field')) for cause in causes}


def library_errors(errors):
    return {(error['type'], error['field'] or '<nil>') for error in errors}


def without_server_metadata(stored):
    stored = copy.deepcopy(stored)
    for key in SERVER_METADATA:
        stored['metadata'].pop(key, None)
    return stored


class Report:
    def __init__(self):
        self.counts = collections.Counter()
        self.differences = []

    def same(self, what, equal, where, detail):
        self.counts[what, bool(equal)] += 1
        if not equal:
            self.differences.append(f'{where}: {what}: {detail}')

    def print(self):
        for difference in self.differences:
            print(difference)
        whats = sorted({what for what, _ in self.counts})
        for what in whats:
            print(f'{what}: {self.counts[what, True]} the same, {self.counts[what, False]} different')
        return all(self.counts[what, False] == 0 for what in whats)


def judge_raw(cluster, report, where, manifest, answer):
    """The manifest as it was written."""
    admission = answer['admission']
    status, reply = cluster.client.request('POST', PATH.format(namespace_of(manifest)), manifest)
    if 'schemaRaw' not in admission:
        # Its metadata cannot be read, or it is another kind: refused before any schema.
        report.same('unreadable manifests', status == 400, where, f'{status} {json.dumps(reply)[:600]}')
        return
    ours = library_errors(admission['schemaRaw'])
    theirs = server_errors(reply) if status == 422 else set()
    report.same('verdict on manifests', (status == 201) == (not ours) and status in (201, 422), where,
                f'{status} {sorted(map(str, theirs))} {sorted(ours)} {reply.get("message", "")[:300]}')
    report.same('errors of manifests', theirs == ours, where,
                f'only the server {sorted(map(str, theirs - ours))}, only the library {sorted(ours - theirs)}')
    if status == 201:
        stored = without_server_metadata(reply)
        report.same('stored objects', stored == admission['crdDefaulted'], where,
                    f'server {json.dumps(stored)[:1500]} library {json.dumps(admission["crdDefaulted"])[:1500]}')


def judge_defaulted(cluster, report, where, answer):
    """The object as Grove's webhook hands it on. Nulls that it wrote are gone when they are sent: see README.md."""
    admission = answer['admission']
    if 'defaulted' not in admission or admission.get('mutationError'):
        return
    defaulted = admission['defaulted']
    status, reply = cluster.client.request('POST', PATH.format(namespace_of(defaulted)), defaulted)
    ours = library_errors(admission['schema'])
    theirs = server_errors(reply) if status == 422 else set()
    if has_null(defaulted):
        report.same('verdict on completed objects with null', (status == 201) == (not ours), where,
                    f'{status} {sorted(ours)}')
        return
    report.same('verdict on completed objects', (status == 201) == (not ours) and status in (201, 422), where,
                f'{status} {sorted(ours)} {reply.get("message", "")[:300]}')
    report.same('errors of completed objects', theirs == ours, where,
                f'only the server {sorted(map(str, theirs - ours))}, only the library {sorted(ours - theirs)}')
    if status == 201:
        report.same('completed objects are stored as they are', without_server_metadata(reply) == defaulted, where,
                    f'server {json.dumps(reply)[:1500]} library {json.dumps(defaulted)[:1500]}')


def manifests_of(case):
    for key in ('manifest', 'old'):
        if case.get(key) is not None:
            yield key, {**{k: v for k, v in case.items() if k != 'old'}, 'manifest': with_namespace(case[key])}


def check(cluster, library, workers):
    report = Report()
    jobs = []
    for name, number, case, _ in cases(*FILES):
        for key, request in manifests_of(case):
            answer = library.answer(request)
            if 'configError' not in answer['admission']:
                jobs.append((f'{name}:{number} {key}', request['manifest'], answer))

    def judge(job):
        where, manifest, answer = job
        judge_raw(cluster, report, where, manifest, answer)
        judge_defaulted(cluster, report, where, answer)

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(judge, jobs):
            pass
    print(f'== schema: {len(jobs)} manifests')
    return report.print()
