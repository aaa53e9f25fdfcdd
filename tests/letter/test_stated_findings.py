"""A letter plan cannot state what nobody recorded: the linter reads each sentence that stands in every letter."""

from __future__ import annotations

import pytest

from sqs_core.letter.lint_findings import stated_findings


@pytest.mark.parametrize(
    "words",
    [
        "where the report did not deal with it properly either.",
        "Reports were good because managers checked them thoroughly.",
        "Staff were committed and creative.",
        "Planning was a strength.",
        "There was clear evidence of good work.",
        "We found that managers knew their staff well.",
        "The quality of assessment is high.",
        "Children were kept safe.",
        "This is a well-run service.",
        "{short} deserves credit for this.",
        "It is worrying that victims were overlooked.",
        "Managers had put in place a good system.",
        "The service makes good use of its partners.",
        "Too many plans were late.",
        "Reviews happen on time.",
        "Work with victims needs to improve.",
        "Most plans were late.",
        "Almost all children were seen in time.",
        "Case managers know the children well.",
        "We saw some very competent work.",
        "Joint meetings helped staff to plan.",
        "Safeguarding work fell short.",
        "Victims were forgotten.",
        "Contact with families is strong.",
        "Managers keep an eye on their staff.",
        "{short} always did the right thing.",
        "Assessments are thorough and clear.",
        "Engagement with parents has improved since last year.",
        "Oversight is weak.",
        "The plans lacked detail.",
        "We have concerns about safeguarding.",
        "This reflects the hard work of staff.",
        "Staff receive helpful supervision.",
        "{short} was particularly good at making sure the reports were good.",
        "Thanks to the managers, plans were sound.",
        "There were lots of times when managers had given advice.",
    ],
)
def test_fixed_words_that_say_how_work_was_done_are_refused(words: str) -> None:
    assert list(stated_findings(words, "en", result=False)) != []


@pytest.mark.parametrize(
    "words",
    [
        "We look to see if the first assessment was done properly.",
        "{short} needs to put plans in place using the information from the assessment.",
        "Good quality assessment and planning at the start of a sentence is critical to increasing the likelihood of positive outcomes.",
        "It is important for {short} to plan ahead.",
        "Some things make it more difficult for the child to finish their order.",
        "Many children and young people who offend also have risks to themselves, which we call vulnerability.",
        "We looked to see that managers had checked the work of staff.",
        "Staff should be reliable and consistent when they deliver the work.",
        "This can be through discussion between a case manager and their line manager.",
        "We gather evidence against the SQS criteria.",
        "Wherever possible this is undertaken together with the case manager.",
        "Assessment should say how a child can be helped.",
        "Planning should follow from the assessment.",
        "Work should be reviewed when something changes, and plans changed because of it.",
        "Reports to court should be checked by managers.",
        "This letter reports on an audit of casework held {during}.",
        "A good plan says who does what by when.",
        "Please pass on our thanks.",
        "We expect managers to know their cases.",
        "Plans are only of use if they are read.",
    ],
)
def test_fixed_words_that_say_what_is_looked_for_or_ought_to_be_are_not(words: str) -> None:
    assert list(stated_findings(words, "en", result=False)) == []


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("Plans were good enough in {|of cases}.", False),
        ("Plans were good enough in {|of cases}, because managers checked them.", True),
        ("In {|count cases} the report did not deal with it either.", True),
        ("In {|other unit} they were not, because {reasons}.", False),
    ],
)
def test_a_figure_bears_out_the_result_it_tells_and_no_cause(words: str, refused: bool) -> None:
    assert bool(list(stated_findings(words, "en", result=True))) is refused


def test_the_result_of_one_case_needs_no_figure_and_has_no_cause_either() -> None:
    said = [
        bool(list(stated_findings(words, "en", result=True, counted=False)))
        for words in ("It was good.", "It was good, because managers checked it.", "It was not good either.")
    ]
    assert said == [False, True, True]
