"""Take the pictures of the documents anew: `.venv/bin/python docs/pictures/make.py`.

Both cities are built into a temporary folder and opened from there, as any reader might.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Name: the site, the page, the width of the screen, and what the reader has switched on.
PICTURES = {
    "home": ("content/public", "", 1280, ""),
    "task": ("content/public", "2025/tasks/023/", 1280, ""),
    "tasks": ("content/public", "2025/tasks/", 1280, ""),
    "unit": ("content/public", "2025/units/fazhangaigewei/", 1280, ""),
    "district": ("content/public", "2025/districts/dongli/", 1280, ""),
    "search": ("content/public", "search/", 1280, ""),
    "section": ("content/public", "2025/sections/3/", 1280, ""),
    "deadlines": ("content/public", "2025/deadlines/", 1280, ""),
    "updates": ("content/public", "2025/updates/", 1280, ""),
    "notice": ("content/public", "2025/notice/", 1280, ""),
    "data": ("content/public", "2025/data/", 1280, ""),
    "about": ("content/public", "about/", 1280, ""),
    "chart": ("content/public", "2025/chart/", 1280, ""),
    "phone": ("content/public", "2025/tasks/023/", 390, ""),
    "elder": ("content/public", "", 390, "elder"),
    "contrast": ("content/public", "2025/tasks/001/", 1280, "contrast"),
    "leader": ("content/public", "2025/leaders/liuguiping/", 1280, ""),
    "theme": ("content/public", "2025/themes/livelihood/", 1280, ""),
    "map": ("content/public", "map/", 1280, ""),
    "demo-corrections": ("examples/demo/public", "2025/corrections/", 1280, ""),
    "demo-blockers": ("examples/demo/intranet", "2025/blockers/", 1280, ""),
    "demo-verifications": ("examples/demo/intranet", "2025/verifications/", 1280, ""),
    "demo-owed": ("examples/demo/intranet", "2025/owed/", 1280, ""),
    "demo-search": ("examples/demo/public", "search/", 1280, ""),
    "demo-home": ("examples/demo/public", "", 1280, ""),
    "demo-task": ("examples/demo/public", "2025/tasks/008/", 1280, ""),
    "demo-period": ("examples/demo/public", "2025/periods/2025-q3/", 1280, ""),
    "demo-leader": ("examples/demo/intranet", "2025/leaders/zhouming/", 1280, ""),
}


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for content in ("content", "examples/demo"):
            words = ["--audience", "all", "--content", content, "--out", f"{folder}/{content}"]
            command = [sys.executable, "-m", "jiaozhang", "build", *words]
            subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (site, page, width, mode) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": 900})
            if mode:
                context.add_init_script(f"localStorage.setItem('{mode}', '1')")
            tab = context.new_page()
            words = "停车位" if site.startswith("content") else "实验室"
            asked = f"?q={words}" if page == "search/" else ""
            tab.goto(f"file://{folder}/{site}/{page}index.html{asked}")
            tab.wait_for_load_state("networkidle")
            tab.screenshot(path=HERE / f"{name}.jpg", type="jpeg", quality=72)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
