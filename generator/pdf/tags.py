"""The structure tree: which elements stay, what they say, and where their content is (ISO 32000-1 14.7, 14.8).

In: the tree of `Node` and the marked-content identifiers that each leaf came to. Out: StructElem objects, the
ParentTree and the IDTree. An element in which nothing is painted is left out, except the cells of a table, which
hold their columns. Elements are written as bytes: a booklet has thousands of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from generator.pdf.attributes import attributes_of
from generator.pdf.syntax import name, ref, text_string
from generator.plain import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.layout.pages import Node
    from generator.pdf.content import Painted
    from generator.pdf.extent import Extent
    from generator.pdf.objects import Document

# Roles that PDF 1.7 has no name for, and the standard type that stands in for each (ISO 32000-1 14.7.3).
ROLE_MAP = {"Aside": "Sect", "Strong": "Span", "Em": "Span", "Title": "P", "FENote": "Note", "Sub": "Span"}
_CELLS = frozenset({"TR", "TH", "TD"})
_BOXED = frozenset({"Figure", "Formula", "Form"})  # illustrations, which must say where they are (14.8.4.5)
_ROWS = frozenset({"Table", "THead", "TBody", "TFoot", "TR"})


@dataclass(slots=True, eq=False, repr=False)
class Marks:
    """Where content came to: by leaf, its (page, MCID) pairs; by node, the annotations that belong to it."""

    leaves: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    extents: dict[int, Extent] = field(default_factory=dict)
    annotations: dict[int, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))

    def add_page(self, page: int, painted: Painted) -> None:
        """Note one page's marked content."""
        for mcid, leaf in enumerate(painted.leaves):
            self.leaves[leaf].append((page, mcid))
        for leaf, extent in painted.extents.items():
            self.extents.setdefault(leaf, extent)

    def add_annotation(self, node: Node, page: int, annotation: int, key: int) -> None:
        """Note that the annotation object belongs to `node` and stands under `key` in the ParentTree."""
        self.annotations[id(node)].append((page, annotation, key))


def nodes_of(root: Node) -> Iterator[Node]:
    """Walk the tree in reading order."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += [kid for kid in reversed(node.kids) if not isinstance(kid, int)]


def leaf_roles(root: Node) -> dict[int, bytes]:
    """Give every leaf the operand that BDC takes: the role of the element it lies in."""
    return {kid: name(node.role) for node in nodes_of(root) for kid in node.kids if isinstance(kid, int)}


def figure_leaves(root: Node) -> frozenset[int]:
    """Give the leaves whose extent a Figure's BBox needs; its caption is not part of the picture."""
    return frozenset(leaf for node in nodes_of(root) if node.role in _BOXED for leaf in _inside(node))


def _inside(node: Node) -> Iterator[int]:
    for kid in node.kids:
        if isinstance(kid, int):
            yield kid
        elif kid.role != "Caption":
            yield from _inside(kid)


def add_tags(document: Document, root: Node, marks: Marks, pages: Sequence[int], page_leaves: Sequence[Sequence[int]]) -> None:
    """Write the structure tree. `pages`: object numbers; `page_leaves`: each page's leaves by MCID."""
    tree = _Tree(document, marks, pages)
    top = tree.write(root)
    parents = [b"%d[%b]" % (page, tree.parents(leaves)) for page, leaves in enumerate(page_leaves) if leaves]
    parents += [b"%d %b" % entry for entry in sorted(tree.annotation_parents)]
    next_key = max([len(pages), *(key + 1 for key, _ in tree.annotation_parents)])
    entries = [
        b"/Type/StructTreeRoot/K[%b]" % ref(top),
        b"/ParentTree %b/ParentTreeNextKey %d" % (ref(document.add(b"<</Nums[%b]>>" % b" ".join(parents))), next_key),
    ]
    used = sorted(tree.roles & ROLE_MAP.keys())
    if used:
        entries.append(b"/RoleMap<<%b>>" % b"".join(name(role) + name(ROLE_MAP[role]) for role in used))
    if tree.idents:
        ids = b"".join(text_string(ident) + b" " + ref(at) for ident, at in sorted(tree.idents.items()))
        limits = text_string(min(tree.idents)) + text_string(max(tree.idents))
        leaf = document.add(b"<</Limits[%b]/Names[%b]>>" % (limits, ids))
        entries.append(b"/IDTree<</Kids[%b]>>" % ref(leaf))
    document.add(b"<<%b>>" % b"".join(entries), tree.root)
    document.Catalog.StructTreeRoot = ref(tree.root)


