"""Client lists: a .csv, .xlsx or .jsonl file in, checked rows out, one after another. Knows no handouts, pages or mail.

No message repeats what stands in a cell: it names the row and the column.
"""

from generator.clients.lists import open_list
from generator.clients.rows import Choices, ClientList, ClientRow, Refused, checked

__all__ = ["Choices", "ClientList", "ClientRow", "Refused", "checked", "open_list"]
