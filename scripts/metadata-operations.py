#!/usr/bin/env python3
"""Compares the operations of an OpenAPI document with a service's own metadata (CSDL).

Each path is followed through the metadata: sets and singletons, properties and relationships, keys,
casts, actions and functions, and what is reached by its path between colons. Of what the metadata has
it tells how many agree: the answers of GET, of POST to a collection, of actions and functions; the
bodies of POST, PATCH and PUT; the parameters of actions and functions by name, type and collection.
Each that does not is printed with the place on its page, by kind.

Where pages share a route the document has an alternative of each, and one that agrees is enough. A
type that extends the one that is meant agrees as well. A fixed name where a key stands, such as that
of a folder which everybody has, is taken as a key.

Parameters whose own row has the very word that the document has are marked, as in the comparison of
schemas.

usage: metadata-operations.py DOCUMENT METADATA [--pages FOLDER] [--least PERCENT]

FOLDER is what `x-source` is relative to. The status is 1 where fewer than PERCENT of all agree.
"""

import collections
import json
import re
import sys

from csdl import ANY, EDM, REFERENCE, Metadata, Type, command_line, documented_type, shown
from pages import Pages

METHODS = ("get", "post", "put", "patch", "delete")
NOTHING = Type("nothing", False)
BYTES = Type("base64url", False)

Operation = collections.namedtuple("Operation", "kind name binding parameters answer")
System = collections.namedtuple("System", "name of")


class Service:
    """What can be called: the metadata's container, and its actions and functions by name."""

    def __init__(self, metadata):
        self.metadata = metadata
        self.roots = {}
        self.operations = collections.defaultdict(list)
        self.derived = collections.defaultdict(list)
        for full in metadata.types:
            for base in list(metadata.lineage(full))[1:]:
                self.derived[base].append(full)
        for schema in metadata.schemas:
            for element in schema:
                kind = element.tag.removeprefix(EDM).lower()
                if kind in ("action", "function"):
                    self.operations[element.get("Name").lower()].append(self.operation(kind, element))
                elif kind == "entitycontainer":
                    for child in element:
                        if child.tag == EDM + "EntitySet":
                            ty = metadata.type_of(child.get("EntityType"))._replace(collection=True)
                            self.roots[child.get("Name").lower()] = ty
                        elif child.tag == EDM + "Singleton":
                            self.roots[child.get("Name").lower()] = metadata.type_of(child.get("Type"))

    def operation(self, kind, element):
        parameters = {
            child.get("Name"): self.metadata.type_of(child.get("Type"))
            for child in element
            if child.tag == EDM + "Parameter"
        }
        binding = None
        if element.get("IsBound") == "true":
            binding = parameters.pop(next(iter(parameters)))
        answer = element.find(EDM + "ReturnType")
        answer = NOTHING if answer is None else self.metadata.type_of(answer.get("Type"))
        return Operation(kind, element.get("Name"), binding, parameters, answer)

    def resolve(self, method, path):
        """What is at a path: a type, an operation, a segment of OData's own, or None."""
        found = None
        is_in_path = False
        segments = re.findall(r"(?:[^/(]|\([^)]*\))+", path)
        for index, segment in enumerate(segments):
            is_last = index + 1 == len(segments)
            if is_in_path:
                is_in_path = not segment.endswith(":")
                continue
            is_in_path = segment.endswith(":")
            if isinstance(found, Operation):
                found = found.answer
            if index == 0:
                found = self.root(segment.rstrip(":"))
            elif isinstance(found, Type):
                # What is sent to a key is for the one thing, and no name of a collection's operation.
                may_be_key = not (is_last and method == "post")
                found = self.step(found, segment.rstrip(":"), is_last, may_be_key)
            if found is None:
                return None
        return found

    def root(self, segment):
        name, arguments = called(segment)
        if name.lower() in self.roots:
            return with_key(self.roots[name.lower()], arguments)
        return self.called(None, name, arguments)

    def step(self, at, segment, is_last, may_be_key):
        """What a segment behind a type is."""
        name, arguments = called(segment)
        if name.startswith("$"):
            return System(name, at)
        if name.startswith("{") or arguments is None and "=" in name:
            if at.collection:
                return at._replace(collection=False)
            # Dots in a page, which stand for more folders of the same kind.
            return None if is_last else at
        if not at.collection:
            own = self.property(at.name, name)
            # Pages often leave out the cast to a type that has a property.
            found = {own} if own else {self.property(full, name) for full in self.derived[at.name]}
            found.discard(None)
            if len(found) == 1:
                return with_key(found.pop(), arguments)
        cast = self.cast(at, name)
        if cast is not None:
            return cast
        operation = self.called(at, name.rpartition(".")[2], arguments)
        if operation is None and at.collection and may_be_key and arguments is None:
            return at._replace(collection=False)
        return operation

    def property(self, full, name):
        """The type of a property of a type, in whatever case it is written."""
        for known, ty in self.metadata.properties(full).items():
            if known.lower() == name.lower():
                return ty
        return None

    def cast(self, at, name):
        namespace = at.name.rpartition(".")[0]
        full = (name if "." in name else f"{namespace}.{name}").lower()
        return at._replace(name=full) if self.extends(full, at.name) else None

    def called(self, at, name, arguments):
        """The operation of a name, of the nearest type and with the arguments that fit best."""
        found = []
        lineage = [*self.metadata.lineage(at.name), *self.derived[at.name]] if at else []
        for operation in self.operations[name.lower()]:
            binding = operation.binding
            if at is None and binding is None:
                distance = 0
            elif at and binding and binding.collection == at.collection and binding.name in lineage:
                distance = lineage.index(binding.name)
            else:
                continue
            differing = {name.lower() for name in operation.parameters} ^ set(arguments or {})
            found.append((len(differing), distance, len(found), operation))
        return min(found)[-1] if found else None

    def extends(self, name, base):
        return base in self.metadata.lineage(name)

    def agrees(self, said, meant):
        """Whether a type is the one that is meant, or one that extends it."""
        return said.collection == meant.collection and (
            said.name == meant.name or self.extends(said.name, meant.name)
        )


