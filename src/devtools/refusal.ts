const INSTEAD = 'The playground answers inside its sandbox instead, and everything else works.';

/** To a run that was under way. */
export const SWITCHED_OFF =
  '“Show in DevTools” was switched off during the run, which ended it. Press Run to start again.';

/** Should never be seen: the service worker was there when the mode was switched on. */
export const BYPASSED =
  'The browser let a request pass by the service worker, so nothing answered it. Switch “Show in DevTools” off and on again.';

/** Why this page cannot have a service worker at all, as a sentence for the reader; null when it may. */
export function contextSentence(): string | null {
  if (isEmbeddedElsewhere()) {
    return `Requests cannot show in DevTools while another site embeds the playground. Open it on its own page. ${INSTEAD}`;
  }
  if (!isSecureContext) {
    return `Requests cannot show in DevTools on this address, because browsers start service workers over HTTPS and on localhost only. ${INSTEAD}`;
  }
  if (!('serviceWorker' in navigator)) {
    return `Requests cannot show in DevTools, because this browser offers no service workers here. A private window or a setting may be the reason. ${INSTEAD}`;
  }
  return null;
}

/** @param reason the browser's own words; null when nothing came in time */
export function refusalSentence(reason: string | null): string {
  const why =
    reason === null
      ? 'the service worker did not start in time'
      : `the browser did not start the service worker (${browsersWords(reason)})`;
  return `Requests cannot show in DevTools: ${why}. A private window, an extension or a setting may block it. ${INSTEAD}`;
}

function isEmbeddedElsewhere(): boolean {
  try {
    return window.top?.location.origin !== location.origin;
  } catch {
    return true;
  }
}

/** The reason without what MSW says before it. */
const browsersWords = (reason: string): string =>
  reason
    .replace(/^\[MSW\][^:]*:\s*/, '')
    .replace(/\s+/g, ' ')
    .replace(/\.$/, '')
    .slice(0, 200);
