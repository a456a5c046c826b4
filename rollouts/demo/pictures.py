"""What the demo's staff photograph: drawn here, so that nobody's own screen is shown."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from feedback.services.pictures import Picture, made_anew

SIZE = (1280, 720)
START_UP_ALT = "A blue screen that says: applying computer settings, about 7 minutes left"


def start_up_screen() -> Picture:
    """A screen that keeps somebody waiting."""
    image = Image.new("RGB", SIZE, "#12436D")
    draw = ImageDraw.Draw(image)
    draw.text((120, 250), "Applying computer settings", "white", ImageFont.load_default(56))
    draw.rectangle((120, 360, 1160, 376), "#3D6E96")
    draw.rectangle((120, 360, 350, 376), "#28A197")
    draw.text((120, 410), "About 7 minutes left", "white", ImageFont.load_default(36))
    written = BytesIO()
    image.save(written, "PNG")
    return made_anew(BytesIO(written.getvalue()), written.tell())
