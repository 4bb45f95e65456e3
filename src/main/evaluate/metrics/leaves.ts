import { canonicalJson, type Json } from '../../../shared/domain/json.ts';

/** One value of an output and where it stands, such as `.arguments.city` with `"Paris"`; list items share a path. */
export interface Leaf {
  readonly path: string;
  /** Canonical JSON. */
  readonly value: string;
}

/** Every value of an output; no call at all is one, too. Empty objects and lists have none. */
export function leavesOf(key: string): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (value: Json, path: string) => {
    if (Array.isArray(value)) for (const item of value) walk(item, `${path}[]`);
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) walk(item as Json, `${path}.${name}`);
    else leaves.push({ path, value: canonicalJson(value) });
  };
  // Keys are canonical JSON that Stillroom wrote itself.
  walk(JSON.parse(key) as Json, '');
  return leaves;
}
