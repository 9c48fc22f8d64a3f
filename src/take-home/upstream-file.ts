import type { WireEvent } from '../gateway/exchange.ts';
import { javascript } from './javascript-text.ts';
import { isAlways, type Lane, type LaneServer, type Plan, type PlannedRoute, type Script } from './plan.ts';
import { PROGRAM_APPLICATION, PROGRAM_CORE, programMain } from './program-core.ts';
import { PROGRAM_ALWAYS, PROGRAM_DIRECTOR, PROGRAM_SCHEDULE } from './program-schedule.ts';
import {
  PROGRAM_CERTIFICATES,
  PROGRAM_FULL_QUEUE,
  PROGRAM_HTTP2,
  PROGRAM_KEPT,
  PROGRAM_NAMES,
  PROGRAM_PORTS,
  PROGRAM_REWRITE_MAP,
  PROGRAM_SCRIPTED,
  PROGRAM_TLS,
  PROGRAM_UNIX,
} from './program-servers.ts';

/**
 * The text of `upstream.mjs`: what this scenario's upstream does as data, then the parts of the program that it takes.
 * @param rewriteMap the gateway asks its questions through Apache's RewriteMap
 */
export function upstreamFile(plan: Plan, rewriteMap: boolean): string {
  const { routes, lanes, directorPort, nameServerPort, scenario } = plan;
  const servers = lanes.flatMap((lane) => lane.servers);
  const has = (...kinds: readonly LaneServer['kind'][]): boolean => servers.some(({ kind }) => kinds.includes(kind));
  const usesTls = servers.some((server) => server.kind === 'tls-only' || (server.kind === 'kept' && server.tls));
  const needsCertificates = usesTls || lanes.some(({ needs }) => needs.tls);
  const always = routes.every(({ strikes }) =>
    strikes.every(({ rules, chapter }) => chapter === null && rules.some(isAlways)),
  );
  const asks = directorPort !== null;

  const imports = [
    ['fs', true],
    ['net', true],
    ['tls', usesTls],
    ['dgram', nameServerPort !== null],
    ['readline', asks && rewriteMap],
  ] as const;
  const spawning = [...(needsCertificates ? ['execFileSync'] : []), ...(has('full-queue') ? ['spawn'] : [])];
  const parts = [
    PROGRAM_CORE,
    PROGRAM_PORTS,
    asks && rewriteMap ? PROGRAM_REWRITE_MAP : '',
    has('full-queue') ? PROGRAM_FULL_QUEUE : '',
    always ? PROGRAM_ALWAYS : PROGRAM_SCHEDULE,
    PROGRAM_APPLICATION,
    asks ? PROGRAM_DIRECTOR : '',
    has('script') ? PROGRAM_SCRIPTED : '',
    has('kept') ? PROGRAM_KEPT : '',
    needsCertificates ? PROGRAM_CERTIFICATES : '',
    usesTls ? PROGRAM_TLS : '',
    has('http2') ? PROGRAM_HTTP2 : '',
    servers.some((server) => server.kind === 'unix' && server.access === 'denied') ? PROGRAM_UNIX : '',
    nameServerPort === null ? '' : PROGRAM_NAMES,
  ];
  const listening = [
    ...lanes.flatMap((lane) => lane.servers.flatMap((server) => listeningOf(lane, server))),
    ...(asks ? [`await listen(director, onPort(${directorPort}));`] : []),
    ...(nameServerPort === null ? [] : [`nameServer.bind(onPort(${nameServerPort}), '127.0.0.1');`]),
  ];
  return `// The upstream of "${scenario.title}". It plays the faults over real TCP connections: node upstream.mjs
${imports.flatMap(([name, used]) => (used ? [`import ${name} from 'node:${name}';\n`] : [])).join('')}${
    spawning.length > 0 ? `import { ${spawning.join(', ')} } from 'node:child_process';\n` : ''
  }
// What each route answers when it is well, and what it does when its fault strikes. Times are in ms. Change it and see.
const ROUTES = ${javascript(routes.map(routeData))};
${always ? '' : chaptersText(plan)}${lanes.length > 0 ? lanesComment(lanes) : ''}${asks ? 'const PREPARATIONS = {};\n' : ''}${parts.join('')}${programMain(listening)}`;
}

