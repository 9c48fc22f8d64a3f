import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { EditorHandle } from './monaco-editor.ts';
import type { PlaygroundSource } from './playground-data.ts';
import type { Playground } from './store.ts';

interface SourceProps {
  readonly playground: Playground;
  readonly index: number;
  readonly source: PlaygroundSource;
}

/**
 * One file. At rest: the author's highlighted code, with a transparent text area over it that takes selection, focus and
 * typing from the first moment. Monaco takes the area's place once the reader has focused it; on touch, and when Monaco
 * cannot be loaded, the text area is the editor. The height is that of the author's code in all of these.
 */
export function SourceView({ playground, index, source }: SourceProps) {
  const { data, code, file, originals, replaced } = playground;
  const editor = useSignal<'area' | 'loading' | 'monaco' | 'failed'>('area');
  const area = useRef<HTMLTextAreaElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const handle = useRef<EditorHandle | null>(null);
  const text = code[index]?.value ?? '';
  const hintId = `${data.id}-${index}-hint`;

  const open = (): void => {
    if (editor.peek() !== 'area' || matchMedia('(pointer: coarse)').matches) return;
    editor.value = 'loading';
    import('./monaco-editor.ts')
      .then(({ openEditor }) => {
        const { current: from } = area;
        const { current: parent } = host;
        if (!from || !parent) return;
        const focused = document.activeElement === from;
        handle.current = openEditor({
          parent,
          like: from,
          code: from.value,
          language: data.files[index]?.lang === 'ts' ? 'typescript' : 'javascript',
          describedBy: hintId,
          offset: focused ? caretOf(from) : null,
          onEdit: (edited) => playground.edit(edited),
        });
        editor.value = 'monaco';
      })
      .catch(() => {
        editor.value = 'failed';
      });
  };

  useEffect(() => {
    // The reader may have come here by focusing the code, before this component was alive.
    if (document.activeElement === area.current) open();
    return () => handle.current?.dispose();
  }, []);
  useEffect(() => handle.current?.replace(code[index]?.peek() ?? ''), [replaced.value]);

  const lines = (originals[index] ?? '').split('\n').length;
  return (
    <div
      class="play-file"
      hidden={file.value !== index}
      role={data.files.length > 1 ? 'tabpanel' : undefined}
      aria-label={data.files.length > 1 ? data.files[index]?.name : undefined}
    >
      <div
        class="play-source"
        data-editor={editor.value}
        data-edited={text === originals[index] ? undefined : ''}
        style={`--lines:${lines}`}
      >
        <div class="play-scroll">
          <div class="play-static" aria-hidden="true" dangerouslySetInnerHTML={{ __html: source.html }} />
          <textarea
            ref={area}
            aria-label="Code editor"
            aria-describedby={hintId}
            hidden={editor.value === 'monaco'}
            readOnly={typeof document === 'undefined'}
            spellcheck={false}
            autocapitalize="off"
            autocomplete="off"
            wrap="off"
            value={text}
            onFocus={open}
            onInput={(event) => playground.edit(event.currentTarget.value)}
          />
        </div>
        <div class="play-monaco" ref={host} hidden={editor.value !== 'monaco'} />
      </div>
      <p class="play-hint" id={hintId} data-needs-script>
        {hintText(editor.value)}
      </p>
    </div>
  );
}

/** Where a reader wants to begin: browsers put the caret of a fresh text area at its end. */
const caretOf = ({ value, defaultValue, selectionStart }: HTMLTextAreaElement): number =>
  value === defaultValue && selectionStart === value.length ? 0 : selectionStart;

function hintText(editor: string): string {
  const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);
  const run = mac ? '⌘ Enter runs it.' : 'Ctrl+Enter runs it.';
  switch (editor) {
    case 'monaco':
      return `Tab leaves the editor; ${mac ? 'Ctrl+Shift+M' : 'Ctrl+M'} lets it indent. ${run}`;
    case 'loading':
      return 'Loading the code editor. You can type already.';
    case 'failed':
      return `The code editor could not be loaded. This plain one works too. ${run}`;
    default:
      return 'Edit the code, then press Run.';
  }
}
