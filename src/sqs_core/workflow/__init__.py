"""The workflow shared by the screens and plain mode: one set of rules for both.

Nothing here touches a terminal.  Functions are pure, or read and write an inspection folder and say so;
values are frozen.  A user interface asks this package what there is to do, shows it in its own way, and
calls it to have it done; each module's docstring shows how.

In a case:
``navigation``      where work goes on, neighbours, "go to 2.3", "victims", "case 9 2.3"
``progress``        how far a case and the inspection are
``case_form``       the facts of a case: lines, what was typed, what each adds or leaves out
``answering``       judging, ticking, noting, marking as steps, each with the words that describe it
``review``          what stops a case from being finished, what to think about, its answers at a glance
``changes``         what differs between two versions of a case, by name
``search``          words in all notes

Between several people:
``moderation``      where two markings differ, choosing, deciding, writing
``overriding``      letting another outcome count
``merging``         another folder into this one
``choosing``        choices kept as they are made; ``effect_words`` what they would do to board and letter
``retrying``        a change tried again where somebody else saved the same record meanwhile

The letter:
``letter_details``  addressee, signatory, dates, copies; recalled from the last inspection of the service
``letter_text``     its parts, written by the author; how a figure is said; quotes
``letter_lists``    strengths and areas for improvement: add, edit, move, link, with what is proposed
``figures``         live figures offered by name, shown by their words, stored as references
``letter_undo``     undo over all of these, across restarts
``what_is_left``    the one list of every gap and finding, each with its place
``resolving``       accepting one of them, or mending what no answer mends

The rest:
``starting``        a new inspection from a few answers
``composing``       from a folder to its letter, or its board, as a value
``outputs``         files that can be written: letter, board, tables, take-away sheet
``pacing``          how long cases take, and when the last one ends
``commands``        every command: id, word, keys, help; palette, plain words, help and docs are made of it
"""
