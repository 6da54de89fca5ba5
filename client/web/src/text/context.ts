import type { Quote } from '../gen/headwater/v1/attribution_pb';
import { utf16Of } from './span';

const AROUND = 220;

/** What stands before and after a quote: in the document's text if there is one, else as far as the quote itself says. */
export function contextOf(quote: Quote, text: string): { before: string; after: string } {
  const start = quote.position ? utf16Of(text, quote.position.start) : text.indexOf(quote.prefix + quote.exact + quote.suffix);
  const at = quote.position ? start : start < 0 ? -1 : start + quote.prefix.length;
  if (!text || at < 0 || text.slice(at, at + quote.exact.length) !== quote.exact) {
    return { before: quote.prefix, after: quote.suffix };
  }
  const end = at + quote.exact.length;
  const before = text.slice(Math.max(0, at - AROUND), at);
  const after = text.slice(end, end + AROUND);
  return {
    before: at > AROUND ? `…${before.replace(/^\S{0,40}\s/, '')}` : before,
    after: end + AROUND < text.length ? `${after.replace(/\s\S{0,40}$/, '')}…` : after,
  };
}
