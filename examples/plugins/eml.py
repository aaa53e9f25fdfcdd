"""Letters that come back in the body of an e-mail: ``sqs letter check leeds reply.eml``.

Copy this file into the folder ``plugins`` beside your settings.  What the e-mail quotes of an earlier one
(lines that begin with ">") is not read.
"""

import email
import email.policy
import re

from sqs_core import DocumentReader, hookimpl


def paragraphs(data: bytes) -> list[str]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    body = message.get_body(("plain",))
    if body is None:
        raise ValueError("this e-mail holds no plain text: save the letter itself, and check that")
    lines = (line for line in body.get_content().splitlines() if not line.startswith(">"))
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", "\n".join(lines)) if part.strip()]


@hookimpl
def sqs_register_readers() -> list[DocumentReader]:
    return [DocumentReader(".eml", "the plain text of an e-mail", paragraphs)]
