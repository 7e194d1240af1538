"""Lists of a class as platforms export them, brought into the roster: nothing there is lost."""

import csv

import pytest
from typer.testing import CliRunner

from gradelib.cli import app
from gradelib.teacher.course import CourseError
from gradelib.teacher.roster import read_roster
from gradelib.teacher.term.class_lists import read_class_list
from gradelib.teacher.term.enrolment import Options, enrol
from gradelib.teacher.term.presence import missing, of_section
from tests.teacher.hand_ins import laid, with_roster
from tests.teacher.small_course import course_on_paper

ANA = ("1001", "Ana Müller", "ana@uni.example")
LISTS = {  # each with Ana, whose number is 1001, and with what is no student
    "Moodle, participants": (
        "First name,Last name,ID number,Email address,Roles,Groups\n"
        'Ana,Müller,1001,ana@uni.example,Student,"A; Lab"\n'
        "Tom,Tutor,9,tom@uni.example,Non-editing teacher,\n"
    ),
    "Moodle, grading worksheet": (
        "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade\n"
        "Participant 512,Ana Müller,1001,ana@uni.example,Submitted for grading,,10\n"
    ),
    "Moodle in German": (
        "\ufeffVorname;Nachname;ID-Nummer;E-Mail-Adresse;Gruppen\n"
        "Ana;Müller;1001;ana@uni.example;A\n"
    ),
    "Moodle's worksheet in German": (
        "ID;Vollständiger Name;Matrikelnummer;E-Mail-Adresse\n"
        "Teilnehmer/in512;Ana Müller;1001;ana@uni.example\n"
    ),
    "Moodle in French": (
        "Prénom,Nom de famille,Numéro d'identification,Adresse de courriel\n"
        "Ana,Müller,1001,ana@uni.example\n"
    ),
    "Moodle in Spanish": (
        "Nombre,Apellido(s),Número de ID,Dirección de correo\nAna,Müller,1001,ana@uni.example\n"
    ),
    "Moodle's worksheet in French": (
        "Identifiant,Nom complet,Numéro d’identification,Adresse de courriel,Statut,Note\n"
        "Participant512,Ana Müller,1001,ana@uni.example,Aucun travail remis,\n"
    ),
    "Moodle's worksheet in Spanish": (
        "Identificador,Nombre completo del usuario,Número de ID,Dirección Email,Estado\n"
        "Participante512,Ana Müller,1001,ana@uni.example,Sin entrega\n"
    ),
    "Moodle in French, by the short names": (
        "Prénom,Nom,Numéro d'identification,Adresse e-mail,Groupes\n"
        "Ana,Müller,1001,ana@uni.example,A\n"
    ),
    "Canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (77),Current Score\n"
        "    Points Possible,,,,,10,(read only)\n"
        '"Müller, Ana",4711,1001,ana@uni.example,A,7,70\n'
        '"Student, Test",99,,abcdef,A,,\n'
    ),
    "Blackboard": (
        '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Email"\t"Availability"\n'
        '"Müller"\t"Ana"\t"amueller"\t"1001"\t"ana@uni.example"\t"Yes"\n'
    ),
    "Brightspace": (
        "OrgDefinedId,Username,Last Name,First Name,Email,Quiz 1 Points Grade,"
        "End-of-Line Indicator\n#1001,#amueller,Müller,Ana,ana@uni.example,3,#\n"
    ),
    "Brightspace's sample": (
        "Org Defined ID,Username,Last Name,First Name,Email\n"
        "#1001,#amueller,Müller,Ana,ana@uni.example\n"
    ),
    "Gradescope, roster": (
        "First Name,Last Name,SID,Email,Role,Sections\n"
        "Ana,Müller,1001,ana@uni.example,Student,A\n"
        "Tom,Tutor,9,tom@uni.example,TA,A\n"
    ),
    "Gradescope, grades": (
        "Name,SID,Email,Sections,Total Score,Max Points,Status,Submission ID\n"
        "Ana Müller,1001,ana@uni.example,A,3.0,10.0,Graded,88\n"
    ),
    "by hand, with a title above": (
        "Seminar on language\n\nName;Vorname;Matrikelnummer;Mail\n"
        'Müller;Ana;="1001";ana@uni.example\n'
    ),
}
SAVED = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
PLAIN = "id,name,email,platform,login,section,dropped"


@pytest.fixture
def course(tmp_path):
    return course_on_paper(tmp_path / "course")


def written(course, text, encoding="utf-8"):
    path = course.root / "list.csv"
    path.write_bytes(text.removeprefix("\ufeff").encode(encoding))
    return path


