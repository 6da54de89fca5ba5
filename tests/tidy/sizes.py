"""Small enough to hold in the head: no file over 450 lines, no function over 80."""

import ast
import re

from tree import without_noise

MAX_FILE_LINES = 450
MAX_FUNCTION_LINES = 80

_CONTROL = re.compile(r"^\s*(if|for|while|switch|do|else|try|catch)\b")


def _is_function(head):
    """Whether `head`, the text between the last statement's end and a brace, begins a function's body."""
    head = head.strip()
    if "(" not in head or _CONTROL.match(head):
        return False
    if re.match(r"^(template\s*<.*>\s*)?(inline\s+)?(namespace|class|struct|union|enum|extern)\b", head, re.DOTALL):
        # `struct Row Make() {` is one all the same; `class HEADWATER_API(x) Foo : Bar {` is not.
        return re.search(r"\)\s*(const|noexcept|override|final|\s)*$", head) is not None
    return re.search(r"=\s*$", head) is None


def functions(text):
    """The outermost functions of C++ `text`, by a reading of its braces: (first line, number of lines) of each."""
    text = without_noise(text)
    text = re.sub(r"^[ \t]*#(\\\n|[^\n])*", lambda match: re.sub(r"[^\n]", " ", match.group()), text, flags=re.MULTILINE)
    found = []
    stack = []  # per open brace: where its function begins, 0 for another block's, -1 for an initializer's
    head_start = 0
    for match in re.finditer(r"[{};]", text):
        at, sign = match.start(), match.group()
        if sign == "{":
            head = text[head_start:at]
            if -1 in stack or re.search(r"[\w>\]]$", head):  # x{1}: clang-format sets a block's brace apart
                stack.append(-1)
            elif not any(stack) and _is_function(head):
                stack.append(text.count("\n", 0, at - len(head.lstrip())) + 1)
            else:
                stack.append(0)
        elif sign == "}" and stack:
            begin = stack.pop()
            if begin > 0:
                found.append((begin, text.count("\n", 0, at) + 2 - begin))
            if begin == -1:
                continue
        if -1 not in stack:
            head_start = at + 1
    return found


def _python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, node.end_lineno - node.lineno + 1


def check(tree):
    problems = []
    for file in tree.of_kind(".cc", ".h", ".proto", ".py", ".ts", ".sh", ".cmake", "CMakeLists.txt"):
        if len(file.lines) > MAX_FILE_LINES:
            problems.append(f"{file.path}:1: {len(file.lines)} lines; {MAX_FILE_LINES} at most")
    for file in tree.of_kind(".cc", ".h", ".py"):
        found = _python_functions(file.text) if file.path.endswith(".py") else functions(file.text)
        for line, length in found:
            if length > MAX_FUNCTION_LINES:
                problems.append(f"{file.path}:{line}: a function of {length} lines; {MAX_FUNCTION_LINES} at most")
    return problems
