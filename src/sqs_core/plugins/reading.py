"""Reading a document of any format: what sqs reads itself, and what a plugin reads."""

from __future__ import annotations

from sqs_core.documents.archive import LARGEST
from sqs_core.documents.passages import PassageList, ReadDocument, too_large
from sqs_core.documents.reading import read_document
from sqs_core.documents.suffixes import SUFFIXES, suffix_of
from sqs_core.errors import PluginError, UsageError
from sqs_core.plugins.document_reader import DocumentReader
from sqs_core.plugins.registry import Offer, load_plugins
from sqs_core.plugins.sandbox import StrayedError, error_line


def read_any(data: bytes, name: str) -> ReadDocument:
    """Return what is in ``data``, by the suffix of the file called ``name``.

    Raises:
        UsageError: neither sqs nor a plugin reads files that end so.
        PluginError: the plugin that reads them failed, or two offer to.
        RecordError: the file is not what its suffix says, or holds what no letter does.
    """
    suffix = suffix_of(name)
    if suffix in SUFFIXES:
        return read_document(data, name)
    offer = _offer(suffix, name)
    if len(data) > LARGEST:
        raise too_large(name)
    found = PassageList(name)
    for paragraph in _paragraphs(offer, data):
        found.add(paragraph)
    return found.document()


def readable_suffixes() -> tuple[str, ...]:
    """Return the suffixes of files that can be read: ours, then those of plugins."""
    return (*SUFFIXES, *dict.fromkeys(offer.name for offer in load_plugins().readers))


def _offer(suffix: str, name: str) -> Offer[DocumentReader]:
    found = load_plugins()
    offers = [offer for offer in found.readers if offer.name == suffix]
    if len(offers) == 1:
        return offers[0]
    if offers:
        owners = " and ".join(offer.distribution for offer in offers)
        raise PluginError(f"{owners} both read {suffix} files, so neither is used: leave one of them out")
    message = (
        f"a letter is checked as {', '.join(readable_suffixes())}, not '{suffix or name}'; "
        "save it as one of these, or let a plugin read it"
    )
    if found.faults:
        raise PluginError(message, *map(str, found.faults))
    raise UsageError(message)


def _paragraphs(offer: Offer[DocumentReader], data: bytes) -> list[str]:
    try:
        return list(offer.value.read(data))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: no plugin ends the program
        said = str(error) if isinstance(error, StrayedError) else error_line(error)
        owner = f"{offer.distribution} {offer.version}"
        raise PluginError(f"the reader of {offer.name} files of {owner} failed: {said}") from error
