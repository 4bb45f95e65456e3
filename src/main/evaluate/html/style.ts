/** The report's style: system fonts, the palette of the window, light and dark by the system, light on paper. */
export const style = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --surface: #f4f6f6; --line: #dfe4e5; --strong: #7d898b;
  --text: #1b2324; --dim: #566164;
  --student: #0b7070; --student-tint: #e2efee;
  --outside: #1f5fbf; --outside-tint: #e6edf8; --redacted: #7043b8; --synthetic: #b0307a;
  --pass: #1e7a3c; --caution: #8a5a00; --fail: #c22b2b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14191a; --surface: #1c2324; --line: #303a3c; --strong: #6b7a7c;
    --text: #e6ebeb; --dim: #9aa8aa;
    --student: #3dbdb5; --student-tint: #173434;
    --outside: #7fb0ff; --outside-tint: #1b2a40; --redacted: #bc9bf2; --synthetic: #f08ac0;
    --pass: #63c98a; --caution: #e3b341; --fail: #ff8a80;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
main, header, footer { max-width: 52rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 4rem; }
footer { padding-top: 2rem; padding-bottom: 4rem; color: var(--dim); font-size: .875rem; border-top: 1px solid var(--line); margin-top: 4rem; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -.015em; margin: .25rem 0 .75rem; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.375rem; line-height: 1.3; letter-spacing: -.01em; margin: 0 0 .25rem; font-weight: 650; }
h3 { font-size: 1rem; margin: 2.25rem 0 .5rem; font-weight: 650; }
p { margin: .5rem 0; max-width: 42rem; text-wrap: pretty; }
.eyebrow { color: var(--student); font-weight: 650; font-size: .875rem; margin: 0; display: flex; align-items: center; gap: .5rem; }
.question { color: var(--dim); margin: 0 0 1.25rem; }
.facts { color: var(--dim); font-size: .875rem; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: 0; list-style: none; }
section { margin-top: 4rem; }
.dim { color: var(--dim); }
.note { font-size: .875rem; color: var(--dim); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 1rem; margin: 2.25rem 0 0; }
.figure { background: var(--surface); border-radius: 10px; padding: 1.125rem 1.25rem 1.25rem; border-top: 3px solid var(--strong); }
.figure.student { border-top-color: var(--student); }
.figure.outside { border-top-color: var(--outside); }
.figure dt { font-size: .875rem; color: var(--dim); }
.figure dd { margin: 0; }
.figure .value { font-size: 2.125rem; line-height: 1.15; font-weight: 650; letter-spacing: -.02em; margin: .25rem 0 .125rem; }
.figure .range { font-size: .875rem; color: var(--dim); }
.callout { border-left: 3px solid var(--student); background: var(--student-tint); padding: .875rem 1.125rem; border-radius: 0 8px 8px 0; margin: 1.25rem 0; max-width: none; }
.callout p { margin: 0; max-width: none; }
.callout.caution { border-color: var(--caution); background: var(--surface); }
.callout ul { margin: .25rem 0 0; padding-left: 1.125rem; }
.scroll { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.45; }
caption { text-align: left; color: var(--dim); padding-bottom: .5rem; }
tbody th { min-width: 9rem; }
th { text-align: left; font-weight: 600; color: var(--dim); border-bottom: 1px solid var(--strong); padding: .4rem .75rem .4rem 0; vertical-align: bottom; }
td { border-bottom: 1px solid var(--line); padding: .45rem .75rem .45rem 0; vertical-align: top; }
tbody th { color: var(--text); font-weight: 500; border-bottom: 1px solid var(--line); vertical-align: top; }
tr.own th, tr.own td { font-weight: 650; }
tr.own td:nth-child(2) { color: var(--student); }
.number { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.range-cell { color: var(--dim); font-weight: 400; white-space: nowrap; }
figure { margin: 1.5rem 0 0; }
figure .scroll { margin: 0; }
figure svg { display: block; width: 100%; min-width: 34rem; height: auto; }
figcaption { font-size: .875rem; color: var(--dim); margin-top: .5rem; max-width: 42rem; }
details { font-size: .875rem; margin-top: .5rem; }
summary { cursor: pointer; color: var(--student); width: fit-content; border-radius: 4px; }
summary:focus-visible { outline: 2px solid var(--student); outline-offset: 2px; }
.bar { display: flex; height: 1.25rem; border-radius: 6px; overflow: hidden; gap: 2px; margin: 1rem 0 .75rem; }
.bar span { min-width: 3px; }
.bar .private { background: var(--strong); }
.bar .permitted { background: var(--outside); }
.bar .redacted { background: repeating-linear-gradient(45deg, var(--redacted) 0 4px, transparent 4px 7px); background-color: color-mix(in srgb, var(--redacted) 45%, var(--ground)); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; margin: 0; list-style: none; font-size: .875rem; }
.legend svg, .state svg, .eyebrow svg { width: 1rem; height: 1rem; flex: none; }
.legend li, .state { display: inline-flex; gap: .4rem; align-items: center; }
.permitted-ink { color: var(--outside); } .redacted-ink { color: var(--redacted); } .private-ink { color: var(--dim); }
.state { font-weight: 600; white-space: nowrap; }
.state.pass { color: var(--pass); } .state.warn { color: var(--caution); } .state.fail { color: var(--fail); }
.confusion { width: auto; border-collapse: separate; border-spacing: 2px; }
.confusion thead th { height: 8.5rem; vertical-align: bottom; padding: 0; border-bottom: 1px solid var(--strong); }
.confusion thead th > div { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 8rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; margin: 0 auto; padding-top: .35rem; font-weight: 500; }
.confusion thead th.corner { vertical-align: bottom; font-weight: 400; padding: 0 .75rem .35rem 0; min-width: 11rem; }
.confusion td { text-align: center; padding: .3rem; min-width: 2.1rem; border: 0; border-radius: 4px; }
.confusion tbody th { padding: .3rem .75rem .3rem 0; white-space: nowrap; max-width: 15rem; overflow: hidden; text-overflow: ellipsis; border: 0; font-weight: 400; }
.confusion td.zero { color: transparent; }
code, .path { font: .8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.quote { max-width: 26rem; }
.files { display: grid; grid-template-columns: max-content 1fr; gap: .375rem 1.25rem; margin: 1rem 0; font-size: .875rem; }
.files dt { color: var(--dim); } .files dd { margin: 0; }
@media (max-width: 36rem) {
  header { padding-top: 2.5rem; } section { margin-top: 3rem; } h1 { font-size: 1.625rem; }
  .files { grid-template-columns: 1fr; gap: 0; } .files dd { margin-bottom: .625rem; }
}
@media print {
  :root { --ground: #fff; --surface: #f4f6f6; --line: #dfe4e5; --strong: #7d898b; --text: #1b2324; --dim: #566164; --student: #0b7070; --student-tint: #e2efee; --outside: #1f5fbf; --redacted: #7043b8; --pass: #1e7a3c; --caution: #8a5a00; --fail: #c22b2b; }
  body { font-size: 10.5pt; } main, header, footer { max-width: none; padding: 0; } header { padding-top: 0; }
  section { margin-top: 2rem; } figure, tr, .figure, .callout { break-inside: avoid; } h2, h3 { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  details > summary { display: none; }
}
`;
