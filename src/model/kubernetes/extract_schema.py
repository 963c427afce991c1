#!/usr/bin/env python3
"""Extracts the shapes of the Kubernetes types that Grove embeds into kubernetes_schema.json.

Usage: extract_schema.py --api DIR --apimachinery DIR --openapi FILE --version VERSION

  --api, --apimachinery  unpacked Go modules k8s.io/api and k8s.io/apimachinery (their Go sources are read)
  --openapi              directory api/openapi-spec/v3 of the module k8s.io/kubernetes of the same minor version
  --version              what the result says it was made from, e.g. v0.35.5

The schema that matters is the one a custom resource definition gets when a Go program embeds these types: it follows
from the Go declarations and their markers (`+optional`, `+default`, `+listType`, `+listMapKey`, `+mapType`,
`+structType`), not from the OpenAPI
document that the API server publishes for its built-in types. The published document is the check: the script fails
if a type, a member, a scalar format, a list key or a default differs, other than in the ways listed in
DIFFERENCES_FROM_OPENAPI. Only the standard library is needed.
"""

import argparse
import json
import pathlib
import re
import sys

# Go import path -> (which module, directory in it, prefix of type names in the table, prefix in the OpenAPI document).
PACKAGES = {
    'k8s.io/api/core/v1': ('api', 'core/v1', 'v1', 'io.k8s.api.core.v1.'),
    'k8s.io/api/resource/v1': ('api', 'resource/v1', 'v1', 'io.k8s.api.resource.v1.'),
    'k8s.io/api/autoscaling/v2': ('api', 'autoscaling/v2', 'v2', 'io.k8s.api.autoscaling.v2.'),
    'k8s.io/apimachinery/pkg/apis/meta/v1': (
        'apimachinery', 'pkg/apis/meta/v1', 'v1', 'io.k8s.apimachinery.pkg.apis.meta.v1.'),
    'k8s.io/apimachinery/pkg/types': ('apimachinery', 'pkg/types', 'types', ''),
}

OPENAPI_FILES = ('api__v1_openapi.json', 'apis__resource.k8s.io__v1_openapi.json', 'apis__autoscaling__v2_openapi.json')

CORE, RESOURCE, AUTOSCALING, META = list(PACKAGES)[:4]

ROOTS = [
    (CORE, 'PodSpec'),
    (AUTOSCALING, 'MetricSpec'),
    (RESOURCE, 'ResourceClaimTemplateSpec'),
    (META, 'ObjectMeta'),
]

# Types that are written in JSON as one scalar or as free content, whatever their Go declaration says.
SPECIAL = {
    ('k8s.io/apimachinery/pkg/api/resource', 'Quantity'): 'quantity',
    ('k8s.io/apimachinery/pkg/util/intstr', 'IntOrString'): 'intOrString',
    ('k8s.io/apimachinery/pkg/runtime', 'RawExtension'): 'runtime.RawExtension',
    (META, 'Time'): 'time',
    (META, 'FieldsV1'): 'v1.FieldsV1',
}

FREE_CONTENT = ('runtime.RawExtension', 'v1.FieldsV1')

SCALARS = {'string': 'string', 'bool': 'boolean', 'int32': 'int32', 'int64': 'int64', 'float64': 'double'}

# An ObjectMeta below the root of an object is an object without known members in a custom resource definition.
EMBEDDED_METADATA = 'v1.EmbeddedObjectMeta'

# What the published document says differently on purpose: (type, member, fact) -> why.
INLINED = 'what is said of an inlined struct holds for the struct that it stands in'
DIFFERENCES_FROM_OPENAPI = {
    ('v1.ConfigMapEnvSource', '(whole)', 'atomic'): INLINED,
    ('v1.ConfigMapProjection', '(whole)', 'atomic'): INLINED,
    ('v1.ConfigMapVolumeSource', '(whole)', 'atomic'): INLINED,
    ('v1.SecretEnvSource', '(whole)', 'atomic'): INLINED,
    ('v1.SecretProjection', '(whole)', 'atomic'): INLINED,
    ('v1.AzureDiskVolumeSource', 'cachingMode', 'default'): 'the marker refers to a Go constant',
    ('v1.AzureDiskVolumeSource', 'kind', 'default'): 'the marker refers to a Go constant',
}

