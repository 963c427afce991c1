"""Whether placements on a real cluster's objects can come true: an API server with 1,000 nodes, its JSON as input.

The nodes are of every sort that clusters have: cordoned, not ready, tainted, without labels, full. What `grove place` decides
is checked here once more from the objects alone, then carried out: pods are created, ungated and bound. If kube-scheduler is
among the components, it does the binding instead, each pod pinned to its node, so that its own filters judge too.
"""

import collections
import json
import pathlib
import subprocess
import tempfile

from cluster import LOOPBACK, TOKEN

ROOT = pathlib.Path(__file__).parents[2]
MANIFEST = ROOT / 'examples/manifests/multinode-disaggregated.yaml'
NAMESPACE = 'inference'
REPLICAS = 50  # more than fit
NODES = 1000
GPUS = 8
NOT_READY = 'node.kubernetes.io/not-ready'
LEVELS = {'zone': 'topology.kubernetes.io/zone', 'block': 'network.example.com/block',
          'rack': 'network.example.com/rack'}


# ---- The cluster -----------------------------------------------------------------------------------------------------

def node(index):
    """64 nodes a block, 8 a rack, two racks of each block without GPUs; every so many-th is out of order."""
    name = f'node-{index:04}'
    labels = {'kubernetes.io/hostname': name, LEVELS['zone']: f'zone-{index // 512}',
              LEVELS['block']: f'block-{index // 64}', LEVELS['rack']: f'rack-{index // 8}'}
    if index % 97 == 5:
        labels.pop(LEVELS['rack'])
    allocatable = {'cpu': '190', 'memory': '2113536Mi', 'ephemeral-storage': '3400Gi', 'pods': '110'}
    taints = []
    if index // 8 % 8 not in (0, 1):
        allocatable.update({'nvidia.com/gpu': str(GPUS), 'rdma/ib': '8'})
        taints.append({'key': 'nvidia.com/gpu', 'value': 'present', 'effect': 'NoSchedule'})
    if index % 53 == 7:
        taints.append({'key': 'maintenance', 'effect': 'NoExecute'})
    ready = index % 41 != 3
    return {
        'apiVersion': 'v1', 'kind': 'Node', 'metadata': {'name': name, 'labels': labels},
        'spec': {'taints': taints, **({'unschedulable': True} if index % 43 == 11 else {})},
        'status': {'allocatable': allocatable, 'capacity': allocatable, 'conditions': [
            {'type': 'MemoryPressure', 'status': 'False', 'reason': 'KubeletHasSufficientMemory'},
            {'type': 'Ready', 'status': str(ready), 'reason': 'KubeletReady' if ready else 'KubeletNotReady'}]},
    }


def running_pods(index):
    """An agent everywhere, and on some nodes a job: that runs, that has ended, or that is on its way out."""
    container = {'name': 'main', 'image': 'registry.example.com/agent:1'}
    pods = [('agent', 'Running', {'requests': {'cpu': '100m', 'memory': '50Mi'}})]
    if index // 8 % 8 not in (0, 1) and index % 5 < 3:
        gpus = {'nvidia.com/gpu': str(GPUS if index % 5 == 2 else 4)}
        pods.append(('job', ('Running', 'Succeeded', 'Running')[index % 5], {'limits': gpus, 'requests': gpus}))
    for kind, phase, resources in pods:
        yield {
            'apiVersion': 'v1', 'kind': 'Pod', 'metadata': {'namespace': 'others', 'name': f'{kind}-{index:04}'},
            'spec': {'nodeName': f'node-{index:04}', 'terminationGracePeriodSeconds': 3600,
                     'containers': [{**container, 'resources': resources}]},
            'status': {'phase': phase},
        }


def must(answer, *expected):
    status, body = answer
    if status not in expected:
        raise SystemExit(f'{status}: {json.dumps(body)[:500]}')
    return body


