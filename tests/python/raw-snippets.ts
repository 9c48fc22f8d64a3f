import type { Snippet } from './snippets.ts';

/** The usual set-ups of the usual clients. Each prints the status and size it got, and what is raised for the status. */

const REQUESTS = (adapter: string, act: string): string => `
import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry
session = requests.Session()
${adapter}
response = session.${act}
print('ok', response.status_code, len(response.content), response.content[:40])
response.raise_for_status()`;

const MOUNT = (retry: string): string => `session.mount('http://', HTTPAdapter(max_retries=Retry(${retry})))`;
const FORCE = MOUNT('total=3, status_forcelist=[429, 500, 502, 503, 504], backoff_factor=0.1');
const TOTAL = MOUNT('total=3, backoff_factor=0.1');

const URLLIB3 = (act: string): string => `
import urllib3
response = urllib3.PoolManager().${act}
print('ok', response.status, len(response.data), response.data[:40])`;

const HTTPX = (transport: string, act: string): string => `
import httpx
with httpx.Client(timeout=1.5${transport}) as client:
    response = client.${act}
    print('ok', response.status_code, len(response.content), response.content[:40])
    response.raise_for_status()`;

export const RAW_SNIPPETS: readonly Snippet[] = [
  { name: 'requests', python: REQUESTS('', 'get(URL, timeout=1.5)') },
  { name: 'requests, Retry with statuses', python: REQUESTS(FORCE, 'get(URL, timeout=1.5)') },
  { name: 'requests, Retry', python: REQUESTS(TOTAL, 'get(URL, timeout=1.5)') },
  { name: 'urllib3', python: URLLIB3("request('GET', URL, timeout=1.5)") },
  { name: 'httpx', python: HTTPX('', 'get(URL)') },
  { name: 'httpx, two retries', python: HTTPX(', transport=httpx.HTTPTransport(retries=2)', 'get(URL)') },
  { name: 'requests, POST', python: REQUESTS(FORCE, "post(URL, json={'item': 7}, timeout=1.5)") },
  { name: 'urllib3, POST', python: URLLIB3("request('POST', URL, json={'item': 7}, timeout=1.5)") },
  { name: 'httpx, POST', python: HTTPX('', "post(URL, json={'item': 7})") },
];
