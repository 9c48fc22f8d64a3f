/**
 * Remembers a text about a moment for as long as the same second is asked for: a busy second has thousands of log lines.
 * @param write a text that is the same for all moments of a second
 */
export function oncePerSecond(write: (ms: number) => string): (ms: number) => string {
  let second = NaN;
  let text = '';
  return (ms) => {
    const asked = Math.floor(ms / 1000);
    if (asked !== second) {
      text = write(ms);
      second = asked;
    }
    return text;
  };
}

/** A moment as HTTP writes it, e.g. `Thu, 15 Jan 2026 09:00:00 GMT`: toUTCString gives the IMF-fixdate of RFC 9110 §5.6.7. */
export const httpDate: (ms: number) => string = oncePerSecond((ms) => new Date(ms).toUTCString());