TYPE = re.compile(r'^type (\w+) (.+)$')
FIELD = re.compile(r'^(?:\w+\s+)?([\w.*\[\]]+)\s+`([^`]*)`')
IMPORT = re.compile(r'^(?:(\w+)\s+)?"([^"]+)"$')


def read_package(directory):
    """All type declarations of a package: name -> (underlying type or lines of the struct, imports, markers)."""
    declarations = {}
    for path in sorted(directory.glob('*.go')):
        if path.name.endswith('_test.go') or '.pb.' in path.name or path.name.startswith('zz_'):
            continue
        read_file(path.read_text(encoding='utf-8').split('\n'), declarations)
    return declarations


def read_imports(lines):
    imports = {}
    inside = False
    for line in lines:
        text = line.strip()
        if text == 'import (':
            inside = True
        elif inside and text == ')':
            return imports
        elif inside and (match := IMPORT.match(text)):
            imports[match.group(1) or match.group(2).rsplit('/', 1)[-1]] = match.group(2)
    return imports


def read_file(lines, declarations):
    imports = read_imports(lines)
    number = 0
    markers = []
    while number < len(lines):
        line = lines[number]
        match = TYPE.match(line)
        number += 1
        if not match:
            markers = markers + [line[4:].strip()] if line.startswith('// +') else markers if line.startswith('//') else []
            continue
        name, text = match.groups()
        text = text.split('//')[0].strip()
        if text != 'struct {':
            declarations[name] = (text, imports, markers)
            continue
        start = number
        while lines[number] != '}':
            number += 1
        declarations[name] = (lines[start:number], imports, markers)


def read_fields(lines):
    """Fields of a struct in declaration order: (Go type, tag, markers)."""
    fields = []
    comments = []
    for line in lines:
        text = line.strip()
        if text.startswith('//'):
            comments.append(text[2:].strip())
            continue
        match = FIELD.match(text)
        if match:
            markers = [comment[1:] for comment in comments if comment.startswith('+')]
            fields.append((match.group(1), match.group(2), markers))
            comments = []
        elif text:
            raise SystemExit(f'cannot read the field: {text}')
    return fields


class Extractor:
    def __init__(self, roots):
        self.packages = {
            path: read_package(roots[module] / directory)
            for path, (module, directory, _, _) in PACKAGES.items()
        }
        self.types = {}
        self.origins = {}
        self.atomic = []  # types that are owned as a whole

    def resolve(self, package, text, imports):
        """(package, type name) of a named type as it is spelled in a file of `package`."""
        if '.' in text:
            alias, name = text.split('.')
            return imports[alias], name
        return package, text

    def spell(self, package, text, imports, embedded):
        """The table's spelling of a Go type, and whether it is tracked (pointer), nil-able or a struct."""
        if text.startswith('*'):
            return self.spell(package, text[1:], imports, embedded)[0], 'pointer'
        if text.startswith('[]'):
            return '[]' + self.spell(package, text[2:], imports, embedded)[0], 'nilable'
        if text.startswith('map['):
            return 'map[string]' + self.spell(package, text.split(']', 1)[1], imports, embedded)[0], 'nilable'
        if text in SCALARS:
            return SCALARS[text], 'scalar'
        origin, name = self.resolve(package, text, imports)
        if (origin, name) in SPECIAL:
            special = SPECIAL[(origin, name)]
            return special, 'nilable' if special in FREE_CONTENT else 'struct'
        declaration, its_imports, _ = self.packages[origin][name]
        if isinstance(declaration, str):
            return self.spell(origin, declaration, its_imports, embedded)
        if embedded and (origin, name) == (META, 'ObjectMeta'):
            self.types[EMBEDDED_METADATA] = []
            return EMBEDDED_METADATA, 'struct'
        return self.add(origin, name), 'struct'

    def add(self, package, name):
        spelled = f'{PACKAGES[package][2]}.{name}'
        if self.origins.setdefault(spelled, (package, name)) != (package, name):
            raise SystemExit(f'two types are called {spelled}')
        if spelled not in self.types:
            self.types[spelled] = None  # reserves the name while the members are read
            self.types[spelled] = self.fields(package, name)
            if self.is_atomic(package, name):
                self.atomic.append(spelled)
        return spelled

    def is_atomic(self, package, name):
        """Whether a struct, or one that is inlined in it, is marked so."""
        lines, imports, markers = self.packages[package][name]
        inlined = [text for text, tag, _ in read_fields(lines) if 'json:",inline"' in tag]
        return 'structType=atomic' in markers or any(
            self.is_atomic(*self.resolve(package, text, imports)) for text in inlined)

    def fields(self, package, name):
        lines, imports, _ = self.packages[package][name]
        result = []
        for text, tag, markers in read_fields(lines):
            json_tag = re.search(r'json:"([^"]*)"', tag).group(1).split(',')
            if not json_tag[0] or 'inline' in json_tag[1:]:
                origin, inner = self.resolve(package, text, imports)
                result += self.fields(origin, inner)
                continue
            spelled, kind = self.spell(package, text, imports, package != META)
            result.append(field(json_tag, spelled, kind, markers))
        return result


