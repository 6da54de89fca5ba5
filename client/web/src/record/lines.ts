// What a form takes one of a line, and the lines that stand for what is on record.

const flat = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

/** "Huawei http://www.wikidata.org/entity/Q160120" as a name and an address; without one, the whole line is the name. */
export function entityOf(line: string): { name: string; uri: string } {
  const found = /^(.*\S)\s+([a-z][a-z0-9+.-]*:\S+)$/i.exec(line);
  return found ? { name: found[1]!, uri: found[2]! } : { name: line, uri: '' };
}

/** The line that stands for it. */
export const lineOf = ({ name, uri }: { name: string; uri: string }): string => [name, uri].filter(Boolean).join(' ');

export interface Translation {
  language: string;
  text: string;
}

/** "vi: Kỹ sư Huawei thất bại." as a language and a text; one that stands in `old` keeps its own line breaks. */
export function translationOf(line: string, old: Translation[] = []): Translation {
  const found = /^([a-z0-9-]*)\s*:\s*(.*)$/i.exec(line);
  const read = found ? { language: found[1]!, text: found[2]! } : { language: '', text: line };
  return old.find((one) => one.language === read.language && flat(one.text) === read.text) ?? read;
}

export const translationLine = ({ language, text }: Translation): string => `${language}: ${flat(text)}`;

export interface Figure {
  property: string;
  value: string;
  unit: string;
  valueDate: string;
}

/** "monthly users | 163000000 | people | 2025-06" as a figure. */
export function figureOf(line: string): Figure {
  const [property = '', value = '', unit = '', valueDate = ''] = line.split('|').map((part) => part.trim());
  return { property, value, unit, valueDate };
}

export const figureLine = ({ property, value, unit, valueDate }: Figure): string =>
  [property, value, unit, valueDate].join(' | ').replace(/( \| )+$/, '');
