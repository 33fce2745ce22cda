"""What a service's own metadata (CSDL) and an OpenAPI document say of types, in the same words."""

import argparse
import collections
import pathlib
import re
import xml.etree.ElementTree as xml

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
REFERENCE = "#/components/schemas/"
ANY = "any JSON"

# What the OData-to-OpenAPI mapping makes of a primitive type.
PRIMITIVES = {
    "Edm.String": "string",
    "Edm.Boolean": "boolean",
    "Edm.Byte": "uint8",
    "Edm.SByte": "int8",
    "Edm.Int16": "int16",
    "Edm.Int32": "int32",
    "Edm.Int64": "int64",
    "Edm.Single": "float",
    "Edm.Double": "double",
    "Edm.Decimal": "decimal",
    "Edm.DateTimeOffset": "date-time",
    "Edm.Date": "date",
    "Edm.TimeOfDay": "time",
    "Edm.Duration": "duration",
    "Edm.Guid": "uuid",
    "Edm.Binary": "base64url",
    "Edm.Stream": "base64url",
}

Type = collections.namedtuple("Type", "name collection")


def command_line(description):
    """What a comparison of the two is called with."""
    arguments = argparse.ArgumentParser(description=description.splitlines()[0])
    arguments.add_argument("document", type=pathlib.Path)
    arguments.add_argument("metadata", type=pathlib.Path)
    arguments.add_argument("--pages", type=pathlib.Path)
    arguments.add_argument("--least", type=float, default=0.0)
    return arguments.parse_args()


class Metadata:
    """Types of the metadata by full name in lower case; names of types have no case there."""

    def __init__(self, path):
        self.types = {}
        self.enums = set()
        self.aliases = {}
        self.schemas = list(xml.parse(path).iter(EDM + "Schema"))
        for schema in self.schemas:
            if "Alias" in schema.attrib:
                self.aliases[schema.get("Alias")] = schema.get("Namespace")
        for schema in self.schemas:
            namespace = schema.get("Namespace")
            for element in schema:
                full = f"{namespace}.{element.get('Name')}".lower()
                if element.tag in (EDM + "EntityType", EDM + "ComplexType"):
                    self.types[full] = element
                elif element.tag == EDM + "EnumType":
                    self.enums.add(full)

    def full_name(self, name):
        """A name as it is written in the metadata, with its alias resolved."""
        namespace, _, short = name.rpartition(".")
        return f"{self.aliases.get(namespace, namespace)}.{short}"

    def properties(self, full):
        """The types of the properties of a type and of all that it extends, by name."""
        found = {}
        for base in self.lineage(full):
            for child in self.types[base]:
                if child.tag in (EDM + "Property", EDM + "NavigationProperty"):
                    found.setdefault(child.get("Name"), self.type_of(child.get("Type")))
        return found

    def base(self, full):
        """The type that a type extends, if any."""
        base = self.types[full].get("BaseType")
        return self.full_name(base).lower() if base else None

    def lineage(self, full):
        """A type and all that it extends, the nearest first."""
        while full in self.types:
            yield full
            full = self.base(full)

    def type_of(self, text):
        collection = re.fullmatch(r"Collection\((.*)\)", text)
        name = collection[1] if collection else text
        full = PRIMITIVES.get(name) or self.full_name(name).lower()
        return any_json(full, collection is not None)


def any_json(name, collection):
    """OData had no type for any JSON before 4.01, and services of the time made one of that name."""
    return Type(ANY if name.endswith(".json") else name, collection)


def documented_type(schema):
    """The type of a value that may be null as well is the first of the two that it has."""
    schema = schema.get("anyOf", [schema])[0]
    kind = schema.get("type")
    if kind == "array":
        return Type(documented_type(schema["items"]).name, True)
    if "$ref" in schema:
        return any_json(schema["$ref"].removeprefix(REFERENCE).lower(), False)
    if isinstance(kind, list):
        kind = kind[0]
    return Type(schema.get("format") or kind or ANY, False)


def shown(ty):
    return f"[{ty.name}]" if ty.collection else ty.name
