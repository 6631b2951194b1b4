"""Pictures: what a PNG, JPEG or SVG file is and says, before anything is laid out.

In: the bytes of a file. Out: its kind and size, or the shapes of a drawing. Knows no pages and no PDF, opens no file
and reaches no network. Pixels are decoded only in the PDF room.
"""
