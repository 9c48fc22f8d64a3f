import { render } from 'preact';

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);
const mod = mac ? '⌘' : 'Ctrl';

const SHORTCUTS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [[mod, 'Enter'], 'Run the program'],
  [[mod, 'Shift', 'Enter'], 'Step to the next exchange; starts the program if it does not run'],
  [['Escape'], 'Stop the program while it runs'],
  [['?'], 'Show this list, when the focus is not in a text field'],
  [['Tab'], 'Leave the code editor'],
  [mac ? ['Control', 'Shift', 'M'] : ['Ctrl', 'M'], 'Let Tab indent inside the code editor, or leave it again'],
  [['Enter'], 'Show a request in full, when the focus is on its number in the Network table'],
];

/** Shows the keyboard shortcuts of a playground. The focus returns to where it was. @param inside any element of it */
export function openHelp(inside: HTMLElement): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'play-help';
  dialog.setAttribute('aria-label', 'Keyboard shortcuts');
  dialog.addEventListener('close', () => dialog.remove());
  // A click on the backdrop is a click on the dialog itself.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close();
  });
  inside.closest('section')?.append(dialog);
  render(
    <form method="dialog">
      <p class="play-title">Keyboard shortcuts</p>
      <p>They work wherever the focus is inside this playground.</p>
      <table>
        <tbody>
          {SHORTCUTS.map(([keys, what]) => (
            <tr key={what}>
              <th scope="row">
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 ? '+' : null}
                    <kbd>{key}</kbd>
                  </span>
                ))}
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <button type="submit">Close</button>
    </form>,
    dialog,
  );
  dialog.showModal();
}
