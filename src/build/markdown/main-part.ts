/**
 * The main part of a built page, without what its Markdown does not need: the colors of code, and of a playground all but
 * its programs and its data. Done on the text, because the parser takes ten times as long for the whole.
 */
export function mainPart(html: string): string | undefined {
  const start = html.indexOf('<main');
  const end = html.lastIndexOf('</main>');
  if (start < 0 || end < start) return undefined;
  return html
    .slice(start, end)
    .replace(/<play-ground\b[^>]*>[^]*?<\/play-ground>/g, (playground) => {
      const programs = playground.match(/<textarea aria-label=\"Code editor\"[^]*?<\/textarea>/g) ?? [];
      const [data = ''] = /<script type="application\/json">[^]*?<\/script>/.exec(playground) ?? [];
      return `<play-ground>${programs.join('')}${data}</play-ground>`;
    })
    .replace(
      /(<div class="code">)([^]*?)(?=<\/div>)/g,
      (_all, open: string, code: string) => open + code.replace(/<[^>]*>/g, ''),
    )
    .replace(/<svg\b[^>]*\saria-hidden="true"[^>]*>[^]*?<\/svg>/g, '');
}
