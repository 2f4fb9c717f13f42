import { canonicalJson, sha256 } from '../evidence/canonical-json.js';
import type { PairItem, SheetItem } from './sheet.js';

/** SHA-256, 64 hex digits, of what a reviewer is shown of a dialogue: its task, turns and actions. */
export function hashOfItem({ task, turns }: Pick<SheetItem, 'task' | 'turns'>): string {
  return sha256(canonicalJson({ task, turns }));
}

export function hashOfPair({
  before,
  first,
  second,
}: Omit<PairItem, 'code' | 'transcript'>): string {
  return sha256(canonicalJson({ before, first, second }));
}
