// What changed between two texts, word by word.

export interface Change {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

const LONGEST = 2000; // words; beyond, the whole is shown as replaced

/** The changes that make `after` of `before`: a longest common subsequence of words and spaces. */
export function changes(before: string, after: string): Change[] {
  if (before === after) return before ? [{ kind: 'same', text: before }] : [];
  const a = before.match(/\s+|\S+/g) ?? [];
  const b = after.match(/\s+|\S+/g) ?? [];
  if (a.length > LONGEST || b.length > LONGEST) return joined([...part('removed', before), ...part('added', after)]);
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const found: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!)) {
      found.push({ kind: 'removed', text: a[i++]! });
    } else {
      found.push({ kind: 'added', text: b[j++]! });
    }
  }
  return joined(found);
}

function part(kind: Change['kind'], text: string): Change[] {
  return text ? [{ kind, text }] : [];
}

function joined(parts: Change[]): Change[] {
  const found: Change[] = [];
  for (const next of parts) {
    const last = found.at(-1);
    if (last?.kind === next.kind) last.text += next.text;
    else found.push({ ...next });
  }
  return found;
}
