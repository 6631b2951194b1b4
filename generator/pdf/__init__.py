"""Stage 6, write: pages of placed fragments in, the bytes of a tagged PDF out.

Every file is PDF 1.7, PDF/UA-1 and PDF/A-2a, and the same input gives the same bytes. The entrance is
`document.write`; each other module is one concern of the format. Knows ReportLab's document objects
(`reportlab.pdfbase.pdfdoc`) and nothing of Markdown, CSS, Jinja or the command line.
"""
