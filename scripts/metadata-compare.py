#!/usr/bin/env python3
"""Compares the schemas of an OpenAPI document with a service's own metadata (CSDL).

Of the documented properties whose type and name the metadata also has, relationships among them, it
tells how many agree in type and collection, and prints each that does not, by kind of disagreement.
A property that a page lists although a base of its type has it is documented there too: the document
has it with the base alone, so it is looked for in the page's tables, and counted apart.

A string for an enumeration agrees only where the page gives no better: its row calls the type
String and links no page of a type. The row is found by the property's `x-source`. Disagreements
that are the page's own, whose row has the very word that the document has, are marked.

A schema of its own that allows any text, since it only describes the usual values, agrees with a
string; how many do is told.

It also tells how many of the types that a documented one extends are the metadata's.

usage: metadata-compare.py DOCUMENT METADATA [--pages FOLDER] [--least PERCENT]

FOLDER is what `x-source` is relative to, without which no string for an enumeration agrees and no
property is listed again. The status is 1 where fewer than PERCENT of all agree.
"""

import collections
import json
import sys

from csdl import REFERENCE, Metadata, Type, command_line, documented_type, shown
from pages import Pages


def documented_properties(schema):
    """The properties of a schema itself, not of those that it extends."""
    for part in [schema, *schema.get("allOf", [])]:
        yield from part.get("properties", {}).items()


def documented_base(schema):
    """The type that a schema extends, if any."""
    parts = [part["$ref"] for part in schema.get("allOf", []) if "$ref" in part]
    return parts[0].removeprefix(REFERENCE).lower() if parts else None


def inherited_properties(schemas, schema):
    """The properties of all that a schema extends, the nearest of a name."""
    found = {}
    by_key = {key.lower(): schema for key, schema in schemas.items()}
    seen = set()
    base = documented_base(schema)
    while base in by_key and base not in seen:
        seen.add(base)
        for name, property_schema in documented_properties(by_key[base]):
            found.setdefault(name, property_schema)
        base = documented_base(by_key[base])
    return found


def is_any_text(schemas, ty):
    """Whether a type is a schema of its own that allows any text."""
    schema = schemas.get(ty.name, {})
    return schema.get("type") == "string" and not schema.keys() & {"enum", "format"}


def main():
    arguments = command_line(__doc__)

    metadata = Metadata(arguments.metadata)
    pages = Pages(arguments.pages)
    document = json.loads(arguments.document.read_text(encoding="utf-8"))
    by_key = {key.lower(): schema for key, schema in document["components"]["schemas"].items()}
    compared = 0
    excused = 0
    texts = 0
    again = []
    kinds = collections.defaultdict(list)
    for key, schema in document["components"]["schemas"].items():
        actual = metadata.properties(key.lower())
        own = {name for name, _ in documented_properties(schema)}
        listed = pages.listed(schema.get("x-source", "")) - own
        inherited = inherited_properties(document["components"]["schemas"], schema)
        for name in sorted(listed & inherited.keys() & actual.keys()):
            again.append(documented_type(inherited[name]) == actual[name])
        for name, property_schema in documented_properties(schema):
            if name not in actual:
                continue
            compared += 1
            said, meant = documented_type(property_schema), actual[name]
            if said == meant:
                continue
            source = property_schema.get("x-source", "")
            is_string = meant == Type("string", said.collection)
            if is_string and is_any_text(by_key, said):
                texts += 1
                continue
            is_enum = meant.name in metadata.enums
            if is_enum and said == Type("string", meant.collection) and pages.gives_no_better(source):
                excused += 1
                continue
            mark = " (as the page says)" if pages.says(source, said) else ""
            entry = (source, f"{key}.{name}", said, meant, mark)
            kinds[kind(said, meant, metadata)].append(entry)

    for title, found in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{title}: {len(found)}")
        for source, name, said, meant, mark in sorted(found):
            print(f"  {source}: {name}: {shown(said)}{mark}, in the metadata {shown(meant)}")
    differing = sum(len(found) for found in kinds.values())
    of_pages = sum(1 for found in kinds.values() for entry in found if entry[-1])
    percent = 100 * (compared - differing) / max(compared, 1)
    print(
        f"{compared} properties compared, {compared - differing} agree: {percent:.2f} % "
        f"({excused} of them strings for enumerations that their pages do not name, and {texts} of "
        "schemas that only describe the usual texts)"
    )
    whole, agreeing = compared + len(again), compared - differing + sum(again)
    percent = 100 * agreeing / max(whole, 1)
    print(
        f"{len(again)} are listed again by a type that inherits them, of which {sum(again)} agree: "
        f"{agreeing} of {whole}, {percent:.2f} %"
    )
    print(f"{of_pages} of the {differing} disagreements are what the page's own row says")
    schemas = document["components"]["schemas"].items()
    bases = [(documented_base(schema), key.lower()) for key, schema in schemas]
    bases = [(base, metadata.base(key)) for base, key in bases if base and key in metadata.types]
    agreeing = sum(1 for said, meant in bases if said == meant)
    print(f"{agreeing} of the {len(bases)} bases that types are documented with are the metadata's")
    return 0 if percent >= arguments.least else 1


def kind(said, meant, metadata):
    if said.name == meant.name:
        return "a collection is meant" if meant.collection else "a single value is meant"
    if meant.name in metadata.enums:
        return f"an enumeration is documented as {general(said)}"
    if meant.name in metadata.types:
        return f"an object is documented as {general(said)}"
    return f"{meant.name} is documented as {general(said)}"


def general(ty):
    return "another type" if "." in ty.name else ty.name


if __name__ == "__main__":
    sys.exit(main())
