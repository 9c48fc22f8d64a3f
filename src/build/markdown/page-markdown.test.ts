import { describe, expect, it } from 'vitest';
import { pageMarkdown } from './page-markdown.ts';

/** A built page with this content, as Starlight and our shell write it. */
const page = (content: string, foot = ''): string => `<!DOCTYPE html><html><head><meta charset="utf-8"/>
<link rel="canonical" href="https://lab.test/guides/first/"/><meta name="description" content="What it is about."/></head>
<body><header>Menu</header><main><p class="kind">Guide</p><h1 id="_top">A page</h1><div class="sl-markdown-content">${content}</div>
<footer class="page-foot">${foot}<p>Code on these pages runs in your browser.</p></footer></main></body></html>`;

/** The Markdown below the head of the page. */
const bodyOf = (content: string): string =>
  (pageMarkdown(page(content)) ?? '').split('\n\n').slice(3).join('\n\n').trim();

const fence = (lang: string, title: string, lines: readonly string[]): string =>
  `<div class="expressive-code"><link rel="stylesheet" href="/x.css"/><figure class="frame"><figcaption class="header"><span class="title">${title}</span></figcaption>` +
  `<pre data-language="${lang}"><code>${lines.map((line) => `<div class="ec-line"><div class="code">${line}</div></div>`).join('')}</code></pre>` +
  '<div class="copy"><button title="Copy to clipboard">Copy</button></div></figure></div>';

describe('the head of the Markdown view', () => {
  it('says what the page is, where it is from, when it was checked, and names its sources at the end', () => {
    const foot =
      '<section aria-labelledby="sources"><h2 id="sources">Sources</h2><ul><li><a href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110</a></li><li>A recording</li></ul></section>' +
      '<ul class="facts"><li>Reviewed <time datetime="2026-11-22">November 22, 2026</time></li><li><a href="/edit">Edit this page</a></li></ul>';
    expect(pageMarkdown(page('<p>Words.</p>', foot))).toBe(
      `# A page

> What it is about.

- Page: <https://lab.test/guides/first/>
- Reviewed: 2026-11-22

Words.

## Sources

- [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110)
- A recording
`,
    );
  });

  it('is missing for a document that is no page of the site', () => {
    expect(pageMarkdown('<!DOCTYPE html><html><head></head><body>frame</body></html>')).toBeUndefined();
  });
});

