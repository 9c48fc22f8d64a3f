/** What both Pythons are measured with, once they are up. Times are the browser's, ms since 1970: the program's own stand still. */

/** Defines `now()`, and marks the moment at which `requests` is there. */
const IMPORTED = `
import js
def now():
    return js.Date.new().getTime()
marks = {"begin": now()}
import requests
marks["imported"] = now()
`;

const ask = (url: string): string => `
requests.get(${JSON.stringify(url)})
marks["first"] = now()
for _ in range(50):
    requests.get(${JSON.stringify(url)})
marks["fifty"] = now()
`;

const TOLD = `
import json
json.dumps(marks)
`;

/** For stock Pyodide, which gives the value of the last line. */
export const stockProgram = (url: string): string => IMPORTED + ask(url) + TOLD;

/** Six attempts with 20, 40, 80, 160 and 320 s between them. */
const BACK_OFF = `
import time
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry
retry = Retry(total=6, backoff_factor=10, backoff_max=320, status_forcelist=[200, 502], raise_on_status=False)
session = requests.Session()
session.mount("https://", HTTPAdapter(max_retries=retry))
start, real = time.monotonic(), now()
session.get("https://api.example.com/orders/42")
marks["waited"], marks["wait took"] = time.monotonic() - start, now() - real
`;

/** For the playground, which shows what is printed. It waits for a line at the end, so that its worker can be weighed. */
export const playgroundProgram = `${IMPORTED}${ask('https://api.example.com/orders/42')}${BACK_OFF}
import json, pyodide_js
marks["heap"] = pyodide_js._module.HEAP8.length
print("measured", json.dumps(marks), "end")
input("weighed?")
`;
