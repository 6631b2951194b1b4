"""Pictures in the file: bytes kept, turned, scaled, and refused."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from generator.errors import ContentError
from generator.layout.pages import Raster
from tests.pdf.samples import written
from tests.tools import render


def encoded(image: Image.Image, kind: str, **more) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def images_of(data: bytes) -> list[tuple[dict, bytes]]:
    """Of every image XObject: its dictionary and its bytes as they are stored."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        images = pdf.pages[0].Resources.get("/XObject", {}).values()
        return [({key: str(value) for key, value in image.items()}, image.read_raw_bytes()) for image in images]


def quarters() -> Image.Image:
    """Red, green / blue, white: which corner is which can be told."""
    image = Image.new("RGB", (40, 40), (255, 255, 255))
    for place, colour in (((0, 0), (255, 0, 0)), ((20, 0), (0, 255, 0)), ((0, 20), (0, 0, 255))):
        image.paste(colour, (*place, place[0] + 20, place[1] + 20))
    return image


def corners(data: bytes) -> list[str]:
    page = render(data)[0]
    names = {(255, 0, 0): "red", (0, 255, 0): "green", (0, 0, 255): "blue", (255, 255, 255): "white"}
    nearest = [min(names, key=lambda n: sum(abs(a - b) for a, b in zip(n, page.getpixel(at), strict=True))) for at in PLACES]
    return [names[colour] for colour in nearest]


PLACES = ((20, 20), (40, 20), (20, 40), (40, 40))


def placed(data: bytes) -> bytes:
    return written([Raster(10, 10, 40, 40, "k")], images={"k": data})


def test_a_jpeg_goes_in_as_it_is():
    data = encoded(quarters(), "JPEG", quality=90)
    ((entries, stored),) = images_of(placed(data))
    assert stored == data
    assert entries["/Filter"] == "/DCTDecode"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_stands_upright(orientation):
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = quarters().transpose(undo[orientation]) if orientation in undo else quarters()
    exif = Image.Exif()
    exif[274] = orientation
    data = placed(encoded(stored, "JPEG", exif=exif, quality=95, subsampling=0))
    assert corners(data) == ["red", "green", "blue", "white"]


@pytest.mark.parametrize("mode", ["RGB", "P", "RGBA"])
@pytest.mark.parametrize("kind", ["PNG"])
def test_a_png_shows_its_pixels(mode, kind):
    assert corners(placed(encoded(quarters().convert(mode), kind))) == ["red", "green", "blue", "white"]


def test_sixteen_bit_grey_keeps_its_brightness():
    data = placed(encoded(Image.new("I;16", (9, 9), 0x8000), "PNG"))
    assert abs(render(data)[0].getpixel((30, 30))[0] - 128) <= 1


def test_alpha_lets_the_page_through():
    image = Image.new("RGBA", (40, 40), (255, 0, 0, 255))
    image.paste((0, 0, 255, 0), (20, 0, 40, 40))
    data = placed(encoded(image, "PNG"))
    page = render(data)[0]
    assert (page.getpixel((20, 30)), page.getpixel((40, 30))) == ((255, 0, 0), (255, 255, 255))
    assert "/SMask" in images_of(data)[0][0]


def test_one_file_drawn_twice_is_stored_once():
    data = written([Raster(10, 10, 40, 40, "k"), Raster(60, 10, 40, 40, "k")], images={"k": encoded(quarters(), "PNG")})
    assert len(images_of(data)) == 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_far_sharper_than_print_is_scaled_to_its_largest_use(kind):
    image = Image.linear_gradient("L").resize((1200, 1200))
    fragments = [Raster(0, 0, 36, 36, "k"), Raster(0, 40, 72, 72, "k")]
    ((found, _),) = images_of(written(fragments, images={"k": encoded(image, kind)}))
    assert (found["/Width"], found["/Height"]) == ("300", "300")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_damaged_picture_is_an_error(kind):
    noise = Image.effect_noise((60, 60), 90).convert("RGB")
    data = bytearray(encoded(noise, kind))
    with pytest.raises(ContentError, match="broken"):
        placed(bytes(data[: len(data) // 2]))


def test_pixels_damaged_in_a_whole_png_are_an_error():
    data = bytearray(encoded(Image.effect_noise((60, 60), 90), "PNG"))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(ContentError, match="broken"):
        placed(bytes(data))
