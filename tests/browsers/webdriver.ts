/** A client of the W3C WebDriver protocol, as far as the tests need it. */

/** Key of a reference to an element, as the protocol fixes it. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const KEYS: Readonly<Record<string, string>> = {
  Control: '\uE009',
  Shift: '\uE008',
  Alt: '\uE00A',
  Enter: '\uE007',
  Tab: '\uE004',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Home: '\uE011',
  End: '\uE010',
};

type KeyAction = { readonly type: 'keyDown' | 'keyUp'; readonly value: string };

export class WebDriverSession {
  readonly #address: string;
  readonly #id: string;
  /** What the browser says of itself. */
  readonly capabilities: Readonly<Record<string, unknown>>;

  private constructor(address: string, id: string, capabilities: Readonly<Record<string, unknown>>) {
    this.#address = address;
    this.#id = id;
    this.capabilities = capabilities;
  }

  /** Asks the driver at `address` for a browser. */
  static async start(address: string, alwaysMatch: Readonly<Record<string, unknown>>): Promise<WebDriverSession> {
    const { sessionId, capabilities } = (await command(`${address}/session`, 'POST', {
      capabilities: { alwaysMatch },
    })) as { sessionId: string; capabilities: Readonly<Record<string, unknown>> };
    return new WebDriverSession(address, sessionId, capabilities);
  }

  readonly #call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<unknown> =>
    command(`${this.#address}/session/${this.#id}${path}`, method, body);

  async goto(url: string): Promise<void> {
    await this.#call('POST', '/url', { url });
  }

  async reload(): Promise<void> {
    await this.#call('POST', '/refresh', {});
  }

  /** Runs the function with this text in the page and returns what it gives, once that is settled. */
  async evaluate(source: string, args: readonly unknown[]): Promise<unknown> {
    const script = `const done = arguments[arguments.length - 1], args = [...arguments].slice(0, -1);
      Promise.resolve().then(() => (${source})(...args)).then((value) => done({ value: value ?? null }), (error) => done({ error: String(error) }));`;
    const outcome = (await this.#call('POST', '/execute/async', { script, args })) as {
      value?: unknown;
      error?: string;
    };
    if (outcome.error !== undefined) throw new Error(`In the page: ${outcome.error}`);
    return outcome.value;
  }

  async click(source: string, args: readonly unknown[]): Promise<void> {
    const found = await this.evaluate(source, args);
    const reference: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, ELEMENT) : undefined;
    if (typeof reference !== 'string') throw new Error(`There is nothing to click: ${source}`);
    await this.#call('POST', `/element/${reference}/click`, {});
  }

  /** Presses `Control+a` or `Enter`. */
  async press(key: string): Promise<void> {
    const values = key.split('+').map((name) => KEYS[name] ?? name);
    await this.#keys([
      ...values.map((value): KeyAction => ({ type: 'keyDown', value })),
      ...values.toReversed().map((value): KeyAction => ({ type: 'keyUp', value })),
    ]);
  }

  async type(text: string): Promise<void> {
    await this.#keys(
      Array.from(text, (char): KeyAction[] => {
        const value = char === '\n' ? (KEYS['Enter'] ?? '') : char;
        return [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ];
      }).flat(),
    );
  }

  async #keys(actions: readonly KeyAction[]): Promise<void> {
    await this.#call('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async screenshot(): Promise<Uint8Array> {
    return Buffer.from((await this.#call('GET', '/screenshot')) as string, 'base64');
  }

  async setWindowSize(width: number, height: number): Promise<void> {
    await this.#call('POST', '/window/rect', { width, height });
  }

  async end(): Promise<void> {
    await this.#call('DELETE', '');
  }
}

async function command(url: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body) } : {}) });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`The driver refused ${method} ${new URL(url).pathname}: ${error}. ${message}`);
}
