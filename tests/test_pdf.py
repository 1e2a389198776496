"""PDF: what one tells besides its pages is found wherever it stands; software may be named."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from conftest import ROOT
from jiaozhang.attachments.pdf import inside_pdf

WHO = "张三丰"
USES_NO_PDF = """
import sys
from jiaozhang.cli.main import main
code = main(sys.argv[1:])
print([name for name in sys.modules if name.split(".")[0] in ("pikepdf", "PIL", "lxml")])
sys.exit(code)
"""


def empty() -> pikepdf.Pdf:
    made = pikepdf.new()
    made.add_blank_page(page_size=(200, 100))
    return made


def saved(made: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    made.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def pdf(**properties: str) -> bytes:
    """A page with some properties of the document."""
    made = empty()
    for name, value in properties.items():
        made.docinfo[f"/{name}"] = String(value)
    return saved(made)


def xmp(made: pikepdf.Pdf, inner: str) -> pikepdf.Pdf:
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
        'xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/">'
        f'{inner}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    stream = pikepdf.Stream(made, packet.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    made.Root.Metadata = made.make_indirect(stream)
    return made


def described(inner: str) -> Callable[[], pikepdf.Pdf]:
    return lambda: xmp(empty(), f'<rdf:Description rdf:about="">{inner}</rdf:Description>')


def annotated() -> pikepdf.Pdf:
    made = empty()
    comment = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), T=String(WHO)
    )
    made.pages[0].Annots = Array([comment])
    return made


def with_a_file() -> pikepdf.Pdf:
    made = empty()
    made.attachments[f"{WHO}.xlsx"] = b"names"
    return made


def with_info(**properties: str) -> Callable[[], pikepdf.Pdf]:
    def make() -> pikepdf.Pdf:
        made = empty()
        for name, value in properties.items():
            made.docinfo[f"/{name}"] = String(value)
        return made

    return make


def with_a_photo() -> pikepdf.Pdf:
    from test_attachments import exif, jpeg

    made = empty()
    raw = jpeg((0xE1, b"Exif\0\0" + exif(0x0131, gps=2)))
    photo = pikepdf.Stream(made, raw)
    photo.Type, photo.Subtype, photo.Filter = Name.XObject, Name.Image, Name.DCTDecode
    made.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=made.make_indirect(photo)))
    return made


def linked() -> pikepdf.Pdf:
    made = empty()
    action = Dictionary(S=Name.Launch, F=String(f"C:\\Users\\{WHO}\\Desktop\\a.docx"))
    made.Root.OpenAction = made.make_indirect(action)
    return made


TELLS: dict[str, Callable[[], pikepdf.Pdf]] = {
    "author": with_info(Author=WHO, Producer="WPS 文字"),
    "last-modified-by": with_info(LastModifiedBy=WHO),
    "manager": with_info(Manager=WHO),
    "title-with-path": with_info(Title=f"C:\\Users\\{WHO}\\Desktop\\报告.docx"),
    "title-of-word": with_info(Title=f"Microsoft Word - {WHO}改.docx"),
    "subject-of-linux": with_info(Subject=f"/home/{WHO}/报告"),
    "keywords-with-number": with_info(Keywords="联系 138-0013-8000"),
    "creator-with-path": with_info(Creator=f"file:///Users/{WHO}/x"),
    "custom": with_info(作者=WHO),
    "dc-creator": described(f"<dc:creator><rdf:Seq><rdf:li>{WHO}</rdf:li></rdf:Seq></dc:creator>"),
    "pdf-author": described(f"<pdf:Author>{WHO}</pdf:Author>"),
    "last-modified-in-xmp": described(f"<pdfx:LastModifiedBy>{WHO}</pdfx:LastModifiedBy>"),
    "attribute": lambda: xmp(empty(), f'<rdf:Description rdf:about="" pdf:Author="{WHO}"/>'),
    "comment": annotated,
    "embedded": with_a_file,
    "photo": with_a_photo,
    "link": linked,
}
WAYS: dict[str, dict[str, object]] = {
    "plain": {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False},
    "object-streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "encrypted": {
        "encryption": pikepdf.Encryption(owner="o", user=""),
        "object_stream_mode": pikepdf.ObjectStreamMode.generate,
    },
    "linearized": {"linearize": True},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", TELLS)
def test_what_names_somebody_is_found_wherever_it_stands(what: str, way: str) -> None:
    raw = saved(TELLS[what](), **WAYS[way])
    if way == "object-streams":
        assert WHO.encode("utf-16-be") not in raw  # a search of the bytes would not find it
    found = inside_pdf(raw)
    assert found.told and not found.why
    # Its name is shown in no log.
    assert WHO not in repr(found) and "三" not in repr(found)


SOFTWARE: dict[str, Callable[[], pikepdf.Pdf]] = {
    "nothing": empty,
    "libreoffice": with_info(Creator="Writer", Producer="LibreOffice 7.4"),
    "chromium": with_info(
        Creator="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0",
        Producer="Skia/PDF m120",
        CreationDate="D:20250630083000+00'00'",
        Title="示例市2025年重点工作进展",
    ),
    "word": with_info(
        Creator="Microsoft® Word 2019", Producer="Microsoft® Word 2019", Company="市科技局"
    ),
    "wps": with_info(Creator="WPS 文字", Producer="", Author="", SourceModified="D:20250630083000"),
    "blank-author": with_info(Author="  "),
    "pscript": with_info(Creator="PScript5.dll Version 5.2.2", Producer="Acrobat Distiller 9.0"),
    "xmp-tool": described(
        "<xmp:CreatorTool>Writer</xmp:CreatorTool><pdf:Producer>LibreOffice</pdf:Producer>"
        '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">重点工作</rdf:li></rdf:Alt></dc:title>'
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("what", SOFTWARE)
def test_the_name_of_the_software_is_nobodys(what: str, way: str) -> None:
    found = inside_pdf(saved(SOFTWARE[what](), **WAYS[way]))
    assert (found.told, found.why) == ((), "")


def test_a_web_address_and_the_name_of_a_field_are_nobodys() -> None:
    made = empty()
    link = Dictionary(S=Name.URI, URI=String("https://example.org/home/zhang/a.pdf"))
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, Rect=Array([0, 0, 9, 9]), T=String("name"), A=link
    )
    made.pages[0].Annots = Array([made.make_indirect(field)])
    made.Root.AcroForm = Dictionary(Fields=made.pages[0].Annots)
    assert inside_pdf(saved(made)).told == ()


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7", pdf()[:300], pdf().replace(b"startxref", b"startxxxx")]
)
def test_what_is_damaged_is_not_read(raw: bytes) -> None:
    assert inside_pdf(raw).why == "broken"


def test_what_needs_a_password_is_not_read() -> None:
    raw = saved(empty(), encryption=pikepdf.Encryption(owner="o", user="u"))
    assert inside_pdf(raw).why == "password"


def test_metadata_that_is_no_xml_is_not_read() -> None:
    made = xmp(empty(), "<pdf:Author>张")
    raw = saved(made, fix_metadata_version=False, preserve_pdfa=False, compress_streams=False)
    assert "<pdf:Author>张</rdf".encode() in raw
    assert inside_pdf(raw).why == "broken"


def test_an_earlier_version_that_the_file_still_holds_is_read() -> None:
    """What a tool took away by appending is still there for whoever cuts the file."""
    first = pdf(Author=WHO)
    with pikepdf.open(io.BytesIO(first)) as opened:
        number = opened.trailer.Info.objgen[0]
        root = opened.trailer.Root.objgen[0]
        size = int(opened.trailer.Size)
    at = len(first)
    update = f"{number} 0 obj\n<< /Producer (x) >>\nendobj\n".encode()
    old = int(first.rsplit(b"startxref", 1)[1].split()[0])
    table = f"xref\n{number} 1\n{at:010} 00000 n \ntrailer\n".encode()
    trailer = f"<< /Size {size} /Root {root} 0 R /Info {number} 0 R /Prev {old} >>\n".encode()
    whole = first + update + table + trailer + f"startxref\n{at + len(update)}\n%%EOF\n".encode()
    with pikepdf.open(io.BytesIO(whole)) as opened:
        assert "/Author" not in opened.docinfo
    assert [one.field for one in inside_pdf(whole).told] == ["Author"]


def test_data_behind_the_end_is_found() -> None:
    assert [one.kind for one in inside_pdf(pdf() + b"PK\3\4 names").told] == ["tail"]
    assert inside_pdf(pdf() + b"\r\n\0").told == ()


@given(st.binary(max_size=40), st.floats(0, 1))
@settings(deadline=None, max_examples=60)
def test_damage_of_any_kind_is_no_bug(noise: bytes, where: float) -> None:
    raw = pdf(Author=WHO)
    at = int(where * len(raw))
    assert WHO not in repr(inside_pdf(raw[:at] + noise + raw[at:]))


@pytest.mark.slow
def test_a_build_without_a_pdf_loads_no_parser(tmp_path: Path) -> None:
    words = ["check", "--content", str(ROOT / "examples" / "demo")]
    done = subprocess.run(
        [sys.executable, "-c", USES_NO_PDF, *words],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "CACHE_DIRECTORY": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.slow
def test_what_chromium_prints_passes(tool: Callable[[str], str], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><title>重点工作进展</title><p>完成。", encoding="utf-8")
    out = tmp_path / "page.pdf"
    subprocess.run(
        [tool("chromium"), "--headless", "--no-sandbox", "--disable-gpu",
         f"--user-data-dir={tmp_path / 'own'}", f"--print-to-pdf={out}", page.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    assert inside_pdf(out.read_bytes()).told == ()
    assert inside_pdf(out.read_bytes()).why == ""
