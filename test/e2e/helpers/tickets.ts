import { writeFileSync } from 'node:fs';

const wishes = [
  ['my card was charged twice', 'refund'],
  ['the transfer has not arrived', 'transfer'],
  ['I lost my card on the train', 'card'],
  ['how do I change my address', 'other'],
] as const;

export const labels = ['refund', 'transfer', 'card', 'other'] as const;
export const goodRows = 12_400;
export const badRows = 12;
/** The first rows are of May, so that a person sees them first. */
export const mayRows = 300;

/** A file of tickets without labels: most rows good, twelve without a text, some of May. */
export function writeTickets(path: string): void {
  const lines = ['id,text,received at'];
  for (let row = 0; row < goodRows; row++) {
    const [wish] = wishes[row % wishes.length]!;
    const month = row < mayRows ? '05' : row % 2 === 0 ? '04' : '06';
    const day = String(1 + (row % 28)).padStart(2, '0');
    lines.push(`K-${row},"Hello, ${wish}, case ${row}.",2026-${month}-${day}`);
    if (row % 1000 === 999) lines.push(`B-${row},"  ",2026-05-01`);
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
}