def called(segment):
    """The name in a segment, and the values by the names of its arguments where it has any."""
    call = re.fullmatch(r"([^(]+)\((.*)\)", segment)
    if not call:
        return segment, None
    arguments = {}
    for argument in filter(None, call[2].split(",")):
        name, _, value = argument.rpartition("=")
        arguments[name.strip().lower()] = value.strip()
    return call[1], arguments


def with_key(ty, arguments):
    return ty._replace(collection=False) if arguments else ty


class Document:
    """An OpenAPI document, with what its references lead to."""

    def __init__(self, path):
        self.root = json.loads(path.read_text(encoding="utf-8"))

    def followed(self, value):
        while "$ref" in value:
            target = self.root
            for part in value["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            value = target
        return value

    def operations(self):
        for path, item in self.root["paths"].items():
            for method in METHODS:
                if method in item:
                    yield method, path, item[method]

    def answers(self, operation):
        """What an operation may answer if it succeeds."""
        found = []
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                found += self.contents(self.followed(response))
        return found or [NOTHING]

    def bodies(self, operation):
        return self.contents(self.followed(operation.get("requestBody", {})))

    def contents(self, message):
        """The types of the contents of a message."""
        found = []
        for media_type, content in message.get("content", {}).items():
            if "schema" not in content:
                # An example that shows more than there is.
                continue
            if "json" in media_type:
                found += [unwrapped(one) for one in alternatives(content["schema"])]
            else:
                found.append(BYTES)
        return found or [NOTHING]

    def sent(self, operation):
        """The schemas of the JSON that an operation is sent."""
        contents = self.followed(operation.get("requestBody", {})).get("content", {})
        for media_type, content in contents.items():
            if "json" in media_type:
                yield from alternatives(content.get("schema", {}))

    def properties(self, schema):
        """The properties of a schema and of all that it extends."""
        schema = self.followed(schema)
        yield from schema.get("properties", {}).items()
        for part in schema.get("allOf", []):
            yield from self.properties(part)

    def arguments(self, operation):
        """The schemas of what stands in a path or a query string, by name in lower case."""
        found = {}
        for parameter in map(self.followed, operation.get("parameters", [])):
            if parameter["in"] in ("path", "query"):
                found[parameter["name"].lower()] = parameter
        return found


def alternatives(schema):
    """The schemas of which a value has one; that of nothing is none of them."""
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return [one for part in schema[word] for one in alternatives(part)]
    if len(schema.get("allOf", [])) and "properties" not in schema:
        references = [part for part in schema["allOf"] if "$ref" in part]
        return references or [schema]
    return [] if schema.get("type") == "null" else [schema]


def unwrapped(schema):
    """The type of a body: of collections, and of values that are no object, it has the value alone."""
    value = schema.get("properties", {}).get("value")
    if value is None:
        return documented_type(schema)
    return documented_type(value)


class Comparison:
    """What was compared, how much of it agreed, and what did not."""

    def __init__(self):
        self.compared = collections.Counter()
        self.agreed = collections.Counter()
        self.differing = collections.defaultdict(list)

    def add(self, what, agrees, kind, entry):
        self.compared[what] += 1
        if agrees:
            self.agreed[what] += 1
        else:
            self.differing[f"{what}: {kind}"].append(entry)

    def report(self):
        """Prints all, and gives the percentage that agrees."""
        for title, found in sorted(self.differing.items()):
            print(f"{title}: {len(found)}")
            for entry in sorted(found):
                print("  " + entry)
        for what, compared in sorted(self.compared.items()):
            print(f"{what}: {self.agreed[what]} of {compared} agree")
        compared, agreed = self.compared.total(), self.agreed.total()
        percent = 100 * agreed / max(compared, 1)
        print(f"{compared} compared, {agreed} agree: {percent:.2f} %")
        return percent


class Judge:
    """Compares one operation after another."""

    def __init__(self, service, document, pages):
        self.service = service
        self.document = document
        self.pages = pages
        self.comparison = Comparison()
        self.unknown = []

    def judge(self, method, path, operation):
        found = self.service.resolve(method, path)
        where = f"{operation.get('x-source', '')}: {method.upper()} {path}"
        if found is None:
            self.unknown.append(where)
        elif isinstance(found, System):
            self.judge_system(method, found, operation, where)
        elif isinstance(found, Operation) and method in ("get", "post"):
            self.judge_call(found, path, operation, where)
        else:
            # What changes the answer of a function changes a thing.
            thing = found.answer if isinstance(found, Operation) else found
            self.judge_thing(method, thing, operation, where)

    def judge_system(self, method, found, operation, where):
        """Segments of OData's own."""
        if found.name == "$ref" and method in ("post", "put"):
            bodies = self.document.sent(operation)
            agrees = any("@odata.id" in dict(self.document.properties(body)) for body in bodies)
            said = listed(self.document.bodies(operation))
            self.comparison.add("bodies of references", agrees, "no reference", f"{where}: {said}")
        elif method == "get" and found.name in ("$count", "$value"):
            answers = self.document.answers(operation)
            agrees = BYTES in answers or found.name == "$count" and Type("integer", False) in answers
            self.comparison.add("answers of raw values", agrees, "JSON", f"{where}: {listed(answers)}")

    def judge_thing(self, method, found, operation, where):
        one = found._replace(collection=False)
        if method == "get":
            self.judge_type("answers of GET", self.document.answers(operation), found, where)
        elif method == "post" and found.collection:
            self.judge_type("answers of POST", self.document.answers(operation), one, where)
        if method in ("post", "patch", "put"):
            self.judge_body(f"bodies of {method.upper()}", one, operation, where)

    def judge_body(self, what, meant, operation, where):
        """A body agrees as well that lists some properties of what is meant, and nothing else."""
        bodies = self.document.bodies(operation)
        kinds = [meant.name, *self.service.derived[meant.name]]
        properties = map(self.service.metadata.properties, kinds)
        known = {name.lower() for names in properties for name in names}
        for schema in self.document.sent(operation):
            names = {name.lower() for name in schema.get("properties", {}) if "@" not in name}
            if names and names <= known:
                bodies.append(meant)
        self.judge_type(what, bodies, meant, where)

    def judge_call(self, found, path, operation, where):
        answers = self.document.answers(operation)
        self.judge_type(f"answers of {found.kind}s", answers, found.answer, where)
        documented = collections.defaultdict(list)
        for body in self.document.sent(operation):
            properties = list(self.document.properties(body))
            if "$ref" in body:
                # What else the type of a thing has says nothing of parameters.
                meant = {name.lower() for name in found.parameters}
                properties = [(name, schema) for name, schema in properties if name.lower() in meant]
                self.comparison.add(
                    f"parameters of {found.kind}s",
                    False,
                    "a thing in their place",
                    f"{where}: {documented_type(body).name}",
                )
            for name, schema in properties:
                documented[name.lower()].append((name, schema, schema.get("x-source", "")))
        arguments = self.document.arguments(operation)
        for name, value in (called(path.rpartition("/")[2])[1] or {}).items():
            parameter = arguments.get(value.strip("'@{}").lower(), {})
            documented[name] = [(name, parameter.get("schema"), parameter.get("x-source", ""))]
        for name in found.parameters:
            parameter = arguments.get(name.lower())
            if parameter and parameter["in"] == "query":
                entry = (name, parameter.get("schema"), parameter.get("x-source", ""))
                documented.setdefault(name.lower(), [entry])
        self.judge_parameters(found, documented, where)

    def judge_parameters(self, found, documented, where):
        what = f"parameters of {found.kind}s"
        meant = {name.lower(): ty for name, ty in found.parameters.items()}
        for name, ty in found.parameters.items():
            if name.lower() not in documented:
                entry = f"{where}: {name}: {shown(ty)} in the metadata"
                self.comparison.add(what, False, "not documented", entry)
        for name, entries in documented.items():
            if name not in meant:
                source = entries[0][2] or where
                entry = f"{source}: {found.name}.{entries[0][0]}"
                self.comparison.add(what, False, "not in the metadata", entry)
                continue
            said = [documented_type(schema) for _, schema, _ in entries if schema is not None]
            agrees = not said or any(self.service.agrees(one, meant[name]) for one in said)
            source = entries[0][2]
            mark = " (as the page says)" if said and self.pages.says(source, said[0]) else ""
            shown_types = f"{listed(said)}{mark}, in the metadata {shown(meant[name])}"
            entry = f"{source or where}: {found.name}.{entries[0][0]}: {shown_types}"
            self.comparison.add(what, agrees, "another type", entry)

    def judge_type(self, what, said, meant, where):
        agrees = any(self.service.agrees(one, meant) for one in said)
        entry = f"{where}: {listed(said)}, in the metadata {shown(meant)}"
        self.comparison.add(what, agrees, self.kind(said, meant), entry)

    def kind(self, said, meant):
        if NOTHING in said:
            return "nothing is documented"
        if meant == NOTHING:
            return "nothing is meant"
        if any(one.name == meant.name for one in said):
            return "a collection is meant" if meant.collection else "a single value is meant"
        if any(one.name in (ANY, "object") for one in said):
            return "an object that is no such thing"
        if BYTES in said:
            return "no JSON"
        if any(self.service.extends(meant.name, one.name) for one in said):
            return "a base of what is meant"
        return "another type"


def listed(types):
    return " or ".join(dict.fromkeys(map(shown, types)))


def main():
    arguments = command_line(__doc__)

    document = Document(arguments.document)
    service = Service(Metadata(arguments.metadata))
    judge = Judge(service, document, Pages(arguments.pages))
    count = 0
    for method, path, operation in document.operations():
        judge.judge(method, path, operation)
        count += 1
    print(f"not in the metadata: {len(judge.unknown)}")
    for where in sorted(judge.unknown):
        print("  " + where)
    percent = judge.comparison.report()
    print(f"{count - len(judge.unknown)} of {count} operations are of paths in the metadata")
    return 0 if percent >= arguments.least else 1


if __name__ == "__main__":
    sys.exit(main())