function routeData({ match, method, path, prefix, healthy, strikes }: PlannedRoute): object {
  return {
    match,
    method,
    path,
    prefix,
    healthy: scriptData(healthy),
    strikes: strikes.map(({ fault, rules, script, lane, seed, chapter }) => ({
      fault: fault.id,
      ...(chapter === null ? { rules, seed } : { chapter }),
      ...(script ? { script: scriptData(script) } : {}),
      ...(lane ? { lane: lane.name } : {}),
    })),
  };
}

/** What happens when, on all routes; times in ms since the first request. */
function chaptersText({ scenario, routes }: Plan): string {
  const chapters = scenario.chapters.map(({ name, at, fault, schedule }, chapter) => {
    const seed = routes.flatMap(({ strikes }) => strikes).find((strike) => strike.chapter === chapter)?.seed ?? 0;
    return { name, at, rules: fault === 'ok' ? [] : schedule, seed };
  });
  const comment =
    chapters.length > 0 ? '// What happens when, on all routes; times in ms since the first request.\n' : '';
  return `${comment}const CHAPTERS = ${javascript(chapters)};\n`;
}

const scriptData = ({ after, events, stopsReading }: Script): object => ({
  after,
  ...(stopsReading ? { stopsReading } : {}),
  events: events.map(eventData),
});

function eventData(event: WireEvent): object {
  const { at } = event;
  switch (event.kind) {
    case 'bytes':
      return { at, send: event.bytes };
    case 'close':
    case 'reset':
      return { at, end: event.kind };
    default:
      return { at, end: 'never' };
  }
}

/** Servers that need no program stand here as a sentence. */
function lanesComment(lanes: readonly Lane[]): string {
  const lines = lanes.flatMap(({ name, fault, servers }) => [
    `${name}, for ${fault.id}:`,
    ...servers.map((server) => `  ${laneSentence(server)}`),
  ]);
  return `\n// Servers besides the application:\n${lines.map((line) => `// ${line}\n`).join('')}`;
}

function laneSentence(server: LaneServer): string {
  switch (server.kind) {
    case 'closed':
      return `port ${server.port}: nothing listens there, so connections are refused`;
    case 'full-queue':
      return `port ${server.port}: its accept queue is full, so the kernel drops every SYN`;
    case 'unresolvable':
      return `${server.host}: the name does not resolve (${server.rcode})`;
    case 'unix':
      return `${server.path}: ${server.access === 'missing' ? 'there is no such socket' : 'the gateway may not open it'}`;
    case 'tls-only':
      return `port ${server.port}: speaks TLS, and the gateway does not`;
    case 'http2':
      return `port ${server.port}: speaks HTTP/2 and nothing else`;
    case 'script':
      return `port ${server.port}: acts ${server.script.after === 'accept' ? 'as soon as a connection is there' : 'when the first bytes arrive'}`;
    case 'kept':
      return `port ${server.port}: ${server.tls ? 'speaks TLS' : 'keeps connections open'}`;
  }
}

function listeningOf({ name }: Lane, server: LaneServer): string[] {
  const port = `onPort(${server.port})`;
  switch (server.kind) {
    case 'closed':
    case 'unresolvable':
      return [];
    case 'full-queue': {
      const queue = `queue${server.port}`;
      const lines = [
        `const ${queue} = fullQueue(${port}, ${server.answer === null ? 'null' : javascript(server.answer, '  ')});`,
        `await ${queue}.hold();`,
      ];
      return server.answer === null ? lines : [...lines, `PREPARATIONS.${name} = [${queue}.serveSoon];`];
    }
    case 'unix':
      return server.access === 'missing' ? [] : [`await deniedSocket('${server.path}');`];
    case 'tls-only':
      return [`await listen(tlsServer({ certificate: 'good' }, (socket) => socket.resume()), ${port});`];
    case 'http2':
      return [`await listen(http2Server(), ${port});`];
    case 'script':
      return [`await listen(scripted(${javascript(scriptData(server.script), '  ')}), ${port});`];
    case 'kept': {
      const { delay, response, onReuse, closesIdleAfterMs, numbersConnections, tls } = server;
      const behavior = `keepsConnections(${javascript({ delay, response, onReuse, closesIdleAfterMs, numbersConnections }, '  ')})`;
      return [
        `await listen(${tls ? `tlsServer(${javascript(tls)}, ${behavior})` : `tcpServer(${behavior})`}, ${port});`,
      ];
    }
  }
}
