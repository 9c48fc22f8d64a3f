/**
 * The document between the page and the reader's program. It is shown in `<iframe sandbox="allow-scripts">`, so its
 * origin is opaque: no storage, no cookies, no way into the page. Its policy allows no network, and the workers that it
 * makes from blobs inherit the policy.
 */

/** Page to frame, once, with the control port. */
export interface FrameSetup {
  /** Text of the guest script. */
  readonly guest: string;
}

/** Page to frame, on the control port. `start` brings a port for the worker. */
export type FrameOrder = { readonly kind: 'start' | 'stop'; readonly id: number };

/** Frame to page, on the control port. */
export type FrameReport =
  | { readonly kind: 'stopped'; readonly id: number }
  | { readonly kind: 'crashed'; readonly id: number; readonly message: string };

/** Runs in the frame. It is written into the document as text, so it must not use anything from outside itself. */
function frameMain(): void {
  const begin = (event: MessageEvent<FrameSetup>): void => {
    const [control] = event.ports;
    // Opened as anything but a sandboxed frame, this document would belong to the site; then it runs nothing.
    if (event.source !== window.parent || !control || self.origin !== 'null') return;
    removeEventListener('message', begin);
    const script = URL.createObjectURL(new Blob([event.data.guest], { type: 'text/javascript' }));
    const workers = new Map<number, Worker>();
    const report = (message: FrameReport): void => control.postMessage(message);
    control.onmessage = ({ data: { kind, id }, ports }: MessageEvent<FrameOrder>) => {
      if (kind === 'stop') {
        workers.get(id)?.terminate();
        workers.delete(id);
        report({ kind: 'stopped', id });
        return;
      }
      const worker = new Worker(script);
      workers.set(id, worker);
      worker.onerror = (error) => {
        error.preventDefault();
        report({ kind: 'crashed', id, message: error.message });
      };
      worker.postMessage(null, [...ports]);
    };
  };
  addEventListener('message', begin);
}

/** What the frame may load, with the hash of its one script: nothing from any host. WebAssembly is for Python. */
const policy = (scriptHash: string): string =>
  [
    "default-src 'none'",
    `script-src '${scriptHash}' blob: 'wasm-unsafe-eval'`,
    'worker-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** The frame's document. */
export async function frameDocument(): Promise<string> {
  const script = `(${frameMain.toString()})();`;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script)));
  const hash = `sha256-${btoa(String.fromCharCode(...digest))}`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy(hash)}">`,
    '<meta name="robots" content="noindex">',
    '<title>Sandbox</title>',
    `<script>${script}</script>`,
    '</head>',
    '<body></body>',
    '</html>',
    '',
  ].join('\n');
}