def fill(cluster):
    client = cluster.client
    cluster.make_namespaces(['others', NAMESPACE])
    for index in range(NODES):
        made = must(client.request('POST', '/api/v1/nodes', node(index)), 201)
        # The server taints every new node; a controller takes that back once the node is ready.
        if index % 41 != 3:
            made['spec']['taints'] = [taint for taint in made['spec'].get('taints', []) if taint['key'] != NOT_READY]
            must(client.request('PUT', f'/api/v1/nodes/{made["metadata"]["name"]}', made), 200)
        for pod in running_pods(index):
            made = must(client.request('POST', '/api/v1/namespaces/others/pods', pod), 201)
            path = f'/api/v1/namespaces/others/pods/{made["metadata"]["name"]}'
            made['status'] = pod['status']
            must(client.request('PUT', path + '/status', made), 200)
            if index % 5 == 2 and pod['metadata']['name'].startswith('job') and index % 3 == 0:
                must(client.request('DELETE', path), 200)  # it keeps its room until it is gone


def kubectl(cluster, folder):
    """What `kubectl get` prints, in one list."""
    config = folder / 'kubeconfig'
    config.write_text(json.dumps({
        'apiVersion': 'v1', 'kind': 'Config', 'current-context': 'c',
        'clusters': [{'name': 'c', 'cluster': {'server': f'https://{LOOPBACK}:{cluster.port}',
                                               'insecure-skip-tls-verify': True}}],
        'users': [{'name': 'u', 'user': {'token': TOKEN}}],
        'contexts': [{'name': 'c', 'context': {'cluster': 'c', 'user': 'u'}}]}), encoding='utf-8')
    path = folder / 'cluster.json'
    command = [cluster.bin / 'kubectl', '--kubeconfig', config, 'get', 'nodes,pods', '-A', '-o', 'json']
    path.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    return [path]


def raw(cluster, folder):
    """What the API itself answers: typed lists whose items do not tell their kind."""
    paths = []
    for plural in ('nodes', 'pods'):
        path = folder / f'{plural}.json'
        path.write_text(json.dumps(must(cluster.client.request('GET', f'/api/v1/{plural}'), 200)), encoding='utf-8')
        paths.append(path)
    return paths


# ---- grove -----------------------------------------------------------------------------------------------------------

class Grove:
    def __init__(self, command, folder):
        self.command = command
        self.manifest = folder / 'manifest.yaml'
        text = MANIFEST.read_text(encoding='utf-8')
        assert text.count('\nspec:\n  replicas: 1\n') == 1
        self.manifest.write_text(text.replace('\nspec:\n  replicas: 1\n', f'\nspec:\n  replicas: {REPLICAS}\n'),
                                 encoding='utf-8')

    def run(self, verb, *arguments):
        result = subprocess.run([self.command, verb, '-q', '-o', 'json', '-f', self.manifest, *arguments],
                                capture_output=True, check=False)
        if result.returncode not in (0, 1):
            raise SystemExit(f'grove {verb}: exit code {result.returncode}: {result.stderr.decode()}')
        return result.returncode, json.loads(result.stdout)

    def place(self, paths):
        return self.run('place', *(argument for path in paths for argument in ('--cluster', path)))


def amount(text):
    for suffix, factor in (('Ki', 2**10), ('Mi', 2**20), ('Gi', 2**30), ('m', 1e-3)):
        if text.endswith(suffix):
            return float(text[:-len(suffix)]) * factor
    return float(text)


def requests_of(pod):
    """Of pods with plain containers, as all are here; init containers ask for less."""
    total = collections.Counter({'pods': 1})
    for container in pod['spec']['containers']:
        resources = container.get('resources', {})
        for name, text in {**resources.get('limits', {}), **resources.get('requests', {})}.items():
            total[name] += amount(text)
    return total


# ---- The check, from the objects alone ---------------------------------------------------------------------------------

def is_tolerated(taint, pod):
    return any(t.get('key', taint['key']) == taint['key'] and t.get('effect', taint['effect']) == taint['effect'] and
               (t.get('operator') == 'Exists' or t.get('value') == taint.get('value'))
               for t in pod['spec'].get('tolerations', []))


