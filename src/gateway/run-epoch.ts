/** The simulated date at which every run starts, ms since the epoch: fixed, so that logs and `Date` headers repeat. */
export const RUN_EPOCH = Date.UTC(2026, 0, 15, 9, 0, 0);
