/** What a reader can fill into the commands of a checklist: how each kind must look, and what to say when it does not. */

interface ValueKind {
  readonly form: RegExp;
  /** The longest of them, in characters. */
  readonly most: number;
  /** For readers, when what they wrote is none. */
  readonly sentence: string;
}

const LABEL = String.raw`[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?`;

export const VALUE_KINDS = {
  host: {
    form: new RegExp(`^${LABEL}(?:\\.${LABEL})*$`, 'i'),
    most: 253,
    sentence: 'Write a name or an IPv4 address, such as api.example.com, without https:// and without a path.',
  },
  path: {
    form: /^\/[^\s\p{Cc}#]*$/u,
    most: 500,
    sentence: 'A path begins with / and has no spaces and no #. Write a space as %20.',
  },
  port: {
    form: /^(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5])$/,
    most: 5,
    sentence: 'A port is a number from 1 to 65535.',
  },
  service: {
    form: /^[a-z0-9][\w.@:-]*$/i,
    most: 200,
    sentence: 'Write the name of the service as systemctl shows it, such as orders-api.',
  },
  file: {
    form: /^\/[^\p{Cc}]*$/u,
    most: 500,
    sentence: 'Name the file from the root on, such as /var/log/nginx/error.log.',
  },
} as const satisfies Readonly<Record<string, ValueKind>>;

export type KindOfValue = keyof typeof VALUE_KINDS;

/** What is wrong with a value, as a sentence; `undefined` when nothing is. */
export function valueProblem(kind: KindOfValue, value: string): string | undefined {
  const { form, most, sentence } = VALUE_KINDS[kind];
  return value.length <= most && form.test(value) ? undefined : sentence;
}