describe('the content', () => {
  it('keeps headings, and leaves the links to them out', () => {
    const heading =
      '<div class="sl-heading-wrapper level-h2"><h2 id="why">Why</h2><a class="sl-anchor-link" href="#why"><span class="sr-only">Section titled “Why”</span></a></div>';
    expect(bodyOf(heading)).toBe('## Why');
  });

  it('makes links lead to the site from wherever the Markdown is read', () => {
    expect(bodyOf('<p><a href="/checklists/x/">a</a> <a href="#why">b</a></p>')).toBe(
      '[a](https://lab.test/checklists/x/) [b](https://lab.test/guides/first/#why)',
    );
  });

  it('gives fences as their authors wrote them', () => {
    const lines = [
      '<span style="--0:#fff">if</span><span> ok:</span>',
      '<span class="indent">    </span><span>print(&quot;a &lt; b&quot;)</span>',
    ];
    expect(bodyOf(fence('py', 'client.py', lines))).toBe('```py title="client.py"\nif ok:\n    print("a < b")\n```');
  });

  it('turns a log and raw bytes into code', () => {
    const log =
      '<div class="play-log" role="group"><div data-log="error"><b>error</b> 2026 [error] refused</div><div data-log="access"><b>access</b> GET 502</div></div>';
    const bytes = '<pre><span>HTTP/1.1 502<i>\\r\\n</i>\n</span><span><i>\\r\\n</i>\n</span><em>[closed]\n</em></pre>';
    expect(bodyOf(log)).toBe('```text\nerror: 2026 [error] refused\naccess: GET 502\n```');
    expect(bodyOf(bytes)).toBe('```text\nHTTP/1.1 502\n\n[closed]\n```');
  });

  it('tells a picture by its words, and leaves out what is only for the eye', () => {
    expect(bodyOf('<svg role="img" aria-label="The client asks nginx."><text>client</text></svg>')).toBe(
      '_Picture: The client asks nginx._',
    );
    expect(bodyOf('<p>A<svg aria-hidden="true"><path/></svg></p>')).toBe('A');
  });

  it('keeps a word that has its meaning at hand, and a table whose headings sort', () => {
    const term =
      '<p>The <a class="term" href="/glossary/#gateway" aria-description="A server.">gateway</a> answers.</p>';
    const table =
      '<table><thead><tr><th><button data-act="sort">Code</button></th><th>Name</th></tr></thead><tbody><tr><td>502</td><td>Bad Gateway</td></tr></tbody></table>';
    expect(bodyOf(term)).toBe('The gateway answers.');
    expect(bodyOf(table)).toBe('| Code | Name |\n| - | - |\n| 502 | Bad Gateway |');
  });

  it('sets marks right beside their words', () => {
    expect(bodyOf('<p><b>breaks here: </b>closes</p>')).toBe('**breaks here:** closes');
  });

  it('says what is folded', () => {
    expect(bodyOf('<details><summary>The answer</summary><p>None.</p></details>')).toBe('**The answer**\n\nNone.');
  });

  it('gives a checklist as tasks, without its buttons', () => {
    const list =
      '<lab-checklist><div class="checklist-bar"><span>0 of 1 done</span><button>Copy as Markdown</button></div><ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" id="a"> <label for="a">Ask again.</label></li></ul></lab-checklist>';
    expect(bodyOf(list)).toBe('- [ ] Ask again.');
  });

  it('gives a playground as its programs and what the first of them did', () => {
    const exchange = {
      id: 1,
      startedAt: 0,
      request: { method: 'GET', url: 'https://api.example.com/orders/42', headers: [], body: '' },
      gateway: {
        id: 'nginx',
        version: '1.31.3',
        provenance: { kind: 'recorded', program: 'nginx/1.31.3', date: '2026-11-21', settings: 's' },
      },
      upstream: [],
      wire: [],
      client: {
        status: 502,
        reason: 'Bad Gateway',
        headers: [],
        body: '',
        elapsedMs: 48,
        truncated: false,
        error: null,
      },
      answeredBy: 'gateway',
      verdict: '',
      log: { access: ['GET 502'], error: ['refused'] },
    };
    const printed = { kind: 'console', level: 'log', values: [{ type: 'string', text: 'got 502' }], at: 48 };
    const data = {
      id: 'x',
      title: 'A 502',
      simulates: 'nginx, refused',
      scenario: { origin: 'https://api.example.com' },
      files: [{ name: 'client.js', lang: 'js' }],
      recorded: { console: [printed], exchanges: [exchange], failure: null, simulatedMs: 48 },
    };
    const html = `<play-ground data-id="x"><section aria-label="Playground: A 502"><button>Run</button>${fence('js', 'client.js', ['<span>await fetch()</span>'])}<textarea aria-label="Code editor" readonly>await fetch()</textarea></section><script type="application/json">${JSON.stringify(data)}</script></play-ground>`;
    const markdown = bodyOf(html);
    expect(markdown.split('\n\n').slice(0, 8)).toEqual([
      '**Program to run: A 502**',
      'Simulated: nginx, refused',
      '```js title="client.js"\nawait fetch()\n```',
      'Recorded result of the unedited program. Finished: 1 request, last status 502, 48 ms of simulated time',
      '| # | Method | URL | Status | Duration | Gateway |\n| - | - | - | - | - | - |\n| 1 | GET | /orders/42 | 502 Bad Gateway | 48 ms | nginx |',
      '**Console**',
      '```text\ngot 502\n```',
      '**Gateway log**',
    ]);
    expect(markdown).toContain('```text\n1 error: refused\n1 access: GET 502\n```');
    expect(markdown).not.toMatch(/^Run$/m);
    expect(bodyOf(`${html}<p>And then?</p>`)).toMatch(/\nAnd then\?$/);
  });
});
