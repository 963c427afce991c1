"""Grove's defaulting webhook, played by the library: what it hands on is judged by a real API server."""

import base64
import contextlib
import http.server
import json
import ssl
import subprocess
import threading

from cluster import LOOPBACK

NAME = 'defaulting.webhooks.grove.io'
PATH = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations'


def answer(library, review):
    """The AdmissionReview that answers `review`: the completed spec as a patch, nulls included, or a refusal."""
    admission = library.answer({'manifest': review['request']['object']})['admission']
    response = {'uid': review['request']['uid'], 'allowed': True}
    if 'mutationError' in admission:
        response.update(allowed=False, status={'code': 400, 'message': admission['mutationError']})
    else:
        patch = [{'op': 'add', 'path': '/spec', 'value': admission['defaulted']['spec']}]
        response.update(patchType='JSONPatch', patch=base64.b64encode(json.dumps(patch).encode()).decode())
    return {'apiVersion': review['apiVersion'], 'kind': review['kind'], 'response': response}


def handler_of(library):
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = 'HTTP/1.1'

        def do_POST(self):
            review = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
            with lock:
                body = json.dumps(answer(library, review)).encode()
            self.send_response(200)
            self.send_header('Content-Type', 'application/json')
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    return Handler


def configuration(port, certificate):
    rule = {'apiGroups': ['grove.io'], 'apiVersions': ['v1alpha1'], 'operations': ['CREATE', 'UPDATE'],
            'resources': ['podcliquesets'], 'scope': 'Namespaced'}
    client = {'url': f'https://{LOOPBACK}:{port}/', 'caBundle': base64.b64encode(certificate.read_bytes()).decode()}
    return {
        'apiVersion': 'admissionregistration.k8s.io/v1', 'kind': 'MutatingWebhookConfiguration',
        'metadata': {'name': NAME},
        'webhooks': [{'name': NAME, 'clientConfig': client, 'rules': [rule], 'failurePolicy': 'Fail',
                      'sideEffects': 'None', 'admissionReviewVersions': ['v1'], 'timeoutSeconds': 10}],
    }


@contextlib.contextmanager
def serving(cluster, library, is_active):
    """Registers the webhook for as long as the context lasts. `is_active` tells whether the server asks it already."""
    key, certificate = cluster.folder / 'webhook.key', cluster.folder / 'webhook.crt'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', f'/CN={LOOPBACK}',
                    '-addext', f'subjectAltName=IP:{LOOPBACK}', '-keyout', key, '-out', certificate],
                   check=True, capture_output=True)
    server = http.server.ThreadingHTTPServer((LOOPBACK, 0), handler_of(library))
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        status, reply = cluster.client.request('POST', PATH, configuration(server.server_address[1], certificate))
        if status != 201:
            raise SystemExit(f'the webhook is refused: {reply}')
        cluster.wait_for(is_active, 'the webhook', seconds=60)
        yield
    finally:
        cluster.client.request('DELETE', f'{PATH}/{NAME}')
        server.shutdown()
        thread.join()
        server.server_close()
