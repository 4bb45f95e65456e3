/** Characters of what a server or a file says. */
const MOST_SHOWN = 1_000;

/** What others said, as it may be shown: it may be of any length, and a terminal obeys control characters. */
export function toPlainWords(said: string): string {
  const plain = said.replace(/\p{Cc}+/gu, ' ');
  return plain.length > MOST_SHOWN ? `${plain.slice(0, MOST_SHOWN)}…` : plain;
}
