"""Live figures in text: ``{roh.plan@custody|of cases}`` and the words that stand for it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import field, frozen

from sqs_core.errors import UsageError, did_you_mean
from sqs_core.letter.document import Figure, Run
from sqs_core.letter.reference import REFERENCE, Reference, matched
from sqs_core.letter.wording import FORMS, Wording
from sqs_core.scoring.findings import OTHER, Findings
from sqs_core.text import capitalised

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+$")


CHOICES = ("of", "words")


@frozen
class Filler:
    """Fills templates: live figures from the findings, and named texts such as ``{place}``.

    ``choices`` maps a reference to the shape its author prefers, "of" or "words", where the
    template has the other.
    """

    findings: Findings
    wording: Wording
    choices: Mapping[str, str] = field(factory=dict)

    def runs(
        self,
        template: str,
        texts: Mapping[str, str | tuple[Run, ...]],
        *,
        about: Reference | None = None,
        unit: str = "cases",
        starting: bool = True,
    ) -> tuple[Run, ...]:
        """Return ``template`` with everything in braces filled; ``starting`` where a sentence begins.

        ``about`` is the measure that ``{|…}`` stands for, ``unit`` the noun ``unit`` stands for.
        UsageError where something in braces is neither a known text nor a known measure.
        """
        runs: list[Run] = []
        place = 0
        for match in REFERENCE.finditer(template):
            runs.append(template[place : match.start()])
            place = match.end()
            name = match["measure"]
            if match.group() == "{" + name + "}" and name in texts:
                filled = texts[name]
                words = (filled,) if isinstance(filled, str) else filled
                runs.extend(capital(words) if _begins_sentence(runs, starting) else words)
            else:
                begins = _begins_sentence(runs, starting)
                runs.append(self.figure(matched(match), about=about, unit=unit, starting=begins))
        runs.append(template[place:])
        return merged_runs(runs)

    def figure(
        self,
        asked: Reference,
        *,
        about: Reference | None = None,
        unit: str = "cases",
        starting: bool = False,
    ) -> Figure:
        """Return the live figure for a reference; one without a measure takes that of ``about``."""
        if not asked.measure:
            if about is None:
                raise UsageError("a figure such as {|of cases} needs to say of which question")
            asked = about._replace(
                outcome=asked.outcome or about.outcome,
                subset=asked.subset or about.subset,
                form=asked.form,
                unit=asked.unit,
            )
        if asked.form not in FORMS:
            raise UsageError(f"no shape '{asked.form}' for a figure; {did_you_mean(asked.form, FORMS)}")
        if asked.form == "other":
            if asked.outcome:
                raise UsageError(f"the shape 'other' is the rest of {asked.measure}; it takes no outcome")
            asked = asked._replace(outcome=OTHER)
        count = self.findings.count(asked.measure, asked.outcome, asked.subset)
        if asked.form in CHOICES:
            asked = asked._replace(form=self.choices.get(asked.name, asked.form))
        noun = self._noun(asked.measure, unit if asked.unit == "unit" else asked.unit)
        kind = "people" if self.findings.is_of_people(asked.measure) else "cases"
        text = self.wording.shape(
            asked.form,
            noun,
            count.k,
            count.n,
            asked=len(count.asked),
            exempt=len(count.exempt),
            pending=len(count.pending),
            kind=kind,
            is_value=self.findings.is_value(asked.measure),
        )
        return Figure.counting(self.wording.starting(text) if starting else text, asked, count, noun)

    def _noun(self, measure: str, noun: str) -> str:
        """Return the noun for ``measure``: of several populations, each has its own for "cases".

        UsageError where it is the noun of another population: the figure would tell of records it does not
        count.
        """
        populations = {population.id for population in self.findings.criteria.populations}
        if not populations or self.findings.is_of_people(measure):
            return noun
        own = self.findings.criteria.population_of(measure)
        if noun in populations and noun != own:
            raise UsageError(f"'{measure}' counts {own}, so its figure cannot be told of {noun}")
        return own if noun == "cases" else noun


def _begins_sentence(runs: list[Run], starting: bool) -> bool:
    before = "".join(run if isinstance(run, str) else run.text for run in runs)
    return bool(_SENTENCE_END.search(before)) if before.strip() else starting


def capital(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return ``runs`` with a capital letter, where they begin with words and not with a figure."""
    if runs and isinstance(runs[0], str):
        return (capitalised(runs[0]), *runs[1:])
    return runs


def merged_runs(runs: list[Run] | tuple[Run, ...]) -> tuple[Run, ...]:
    """Return ``runs`` without empty ones, neighbouring words made one."""
    merged: list[Run] = []
    for run in runs:
        if isinstance(run, str) and merged and isinstance(merged[-1], str):
            merged[-1] += run
        elif run != "":
            merged.append(run)
    return tuple(merged)