def field(json_tag, spelled, kind, markers):
    omit_empty = 'omitempty' in json_tag[1:]
    omit_zero = 'omitzero' in json_tag[1:]
    entry = {'name': json_tag[0], 'type': spelled}
    # encoding/json never finds a struct empty, so `omitempty` alone does not omit one.
    if not (omit_zero or (omit_empty and kind != 'struct')):
        entry['presence'] = 'A'
        if kind in ('pointer', 'nilable'):
            entry['nil'] = True
    else:
        entry['presence'] = 'P' if kind == 'pointer' else 'Z'
    if is_required(markers, omit_empty or omit_zero):
        entry['required'] = True
    for marker in markers:
        key, _, value = marker.partition('=')
        if key == 'default' and not value.startswith('ref('):
            entry['default'] = json.loads(value)
        elif key == 'listType' and value != 'atomic':
            entry['list'] = value
        elif key == 'listMapKey':
            entry.setdefault('keys', []).append(value)
        elif key == 'mapType' and value == 'atomic':
            entry['atomic'] = True
    return entry


def is_required(markers, omitted):
    for marker, answer in (('kubebuilder:validation:Optional', False), ('kubebuilder:validation:Required', True),
                           ('optional', False), ('required', True), ('k8s:optional', False), ('k8s:required', True)):
        if marker in markers:
            return answer
    return not omitted


