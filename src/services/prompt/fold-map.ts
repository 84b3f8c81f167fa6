/** A text as {@link fold} gives it, and where each part of that stands in the text. Pure. */
import { fold } from './tokens.ts';

/** What becomes one character only together: Korean letters, and marks on what stands before them. */
const JAMO = String.raw`[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc]`;
const CLUSTER = new RegExp(String.raw`(?:[가-힣]${JAMO}*|${JAMO}+|[^])[\p{M}\uff9e\uff9f]*`, 'gu');

export interface FoldMap {
  folded: string;
  /** The part of the text that a part of `folded`, of one character at least, is made of. */
  original: (from: number, to: number) => { from: number; to: number };
}

/** Folds a text cluster by cluster; `undefined` where that does not come to the same as folding it as a whole. */
export function mapFold(text: string): FoldMap | undefined {
  let folded = '';
  /** For each code unit of `folded`, the cluster that it is made of. */
  const clusters: { from: number; to: number }[] = [];
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    const part = fold(cluster);
    folded += part;
    const origin = { from: index, to: index + cluster.length };
    for (let unit = 0; unit < part.length; unit += 1) clusters.push(origin);
  }
  if (folded !== fold(text)) return undefined;
  return {
    folded,
    original: (from, to) => ({ from: clusters[from]?.from ?? text.length, to: clusters[to - 1]?.to ?? text.length }),
  };
}
