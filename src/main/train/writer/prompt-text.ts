import type { Input } from '../../../shared/domain/prediction.ts';

/** What a writer reads: the turn before, where there is one, and the text. */
export function toPromptText({ text, context }: Input): string {
  return (context ? `${context}\n\n${text}` : text).trim();
}
