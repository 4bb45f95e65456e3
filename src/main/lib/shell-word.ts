/** A text as one word of a command line: in quotes where a shell would take it apart. */
export function shellWord(text: string, platform: string = process.platform): string {
  if (/^[\p{L}\p{N}_@%+=:,./\\-]+$/u.test(text) && (platform === 'win32' || !text.includes('\\')))
    return text;
  return platform === 'win32' ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
