"""The typographer: text, style and measure in; lines of placed glyphs out. Knows no CSS, no pages, no PDF objects."""
