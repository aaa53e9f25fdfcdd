"""The file itself: title and language stated, the same bytes every time, nothing that is not needed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from odfdo import Document

from sqs_core.letter.report import Report

EPOCH = (1980, 1, 1, 0, 0, 0)
# odfdo's templates carry a picture of an empty page and the tool bars of an office program.
_LEFT_OUT = ("Thumbnails/", "Configurations2/", "manifest.rdf")


def finished(document: Document, report: Report) -> bytes:
    """The package: its properties from the report, every member dated 1980, unneeded ones gone."""
    meta = document.meta
    meta.title, meta.subject, meta.language = report.document.title, report.service, report.language_tag
    meta.creation_date = meta.date = report.file_time
    meta.generator = "sqs-odf"
    # The template's own: counts of an empty page, and fields that nobody filled in.
    for element in meta.get_elements("//meta:document-statistic | //meta:user-defined"):
        element.delete()
    for name in document.get_parts():
        if name.startswith(_LEFT_OUT):
            document.del_part(name)
    for path in document.manifest.get_paths():
        if path.startswith(_LEFT_OUT):
            document.manifest.del_full_path(path)
    out = io.BytesIO()
    try:
        document.save(out)
    except ValueError as error:
        if "1980" not in str(error):
            raise
        raise ValueError("this computer's clock stands before 1980: set it, then write the letter") from None
    return _fixed(out.getvalue())


def set_styles(document: Document, report: Report, name: str, **more: str) -> None:
    """Our own styles from the file ``name`` beside this one, in place of those odfdo's template has.

    Each of ``more`` is XML to stand where the file has its name.
    """
    language, _, country = report.language_tag.partition("-")
    styles = Path(__file__).with_name(name).read_text(encoding="utf-8")
    for mark, words in {"LANGUAGE": language, "COUNTRY": country or "none", **more}.items():
        styles = styles.replace(mark, words)
    document.set_part("styles.xml", styles.encode())


def _fixed(data: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        # The media type comes first and uncompressed: so a file is told by its first bytes.
        for name in ("mimetype", *sorted(set(source.namelist()) - {"mimetype"})):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()
