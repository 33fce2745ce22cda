"""The rows of pages, which are what the authors themselves say."""

import re

from csdl import PRIMITIVES

# Words of pages for formats that have another name.
WORDS = {name.rpartition(".")[2].lower(): known for name, known in PRIMITIVES.items()}


class Pages:
    """The pages' lines."""

    def __init__(self, folder):
        self.folder = folder
        self.lines = {}

    def gives_no_better(self, source):
        """Whether a row of a table calls its type String and links to no type."""
        cells = self.cells(source)
        if len(cells) < 2 or not re.match(r"(?i)\W*(edm\.)?string\b", cells[1].strip()):
            return False
        return "resources/" not in "".join(cells[1:]) and "enums" not in cells[1]

    def says(self, source, said):
        """Whether a row of a table has the documented type, word for word."""
        cells = self.cells(source)
        words = re.findall(r"[\w.]+", re.sub(r"\]\([^)]*\)", "]", cells[1])) if len(cells) > 1 else []
        words = [word.lower().rpartition(".")[2] for word in words]
        collection = "collection" in words
        words = {WORDS.get(word, word) for word in words}
        return said.name.rpartition(".")[2] in words and collection == said.collection

    def cells(self, source):
        """The cells of the row at a place."""
        if self.folder is None or not source:
            return []
        path, _, line = source.rpartition(":")
        return cells(self.of(path)[int(line) - 1])

    def listed(self, source):
        """The names in the tables of properties and relationships of the page of a place."""
        if self.folder is None or not source:
            return set()
        names = set()
        is_listing = False
        for line in self.of(source.rpartition(":")[0]):
            if line.startswith("#"):
                is_listing = re.match(r"(?i)#+\s*(properties|relationships)\b", line) is not None
            elif is_listing and line.lstrip().startswith("|"):
                names.add(cells(line)[0].strip(" *`"))
        return names

    def of(self, path):
        """The lines of a page."""
        if path not in self.lines:
            text = (self.folder / path).read_text(encoding="utf-8-sig")
            self.lines[path] = text.splitlines()
        return self.lines[path]


def cells(row):
    return row.strip().strip("|").split("|")
