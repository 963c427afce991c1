#!/usr/bin/env python3
"""Writes kubernetes_schema.cc, the table of the Kubernetes types, from kubernetes_schema.json.

Usage: generate_schema.py [--check] [--input FILE] [--output FILE]

With --check nothing is written; the exit status says whether the file is up to date. Only the standard library is
needed, and nothing but the input is read.

The input names for each type its members in declaration order, each with
  name      JSON member name
  type      string, boolean, int32, int64, double, quantity, intOrString, time, a type of the file, or [] / map[string]
            before one of these
  presence  P tracked, Z omitted when zero, A always written; `nil`: an A whose zero value is written as null
  required, default, list (map or set), keys, atomic (a map that is owned as a whole)
`atomic` names the types that are owned as a whole, which only server-side apply asks for.
"""

import argparse
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent

SCALARS = {
    'string': 'kString',
    'boolean': 'kBoolean',
    'int32': 'kInt32',
    'int64': 'kInt64',
    'double': 'kDouble',
    'quantity': 'kQuantity',
    'intOrString': 'kIntOrString',
    'time': 'kTime',
}
PREDEFINED = {'[]string': 'kStringList', 'map[string]string': 'kStringMap'}

# Objects of any content: pruning, defaults and checks stop at them.
FREE_CONTENT = ('runtime.RawExtension', 'v1.FieldsV1')

PRESENCE = {'P': 'kTracked', 'Z': 'kOmitted', 'A': 'kAlways'}

# `metadata` of an object is read by its Go type and not by a schema (spec 02 §2.4): nothing in it is required and no
# list has keys. What must hold is said by the rules of spec 03 §12.5.
READ_BY_TYPE = ('v1.ObjectMeta', 'v1.OwnerReference', 'v1.ManagedFieldsEntry')


def constant(type_name):
    return 'k' + type_name.split('.', 1)[1]


def literal(text):
    return json.dumps(text, ensure_ascii=True)


class Generator:
    def __init__(self, document):
        self.types = document['types']
        self.version = document['version']
        self.roots = document['roots']
        self.atomic = set(document['atomic'])
        self.order = []
        self.constants = {}
        self.lines = []

    def reference(self, spelled):
        """The constant that describes a spelled type; what it needs is written before it."""
        if spelled in SCALARS:
            return SCALARS[spelled]
        if spelled in PREDEFINED:
            return PREDEFINED[spelled]
        if spelled not in self.constants:
            self.constants[spelled] = None  # a type that holds itself would be found again unfinished
            self.constants[spelled] = self.define(spelled)
        if self.constants[spelled] is None:
            sys.exit(f'{spelled} holds itself')
        return self.constants[spelled]

    def define(self, spelled):
        for prefix, shape, word in (('[]', 'kList', 'List'), ('map[string]', 'kMap', 'Map')):
            if spelled.startswith(prefix):
                element = self.reference(spelled[len(prefix):])
                name = f'{element}{word}'
                self.lines += [f'constexpr Type {name}{{.shape = Shape::{shape}, .element = &{element}}};']
                return self.unique(name)
        name = self.unique(constant(spelled))
        if spelled in FREE_CONTENT:
            self.lines += ['', f'constexpr Type {name}{{.shape = Shape::kAny, .name = {literal(spelled)}}};']
            return name
        self.define_object(spelled, name)
        return name

    def unique(self, name):
        if name in self.constants.values():
            sys.exit(f'two types are called {name}')
        return name

    def define_object(self, spelled, name):
        rows = [self.row(entry, spelled in READ_BY_TYPE) for entry in self.types[spelled]]
        self.order.append(name)
        fields = '{}'
        self.lines += ['']
        if rows:
            self.lines += [f'constexpr Field {name}Fields[] = {{', *rows, '};',
                           f'constexpr auto {name}Index = IndexOf({name}Fields);']
            fields = f'{name}Fields, {name}Index'
        atomic = (', ' if rows else ', {}, ') + '/*is_atomic=*/true' if spelled in self.atomic else ''
        self.lines += [f'constexpr Type {name} = ObjectType({literal(spelled)}, {fields}{atomic});']

    def row(self, entry, read_by_type):
        parts = [f'.name = {literal(entry["name"])}', f'.type = &{self.reference(entry["type"])}',
                 f'.presence = Presence::{PRESENCE[entry["presence"]]}']
        if entry.get('required') and not read_by_type:
            parts.append('.required = true')
        if entry.get('nil'):
            parts.append('.nil_when_absent = true')
        if entry.get('atomic'):
            parts.append('.is_atomic = true')
        constraints = self.constraints(entry, read_by_type)
        if constraints:
            parts.insert(2, f'.constraints = &{constraints}')
        return f'    {{{", ".join(parts)}}},'

    def constraints(self, entry, read_by_type):
        """The constant with what is asked of a member beyond its type; None if nothing is. Equal ones are one."""
        parts, name = [], 'k'
        if 'default' in entry:
            default = json.dumps(entry['default'])
            parts.append(f'.default_json = {literal(default)}')
            name += 'Default' + ''.join(word[0].upper() + word[1:] for word in re.findall(r'\w+', default) or ['Empty'])
        if 'list' in entry and not read_by_type:
            parts.append(f'.list_kind = ListKind::k{entry["list"].capitalize()}')
            name += entry['list'].capitalize()
            if 'keys' in entry:
                keys = self.keys(entry['keys'])
                parts.append(f'.list_keys = {keys}')
                name += keys.removeprefix('kKeys')
        if parts and self.constants.get(name) is None:
            self.constants[name] = name
            self.lines += ['', f'constexpr Constraints {name}{{{", ".join(parts)}}};']
        return name if parts else None

    def keys(self, keys):
        name = 'kKeys' + 'And'.join(key[0].upper() + key[1:] for key in keys)
        if name not in self.constants:
            self.constants[name] = name
            self.lines += ['', f'constexpr std::string_view {name}[] = {{{", ".join(map(literal, keys))}}};']
        return name

    def text(self):
        for root in self.roots:
            self.reference(root)
        return '\n'.join([
            '// Generated by generate_schema.py from kubernetes_schema.json; change those and run the script.',
            '// clang-format off',
            '#include "model/kubernetes/kubernetes_schema.h"',
            '',
            '#include "model/field_index.h"',
            '',
            'namespace grove::schema::kubernetes {',
            '',
            f'constexpr std::string_view kVersion = {literal(self.version)};',
            *self.lines,
            '',
            '// Every object type above, in the order of definition.',
            'constexpr const Type* kAllObjectTypes[] = {',
            *(f'    &{name},' for name in self.order),
            '};',
            'constexpr std::span<const Type* const> kObjectTypes = kAllObjectTypes;',
            '',
            '}  // namespace grove::schema::kubernetes',
            '',
        ])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--input', type=pathlib.Path, default=HERE / 'kubernetes_schema.json')
    parser.add_argument('--output', type=pathlib.Path, default=HERE / 'kubernetes_schema.cc')
    arguments = parser.parse_args()
    text = Generator(json.loads(arguments.input.read_text(encoding='utf-8'))).text()
    if not arguments.check:
        arguments.output.write_text(text, encoding='utf-8')
    elif arguments.output.read_text(encoding='utf-8') != text:
        sys.exit(f'{arguments.output.name} is out of date: run generate_schema.py')


if __name__ == '__main__':
    main()