def brought(course, text, **options):
    return enrol(course, written(course, text), Options(**options))


def ids(course):
    return [entry.id for entry in read_roster(course).entries]


def entry(course, student):
    return next(entry for entry in read_roster(course).entries if entry.id == student)


@pytest.mark.parametrize("encoding", SAVED)
@pytest.mark.parametrize("platform", LISTS)
def test_every_platforms_list_is_read_however_it_was_saved(course, platform, encoding):
    enrol(course, written(course, LISTS[platform], encoding))
    (ana,) = read_roster(course).entries
    name = " ".join(reversed(ana.name.split(", ")))
    assert (ana.id, name, ana.email or ana.login) == ANA
    assert ana.platform == ("4711" if platform == "Canvas" else "")


def test_what_names_no_student_is_left_out_and_said(course):
    said = brought(course, LISTS["Canvas"]).notes
    assert said == [
        "line 2: it names nobody: left out",
        "line 4: a test student of the platform: left out",
    ]
    assert "Tom Tutor is TA there" in brought(course, LISTS["Gradescope, roster"]).notes[0]


def test_without_a_number_of_the_universitys_the_login_or_the_address_is_the_id(course):
    said = brought(course, "Full name,Email address\nAna Müller,ana@uni.example\n")
    assert ids(course) == ["ana@uni.example"]
    assert said.notes == ["it has no number of the university's: the id is the email"]


def test_the_teacher_says_by_what_students_are_known(course):
    brought(course, "Name,Student ID,Username\nAna,7,amueller\n", by="login")
    assert ids(course) == ["amueller"]
    with pytest.raises(CourseError, match="no column is the email; there is name, id, login"):
        brought(course, "Name,Student ID,Username\nAna,7,amueller\n", by="email")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it begins with: nothing"),
        ("Colour,Shape\nred,round\n", "it begins with: Colour, Shape"),
        ("Name,Grade\nAna,3\n", "no line names columns for who somebody is"),
        ("id,email\n7,a@b\n", "what they are called"),
        ("id,name\n7,Ana\n7,Ben\n", "line 3: the id 7 stands in line 2 too, and not alike"),
        ("id,name,email\n7,Ana,a@b\n8,Ben,A@B\n", "line 3: the email a@b stands in line 2 too"),
        ("id,name\n,Ana\n7,Ben\n", "line 2: Ana has no id: fill it in, or say --by"),
        (
            "id,name\n1.23E+11,Ana\n",
            "1.23E+11 is a number that a spreadsheet has shortened",
        ),
        ("id,name\n../x,Ana\n", "line 2: '../x' cannot be a student's id"),
        ("id,name,dropped\n7,Ana,perhaps\n", "line 2: dropped takes yes or no"),
    ],
)
def test_what_is_amiss_in_a_list_is_said_and_nothing_is_written(course, text, said):
    with_roster(course, "1,Somebody")
    before = (course.class_folder / "roster.csv").read_bytes()
    with pytest.raises(CourseError) as caught:
        brought(course, text)
    assert said in str(caught.value)
    assert (course.class_folder / "roster.csv").read_bytes() == before


def test_a_workbook_is_no_csv_and_the_line_says_what_to_do(course):
    (course.root / "list.xlsx").write_bytes(b"PK\x03\x04...")
    with pytest.raises(CourseError, match="is a workbook: save or export it as CSV"):
        enrol(course, course.root / "list.xlsx")


def test_a_line_for_each_section_is_one_student(course):
    brought(course, "id,name,section\n7,Ana,A\n8,Ben,A\n7,Ana,Lab\n")
    assert entry(course, "7").sections == ("A", "Lab")


