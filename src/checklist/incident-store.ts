import { FIRST, withIncident, type Incident } from './incident.ts';
import { formatIncidents, parseIncidents, storageKey } from './stored.ts';

/** Where a list on the page reads and writes what its reader does. */
export interface Store {
  /** The key of the browser's storage that another tab may have changed. */
  readonly key: string;
  readonly all: readonly Incident[];
  /** The incident that this tab shows. */
  readonly current: Incident;
  /** Whether the browser keeps what is done here. */
  readonly kept: boolean;
  /** Says that it is practice; null when the incidents are the reader's own. */
  readonly practice: string | null;
  /** Reads what is kept. */
  readonly read: () => void;
  /** Changes the incidents; without any left there is a new one. */
  readonly changeAll: (change: (incidents: readonly Incident[]) => readonly Incident[]) => void;
  /** Changes the incident that is shown. */
  readonly change: (change: (incident: Incident) => Incident) => void;
  /** Puts an incident in place of the one with its id, or adds it. */
  readonly put: (incident: Incident) => void;
  /** Shows another incident in this tab. */
  readonly open: (id: string) => void;
}

/**
 * The incidents of one list, kept in the browser. Several tabs may have the list open: each change begins with what the
 * others have left, and each tab shows the incident that was chosen in it.
 */
export class IncidentStore implements Store {
  readonly key: string;
  readonly practice = null;
  #incidents: readonly Incident[] = [FIRST];
  #shown: string | null = null;
  /** Whether storage has what this has: from the first refusal on this is all there is. */
  #kept = true;

  constructor(checklistId: string) {
    this.key = storageKey(checklistId);
  }

  get all(): readonly Incident[] {
    return this.#incidents;
  }

  /** The incident that this tab shows: the one that was chosen in it, else the newest when it was opened. */
  get current(): Incident {
    return this.#incidents.find(({ id }) => id === this.#shown) ?? this.#incidents.at(-1) ?? FIRST;
  }

  /** Whether the browser keeps what is done here. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Reads what is kept. */
  read(): void {
    if (!this.#kept) return;
    try {
      this.#incidents = parseIncidents(localStorage.getItem(this.key));
      // A newer one of another tab is not to take its place.
      this.#shown ??= sessionStorage.getItem(this.key) ?? this.current.id;
    } catch {
      this.#kept = false;
    }
  }

  /** Changes the incidents; without any left there is a new one. */
  changeAll(change: (incidents: readonly Incident[]) => readonly Incident[]): void {
    this.read();
    const changed = change(this.#incidents);
    this.#incidents = changed.length > 0 ? changed : [FIRST];
    if (!this.#kept) return;
    try {
      localStorage.setItem(this.key, formatIncidents(this.#incidents));
    } catch {
      this.#kept = false;
    }
  }

  /** Changes the incident that is shown. */
  change(change: (incident: Incident) => Incident): void {
    const { id } = this.current;
    this.changeAll((incidents) => incidents.map((one) => (one.id === id ? change(one) : one)));
  }

  /** Puts an incident in place of the one with its id, or adds it. */
  put(incident: Incident): void {
    this.changeAll((incidents) => withIncident(incidents, incident));
  }

  /** Shows another incident in this tab. */
  open(id: string): void {
    this.#shown = id;
    try {
      sessionStorage.setItem(this.key, id);
    } catch {
      // It is shown until the reader leaves the page.
    }
  }
}
