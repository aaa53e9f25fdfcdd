"""Plain mode: the whole of stepping through cases as lines that are never redrawn.

For screen readers, simple terminals and scripts.  Nothing here moves the cursor, sets a colour or needs a
key but Enter.  What there is to do, and how, is told by :mod:`sqs_core.workflow`; here it is asked for and
read out.

``line_io`` reads and writes lines, ``workspace`` holds the records being worked on and saves them,
``shell`` is the loop (a :class:`cmd.Cmd`), and each room (``cases``, ``facts``, ``question``, ``review``,
``interviews``) what is asked at its prompt.  The words that can be typed anywhere are the ``do_`` methods of
``moving``, ``at_a_question``, ``in_a_case``, ``of_the_inspection``, ``letter`` and ``decisions``.
"""
