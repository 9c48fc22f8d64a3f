"""Asks with requests, one JSON question a line on standard input, one JSON answer a line on standard output.

A question is {"url", "method", "headers", "body", "seconds", "ca"}. The answer is {"text"}: the response as Python
prints it, or the last line of the traceback.
"""

import json
import platform
import ssl
import sys
import threading
import traceback

import requests
import urllib3


def ask(question):
    try:
        response = requests.request(
            question["method"],
            question["url"],
            headers=dict(question["headers"]),
            data=question["body"].encode("latin-1") or None,
            timeout=question["seconds"],
            verify=question["ca"] or True,
            allow_redirects=False,
        )
        return repr(response)
    except Exception as error:
        return traceback.format_exception_only(type(error), error)[-1].strip()


out = threading.Lock()


def answer(line):
    question = json.loads(line)
    text = ask(question)
    with out:
        print(json.dumps({"id": question["id"], "text": text}), flush=True)


versions = {
    "requests": requests.__version__,
    "urllib3": urllib3.__version__,
    "python": platform.python_version(),
    "openssl": " ".join(ssl.OPENSSL_VERSION.split()[:2]),
}
print(json.dumps(versions), flush=True)
for line in sys.stdin:
    threading.Thread(target=answer, args=(line,), daemon=False).start()
