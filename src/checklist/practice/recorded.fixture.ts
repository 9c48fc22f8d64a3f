import type { RecordedIncident } from './recorded.ts';

/** An incident of three steps: one that tells nothing, one that decides, one that could not be run. */
export const REFUSED: RecordedIncident = {
  incident: 'nobody-listens',
  title: 'Orders fail since the deploy',
  story: 'A deploy ended two minutes ago. Since then every order fails.',
  cause: 'upstream-refused',
  recordedWith: 'nginx 1.22.1',
  recorded: '2026-11-22',
  deciding: 'gateway-log',
  proof: [1],
  steps: {
    'ask-again': { output: '502\n', exit: 0 },
    'gateway-log': {
      output: '[notice] start\n[error] connect() failed (111: Connection refused)\n[notice] reload\n[notice] end\n',
      exit: 0,
    },
    'what-died': { output: null, exit: null, why: 'The machine has no systemd.' },
  },
};
