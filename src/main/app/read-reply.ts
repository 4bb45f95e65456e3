import type { Store } from '../store/store.ts';

/** The text of a record and the reply that it has, by the record's imported id. */
export function readReply(
  { examples }: Store,
  externalId: string,
): { readonly text: string; readonly reply: string } | undefined {
  const found = examples.findByExternalId(externalId);
  const example = found && examples.get(found.id);
  const reply = example?.label?.output;
  return example && typeof reply === 'string' ? { text: example.text, reply } : undefined;
}
