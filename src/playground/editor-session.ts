// Monaco asks for its environment while it loads, so this comes before it.
import './monaco-environment.ts';
import { computed, effect, type Signal } from '@preact/signals';
import { hintFor, isMac, type EditorMode } from './editor-hints.ts';
import { commandOf, followArrows, type EditorCommand } from './editor-tools.ts';
import { nextScale, prefer, preferences } from './editor-preferences.ts';
import type { CodeProblem, EditorHandle } from './monaco-editor.ts';
import type { Playground } from './store.ts';

export interface SessionOptions {
  readonly playground: Playground;
  /** Which of its files this is. */
  readonly index: number;
  readonly area: HTMLTextAreaElement;
  /** Where Monaco goes. */
  readonly host: HTMLElement;
  /** Id of the element that shows the hint. */
  readonly hintId: string;
  readonly mode: Signal<EditorMode>;
  /** How to leave the editor and how to run the code. */
  readonly hint: Signal<string>;
  /** What is loading, what did not load, what a button did: to be said politely. */
  readonly news: Signal<string>;
}

export interface EditorSession {
  /** The reader reached for the code. */
  readonly open: () => Promise<void>;
  /** The reader pressed a button; other places do nothing. */
  readonly press: (target: EventTarget | null) => Promise<void>;
  readonly dispose: () => void;
}

