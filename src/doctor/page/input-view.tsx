import { useRef } from 'preact/hooks';
import { takeFile } from './take-file.ts';
import { MOST_IN_FIELD, type Doctor } from './store.ts';

const PLACEHOLDER = `One of these, or several:
2026/11/22 09:17:25 [error] 31#31: *7 connect() failed (111: Connection refused) while connecting to upstream, …
< HTTP/1.1 502 Bad Gateway
requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.example.com', port=443): …
an access-log line, an error page, kubectl events, a HAR`;

const sizeWords = (size: number): string =>
  size < 1024 * 1024 ? `${Math.ceil(size / 1024)} kB` : `${(size / 1024 / 1024).toFixed(1)} MB`;

/** Where evidence comes in: typed, pasted, dropped, opened, or one of the examples. */
export function InputView({ doctor }: { readonly doctor: Doctor }) {
  const picker = useRef<HTMLInputElement>(null);
  const working = doctor.state.value === 'working';

  const pasted = (event: ClipboardEvent): void => {
    const [file] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData('text') ?? '';
    if (file === undefined && text.length <= MOST_IN_FIELD) return;
    event.preventDefault();
    if (file !== undefined) takeFile(doctor, file);
    else doctor.attach({ name: 'What you pasted', size: text.length, source: text });
  };

  return (
    <div class="doctor-input">
      <label>
        <span>Evidence</span>
        <textarea
          aria-describedby="doctor-kept"
          rows={9}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          placeholder={PLACEHOLDER}
          value={doctor.text.value}
          hidden={doctor.attached.value !== null}
          onInput={({ currentTarget }) => doctor.write(currentTarget.value)}
          onPaste={pasted}
        />
      </label>
      {doctor.attached.value === null ? null : (
        <p class="doctor-attached">
          <strong>{doctor.attached.value.name}</strong>, {sizeWords(doctor.attached.value.size)}. It is read where it
          lies, and not shown as a whole. Clear brings the text field back.
        </p>
      )}
      <div class="doctor-bar" data-needs-script>
        <button type="button" class="doctor-go" disabled={working} onClick={doctor.diagnose}>
          Diagnose
        </button>
        <button type="button" disabled={!working} onClick={doctor.stop}>
          Stop
        </button>
        <button type="button" onClick={() => picker.current?.click()}>
          Open a file
        </button>
        <button type="button" onClick={doctor.clear}>
          Clear
        </button>
        {doctor.canUndo.value ? (
          <button type="button" onClick={doctor.undo}>
            Undo
          </button>
        ) : null}
        <label class="doctor-check">
          <input
            type="checkbox"
            checked={doctor.hidePlaces.value}
            onChange={({ currentTarget }) => doctor.setHidePlaces(currentTarget.checked)}
          />{' '}
          Hide host names and addresses
        </label>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label="File with evidence"
          onChange={({ currentTarget }) => {
            takeFile(doctor, currentTarget.files?.[0]);
            currentTarget.value = '';
          }}
        />
      </div>
      <p id="doctor-kept" class="doctor-kept">
        Nothing is sent anywhere: the diagnosis happens in this browser. {doctor.kept.value}
      </p>
    </div>
  );
}
