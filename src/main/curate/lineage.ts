import type { Example } from '../store/examples.ts';

/** Finds the row that an example was made from, of any generation; itself when it is real. */
export function createOriginFinder(examples: readonly Example[]) {
  const byId = new Map(examples.map((example) => [example.id, example]));
  return function originOf(example: Example): Example {
    const parent = example.parentId === null ? undefined : byId.get(example.parentId);
    // A child is younger than its parent, so this ends even in a damaged file.
    return parent && parent.id < example.id ? originOf(parent) : example;
  };
}
