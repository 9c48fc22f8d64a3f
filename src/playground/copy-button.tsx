import { useState } from 'preact/hooks';

interface CopyProps {
  readonly label: string;
  /** Says more than the label to those who do not see where the button stands; has to begin with the label. */
  readonly name?: string;
  /** Name by which a page that was built finds the button again. */
  readonly act?: string;
  readonly text: () => string | Promise<string>;
}

/** Copies a text and says so. Where the browser refuses, the text is laid out selected, for the reader to copy. */
export function CopyButton({ label, name, act, text }: CopyProps) {
  /** True once copied; the text itself when the browser refused. */
  const [copied, setCopied] = useState<boolean | string>(false);
  const copy = async (): Promise<void> => {
    setCopied(false);
    const content = await text();
    setCopied(
      await navigator.clipboard.writeText(content).then(
        () => true,
        () => content,
      ),
    );
  };
  return (
    <span class="play-copy">
      <button type="button" data-act={act} aria-label={name} onClick={() => void copy()}>
        {label}
      </button>
      <span aria-live="polite">{copied === true ? 'Copied' : ''}</span>
      {typeof copied === 'string' ? (
        <textarea
          readOnly
          aria-label="The browser did not allow copying. Copy this text by hand."
          ref={(area) => area?.select()}
          value={copied}
          onBlur={() => setCopied(false)}
        />
      ) : null}
    </span>
  );
}
