// What this browser keeps. A browser that keeps nothing (private windows, full disks) only forgets.
const PREFIX = 'headwater.';

/** What was kept under `key`, or null. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Keeps `value` under `key`; an empty one forgets it. False where it could not be kept. */
export function remember(key: string, value: string): boolean {
  try {
    if (value) localStorage.setItem(PREFIX + key, value);
    else localStorage.removeItem(PREFIX + key);
    return true;
  } catch {
    return false;
  }
}
