"""What is an answer in words, what is none, and what is in doubt."""

import pytest

from gradelib.student.answered import PLACEHOLDER, is_empty, is_like, says_something

STORY = "A language model gives each word a probability, and temperature changes how even it is."


@pytest.mark.parametrize(
    "source",
    [
        "It grows.", "42", "No", "**No**", "- yes", "1. It grows.", "> It grows.", "> - x",
        "## My notes\n\nIt grows.", "It grows.\n\n## More", "It grows.\n---", "It grows.\n***",
        "## It grows since the best word gets more of it", "TODO, but I think that it grows",
        "![](attachment:image.png)", '<img src="data:image/png;base64,AA">', "$x^2$", "越来越大",
        "Write your answer here. It grows.", f"{PLACEHOLDER}\n\nIt grows.", "- [x] (b)",
        "a <- b, and not b <- a", "It <b>grows</b>.", "| a | b |\n|---|---|\n| 1 | 2 |",
        "<!-- a note -->\nIt grows.", "I do not know", "The answer is 3",
    ],
)  # fmt: skip
def test_an_answer_says_something(source):
    assert says_something(source)
    assert not is_empty(source)


@pytest.mark.parametrize(
    "source",
    [
        "", " \n\t", "\u200b", "&nbsp;", "<br>\n<br/>", PLACEHOLDER, "_Write your answer here._",
        "Write your answer here", " *Write  your answer\nhere.* ", "**write your answer here...**",
    ],
)  # fmt: skip
def test_what_was_handed_out_is_empty_however_it_is_written(source):
    assert is_empty(source)
    assert not says_something(source)


@pytest.mark.parametrize(
    "source",
    [
        "## My notes", "# Notes\n\n## More notes\n", "#", "Notes\n=====", "<h2>My notes</h2>",
        "## My notes\n\n- \n- ", "- ", "1.\n2.\n3.", "* [ ]", "> ", "---", "***", "...", "…", "?",
        "TODO", "**TODO:**", "to do", "tbd", "Todo!!", "XXX", "Your answer here",
        "Type your answer here:", "Answer:", "**My answer**", "### Answer\n\nTODO", "Antwort:",
        "Réponse :", "Mi respuesta:", "<!-- a comment -->", "<!-- two\nlines -->",
        "[//]: # (a comment)", "![]()",
        "YOUR ANSWER HERE", "```\n\n```", "$$ $$", "| | |\n|---|---|\n| | |",
        "## 5.3 &nbsp; Notes", "> **Answer**",
    ],
)  # fmt: skip
def test_what_is_neither_is_for_a_person_to_see(source):
    assert not says_something(source)
    assert not is_empty(source) or source in ("***",)


def test_a_text_of_another_edition_is_like_it_and_one_with_words_below_is_not():
    assert is_like(STORY, STORY)
    assert is_like(STORY.replace("each word", "every word"), STORY)
    assert is_like(STORY.replace("changes how even", "sets how uneven"), STORY)
    assert not is_like(f"{STORY}\n\nIt grows, since it does.", STORY)
    assert not is_like("It grows.", STORY)
    assert not is_like("Run this.", "Run this.")  # too short to tell
