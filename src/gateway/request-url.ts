/** The parts of a URL that the simulator looks at. */
export interface RequestUrl {
  readonly origin: string;
  readonly host: string;
  readonly pathname: string;
  /** Path and query. */
  readonly target: string;
}

/** URLs that are remembered; a program asks for the same few again and again. */
const MAX_KNOWN = 1000;
const known = new Map<string, RequestUrl>();

/** Takes an absolute URL apart. Throws as `new URL` does. */
export function requestUrl(text: string): RequestUrl {
  const found = known.get(text);
  if (found) return found;
  const { origin, host, pathname, search } = new URL(text);
  const parsed = { origin, host, pathname, target: pathname + search };
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, parsed);
  return parsed;
}
