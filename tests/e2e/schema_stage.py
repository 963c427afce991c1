"""Whether an API server with the definitions of `grove crd` says what the library says at the stage of the schema.

Every manifest of the corpus is sent twice: as it was written, which the server prunes, completes and judges by the
schema alone; then again while the library plays Grove's defaulting webhook, so that the server judges what it hands on.
"""

import collections
import concurrent.futures
import copy
import json

import webhook
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


def server_errors(answer):
    """The set of (reason, field) of a refusal."""
    causes = (answer.get('details') or {}).get('causes') or []
    return {(cause.get('reason'), cause.get('field')) for cause in causes if not is_remark_on_range(cause)}


def is_remark_on_range(cause):
    """Expression rules stop at a number beyond int32, and Kubernetes 1.36 says so without naming a field. The rule on
    `spec.replicas` says the same with it; of other numbers only the webhook minds, which runs before the rules do.
    """
    return cause.get('field') == '<nil>' and 'must be of type integer with format int32' in cause['message']


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


def judge_with_webhook(cluster, report, where, manifest, answer):
    """The manifest once more, completed by the webhook in between."""
    admission = answer['admission']
    if 'schemaRaw' not in admission:
        return
    status, reply = cluster.client.request('POST', PATH.format(namespace_of(manifest)), manifest)
    if 'mutationError' in admission:
        report.same('manifests that the webhook cannot read', status == 400, where, f'{status} {reply.get("message")}')
        return
    ours = library_errors(admission['schema'])
    theirs = server_errors(reply) if status == 422 else set()
    report.same('verdict with the webhook', (status == 201) == (not ours) and status in (201, 422), where,
                f'{status} {sorted(map(str, theirs))} {sorted(ours)} {reply.get("message", "")[:300]}')
    report.same('errors with the webhook', theirs == ours, where,
                f'only the server {sorted(map(str, theirs - ours))}, only the library {sorted(ours - theirs)}')
    if status == 201:
        stored = without_server_metadata(reply)
        report.same('stored objects with the webhook', stored == admission['defaulted'], where,
                    f'server {json.dumps(stored)[:1500]} library {json.dumps(admission["defaulted"])[:1500]}')


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

    def run(judge):
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            for _ in pool.map(lambda job: judge(cluster, report, *job), jobs):
                pass

    def is_completed():
        status, reply = cluster.client.request('POST', PATH.format('default'), jobs[0][1])
        return status == 201 and 'terminationDelay' in reply['spec']['template']

    run(judge_raw)
    with webhook.serving(cluster, library, is_completed):
        run(judge_with_webhook)
    print(f'== schema: {len(jobs)} manifests')
    return report.print()
