import { hash } from 'node:crypto';

/** Names what a student reads (text and context), so that equal inputs have equal hashes. Units: hexadecimal digits of SHA-256. */
export function contentHash(text: string, context: string | null): string {
  return hash('sha256', context === null ? text : `${text}\u0000${context}`, 'hex');
}