def problems_of(nodes, running, pods, gangs, where):
    """`where`: node by pod name."""
    nodes = {item['metadata']['name']: item for item in nodes}
    free = {name: collections.Counter({key: amount(text) for key, text in item['status']['allocatable'].items()})
            for name, item in nodes.items()}
    for pod in running:
        if pod['spec'].get('nodeName') and pod['status']['phase'] not in ('Succeeded', 'Failed'):
            free[pod['spec']['nodeName']].subtract(requests_of(pod))
    for name, node_name in where.items():
        item, pod = nodes[node_name], pods[name]
        for key, needed in requests_of(pod).items():
            free[node_name][key] -= needed
            if free[node_name][key] < 0:
                yield f'{node_name} has not enough {key} for {name}'
        if not any(c['type'] == 'Ready' and c['status'] == 'True' for c in item['status']['conditions']):
            yield f'{name} is on {node_name}, which is not ready'
        if item['spec'].get('unschedulable'):
            yield f'{name} is on {node_name}, which is cordoned'
        for taint in item['spec'].get('taints', []):
            if taint['effect'] != 'PreferNoSchedule' and not is_tolerated(taint, pod):
                yield f'{name} does not tolerate {taint["key"]} of {node_name}'
    for gang in gangs:
        yield from problems_of_gang(gang, nodes, where)


def problems_of_gang(gang, nodes, where):
    groups = {group['name']: [where[reference['name']] for reference in group['podReferences'] if reference['name'] in where]
              for group in gang['spec']['podgroups']}
    if not any(groups.values()):
        return
    for group in gang['spec']['podgroups']:
        if len(groups[group['name']]) < group['minReplicas']:
            yield f'{gang["metadata"]["name"]}: too few pods of {group["name"]}'
    scopes = [(gang['spec'].get('topologyConstraint'), list(groups))]
    scopes += [(config.get('topologyConstraint'), config['podGroupNames'])
               for config in gang['spec'].get('topologyConstraintGroupConfigs', [])]
    scopes += [(group.get('topologyConstraint'), [group['name']]) for group in gang['spec']['podgroups']]
    for constraint, names in scopes:
        key = ((constraint or {}).get('packConstraint') or {}).get('required')
        domains = {nodes[node_name]['metadata']['labels'].get(key, node_name) for name in names for node_name in groups[name]}
        if key and len(domains) > 1:
            yield f'{gang["metadata"]["name"]}: {names} are in {len(domains)} domains of {key}'


# ---- Carrying it out ---------------------------------------------------------------------------------------------------

def create(cluster, pod):
    pod = json.loads(json.dumps(pod))
    pod['metadata'].pop('ownerReferences', None)  # the owners are no part of this test
    pod['spec'].pop('schedulingGates', None)
    return must(cluster.client.request('POST', f'/api/v1/namespaces/{NAMESPACE}/pods', pod), 201)


def bind(cluster, where, pods):
    """As a scheduler does it: pods are created gated, ungated once their gang is known, then bound."""
    gated = 0
    for name, node_name in where.items():
        path = f'/api/v1/namespaces/{NAMESPACE}/pods/{name}'
        pod = json.loads(json.dumps(pods[name]))
        pod['metadata'].pop('ownerReferences', None)
        must(cluster.client.request('POST', f'/api/v1/namespaces/{NAMESPACE}/pods', pod), 201)
        binding = {'apiVersion': 'v1', 'kind': 'Binding', 'metadata': {'name': name},
                   'target': {'apiVersion': 'v1', 'kind': 'Node', 'name': node_name}}
        if pod['spec'].get('schedulingGates'):
            must(cluster.client.request('POST', path + '/binding', binding), 409)  # not before it is ungated
            made = must(cluster.client.request('GET', path), 200)
            made['spec']['schedulingGates'] = []
            must(cluster.client.request('PUT', path, made), 200)
            gated += 1
        must(cluster.client.request('POST', path + '/binding', binding), 201)
    return gated


