/** When a fault strikes, in `upstream.mjs`: the simulator's rules and, for dice, the simulator's numbers. */
export const PROGRAM_SCHEDULE = String.raw`
// Numbers in [0, 1) from a seed (sfc32).
function dice(seed) {
  let a = 0x9e3779b9;
  let b = 0x243f6a88 ^ Math.floor(seed / 0x100000000);
  let c = seed | 0;
  let counter = 1;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 0x100000000;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) next();
  return next;
}

// The clock starts with the first request.
let began = null;
function now() {
  began ??= performance.now();
  return performance.now() - began;
}

// Does one rule of a schedule strike this request? It counts the requests that it looks at.
function ruleOf({ methods, path, headers, during, first, after = 0, every, probability, burst, ramp }, random) {
  let seen = 0;
  let bad = false;
  const looksAt = (at, request) =>
    (!methods || methods.includes(request.method)) &&
    (!path || (path.endsWith('*') ? request.path.startsWith(path.slice(0, -1)) : request.path === path)) &&
    (!during || during.some(({ from, to }) => at >= from && at < to)) &&
    Object.entries(headers ?? {}).every(([name, value]) => request.headers[name.toLowerCase()] === value);
  return (at, request) => {
    if (!looksAt(at, request)) return false;
    const turn = seen++;
    // Every die is rolled, whatever the others say, so that one request does not change the luck of the next.
    const strikes = [turn >= after];
    if (burst) {
      const change = random();
      bad = bad ? change >= burst.leave : change < burst.enter;
      strikes.push(random() < (bad ? burst.bad : burst.good));
    }
    if (probability !== undefined) strikes.push(random() < probability);
    if (ramp) {
      const share = Math.min(1, Math.max(0, (at - ramp.from) / (ramp.to - ramp.from)));
      strikes.push(random() < ramp.start + (ramp.end - ramp.start) * share);
    }
    if (first !== undefined) strikes.push(turn < after + first);
    if (every !== undefined) strikes.push((turn - after + 1) % every === 0);
    return strikes.every(Boolean);
  };
}

const scheduleOf = ({ rules, seed }) => {
  const parts = rules.map((rule, index) => ruleOf(rule, dice(seed + 104729 * (index + 1))));
  // Every part is asked, because each one counts.
  return (at, request) => parts.filter((strikes) => strikes(at, request)).length > 0;
};
const own = ROUTES.flatMap(({ strikes }) => strikes.filter(({ chapter }) => chapter === undefined));
for (const strike of [...CHAPTERS, ...own]) strike.strikes = scheduleOf(strike);

// The fault that strikes this request; undefined when none does. Priming requests do not count.
function strikeOf(route, request) {
  if (request.headers['x-lab-priming']) return undefined;
  const at = now();
  const chapter = CHAPTERS.findLastIndex((candidate) => candidate.at <= at);
  const byChapter = CHAPTERS[chapter]?.strikes(at, request) && route.strikes.find((strike) => strike.chapter === chapter);
  const byRoute = route.strikes.find((strike) => strike.chapter === undefined && strike.strikes(at, request));
  return byChapter || byRoute;
}
`;

/** The same for faults that strike every request. */
export const PROGRAM_ALWAYS = String.raw`
// Every request meets its route's fault.
const strikeOf = ({ strikes }, request) => (request.headers['x-lab-priming'] ? undefined : strikes[0]);
`;

/** Answers the gateway's question which servers a request goes to, where that must be known before it connects. */
export const PROGRAM_DIRECTOR = String.raw`
// The gateway asks with the method and path in X-Original-Method and X-Original-Uri; the answer is the header X-Lane.
function laneFor({ headers }) {
  const request = { method: headers['x-original-method'], path: (headers['x-original-uri'] ?? '').split('?')[0], headers };
  if (headers['x-lab-priming']) {
    // It only opens connections, so its method does not matter.
    const primed = ROUTES.filter(({ path }) => path === request.path).flatMap(({ strikes }) => strikes);
    return primed.find(({ lane }) => lane)?.lane ?? 'application';
  }
  const route = routeOf(request);
  if (!route) return 'application';
  const struck = strikeOf(route, request);
  if (!struck?.lane) {
    (route.decided ??= []).push(struck);
    return 'application';
  }
  console.log(request.method + ' ' + request.path + ': ' + struck.fault);
  for (const prepare of PREPARATIONS[struck.lane] ?? []) prepare();
  return struck.lane;
}

const director = tcpServer((socket) => {
  readRequests(socket, {
    onHead: (request) => {
      const lane = laneFor(request);
      const head = 'HTTP/1.1 200 OK\r\nX-Lane: ' + lane + '\r\nContent-Length: ' + lane.length + '\r\nConnection: close\r\n\r\n';
      socket.end(request.method === 'HEAD' ? head : head + lane);
    },
  });
});
`;
