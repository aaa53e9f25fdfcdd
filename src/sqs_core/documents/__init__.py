"""Reading documents that other people wrote: Word, OpenDocument, web pages, Markdown and plain text."""