/** Runs the editing of one file: which editor it has, what its buttons do, and what the reader is told about it. */
export function createSession({ playground, index, area, host, hintId, ...view }: SessionOptions): EditorSession {
  const { mode, hint, news } = view;
  const { name = '', lang = 'js' } = playground.data.files[index] ?? {};
  const language = LANGUAGES[lang];
  const listeners = new AbortController();
  const { signal } = listeners;
  let handle: EditorHandle | null = null;
  /** `none`: Python's interpreter knows, and it is not there yet. */
  const initially = language === 'python' ? 'none' : 'off';
  let types: 'none' | 'off' | 'loading' | 'on' | 'failed' = initially;

  const tools = host.closest('.play-file')?.querySelector<HTMLElement>('.play-edit');
  if (tools) followArrows(tools, signal);

  let composing = false;
  area.addEventListener('compositionstart', () => (composing = true), { signal });
  area.addEventListener('compositionend', () => (composing = false), { signal });

  /** Whether the last run was one of this file. */
  let ran = playground.file.peek() === index;
  const problem = computed((): CodeProblem | null => {
    const failure = playground.state.value === 'error' && ran ? playground.result.value?.failure : null;
    return failure?.position ? { message: `${failure.name}: ${failure.message}`, ...failure.position } : null;
  });
  const effects = [
    effect(() => {
      if (playground.state.value === 'starting') ran = playground.file.peek() === index;
    }),
    effect(() => {
      hint.value = hintFor(mode.value, preferences.value.tabLeaves, isMac());
    }),
    effect(() => {
      tools?.querySelector('[value=plain]')?.setAttribute('aria-pressed', String(preferences.value.plain));
      handle?.setTabLeaves(preferences.value.tabLeaves);
      handle?.setFontSize(Number.parseFloat(getComputedStyle(area).fontSize));
    }),
    effect(() => {
      if (playground.replaced.value > 0) handle?.replace(playground.code[index]?.peek() ?? '');
    }),
    effect(() => {
      const { value } = problem;
      handle?.mark(value);
    }),
  ];

  /** @param again also where Monaco failed to load before */
  async function open(again = false): Promise<void> {
    if (mode.peek() === 'monaco' || mode.peek() === 'loading' || (mode.peek() === 'failed' && !again)) return;
    if (preferences.value.plain || matchMedia('(pointer: coarse)').matches) {
      mode.value = 'plain';
      return;
    }
    mode.value = 'loading';
    const before = area.value;
    try {
      const { openEditor } = await import('./monaco-editor.ts');
      // Text that is being composed would be lost with the text area.
      if (composing)
        await new Promise((resolve) => area.addEventListener('compositionend', resolve, { once: true, signal }));
      // Meanwhile the reader may have asked for the plain editor, or gone.
      if (signal.aborted || mode.peek() !== 'loading') return;
      handle = openEditor({
        parent: host,
        like: area,
        before,
        code: area.value,
        language,
        fileName: `${playground.data.id}-${index}/${name}`,
        describedBy: hintId,
        offset: document.activeElement === area ? caretOf(area) : null,
        tabLeaves: preferences.value.tabLeaves,
        onEdit: (text) => {
          playground.edit(text, index);
          if (types === 'off') void loadTypes();
        },
        onAsk: () => void askForTypes(),
        onAnswer: () => {
          types = 'on';
          news.value = TYPES_ON;
        },
        onToggleTab: () => prefer({ tabLeaves: !preferences.value.tabLeaves }),
      });
      mode.value = 'monaco';
      news.value = '';
      handle.mark(problem.peek());
      if (language === 'python') handle.loadTypes().catch(() => undefined);
      else if (area.value !== before && types === 'off') void loadTypes();
    } catch {
      if (signal.aborted) return;
      mode.value = 'failed';
      news.value = 'The code editor could not be loaded. This plain one works too.';
    }
  }

  async function loadTypes(): Promise<boolean> {
    const loadingFor = handle;
    if (!loadingFor) return false;
    if (types !== 'on') {
      types = 'loading';
      news.value = 'Loading completions and checks (about 1 MB). You can go on typing.';
    }
    const loaded = await loadingFor.loadTypes().then(
      () => true,
      () => false,
    );
    if (handle !== loadingFor) return false;
    if (types === 'loading') {
      types = loaded ? 'on' : 'failed';
      news.value = loaded
        ? TYPES_ON
        : 'Completions and checks could not be loaded. Everything else works. Ctrl+Space tries again.';
    }
    return loaded;
  }

  async function askForTypes(): Promise<void> {
    if (types === 'none') news.value = 'Completions come with Python itself. Press Run once to load it.';
    if (types === 'on' || types === 'none') return;
    if (await loadTypes()) handle?.suggest();
  }

  function setPlain(wanted: boolean): void {
    prefer({ plain: wanted });
    if (!wanted) {
      void open(true);
      return;
    }
    const caret = handle?.caret();
    closeMonaco();
    mode.value = 'plain';
    news.value = '';
    if (caret === undefined) return;
    area.hidden = false;
    area.focus();
    area.setSelectionRange(caret, caret);
  }

  function closeMonaco(): void {
    handle?.dispose();
    handle = null;
    types = initially;
    host.hidden = true;
  }

  async function format(): Promise<void> {
    if (language === 'python') {
      news.value = 'There is no formatter for Python here.';
      return;
    }
    await open(true);
    if (handle) {
      if (await loadTypes()) await handle.format();
      return;
    }
    news.value = 'Loading the formatter (about 2 MB).';
    try {
      const { formatCode } = await import('./monaco-types.ts');
      const formatted = await formatCode(area.value, language);
      news.value = formatted === area.value ? 'The code is formatted already.' : 'Formatted.';
      if (formatted !== area.value) replaceAll(area, formatted);
    } catch {
      news.value = 'The formatter could not be loaded. Your code is as it was.';
    }
  }

  async function find(): Promise<void> {
    await open(true);
    if (handle) {
      handle.find();
      return;
    }
    area.focus();
    news.value = `Search with your browser: ${isMac() ? '⌘ F' : 'Ctrl+F'} finds text in this editor too.`;
  }

  function resize(step: 1 | -1): void {
    const scale = nextScale(preferences.value.scale, step);
    prefer({ scale });
    news.value = `Code at ${Math.round(scale * 100)} %.`;
  }

  const commands: Readonly<Record<EditorCommand, () => Promise<void> | void>> = {
    find,
    format,
    smaller: () => resize(-1),
    larger: () => resize(1),
    plain: () => setPlain(!preferences.value.plain),
  };

  return {
    open,
    press: async (target) => {
      const command = commandOf(target);
      if (command) await commands[command]();
    },
    dispose: () => {
      listeners.abort();
      for (const stop of effects) stop();
      closeMonaco();
    },
  };
}

const TYPES_ON = 'Completions and checks are on. Ctrl+Space shows what fits.';

const LANGUAGES = { js: 'javascript', ts: 'typescript', py: 'python' } as const;

/** Where a reader wants to begin: browsers put the caret of a fresh text area at its end. */
const caretOf = ({ value, defaultValue, selectionStart }: HTMLTextAreaElement): number =>
  value === defaultValue && selectionStart === value.length ? 0 : selectionStart;

/** Replaces the text so that the browser's undo takes it back, which setting the value does not. */
function replaceAll(area: HTMLTextAreaElement, text: string): void {
  area.focus();
  area.select();
  // Nothing else writes to a text area's undo history.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('insertText', false, text);
}
