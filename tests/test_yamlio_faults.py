from pathlib import Path

import pytest
import yaml

from sim.core.errors import SpecError
from sim.text import yamlio
from sim.text.yamlio import parse, read

NO_YAML = "not valid YAML: "
UNFIT = NO_YAML + "this does not fit the lines above: check the indentation and closing quotes"
UNCLOSED = NO_YAML + "a comma is missing, or the bracket opened here is not closed"
COLON = "write ': ' after a key, or quote the text"
COMMA = "write ', ' between items, or quote the text"
QUOTES = "write straight quotes, or none"
WRITE_OUT = "specs use none, write the value out"
EMPTY = "s:1: nothing is written here: write `key: value` lines"

BROKEN = {
    "empty text": ("", [EMPTY]),
    "only comments": ("# 甲\n\n# 乙\n", [EMPTY]),
    "only null": ("\n~\n", ["s:2: nothing is written here: write `key: value` lines"]),
    "a list": (
        "# 甲\n- a\n- b\n",
        ["s:2: a file holds `key: value` lines, found a list: give it a key"],
    ),
    "a number": ("3\n", ["s:1: a file holds `key: value` lines, found '3': give it a key"]),
    "text that cannot stand here": (
        "a: b: c\n",
        [f"s:1: {NO_YAML}': ' cannot stand here: quote text that holds ': ', or check the indentation"],
    ),
    "line without a colon": (
        "a: 1\nfoo\nb: 2\n",
        [f"s:2: {NO_YAML}no ': ' on this line: write `key: value`"],
    ),
    "indentation that fits no line": ("a:\n  b: 1\n c: 2\n", [f"s:3: {UNFIT}"]),
    "mapping among list items": ("a:\n  - x\n  y: 1\n", [f"s:3: {UNFIT}"]),
    "text after a closing quote": ('a: "x" y\n', [f"s:1: {UNFIT}"]),
    "bracket left open": ("a: 1\nb: [x, y\nc: 1\n", [f"s:2: {UNCLOSED}"]),
    "bracket left open at the end": ("a: [1", [f"s:1: {UNCLOSED}"]),
    "bracket never opened": (
        "a: ]\n",
        [f"s:1: {NO_YAML}a bracket without its pair, or a comma too many: quote what is text"],
    ),
    "quote left open": ('a: 1\nb: "甲\nc: 1\n', [f"s:2: {NO_YAML}the quote opened here is not closed"]),
    "reserved character": ("a: @x\n", [f"s:1: {NO_YAML}a text cannot begin with @, ` or %: quote it"]),
    "backslash": ('a: "C:\\dir"\n', [f"s:1: {NO_YAML}a backslash in double quotes: use single quotes"]),
    "dash after text": ("a: - b\n", [f"s:1: {NO_YAML}'- ' cannot follow text: begin a new line"]),
    "star before Chinese": ("a: *注\n", [f"s:1: {NO_YAML}a text cannot begin with & or *: quote it"]),
    "tag of nobody": ("a: !e!x 1\n", [f"s:1: {NO_YAML}a text cannot begin with !: quote it"]),
    "question mark": ("a: ? b\n", [f"s:1: {NO_YAML}a text cannot begin with ?: quote it"]),
    "duplicate keys": (
        "a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\n'a': 4\n",
        [
            "s:3: a: duplicate key 'a', first on line 1: keep one",
            "s:4: c.x: duplicate key 'x', first on line 4: keep one",
            "s:5: a: duplicate key 'a', first on line 1: keep one",
        ],
    ),
    "anchor, alias and merge key": (
        "a: &x {b: 1}\nc:\n  <<: *x\nd: [*x]\n",
        [
            f"s:1: a: anchor '&x': {WRITE_OUT}",
            f"s:3: c.<<: alias '*x': {WRITE_OUT}",
            "s:3: c.<<: merge key '<<': specs use none, write the keys out",
            f"s:4: d[0]: alias '*x': {WRITE_OUT}",
        ],
    ),
    "tags": (
        "a: !!python/name:os.system\nb: !!str 3\nc: !x {d: !!set [1]}\n",
        [
            "s:1: a: tag '!!python/name:os.system': specs use none, write the plain value",
            "s:2: b: tag '!!str': specs use none, write the plain value",
            "s:3: c: tag '!x': specs use none, write the plain value",
            "s:3: c.d: tag '!!set': specs use none, write the plain value",
        ],
    ),
    "second document": (
        "a: 1\n---\nb: 2\n",
        ["s:2: a second document starts here: keep one in a file, the other in its own"],
    ),
    "tabs": (
        "a:\n\tb: 1\n\tc:\n\t\td: 2\n",
        [
            "s:2: tab instead of spaces in 'b: 1': indent with two spaces for each level",
            "s:3: tab instead of spaces in 'c:': indent with two spaces for each level",
            "s:4: tab instead of spaces in 'd: 2': indent with two spaces for each level",
        ],
    ),
    "control characters behind a backslash": (
        'a: "\\e[31mred"\nb: {"\\0": 1}\nc: "\\tone\\ntwo"\n',
        [
            r"s:1: a: control character '\x1b' behind a backslash: delete it",
            "s:2: b: control character '\\x00' behind a backslash: delete it",
        ],
    ),
    "characters that turn what follows them": (
        'a: x\u202ey\nb: 1\nc: "\\u2066"\n',
        [r"s:1: control character '\u202e': delete it"],
    ),
    "control characters": (
        "a: \x07\nb: 1\nc: \x00\n",
        [r"s:1: control character '\x07': delete it", r"s:3: control character '\x00': delete it"],
    ),
    "full-width colon alone": ("名称：甲\n", [f"s:1: full-width colon in '名称：甲': {COLON}"]),
    "full-width colon before a good line": (
        "名称：甲\n编号：乙\nid: x\n",
        [f"s:1: full-width colon in '名称：甲': {COLON}", f"s:2: full-width colon in '编号：乙': {COLON}"],
    ),
    "full-width colon after a good line": (
        "id: x\n名称：甲\nsteps: {}\n",
        [f"s:2: full-width colon in '名称：甲': {COLON}"],
    ),
    "full-width colon of a heading": (
        "steps:\n  apply：\n    name: x\n",
        [f"s:2: full-width colon in 'apply：': {COLON}"],
    ),
    "full-width colon of an only child": (
        "steps:\n  apply：甲\n",
        [f"s:2: steps: full-width colon in 'apply：甲': {COLON}"],
    ),
    "full-width colon in braces": (
        "a: {zh：甲, en: B}\n",
        [f"s:1: a.zh：甲: full-width colon in 'zh：甲': {COLON}"],
    ),
    "full-width colon after a byte order mark": (
        "\ufeff名称：甲\nid: x\n",
        [f"s:1: full-width colon in '名称：甲': {COLON}"],
    ),
    "full-width colon in a list": ("a:\n  - zh：甲\n", [f"s:2: a[0]: full-width colon in 'zh：甲': {COLON}"]),
    "colon without space": (
        "id: a\nname:甲\nb: 1\n",
        [f"s:2: no space after the colon in 'name:甲': {COLON}"],
    ),
    "Chinese commas in brackets": (
        "a: [甲，乙]\nb: [甲, 乙、丙]\nc: {zh: 甲，en: B}\nd: {zh: 甲，en：B}\n",
        [
            f"s:1: a[0]: Chinese comma in '甲，乙': {COMMA}",
            f"s:2: b[1]: Chinese comma in '乙、丙': {COMMA}",
            f"s:3: Chinese comma in 'c: {{zh: 甲，en: B}}': {COMMA}",
            f"s:4: d.zh: Chinese comma in '甲，en：B': {COMMA}",
        ],
    ),
    "curly quotes": (
        'a: “甲”\nb: ”乙\nc: "丙”\n',
        [
            f"s:1: a: curly quotes in '“甲”': {QUOTES}",
            f"s:2: b: curly quotes in '”乙': {QUOTES}",
            f"s:3: curly quotes in 'c: \"丙”': {QUOTES}",
        ],
    ),
    "full-width indentation": (
        "a:\n　　b: 1\n",
        [
            r"s:2: 　　b: full-width space (U+3000) in '\u3000\u3000b'"
            ": use plain spaces, or quote the text"
        ],
    ),
    "template braces": (
        "a: {{x}}\n",
        ["s:1: a: a key that is no text: quote a text that begins with [, { or *"],
    ),
    "list as a key": (
        "? [a, b]\n: 1\n",
        ["s:1: a key that is no text: quote a text that begins with [, { or *"],
    ),
    "no key": ("? \n: 3\n", ["s:1: no key before ':': write `key: value`"]),
    "deep brackets": (
        "a:\n  " + "[" * 100_000,
        ["s:2: nested deeper than 50 levels: look for brackets left open"],
    ),
    "deep blocks": (
        "\n".join(" " * n + "a:" for n in range(60)),
        ["s:51: nested deeper than 50 levels: look for brackets left open"],
    ),
    "faults of many kinds": (
        "id：power\nsteps:\n  apply: &a {needs: [甲，乙]}\n  apply: {}\n\treply: *a\nend: [1\n",
        [
            f"s:1: full-width colon in 'id：power': {COLON}",
            f"s:3: steps.apply: anchor '&a': {WRITE_OUT}",
            f"s:3: steps.apply.needs[0]: Chinese comma in '甲，乙': {COMMA}",
            "s:4: steps.apply: duplicate key 'apply', first on line 3: keep one",
            "s:5: tab instead of spaces in 'reply: *a': indent with two spaces for each level",
            f"s:5: steps.reply: alias '*a': {WRITE_OUT}",
            f"s:6: {UNCLOSED}",
        ],
    ),
}


