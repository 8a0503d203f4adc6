/** Light or dark: as the reader's system has it, or as the reader says here. */
import { useLayoutEffect, useState } from 'preact/hooks';

type Theme = 'system' | 'light' | 'dark';

const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

const names: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' };

export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme>('system');
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <button type="button" class="theme" onClick={() => setTheme(next[theme])} title={`Colours: ${names[theme]}`}>
      <svg viewBox="-9 -9 18 18" width="16" height="16" aria-hidden="true">
        <circle r="6.5" />
        <path d="M0-6.5A6.5 6.5 0 0 1 0 6.5Z" />
      </svg>
      {names[theme]}
    </button>
  );
}
