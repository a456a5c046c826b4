"""A picture made anew from what somebody sends: nothing of the file is kept but what one sees in it.

What it is, is read from its content. Size and pixels are looked at before it is unpacked, so that no small
file grows large; place, time, camera and every other note in it are left behind.
"""

from __future__ import annotations

import hashlib
import struct
import threading
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO, NoReturn

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from fleet.errors import Invalid
from fleet.web import text

FIELD = "picture"
MOST_BYTES = 10_000_000
# JPEGs are unpacked at a fraction of their size, others whole, at four bytes a pixel and more: two screens of
# 3,840 by 2,160 side by side are taken.
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 18_000_000, "WEBP": 18_000_000}
MOST_SIDE = 2048
# A screenshot stays as sharp as it is while it is no larger than this.
MOST_PNG_BYTES = 1_500_000
TAKEN = "Choose a JPEG, PNG or WebP picture"
# Brands of the box that an iPhone's photographs begin with.
HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
# What Pillow raises for a file that is not what it says, or breaks off.
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, OverflowError, struct.error,
    zlib.error,
)  # fmt: skip
# One at a time in each process: what unpacking takes is bounded for all together.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """Made anew: `media_type` is image/jpeg or image/png, `digest` SHA-256 of the content in hexadecimals."""

    content: bytes
    media_type: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def made_anew(file: IO[bytes], size: int) -> Picture:
    """From a file of `size` bytes. Raises Invalid (field `picture`), whose message says what to do."""
    if size > MOST_BYTES:
        _refuse(
            f"The picture is {text.size(size)}. Choose one of at most {text.size(MOST_BYTES)}, such as a "
            "screenshot of it"
        )
    content = file.read(MOST_BYTES + 1)
    try:
        with _one_at_a_time, Image.open(BytesIO(content), formats=list(MOST_PIXELS)) as image:
            _refuse_pixels(image)
            return _redrawn(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        _refuse(_too_many_pixels(0, MOST_PIXELS["JPEG"]))
    except UnidentifiedImageError:
        _refuse(_unknown(content))
    except _BROKEN:
        _refuse("The picture cannot be read to its end. Save it again, or take a screenshot of it")


def _refuse(message: str) -> NoReturn:
    raise Invalid(message, field=FIELD)


def _unknown(content: bytes) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in HEIC:
        return (
            "This is a HEIC picture, which few browsers show. Save it as JPEG, or take a screenshot of it; "
            "on an iPhone, choose it from Photos and it is made a JPEG"
        )
    return f"This is not a picture that can be shown here. {TAKEN}"


def _refuse_pixels(image: Image.Image) -> None:
    pixels, most = image.width * image.height, MOST_PIXELS[str(image.format)]
    if pixels > most:
        _refuse(_too_many_pixels(pixels, most))


def _too_many_pixels(pixels: int, most: int) -> str:
    have = f"{pixels / 1_000_000:,.0f} million" if pixels else "too many"
    return (
        f"The picture has {have} pixels, {most // 1_000_000} million at most can be taken. Make it smaller, "
        "or take a screenshot of it"
    )


def _redrawn(image: Image.Image) -> Picture:
    is_photograph = isinstance(image, JpegImageFile)
    if image.mode == "P":  # colours by number cannot be made smaller
        image = image.convert("RGBA")
    # Before anything is unpacked: a JPEG is read at the size that comes next above.
    if isinstance(image, JpegImageFile):
        image.draft("RGB", (MOST_SIDE, MOST_SIDE))
    image.thumbnail((MOST_SIDE, MOST_SIDE))
    turned = ImageOps.exif_transpose(image)
    if not is_photograph:
        png = _saved(turned.convert("RGBA" if turned.has_transparency_data else "RGB"), "PNG", optimize=True)
        if len(png.content) <= MOST_PNG_BYTES:
            return png
    return _saved(_on_white(turned), "JPEG", quality=85, optimize=True)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image.convert("RGBA")).convert("RGB")


def _saved(image: Image.Image, kind: str, **options: object) -> Picture:
    # Pillow writes comments and profiles that it finds here.
    image.info = {}
    written = BytesIO()
    image.save(written, kind, **options)
    return Picture(written.getvalue(), f"image/{kind.lower()}", image.width, image.height)
