import { type FieldName, fieldNames, type Fields, same } from './entry.js';

/** What comes of two people changing one entry. */
export interface Merged {
  /** Mine where I changed something, the other's elsewhere. */
  readonly fields: Fields;
  /** The fields that both changed, each in another way. */
  readonly disputed: readonly FieldName[];
}

/** Puts two changes of one entry together: `base` is what both began with. */
export function merge(base: Fields, mine: Fields, newest: Fields): Merged {
  const isMine = (name: FieldName): boolean => !same(base[name], mine[name]);
  return {
    fields: Object.fromEntries(fieldNames.map((name) => [name, isMine(name) ? mine[name] : newest[name]])),
    disputed: fieldNames.filter((name) => isMine(name) && !same(base[name], newest[name]) && !same(mine[name], newest[name])),
  };
}
