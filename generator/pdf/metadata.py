"""What the file says about itself: the Info dictionary, the XMP packet and the output intent.

In: `DocumentInfo`. Out: entries on the document's catalog. The two accounts must agree word for word
(ISO 19005-2 6.6.3), so both are written from the same record here. The XMP claims PDF/UA-1 (ISO 14289-1 5)
and PDF/A-2a (ISO 19005-2 6.6.4), with the extension schema that the first needs inside the second.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from generator.pdf.colour_profile import srgb
from generator.pdf.library import pdfdoc
from generator.pdf.syntax import ref, text_string
from generator.plain import NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from generator.pdf.objects import Document


class DocumentInfo(NamedTuple):
    """The words of the document's properties. Empty ones are left out.

    `lang` is a BCP 47 tag. `creator` names the program and version. `date` is the time both of creation and
    of change; without a zone it is taken for UTC.
    """

    title: str
    lang: str
    creator: str
    date: datetime
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()


_PRODUCER = "ReportLab"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_EXTENSION = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
"""

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
%s</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def add_metadata(document: Document, info: DocumentInfo) -> None:
    """Put the Info dictionary, the XMP packet and the output intent into the document."""
    document.info = _dictionary(info)
    packet = document.add_stream(xmp(info).encode(), b"/Type/Metadata/Subtype/XML", compress=False)
    profile = document.add_stream(srgb(), b"/N 3")
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.Metadata = ref(packet)
    catalog.OutputIntents = b"[<</Type/OutputIntent/S/GTS_PDFA1%b/DestOutputProfile %b>>]" % (
        b"/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)",
        ref(profile),
    )


def xmp(info: DocumentInfo) -> str:
    """Build the XMP packet."""
    when = _iso(info.date)
    keywords = ", ".join(info.keywords)
    parts = [
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_escaped(info.title)}</rdf:li></rdf:Alt></dc:title>\n',
        f"<dc:language><rdf:Bag><rdf:li>{_escaped(info.lang)}</rdf:li></rdf:Bag></dc:language>\n",
        "<dc:format>application/pdf</dc:format>\n",
    ]
    if info.author:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{_escaped(info.author)}</rdf:li></rdf:Seq></dc:creator>\n")
    if info.subject:
        words = f'<rdf:li xml:lang="x-default">{_escaped(info.subject)}</rdf:li>'
        parts.append(f"<dc:description><rdf:Alt>{words}</rdf:Alt></dc:description>\n")
    if keywords:
        parts.append(f"<pdf:Keywords>{_escaped(keywords)}</pdf:Keywords>\n")
    parts += (
        f"<xmp:CreatorTool>{_escaped(info.creator)}</xmp:CreatorTool><pdf:Producer>{_PRODUCER}</pdf:Producer>\n",
        f"<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>\n",
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n",
        _EXTENSION,
    )
    return _PACKET % "".join(parts)


def _dictionary(info: DocumentInfo) -> pdfdoc.PDFDictionary:
    date = info.date if info.date.tzinfo is None else info.date.astimezone(UTC)
    stamp = f"D:{date:%Y%m%d%H%M%S}Z"
    entries = {
        "Title": info.title,
        "Author": info.author,
        "Subject": info.subject,
        "Keywords": ", ".join(info.keywords),
        "Creator": info.creator,
        "Producer": _PRODUCER,
        "CreationDate": stamp,
        "ModDate": stamp,
    }
    return pdfdoc.PDFDictionary({key: text_string(value) for key, value in entries.items() if value})


def _iso(date: datetime) -> str:
    """Write the same moment as the Info dictionary does, in XMP's form."""
    date = date if date.tzinfo is None else date.astimezone(UTC)
    return f"{date:%Y-%m-%dT%H:%M:%SZ}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
