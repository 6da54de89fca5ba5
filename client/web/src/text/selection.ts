import { codePointOf } from './span';

/** The code points of `text`, which is all that `box` shows, that are selected; undefined where none are. */
export function selectedIn(box: HTMLElement, text: string): { start: number; end: number } | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return undefined;
  const before = document.createRange();
  before.selectNodeContents(box);
  before.setEnd(range.startContainer, range.startOffset);
  const from = before.toString().length;
  const to = from + range.toString().length;
  // Spaces at the ends were hardly meant.
  const chosen = text.slice(from, to);
  const start = from + (chosen.length - chosen.trimStart().length);
  const end = to - (chosen.length - chosen.trimEnd().length);
  return start < end ? { start: codePointOf(text, start), end: codePointOf(text, end) } : undefined;
}
