#!/usr/bin/env python3
"""Writes pod_template_types.cc, the table behind the pod template hash, from pod_template_types.json.

Usage: generate_pod_template_types.py [--check] [--input FILE] [--output FILE]

With --check nothing is written; the exit status says whether the file is up to date. Only the standard library is
needed, and nothing but the input is read.

For each struct the table holds the text of its zero value and, for each member of its JSON object, where in that text
the value of the member stands. Inlined structs and fields that JSON does not carry are part of that text.
"""

import argparse
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent

# Types that JSON does not show as what they are in Go.
SPECIAL = {'resource.Quantity': 'kQuantity', 'intstr.IntOrString': 'kIntOrString'}
# Written by servers only: always zero in a template.
ALWAYS_ZERO = ('v1.Time', 'v1.FieldsV1')

LEAVES = {'string': 'kString', 'bool': 'kBoolean', 'int32': 'kInteger', 'int64': 'kInteger', 'uint64': 'kInteger'}
ZERO = {'kString': '', 'kBoolean': 'false', 'kInteger': '0'}

# Structs whose zero text is long and written for nearly every template: they get a jump table.
WITH_JUMPS = ('v1.ObjectMeta', 'v1.PodSpec', 'v1.Container', 'v1.Volume', 'v1.Probe')

# As in fnv.h.
JUMP_BYTES = 128

MAX_LITERAL = 100


def literal(text):
    return json.dumps(text, ensure_ascii=True)


def wrapped(text, indent):
    """A string literal in pieces that fit a line."""
    pieces = [text[at:at + MAX_LITERAL] for at in range(0, len(text), MAX_LITERAL)]
    return '\n'.join(' ' * indent + literal(piece) for piece in pieces)


class Generator:
    def __init__(self, document):
        self.structs = document['structs']
        self.named = document['named']
        self.root = document['root']
        self.version = document['version']
        self.numbers = {}  # struct -> position in the table
        self.order = []

    def underlying(self, spelled):
        return self.named.get(spelled, spelled)

    def zero(self, spelled):
        """Text of the zero value, without its type."""
        kind = self.underlying(spelled)
        if kind.startswith(('*', '[]', 'map[')):
            return '<nil>'
        if kind in LEAVES:
            return ZERO[LEAVES[kind]]
        fields = (f'{name}:({field}){self.zero(field)}' for name, _, field in self.structs[kind])
        return '{' + ' '.join(fields) + '}'

    def leaf(self, spelled):
        """Kind of a single value, and the number of its struct."""
        kind = self.underlying(spelled)
        if kind in SPECIAL:
            return SPECIAL[kind], 0
        if kind in LEAVES:
            return LEAVES[kind], 0
        if kind not in self.structs:
            sys.exit(f'cannot handle a value of type {spelled}')
        return 'kStruct', self.number(kind)

    def shape(self, spelled):
        """Container and kind of a field's value, and the number of its struct."""
        kind = self.underlying(spelled)
        if kind.startswith('*'):
            return ('kPointer', *self.leaf(kind[1:]))
        if kind.startswith('[]'):
            return ('kList', *self.leaf(kind[2:]))
        if kind.startswith('map['):
            key, value = kind[4:].split(']', 1)
            if self.underlying(key) != 'string':
                sys.exit(f'cannot handle a map with keys of type {key}')
            return ('kMap', *self.leaf(value))
        return ('kValue', *self.leaf(kind))

    def number(self, struct):
        if struct not in self.numbers:
            self.numbers[struct] = len(self.order)
            self.order.append(struct)
        return self.numbers[struct]

    def lay_out(self, struct, text, slots):
        """Appends the zero text of `struct` to the list `text`, and its members to `slots`."""
        text.append('{')
        for position, (name, key, spelled) in enumerate(self.structs[struct]):
            text.append(f'{" " if position else ""}{name}:({spelled})')
            if key == '':
                self.lay_out(spelled, text, slots)
                continue
            begin = sum(map(len, text))
            text.append(self.zero(spelled))
            if key is not None and spelled.lstrip('*') not in ALWAYS_ZERO:
                slots.append((key, begin, begin + len(text[-1]), spelled))
        text.append('}')

    def define(self, struct):
        name = 'k' + struct.split('.', 1)[1]
        text, slots = [], []
        self.lay_out(struct, text, slots)
        lines = ['', f'constexpr std::string_view {name}Zero =', wrapped(''.join(text), 4) + ';']
        members = index = jumps = '{}'
        if slots:
            members, index = f'{name}Members', f'{name}Index'
            lines += [f'constexpr TemplateMember {members}[] = {{']
            for key, begin, end, spelled in slots:
                container, leaf, number = self.shape(spelled)
                lines += [f'    {{{literal(key)}, {begin}, {end}, Container::{container}, Leaf::{leaf}, {number}}},']
            lines += ['};', f'constexpr auto {index} = IndexOfMembers({members});']
        if struct in WITH_JUMPS:
            blocks = range(sum(map(len, text)) // JUMP_BYTES)
            lines += [f'constexpr FnvJump {name}Jumps[] = {{', *(f'    MakeJump({name}Zero, {at}),' for at in blocks), '};']
            jumps = f'UnlessSmall({name}Jumps)'
        return lines, f'    {{{name}Zero, {members}, {index}, {jumps}}},', len(slots)

    def text(self):
        root = [self.number(field) for _, _, field in self.structs[self.root]]
        if root != [0, 1]:
            sys.exit(f'{self.root} is not made of metadata and spec')
        bodies, rows, most = [], [], 0
        while len(rows) < len(self.order):
            lines, row, count = self.define(self.order[len(rows)])
            bodies += lines
            rows.append(row)
            most = max(most, count)
        if len(rows) > 255:
            sys.exit('more structs than one byte can count')
        return '\n'.join([
            '// Generated by generate_pod_template_types.py from pod_template_types.json; change those and run the script.',
            '// clang-format off',
            '#include "model/kubernetes/pod_template_types.h"',
            '',
            'namespace grove::kubernetes {',
            'namespace {',
            *bodies,
            '',
            'constexpr TemplateStruct kStructs[] = {',
            *rows,
            '};',
            '',
            f'static_assert({most} <= kMostTemplateMembers);',
            f'static_assert(kJumpBytes == {JUMP_BYTES});',
            '',
            '}  // namespace',
            '',
            f'constinit const std::string_view kTemplateTypesVersion = {literal(self.version)};',
            'constinit const std::span<const TemplateStruct> kTemplateStructs = kStructs;',
            '',
            '}  // namespace grove::kubernetes',
            '',
        ])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--input', type=pathlib.Path, default=HERE / 'pod_template_types.json')
    parser.add_argument('--output', type=pathlib.Path, default=HERE / 'pod_template_types.cc')
    arguments = parser.parse_args()
    text = Generator(json.loads(arguments.input.read_text(encoding='utf-8'))).text()
    if not arguments.check:
        arguments.output.write_text(text, encoding='utf-8')
    elif arguments.output.read_text(encoding='utf-8') != text:
        sys.exit(f'{arguments.output.name} is out of date: run generate_pod_template_types.py')


if __name__ == '__main__':
    main()
