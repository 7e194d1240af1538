"""The pages of a report: whole in one file, loading nothing. All of a student's is escaped."""

from __future__ import annotations

from jinja2 import Environment
from markupsafe import Markup

from gradelib.checking.inline import inline
from gradelib.teacher.gradebook.sanitize import NOTHING_FROM_ELSEWHERE
from gradelib.teacher.platforms.term import Term
from gradelib.teacher.report import charts
from gradelib.teacher.report.data import WeekReport
from gradelib.teacher.report.examples import shortened

__all__ = ["framed", "pages", "term_page", "week_page"]

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #2b2b2b; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
h3 { border-top: 1px solid #ccc; padding-top: 1rem; margin-top: 2rem; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; } th, td { padding: .2rem .8rem; text-align: right; }
th:first-child, td:first-child { text-align: left; } tr:nth-child(even) td { background: #f5f5f5; }
pre { background: #f5f5f5; padding: .6rem .8rem; overflow-x: auto; font-size: 14px; }
.said { color: #555; } .count { font-weight: bold; }
"""
FRAME = """<!DOCTYPE html>
<html lang="en"><head>{{ policy }}<meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{{ title }}</title>
<style>{{ style }}</style></head><body>
<h1>{{ title }}</h1>
{{ body }}
</body></html>
"""
WEEK = """
<p>{{ r.students }} hand-ins are graded.
{% if r.unmarked %}Of {{ r.unmarked | length }} not all is marked yet: what is not, counts for
nothing here.{% endif %}</p>
{{ distribution }}
<h2>Exercises</h2>
{{ chart }}
<table><thead><tr><th>exercise</th><th>points</th><th>passed</th><th>failed</th><th>error</th>
<th>blank</th></tr></thead><tbody>
{% for a in checked %}<tr><td><code>{{ a.name }}</code>{% if a.ruled %}<br>
<span class="said">{{ a.ruled }}</span>{% endif %}</td><td>{{ "%g" | format(a.points) }}</td>
<td>{{ a.passed }}</td><td>{{ a.failed }}</td><td>{{ a.error }}</td><td>{{ a.blank }}</td></tr>
{% endfor %}</tbody></table>
{% if written %}<h2>Questions</h2>
<table><thead><tr><th>question</th><th>points</th><th>answered</th><th>blank</th></tr></thead><tbody>
{% for a in written %}<tr><td><code>{{ a.name }}</code>{% if a.ruled %}<br>
<span class="said">{{ a.ruled }}</span>{% endif %}</td><td>{{ "%g" | format(a.points) }}</td>
<td>{{ a.answered }}</td><td>{{ a.blank }}</td></tr>
{% endfor %}</tbody></table>{% endif %}
<h2>What went wrong</h2>
{% for a in wrong %}
<h3 id="{{ a.name }}"><code>{{ a.name }}</code></h3>
{% for m in a.mistakes %}
<p><span class="count">{{ m.count }} {{ "student" if m.count == 1 else "students" }}:</span>
{% if m.name %}the known mistake <code>{{ m.name }}</code>{% else %}a hint for what everybody does
some day{% endif %}{% if m.certain < m.count %}, {{ m.count - m.certain }} of them by the looks of
it{% endif %}. <span class="said">{{ inline(m.hint) }}</span></p>
<pre>{{ short(m.example) }}</pre>
{% endfor %}
{% for g in a.groups %}
<p><span class="count">{{ g.count }} {{ "student" if g.count == 1 else "students" }}</span> no
known mistake explains{% if g.count > 1 %}; they answer alike{% endif %}.
{% if a.kind == "exercise" %}To make it one:
<code>gradelib author new-mistake {{ a.name }} --from {{ data }} --group {{ loop.index }}</code>
{% endif %}</p>
{% if g.said %}<pre class="said">{{ g.said }}</pre>{% endif %}
<pre>{{ short(g.example) }}</pre>
{% endfor %}
{% if a.more_groups %}<p>{{ a.more_groups }} more groups are left out.</p>{% endif %}
{% else %}<p>Nothing did.</p>
{% endfor %}
<h2>Hints that helped</h2>
{% if r.helped %}
<p>Of those who handed in again: who had earned a hint in an earlier hand-in, and what became of it
in the one that counts. That is no proof that the hint did it.</p>
<table><thead><tr><th>exercise</th><th>known mistake</th><th>had it</th><th>right now</th>
<th>the same again</th><th>something else</th></tr></thead><tbody>
{% for h in r.helped %}<tr><td><code>{{ h.exercise }}</code></td>
<td>{{ h.name or "a general hint" }}<br><span class="said">{{ inline(h.hint) }}</span></td>
<td>{{ h.students }}</td><td>{{ h.right }}</td><td>{{ h.same }}</td><td>{{ h.other }}</td></tr>
{% endfor %}</tbody></table>{% else %}<p>No earlier hand-in that was graded had earned one.</p>
{% endif %}
<p>Older notebooks that were graded, or whose code was, are counted: {{ r.earlier }}.
{% if r.never_graded %}Others: {{ r.never_graded }}.{% endif %}</p>
<h2>Who</h2>
{% for what, those in who %}<p><b>{{ what }}</b> ({{ those | length }}): {{ those | join(", ") or
"nobody" }}</p>
{% endfor %}
"""
TERM = """
<p>Weeks count {{ "by their weights" if weighted else "by their points" }}. What is not marked yet
counts for nothing, and not for 0; an empty cell is of who may still hand in.</p>
{{ chart }}
<table><thead><tr><th>student</th>{% for w in t.weeks %}<th>{{ w.name }}<br>of
{{ "%g" | format(t.possible[w.name]) }}</th>{% endfor %}<th>to mark</th><th>percent</th></tr>
</thead><tbody>{% for id, one in t.students.items() %}<tr><td>{{ one.name or id }}
{% if one.name %}<span class="said">{{ id }}</span>{% endif %}</td>
{% for w in t.weeks %}<td>{{ one.points(w) }}</td>{% endfor %}
<td>{{ "%g" | format(one.to_mark) if one.to_mark else "" }}</td>
<td>{{ "%.1f" | format(one.percent) if one.percent is not none else "" }}</td></tr>
{% endfor %}</tbody></table>
"""
pages = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def week_page(report: WeekReport, data: str) -> str:
    """Return the page of a week. `data` is the path of the same as data."""
    checked = [about for about in report.exercises if about.kind != "written"]
    body = pages.from_string(WEEK).render(
        r=report,
        checked=checked,
        written=[about for about in report.exercises if about.kind == "written"],
        wrong=[about for about in checked if about.mistakes or about.groups],
        distribution=Markup(charts.distribution(report.totals, report.possible)),
        chart=Markup(charts.of_exercises(checked)) if checked else "",
        who=(
            ("Nothing handed in", report.missing),
            ("Late", report.late),
            ("Not all marked yet", report.unmarked),
            ("Handed in, and not graded yet", report.ungraded),
            ("With a file that could not be read", report.unreadable),
        ),
        data=data,
        inline=inline,
        short=shortened,
    )
    return framed(f"{report.course}, {report.week}: {report.title}", body)


def term_page(course: str, term: Term) -> str:
    """Return the page of the term: each student through the weeks."""
    shares = {
        week.name: [
            100 * float(points) / term.possible[week.name]
            for one in term.students.values()
            if (points := one.points(week)) and term.possible[week.name]
        ]
        for week in term.weeks
    }
    drawn = charts.of_weeks({week: values for week, values in shares.items() if values})
    weighted = any(week.weight is not None for week in term.weeks)
    body = pages.from_string(TERM).render(t=term, chart=Markup(drawn), weighted=weighted)
    return framed(f"{course}: the term", body)


def framed(title: str, body: str) -> str:
    """Return a whole page. `body` is HTML."""
    return pages.from_string(FRAME).render(
        title=title,
        body=Markup(body),
        style=Markup(STYLE),
        policy=Markup(NOTHING_FROM_ELSEWHERE),
    )
