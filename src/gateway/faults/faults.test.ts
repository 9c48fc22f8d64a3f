import { describe, expect, it } from 'vitest';
import { clientViewOf } from '../client-view.ts';
import { LAB_RESPONSE, type UpstreamResponse } from '../fault.ts';
import { CAUSE_IDS } from '../ids.ts';
import { FAULTS, faultById, faultForMethod, variantIds } from './index.ts';

/** What the upstream of a fault puts on the wire for a response of the application. */
function played(id: string, response: UpstreamResponse) {
  const [script] = faultById(id).servers;
  if (script?.kind !== 'tcp') throw new Error(`${id} is not played on a connection.`);
  return script.play(response);
}

/** Nothing is broken in these. */
const HEALTHY = ['ok', 'ok-slow', 'ok-chunked', 'tls-ok', 'fcgi-ok', 'uwsgi-ok'];

describe('the fault catalogue', () => {
  it('gives every fault an id of its own', () => {
    expect(new Set(FAULTS.map(({ id }) => id)).size).toBe(FAULTS.length);
  });

  it('leads from every fault but the healthy one to a cause that a person acts on', () => {
    expect(FAULTS.filter(({ cause }) => cause === null).map(({ id }) => id)).toEqual(HEALTHY);
    for (const { cause } of FAULTS) expect(cause === null || CAUSE_IDS.includes(cause)).toBe(true);
  });

  it('finds a fault by its id, and names the nearest when there is none', () => {
    expect(faultById('read-timeout').timer).toBe('readMs');
    expect(() => faultById('read-timeouts')).toThrow(/no fault "read-timeouts"; the nearest are read-timeout/);
  });

  it('has an entry of its own for asking some faults with another method', () => {
    const asked = (id: string, method: string): string => faultForMethod(faultById(id), method).id;
    expect(asked('close-after-request', 'POST')).toBe('close-after-request-post');
    expect(asked('ka-race-get-sameconn', 'POST')).toBe('ka-race-post-sameconn');
    expect(asked('retry-close-post', 'GET')).toBe('retry-close-get');
    expect(asked('read-timeout-post', 'POST')).toBe('read-timeout-post');
    expect(asked('header-12k', 'POST')).toBe('header-12k');
    expect(variantIds('ka-race-get')).toEqual(['ka-race-get', 'ka-race-post']);
  });
});

describe('close-mid-body-cl', () => {
  const whole = { ...LAB_RESPONSE, body: 'y'.repeat(50) };

  it('announces the whole body and sends a tenth of it', () => {
    const view = clientViewOf(played('close-mid-body-cl', whole), 'GET');
    expect(view).toMatchObject({ status: 200, body: 'y'.repeat(5), truncated: true, error: 'truncated' });
    expect(view.headers).toContainEqual(['Content-Length', '50']);
  });

  it('cuts a body that is shorter than ten bytes, or empty, all the same', () => {
    for (const body of ['yes', '']) {
      expect(clientViewOf(played('close-mid-body-cl', { ...LAB_RESPONSE, body }), 'GET').truncated).toBe(true);
    }
  });
});

describe('header-too-large', () => {
  it('sends a response that is complete and valid but for the size of its head', () => {
    const view = clientViewOf(played('header-too-large', LAB_RESPONSE), 'GET');
    expect(view).toMatchObject({ status: 200, body: LAB_RESPONSE.body, error: null });
    expect(view.headers.find(([name]) => name === 'X-Big')?.[1]).toHaveLength(65_536);
  });
});

describe('the faults that end a connection without a byte', () => {
  it.each([
    ['close-after-request', 'empty-reply'],
    ['rst-after-request', 'reset'],
    ['read-timeout', 'timeout'],
  ])('%s leaves the gateway with %s', (id, error) => {
    expect(clientViewOf(played(id, LAB_RESPONSE), 'GET')).toMatchObject({ status: null, error });
  });
});
