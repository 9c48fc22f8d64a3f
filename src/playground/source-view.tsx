import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { EditorMode } from './editor-hints.ts';
import type { EditorSession } from './editor-session.ts';
import { toolsHtml } from './editor-tools.ts';
import type { PlaygroundSource } from './playground-data.ts';
import type { Playground } from './store.ts';

interface SourceProps {
  readonly playground: Playground;
  readonly index: number;
  readonly source: PlaygroundSource;
}

/** Hydrating leaves what the build wrote, so the script on the page need not bring it again. */
const tools = { __html: import.meta.env.SSR ? toolsHtml : '' };

/**
 * One file. At rest: the author's highlighted code, with a transparent text area over it that takes selection, focus and
 * typing from the first moment. What happens when the reader reaches for it is decided in editor-session.ts, which is
 * loaded then. The height is that of the author's code, whatever the editor.
 */
export function SourceView({ playground, index, source }: SourceProps) {
  const { data, code, file, originals } = playground;
  const mode = useSignal<EditorMode>('rest');
  const hint = useSignal('Edit the code, then press Run.');
  const news = useSignal('');
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const session = useRef<Promise<EditorSession | null> | null>(null);
  const text = code[index]?.value ?? '';
  const hintId = `${data.id}-${index}-hint`;

  const load = (): Promise<EditorSession | null> =>
    (session.current ??= import('./editor-session.ts').then(
      ({ createSession }) =>
        area.current && host.current
          ? createSession({
              playground,
              index,
              area: area.current,
              host: host.current,
              hintId,
              mode,
              hint,
              news,
            })
          : null,
      () => {
        session.current = null;
        mode.value = 'failed';
        news.value = 'The code editor could not be loaded. This plain one works too.';
        return null;
      },
    ));
  const open = (): void => void load().then((opened) => opened?.open());

  useEffect(() => {
    // The reader may have come to the code or to the buttons before this component was alive.
    if (document.activeElement === area.current) open();
    else if (area.current?.closest('.play-file:focus-within')) void load();
    return () => void session.current?.then((opened) => opened?.dispose());
  }, []);

  const lines = (originals[index] ?? '').split('\n').length;
  return (
    <div
      class="play-file"
      hidden={file.value !== index}
      role={data.files.length > 1 ? 'tabpanel' : undefined}
      aria-label={data.files.length > 1 ? data.files[index]?.name : undefined}
    >
      {/* Clicks come from the buttons inside, which bring their keys. */}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events */}
      <div
        class="play-edit"
        role="toolbar"
        aria-label="Editor"
        data-needs-script
        onFocusIn={() => void load()}
        onClick={({ target }) => void load().then((opened) => opened?.press(target))}
        dangerouslySetInnerHTML={tools}
      />
      <div
        class="play-source"
        data-editor={mode.value}
        data-edited={text === originals[index] ? undefined : ''}
        style={`--lines:${lines}`}
      >
        <div class="play-scroll">
          <div class="play-static" aria-hidden="true" dangerouslySetInnerHTML={{ __html: source.html }} />
          <textarea
            ref={area}
            aria-label="Code editor"
            aria-describedby={hintId}
            hidden={mode.value === 'monaco'}
            readOnly={typeof document === 'undefined'}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            wrap="off"
            value={text}
            onFocus={open}
            onInput={(event) => playground.edit(event.currentTarget.value, index)}
          />
        </div>
        <div class="play-monaco" ref={host} hidden={mode.value !== 'monaco'} />
      </div>
      <p class="play-hint" data-needs-script>
        <span id={hintId}>{hint.value}</span> <span aria-live="polite">{news.value}</span>
      </p>
    </div>
  );
}
