"""What the screens and plain mode do next: one set of rules under both.

Nothing here touches a terminal.  Functions are pure, or read and write an inspection folder and say so;
values are frozen.  A user interface asks here what there is to do, shows it in its own way, and calls
here to have it done:

``navigation``   where work goes on, neighbours, "go to 2.3", "victims", "case 9 2.3"
``progress``     how far a case and the inspection are
``case_form``    the facts of a case: lines, what was typed, what each adds or leaves out
``answering``    judging, ticking, noting, marking as steps, each with the words that tell of it
``review``       what stops a case from being finished, what to think about, its answers at a glance
``search``       words in all notes
``interviews``   what is asked of a member of staff, item by item
``changes``      what differs between two versions of a record, by name: for undo and "changed elsewhere"
``commands``     every command: id, word, keys, help; palette, plain words, help and docs are made of it
"""
