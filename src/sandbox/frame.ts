/**
 * The document between the page and the reader's program. It is shown in `<iframe sandbox="allow-scripts">`, so its
 * origin is opaque: no storage, no cookies, no way into the page. Its policy allows no network, and the workers that it
 * makes from blobs inherit the policy.
 */

/** Page to frame, on the control port, which comes with the first message of the page. */
export type FrameOrder =
  /** Starts a worker, which gets the port. `text` is the guest's script, sent once for each `url`. */
  | { readonly kind: 'start'; readonly id: number; readonly url: string; readonly text: string | null }
  | { readonly kind: 'stop'; readonly id: number }
  /** Runs a script in this document, whose `gatewayLab.serve` gets the port: for what workers here lack. */
  | { readonly kind: 'serve'; readonly id: number; readonly text: string };

/** Frame to page, on the control port. */
export type FrameReport =
  | { readonly kind: 'stopped'; readonly id: number }
  | { readonly kind: 'crashed'; readonly id: number; readonly message: string };

interface Served {
  readonly gatewayLab: { readonly serve: (port: MessagePort) => () => void };
}

/** Runs in the frame. It is written into the document as text, so it must not use anything from outside itself. */
function frameMain(): void {
  const begin = (event: MessageEvent<unknown>): void => {
    const [control] = event.ports;
    // Opened as anything but a sandboxed frame, this document would belong to the site; then it runs nothing.
    if (event.source !== window.parent || !control || self.origin !== 'null') return;
    removeEventListener('message', begin);
    const scripts = new Map<string, string>();
    const workers = new Map<number, Worker>();
    const servers = new Map<number, () => void>();
    const report = (message: FrameReport): void => control.postMessage(message);
    const address = (text: string): string => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    control.onmessage = ({ data, ports }: MessageEvent<FrameOrder>) => {
      const { kind, id } = data;
      if (kind === 'stop') {
        workers.get(id)?.terminate();
        workers.delete(id);
        servers.get(id)?.();
        servers.delete(id);
        report({ kind: 'stopped', id });
      } else if (kind === 'start') {
        const script = scripts.get(data.url) ?? address(data.text ?? '');
        scripts.set(data.url, script);
        const worker = new Worker(script);
        workers.set(id, worker);
        worker.onerror = (error) => {
          error.preventDefault();
          report({ kind: 'crashed', id, message: error.message });
        };
        worker.postMessage(null, [...ports]);
      } else {
        const element = document.createElement('script');
        element.src = address(data.text);
        element.onload = () => {
          element.remove();
          URL.revokeObjectURL(element.src);
          const [port] = ports;
          if (port && workers.has(id)) servers.set(id, (window as unknown as Served).gatewayLab.serve(port));
        };
        document.head.append(element);
      }
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
