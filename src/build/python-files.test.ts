import fs from 'node:fs';
import path from 'node:path';
import { loadPyodide } from 'pyodide';
import { beforeAll, describe, expect, test } from 'vitest';
import { bootMachine } from '../sandbox/python/machine.ts';
import { compressPythonFiles } from './python-brotli.ts';
import { PYTHON_FOLDER, pythonFiles, type BuiltPython, type PythonFileName } from './python-files.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** As brotli's best makes them. It takes that a minute of a processor's time, once for each content. */
const MOST_BYTES = 6_100_000;

const python = await pythonFiles(ROOT);
const unavailable = python === null;
if (unavailable) console.log('Left out: Python in the page, because its packages could not be fetched.');

const addressOf = ({ files }: BuiltPython, name: PythonFileName): string =>
  files.find((file) => file.name === name)?.address ?? '';
const contentOf = (built: BuiltPython, name: PythonFileName): Buffer =>
  fs.readFileSync(path.join(ROOT, PYTHON_FOLDER, addressOf(built, name)));

describe.skipIf(unavailable)('Python for the page', () => {
  let run: (code: string) => unknown = () => undefined;

  beforeAll(async () => {
    if (!python) return;
    const place = (name: PythonFileName): string => path.join(ROOT, PYTHON_FOLDER, addressOf(python, name));
    await bootMachine(
      async () => {
        const interpreter = await loadPyodide({
          lockFileContents: contentOf(python, 'lock').toString(),
          stdLibURL: place('stdlib'),
          convertNullToNone: true,
          env: { PYTHONHASHSEED: '0' },
        });
        run = (code) => interpreter.runPython(code);
        return interpreter;
      },
      new Uint8Array(contentOf(python, 'packages')).buffer,
    );
  }, 60_000);

  test('has the packages, in the versions that the requirements name', () => {
    run('import requests, urllib3, httpx, tenacity, charset_normalizer, idna, certifi, importlib.metadata');
    for (const [name, version] of [
      ['requests', '2.34.2'],
      ['urllib3', '2.8.0'],
      ['httpx', '0.28.1'],
    ] as const) {
      expect(run(`${name}.__version__`)).toBe(version);
      expect(run(`importlib.metadata.version('${name}')`)).toBe(version);
    }
  });

  test('imports compiled code, and none is older than its interpreter', () => {
    run('import requests.sessions, json.decoder');
    expect(run('requests.sessions.__cached__')).toMatch(/__pycache__\/sessions\.cpython-314\.pyc$/);
    expect(run('json.decoder.__file__')).toMatch(/\.pyc$/);
    expect(run('import importlib.util, zipimport; open(requests.sessions.__cached__, "rb").read(4).hex()')).toBe(
      run('importlib.util.MAGIC_NUMBER.hex()'),
    );
  });

  test('shows the lines of the libraries in tracebacks, with the places in them, as a server does', () => {
    const text = run(`
import traceback, requests
try:
    requests.get('http:///')
except requests.exceptions.RequestException:
    told = traceback.format_exc()
told`);
    expect(text).toContain('  File "/usr/lib/python3.14/site-packages/requests/api.py", line ');
    expect(text).toContain('    return session.request(method=method, url=url, **kwargs)\n           ~~~~');
    expect(text).toContain("requests.exceptions.InvalidURL: Invalid URL 'http:///': No host supplied");
  });

  test('shows the lines of the standard library that a client runs', () => {
    const text = run(`
import json, traceback
try:
    json.loads('<html>')
except ValueError:
    told = traceback.format_exc()
told`);
    expect(text).toMatch(
      / {2}File "\/usr\/lib\/python3\.14\/json\/decoder\.py", line \d+, in decode\n {4}obj, end = self\.raw_decode\(s, /,
    );
  });

  test('keeps every line of a source where it was', () => {
    const line = Number(run('import http.client; http.client.HTTPResponse._read_status.__code__.co_firstlineno'));
    const source = String(run('open(http.client.HTTPResponse._read_status.__code__.co_filename).read()'));
    expect(source.split('\n')[line - 1]).toBe('    def _read_status(self):');
  });

  test('says of a module that is left out that it is', () => {
    const names = String(run('from gateway_lab import left_out; " ".join(sorted(left_out.LEFT_OUT))')).split(' ');
    expect(names.length).toBeGreaterThan(50);
    const wrong = names.filter((name) => {
      const told = run(`
import importlib
try:
    importlib.import_module(${JSON.stringify(name)})
    told = 'nothing'
except Exception as error:
    told = f'{type(error).__name__}: {error}'
told`);
      const own = `ModuleNotFoundError: No module named '${name}': it is left out of this playground to keep the download small.`;
      return told !== own;
    });
    expect(wrong).toEqual([]);
  });

  test('says of time zones what to use in their place', () => {
    const told = run(`
from zoneinfo import ZoneInfo
try:
    told = str(ZoneInfo('Europe/Berlin'))
except Exception as error:
    told = f'{type(error).__name__}: {error}'
told`);
    expect(told).toMatch(/^ZoneInfoNotFoundError: .*use datetime\.timezone\.utc or a fixed one/);
  });

  test('shows the import that failed, and nothing of how it was refused', () => {
    const text = run(`
import traceback
try:
    import tkinter
except ModuleNotFoundError:
    told = traceback.format_exc()
told`);
    expect(String(text).match(/^ {2}File /gm)).toHaveLength(1);
  });

  test.each([
    'asyncio, concurrent.futures, threading, queue, contextvars, selectors, socket, ssl, http.client, http.cookiejar',
    'urllib.request, urllib.parse, urllib.error, urllib.robotparser, http.cookies, socketserver, ipaddress, uuid, secrets',
    'json, csv, html, html.parser, html.entities, xml.etree.ElementTree, email.message, email.utils, configparser, tomllib',
    'logging.config, logging.handlers, argparse, getpass, pprint, textwrap, string, re, difflib, shlex, shutil, glob',
    'dataclasses, typing, enum, abc, functools, itertools, operator, collections, heapq, bisect, graphlib, contextlib',
    'statistics, decimal, fractions, math, random, datetime, zoneinfo, calendar, time, sched, timeit, copy, types',
    'gzip, zlib, bz2, lzma, zipfile, base64, hashlib, hmac, struct, pickle, tempfile, pathlib, io, os, platform, inspect',
    'importlib.metadata, importlib.resources, traceback, warnings, weakref, gc, signal, subprocess, sqlite3, mimetypes',
  ])('has what programs import: %s', (modules) => {
    expect(() => run(`import ${modules}`)).not.toThrow();
  });

  test('is small enough', { timeout: 300_000 }, async () => {
    if (!python) return;
    const sizes = await compressPythonFiles(ROOT, python);
    const sum = [...sizes.values()].reduce((total, bytes) => total + bytes, 0);
    expect(sum, JSON.stringify([...sizes])).toBeLessThanOrEqual(MOST_BYTES);
    expect(sum, 'something was measured').toBeGreaterThan(1_000_000);
  });
});
