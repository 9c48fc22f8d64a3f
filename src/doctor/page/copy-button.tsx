import { useSignal } from '@preact/signals';

interface CopyProps {
  readonly label: string;
  /** Says more to those who do not see where the button stands; has to begin with the label. */
  readonly name?: string;
  readonly text: () => string | Promise<string>;
}

/** Copies a text and says so. Where the browser refuses, the text is laid out selected, for the reader to copy. */
export function CopyButton({ label, name, text }: CopyProps) {
  const copied = useSignal<boolean | string>(false);
  const copy = async (): Promise<void> => {
    copied.value = false;
    const content = await text();
    copied.value = await navigator.clipboard.writeText(content).then(
      () => true,
      () => content,
    );
  };
  return (
    <span class="doctor-copy">
      <button type="button" aria-label={name} onClick={() => void copy()}>
        {label}
      </button>
      <span aria-live="polite">{copied.value === true ? 'Copied' : ''}</span>
      {typeof copied.value === 'string' ? (
        <textarea
          readOnly
          aria-label="The browser did not allow copying. Copy this text by hand."
          ref={(area) => area?.select()}
          value={copied.value}
          onBlur={() => (copied.value = false)}
        />
      ) : null}
    </span>
  );
}
