#!/usr/bin/env python3
"""Writes the shapes of protobuf messages as a table for the JSON mapping: describe_messages.py DESCRIPTORS OUTPUT.

DESCRIPTORS is what `protoc --descriptor_set_out` wrote; OUTPUT the C++ source that defines what wire/message_shapes.h declares.
What the mapping does not know, such as a oneof or a floating-point field, is an error here.
"""

import pathlib
import re
import sys

# Of FieldDescriptorProto.type; a map is told by its entry.
KINDS = {3: "kInt64", 4: "kUint64", 5: "kInt32", 8: "kBool", 9: "kString", 11: "kMessage", 13: "kUint32", 14: "kEnum"}
REPEATED = 3


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields_of(data):
    """{number: [values]} of a message in protobuf's binary form."""
    fields = {}
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            raise ValueError(f"wire type {tag & 7} in a descriptor")
        fields.setdefault(tag >> 3, []).append(value)
    return fields


def signed(value):
    return value - (1 << 64) if value >> 63 else value


def text(fields, number):
    return fields.get(number, [b""])[0].decode()


class Table:
    """All messages and enums of one file, by their full names."""

    def __init__(self, descriptor):
        self.messages = {}
        self.enums = {}
        package = "." + text(descriptor, 2)
        self._add(package, descriptor.get(4, []), descriptor.get(5, []))

    def _add(self, scope, messages, enums):
        for raw in enums:
            fields = fields_of(raw)
            values = [fields_of(value) for value in fields.get(2, [])]
            numbers = [(signed(value.get(2, [0])[0]), text(value, 1)) for value in values]
            self.enums[f"{scope}.{text(fields, 1)}"] = numbers
        for raw in messages:
            fields = fields_of(raw)
            name = f"{scope}.{text(fields, 1)}"
            # Where optional fields of proto3 are, each has a oneof of its own.
            optional = [field for field in map(fields_of, fields.get(2, [])) if field.get(17, [0])[0]]
            if len(fields.get(8, [])) != len(optional):
                raise ValueError(f"{name}: oneof")
            is_map = bool(fields_of(fields.get(7, [b""])[0]).get(7, [0])[0])
            self.messages[name] = (is_map, [fields_of(field) for field in fields.get(2, [])])
            self._add(name, fields.get(3, []), fields.get(4, []))

    def field(self, message, field):
        name, number = text(field, 1), field[3][0]
        where = f"{message}.{name}"
        kind = KINDS.get(field[5][0])
        if kind is None:
            raise ValueError(f"{where}: type {field[5][0]}")
        label = "kRepeated" if field[4][0] == REPEATED else "kSingle"
        json_name = text(field, 10)
        if re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), json_name) != name:
            raise ValueError(f"{where}: {json_name} in JSON")
        target = text(field, 6)
        if kind == "kMessage" and self.messages[target][0]:
            label = "kMap"
            key = self.messages[target][1][0]
            if KINDS.get(key[5][0]) != "kString":
                raise ValueError(f"{where}: keys that are no strings")
        if number > 0xFFFF:
            raise ValueError(f"{where}: field number {number}")
        return kind, label, number, target, json_name


def write(table, source):
    names = bytearray()
    places = {}

    def place(name):
        if name not in places:
            places[name] = len(names)
            names.extend(name.encode() + b"\0")
        return places[name]

    messages, fields, enums, values = [], [], [], []
    message_index = {name: index for index, name in enumerate(table.messages)}
    enum_index = {name: index for index, name in enumerate(table.enums)}
    for name, (_, listed) in table.messages.items():
        messages.append(f"{{{place(name[1:])}, {len(fields)}, {len(listed)}}}")
        for raw in listed:
            kind, label, number, target, json_name = table.field(name, raw)
            index = message_index[target] if kind == "kMessage" else enum_index[target] if kind == "kEnum" else 0
            fields.append(f"{{{place(json_name)}, {number}, {index}, FieldKind::{kind}, FieldLabel::{label}}}")
    for numbers in table.enums.values():
        enums.append(f"{{{len(values)}, {len(numbers)}}}")
        values.extend(f"{{{number}, {place(name)}}}" for number, name in numbers)

    def array(type_name, name, rows):
        yield f"constexpr {type_name} {name}[] = {{"
        yield from (f"    {row}," for row in rows)
        yield "};\n"

    pool = "\n".join(f'    "{name.decode()}\\0"' for name in bytes(names).split(b"\0")[:-1])
    lines = [
        "// Made by describe_messages.py.",
        '#include "topology/wire/message_shapes.h"\n',
        "namespace grove::topology {\nnamespace {\n",
        f"constexpr char kNames[] =\n{pool};\n",
        *array("MessageShape", "kMessages", messages),
        *array("FieldShape", "kFields", fields),
        *array("EnumShape", "kEnums", enums),
        *array("EnumValueShape", "kValues", values),
        "}  // namespace\n",
        "const MessageShapes& PlacementShapes() {",
        "  static constexpr MessageShapes kShapes = {kNames, kMessages, kFields, kEnums, kValues};",
        "  return kShapes;",
        "}\n",
        "}  // namespace grove::topology",
    ]
    pathlib.Path(source).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(descriptors, source):
    files = fields_of(pathlib.Path(descriptors).read_bytes())[1]
    if len(files) != 1:
        raise ValueError("more than one file")
    write(Table(fields_of(files[0])), source)


if __name__ == "__main__":
    main(*sys.argv[1:])