class OpenApiCheck:
    """Compares the extracted types with the definitions that Kubernetes publishes."""

    def __init__(self, definitions, origins, atomic):
        self.definitions = definitions
        self.origins = origins
        self.atomic = atomic
        self.findings = []
        self.used = set()
        self.compared = 0

    def type(self, spelled, fields):
        if spelled == EMBEDDED_METADATA:
            return
        package, name = self.origins[spelled]
        definition = self.definitions[PACKAGES[package][3] + name]
        properties = definition.get('properties', {})
        ours = {entry['name']: entry for entry in fields}
        if set(ours) != set(properties):
            self.findings.append(f'{spelled}: members {sorted(set(ours) ^ set(properties))}')
        published_atomic = definition.get('x-kubernetes-map-type') == 'atomic'
        self.fact(spelled, {'name': '(whole)'}, 'atomic', spelled in self.atomic, published_atomic)
        for key in ours.keys() & properties.keys():
            self.member(spelled, ours[key], properties[key], key in definition.get('required', []))

    def member(self, spelled, entry, published, required):
        self.fact(spelled, entry, 'type', entry['type'].replace(EMBEDDED_METADATA, 'v1.ObjectMeta'),
                  self.spelling(published))
        self.fact(spelled, entry, 'required', entry.get('required', False), required)
        self.fact(spelled, entry, 'default', entry.get('default'), self.default(entry, published))
        list_type = published.get('x-kubernetes-list-type', 'atomic')
        self.fact(spelled, entry, 'list', entry.get('list', 'atomic'), list_type)
        self.fact(spelled, entry, 'keys', entry.get('keys', []), published.get('x-kubernetes-list-map-keys', []))
        self.fact(spelled, entry, 'atomic', entry.get('atomic', False),
                  published.get('x-kubernetes-map-type') == 'atomic')

    def fact(self, spelled, entry, fact, ours, published):
        self.compared += 1
        if ours == published:
            return
        key = (spelled, entry['name'], fact)
        if key in DIFFERENCES_FROM_OPENAPI:
            self.used.add(key)
        else:
            self.findings.append(f'{spelled}.{entry["name"]}: {fact} is {ours!r}, published {published!r}')

    @staticmethod
    def default(entry, published):
        """The default of a marker; the document also shows the zero value of every value that is always written."""
        default = published.get('default')
        if default in ('', 0, False, {}) and 'default' not in entry:
            return None
        return default

    def spelling(self, published):
        if 'allOf' in published:
            published = published['allOf'][0]
        if '$ref' in published:
            return self.reference(published['$ref'].rsplit('/', 1)[1])
        kind = published['type']
        if kind == 'array':
            return '[]' + self.spelling(published['items'])
        if kind == 'object':
            return 'map[string]' + self.spelling(published['additionalProperties'])
        return published.get('format', 'int64') if kind == 'integer' else kind

    def reference(self, name):
        short = name.rsplit('.', 1)[1]
        for origin, special in SPECIAL.items():
            if origin[1] == short:
                return special
        for path, (_, _, prefix, published) in PACKAGES.items():
            if published and name == published + short:
                return f'{prefix}.{short}'
        raise SystemExit(f'unknown definition {name}')


def read_definitions(directory):
    definitions = {}
    for name in OPENAPI_FILES:
        document = json.loads((directory / name).read_text(encoding='utf-8'))
        definitions.update(document['components']['schemas'])
    return definitions


def write(path, version, types, atomic):
    """One member a line, so that a change of version reads as a change of members."""
    out = ['{', f'"version": {json.dumps(version)},',
           f'"roots": {json.dumps([f"{PACKAGES[package][2]}.{name}" for package, name in ROOTS])},',
           f'"atomic": {json.dumps(sorted(atomic), indent=1)},', '"types": {']
    blocks = []
    for name, fields in types.items():
        lines = ',\n'.join('  ' + json.dumps(entry) for entry in fields)
        blocks.append(f' {json.dumps(name)}: [\n{lines}\n ]' if fields else f' {json.dumps(name)}: []')
    out += [',\n'.join(blocks), '}', '}', '']
    path.write_text('\n'.join(out), encoding='utf-8')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--api', type=pathlib.Path, required=True)
    parser.add_argument('--apimachinery', type=pathlib.Path, required=True)
    parser.add_argument('--openapi', type=pathlib.Path, required=True)
    parser.add_argument('--version', required=True)
    parser.add_argument('--output', type=pathlib.Path,
                        default=pathlib.Path(__file__).with_name('kubernetes_schema.json'))
    arguments = parser.parse_args()

    extractor = Extractor({'api': arguments.api, 'apimachinery': arguments.apimachinery})
    for package, name in ROOTS:
        extractor.add(package, name)
    check = OpenApiCheck(read_definitions(arguments.openapi), extractor.origins, extractor.atomic)
    for name, fields in extractor.types.items():
        check.type(name, fields)
    check.findings += [f'no such difference any more: {key}'
                       for key in DIFFERENCES_FROM_OPENAPI.keys() - check.used]
    if check.findings:
        sys.exit('\n'.join(sorted(check.findings)))
    write(arguments.output, arguments.version, extractor.types, extractor.atomic)
    print(f'{len(extractor.types)} types, {sum(map(len, extractor.types.values()))} members, '
          f'{check.compared} facts compared with the published schema')


if __name__ == '__main__':
    main()
