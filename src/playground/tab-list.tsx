interface Tab<Name extends string> {
  readonly name: Name;
  readonly title: string;
}

interface TabListProps<Name extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly shown: Name;
  readonly onShow: (name: Name) => void;
}

/** Tabs as the ARIA practices want them: one stop for Tab; arrows, Home and End move and show. */
export function TabList<Name extends string>({ label, tabs, shown, onShow }: TabListProps<Name>) {
  const index = tabs.findIndex(({ name }) => name === shown);
  return (
    <div
      class="play-tabs play-detail-tabs"
      role="tablist"
      aria-label={label}
      tabIndex={-1}
      data-needs-script
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: -index - 1 }[event.key];
        const next = step === undefined ? undefined : tabs[(index + step + tabs.length) % tabs.length];
        if (!next) return;
        event.preventDefault();
        onShow(next.name);
        event.currentTarget.querySelector<HTMLElement>(`[data-act="${next.name}"]`)?.focus();
      }}
    >
      {tabs.map(({ name, title }) => (
        <button
          key={name}
          type="button"
          role="tab"
          data-act={name}
          aria-selected={name === shown}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => onShow(name)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
