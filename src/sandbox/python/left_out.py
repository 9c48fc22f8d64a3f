"""The parts of the standard library that no client of an API needs. They are left out to keep the download small."""

import sys

# A package stands for all that is in it. The build reads this list, too.
LEFT_OUT = frozenset(
    """
    _aix_support _android_support _apple_support _ios_support _osx_support _pydatetime _pyio _pyrepl
    antigravity asyncio.__main__ asyncio.proactor_events asyncio.tools asyncio.windows_events asyncio.windows_utils
    bdb cProfile cmd code compileall concurrent.futures.interpreter concurrent.futures.process concurrent.interpreters
    ctypes curses dbm doctest ensurepip ftplib http.server idlelib imaplib lib2to3 mailbox modulefinder
    multiprocessing optparse pdb pickletools plistlib poplib profile pstats pty pyclbr pydoc pydoc_data pyodide.console readline
    shelve smtplib symtable tabnanny tarfile test tkinter trace tty turtle turtledemo unittest venv wave webbrowser
    wsgiref xml.dom xml.sax xmlrpc zipapp
    """.split()
)


class _Finder:
    """Asked when nothing else has found a module."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "tzdata":
            from zoneinfo import ZoneInfoNotFoundError

            raise ZoneInfoNotFoundError(
                "the time zones of the world are left out of this playground to keep the download small; "
                "use datetime.timezone.utc or a fixed one such as datetime.timezone(timedelta(hours=1))"
            )
        if name in LEFT_OUT:
            raise ModuleNotFoundError(
                f"No module named {name!r}: it is left out of this playground to keep the download small.", name=name
            )
        return None


def install():
    """Makes the import of a module that is left out fail with a sentence."""
    # CPython leaves frames of this file's name out of the tracebacks of imports that fail.
    find = _Finder.find_spec
    find.__code__ = find.__code__.replace(co_filename="<frozen importlib._bootstrap>")
    sys.meta_path.append(_Finder)