@pytest.fixture(params=[getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader], ids=["C", "Python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the parser in C and with the one in Python: a planner may have either."""
    monkeypatch.setattr(yamlio, "_Loader", request.param)


def faults(text: str) -> list[str]:
    """Return the faults of a text as a planner sees them."""
    with pytest.raises(SpecError) as caught:
        parse(text, "s")
    return str(caught.value).splitlines()


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_everything_wrong_is_named_with_its_line_and_remedy(text: str, expected: list[str]) -> None:
    """All faults of a text come at once, each telling what was found and what to do."""
    assert faults(text) == expected


def test_tens_of_misprints_are_enough_for_one_reading() -> None:
    """A file full of tabs is read again at most twenty times."""
    assert len(faults("a:\n" + "".join(f"\tb{n}: 1\n" for n in range(100)))) == 20


def test_alias_bomb_is_refused_unexploded() -> None:
    """A billion laughs are told as the aliases they are, before anything is built."""
    bomb = 'l0: &l0 ["x"]\n' + "".join(f"l{n}: &l{n} [{f'*l{n - 1}, ' * 9}*l{n - 1}]\n" for n in range(1, 40))
    assert len(faults(bomb)) == 40 + 39 * 10


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "a.yaml:1: nothing is written here: write `key: value` lines"),
        (
            "id: a\nname: 甲\n".encode("gb18030"),
            "a.yaml:2: not UTF-8, byte 0xbc at offset 12: save the file as UTF-8",
        ),
        ("a: 1\n".encode("utf-16"), "a.yaml:1: not UTF-8, byte 0xff at offset 0: save the file as UTF-8"),
        (b"a: 1\n#" + b"x" * 999_995, "a.yaml:1: larger than 1 MB, a spec is a few kB: check the name"),
        (b"a: 1\na: 2\n", "a.yaml:2: a: duplicate key 'a', first on line 1: keep one"),
    ],
    ids=["empty", "GB 18030", "UTF-16", "too large", "wrong inside"],
)
def test_file_that_is_no_spec_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bytes, message: str
) -> None:
    """What is wrong with the bytes of a file is told like what is wrong with its text."""
    (tmp_path / "a.yaml").write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SpecError) as caught:
        read(Path("a.yaml"))
    assert str(caught.value) == message


def test_missing_file_directory_and_false_path_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that leads to no file is a fault of line 1."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    messages = []
    for name in ("none.yaml", "specs", "file/a.yaml"):
        with pytest.raises(SpecError) as caught:
            read(Path(name))
        messages.append(str(caught.value))
    assert messages == [
        "none.yaml:1: no such file: check the name",
        "specs:1: a directory, not a file: name a file in it",
        "file/a.yaml:1: not readable: Not a directory",
    ]
