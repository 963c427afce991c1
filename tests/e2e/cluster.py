"""An API server of its own, on the loopback interface, in a temporary folder, ended with its etcd by process id."""

import http.client
import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time

TOKEN = 'end-to-end'
LOOPBACK = '127.0.0.1'

# They ask for objects that controllers or people make: service accounts, classes of priority and runtime, namespaces.
DISABLED_PLUGINS = 'NamespaceLifecycle,Priority,RuntimeClass,ServiceAccount'


def free_port():
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        return listener.getsockname()[1]


class Client:
    """One connection that is kept; every thread has its own."""

    def __init__(self, port):
        self.context = ssl._create_unverified_context()  # a certificate of its own, on the loopback interface
        self.port = port
        self.connection = None

    def request(self, method, path, body=None):
        """(HTTP status, answer): JSON where it is JSON, else its text."""
        headers = {'Authorization': f'Bearer {TOKEN}', 'Content-Type': 'application/json', 'Accept': 'application/json'}
        data = None if body is None else json.dumps(body).encode()
        for attempt in range(2):
            if self.connection is None:
                self.connection = http.client.HTTPSConnection(LOOPBACK, self.port, context=self.context, timeout=60)
            try:
                self.connection.request(method, path, data, headers)
                response = self.connection.getresponse()
                text = response.read().decode()
                is_json = response.headers.get_content_type() == 'application/json'
                return response.status, json.loads(text) if is_json else text
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
                self.connection = None
                if attempt:
                    raise
        return None


class Cluster:
    def __init__(self, components):
        self.bin = pathlib.Path(components) / 'bin'
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='grove-e2e-'))
        self.processes = []
        self.port = free_port()
        self.local = threading.local()

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def run(self, program, *arguments):
        log = open(self.folder / f'{program}.log', 'wb')
        self.processes.append(subprocess.Popen([self.bin / program, *arguments], stdout=log, stderr=log))

    def start(self):
        etcd, peers = free_port(), free_port()
        self.run('etcd', f'--data-dir={self.folder}/etcd', f'--listen-client-urls=http://{LOOPBACK}:{etcd}',
                 f'--advertise-client-urls=http://{LOOPBACK}:{etcd}', f'--listen-peer-urls=http://{LOOPBACK}:{peers}',
                 f'--initial-advertise-peer-urls=http://{LOOPBACK}:{peers}',
                 f'--initial-cluster=default=http://{LOOPBACK}:{peers}', '--unsafe-no-fsync')
        key, public = self.folder / 'account.key', self.folder / 'account.pub'
        subprocess.run(['openssl', 'genrsa', '-out', key, '2048'], check=True, capture_output=True)
        subprocess.run(['openssl', 'rsa', '-in', key, '-pubout', '-out', public], check=True, capture_output=True)
        tokens = self.folder / 'tokens.csv'
        tokens.write_text(f'{TOKEN},admin,uid,system:masters\n', encoding='utf-8')
        self.run('kube-apiserver', f'--etcd-servers=http://{LOOPBACK}:{etcd}', f'--bind-address={LOOPBACK}',
                 f'--secure-port={self.port}', f'--cert-dir={self.folder}/certificates',
                 '--service-account-issuer=https://kubernetes.example.com', f'--service-account-key-file={public}',
                 f'--service-account-signing-key-file={key}', f'--token-auth-file={tokens}',
                 '--service-cluster-ip-range=10.0.0.0/16', '--authorization-mode=RBAC',
                 f'--disable-admission-plugins={DISABLED_PLUGINS}', '--enable-priority-and-fairness=false',
                 '--max-requests-inflight=0', '--max-mutating-requests-inflight=0')
        self.wait_for(lambda: self.client.request('GET', '/readyz')[0] == 200, 'the API server', seconds=180)

    @property
    def client(self):
        if not hasattr(self.local, 'client'):
            self.local.client = Client(self.port)
        return self.local.client

    def wait_for(self, condition, what, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for process in self.processes:
                if process.poll() is not None:
                    raise SystemExit(f'{process.args[0]} ended: see {self.folder}')
            try:
                if condition():
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.3)
        raise SystemExit(f'{what} did not become ready: see {self.folder}')

    def apply_definitions(self, definitions):
        """Creates CustomResourceDefinitions and waits until their objects can be made."""
        path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
        for definition in definitions:
            name = definition['metadata']['name']
            status, answer = self.client.request('POST', path + '?fieldValidation=Strict', definition)
            if status != 201:
                raise SystemExit(f'{name} is refused: {json.dumps(answer)}')
            self.wait_for(lambda name=name: self.established(path + '/' + name), name, seconds=60)

    def make_namespaces(self, names):
        for name in names:
            namespace = {'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': name}}
            status, answer = self.client.request('POST', '/api/v1/namespaces', namespace)
            if status not in (201, 409):
                raise SystemExit(f'namespace {name} is refused: {json.dumps(answer)}')

    def established(self, path):
        conditions = self.client.request('GET', path)[1].get('status', {}).get('conditions') or []
        truths = {condition['type'] for condition in conditions if condition['status'] == 'True'}
        problems = [condition for condition in conditions
                    if condition['type'] == 'NonStructuralSchema' and condition['status'] == 'True']
        if problems:
            raise SystemExit(f'{path}: {problems}')
        definition = self.client.request('GET', path)[1]['spec']
        version = definition['versions'][0]['name']
        served = self.client.request('GET', f'/apis/{definition["group"]}/{version}/{definition["names"]["plural"]}')[0]
        return {'Established', 'NamesAccepted'} <= truths and served == 200

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if os.environ.get('GROVE_E2E_KEEP') is None:
            shutil.rmtree(self.folder, ignore_errors=True)
