"""Pictures as cameras and screens make them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = "51.5007N 0.1246W taken by Ada"
ORIENTATION, DESCRIPTION = 0x0112, 0x010E


def photograph(width: int = 60, height: int = 40) -> bytes:
    """A JPEG that was taken on its side, with its place in it three times."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = 6, SECRET
    xmp = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    return _saved(Image.new("RGB", (width, height), "navy"), "JPEG", exif=exif, xmp=xmp, comment=SECRET)


def screenshot(width: int = 60, height: int = 40, *, colour: str = "teal", mode: str = "RGB") -> bytes:
    """A PNG with a note."""
    note = PngInfo()
    note.add_text("Comment", SECRET)
    return _saved(Image.new(mode, (width, height), colour), "PNG", pnginfo=note)


def sticker(width: int = 60, height: int = 40) -> bytes:
    """A WebP that one sees through."""
    exif = Image.Exif()
    exif[DESCRIPTION] = SECRET
    return _saved(Image.new("RGBA", (width, height), (0, 128, 0, 90)), "WEBP", exif=exif)


def animation() -> bytes:
    return _saved(Image.new("P", (9, 9)), "GIF")


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()
