// Which page is shown. A resource's page has its name as its path: /claims/huawei-engineers-failed.
class Route {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  constructor() {
    addEventListener('popstate', () => this.#read());
  }

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }

  /** Goes to another page of ours. */
  go(href: string): void {
    history.pushState(null, '', href);
    this.#read();
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }

  /** Changes the query of this page; what is undefined or empty is taken out. Leaves no step to go back to. */
  set(changes: Record<string, string | undefined>): void {
    const query = new URLSearchParams(this.query);
    for (const [key, value] of Object.entries(changes)) {
      if (value) query.set(key, value);
      else query.delete(key);
    }
    const text = query.toString();
    history.replaceState(null, '', this.path + (text ? `?${text}` : ''));
    this.#read();
  }
}

export const route = new Route();

/** Follows our own links without loading the page anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest('a');
  const href = link?.getAttribute('href');
  if (!link || !href || link.target || link.hasAttribute('download')) return;
  if (href.startsWith('/')) {
    event.preventDefault();
    route.go(href);
  } else if (href.startsWith('?')) {
    event.preventDefault();
    route.go(route.path + href);
  }
}
