import { recall, remember } from '../api/store';

export type Theme = 'auto' | 'light' | 'dark';

/** What was chosen before. */
export function keptTheme(): Theme {
  const kept = recall('theme');
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

/** Shows the page so from now on. */
export function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember('theme', theme === 'auto' ? '' : theme);
}