def test_who_is_new_changed_missing_or_dropped_is_said_and_nothing_is_lost(course):
    with_roster(
        course,
        "s1,Ana Müller,ana@uni.example,,amueller,A,,sits in front",
        "s2,Ben,ben@uni.example,,,A,,",
        "s3,Cleo,cleo@uni.example,,,B,yes,",
        "s4,Dan,dan@uni.example,,,B,,",
        header=f"{PLAIN},my notes",
    )
    before = (course.class_folder / "roster.csv").read_bytes()
    said = brought(
        course,
        'id,name,email,section\ns1,"Müller, Ana",,B\ns2,Ben,ben@new.example,A\n'
        "s3,Cleo,cleo@uni.example,B\ns5,Eve,eve@uni.example,B\n",
    )
    assert {one.id: what for one, what in said.rows} == {
        "s1": "section: A → B",
        "s2": "email: ben@uni.example → ben@new.example",
        "s3": "was dropped, and stays so",
        "s5": "added",
        "s4": "not in the list: stays",
    }
    assert (said.added, said.changed, said.as_before, said.missing) == (1, 2, 1, 1)
    assert (entry(course, "s1").email, entry(course, "s1").login) == ("ana@uni.example", "amueller")
    assert entry(course, "s3").dropped
    assert ids(course) == ["s1", "s2", "s3", "s4", "s5"]
    with (course.class_folder / "roster.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["my notes"] == "sits in front"
    assert (course.class_folder / "roster-before.csv").read_bytes() == before


def test_a_second_import_of_the_same_list_changes_nothing(course):
    brought(course, LISTS["Canvas"])
    before = (course.class_folder / "roster.csv").read_bytes()
    said = brought(course, LISTS["Canvas"])
    assert (said.added, said.changed, said.as_before, said.rows) == (0, 0, 1, [])
    assert (course.class_folder / "roster.csv").read_bytes() == before


def test_a_check_writes_nothing(course):
    assert brought(course, LISTS["Canvas"], check=True).added == 1
    assert read_roster(course) is None


def test_who_is_not_in_the_list_is_dropped_if_the_teacher_says_so(course):
    with_roster(course, "s1,Ana,A", "s2,Ben,A", "s3,Cleo,B", header="id,name,section")
    brought(course, "id,name\ns1,Ana\n", section="A", drop_missing=True)
    assert [e.id for e in read_roster(course).entries if e.dropped] == ["s2"]  # Cleo is in B


def test_another_id_of_one_who_is_known_is_kept_beside_the_first(course):
    with_roster(course, "ana,Ana,ana@uni.example", header="id,name,email")
    brought(course, "id,name,email\n1001,Ana,ana@uni.example\n")
    assert ids(course) == ["ana"]
    assert entry(course, "ana").platform == "1001"


def test_who_has_the_name_of_another_is_asked_about_and_never_guessed(course):
    with_roster(course, "s1,John Smith", "s2,Ben")
    text = 'id,name\n7,"Smith, John"\ns2,Ben\n'
    said = brought(course, text)
    assert (said.questions, said.well, said.missing, ids(course)) == (1, False, 0, ["s1", "s2"])
    said = brought(course, text, same_name=True)
    assert (said.well, ids(course), entry(course, "s1").platform) == (True, ["s1", "s2"], "7")


def test_one_line_that_fits_two_and_two_lines_that_fit_one_are_said(course):
    with_roster(course, "s1,Ana,a@b", "s2,Ben,b@b", header="id,name,email")
    with pytest.raises(CourseError, match="line 2: it can be s1 and s2 of the roster"):
        brought(course, "id,name,email\ns1,Ana,b@b\n")
    with pytest.raises(CourseError, match="line 3: it is s1, as line 2 is"):
        brought(course, "id,name,email\ns1,Ana,\n9,Other,a@b\n")


def test_a_list_alone_is_read_without_a_class(tmp_path):
    (tmp_path / "a.csv").write_text("sep=;\nid;name\n7;Ana\n")
    assert [e.name for e in read_class_list(tmp_path / "a.csv").entries.values()] == ["Ana"]


def test_who_has_handed_in_nothing_is_listed_by_section_without_who_was_dropped(course):
    with_roster(
        course,
        "s1,Ana,A,",
        "s2,Ben,A,",
        "s3,Cleo,B,",
        "s4,Dan,A,yes",
        header="id,name,section,dropped",
    )
    laid(course.class_folder / "collected" / "week01" / "s1", {"x": b""})
    week = course.weeks[0]
    found, of = missing(course, week)
    assert ([e.id for e in found], of) == (["s2", "s3"], 3)
    found, of = missing(course, week, "a")
    assert ([e.id for e in found], of) == (["s2"], 2)
    with pytest.raises(CourseError, match="nobody is in the section C; the roster has: A, B"):
        of_section(course, "C")


def test_the_commands_say_it(course, monkeypatch):
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GRADELIB_CLASS", raising=False)
    run = CliRunner().invoke
    nobody = run(app, ["missing", "1"])
    assert isinstance(nobody.exception, CourseError)
    assert "gradelib roster import FILE makes it" in str(nobody.exception)
    written(course, LISTS["Canvas"])
    first = run(app, ["roster", "import", "list.csv", "--section", "B"])
    assert (first.exit_code, "1 added" in first.output) == (0, True)
    shown = run(app, ["roster", "--section", "b"])
    assert ("Müller, Ana" in shown.output, "1 students" in shown.output) == (True, True)
    late = run(app, ["missing", "1"])
    assert "week01: nothing yet from 1 of 1" in late.output
