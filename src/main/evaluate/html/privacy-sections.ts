import { icons } from './icons.ts';
import { type Markup, markup } from './markup.ts';
import { bytes, count, dollars, percent, plural } from './numbers.ts';
import type { CheckFacts, PrivacyFacts, SentFacts } from './report-data.ts';

/** How the records stand by consent. */
export function privacySection(facts: PrivacyFacts): Markup {
  const parts = [
    ['private', facts.private, 'private: never sent, learnt from on this computer only'],
    ['permitted', facts.permitted, 'permitted'],
    ['redacted', facts.redacted, 'redacted: sent with personal data replaced'],
  ] as const;
  const shown = parts.filter(([, n]) => n > 0);
  return markup`<section><h2>What stayed private</h2>
<p class="question">${percent(facts.private / Math.max(1, facts.total), 0)} of ${plural(facts.total, 'record')} may not leave this computer.</p>
<div class="bar" role="img" aria-label="${shown.map(([name, n]) => `${count(n)} ${name}`).join(', ')}">${shown.map(([name, n]) => markup`<span class="${name}" style="flex:${n}"></span>`)}</div>
<ul class="legend">${shown.map(([name, n, words]) => markup`<li class="${name}-ink">${icons[name]} ${count(n)} ${words}</li>`)}</ul></section>`;
}

/** What left, to whom, and what it cost. */
export function sentSection({ destinations, ledgerEntries, isLedgerIntact }: SentFacts): Markup {
  if (destinations.length === 0)
    return markup`<section><h2>What was sent, and what it cost</h2><p>Nothing has left this computer.</p></section>`;
  const total = (valueIn: (row: (typeof destinations)[number]) => number) =>
    destinations.reduce((sum, row) => sum + valueIn(row), 0);
  const hasLoopback = destinations.some((row) => row.isLoopback);
  return markup`<section><h2>What was sent, and what it cost</h2>
<p class="question">${plural(
    total((row) => row.records),
    'record',
  )}, ${bytes(total((row) => row.bytes))}, ${dollars(total((row) => row.costUsd))}.</p>
<div class="scroll"><table><thead><tr><th>To</th><th>Model</th><th>Why</th><th class="number">Records</th><th class="number">Requests</th><th class="number">Bytes</th><th class="number">Cost</th></tr></thead><tbody>${destinations.map(
    (row) =>
      markup`<tr><th scope="row">${row.host}${row.isLoopback && markup` <span class="dim">(this computer)</span>`}</th><td>${row.model}</td><td>${row.purpose}</td><td class="number">${count(row.records)}</td><td class="number">${count(row.requests)}</td><td class="number">${bytes(row.bytes)}</td><td class="number">${dollars(row.costUsd)}</td></tr>`,
  )}</tbody></table></div>
<p class="state ${isLedgerIntact ? 'pass' : 'fail'}">${isLedgerIntact ? icons.pass : icons.fail} ${isLedgerIntact ? `Ledger intact, ${plural(ledgerEntries, 'entry', 'entries')}` : 'The ledger was altered'}</p>
${hasLoopback && markup`<p class="note">A program on this computer may itself forward what it gets; Stillroom cannot see that.</p>`}</section>`;
}

const gateWords = { pass: 'Passed', warn: 'Caution', fail: 'Not passed' } as const;

/** What the checks flagged, and how the gates stand. */
export function checkSection({ findings, gates }: CheckFacts): Markup {
  if (findings.length === 0 && gates.length === 0)
    return markup`<section><h2>What the checks found</h2><p>No check has run yet: run “curate”.</p></section>`;
  const flagged = findings.reduce((sum, row) => sum + row.flagged, 0);
  return markup`<section><h2>What the checks found</h2>
<p class="question">${plural(flagged, 'flag')} for a person to look at. Flags are guesses; nothing is deleted by itself.</p>
${findings.length > 0 && markup`<div class="scroll"><table><thead><tr><th>Check</th><th class="number">Flagged</th></tr></thead><tbody>${findings.map((row) => markup`<tr><th scope="row">${row.title}</th><td class="number">${count(row.flagged)}</td></tr>`)}</tbody></table></div>`}
${gates.length > 0 && markup`<h3>Quality gates</h3><div class="scroll"><table><thead><tr><th>State</th><th>What was judged</th></tr></thead><tbody>${gates.map((gate) => markup`<tr><td><span class="state ${gate.status}">${icons[gate.status]} ${gateWords[gate.status]}</span></td><td>${gate.message}</td></tr>`)}</tbody></table></div>`}</section>`;
}
