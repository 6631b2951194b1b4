"""A photograph without its colours. In: the bytes of a PNG or JPEG. Out: the bytes of a grey PNG, upright as the camera meant it."""

from __future__ import annotations

from io import BytesIO

_LUMINANCE = (0.2126, 0.7152, 0.0722, 0.0)  # Filter Effects 1, 6.1: grayscale(1)


def greyed(data: bytes) -> bytes:
    """Take the colours out. A file that cannot be decoded comes back as it is: whoever writes it tells."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as opened:
            picture = ImageOps.exif_transpose(opened)
            resolution = opened.info.get("dpi")
            alpha = picture.convert("RGBA").getchannel("A") if picture.has_transparency_data else None
            grey = picture.convert("RGB").convert("L", _LUMINANCE)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return data
    if alpha is not None:
        grey.putalpha(alpha)
    out = BytesIO()
    grey.save(out, "PNG", **({"dpi": resolution} if resolution else {}))
    return out.getvalue()
