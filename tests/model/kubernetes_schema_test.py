#!/usr/bin/env python3
"""Compares src/model/kubernetes/kubernetes_schema.json with data/pod_template_shape.json, an independent account of the
Go structs of a pod template: the same members in the same order, of the same types, and pointers where presence is
tracked.
"""

import json
import pathlib
import unittest

TESTS = pathlib.Path(__file__).parent
SOURCES = TESTS.parents[1] / 'src' / 'model' / 'kubernetes'

SCALARS = {'string': 'string', 'bool': 'boolean', 'int32': 'int32', 'int64': 'int64',
           'resource.Quantity': 'quantity', 'intstr.IntOrString': 'intOrString', 'v1.Time': 'time'}


class PodTemplateShape(unittest.TestCase):
    def setUp(self):
        self.types = json.loads((SOURCES / 'kubernetes_schema.json').read_text(encoding='utf-8'))['types']
        self.shape = json.loads((TESTS / 'data' / 'pod_template_shape.json').read_text(encoding='utf-8'))
        self.compared = set()

    def fields(self, struct):
        """[(JSON key, Go type)] with inlined structs in their place."""
        result = []
        for _, key, go_type in self.shape['structs'][struct]:
            result += self.fields(go_type) if key == '' else [(key, go_type)]
        return result

    def spell(self, go_type):
        go_type = go_type.removeprefix('*')
        go_type = self.shape['named'].get(go_type, go_type)
        if go_type.startswith('[]'):
            return '[]' + self.spell(go_type[2:])
        if go_type.startswith('map['):
            return 'map[string]' + self.spell(go_type.split(']', 1)[1])
        return SCALARS.get(go_type, go_type)

    def compare(self, struct):
        if struct in self.compared:
            return
        self.compared.add(struct)
        expected = self.fields(struct)
        entries = self.types[struct]
        self.assertEqual([entry['name'] for entry in entries], [key for key, _ in expected], struct)
        for entry, (key, go_type) in zip(entries, expected):
            where = f'{struct}.{key}'
            spelled = self.spell(go_type)
            if entry['type'] == 'v1.EmbeddedObjectMeta':
                self.assertEqual(spelled, 'v1.ObjectMeta', where)
            else:
                self.assertEqual(entry['type'], spelled, where)
            tracked = entry['presence'] == 'P' or entry.get('nil', False)
            if go_type.startswith('*'):
                self.assertTrue(tracked, where)
            else:
                self.assertNotEqual(entry['presence'], 'P', where)
            inner = spelled.replace('[]', '').replace('map[string]', '')
            if inner in self.shape['structs'] and inner != 'v1.FieldsV1':
                self.compare(inner)

    def test_every_struct_of_a_pod_spec(self):
        self.compare('v1.PodSpec')
        self.compare('v1.ObjectMeta')
        self.assertEqual(set(self.shape['structs']) - self.compared - self.inlined() - self.scalars(),
                         {'v1.PodTemplateSpec', 'v1.FieldsV1'})

    def inlined(self):
        return {go_type for fields in self.shape['structs'].values() for _, key, go_type in fields if key == ''}

    def scalars(self):
        """Structs that are one scalar in JSON, and what they are made of."""
        return {'inf.Dec', 'intstr.IntOrString', 'resource.Quantity', 'resource.infDecAmount', 'resource.int64Amount',
                'time.Time', 'v1.Time'}


if __name__ == '__main__':
    unittest.main()
