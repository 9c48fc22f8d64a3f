const LABEL = 'Copy';

/** Gives each code block of the page a button that copies it, and says so. */
export function addCopyButtons(): void {
  // Browsers let nobody copy from a page that anyone on the way could have changed.
  if (!isSecureContext) return;
  for (const block of document.querySelectorAll('.code-block')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'code-copy';
    button.textContent = LABEL;
    // What the button says changes when it has copied: it is read then.
    button.ariaLive = 'polite';
    button.addEventListener('click', () => {
      const code = block.querySelector('code')?.textContent ?? '';
      void navigator.clipboard.writeText(code).then(
        () => (button.textContent = 'Copied'),
        () => (button.textContent = 'Not allowed'),
      );
    });
    button.addEventListener('blur', () => (button.textContent = LABEL));
    block.append(button);
  }
}
