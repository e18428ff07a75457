"""Records read for the formats of others: the real one and the mini record."""

from laichau_kg._dump import read_quads
from laichau_kg._index import Index
from laichau_kg.layout import Layout
from laichau_kg.store import record_files
from mini import ROOT


def read_index(root=ROOT):
    """Index the record at *root*."""
    return Index(read_quads(record_files(Layout(root))))
