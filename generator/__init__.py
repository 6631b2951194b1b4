"""handouts: a clinic's Markdown as branded, tagged, printable PDF booklets and step cards.

`pipeline.py` names every stage in order; each room below it is one stage.
"""

__version__ = "0.1.0"
