/** "Huawei http://www.wikidata.org/entity/Q160120" as a name and an address; without one, the whole line is the name. */
export function entityOf(line: string): { name: string; uri: string } {
  const found = /^(.*\S)\s+([a-z][a-z0-9+.-]*:\S+)$/i.exec(line);
  return found ? { name: found[1]!, uri: found[2]! } : { name: line, uri: '' };
}

/** The line that stands for it. */
export const lineOf = ({ name, uri }: { name: string; uri: string }): string => [name, uri].filter(Boolean).join(' ');
