// Citations as lines of a form: "claims/c/attributions/a", or "sources/reuters DENIES" where it says for which stance.
import type { MessageInitShape } from '@bufbuild/protobuf';

import { Stance, type Citation, type CitationSchema } from '../gen/headwater/v1/attribution_pb';

/** The stances for which somebody can be cited. */
export const CITED_STANCES = [Stance.ASSERTS, Stance.DENIES, Stance.DOUBTS, Stance.ASKS, Stance.NO_COMMENT] as const;

const partsOf = (line: string): [name: string, stance: Stance] => {
  const found = /^(\S+)\s+([A-Z_]+)$/i.exec(line);
  const stance = CITED_STANCES.find((one) => Stance[one] === found?.[2]?.toUpperCase());
  return stance === undefined ? [line, Stance.UNSPECIFIED] : [found![1]!, stance];
};

/** The name of whoever is cited. */
export const citedIn = (line: string): string => partsOf(line)[0];

export const stanceIn = (line: string): Stance => partsOf(line)[1];

export const lineFor = (name: string, stance: Stance): string => (stance ? `${name} ${Stance[stance]}` : name);

/** The citation that stands in a line. What is no name is the server's to refuse. */
export function citationOf(line: string): MessageInitShape<typeof CitationSchema> {
  const [value, stance] = partsOf(line);
  return { cited: { case: value.startsWith('sources/') ? 'source' : 'attribution', value }, stance };
}

export const citationLine = ({ cited, stance }: Citation): string => lineFor(cited.value ?? '', stance);
