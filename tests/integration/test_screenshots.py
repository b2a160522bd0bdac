import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

_SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "screenshots.py"


def test_pictures_are_taken_of_the_real_window_in_each_theme_and_size(tmp_path):
    done = subprocess.run(
        [sys.executable, str(_SCRIPT), str(tmp_path), "--last", "empty"],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    pictures = {path.stem: QImage(str(path)) for path in tmp_path.glob("*.png")}
    assert {name.partition("-")[0] for name in pictures} == {"empty", "drop"}
    assert len(pictures) == 8
    for name, picture in pictures.items():
        assert name.endswith(f"-{picture.width()}x{picture.height()}")
    light, dark = (pictures[f"empty-{theme}-900x600"] for theme in ("light", "dark"))
    assert light.pixelColor(5, 300).lightness() > 200 > 80 > dark.pixelColor(5, 300).lightness()
