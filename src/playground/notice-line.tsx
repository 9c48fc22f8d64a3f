import { render } from 'preact';
import type { Notice } from './notice.ts';
import type { Playground } from './store.ts';

/** Draws the playground's message to its reader into a place above the code, and keeps it up to date. */
export function mount(playground: Playground, place: Element): void {
  render(<NoticeLine playground={playground} />, place);
}

function NoticeLine({ playground }: { readonly playground: Playground }) {
  const notice = playground.notice.value;
  if (!notice) return null;
  switch (notice.kind) {
    case 'draft':
    case 'link':
      return (
        <p class="play-notice">
          {notice.kind === 'draft' ? 'Restored your edits' : linkText(notice)}
          {' · '}
          <button type="button" class="play-link" onClick={() => playground.reset()}>
            Start again
          </button>
          <Aside
            playground={playground}
            action={notice.kind === 'draft' ? 'Show your other draft' : 'Bring back your own draft'}
          />
        </p>
      );
    case 'aside':
      return (
        <p class="play-notice">
          Your own draft is kept
          <Aside playground={playground} action="Bring back your own draft" />
        </p>
      );
    case 'problem':
      return (
        <p class="play-notice">
          {notice.sentence} {notice.link ? <a href={notice.link.href}>{notice.link.text}</a> : null}
        </p>
      );
    case 'offer':
      return (
        <p class="play-notice">
          {notice.sentence}{' '}
          <button type="button" class="play-link" onClick={notice.act}>
            {notice.action}
          </button>
        </p>
      );
    case 'progress':
      return (
        <p class="play-notice">
          <label>
            {notice.label} <progress max={notice.total} value={notice.done} />
          </label>{' '}
          {megabytes(notice.done)} of {megabytes(notice.total)} MB
        </p>
      );
    case 'copy':
      return (
        <p class="play-notice">
          <label>
            {notice.label}: <input readOnly value={notice.text} onFocus={(event) => event.currentTarget.select()} />
          </label>
        </p>
      );
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Leads to a draft that made room for what is shown. */
function Aside({ playground, action }: { readonly playground: Playground; readonly action: string }) {
  if (playground.aside.value.length === 0) return null;
  const bringBack = (): void =>
    void playground.part(async () => (await import('./drafts-aside.ts')).bringBackAside(playground));
  return (
    <>
      {' · '}
      <button type="button" class="play-link" onClick={bringBack}>
        {action}
      </button>
    </>
  );
}

const linkText = ({ from, title }: Extract<Notice, { kind: 'link' }>): string =>
  `Code from a ${from}${title === '' ? '' : ` (${title})`}. Read it, then press Run.`;
