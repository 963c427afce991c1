"""Reads the C header: its functions with their documentation, structs and enums."""

import dataclasses
import pathlib
import re


@dataclasses.dataclass
class Function:
    name: str
    returns: str
    parameters: list  # names, in order
    fallible: bool  # its last parameter receives an error
    documentation: str  # the text of the comment before it, or ""
    path: str
    line: int


# A doc comment, what follows it up to `;` or `{`.
_DOCUMENTED = re.compile(r"/\*\*(?!<)(?P<doc>.*?)\*/\s*(?P<code>(?:(?!/\*)[^;{])*[;{])", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FUNCTION = re.compile(r"\bGROVE_API\b(?P<returns>[^;(]*?)(?P<name>\w+)\s*\((?P<parameters>[^;]*)\)\s*;", re.DOTALL)


def paths(folder):
    """grove.h and the headers that it consists of."""
    root = pathlib.Path(folder)
    return [root / "grove.h", *sorted((root / "grove").glob("*.h"))]


def code_of(text):
    """`text` without comments and preprocessor lines; lines keep their numbers."""
    text = _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    text = re.sub(r"\\\n", " \n", text)
    return re.sub(r"^[ \t]*#.*$", "", text, flags=re.MULTILINE)


def _without_preprocessor(text):
    """Macros with their continued lines become blank lines."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$", lambda m: "\n" * m.group().count("\n"), text, flags=re.MULTILINE)


def functions(folder):
    found = []
    for path in paths(folder):
        text = _without_preprocessor(path.read_text(encoding="utf-8"))
        documentation = {}
        for match in _DOCUMENTED.finditer(text):
            declaration = _FUNCTION.search(match["code"])
            if declaration:
                documentation[declaration["name"]] = match["doc"]
        code = code_of(text)
        for match in _FUNCTION.finditer(code):
            names = [re.search(r"(\w+)\s*$", each)[1] for each in match["parameters"].split(",")]
            found.append(
                Function(
                    match["name"],
                    " ".join(match["returns"].split()),
                    [] if names == ["void"] else names,
                    re.search(r"grove_error\s*\*\s*\*\s*error\s*$", match["parameters"]) is not None,
                    documentation.get(match["name"], ""),
                    path.relative_to(folder).as_posix(),
                    code.count("\n", 0, match.start("name")) + 1,
                )
            )
    return found
