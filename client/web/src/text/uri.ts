/** `uri` if following it opens a web page; undefined for anything else, "javascript:" above all. */
export function webAddress(uri: string): string | undefined {
  try {
    const { protocol } = new URL(uri);
    return protocol === 'https:' || protocol === 'http:' ? uri : undefined;
  } catch {
    return undefined;
  }
}

/** Whether somebody who typed `text` means an address, not a statement. */
export function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text.trim());
}
