"""Every message in one place: what each code says, and what it advises, in Chinese and English.

A code is permanent. Each has an entry in docs/diagnostics.md and a case in tests/diagnostics/.
`error` means that nothing is written, `warning` that we publish anyway. `public_only` means that an
error stops the public site and not the intranet's.
"""

from __future__ import annotations

from collections.abc import Mapping

from jiaozhang.faults.messages.attachment_messages import ATTACHMENTS
from jiaozhang.faults.messages.field_messages import FIELDS
from jiaozhang.faults.messages.file_messages import FILES
from jiaozhang.faults.messages.message import Language, Message, Severity
from jiaozhang.faults.messages.notice_messages import NOTICE
from jiaozhang.faults.messages.progress_messages import PROGRESS
from jiaozhang.faults.messages.prose_messages import PROSE
from jiaozhang.faults.messages.publication_messages import LINT
from jiaozhang.faults.messages.record_messages import RECORDS
from jiaozhang.faults.messages.site_messages import SITE
from jiaozhang.faults.messages.syntax_messages import SYNTAX

__all__ = ["GROUPS", "MESSAGES", "Language", "Message", "Severity"]

GROUPS: tuple[tuple[str, Mapping[str, Message]], ...] = (
    ("文件", FILES),
    ("写法", SYNTAX),
    ("每一项的内容", FIELDS),
    ("正文", PROSE),
    ("各处对不上", RECORDS),
    ("进展和审核", PROGRESS),
    ("附件", ATTACHMENTS),
    ("公开前的检查", LINT),
    ("网站", SITE),
    ("导入文件", NOTICE),
)
MESSAGES: Mapping[str, Message] = {
    code: message for _, group in GROUPS for code, message in group.items()
}