class _Tree:
    """Numbers for the elements that stay, and their bytes."""

    def __init__(self, document: Document, marks: Marks, pages: Sequence[int]) -> None:
        self._document = document
        self._marks = marks
        self._pages = pages
        self._owners: dict[int, int] = {}
        self.root = document.reserve()
        self.annotation_parents: list[tuple[int, bytes]] = []
        self.idents: dict[str, int] = {}
        self.roles: set[str] = set()

    def write(self, root: Node) -> int:
        """Write `root` and what is below it; its object number. An empty piece keeps its bare root."""
        alive: set[int] = set()
        self._find_alive(root, alive)
        alive.add(id(root))
        return self._write(root, self.root, alive, rows=False)

    def parents(self, leaves: Sequence[int]) -> bytes:
        """Write one page's entry of the ParentTree."""
        return b" ".join([ref(self._owners[leaf]) for leaf in leaves])

    def _find_alive(self, node: Node, alive: set[int]) -> bool:
        """Collect the nodes below which something was painted or can be clicked."""
        found = id(node) in self._marks.annotations
        for kid in node.kids:
            shown = kid in self._marks.leaves if isinstance(kid, int) else self._find_alive(kid, alive)
            found = found or shown
        if found:
            alive.add(id(node))
        return found

    def _write(self, node: Node, parent: int, alive: set[int], *, rows: bool) -> int:
        at = self._document.reserve()
        self.roles.add(node.role)
        inside_rows = node.role in _ROWS and (rows or node.role == "Table")
        kids: list[bytes] = []
        page = self._first_page(node)
        for kid in node.kids:
            if isinstance(kid, int):
                kids += self._content(kid, at, page)
            elif id(kid) in alive or (inside_rows and kid.role in _CELLS):
                kids.append(ref(self._write(kid, at, alive, rows=inside_rows)))
        kids += self._objects(node, at)
        where = b"/Pg " + ref(self._pages[page]) if page >= 0 else b""
        entries = (name(node.role), ref(parent), where, self._words(node, at), b" ".join(kids))
        self._document.add(b"<</Type/StructElem/S%b/P %b%b%b/K[%b]>>" % entries, at)
        return at

    def _first_page(self, node: Node) -> int:
        for kid in node.kids:
            if isinstance(kid, int) and kid in self._marks.leaves:
                return self._marks.leaves[kid][0][0]
        return -1

    def _content(self, leaf: int, owner: int, page: int) -> list[bytes]:
        if leaf not in self._marks.leaves:
            return []
        self._owners[leaf] = owner
        return [
            b"%d" % mcid if at == page else b"<</Type/MCR/Pg %b/MCID %d>>" % (ref(self._pages[at]), mcid)
            for at, mcid in self._marks.leaves[leaf]
        ]

    def _objects(self, node: Node, owner: int) -> list[bytes]:
        """Write the references to a node's annotations and note the way back."""
        found = self._marks.annotations.get(id(node))
        if not found:
            return []
        self.annotation_parents += [(key, ref(owner)) for _, _, key in found]
        return [b"<</Type/OBJR/Pg %b/Obj %b>>" % (ref(self._pages[page]), ref(at)) for page, at, _ in found]

    def _words(self, node: Node, at: int) -> bytes:
        """Write the entries that replace or describe the content, and the attributes."""
        ident = self._ident(node, at)
        out = b""
        if not (ident or node.lang or node.alt or node.actual_text or node.expansion or node.title):
            return attributes_of(node, self._extents(node))  # as with nearly all
        for key, value in ((b"/Lang", node.lang), (b"/Alt", node.alt), (b"/ActualText", node.actual_text), (b"/E", node.expansion),
                           (b"/T", node.title), (b"/ID", ident)):  # fmt: skip
            if value:
                out += key + text_string(value)
        return out + attributes_of(node, self._extents(node))

    def _extents(self, node: Node) -> list[Extent]:
        """Give the extents of a figure's content on the page where it begins."""
        if node.role not in _BOXED:
            return []
        known = self._marks.extents
        return [known[leaf] for leaf in _inside(node) if leaf in known]

    def _ident(self, node: Node, at: int) -> str:
        """Give a node's unique identifier; a note must have one (ISO 14289-1 7.9)."""
        wanted = node.ident or ("note" if node.role in ("Note", "FENote") else "")
        if not wanted:
            return ""
        ident, count = wanted, 1
        while ident in self.idents:
            count += 1
            ident = f"{wanted}-{count}"
        self.idents[ident] = at
        return ident
