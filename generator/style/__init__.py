"""Stage 4, style: the HTML tree and the stylesheets in, a computed style for every element out.

Knows CSS and nothing of content, pages, fonts' files or PDF.
"""
