"""What being late costs: days on the course's clock, grace, a last day, and never below 0."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gradelib.author.course_file import LateTable
from gradelib.author.spans import Span, later, penalty_of, span_of
from gradelib.teacher.course import Course, CourseError
from gradelib.teacher.rules.deciding import extend, take_back_extension, until
from gradelib.teacher.rules.decisions import due_of, read_decisions
from gradelib.teacher.rules.late import counting_until, days_late, penalty, shared_out
from tests.teacher.hand_ins import in_zone, laid, with_roster
from tests.teacher.small_course import ROOT, course_on_paper

BERLIN = ZoneInfo("Europe/Berlin")
NOW = dt.datetime(2027, 4, 1, tzinfo=dt.UTC)


def at(text: str, zone=BERLIN) -> dt.datetime:
    return later(dt.datetime.fromisoformat(text), zone)


def rule(**lines) -> LateTable:
    return LateTable.model_validate(lines)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("15m", Span(0, 900)),
        ("12h", Span(0, 43200)),
        ("2d", Span(2)),
        ("1w", Span(7)),
        ("1d 12h", Span(1, 43200)),
        ("2 days, 30 minutes", Span(2, 1800)),
        ("1D", Span(1)),
        ("0m", Span()),
    ],
)
def test_a_span_is_read_as_people_write_it(text, span):
    assert span_of(text) == span
    assert span_of(str(span)) == span


@pytest.mark.parametrize("text", ["two days", "2", "-2d", "2d ago", "2y", "400d", "1.5h"])
def test_what_is_no_span_is_said(text):
    with pytest.raises(ValueError, match=r"no span of time|more than 366 days"):
        span_of(text)


@pytest.mark.parametrize("text", ["", "10", "-10%", "110%", "lots", "10 %%", "1 point a day"])
def test_what_is_no_penalty_is_said(text):
    with pytest.raises(ValueError, match='such as "10%"'):
        penalty_of(text)


@pytest.mark.parametrize(
    ("handed_in", "days"),
    [
        ("2027-04-20T10:00:00", 0),
        ("2027-04-25T23:59:59", 0),
        ("2027-04-26T00:14:59", 0),  # in the grace
        ("2027-04-26T00:15:00", 1),
        ("2027-04-27T00:14:59", 1),
        ("2027-04-27T00:15:00", 2),
        ("2027-05-25T12:00:00", 30),
    ],
)
def test_each_day_that_was_begun_counts_after_the_grace(handed_in, days):
    due, late = at("2027-04-25T23:59:59"), rule(grace="15m")
    assert days_late(at(handed_in), due, BERLIN, late) == days


@pytest.mark.parametrize(
    ("due", "handed_in", "hours", "days"),
    [
        ("2027-03-27T18:00:00", "2027-03-28T18:00:00", 23, 1),  # clocks go forward
        ("2027-03-27T18:00:00", "2027-03-28T18:00:01", 23, 2),
        ("2027-10-30T18:00:00", "2027-10-31T18:00:00", 25, 1),  # and back
        ("2027-10-30T18:00:00", "2027-10-31T18:00:01", 25, 2),
    ],
)
def test_a_day_ends_at_the_same_time_of_day_also_where_clocks_change(due, handed_in, hours, days):
    passed = at(handed_in) - at(due)
    assert round(passed.total_seconds() / 3600) == hours
    assert days_late(at(handed_in), at(due), BERLIN, rule()) == days


def test_a_day_that_ends_in_the_hour_that_is_skipped_ends_an_hour_later():
    end = Span(days=1).after(at("2027-03-27T02:30:00"), BERLIN)
    assert end.astimezone(BERLIN).isoformat() == "2027-03-28T03:30:00+02:00"


def test_a_day_that_ends_in_the_hour_that_is_there_twice_ends_the_second_time():
    end = Span(days=1).after(at("2027-10-30T02:30:00"), BERLIN)
    assert end.isoformat() == "2027-10-31T01:30:00+00:00"


@pytest.mark.parametrize(
    ("lines", "points", "days", "taken"),
    [
        ({}, 30, 9, 0),
        ({"penalty": "10%"}, 30, 0, 0),
        ({"penalty": "10%"}, 30, 1, 3),
        ({"penalty": "10%"}, 27.5, 2, 5.5),
        ({"penalty": "7%"}, 11, 1, 0.77),
        ({"penalty": "12.5%"}, 1, 1, 0.13),  # to the cent, half a cent up
        ({"penalty": "10%"}, 30, 12, 30),  # never more than there is
        ({"penalty": "2 points"}, 3, 2, 3),
        ({"penalty": "2 points"}, 30, 2, 4),
        ({"penalty": "2 points"}, -1, 2, 0),
        ({"penalty": "10%", "last_day": 2}, 30, 2, 6),
        ({"penalty": "10%", "last_day": 2}, 30, 3, 30),  # after the last day nothing counts
        ({"last_day": 0}, 30, 1, 30),
        ({"penalty": "none"}, 30, 1, 0),
    ],
)
def test_a_penalty_takes_what_the_rule_says(lines, points, days, taken):
    assert penalty(points, days, rule(**lines)) == taken


@given(
    some.decimals(0, 200, places=2).map(float),
    some.integers(0, 400),
    some.sampled_from(["10%", "33.3%", "0.5 points", "100%", "none"]),
    some.sampled_from([None, 0, 3]),
)
def test_a_penalty_never_makes_points_negative(points, days, a_day, last):
    taken = penalty(points, days, rule(penalty=a_day, last_day=last))
    assert 0 <= taken <= points


@given(some.lists(some.decimals(-2, 60, places=2).map(float), min_size=1, max_size=4), some.data())
def test_a_penalty_is_shared_out_whole(points, data):
    most = sum(p for p in points if p > 0)
    amount = data.draw(some.integers(0, int(most * 100)).map(lambda cents: cents / 100))
    parts = shared_out(amount, points)
    assert sum(parts) == pytest.approx(amount if most else 0, abs=1e-9)
    assert all(part >= -0.02 for part in parts)


def test_after_the_last_day_with_its_grace_nothing_counts():
    due = at("2027-04-25T23:59:59")
    end = counting_until(due, BERLIN, rule(last_day=3, grace="1h"))
    assert end == at("2027-04-29T00:59:59")
    assert counting_until(due, BERLIN, rule()) is None
    assert counting_until(due, BERLIN, None) is None


# course.toml


@pytest.fixture
def course(tmp_path):
    course = in_zone(
        course_on_paper(tmp_path / "course"), "Europe/Berlin", due="2027-10-30T23:59:59"
    )
    return with_roster(course, "ana,Ana Müller,ana@uni.example", "ben,Ben,", header="id,name,email")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("grace = 15", "grace takes text in quotes"),
        ('grace = "soon"', "grace: 'soon' is no span of time: write one such as 30m, 12h, 2d, 1w"),
        ('penalty = "-3"', 'penalty: write a part such as "10%", points such as "2 points", or'),
        ("penalty = 3", "penalty takes text in quotes"),
        ("last_day = -1", "last_day takes a number of at least 0"),
        ('counts = "best"', 'counts takes "newest" or "on time"'),
        (
            "last_days = 3",
            "unknown last_days; known: grace, penalty, last_day, counts. Is last",
        ),
    ],
)
def test_what_is_wrong_in_late_is_said_with_its_line(course, line, said):
    path = course.root / "course.toml"
    path.write_text(path.read_text() + f"[late]\n{line}\n")
    with pytest.raises(CourseError) as caught:
        Course.find(course.root)
    number = len(path.read_text().splitlines())
    assert f"course.toml: line {number}: [late]: {said}" in str(caught.value)


def test_the_lines_that_the_course_offers_can_be_taken_as_they_stand(course):
    text = (ROOT / "course.toml").read_text(encoding="utf-8")
    table = text[text.index("# [late]") : text.index("[limits]")]
    path = course.root / "course.toml"
    path.write_text(path.read_text() + table.replace("# [", "[").replace("\n# ", "\n"))
    late = Course.find(course.root).late
    assert (late.grace, late.penalty.percent, late.last_day) == (Span(0, 900), 10, 7)


# Who has longer


def due(course, student):
    return due_of(course, course.weeks[0], student, read_decisions(course))


def test_an_extension_moves_the_date_of_one_and_can_be_taken_back(course):
    week = course.weeks[0]
    first = due(course, "ana")
    one = extend(course, week, "Müller, Ana", "2d", "ill", NOW)
    assert (one.student, until(course, one)) == ("ana", "01 Nov 2027 23:59")
    assert due(course, "ana") - first == dt.timedelta(hours=49)  # clocks go back between
    assert due(course, "ben") == first
    extend(course, week, "ana@uni.example", "1d", "still ill", NOW)  # in place of the first
    assert due(course, "ana") - first == dt.timedelta(hours=25)
    assert take_back_extension(course, week, "ana", NOW).why == "still ill"
    assert due(course, "ana") == first
    kept = read_decisions(course).extensions
    assert [(one.why, one.taken_back is None) for one in kept] == [
        ("ill", False),
        ("still ill", False),
    ]


@pytest.mark.parametrize(
    ("student", "by", "why", "said"),
    [
        ("ana", "2d", "  ", "say --why"),
        ("ana", "soon", "ill", "is no span of time"),
        ("ana", "0h", "ill", "longer by nothing"),
        ("zoe", "2d", "ill", "nobody in the roster is zoe"),
    ],
)
def test_an_extension_that_makes_no_sense_is_refused(course, student, by, why, said):
    with pytest.raises(CourseError, match=said):
        extend(course, course.weeks[0], student, by, why, NOW)
    assert read_decisions(course).extensions == []


def test_what_does_not_stand_cannot_be_taken_back(course):
    with pytest.raises(CourseError, match="ana has no extension for week01"):
        take_back_extension(course, course.weeks[0], "ana", NOW)


def test_without_a_roster_whoever_handed_in_is_known(course):
    (course.class_folder / "roster.csv").unlink()
    laid(course.class_folder / "collected" / "week01" / "Cleo", {"x": b""})
    assert extend(course, course.weeks[0], "cleo", "1d", "ill", NOW).student == "Cleo"
    with pytest.raises(CourseError, match="nobody known is ana"):
        extend(course, course.weeks[0], "ana", "1d", "ill", NOW)


def test_a_file_of_decisions_that_is_broken_is_said_and_kept(course):
    path = course.class_folder / "decisions.json"
    path.write_text('{"extensions": [{"week": 3}]}')
    with pytest.raises(CourseError, match=r"decisions.json: extensions 0 week: .* mend it"):
        extend(course, course.weeks[0], "ana", "1d", "ill", NOW)
    assert "3" in path.read_text()
