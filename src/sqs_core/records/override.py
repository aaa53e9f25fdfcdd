"""A moderator's decision over an answer.

The five fields are those of an override in XCCDF (NIST IR 7275 rev. 4, section 6.6.4.4): the
old result, the new one, a remark, the time and the authority.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

TIME: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"


@frozen
class Override:
    """``old`` and ``new`` are outcomes of ``question``; ``remark`` says why.

    ``old`` is the outcome that counted before; ``time`` is UTC (``2012-11-28T16:05:00Z``);
    ``authority`` is who may decide so: a role or initials.
    """

    question: str
    old: str
    new: str
    remark: str
    time: str
    authority: str


@frozen
class RatingOverride:
    """A decision over a computed rating: the band ``new`` is shown, and what was computed stays beside it.

    ``remark`` says why, ``authority`` who decided: a role, or initials; ``time`` is UTC.
    """

    new: str
    remark: str
    time: str
    authority: str
