import pytest

from sim.text.misprints import Spot, advice, in_line, in_scalar, needs_quotes, short

COLON = "write ': ' after a key, or quote the text"
COMMA = "write ', ' between items, or quote the text"
SPACE = "use plain spaces, or quote the text"
QUOTES = "write straight quotes, or none"
WIDTH = "type it half-width, or quote the text"


@pytest.mark.parametrize(
    ("text", "spot", "message"),
    [
        ("名称：甲", "item", f"full-width colon in '名称：甲': {COLON}"),
        (
            "power_application_form ：甲",
            "below",
            f"full-width colon in 'power_application_form ：甲': {COLON}",
        ),
        ("zh：甲", "key", f"full-width colon in 'zh：甲': {COLON}"),
        ("name:甲", "flow item", f"no space after the colon in 'name:甲': {COLON}"),
        ("甲，乙", "flow item", f"Chinese comma in '甲，乙': {COMMA}"),
        ("甲、乙", "flow item", f"Chinese comma in '甲、乙': {COMMA}"),
        ("甲，en：B", "flow value", f"Chinese comma in '甲，en：B': {COMMA}"),
        ("“甲”", "beside", f"curly quotes in '“甲”': {QUOTES}"),
        ("“甲”", "below", f"curly quotes in '“甲”': {QUOTES}"),
        ("“甲”", "flow value", f"curly quotes in '“甲”': {QUOTES}"),
        ("”甲", "beside", f"curly quotes in '”甲': {QUOTES}"),
        ("‘甲’", "beside", f"curly quotes in '‘甲’': {QUOTES}"),
        ("甲\u3000", "beside", f"full-width space (U+3000) in '甲\\u3000': {SPACE}"),
        ("\u200b甲", "key", f"zero width space (U+200B) in '\\u200b甲': {SPACE}"),
        ("３０", "beside", f"full-width character in '３０': {WIDTH}"),
        ("［甲]", "beside", f"full-width character in '［甲]': {WIDTH}"),
        ("3 ＃ 注", "beside", f"full-width character in '3 ＃ 注': {WIDTH}"),
    ],
)
def test_misprint_is_named_with_what_was_found_and_what_to_do(text: str, spot: Spot, message: str) -> None:
    """Each habit of Chinese typing that YAML takes for text is told from the text it hides in."""
    assert in_scalar(text, spot) == message
    assert needs_quotes(text)


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("依据：规划第三章", "beside"),
        ("新乡市“十四五”营商环境和社会信用体系发展规划", "beside"),
        ("“十四五”规划", "beside"),
        ("关于甲，乙的通知", "flow value"),
        ("受理、审查、决定", "item"),
        ("审批时限按照法定时限计算：二十个工作日", "below"),
        ("09:00-12:00", "flow item"),
        ("https://example.org/a", "item"),
        ("甲（乙）", "key"),
        ("第１条", "beside"),
    ],
)
def test_chinese_text_is_left_alone(text: str, spot: Spot) -> None:
    """Punctuation that belongs to a sentence is no misprint where a text is expected."""
    assert in_scalar(text, spot) == ""


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("\tb: 1", "  b: 1"),
        ("\u3000b: 1", "  b: 1"),
        ("  - 名称：甲：乙", "  - 名称: 甲：乙"),
        ("  name:甲:乙", "  name: 甲:乙"),
        ("a: [甲，乙，丙]", "a: [甲, 乙, 丙]"),
        ("a: {zh: 甲，en: B}", "a: {zh: 甲, en: B}"),
        ('a: "甲”', 'a: "甲"'),
        ("＃ 注", "# 注"),
    ],
)
def test_line_that_is_no_yaml_is_mended(line: str, mended: str) -> None:
    """The line as it was meant lets the reading go on and find the faults after it."""
    message, found = in_line(line)
    assert (bool(message), found) == (True, mended)


def test_line_without_misprint_stays_as_it_is() -> None:
    """A line that stops YAML for another reason is not blamed on Chinese typing."""
    for line in ("a: @甲", "https://example.org/a"):
        assert in_line(line) == ("", line)


def test_long_text_is_cut() -> None:
    """Thirty characters are enough to find a text again; control characters are shown escaped."""
    assert (short("甲" * 30), short("甲" * 31), short("a\nb")) == (
        f"'{'甲' * 30}'",
        f"'{'甲' * 30}…'",
        r"'a\nb'",
    )


def test_problem_is_answered_with_advice() -> None:
    """What to do replaces the parser's own words, unless they are all there is."""
    assert advice("did not find expected comment or line break") == ("after | or > the text begins on the next line")
    assert advice("found a mouse") == (
        "found a mouse: check the indentation, colons and quotes here and on the line above"
    )
