"""Makes the playground's Python small and quick to start: compiles the standard library and the packages.

Runs in the interpreter that will import the results, because compiled code fits one version only. The code carries the
paths of a server's Python, so that tracebacks look like a server's.
"""

import ast
import functools
import importlib.util
import io
import marshal
import types
import zipfile

STDLIB = "/usr/lib/python3.14/"
SITE = STDLIB + "site-packages/"

# Modules of the standard library that show up in the tracebacks of clients. Their sources go along, for the lines.
SHOWN = (
    *("asyncio/", "concurrent/futures/_base.py", "contextlib.py", "encodings/idna.py", "http/client.py"),
    *("http/cookiejar.py", "http/cookies.py", "json/", "logging/__init__.py", "selectors.py", "socket.py", "ssl.py"),
    *("threading.py", "urllib/"),
)

# Code for platforms and libraries that are not here, and programs for a command line.
UNUSED = (
    *("anyio/_backends/_trio.py", "anyio/pytest_plugin.py", "certifi/__main__.py", "charset_normalizer/__main__.py"),
    *("charset_normalizer/cli/", "httpx/_main.py", "idna/__main__.py", "idna/cli.py", "requests/help.py"),
    *("tenacity/tornadoweb.py", "urllib3/contrib/emscripten/", "urllib3/contrib/pyopenssl.py"),
)

# Tables, and code that no request runs: compiled, without the source.
NEVER_SHOWN = ("charset_normalizer/constant.py", "idna/idnadata.py", "idna/uts46data.py", "typing_extensions.py")

# What `importlib.metadata` is asked for.
FIELDS = ("metadata-version", "name", "version", "requires-python", "requires-dist", "license-expression")

AUTHORITIES = b"# No certificate authority is needed here: nothing leaves the page.\n"


@functools.cache
def _code(source, path):
    return compile(source, path, "exec", dont_inherit=True)


def compiled(source, path):
    """The bytes of a .pyc that is never compared with a source."""
    head = importlib.util.MAGIC_NUMBER + (0b01).to_bytes(4, "little") + importlib.util.source_hash(source)
    return head + marshal.dumps(_code(source, path))


def _lines_of(code, lines):
    for first, last, _, _ in code.co_positions():
        if first:
            lines.update(range(first, (last or first) + 1))
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            _lines_of(constant, lines)


def shown_lines(source, path):
    """A source with its lines where they were, but only those that a traceback can show: no comments, no docstrings."""
    text = source.decode()
    lines = set()
    _lines_of(_code(source, path), lines)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            if ast.get_docstring(node, clean=False) is not None:
                lines -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    kept = (line if number in lines else "" for number, line in enumerate(text.split("\n"), 1))
    return "\n".join(kept).rstrip("\n").encode() + b"\n"


def cached(path):
    """Where Python looks for the compiled code of a source: `a/__pycache__/b.cpython-314.pyc`."""
    return importlib.util.cache_from_source(path, optimization="")


def _files(archive):
    """Names and contents, in an order that does not depend on the archive's."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for entry in sorted(opened.infolist(), key=lambda each: each.filename):
            if not entry.is_dir():
                yield entry.filename, opened.read(entry)


def _is_left_out(name, left_out):
    dotted = name.removesuffix(".py").removesuffix("/__init__").split("/")
    return any(".".join(dotted[:count]) in left_out for count in range(1, len(dotted) + 1))


def left_out_of(module_source):
    """The list in `left_out.py`, which cannot be imported everywhere."""
    for node in ast.parse(module_source).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "LEFT_OUT":
            return frozenset(node.value.args[0].func.value.value.split())
    raise ValueError("left_out.py has no LEFT_OUT.")


def stdlib_sources(archive, left_out, shown):
    """Sources of the standard library that tracebacks show, or all others. By name, without those that are left out."""
    return {
        name: data
        for name, data in _files(archive)
        if name.endswith(".py") and name.startswith(SHOWN) == shown and not _is_left_out(name, left_out)
    }


def zipped(files):
    """A zip that is not compressed, so that the host can compress the whole, and that is the same each time."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def metadata(text):
    """The few lines of a package's METADATA that programs read."""
    head = text.partition("\n\n")[0]
    return "".join(f"{line}\n" for line in head.split("\n") if line.partition(":")[0].lower() in FIELDS)


def package_files(archive):
    """What goes along of one wheel, by path in the interpreter's file system."""
    for name, data in _files(archive):
        path = SITE + name
        if name.startswith(UNUSED):
            continue
        if name.endswith(".py"):
            code = compiled(data, path)
            if name.startswith(NEVER_SHOWN):
                yield path + "c", code
            else:
                yield path, shown_lines(data, path)
                yield cached(path), code
        elif name.endswith(".dist-info/METADATA"):
            yield path, metadata(data.decode()).encode()
        elif ".dist-info/" in name and "LICENSE" in name.upper().rpartition("/")[2]:
            yield path, data
        elif name == "certifi/cacert.pem":
            yield path, AUTHORITIES