def let_scheduler_bind(cluster, where, pods, folder):
    """Each pod asks for its node by name; all other filters are the scheduler's own. Says what it left."""
    cluster.run('kube-scheduler', f'--kubeconfig={folder / "kubeconfig"}', '--leader-elect=false', '--secure-port=0')
    for name, node_name in where.items():
        pod = json.loads(json.dumps(pods[name]))
        pod['metadata']['name'] = f'pinned-{name}'
        pod['spec'].update(schedulerName='default-scheduler', affinity={'nodeAffinity': {
            'requiredDuringSchedulingIgnoredDuringExecution': {'nodeSelectorTerms': [{'matchFields': [
                {'key': 'metadata.name', 'operator': 'In', 'values': [node_name]}]}]}}})
        # Volumes need claims and a controller that binds them; placement does not look at them either, and says so.
        claims = {volume['name'] for volume in pod['spec'].get('volumes', []) if 'persistentVolumeClaim' in volume}
        pod['spec']['volumes'] = [v for v in pod['spec'].get('volumes', []) if v['name'] not in claims]
        for container in pod['spec']['containers'] + pod['spec'].get('initContainers', []):
            container['volumeMounts'] = [m for m in container.get('volumeMounts', []) if m['name'] not in claims]
        create(cluster, pod)

    def left():
        listed = must(cluster.client.request('GET', f'/api/v1/namespaces/{NAMESPACE}/pods'), 200)['items']
        return {pod['metadata']['name'] for pod in listed if not pod['spec'].get('nodeName')}

    cluster.wait_for(lambda: not left(), f'every pinned pod on its node; left: {sorted(left())[:3]}', seconds=120)
    for name in where:
        must(cluster.client.request(
            'DELETE', f'/api/v1/namespaces/{NAMESPACE}/pods/pinned-{name}?gracePeriodSeconds=0'), 200)


# ---- The part of tests/e2e/run -----------------------------------------------------------------------------------------

def placed(result):
    """Node by pod name, the gangs that are placed, and the names of pods that only their place in a group tells."""
    return {(gang['name'], pod['group'], pod.get('candidate', 0)): pod['node']
            for gang in result['gangs'] for pod in gang.get('pods', [])}


def check(cluster, command):
    good = True
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        grove = Grove(command, folder)
        fill(cluster)
        printed = kubectl(cluster, folder)
        code, result = grove.place(printed)
        if (code, result) != grove.place(raw(cluster, folder)):
            good = False
            print('kubectl\'s JSON and the API\'s own lead to different placements')
        objects = grove.run('expand')[1]['items']
        pods = {item['metadata']['name']: item for item in objects if item['kind'] == 'Pod'}
        gangs = [item for item in objects if item['kind'] == 'PodGang']
        by_group = {(gang['metadata']['name'], group['name']): [r['name'] for r in group['podReferences']]
                    for gang in gangs for group in gang['spec']['podgroups']}
        where = {by_group[gang, group][candidate]: node for (gang, group, candidate), node in placed(result).items()}
        listed = json.loads(printed[0].read_bytes())['items']
        nodes, running = ([item for item in listed if item['kind'] == kind] for kind in ('Node', 'Pod'))
        problems = list(problems_of(nodes, running, pods, gangs, where))
        some = 0 < result.get('placed', 0) < len(gangs)
        # A check that finds nothing must be able to find something.
        rotated = dict(zip(where, [*list(where.values())[1:], 'node-0002']))
        good = good and not problems and some and any(problems_of(nodes, running, pods, gangs, rotated))
        print(f'{result.get("placed", 0)} of {len(gangs)} gangs placed, {len(where)} pods, {len(problems)} problems')
        for problem in problems[:10]:
            print(' ', problem)
        capacity = grove.run('capacity', '--cluster', printed[0])[1]['subjects'][0]
        print(f'capacity: {capacity["baseGangs"]["count"]} base gangs more, at most {capacity["baseGangs"]["atMost"]}')
        if (cluster.bin / 'kube-scheduler').exists():
            let_scheduler_bind(cluster, where, pods, folder)
            print(f'kube-scheduler: {len(where)} pods accepted on their nodes')
        gated = bind(cluster, where, pods)
        print(f'{len(where)} pods bound, {gated} of them ungated first')
        code, again = grove.place(kubectl(cluster, folder))
        stays = not placed(again) and again.get('placed', 0) == result.get('placed', 0)
        good = good and stays
        print('what runs stays where it is' if stays else f'a second placement moves {len(placed(again))} pods')
    return good
