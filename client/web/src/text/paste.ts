// A paste of many megabytes is cut before a box has to lay it out.

/** Puts what is pasted into its box, cut to `most` UTF-16 units, and says what the box holds then; undefined where it fits. */
export function cutPaste(event: ClipboardEvent, most: number): string | undefined {
  const paste = event.clipboardData?.getData('text/plain') ?? '';
  const box = event.currentTarget;
  if (paste.length <= most || !(box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement)) return undefined;
  event.preventDefault();
  // Never between the halves of one character.
  const end = /[\ud800-\udbff]/.test(paste[most - 1]!) ? most - 1 : most;
  box.setRangeText(paste.slice(0, end), box.selectionStart ?? 0, box.selectionEnd ?? 0, 'end');
  return box.value;
}
