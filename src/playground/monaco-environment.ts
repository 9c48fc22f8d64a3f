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

/** One policy for each name: a page whose CSP lists them takes each once. Undefined where the browser has no Trusted Types. */
function policyFor(name: string, rules?: PolicyRules): Policy | undefined {
  if (!policies.has(name)) policies.set(name, window.trustedTypes?.createPolicy(name, rules));
  return policies.get(name);
}

const WORKER_POLICY = 'gateway-lab-workers';
const workerUrls = new Map<string, string>();

/** Says where the worker of a language service is; its label is the name of the language. */
export const serveWorker = (label: string, url: string): void => void workerUrls.set(label, url);

self.MonacoEnvironment = {
  createTrustedTypesPolicy: policyFor,
  getWorker: (_, label) => {
    const url = workerUrls.get(label) ?? EditorWorkerUrl;
    const trusted: unknown = policyFor(WORKER_POLICY, { createScriptURL: ownScript })?.createScriptURL?.(url);
    // The browser wants its own trusted type here, of which TypeScript knows nothing yet.
    return new Worker((trusted ?? url) as string, { type: 'module', name: label });
  },
};

/** Refuses an address that is not the site's own. */
function ownScript(url: string): string {
  if (new URL(url, location.href).origin === location.origin) return url;
  throw new TypeError(`A worker must come from this site, not from ${url}.`);
}
