import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { fieldsOf, NOT_FOUND, parseHeadersFile, type HeaderField, type HeaderRule } from '../src/build/headers.ts';
import { COMPRESSED, MEDIA_TYPES } from '../src/build/headers-media-types.ts';

/**
 * Answers requests with the files of a built site: `/guides/x/` is `guides/x/index.html`, `/guides/x` is redirected to
 * it, and what is not there gets `404.html` with status 404. The site's file `_headers` says which headers go with them.
 * A file with a compressed form beside it goes out in that form to whoever takes it.
 * @param dir absolute path of the built site
 */
export function staticSite(dir: string): RequestListener {
  let rules: readonly HeaderRule[] | undefined;
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain' });
      response.end('This server only answers GET and HEAD.\n');
      return;
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    void find(dir, url.pathname).then(async (found) => {
      if ('redirect' in found) {
        response.writeHead(308, { location: found.redirect + url.search });
        response.end();
        return;
      }
      rules ??= rulesOf(dir);
      const address = found.status === 404 ? NOT_FOUND : url.pathname;
      const fields = fieldsOf(rules, address);
      const compressed = await compressedForm(found);
      if (compressed) fields.push(['Vary', 'Accept-Encoding']);
      if (compressed && takesBrotli(request.headers['accept-encoding'])) {
        send(response, compressed, request.method === 'HEAD', [...fields, ['Content-Encoding', 'br']]);
      } else send(response, found, request.method === 'HEAD', fields);
    });
  };
}

function rulesOf(dir: string): HeaderRule[] {
  const file = join(dir, '_headers');
  return existsSync(file) ? parseHeadersFile(readFileSync(file, 'utf8')) : [];
}

interface FoundFile {
  status: 200 | 404;
  path: string | undefined;
  /** Of what is sent. */
  size: number;
  /** Decides on the media type, if it is not that of `path`. */
  name?: string;
}

async function find(dir: string, pathname: string): Promise<FoundFile | { redirect: string }> {
  const path = localPath(dir, pathname);
  const entry = path === undefined ? undefined : await statOf(path);
  if (path !== undefined && entry?.isFile()) return { status: 200, path, size: entry.size };
  if (path !== undefined && entry?.isDirectory()) {
    const index = join(path, 'index.html');
    const page = await statOf(index);
    if (page && !pathname.endsWith('/')) return { redirect: `/${pathname.replace(/^\/+/, '')}/` };
    if (page) return { status: 200, path: index, size: page.size };
  }
  const missing = join(dir, '404.html');
  const page = await statOf(missing);
  return page ? { status: 404, path: missing, size: page.size } : { status: 404, path: undefined, size: 0 };
}

/** The same file, compressed; undefined where it lies there in one form only. */
async function compressedForm({ status, path }: FoundFile): Promise<FoundFile | undefined> {
  if (path === undefined) return undefined;
  const entry = await statOf(path + COMPRESSED);
  return entry?.isFile() ? { status, path: path + COMPRESSED, size: entry.size, name: path } : undefined;
}

const takesBrotli = (codings: string | string[] | undefined): boolean => /\bbr\b(?!;q=0)/.test(String(codings));

/** The file or folder that an address names; `undefined` when it names none inside the site. */
function localPath(dir: string, pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const path = join(dir, decoded);
  return path === dir || path.startsWith(dir + sep) ? path.replace(/[\\/]+$/, '') : undefined;
}

async function statOf(path: string) {
  return stat(path).catch(() => undefined);
}

function send(response: ServerResponse, file: FoundFile, headOnly: boolean, fields: readonly HeaderField[]): void {
  if (file.path === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('There is no page at this address.\n');
    return;
  }
  for (const [name, value] of fields) response.appendHeader(name, value);
  response.writeHead(file.status, {
    'content-type': MEDIA_TYPES[extname(file.name ?? file.path).toLowerCase()] ?? 'application/octet-stream',
    'content-length': file.size,
  });
  if (headOnly) response.end();
  else pipeline(createReadStream(file.path), response, () => undefined);
}

/**
 * Listens on this machine only, on both addresses that `localhost` may stand for.
 * @returns how to stop; rejects with Node's error (`EADDRINUSE`, `EACCES`) when either address is taken
 */
export async function listenOnLoopback(listener: RequestListener, port: number): Promise<{ close(): void }> {
  const servers: Server[] = [];
  const close = () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer(listener);
    try {
      await new Promise<void>((ready, refuse) => {
        server.once('error', refuse);
        server.listen(port, host, ready);
      });
      servers.push(server);
    } catch (error) {
      // A machine without IPv6 has only the first address.
      const absent =
        error instanceof Error && 'code' in error && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(error.code));
      if (absent && host === '::1') continue;
      close();
      throw error;
    }
  }
  return { close };
}
