/**
 * A whole FastCGI request without a body (FastCGI specification 1.0, §3.3 and §5): begin as responder, the parameters, and
 * the ends of both streams. The application closes the connection when it is done.
 * @param parameters names and values of less than 128 bytes each
 */
export function fastCgiRequest(parameters: Readonly<Record<string, string>>): Buffer {
  const pairs = Object.entries(parameters).map(([name, value]) => {
    if (name.length > 127 || value.length > 127) throw new Error(`The FastCGI parameter ${name} is too long.`);
    return Buffer.concat([Buffer.from([name.length, value.length]), Buffer.from(name + value, 'latin1')]);
  });
  const BEGIN = 1;
  const PARAMS = 4;
  const STDIN = 5;
  const responder = Buffer.from([0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([
    record(BEGIN, responder),
    record(PARAMS, Buffer.concat(pairs)),
    record(PARAMS, Buffer.alloc(0)),
    record(STDIN, Buffer.alloc(0)),
  ]);
}

/** Version 1, the type, request id 1, the length of the content, no padding. */
const record = (type: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]), content]);
