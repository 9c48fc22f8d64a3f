import type * as monaco from 'monaco-editor/editor';
import EditorWorkerUrl from 'monaco-editor/editor/editor.worker?worker&url';

/**
 * What Monaco asks of the page: its workers, and a policy for each place where it makes HTML or a script's address out of
 * text (Trusted Types). Loaded before Monaco itself.
 */

type PolicyRules = monaco.ITrustedTypePolicyOptions;
type Policy = monaco.ITrustedTypePolicy;
declare global {
  interface Window {
    readonly trustedTypes?: { readonly createPolicy: (name: string, rules?: PolicyRules) => Policy };
  }
}

const policies = new Map<string, Policy | undefined>();

/** One policy for each name: a page whose CSP lists them takes each once. Undefined where there can be none. */
function policyFor(name: string, rules?: PolicyRules): Policy | undefined {
  if (!policies.has(name)) {
    try {
      policies.set(name, window.trustedTypes?.createPolicy(name, rules));
    } catch {
      // Monaco made one of this name itself, before this module was there.
      policies.set(name, undefined);
    }
  }
  return policies.get(name);
}

const WORKER_POLICY = 'gateway-lab-workers';
const workers = new Map<string, { readonly url: string; readonly onFailure: (error: Error) => void }>();

/**
 * Says where the worker of a language service is.
 * @param label the name of the language
 * @param onFailure hears of a worker that cannot be loaded
 */
export const serveWorker = (label: string, url: string, onFailure: (error: Error) => void): void =>
  void workers.set(label, { url, onFailure });

self.MonacoEnvironment = {
  ...self.MonacoEnvironment,
  createTrustedTypesPolicy: policyFor,
  getWorker: (_, label) => {
    const { url, onFailure } = workers.get(label) ?? { url: EditorWorkerUrl, onFailure: undefined };
    const trusted: unknown = policyFor(WORKER_POLICY, { createScriptURL: ownScript })?.createScriptURL?.(url);
    // The browser wants its own trusted type here, of which TypeScript knows nothing yet.
    const worker = new Worker((trusted ?? url) as string, { type: 'module', name: label });
    if (onFailure) {
      worker.addEventListener('error', ({ message }) => onFailure(new Error(message || `${url} did not load`)), {
        once: true,
      });
    }
    return worker;
  },
};

/** Refuses an address that is not the site's own. */
function ownScript(url: string): string {
  if (new URL(url, location.href).origin === location.origin) return url;
  throw new TypeError(`A worker must come from this site, not from ${url}.`);
}
